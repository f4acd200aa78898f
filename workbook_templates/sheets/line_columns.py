"""The workings of a day count that counts no days: where a period's ends stand on its line.

The core's `DayCount.numbers` as formulas, and the days that the schedule shows.
"""

from datetime import date
from fractions import Fraction

from lexp_calc.day_count import ActualActualICMA, ThirtyDayMonths, days_of_year
from workbook_templates.part import Part
from workbook_templates.row import Row, held
from workbook_templates.sheets.month_ends import MONTH_ENDS
from workbook_templates.sheets.regular_date import month_number, regular_date
from workbook_templates.sheets.working import day_numbers, working
from workbook_templates.table import Column

DAYS_BETWEEN = "[run_end]-[run_start]"
NUMBERS_BETWEEN = "[end_number]-[start_number]"
ENDS = ("start", "end")


def line_columns(part: Part) -> tuple[Column, ...]:
    """Up to the period's days and, where a year is not so many of them, its length."""
    if part.is_actual:
        return (_days(DAYS_BETWEEN),)
    convention = part.schedule.day_count
    if isinstance(convention, ThirtyDayMonths):
        return (*_thirty_day_columns(part, convention), _days(NUMBERS_BETWEEN))
    if isinstance(convention, ActualActualICMA):
        between = "[end_period]-[start_period]+([end_share]-[start_share])"
        return (*_icma_columns(part), _days(DAYS_BETWEEN), _length(between))
    return (*_isda_columns(part), _days(DAYS_BETWEEN), _length(NUMBERS_BETWEEN))


def _days(formula: str) -> Column:
    return working("run_days", "Days accrued", "count", formula, lambda row: row.rate.days, 8)


def _length(formula: str) -> Column:
    head = "Length accrued"
    return working("run_length", head, "exact", formula, lambda row: held(row.rate.length), 14)


def _of(row: Row, end: str) -> date:
    return row.flow.accrual.start if end == "start" else row.flow.accrual.end


def _thirty_day_columns(part: Part, convention: ThirtyDayMonths) -> list[Column]:
    """The ends of the period where each month has 30 days, by the day count's month-end rules."""

    def month_day(row: Row, place: int) -> int:
        return convention.month_days(row.flow.accrual.start, row.flow.accrual.end)[place]

    rules = MONTH_ENDS[convention.name]
    columns = list(rules.february_columns)
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
    for place, end in enumerate(ENDS):
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


def _isda_columns(part: Part) -> list[Column]:
    """How long a day of the year is in which each end lies, and where the end stands."""
    columns = []
    for place, end in enumerate(ENDS):
        day = f"[run_{end}]"
        columns += [
            working(
                f"{end}_new_year",
                f"Year begins at {end}",
                "date",
                f"IF([is_active]=0,0,DATE(YEAR({day}),1,1))",
                lambda row, end=end: _of(row, end).replace(month=1, day=1),
                12.5,
            ),
            working(
                f"{end}_day_length",
                f"Length of day at {end}",
                "count",
                f"IF([is_active]=0,0,{{days_in_year}}/"
                f"(EDATE([{end}_new_year],months_in_year)-[{end}_new_year]))",
                lambda row, end=end: part.days_in_year // days_of_year(_of(row, end).year),
                9,
            ),
            working(
                f"{end}_number",
                f"Number at {end}",
                "exact",
                f"IF([is_active]=0,0,YEAR({day})*{{days_in_year}}"
                f"+({day}-[{end}_new_year])*[{end}_day_length])",
                lambda row, place=place: day_numbers(row)[place],
                14,
            ),
        ]
    return columns


def _icma_columns(part: Part) -> list[Column]:
    """The regular period that each end lies in, and the share of its days that has passed."""
    return [column for end in ENDS for column in (*_step_columns(part, end), *_share(part, end))]


def _step_columns(part: Part, end: str) -> tuple[Column, ...]:
    """How many regular steps the period's end is from their anchor, rounded down."""
    day, regular = f"[run_{end}]", part.regular_dates

    def months(row: Row) -> int:
        return month_number(_of(row, end)) - month_number(regular.anchor)

    def steps(row: Row) -> int:
        return months(row) // regular.frequency.months

    return (
        working(
            f"{end}_months",
            f"Months from anchor at {end}",
            "count",
            f"IF([is_active]=0,0,YEAR({day})*months_in_year+MONTH({day})-{{anchor_month}})",
            months,
            9,
        ),
        working(
            f"{end}_steps",
            f"Steps by months at {end}",
            "count",
            f"INT([{end}_months]/{{months_between_payments}})*[is_active]",
            steps,
            9,
        ),
        working(
            f"{end}_step_date",
            f"Regular date at {end}",
            "date",
            f"IF([is_active]=0,0,{regular_date(part, f'[{end}_steps]')})",
            lambda row: regular.date(regular.anchor_number + steps(row)),
            12.5,
        ),
        working(
            f"{end}_period",
            f"Steps at {end}",
            "count",
            f"IF([{end}_step_date]>{day},[{end}_steps]-1,[{end}_steps])",
            lambda row: regular.number_until(_of(row, end)) - regular.anchor_number,
            9,
        ),
    )


def _share(part: Part, end: str) -> tuple[Column, ...]:
    """The regular period that the end lies in, and the share of its days up to the end."""
    regular = part.regular_dates

    def bound(row: Row, more: int) -> date:
        return regular.date(regular.number_until(_of(row, end)) + more)

    def share(row: Row) -> float:
        first, last = bound(row, 0), bound(row, 1)
        return held(Fraction((_of(row, end) - first).days, (last - first).days))

    return (
        working(
            f"{end}_period_from",
            f"Period from at {end}",
            "date",
            f"IF([is_active]=0,0,{regular_date(part, f'[{end}_period]')})",
            lambda row: bound(row, 0),
            12.5,
        ),
        working(
            f"{end}_period_to",
            f"Period to at {end}",
            "date",
            f"IF([is_active]=0,0,{regular_date(part, f'([{end}_period]+1)')})",
            lambda row: bound(row, 1),
            12.5,
        ),
        working(
            f"{end}_share",
            f"Share passed at {end}",
            "exact",
            f"IF([is_active]=0,0,([run_{end}]-[{end}_period_from])"
            f"/([{end}_period_to]-[{end}_period_from]))",
            share,
            12,
        ),
    )
