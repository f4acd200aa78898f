"""The schedule: what is paid when, one formula a column, with its workings to the right.

Every row finds its own date: the earliest of the next payment, the next anniversary fee
and the next prepayment or draw. So an extension or a prepayment typed on the inputs moves
the whole schedule, and the formulas say what the core's roll does.
"""

from math import ceil

from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.accrual_columns import accrual_columns
from workbook_templates.sheets.check_columns import as_of_columns, check_columns
from workbook_templates.sheets.date_columns import date_columns
from workbook_templates.sheets.fee_columns import fee_columns, fee_names
from workbook_templates.sheets.instalment_columns import instalment_columns
from workbook_templates.sheets.payment_columns import payment_columns
from workbook_templates.sheets.principal_columns import principal_columns
from workbook_templates.table import GAP, Table

HEAD_ROW = 4
IN_RESERVE = "Grey rows are not in use: room for an extension, prepayments and draws."
NAMED_COLUMNS = (
    "payment_date",
    "payment_year",
    "accrual_start",
    "accrual_end",
    "days",
    "opening_balance",
    "drawn",
    "all_in_rate",
    "interest",
    "pik_interest",
    "scheduled_principal",
    "prepayment",
    "swept",
    "balloon",
    "fees",
    "total_payment",
    "closing_balance",
    "principal",
    "balance_change",
    "added",
    "as_entered",
    "settled_through",
    "date_ahead",
    "rate_now",
    "roll_forward_check",
    "sum_check",
    "rounding_check",
    "order_check",
    "floor_check",
    "commitment_check",
    "business_day_check",
)

# What a landscape page holds: the wider a table, the smaller it is printed.
ROWS_A_DIGIT, FEWEST_ROWS = 0.22, 32


def write(contents: Contents, part: Part) -> None:
    """The schedule of one tranche, its totals, and names for the columns used elsewhere."""
    title = contents.title("Schedule", part)
    sheet = contents.sheet(title, "calculation", f"Schedule: {part.tranche.name}")
    shown = payment_columns(part)
    workings = (
        *date_columns(part),
        *principal_columns(part),
        *instalment_columns(part),
        *accrual_columns(part),
        *fee_columns(part),
        *as_of_columns(),
        *check_columns(part),
    )
    table = Table(sheet, (*shown, GAP, *workings), HEAD_ROW, 1, part.name).write(part.rows)
    sheet.text(HEAD_ROW - 1, table.position["gap"] + 1, "Workings (not printed)", "heading")
    sheet.text(HEAD_ROW - 1, 1, IN_RESERVE, "note")
    sums = {
        column.key: part.money(sum(getattr(row, column.key) for row in part.schedule.rows))
        for column in shown
        if column.total and column.style == "money"
    }
    sums["days"] = sum(row.days for row in part.schedule.rows)
    last_row = table.totals("Total", sums)
    for key in NAMED_COLUMNS:
        if key in table.position:
            table.define(f"schedule_{key}", key)
    for key in fee_names(part).values():
        table.define(f"schedule_{key}", key)
    last_shown = table.position["gap"] - 1
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, table.position["payment_date"] + 1)
    area = Area(1, 1, last_row, last_shown)
    pages = _pages_tall(last_row, sum(column.width for column in shown))
    sheet.print_setup(area, (HEAD_ROW, HEAD_ROW), pages_tall=pages)
    sheet.group_columns(table.position["gap"] + 1, last_shown + 1 + len(workings))
    body = Area(table.first_row, 1, table.last_row, last_shown)
    sheet.grey_where(body, f"$C{table.first_row}=0")


def _pages_tall(rows: int, width: float) -> int:
    """How many pages the rows take, a fifth of a page pressed into the ones before it."""
    a_page = max(ROWS_A_DIGIT * width, FEWEST_ROWS)
    return max(ceil(rows / a_page - 0.2), 1)
