"""The workings of interest: the running period, its rate-days, what accrues, what is paid.

Interest is one product of exact numbers, balance x rate-days, inside one ROUND.
"""

from workbook_templates.part import Part, held
from workbook_templates.sheets.line_columns import line_columns
from workbook_templates.sheets.rate_columns import rate_columns
from workbook_templates.sheets.working import working
from workbook_templates.table import Column


def accrual_columns(part: Part) -> tuple[Column, ...]:
    """From the running period to the interest that is paid and the interest carried on."""
    return (*_period_columns(part), *rate_columns(part), *_product_columns(part))


def _period_columns(part: Part) -> tuple[Column, ...]:
    to_the_day_paid = part.tranche.payments.interest_for_delay == "to the day paid"
    end_of_payment = "[paid_date]" if to_the_day_paid else "[due_date]"
    columns = [
        Column(
            "run_start",
            "Accrues from",
            "date",
            "IF([pays@]=1,[run_end@],[run_start@])*[is_active]",
            lambda row: row.flow.accrual.start if row.before else row.part.closing_date,
            12.5,
            "closing_date",
        ),
        working(
            "run_end",
            "Accrues to",
            "date",
            f"IF([pays]=1,{end_of_payment},[payment_date])",
            lambda row: row.flow.accrual.end,
            12.5,
        ),
    ]
    return (*columns, *line_columns(part))


def _product_columns(part: Part) -> tuple[Column, ...]:
    """Balance x rate-days: accrued, paid, carried on."""
    paid = "IF([pays]=1,[product],0)"
    if part.plan.accrued_paid_with_prepayment:
        paid = "IF(OR([pays]=1,[closing_balance]=0),[product],[prepayment]*[unit_days])"
    return (
        working(
            "unit_days_before",
            "Held already",
            "exact",
            "IF([pays@]=1,0,[unit_days@])*[is_active]",
            lambda row: held(row.flow.accrual.unit_days_before),
            16,
        ),
        working(
            "product",
            "Accrued product",
            "exact",
            "IF([is_active]=0,0,[carried_product@]+[opening_balance]*([unit_days]-[unit_days_before]))",
            lambda row: row.product(row.flow.accrual.product),
            22,
        ),
        working(
            "paid_product",
            "Paid product",
            "exact",
            paid,
            lambda row: row.product(row.flow.accrual.paid_product),
            22,
        ),
        working(
            "pays_interest",
            "Pays interest",
            "count",
            "IF(OR([pays]=1,[paid_product]<>0),1,0)",
            lambda row: int(row.flow.pays_interest),
            8,
        ),
        working(
            "carried_product",
            "Carried product",
            "exact",
            "[product]-[paid_product]",
            lambda row: row.product(row.flow.accrual.carried_product),
            22,
        ),
    )
