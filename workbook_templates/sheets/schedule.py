"""The schedule: what is paid when, one formula a column, with its workings to the right.

Every row finds its own date: the earliest of the next payment, the next anniversary fee
and the next prepayment or draw. So an extension or a prepayment typed on the inputs moves
the whole schedule, and the formulas say what the core's roll does.
"""

from workbook_templates.addresses import Area, column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.accrual_columns import accrual_columns
from workbook_templates.sheets.check_columns import as_of_columns, check_columns
from workbook_templates.sheets.date_columns import date_columns
from workbook_templates.sheets.fee_columns import fee_columns, fee_names
from workbook_templates.sheets.instalment_columns import instalment_columns
from workbook_templates.sheets.limit_columns import limit_columns
from workbook_templates.sheets.note_columns import note_columns
from workbook_templates.sheets.payment_columns import payment_columns
from workbook_templates.sheets.principal_columns import principal_columns
from workbook_templates.sheets.years import write_years
from workbook_templates.table import GAP, Table

HEAD_ROW = 4
IN_RESERVE = (
    "Grey rows are not in use: room for an extension, prepayments and draws. Notes say where a "
    "term bites; 'moved from' is a date that is no business day."
)
NAMED_COLUMNS = (
    "payment_number",
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
    "fee_date_ahead",
    "is_instalment",
    "rate_now",
    "roll_forward_check",
    "sum_check",
    "rounding_check",
    "order_check",
    "floor_check",
    "units_at_start",
    "lowest_units",
    "commitment_check",
    "business_day_check",
)


def write(contents: Contents, part: Part) -> None:
    """The schedule of one tranche, its totals, and names for the columns used elsewhere."""
    title = contents.title("Schedule", part)
    sheet = contents.sheet(title, "calculation", f"Schedule: {part.tranche.name}")
    notes, shown_notes = note_columns(part)
    shown = (*payment_columns(part), shown_notes)
    workings = (
        *date_columns(part),
        *principal_columns(part),
        *instalment_columns(part),
        *accrual_columns(part),
        *limit_columns(part),
        *fee_columns(part),
        *as_of_columns(),
        *check_columns(part),
        *notes,
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
    last_row = write_years(table, table.totals("Total", sums) + 2, part)
    for key in NAMED_COLUMNS:
        if key in table.position:
            table.define(f"schedule_{key}", key)
    for key in fee_names(part).values():
        table.define(f"schedule_{key}", key)
    last_shown = table.position["gap"] - 1
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, table.position["payment_date"] + 1)
    contents.as_of(sheet, table.position["total_payment"])
    sheet.print_setup(Area(1, 1, last_row, last_shown), (HEAD_ROW, HEAD_ROW))
    sheet.group_columns(table.position["gap"] + 1, last_shown + 1 + len(workings))
    _mark_rows(sheet, table, last_shown)


def _mark_rows(sheet, table: Table, last_shown: int) -> None:
    """Greys what is not in use, sets each year apart, and marks the current period."""
    first = table.first_row
    body = Area(first, 1, table.last_row, last_shown)
    day, current = (column_letters(table.position[each]) for each in ("payment_date", "is_current"))
    sheet.grey_where(body, f"${day}{first}=0")
    sheet.emphasise_where(body, f"${current}{first}=1", "current_period")
    # The row above the first one is the head, a word, of which there is no year.
    new_year = f"AND(${day}{first}>0,YEAR(${day}{first})<>YEAR(${day}{first - 1}))"
    sheet.emphasise_where(body, new_year, "new_year")
