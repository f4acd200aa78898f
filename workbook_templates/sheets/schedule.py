"""The schedule: what is paid when, one formula a column, with its workings to the right.

Every row finds its own date: the earliest of the next payment, the next anniversary fee
and the next prepayment or draw. So an extension or a prepayment typed on the inputs moves
the whole schedule, and the formulas say what the core's roll does.
"""

from workbook_templates.addresses import Area
from workbook_templates.contents import Contents, Part, Row
from workbook_templates.sheets.accrual_columns import accrual_columns
from workbook_templates.table import CONSTANT, GAP, Column, Table

ADJUSTED_DATE = {
    "Unadjusted": "[due_date]",
    "Following": "WORKDAY([due_date]-1,1,holidays)",
    "Modified Following": "IF(MONTH(WORKDAY([due_date]-1,1,holidays))=MONTH([due_date]),"
    "WORKDAY([due_date]-1,1,holidays),WORKDAY([due_date]+1,-1,holidays))",
}
HEAD_ROW = 4
NAMED_COLUMNS = (
    "payment_date",
    "accrual_start",
    "accrual_end",
    "days",
    "opening_balance",
    "drawn",
    "all_in_rate",
    "interest",
    "scheduled_principal",
    "prepayment",
    "balloon",
    "fees",
    "total_payment",
    "closing_balance",
    "event",
    "principal",
    "balance_change",
    "is_finished",
    "pays",
    "paid_product",
    "date_ahead",
    "rate_now",
    "roll_forward_check",
    "sum_check",
    "rounding_check",
    "order_check",
    "business_day_check",
)


def write(contents: Contents, part: Part) -> None:
    """The schedule of one tranche, its totals, and names for the columns used elsewhere."""
    title = contents.title("Schedule", part)
    sheet = contents.sheet(title, "calculation", f"Schedule: {part.tranche.name}")
    shown = payment_columns(part)
    workings = (*date_columns(part), *accrual_columns(part))
    table = Table(sheet, (*shown, GAP, *workings), HEAD_ROW, 1, part.name).write(part.rows)
    sheet.text(HEAD_ROW - 1, table.position["regular_date"], "Workings (not printed)", "heading")
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
    last_shown = table.position["gap"] - 1
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, table.position["payment_date"] + 1)
    sheet.print_setup(Area(1, 1, last_row, last_shown), (HEAD_ROW, HEAD_ROW))
    sheet.group_columns(table.position["regular_date"], last_shown + 1 + len(workings))
    body = Area(table.first_row, 1, table.last_row, last_shown)
    sheet.grey_where(body, f"$C{table.first_row}=0")


def payment_columns(part: Part) -> tuple[Column, ...]:
    """The columns that a reader sees: dates, balances, rates, what is paid."""
    digits = part.currency.digits
    columns = [
        Column(
            "payment_number",
            "No.",
            "count",
            "IF([is_active]=1,[payment_number@]+[pays],0)",
            lambda row: row.flow.payment_number,
            5,
            CONSTANT,
        ),
        Column(
            "event", "Event", "word", _event_formula(part), lambda row: row.flow.event, 12, CONSTANT
        ),
        Column(
            "payment_date",
            "Payment date",
            "date",
            f"IF([is_active]=1,MIN({_next_dates(part)}),0)",
            lambda row: row.flow.payment_date,
            12.5,
            "closing_date",
        ),
        Column(
            "accrual_start",
            "Accrual start",
            "date",
            "IF([pays_interest]=1,[run_start],[payment_date])",
            lambda row: row.flow.accrual_start,
            12.5,
            "closing_date",
        ),
        Column(
            "accrual_end",
            "Accrual end",
            "date",
            "IF([pays_interest]=1,[run_end],[payment_date])",
            lambda row: row.flow.accrual_end,
            12.5,
            "closing_date",
        ),
        Column(
            "days",
            "Days",
            "count",
            "IF([pays_interest]=1,[run_days],0)",
            lambda row: row.flow.days,
            6,
            CONSTANT,
            total=True,
        ),
        Column(
            "opening_balance",
            "Opening balance",
            "money",
            "IF([is_active]=1,[closing_balance@],0)",
            lambda row: row.money(row.flow.opening_balance),
            15,
            CONSTANT,
        ),
        Column(
            "drawn",
            "Drawn",
            "money",
            "MAX([move],0)"
            if part.is_revolver
            else "IF([payment_date]=closing_date,{principal},0)",
            lambda row: row.money(row.flow.drawn),
            15,
            total=True,
        ),
    ]
    if part.is_floating:
        columns.append(
            Column(
                "index_rate",
                "Index rate",
                "rate",
                "IF([pays_interest]=1,[index_at_start],0)",
                lambda row: row.flow.index_rate,
                11,
                CONSTANT,
            )
        )
    columns += [
        Column(
            "all_in_rate",
            "All-in rate",
            "rate",
            "IF([days]=0,0,[unit_days]/[days]/rate_units)",
            lambda row: float(row.flow.all_in_rate),
            11,
            CONSTANT,
        ),
        Column(
            "interest",
            "Interest",
            "money",
            f"ROUND([paid_product]/{{interest_divisor}},{digits})",
            lambda row: row.money(row.flow.interest),
            13.5,
            CONSTANT,
            total=True,
        ),
    ]
    if part.has_instalments:
        columns.append(
            Column(
                "scheduled_principal",
                "Scheduled principal",
                "money",
                "IF([is_instalment]=1,MIN({repayment_amount},[opening_balance]),0)",
                lambda row: row.money(row.flow.scheduled_principal),
                13.5,
                CONSTANT,
                total=True,
            )
        )
    scheduled = "-[scheduled_principal]" if part.has_instalments else ""
    columns += [
        Column(
            "prepayment",
            "Repayment" if part.is_revolver else "Prepayment",
            "money",
            "MAX(-[move],0)" if part.is_revolver else f"MIN([move],[opening_balance]{scheduled})",
            lambda row: row.money(row.flow.prepayment),
            13.5,
            CONSTANT,
            total=True,
        ),
        Column(
            "balloon",
            "Due at maturity",
            "money",
            "IF([is_maturity]=1,"
            f"ROUND([opening_balance]+[drawn]{scheduled}-[prepayment],{digits}),0)",
            lambda row: row.money(row.flow.balloon),
            15,
            CONSTANT,
            total=True,
        ),
        *_fee_columns(part),
        Column(
            "total_payment",
            "Total payment",
            "money",
            f"[interest]+[principal]{'+[fees]' * part.has_fees}",
            lambda row: row.money(row.flow.total_payment),
            15,
            total=True,
        ),
        Column(
            "closing_balance",
            "Closing balance",
            "money",
            f"ROUND([opening_balance]+[drawn]-[principal],{digits})",
            lambda row: row.money(row.flow.closing_balance),
            15,
        ),
    ]
    return tuple(columns)


def date_columns(part: Part) -> tuple[Column, ...]:
    """The workings of the dates: what comes next, and what it is."""
    digits = part.currency.digits
    columns = [
        Column(
            "regular_date",
            "Next regular date",
            "date",
            "IF([is_active]=1,EDATE({payments_first_payment},[payment_number@]*{months_between_payments}),0)",
            lambda row: row.regular_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
        Column(
            "due_date",
            "Next due date",
            "date",
            "IF([is_active]=1,MIN([regular_date],{maturity_in_force}),0)",
            lambda row: row.due_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
        Column(
            "paid_date",
            "Next paid on",
            "date",
            f"IF([is_active]=1,{ADJUSTED_DATE[part.tranche.payments.business_day]},0)",
            lambda row: row.paid_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
    ]
    if part.anniversary_fee_rate:
        columns.append(
            Column(
                "anniversary",
                "Next anniversary",
                "date",
                "IF([is_active]=1,EDATE(closing_date,([anniversary_number@]+1)*months_in_year),0)",
                lambda row: row.anniversary if row.before else 0,
                12.5,
                CONSTANT,
            )
        )
    columns += [
        Column(
            "next_move",
            "Next draw" if part.is_revolver else "Next prepayment",
            "date",
            'IFERROR(SMALL({move_dates},COUNTIF({move_dates},"<="&[payment_date@])+1),last_date)*[is_active]',
            lambda row: row.next_move if row.before else 0,
            12.5,
            CONSTANT,
        ),
        Column("is_active", "Active", "count", "1-[is_finished@]", lambda row: 1, 7, CONSTANT),
        Column(
            "pays",
            "Pays",
            "count",
            "IF(AND([is_active]=1,[payment_date]=[paid_date]),1,0)",
            lambda row: int(row.pays),
            7,
            CONSTANT,
        ),
        Column(
            "is_maturity",
            "Maturity",
            "count",
            "IF(AND([pays]=1,[due_date]={maturity_in_force}),1,0)",
            lambda row: int(row.flow.event == "Maturity"),
            8.5,
            CONSTANT,
        ),
    ]
    if part.has_instalments:
        columns.append(
            Column(
                "is_instalment",
                "Instalment",
                "count",
                "IF(AND([pays]=1,[due_date]=[regular_date],"
                "[payment_number]<={instalments_in_force}),1,0)",
                lambda row: int(row.is_instalment),
                9.5,
                CONSTANT,
            )
        )
    if part.anniversary_fee_rate:
        columns.append(
            Column(
                "anniversary_number",
                "Anniversaries",
                "count",
                "IF(AND([is_active]=1,[payment_date]=[anniversary]),1,0)+[anniversary_number@]*[is_active]",
                lambda row: row.flow.anniversary_number,
                12,
                CONSTANT,
            )
        )
    columns += [
        Column(
            "move",
            "Drawn or repaid" if part.is_revolver else "Asked to prepay",
            "money",
            "IF([payment_date]>[payment_date@],SUMIFS({move_amounts},{move_dates},[payment_date]),0)",
            lambda row: row.money(_move(row)),
            13.5,
            "SUMIFS({move_amounts},{move_dates},closing_date)",
        ),
        Column(
            "principal",
            "Principal repaid",
            "money",
            f"{'[scheduled_principal]+' * part.has_instalments}[prepayment]+[balloon]",
            lambda row: row.money(row.flow.principal),
            13.5,
        ),
        Column(
            "balance_change",
            "Balance change",
            "money",
            f"ROUND([closing_balance]-[opening_balance],{digits})",
            lambda row: row.money(row.part.change(row.flow)),
            13.5,
        ),
        Column(
            "is_finished",
            "Finished",
            "count",
            _finished_formula(part),
            lambda row: int(row.is_finished),
            8.5,
            CONSTANT,
            beyond=1,
        ),
    ]
    return (*columns, *_as_of_columns(), *_check_columns(part))


def _as_of_columns() -> tuple[Column, ...]:
    """Where the as-of date stands in the schedule."""

    def is_running(row: Row) -> bool:
        return row.flow.accrual_start <= row.part.projection.as_of < row.flow.accrual_end

    def is_ahead(row: Row) -> bool:
        return row.flow.payment_date > row.part.projection.as_of

    return (
        Column(
            "date_ahead",
            "Date ahead",
            "date",
            "IF([payment_date]>as_of,[payment_date],0)",
            lambda row: row.flow.payment_date if is_ahead(row) else 0,
            12.5,
        ),
        Column(
            "rate_now",
            "Rate now",
            "rate",
            "IF(AND([accrual_start]<=as_of,[accrual_end]>as_of),[all_in_rate],0)",
            lambda row: float(row.flow.all_in_rate) if is_running(row) else 0,
            9,
        ),
    )


def _check_columns(part: Part) -> tuple[Column, ...]:
    """What must be zero in each row."""
    parts_of_payment = "[interest]-[principal]" + "-[fees]" * part.has_fees
    columns = [
        Column(
            "roll_forward_check",
            "Check: roll-forward",
            "money",
            "ROUND([closing_balance@]*[is_active]+[drawn]-[principal]-[closing_balance],"
            f"{part.currency.digits})",
            lambda row: 0,
            11,
            f"ROUND([drawn]-[principal]-[closing_balance],{part.currency.digits})",
        ),
        Column(
            "sum_check",
            "Check: sum of parts",
            "money",
            f"ROUND([total_payment]-{parts_of_payment},{part.currency.digits})",
            lambda row: 0,
            11,
        ),
        Column(
            "rounding_check",
            "Check: rounded once",
            "count",
            "IF(ABS([interest]-[paid_product]/{interest_divisor})<2*tolerance,0,1)",
            lambda row: 0,
            11,
        ),
        Column(
            "order_check",
            "Check: date order",
            "count",
            "IF(AND([is_active]=1,[payment_date]<[payment_date@]),1,0)",
            lambda row: 0,
            11,
            CONSTANT,
        ),
    ]
    if part.tranche.payments.business_day != "Unadjusted":
        columns.append(
            Column(
                "business_day_check",
                "Check: business day",
                "count",
                "IF([pays]=1,WORKDAY([payment_date]-1,1,holidays)-[payment_date],0)",
                lambda row: 0,
                11,
                CONSTANT,
            )
        )
    return tuple(columns)


def _move(row: Row) -> int:
    return dict(row.part.moves).get(row.flow.payment_date, 0)


def _next_dates(part: Part) -> str:
    fee = "[anniversary]," if part.anniversary_fee_rate else ""
    return f"[paid_date],{fee}[next_move]"


def _event_formula(part: Part) -> str:
    payment = 'IF([is_maturity]=1,"Maturity","Payment")'
    if part.is_revolver:
        other = 'IF([move]<0,"Repayment",IF([move]>0,"Draw","Fee"))'
        return f"IF([is_active]=0,0,IF([pays]=1,{payment},{other}))"
    return f'IF([is_active]=0,0,IF([pays]=1,{payment},IF([prepayment]>0,"Prepayment","Fee")))'


def _finished_formula(part: Part) -> str:
    if part.plan.ends_when_repaid:
        return "IF(OR([is_active]=0,[is_maturity]=1,[closing_balance]=0),1,0)"
    return "IF(OR([is_active]=0,[is_maturity]=1),1,0)"


def _fee_columns(part: Part) -> tuple[Column, ...]:
    """The fees of the day; no column where the tranche has none."""
    if not part.has_fees:
        return ()
    digits = part.currency.digits
    anniversary = "0"
    if part.anniversary_fee_rate:
        anniversary = (
            "IF([anniversary_number]>[anniversary_number@],"
            f"ROUND({{anniversary_fee_rate}}*[closing_balance],{digits}),0)"
        )
    return (
        Column(
            "fees",
            "Fees",
            "money",
            anniversary,
            lambda row: row.money(row.flow.fees),
            13.5,
            f"ROUND({{closing_fee_rate}}*[drawn],{digits})",
            total=True,
        ),
    )
