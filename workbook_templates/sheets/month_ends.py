"""Month ends as formulas: the day of the month at both ends of a period, by day count.

`{}` stands for the date; [start_day] for the other end's outcome. A new day count with
months of 30 days is one entry here beside its function in the core.
"""

from typing import NamedTuple

from lexp_calc.day_count import is_last_of_february
from workbook_templates.sheets.rate_columns import working
from workbook_templates.table import Column


class MonthEnds(NamedTuple):
    """The formulas of D1 and D2, and whether they look at the last of February."""

    start: str
    end: str
    looks_at_february: bool = False


AT_MOST_THIRTY = "MIN(DAY({}),days_in_month)"
AFTER_THE_THIRTIETH = "AND(DAY({0})>days_in_month,[start_day]=days_in_month)"
MONTH_ENDS = {
    "30/360 US": MonthEnds(
        f"IF([starts_at_end_of_february]=1,days_in_month,{AT_MOST_THIRTY})",
        f"IF(OR([ends_at_end_of_february]=1,{AFTER_THE_THIRTIETH}),days_in_month,DAY({{0}}))",
        looks_at_february=True,
    ),
    "30/360 ISDA": MonthEnds(AT_MOST_THIRTY, f"IF({AFTER_THE_THIRTIETH},days_in_month,DAY({{0}}))"),
    "30E/360": MonthEnds(AT_MOST_THIRTY, AT_MOST_THIRTY),
}


def february_columns() -> list[Column]:
    """Whether the period starts, and whether it starts and ends, on the last of February."""
    return [
        working(
            "starts_at_end_of_february",
            "From end of Feb.",
            "count",
            "IF(AND(MONTH([run_start])=2,MONTH([run_start]+1)>2),[is_active],0)",
            lambda row: int(is_last_of_february(row.flow.accrual.start)),
            8,
        ),
        working(
            "ends_at_end_of_february",
            "To end of Feb.",
            "count",
            "IF(AND(MONTH([run_end])=2,MONTH([run_end]+1)>2),[starts_at_end_of_february],0)",
            lambda row: int(
                is_last_of_february(row.flow.accrual.start)
                and is_last_of_february(row.flow.accrual.end)
            ),
            8,
        ),
    ]
