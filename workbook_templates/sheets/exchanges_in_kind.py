"""Exchanges without cash: what holders gave up, and the notes, warrants and shares they got."""

from lexp_calc.sources_and_uses import SourcesAndUses
from workbook_templates.contents import Contents
from workbook_templates.sheets.terms import group_name, where_stated
from workbook_templates.table import write_constant

NAME, GIVEN_UP, NEW_NOTES, UNITS, SOURCE = 1, 2, 3, 4, 5
NOT_STATED, NO_NOTES = "not stated", "none"


def exchanges_in_kind(sheet, row: int, contents: Contents, found: SourcesAndUses) -> int:
    """A line for each exchange; gives back the last row."""
    if not found.exchanges:
        return row - 2
    currency = contents.deal.currency
    sheet.text(row, NAME, "Exchanged without cash", "heading")
    row += 1
    heads = (
        "Exchange",
        f"Claims given up, {currency}",
        f"New notes, {currency}",
        "Warrants or shares",
        "Source: what was given up",
    )
    for column, head in enumerate(heads, 1):
        is_text = {NAME: "column_head_text", SOURCE: "column_head_unit"}
        sheet.text(row, column, head, is_text.get(column, "column_head"))
    for given, (formulas, source) in zip(found.exchanges, _formulas(contents), strict=True):
        row += 1
        sheet.text(row, NAME, given.name)
        amounts = (
            (GIVEN_UP, given.given_up_amount, "money", NOT_STATED),
            (NEW_NOTES, given.received_amount, "money", NO_NOTES),
            (UNITS, given.units, "count", NO_NOTES),
        )
        for (column, value, style, absent), formula in zip(amounts, formulas, strict=True):
            if value is None:
                write_constant(sheet, row, column, absent, style)
                continue
            value = contents.deal.money.amount(value) if style == "money" else value
            sheet.formula(row, column, formula, value, style)
        sheet.text(row, SOURCE, f"{source}: {given.given_up}", "unit")
    return row


def _formulas(contents: Contents):
    """The names of claims given up, new notes and units, and the source, in the core's order."""
    deal = contents.deal
    names = {part.tranche_id: part.name for part in contents.parts}
    for exchange in deal.exchange.values():
        name = names[exchange.new_tranche]
        yield (
            (
                name("exchange_new_principal_by_rule"),
                name("exchange_new_principal_printed"),
                name("warrant_issued"),
            ),
            where_stated(deal, exchange, "new_principal_printed"),
        )
    for stock_id, stock in deal.stock_for_interest.items():
        settled = group_name(deal, "stock_for_interest", stock_id, "interest")
        shares = group_name(deal, "stock_for_interest", stock_id, "shares")
        yield (settled, "", shares), where_stated(deal, stock, "shares")
