"""The columns of a schedule that a reader sees: dates, balances, rates, what is paid."""

from workbook_templates.part import Part
from workbook_templates.sheets.fee_columns import fee_sum
from workbook_templates.sheets.instalment_columns import scheduled_formula
from workbook_templates.sheets.interest_columns import all_in_unit_days, interest_formula
from workbook_templates.sheets.rate_columns import length
from workbook_templates.table import CONSTANT, Column


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
            6.5,
            CONSTANT,
        ),
        Column(
            "event",
            "Event",
            "remark",
            _event_formula(part),
            lambda row: row.flow.event,
            12,
            CONSTANT,
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
            7.5,
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
            _drawn_formula(part),
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
            f"IF([days]=0,0,{all_in_unit_days(part)}/{length(part)}/rate_units)",
            lambda row: float(row.flow.all_in_rate),
            11,
            CONSTANT,
        ),
        Column(
            "interest",
            "Interest",
            "money",
            interest_formula(part),
            lambda row: row.money(row.flow.interest),
            13.5,
            CONSTANT,
            total=True,
        ),
    ]
    if part.in_kind:
        columns.append(
            Column(
                "pik_interest",
                "Interest in kind",
                "money",
                "IF(AND([pays]=1,[remaining]<>0),"
                f"ROUND([kind_product]/{{interest_divisor}},{digits}),0)",
                lambda row: row.money(row.flow.pik_interest),
                13.5,
                CONSTANT,
                total=True,
            )
        )
    if part.has_instalments:
        columns.append(
            Column(
                "scheduled_principal",
                "Scheduled principal",
                "money",
                scheduled_formula(part),
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
            _prepayment_formula(part, scheduled),
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
            f"ROUND([opening_balance]+[drawn]{'+[pik_interest]' * bool(part.in_kind)}-[principal],"
            f"{digits})",
            lambda row: row.money(row.flow.closing_balance),
            15,
        ),
    ]
    return tuple(columns)


def _drawn_formula(part: Part) -> str:
    if part.is_revolver:
        return "MAX([move],0)"
    if part.is_drawn_later:
        return "[drawn_on_the_day]"
    return "IF([payment_date]=closing_date,{principal},0)"


def _prepayment_formula(part: Part, scheduled: str) -> str:
    if part.is_revolver:
        return "MAX(-[move],0)"
    if part.is_swept:
        return f"ROUND([move]+[swept],{part.currency.digits})"
    drawn = "+[drawn]" if part.is_drawn_later else ""
    return f"MIN([move],[opening_balance]{drawn}{scheduled})"


def _fee_columns(part: Part) -> tuple[Column, ...]:
    """All fees of the day; no column where the tranche has none."""
    if not part.has_fees:
        return ()
    total = fee_sum(part)
    return (
        Column(
            "fees", "Fees", "money", total, lambda row: row.money(row.flow.fees), 13.5, total=True
        ),
    )


def _next_dates(part: Part) -> str:
    fee = "[anniversary]," if part.has_anniversaries else ""
    return f"[paid_date],{fee}[next_move]"


def _event_formula(part: Part) -> str:
    payment = 'IF([is_maturity]=1,"Maturity","Payment")'
    if part.has_other_events or part.is_revolver:
        return f"IF([is_active]=0,0,IF([pays]=1,{payment},[other_event]))"
    return f'IF([is_active]=0,0,IF([pays]=1,{payment},IF([prepayment]>0,"Prepayment","Fee")))'
