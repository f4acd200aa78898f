"""Events: everything that happens to a tranche on a day of its own, in one table.

Prepayments and draws from the inputs, later closings from the terms, what the sweep offers,
and the days on which a fee is charged or begins to run on another amount. The schedule finds
its next row here.
"""

from datetime import date
from typing import NamedTuple

from lexp_calc.fees import AmendmentFee, of_kind
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.fee_columns import fee_key

HEAD_ROW = 4


class Event(NamedTuple):
    """One line: what it is, its place in its table, the formula and value of its day, amounts.

    `counts` is the day again, or 0 where it lies outside the loan's life; None where the
    schedule takes the day as it is. `amounts` has, by measure, a formula and minor units;
    {place} in a formula is the cell with the place.
    """

    what: str
    place: int
    day_formula: str
    day: date | int
    counts: date | int | None = None
    amounts: dict[str, tuple[str, int]] = {}


MEASURES = {"amounts": "Prepaid or moved", "drawn": "Drawn", "offered": "Offered by the sweep"}


def write(contents: Contents) -> None:
    """A table for each tranche that needs one."""
    for part in contents.parts:
        if part.has_other_events:
            _write(contents, part)


def _write(contents: Contents, part: Part) -> None:
    title = contents.title("Events", part)
    sheet = contents.sheet(title, "calculation", f"Events: {part.tranche.name}")
    sheet.widths({1: 34, 2: 6, 3: 14, 4: 14, 5: 17, 6: 17, 7: 17})
    heads = ("What", "No.", "As given", "Day", *MEASURES.values())
    for column, head in enumerate(heads, 1):
        sheet.text(HEAD_ROW, column, head, "column_head_text" if column == 1 else "column_head")
    row = HEAD_ROW
    within = f"IF(AND({{day}}>closing_date,{{day}}<={part.name('maturity_in_force')}),{{day}},0)"
    for event in listed(part):
        row += 1
        sheet.text(row, 1, event.what, "label")
        sheet.number(row, 2, event.place, "count")
        sheet.formula(row, 3, event.day_formula.format(place=f"$B{row}"), event.day, "date")
        if event.counts is None:
            sheet.formula(row, 4, f"C{row}", event.day, "date")
        else:
            sheet.formula(row, 4, within.format(day=f"C{row}"), event.counts, "date")
        for column, measure in enumerate(MEASURES, 5):
            formula, amount = event.amounts.get(measure, (None, 0))
            if formula is None:
                sheet.number(row, column, 0, "money")
            else:
                text = formula.format(place=f"$B{row}")
                sheet.formula(row, column, text, part.money(amount), "money")
    for column, measure in enumerate(("dates", *MEASURES), 4):
        name = part.name(f"event_{measure}")
        contents.book.name(name, sheet, (HEAD_ROW + 1, column), (row, column))
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, 1)
    sheet.print_setup(Area(1, 1, row, 7), (HEAD_ROW, HEAD_ROW), "portrait")


def listed(part: Part):
    """Every event that the tranche has room for, in the order of their kinds."""
    moved = "Draw or repayment" if part.is_revolver else "Prepayment"
    yield from _from_table(part, moved, "move", "amounts", part.moves, part.room.moves)
    yield from _from_table(part, "Draw", "draw", "drawn", part.later_draws, part.room.draws)
    for number, (day, amount) in enumerate(part.plan.drawings, 1):
        drawn = {"drawn": (part.name(f"drawings_{number}_amount"), amount)}
        name = part.name(f"drawings_{number}_date")
        yield Event("Later closing", number, name, day, amounts=drawn)
    offers = part.shown_offers
    yield from _from_table(part, "Sweep", "swept", "offered", offers, part.room.sweeps)
    yield from _fee_days(part)


def _from_table(part: Part, what: str, base: str, measure: str, table, room: int):
    """The rows of a dated table, those that are blank included."""
    dates, amounts = part.name(f"{base}_dates"), part.name(f"{base}_amounts")
    for number in range(1, room + 1):
        day, amount = table[number - 1] if number <= len(table) else (0, 0)
        moved = {measure: (f"INDEX({amounts},{{place}})", amount)}
        yield Event(what, number, f"INDEX({dates},{{place}})", day, amounts=moved)


def _fee_days(part: Part):
    """Days on which a fee is charged, or from which it runs on another amount."""
    for fee_id, each in of_kind(part.tranche.fees, AmendmentFee).items():
        yield _within(
            part, each.name, 1, part.name(f"fees_{fee_key(part, fee_id)}_date"), each.date
        )
    if not part.plan.accrues_fees:
        return
    for number, (day, _) in enumerate(part.plan.commitments[1:], 1):
        name = f"commitment_steps_{number}_start" if part.is_revolver else "last_draw"
        yield _within(part, "Commitment changes", number, part.name(name), day)
    letters = part.letters
    for number in range(1, part.room.letters + 1):
        day = letters[number - 1][0] if number <= len(letters) else 0
        formula = f"INDEX({part.name('letter_dates')},{{place}})"
        yield _within(part, "Letters of credit change", number, formula, day)


def _within(part: Part, what: str, place: int, formula: str, day) -> Event:
    """A day that counts from the day after closing to the maturity in force."""
    counts = day != 0 and part.closing_date < day <= part.maturity
    return Event(what, place, formula, day, day if counts else 0)
