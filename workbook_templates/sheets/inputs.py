"""Inputs: everything that a reader may change, in one place, each cell named and checked."""

from decimal import Decimal
from math import ceil

from lexp_calc.borrowing_base import GROSS
from lexp_calc.terms import LARGEST_LEVERAGE
from workbook_templates import validations
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents, unique
from workbook_templates.part import Part, extension_name, path_room
from workbook_templates.sheets import other_inputs
from workbook_templates.sheets.input_tables import (
    AMOUNTS,
    DATES,
    FIRST_TABLE_COLUMN,
    LABEL,
    MOVES,
    RATES,
    SHARES,
    heading,
    of_tranche,
    pair,
)

YES, NO = "yes", "no"
VALUE, UNIT, NOTE = 2, 3, 4
ROWS_A_PAGE = 55
LEVERAGE = validations.decimals(
    Decimal(0), LARGEST_LEVERAGE - Decimal("0.000001"), "A leverage such as 3.25 is due here."
)
SWITCH = validations.choice((YES, NO), "yes or no is due here.")


def index_name(index: str) -> str:
    """The beginning of an index's defined names: 'LIBOR 1M' is libor_1m."""
    return index.casefold().replace(" ", "_")


def class_name(class_id: str, line: str) -> str:
    """The defined name of one line of the collateral."""
    return f"{class_id}_{line}".replace("-", "_")


def appraisal_name(class_id: str) -> str:
    """The defined name of a class's net orderly liquidation value by a later appraisal."""
    return f"appraisal_{class_id}".replace("-", "_")


def reserve_name(reserve_id: str) -> str:
    """The defined name of a reserve; without an id of the one amount for all."""
    return f"reserve_{reserve_id}".replace("-", "_") if reserve_id else "reserves"


def write(contents: Contents) -> None:
    """Single inputs first, then the tables by date."""
    sheet = contents.sheet("Inputs", "inputs")
    sheet.widths({LABEL: 46, **dict.fromkeys(range(2, 14), 14.5)})
    sheet.text(3, 1, "Blue cells are inputs; all else follows from them.", "note")
    for column, head in ((LABEL, "Input"), (VALUE, "Value"), (UNIT, "Unit"), (NOTE, "Note")):
        style = {VALUE: "column_head", UNIT: "column_head_unit"}.get(column, "column_head_text")
        sheet.text(5, column, head, style)
    for column in range(NOTE + 1, 9):
        sheet.blank(5, column, "column_head_text")
    row = _single(
        sheet,
        6,
        "As-of date",
        contents.projection.as_of,
        "date",
        "date",
        "as_of",
        DATES,
        "the day from which the summary looks",
    )
    for tranche_id, extended in _switches(contents).items():
        tranche = contents.deal.tranche[tranche_id]
        row = _single(
            sheet,
            row,
            f"{tranche.name} extended",
            YES if extended else NO,
            "choice",
            "yes / no",
            extension_name(tranche_id),
            SWITCH,
            f"to {tranche.extension.maturity:%d-%b-%Y}",
        )
    for part in contents.parts:
        if part.springs is not None and contents.tranche_id is not None:
            row = _springs(sheet, row, part)
    if _has_warrants(contents):
        row = _single(
            sheet,
            row,
            "Share price",
            contents.projection.scenario.share_price,
            "price",
            f"{contents.deal.currency} a share",
            "share_price",
            AMOUNTS,
            "blank until it is known",
        )
    for part in contents.parts:
        if part.is_revolver and part.tranche.borrowing_base:
            row = _collateral(sheet, row + 1, contents, part)
    row = _index_rates(sheet, row + 1, contents)
    row = _elections(sheet, row + 1, contents)
    row = _letters(sheet, row + 1, contents)
    row = _leverage(sheet, row + 1, contents)
    row = _defaults(sheet, row + 1, contents)
    row = _moves(sheet, row + 1, contents)
    row = other_inputs.write(sheet, row + 1, contents)
    last_column = max(max(cell.column for cell in cells) for cells in sheet.rows.values())
    # Whole pages: a last one with a few rows of a table on it would say nothing.
    pages = ceil(row / ROWS_A_PAGE)
    sheet.print_setup(Area(1, 1, row, last_column), (1, 2), pages_tall=pages)
    sheet.freeze(6, 2)


def _switches(contents: Contents) -> dict[str, bool]:
    switches: dict[str, bool] = {}
    for part in contents.parts:
        switches.update(part.switches)
    return switches


def _springs(sheet, row: int, part: Part) -> int:
    """Whether another tranche's balance brings the maturity forward: that tranche is not here."""
    test = part.tranche.springing.if_outstanding
    return _single(
        sheet,
        row,
        "Earlier maturity springs",
        YES if part.springs else NO,
        "choice",
        "yes / no",
        part.name("springs"),
        SWITCH,
        f"if more than {test.above:,} of another debt is owed on {test.on:%d-%b-%Y}",
    )


def _has_warrants(contents: Contents) -> bool:
    shown = {part.tranche_id for part in contents.parts}
    return any(each.tranche in shown for each in contents.deal.warrant.values())


def _single(sheet, row, label, value, style, unit, name, validation, note) -> int:
    sheet.text(row, LABEL, label, "label")
    sheet.input(row, VALUE, value, f"input_{style}", name, validation)
    sheet.text(row, UNIT, unit, "unit")
    sheet.text(row, NOTE, note, "note")
    return row + 1


def _collateral(sheet, row: int, contents: Contents, part: Part) -> int:
    """Gross amount and ineligibles of each class; blank until the borrower reports them."""
    scenario, currency = contents.projection.scenario, contents.deal.currency
    given = scenario.collateral.get(part.tranche_id, {})
    sheet.text(row, LABEL, f"Collateral of the {part.tranche.name.lower()}", "heading")
    row += 1
    for class_id, terms in part.tranche.borrowing_base.items():
        lines = {GROSS: f"{terms.name}, gross", **terms.ineligible}
        for line, label in lines.items():
            value = given.get(class_id, {}).get(line)
            name = part.name(class_name(class_id, line))
            note = "blank until reported" if line == GROSS else "taken off the gross amount"
            shown = label if line == GROSS else f"    less: {label}"
            row = _single(sheet, row, shown, value, "money", currency, name, AMOUNTS, note)
        if terms.net_orderly_liquidation_value is not None:
            rate = scenario.appraisal.get(part.tranche_id, {}).get(class_id)
            label = f"{terms.name}, net orderly liquidation value"
            name = part.name(appraisal_name(class_id))
            note = "blank until a later appraisal than the contract's"
            row = _single(sheet, row, label, rate, "rate_exact", "%", name, SHARES, note)
    reserves = scenario.reserves.get(part.tranche_id, {})
    for reserve_id, label in (part.tranche.reserves or {"": "Reserves"}).items():
        amount = reserves.get(reserve_id) if reserve_id else next(iter(reserves.values()), None)
        name = part.name(reserve_name(reserve_id))
        note = "taken off the borrowing base"
        row = _single(sheet, row, label, amount, "money", currency, name, AMOUNTS, note)
    return row


def _letters(sheet, row: int, contents: Contents) -> int:
    """Letters of credit of each revolver: each amount holds from its date until the next."""
    revolvers = [part for part in contents.parts if part.is_revolver]
    if not revolvers:
        return row
    rules = ["What is outstanding from each date until the next; in date order, no gaps."]
    rules.append("Letters of credit count as used.")
    room = max(part.letter_room for part in revolvers)
    head_row = heading(sheet, row, "Letters of credit", rules, room)
    for place, part in enumerate(revolvers):
        column = FIRST_TABLE_COLUMN + 2 * place
        pair(
            sheet,
            head_row,
            column,
            (of_tranche(contents, part, "from"), f"Outstanding ({contents.deal.currency})"),
            part.letters,
            room,
            (part.name("letter_dates"), part.name("letter_amounts")),
            ("date", "money"),
            (DATES, AMOUNTS),
        )
        # Each entry and the one before it, for the check of their order.
        first, last = head_row + 1, head_row + room
        book = contents.book
        book.name(part.name("letter_before"), sheet, (first, column), (last - 1, column))
        book.name(part.name("letter_next"), sheet, (first + 1, column), (last, column))
    return head_row + room + 2


def _index_rates(sheet, row: int, contents: Contents) -> int:
    """A pair of columns an index: each rate holds from its date until the next."""
    floating = [part for part in contents.parts if part.is_floating]
    if not floating:
        return row
    indices = unique(i for part in floating for option in part.options for i in option.indices)
    room = path_room(contents.projection)
    head_row = heading(sheet, row, "Index rates", _rate_rules(contents, indices), room)
    for place, index in enumerate(indices):
        column = FIRST_TABLE_COLUMN + 2 * place
        path = _index_path(floating, index)
        values = list(zip(path.dates, path.rates, strict=True)) if path else []
        pair(
            sheet,
            head_row,
            column,
            (f"{index} from", f"{index} (% a year)"),
            values,
            room,
            (f"{index_name(index)}_dates", f"{index_name(index)}_rates"),
            ("date", "rate_exact"),
            (DATES, RATES),
        )
    return head_row + room + 2


def _index_path(floating: list[Part], index: str):
    """The longest path that a tranche of the workbook needs of an index."""
    paths = [part.conditions.index_paths.get(index) for part in floating]
    return max((path for path in paths if path), key=lambda path: len(path.dates), default=None)


def _rate_rules(contents: Contents, indices: list[str]) -> list[str]:
    """How the table is read, and what was observed of indices that are left blank."""
    rules = ["Each rate holds from its date until the next; dates in order, no gaps."]
    rules += [
        f"For comparison: {each.index} was {each.rate:.5%} on {each.date:%d-%b-%Y}."
        for each in contents.deal.observation.values()
        if each.index in indices
    ]
    return rules


def _elections(sheet, row: int, contents: Contents) -> int:
    """Which index each tranche elects, from when on."""
    choosing = [p for p in contents.parts if p.is_floating and len(p.tranche.coupon.options) > 1]
    if not choosing:
        return row
    rules = [
        "In date order, no gaps. An election holds for the interest periods that begin on",
        "or after its date; before the first one the first option holds.",
    ]
    room = contents.election_room
    head_row = heading(sheet, row, "Elections", rules, room)
    for place, part in enumerate(choosing):
        options = tuple(option.index for option in part.tranche.coupon.options)
        word = validations.choice(options, f"One of {', '.join(options)} is due here.")
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, "elected from"), of_tranche(contents, part, "index")),
            part.shown_elections,
            room,
            (part.name("election_dates"), part.name("elections")),
            ("date", "choice"),
            (DATES, word),
        )
    return head_row + room + 2


def _leverage(sheet, row: int, contents: Contents) -> int:
    """Leverage by date, of tranches whose margin turns on it."""
    parts = [part for part in contents.parts if part.has_grid]
    if not parts:
        return row - 1
    rules = [
        "In date order, no gaps: debt over earnings, each from its date until the next.",
        "Before the first one the margin holds that the terms name outside the grid.",
    ]
    room = parts[0].leverage_room
    head_row = heading(sheet, row, "Leverage", rules, room)
    for place, part in enumerate(parts):
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, "leverage from"), "Leverage (x)"),
            part.conditions.leverage,
            room,
            (part.name("leverage_dates"), part.name("leverage")),
            ("date", "price"),
            (DATES, LEVERAGE),
        )
    return head_row + room + 1


def _defaults(sheet, row: int, contents: Contents) -> int:
    """From when on a tranche is in default, and no longer."""
    parts = [part for part in contents.parts if part.has_default]
    if not parts:
        return row - 1
    rules = ["In date order, no gaps: yes from the first day in default, no from the first after."]
    room = parts[0].default_room
    head_row = heading(sheet, row, "Default", rules, room)
    for place, part in enumerate(parts):
        states = [(day, YES if each else NO) for day, each in part.conditions.in_default]
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, "default from"), "In default"),
            states,
            room,
            (part.name("default_dates"), part.name("default_states")),
            ("date", "choice"),
            (DATES, SWITCH),
        )
    return head_row + room + 1


def _moves(sheet, row: int, contents: Contents) -> int:
    """Prepayments of loans and notes, draws and repayments of revolvers."""
    currency = contents.deal.currency
    revolvers = any(part.is_revolver for part in contents.parts)
    others = any(not part.is_revolver for part in contents.parts)
    what = " and ".join(["Prepayments"] * others + ["draws"] * revolvers)
    rules = ["In date order, no gaps, on business days."]
    if revolvers:
        rules.append("A draw is above zero, a repayment of the revolver below.")
    head_row = heading(sheet, row, what.capitalize(), rules, contents.move_room)
    for place, part in enumerate(contents.parts):
        what = "drawn or repaid on" if part.is_revolver else "prepaid on"
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, what), f"Amount ({currency})"),
            [(day, part.money(amount)) for day, amount in part.moves],
            contents.move_room,
            (part.name("move_dates"), part.name("move_amounts")),
            ("date", "money"),
            (DATES, MOVES if part.is_revolver else AMOUNTS),
        )
    return head_row + contents.move_room + 1
