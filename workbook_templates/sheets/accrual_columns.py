"""The workings of interest: the running period, its rate-days, what accrues, what is paid.

Interest is one product of exact numbers, balance x rate-days, inside one ROUND.
"""

from workbook_templates.part import Part, Row
from workbook_templates.sheets.interest_columns import interest_columns
from workbook_templates.sheets.month_ends import MONTH_ENDS, february_columns
from workbook_templates.sheets.rate_columns import day_numbers, rate_columns, working
from workbook_templates.table import Column


def accrual_columns(part: Part) -> tuple[Column, ...]:
    """From the running period to the interest that is paid and the interest carried on."""
    return (*_period_columns(part), *rate_columns(part), *interest_columns(part))


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
    if part.is_actual:
        days = "[run_end]-[run_start]"
    else:
        columns += _thirty_day_columns(part)
        days = "[end_number]-[start_number]"
    columns.append(working("run_days", "Days accrued", "count", days, lambda row: row.rate.days, 8))
    return tuple(columns)


def _thirty_day_columns(part: Part) -> list[Column]:
    """The ends of the period where each month has 30 days, by the day count's month-end rules."""
    convention = part.schedule.day_count

    def month_day(row: Row, place: int) -> int:
        return convention.month_days(row.flow.accrual.start, row.flow.accrual.end)[place]

    rules = MONTH_ENDS[convention.name]
    columns = february_columns() if rules.looks_at_february else []
    for place, (end, formula) in enumerate((("start", rules.start), ("end", rules.end))):
        head = "Day from" if end == "start" else "Day to"
        columns.append(
            working(
                f"{end}_day",
                head,
                "count",
                f"{formula.format(f'[run_{end}]')}*[is_active]",
                lambda row, place=place: month_day(row, place),
                8,
            )
        )
    for place, end in enumerate(("start", "end")):
        columns.append(
            working(
                f"{end}_number",
                f"Day number at {end}",
                "exact",
                f"IF([is_active]=0,0,YEAR([run_{end}])*{{days_in_year}}"
                f"+MONTH([run_{end}])*days_in_month+[{end}_day])",
                lambda row, place=place: day_numbers(row)[place],
                12,
            )
        )
    return columns
