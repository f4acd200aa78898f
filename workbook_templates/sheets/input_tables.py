"""The forms of inputs: a single one, and tables by date; each headed, named and checked."""

from decimal import Decimal

from lexp_calc.money import LARGEST_AMOUNT
from lexp_calc.terms import EARLIEST_DATE, LARGEST_VOLATILITY, LATEST_DATE
from workbook_templates import validations
from workbook_templates.contents import Contents
from workbook_templates.part import Part

LABEL, VALUE, UNIT, NOTE = 1, 2, 3, 4
YES, NO = "yes", "no"
FIRST_TABLE_COLUMN = 2
TWO_LINES = 24  # characters of a head
AMOUNT = LARGEST_AMOUNT - Decimal("0.01")
AMOUNTS = validations.decimals(Decimal(0), AMOUNT, "An amount of 0 or more is due here.")
MOVES = validations.decimals(-AMOUNT, AMOUNT, "An amount is due here; a repayment below zero.")
PRICES = validations.decimals(Decimal("1e-6"), AMOUNT, "A price above 0 is due here.")
VOLATILITIES = validations.decimals(
    Decimal("1e-8"), LARGEST_VOLATILITY, "A volatility such as 35%, up to 500%, is due here."
)
SHARES = validations.decimals(Decimal(0), Decimal(1), "A rate from 0% to 100% is due here.")
RATES = validations.decimals(Decimal(-1), Decimal(1), "A rate such as 5.50% is due here.")
DATES = validations.dates(
    EARLIEST_DATE, LATEST_DATE, "A date such as 30-Jun-2006 is due here, in order, without gaps."
)
SWITCH = validations.choice((YES, NO), "yes or no is due here.")


def single(sheet, row, label, value, style, unit, name, validation, note) -> int:
    sheet.text(row, LABEL, label, "label")
    sheet.input(row, VALUE, value, f"input_{style}", name, validation)
    sheet.text(row, UNIT, unit, "unit")
    sheet.text(row, NOTE, note, "note")
    return row + 1


def of_tranche(contents: Contents, part: Part, head: str) -> str:
    """A table head, with the tranche where several share the sheet."""
    if contents.tranche_id is None:
        return f"{part.tranche_id}: {head}"
    return head.capitalize()


def heading(sheet, row: int, title: str, rules: list[str], room: int) -> int:
    """Heading, the rules in words, and the numbered rows of a table; the row of its heads."""
    sheet.text(row, LABEL, title, "heading")
    for rule in rules:
        row += 1
        sheet.text(row, LABEL, rule, "note")
    head_row = row + 1
    sheet.heights({head_row: 30})
    sheet.text(head_row, LABEL, "Entry no.", "column_head")
    for number in range(1, room + 1):
        sheet.number(head_row + number, LABEL, number, "count")
    return head_row


def pair(sheet, head_row, column, heads, values, room, names, styles, rules) -> None:
    """Two columns of inputs side by side, filled from the top."""
    for place in (0, 1):
        sheet.text(head_row, column + place, heads[place], "column_head")
        if len(heads[place]) > TWO_LINES:
            sheet.heights({head_row: 45})
        filled = [(each[place],) for each in values] + [(None,)] * (room - len(values))
        sheet.input_range(
            head_row + 1,
            column + place,
            tuple(filled),
            f"input_{styles[place]}",
            names[place],
            rules[place],
        )
