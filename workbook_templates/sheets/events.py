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

    It counts from the closing day on, or, `after_closing` 1, from the day after, until the
    maturity in force. `amounts` has, by measure, a formula and minor units; {place} in a
    formula is the cell with the place.
    """

    what: str
    place: int
    day_formula: str
    day: date | int
    after_closing: int = 0
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
    sheet.widths({1: 34, 2: 6, 3: 14, 4: 9, 5: 14, 6: 17, 7: 17, 8: 17})
    heads = ("What", "No.", "As given", "Days after closing", "Day", *MEASURES.values())
    for column, head in enumerate(heads, 1):
        sheet.text(HEAD_ROW, column, head, "column_head_text" if column == 1 else "column_head")
    row = HEAD_ROW
    maturity = part.name("maturity_in_force")
    for event in listed(part):
        row += 1
        sheet.text(row, 1, event.what, "label")
        sheet.number(row, 2, event.place, "count")
        sheet.formula(row, 3, event.day_formula.format(place=f"$B{row}"), event.day, "date")
        sheet.number(row, 4, event.after_closing, "count")
        counts = f"IF(AND(C{row}>=closing_date+D{row},C{row}<={maturity}),C{row},0)"
        sheet.formula(row, 5, counts, _counted(part, event), "date")
        for column, measure in enumerate(MEASURES, 6):
            formula, amount = event.amounts.get(measure, (None, 0))
            if formula is None:
                sheet.number(row, column, 0, "money")
            else:
                text = formula.format(place=f"$B{row}")
                sheet.formula(row, column, text, part.money(amount), "money")
    for column, measure in enumerate(("dates", *MEASURES), 5):
        name = part.name(f"event_{measure}")
        contents.book.name(name, sheet, (HEAD_ROW + 1, column), (row, column))
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, 1)
    sheet.print_setup(Area(1, 1, row, 8), (HEAD_ROW, HEAD_ROW), "portrait")


def _counted(part: Part, event: Event) -> date | int:
    """The day, or 0 where it lies outside the loan's life."""
    if event.day == 0 or event.day > part.maturity:
        return 0
    return event.day if (event.day - part.closing_date).days >= event.after_closing else 0


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
        yield _after(each.name, 1, part.name(f"fees_{fee_key(part, fee_id)}_date"), each.date)
    if not part.plan.accrues_fees:
        return
    for number, (day, _) in enumerate(part.plan.commitments[1:], 1):
        name = f"commitment_steps_{number}_start" if part.is_revolver else "last_draw"
        yield _after("Commitment changes", number, part.name(name), day)
    letters = part.letters
    for number in range(1, part.room.letters + 1):
        day = letters[number - 1][0] if number <= len(letters) else 0
        formula = f"INDEX({part.name('letter_dates')},{{place}})"
        yield _after("Letters of credit change", number, formula, day)


def _after(what: str, place: int, formula: str, day) -> Event:
    """A day that counts from the day after closing."""
    return Event(what, place, formula, day, after_closing=1)
