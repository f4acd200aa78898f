"""Month ends as formulas: the day of the month at both ends of a period, by day count.

`{}` stands for the date; [start_day] for the other end's outcome. A new day count with
months of 30 days is one entry here beside its function in the core.
"""

from typing import NamedTuple

from lexp_calc.day_count import is_last_of_february
from workbook_templates.sheets.working import working
from workbook_templates.table import Column

STARTS_IN_FEBRUARY = working(
    "starts_at_end_of_february",
    "From end of Feb.",
    "count",
    "IF(AND(MONTH([run_start])=2,MONTH([run_start]+1)>2),[is_active],0)",
    lambda row: int(is_last_of_february(row.flow.accrual.start)),
    8,
)
ENDS_IN_FEBRUARY = "MONTH([run_end])=2,MONTH([run_end]+1)>2"
BOTH_IN_FEBRUARY = working(
    "ends_at_end_of_february",
    "To end of Feb.",
    "count",
    f"IF(AND({ENDS_IN_FEBRUARY}),[starts_at_end_of_february],0)",
    lambda row: int(
        is_last_of_february(row.flow.accrual.start) and is_last_of_february(row.flow.accrual.end)
    ),
    8,
)
ENDS_ON_A_31ST = working(
    "ends_on_a_31st",
    "To a 31st",
    "count",
    "IF(DAY([run_end])>days_in_month,[is_active],0)",
    lambda row: int(row.flow.accrual.end.day > 30),
    8,
)
ENDS_IN_FEBRUARY_BEFORE_MATURITY = working(
    "ends_at_end_of_february",
    "To end of Feb.",
    "count",
    f"IF(AND({ENDS_IN_FEBRUARY},[run_end]<>{{maturity_in_force}}),[is_active],0)",
    lambda row: int(
        is_last_of_february(row.flow.accrual.end) and row.flow.accrual.end != row.part.maturity
    ),
    8,
)


class MonthEnds(NamedTuple):
    """The formulas of D1 and D2, and the columns on which they look up the last of February."""

    start: str
    end: str
    february_columns: tuple[Column, ...] = ()


AT_MOST_THIRTY = "MIN(DAY({}),days_in_month)"
AFTER_THE_THIRTIETH = "AND(DAY({0})>days_in_month,[start_day]=days_in_month)"
FROM_FEBRUARY = f"IF([starts_at_end_of_february]=1,days_in_month,{AT_MOST_THIRTY})"
MONTH_ENDS = {
    "30/360 US": MonthEnds(
        FROM_FEBRUARY,
        "IF(OR([ends_at_end_of_february]=1,AND([ends_on_a_31st]=1,[start_day]=days_in_month)),"
        "days_in_month,DAY({0}))",
        (STARTS_IN_FEBRUARY, BOTH_IN_FEBRUARY, ENDS_ON_A_31ST),
    ),
    "30/360 ISDA": MonthEnds(AT_MOST_THIRTY, f"IF({AFTER_THE_THIRTIETH},days_in_month,DAY({{0}}))"),
    "30E/360": MonthEnds(AT_MOST_THIRTY, AT_MOST_THIRTY),
    "30E/360 ISDA": MonthEnds(
        FROM_FEBRUARY,
        f"IF([ends_at_end_of_february]=1,days_in_month,{AT_MOST_THIRTY})",
        (STARTS_IN_FEBRUARY, ENDS_IN_FEBRUARY_BEFORE_MATURITY),
    ),
}
# The same rules for an end that is not in February.
OUTSIDE_FEBRUARY = {"30/360 US": "30/360 ISDA", "30E/360 ISDA": "30E/360"}
