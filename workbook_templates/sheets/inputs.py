"""Inputs: everything that a reader may change, in one place, each cell named and checked."""

from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part, extension_name
from workbook_templates.sheets import collateral_inputs, other_inputs, rate_inputs
from workbook_templates.sheets.input_tables import (
    AMOUNTS,
    DATES,
    FIRST_TABLE_COLUMN,
    LABEL,
    MOVES,
    NO,
    NOTE,
    PRICES,
    RATES,
    SWITCH,
    UNIT,
    VALUE,
    VOLATILITIES,
    YES,
    heading,
    of_tranche,
    pair,
    single,
)

WIDTH = 14.5  # of every column but the labels'; holds an amount below 100 million


def write(contents: Contents) -> None:
    """Single inputs first, then the tables by date."""
    sheet = contents.sheet("Inputs", "inputs")
    sheet.widths({LABEL: 46, **dict.fromkeys(range(2, 14), WIDTH)})
    sheet.text(3, 1, "Blue cells are inputs; all else follows from them.", "note")
    for column, head in ((LABEL, "Input"), (VALUE, "Value"), (UNIT, "Unit"), (NOTE, "Note")):
        style = {VALUE: "column_head", UNIT: "column_head_unit"}.get(column, "column_head_text")
        sheet.text(5, column, head, style)
    for column in range(NOTE + 1, 9):
        sheet.blank(5, column, "column_head_text")
    row = single(
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
        row = single(
            sheet,
            row,
            f"{tranche.name} extended",
            YES if extended else NO,
            "choice",
            "yes / no",
            extension_name(contents.deal, tranche_id),
            SWITCH,
            f"to {tranche.extension.maturity:%d-%b-%Y}",
        )
    for part in contents.parts:
        if part.springs is not None and contents.tranche_id is not None:
            row = _springs(sheet, row, part)
    if _has_warrants(contents):
        row = single(
            sheet,
            row,
            "Share price",
            contents.projection.scenario.share_price,
            "price",
            f"{contents.deal.currency} a share",
            "share_price",
            PRICES,
            "blank until it is known",
        )
        row = _of_the_share(sheet, row, contents)
    for part in contents.parts:
        if part.is_revolver and part.tranche.borrowing_base:
            row = collateral_inputs.write_collateral(sheet, row + 1, contents, part)
    row = rate_inputs.write_index_rates(sheet, row + 1, contents)
    row = rate_inputs.write_elections(sheet, row + 1, contents)
    row = collateral_inputs.write_letters(sheet, row + 1, contents)
    row = rate_inputs.write_leverage(sheet, row + 1, contents)
    row = rate_inputs.write_defaults(sheet, row + 1, contents)
    row = _moves(sheet, row + 1, contents)
    row = other_inputs.write(sheet, row + 1, contents)
    last_column = max(max(cell.column for cell in cells) for cells in sheet.rows.values())
    sheet.widths(dict.fromkeys(range(2, last_column + 1), WIDTH))  # two a tranche, or more
    sheet.print_setup(Area(1, 1, row, last_column), (1, 4), "either", whole_blocks=True)
    sheet.freeze(6, 2)


def _switches(contents: Contents) -> dict[str, bool]:
    switches: dict[str, bool] = {}
    for part in contents.parts:
        switches.update(part.switches)
    return switches


def _springs(sheet, row: int, part: Part) -> int:
    """Whether another tranche's balance brings the maturity forward: that tranche is not here."""
    test = part.tranche.springing.if_outstanding
    return single(
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


def _of_the_share(sheet, row: int, contents: Contents) -> int:
    """What the value of a warrant needs besides the share price."""
    scenario, unit = contents.projection.scenario, "% a year"
    row = single(
        sheet,
        row,
        "Volatility of the share",
        scenario.volatility,
        "rate",
        unit,
        "share_volatility",
        VOLATILITIES,
        "blank until it is known",
    )
    note = "blank until it is known; compounded continuously"
    rate = scenario.riskless_rate
    return single(sheet, row, "Riskless rate", rate, "rate", unit, "riskless_rate", RATES, note)


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
