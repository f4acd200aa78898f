"""The workings of a period that is compounded in arrears: its rate from the business days.

A period's rate is the growth between its ends; where one is no business day, with the days
of the row before it. Growth is a binary number of 15 digits here, exact in the core; both
are rounded to five decimals of a per cent.
"""

from bisect import bisect_right
from datetime import timedelta

from lexp_calc.calendars import ONE_DAY
from lexp_calc.compounding import DAYS_IN_INDEX_YEAR, ROUNDED_TO
from lexp_calc.rates import UNITS_PER_ONE, rate
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.compounding import BusinessDay, business_days, compounded_option
from workbook_templates.sheets.joined_options import in_limits
from workbook_templates.sheets.working import working
from workbook_templates.table import Column


class _Period:
    """A running period of a schedule on the table of business days, as its formulas see it."""

    def __init__(self, row: Row):
        accrual = row.flow.accrual
        self.start = accrual.start
        self.end = max(accrual.end, accrual.start + ONE_DAY)
        self.days = business_days(row.part)
        self.first = bisect_right(self.days, self.start, key=lambda each: each.day)
        self.last = bisect_right(self.days, self.end, key=lambda each: each.day)
        self.first_end = min(self.days[self.first].day, self.end)

    def growth_at_end(self) -> float:
        """What 1 has grown to on the day to which interest runs."""
        day = self.days[self.last - 1]
        return day.growth * _grown(day, self.end - day.day)

    def growth_of_first(self) -> float:
        """Growth until the next business day, or the end where that comes first."""
        return _grown(self.days[self.first - 1], self.first_end - self.start)

    def growth_of_rest(self) -> float:
        """Growth from there to the end."""
        if self.first_end == self.end:
            return 1
        return self.growth_at_end() / self.days[self.first].growth


def _grown(day: BusinessDay, passed: timedelta) -> float:
    return 1 + day.limited_units / UNITS_PER_ONE * passed.days / DAYS_IN_INDEX_YEAR


def compounding_columns(part: Part) -> tuple[Column, ...]:
    """Up to the all-in rate of the periods that are compounded, 0 on others."""
    several = len(part.options) > 1
    compounds = "INDEX({option_compounds},[option])*[is_active]" if several else "[is_active]"

    def of_period(value):
        return lambda row: value(_Period(row)) if is_compounded(row) else 0

    def column(key, head, style, formula, value, width=9) -> Column:
        return working(key, head, style, f"IF([compounds]=0,0,{formula})", of_period(value), width)

    growth, limit = "INDEX({compounding_growth},", "INDEX({compounding_limited},"
    return (
        working(
            "compounds",
            "Compounded",
            "count",
            compounds if not several else f"IF([is_active]=0,0,{compounds})",
            lambda row: int(is_compounded(row)),
            9,
        ),
        column(
            "compounds_to",
            "Compounded to",
            "date",
            "MAX([run_end],[run_start]+1)",
            lambda period: period.end,
            12.5,
        ),
        column(
            "first_day",
            "Business day no. at start",
            "count",
            'COUNTIF({compounding_day},"<="&[run_start])',
            lambda period: period.first,
        ),
        column(
            "last_day",
            "Business day no. at end",
            "count",
            'COUNTIF({compounding_day},"<="&[compounds_to])',
            lambda period: period.last,
        ),
        column(
            "first_end",
            "First rate until",
            "date",
            "MIN(INDEX({compounding_day},[first_day]+1),[compounds_to])",
            lambda period: period.first_end,
            12.5,
        ),
        column(
            "first_year",
            "Years of first rate",
            "factor",
            "([first_end]-[run_start])/{days_in_index_year}",
            lambda period: (period.first_end - period.start).days / DAYS_IN_INDEX_YEAR,
            12,
        ),
        column(
            "first_growth",
            "Growth of first rate",
            "factor",
            f"1+{limit}[first_day])*[first_year]",
            _Period.growth_of_first,
            12,
        ),
        column(
            "last_year",
            "Years of last rate",
            "factor",
            "([compounds_to]-INDEX({compounding_day},[last_day]))/{days_in_index_year}",
            lambda period: (
                (period.end - period.days[period.last - 1].day).days / DAYS_IN_INDEX_YEAR
            ),
            12,
        ),
        column(
            "last_growth",
            "Growth at end",
            "factor",
            f"{growth}[last_day])*(1+{limit}[last_day])*[last_year])",
            _Period.growth_at_end,
            12,
        ),
        column(
            "rest_growth",
            "Growth after first rate",
            "factor",
            f"IF([first_end]=[compounds_to],1,[last_growth]/{growth}[first_day]+1))",
            _Period.growth_of_rest,
            12,
        ),
        column(
            "compounding_years",
            "Years compounded",
            "factor",
            "([compounds_to]-[run_start])/{days_in_index_year}",
            lambda period: (period.end - period.start).days / DAYS_IN_INDEX_YEAR,
            12,
        ),
        *_rate_columns(part),
    )


def _rate_columns(part: Part) -> tuple[Column, ...]:
    """The compounded rate, rounded; the margin of the first day; the all-in rate in units."""
    option, number = compounded_option(part), part.compounded_number

    def index(row: Row):
        return rate(row.rate.index_units) if is_compounded(row) else 0

    def margin_units(row: Row) -> int:
        return option.margins(part.conditions.leverage).on(row.flow.accrual.start)

    def margin_position(row: Row) -> int:
        dates = option.margins(part.conditions.leverage).dates
        return bisect_right(dates, row.flow.accrual.start) if is_compounded(row) else 0

    growth = "([first_growth]*[rest_growth]-1)/[compounding_years]"
    margin = first_margin = f"{{coupon_options_{number}_margin}}"
    margins = []
    if part.room.margins(option):
        dates = f"{{joined_{number}_margin_from}}"
        counted = f'COUNTIFS({dates},"<="&[run_start],{dates},">0")'
        margin = f"IF([margin_no]=0,{first_margin},INDEX({{joined_{number}_margins}},[margin_no]))"
        margins = [
            working(
                "margin_no",
                "Margin no.",
                "count",
                f"IF([compounds]=0,0,{counted})",
                margin_position,
                9,
            )
        ]
    return (
        working(
            "compounding_known",
            "Fixing no. at start",
            "count",
            "IF([compounds]=0,0,INDEX({compounding_fixing},[first_day]))",
            lambda row: _first_fixing(row) if is_compounded(row) else 0,
            9,
        ),
        working(
            "compounded_steps",
            "Compounded, steps",
            "exact",
            f"IF([compounding_known]=0,0,ROUND({growth}*{{compounding_steps}},0))",
            lambda row: row.rate.index_units // ROUNDED_TO if is_compounded(row) else 0,
            12,
        ),
        working(
            "compounded_index",
            "Compounded index",
            "rate_exact",
            "[compounded_steps]/{compounding_steps}",
            index,
            10,
        ),
        *margins,
        working(
            "compounded_margin",
            "Margin",
            "rate_exact",
            f"IF([compounds]=0,0,{margin})",
            lambda row: rate(margin_units(row)) if is_compounded(row) else 0,
            10,
        ),
        working(
            "compounded_all_in",
            "Compounded all-in",
            "rate_exact",
            f"IF([compounds]=0,0,{in_limits(part, '[compounded_index]+[compounded_margin]')})",
            lambda row: rate(row.rate.units_at_start) if is_compounded(row) else 0,
            10,
        ),
        working(
            "compounded_units",
            "Compounded units",
            "exact",
            "IF([compounds]=0,0,IF([compounding_known]=0,NA(),ROUND([compounded_all_in]*rate_units,0)))",
            lambda row: row.rate.units_at_start if is_compounded(row) else 0,
            14,
        ),
    )


def _first_fixing(row: Row) -> int:
    period = _Period(row)
    return period.days[period.first - 1].fixings


def is_compounded(row: Row) -> bool:
    """Whether the running period's option is compounded in arrears."""
    return row.rate.option_number == row.part.compounded_number
