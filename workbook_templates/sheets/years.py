"""Sums by calendar year under a schedule: each summed column again, a line a year.

There is a line for every year of the longest scenario, so that an extension adds none.
"""

from datetime import date
from typing import Any

from workbook_templates.addresses import Area, cell_name
from workbook_templates.part import Part
from workbook_templates.table import GAP, Column, Table

HEADING = "By calendar year"
YEAR_COLUMN = 1
DATE, BALANCE, CHANGE = "payment_date", "closing_balance", "balance_change"


def years(part: Part) -> range:
    """From the closing to the last day on which anything can be paid."""
    return range(part.closing_date.year, part.last_day.year + 1)


def write_years(table: Table, row: int, part: Part) -> int:
    """The block from `row` on, under the columns that it sums; its last row."""
    sheet = table.sheet
    sheet.text(row, YEAR_COLUMN, HEADING, "heading")
    summed = [
        each
        for each in _shown(table)
        if each.style == "money" and (each.total or each.key == BALANCE)
    ]
    first = row + 1
    for year in years(part):
        row += 1
        formula = "YEAR(closing_date)" if row == first else f"{_year_cell(row - 1)}+1"
        sheet.formula(row, YEAR_COLUMN, formula, year, "year")
        for column in summed:
            at = table.position[column.key]
            text, value = _sum(table, part, column, row, year)
            sheet.formula(row, at, text, value, column.style)
    total = table.position["total_payment"]
    sheet.book.name(part.name("years_total_payment"), sheet, (first, total), (row, total))
    return row


def _shown(table: Table) -> list[Column]:
    return list(table.columns[: table.columns.index(GAP)])


def _year_cell(row: int) -> str:
    return cell_name(row, YEAR_COLUMN)


def _sum(table: Table, part: Part, column: Column, row: int, year: int) -> tuple[str, Any]:
    """The sum of a year's rows, or the balance at its end."""
    days = _fixed(table.area(DATE))
    until = f'{days},"<"&DATE({_year_cell(row)}+1,1,1)'
    if column.key == BALANCE:
        formula = f"ROUND(SUMIFS({_fixed(table.area(CHANGE))},{until}),{part.currency.digits})"
        return formula, part.money(part.schedule.balance(date(year, 12, 31)))
    since = f'{days},">="&DATE({_year_cell(row)},1,1)'
    of_year = [flow for flow in part.schedule.rows if flow.payment_date.year == year]
    value = sum(getattr(flow, column.key) for flow in of_year)
    formula = f"SUMIFS({_fixed(table.area(column.key))},{since},{until})"
    return formula, part.money(value)


def _fixed(area: Area) -> str:
    return area.name(absolute=True)
