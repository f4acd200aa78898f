"""Inputs of a borrowing base: collateral by class and line, appraisals, reserves, letters."""

from lexp_calc.borrowing_base import GROSS
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.input_tables import (
    AMOUNTS,
    DATES,
    FIRST_TABLE_COLUMN,
    LABEL,
    SHARES,
    heading,
    of_tranche,
    pair,
    single,
)
from workbook_templates.short_ids import short_ids

LONGEST_LINE = 27  # characters; finished-goods-slow-moving has 26


def class_name(part: Part, class_id: str, line: str) -> str:
    """The defined name of one line of the collateral."""
    lines = tuple(
        f"{each}-{line_id}"
        for each, terms in part.tranche.borrowing_base.items()
        for line_id in (GROSS, *terms.ineligible)
    )
    return short_ids(lines, LONGEST_LINE)[f"{class_id}-{line}"]


def appraisal_name(part: Part, class_id: str) -> str:
    """The defined name of a class's net orderly liquidation value by a later appraisal."""
    return f"appraisal_{part.words[class_id]}"


def reserve_name(part: Part, reserve_id: str) -> str:
    """The defined name of a reserve; without an id of the one amount for all."""
    return f"reserve_{part.words[reserve_id]}" if reserve_id else "reserves"


def write_collateral(sheet, row: int, contents: Contents, part: Part) -> int:
    """Gross amount and ineligibles of each class; blank until the borrower reports them."""
    scenario, currency = contents.projection.scenario, contents.deal.currency
    given = scenario.collateral.get(part.tranche_id, {})
    sheet.text(row, LABEL, f"Collateral of the {part.tranche.name.lower()}", "heading")
    row += 1
    for class_id, terms in part.tranche.borrowing_base.items():
        lines = {GROSS: f"{terms.name}, gross", **terms.ineligible}
        for line, label in lines.items():
            value = given.get(class_id, {}).get(line)
            name = part.name(class_name(part, class_id, line))
            note = "blank until reported" if line == GROSS else "taken off the gross amount"
            shown = label if line == GROSS else f"    less: {label}"
            row = single(sheet, row, shown, value, "money", currency, name, AMOUNTS, note)
        if terms.net_orderly_liquidation_value is not None:
            rate = scenario.appraisal.get(part.tranche_id, {}).get(class_id)
            label = f"{terms.name}, net orderly liquidation value"
            name = part.name(appraisal_name(part, class_id))
            note = "blank until a later appraisal than the contract's"
            row = single(sheet, row, label, rate, "rate_exact", "%", name, SHARES, note)
    reserves = scenario.reserves.get(part.tranche_id, {})
    for reserve_id, label in (part.tranche.reserves or {"": "Reserves"}).items():
        amount = reserves.get(reserve_id) if reserve_id else next(iter(reserves.values()), None)
        name = part.name(reserve_name(part, reserve_id))
        note = "taken off the borrowing base"
        row = single(sheet, row, label, amount, "money", currency, name, AMOUNTS, note)
    return row


def write_letters(sheet, row: int, contents: Contents) -> int:
    """Letters of credit of each revolver: each amount holds from its date until the next."""
    revolvers = [part for part in contents.parts if part.is_revolver]
    if not revolvers:
        return row
    rules = ["What is outstanding from each date until the next; in date order, no gaps."]
    rules.append("Letters of credit count as used.")
    room = max(part.room.letters for part in revolvers)
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
