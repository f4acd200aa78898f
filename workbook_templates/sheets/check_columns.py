"""Workings beside a schedule: where the as-of date stands, what must be zero in each row."""

from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.table import CONSTANT, Column


def as_of_columns() -> tuple[Column, ...]:
    """The calendar year of each row, and where the as-of date stands in the schedule."""

    def is_running(row: Row) -> bool:
        return row.flow.accrual_start <= row.part.projection.as_of < row.flow.accrual_end

    def is_ahead(row: Row) -> bool:
        pays = row.pays or row.flow.total_payment > 0
        return pays and row.flow.payment_date > row.part.projection.as_of

    return (
        Column(
            "payment_year",
            "Year paid",
            "year",
            "IF([payment_date]=0,0,YEAR([payment_date]))",
            lambda row: row.flow.payment_date.year,
            9,
        ),
        Column(
            "date_ahead",
            "Date ahead",
            "date",
            "IF(AND([payment_date]>as_of,OR([pays]=1,[total_payment]>0)),[payment_date],0)",
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


def check_columns(part: Part) -> tuple[Column, ...]:
    """What must be zero in each row."""
    parts_of_payment = "[interest]-[principal]" + "-[fees]" * part.has_fees
    added = "[drawn]" + "+[pik_interest]" * bool(part.in_kind)
    product = "[paid_product]" if part.in_kind is None else "([paid_product]+[kind_in_cash])"
    columns = [
        Column(
            "roll_forward_check",
            "Check: roll-forward",
            "money",
            f"ROUND([closing_balance@]*[is_active]+{added}-[principal]-[closing_balance],"
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
            f"IF(ABS([interest]-{product}/{{interest_divisor}})<2*tolerance,0,1)",
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
    if part.is_floating and part.tranche.coupon.floor is not None:
        columns.append(
            Column(
                "floor_check",
                "Check: floor",
                "count",
                "IF(AND([days]>0,[all_in_rate]<{coupon_floor}-1/rate_units),1,0)",
                lambda row: 0,
                11,
                CONSTANT,
            )
        )
    if part.is_revolver and part.tranche.commitment_steps:
        commitment = 'INDEX({commitment_amounts},COUNTIF({commitment_dates},"<="&[payment_date]))'
        columns += [
            Column(
                "commitment_then",
                "Commitment on the day",
                "money",
                f"IF([is_active]=1,{commitment},0)",
                lambda row: row.money(part.plan.commitment(row.flow.payment_date)),
                13.5,
                commitment,
            ),
            Column(
                "commitment_check",
                "Check: commitment",
                "money",
                "MAX([closing_balance]-[commitment_then],0)",
                lambda row: 0,
                11,
            ),
        ]
    adjusted = part.tranche.payments.business_day != "Unadjusted"
    paid = "OR([pays]=1,[move]<>0)" if adjusted else "[move]<>0"
    columns.append(
        Column(
            "business_day_check",
            "Check: business day",
            "count",
            f"IF({paid},WORKDAY([payment_date]-1,1,holidays)-[payment_date],0)",
            lambda row: 0,
            11,
            CONSTANT,
        )
    )
    return tuple(columns)
