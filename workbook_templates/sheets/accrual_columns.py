"""The workings of interest: the running period, its rate-days, what accrues, what is paid.

Interest is one product of exact numbers, balance x rate-days, inside one ROUND.
"""

from workbook_templates.part import Part
from workbook_templates.sheets.interest_columns import interest_columns
from workbook_templates.sheets.line_columns import line_columns
from workbook_templates.sheets.rate_columns import rate_columns
from workbook_templates.sheets.working import working
from workbook_templates.table import Column


def accrual_columns(part: Part) -> tuple[Column, ...]:
    """From the running period to the interest that is paid and the interest carried on."""
    return (*_period_columns(part), *rate_columns(part), *interest_columns(part))


def _period_columns(part: Part) -> tuple[Column, ...]:
    to_the_day_paid = part.tranche.payments.interest_for_delay == "to the day paid"
    end_of_payment = "[paid_date]" if to_the_day_paid else "[due_date]"
    otherwise = "[payment_date]"
    if part.tranche.payments.may_delay_without_interest:
        # Between the day due and a later day paid the next period's interest runs already.
        otherwise = "MAX(MIN([payment_date],[due_date]),[run_start])*[is_active]"
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
            f"IF([pays]=1,{end_of_payment},{otherwise})",
            lambda row: row.flow.accrual.end,
            12.5,
        ),
    ]
    return (*columns, *line_columns(part))
