"""Timeline: balances at each month's end, the even grid that charts and the summary draw on."""

from calendar import monthrange
from datetime import date

from lexp_calc.periods import add_months
from workbook_templates.addresses import Area, column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.quarters import write_quarters
from workbook_templates.table import Column, Table

HEAD_ROW = 4
NARROWEST_PRINT = 8  # columns, so that the title is not cut


def write(contents: Contents) -> None:
    """A row a month, from closing to the last month in which anything can be paid."""
    sheet = contents.sheet("Timeline", "calculation", "Balance at the end of each month")
    columns = [
        Column("month", "Month no.", "count", None, lambda row: row[0], 9),
        Column(
            "month_end",
            "Month's end",
            "date",
            "EOMONTH(closing_date,[month])",
            lambda row: row[1],
            13,
        ),
        *(_balance(part) for part in contents.parts),
    ]
    if contents.tranche_id is None:
        first, last = balance_key(contents.parts[0]), balance_key(contents.parts[-1])
        formula = f"SUM([{first}]:[{last}])"
        columns.append(Column("total", "Total", "money", formula, lambda row: _all(contents, row)))
    rows = list(enumerate(month_ends(contents)))
    name = contents.parts[0].name
    table = Table(sheet, columns, HEAD_ROW, 1, name).write(rows)
    contents.tables["timeline"] = table
    quarters = write_quarters(contents, sheet, HEAD_ROW, len(columns) + 2)
    sheet.widths({len(columns) + 1: 3})
    sheet.heights({HEAD_ROW: 45})
    sheet.widths({table.position[column.key]: 17 for column in columns[2:]})
    sheet.freeze(HEAD_ROW + 1, 3)
    last_column = quarters.everything.last_column if quarters else len(columns)
    area = Area(1, 1, table.last_row, max(last_column, NARROWEST_PRINT))
    sheet.print_setup(area, (HEAD_ROW, HEAD_ROW), orientation="portrait")
    _mark_years(sheet, table)


def month_ends(contents: Contents) -> list[date]:
    """The last day of each month from closing to the latest possible payment."""
    first = contents.deal.closing_date.replace(day=1)
    last = max(part.last_day for part in contents.parts)
    ends = []
    month = first
    while month <= last:
        ends.append(month.replace(day=monthrange(month.year, month.month)[1]))
        month = add_months(first, len(ends))
    return ends


def balance_key(part: Part) -> str:
    """The key of a tranche's column."""
    return f"balance_{part.tranche_id.replace('-', '_')}"


def _balance(part: Part) -> Column:
    changes, days = part.name("schedule_balance_change"), part.name("schedule_payment_date")
    return Column(
        balance_key(part),
        part.tranche.name,
        "money",
        f'ROUND(SUMIFS({changes},{days},"<="&[month_end]),{part.currency.digits})',
        lambda row: part.money(part.schedule.balance(row[1])),
    )


def _all(contents: Contents, row):
    return sum(part.money(part.schedule.balance(row[1])) for part in contents.parts)


def _mark_years(sheet, table: Table) -> None:
    """Sets each year apart."""
    first = table.first_row
    letters = column_letters(table.position["month_end"])
    body = Area(first, 1, table.last_row, len(table.columns))
    sheet.emphasise_where(body, f"YEAR(${letters}{first})<>YEAR(${letters}{first - 1})", "new_year")
