"""Compounding: the business days of SOFR in arrears, and each period's rate from them.

A row a business day: the day whose fixing it takes, that fixing within its floor, the days
until the next one, and what 1 has grown to since the first row. A period's rate is the
growth between its ends; where one is no business day, with the days of the row before it.
Growth is a binary number of 15 digits here, exact in the core; both are rounded to five
decimals of a per cent.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lexp_calc.calendars import ONE_DAY, following, preceding
from lexp_calc.compounding import DAYS_IN_INDEX_YEAR, observations
from lexp_calc.rate_paths import limited
from lexp_calc.rates import UNITS_PER_ONE, IndexPath, rate, units
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part, Row
from workbook_templates.sheets.inputs import index_name
from workbook_templates.sheets.joined_options import in_limits, limited_index
from workbook_templates.sheets.working import working
from workbook_templates.table import Column, Table

HEAD_ROW, HEAD_HEIGHT = 4, 30


def write(contents: Contents) -> None:
    """A sheet a tranche whose index is compounded in arrears."""
    for part in contents.parts:
        if part.compounded_number:
            _sheet(contents, part)


@dataclass(frozen=True)
class BusinessDay:
    """One business day: when its fixing is of, how many are known by then, and the growth."""

    day: date
    days: int
    read_on: date
    fixings: int
    rate_units: int  # 0 where no fixing is known
    limited_units: int
    growth: float


def _option(part: Part):
    return part.options[part.compounded_number - 1]


@lru_cache(maxsize=8)
def business_days(part: Part) -> tuple[BusinessDay, ...]:
    """The business days from the one on or before closing until after the last payment."""
    option, calendar = _option(part), part.projection.deal.calendar
    path = part.conditions.index_paths.get(option.index) or IndexPath(option.index, (), ())
    first = preceding(part.closing_date, calendar)
    last = following(part.last_day + ONE_DAY, calendar)
    rows, growth = [], 1.0
    for day, days, read_on in observations(first, last, option.lookback_days, calendar):
        known = bisect_right(path.dates, read_on)
        found = units(path.rates[known - 1]) if known else 0
        within = limited(option, found)
        rows.append(BusinessDay(day, days, read_on, known, found, within, growth))
        growth *= 1 + within / UNITS_PER_ONE * days / DAYS_IN_INDEX_YEAR
    return tuple(rows)


def _sheet(contents: Contents, part: Part) -> None:
    option = _option(part)
    title = contents.title("Compounding", part)
    heading = f"Compounding: {option.index}, {part.tranche.name}"
    sheet = contents.sheet(title, "calculation", heading)
    table = Table(sheet, _columns(part), HEAD_ROW, 1, part.name).write(business_days(part))
    sheet.heights({HEAD_ROW: HEAD_HEIGHT})
    for key in ("day", "fixing", "limited", "growth"):
        table.define(f"compounding_{key}", key)
    last_column = len(table.columns)
    area = Area(1, 1, table.last_row, last_column)
    sheet.print_setup(area, (HEAD_ROW, HEAD_ROW), "portrait")
    sheet.freeze(HEAD_ROW + 1, 2)


def _columns(part: Part) -> list[Column]:
    option, number = _option(part), part.compounded_number
    base = index_name(option.index)
    read_on = "[day]"
    if option.lookback:
        read_on = f"WORKDAY([day],-{{coupon_options_{number}_lookback}},holidays)"
    dates = f"{base}_dates"
    limits = limited_index(option, number)
    return [
        Column(
            "day",
            "Business day",
            "date",
            "WORKDAY([day@],1,holidays)",
            lambda row: row.day,
            12.5,
            "WORKDAY(closing_date+1,-1,holidays)",
        ),
        Column("read_on", f"{option.index} of", "date", read_on, lambda row: row.read_on, 12.5),
        Column(
            "fixing",
            "Fixing no.",
            "count",
            f'COUNTIFS({dates},"<="&[read_on],{dates},">0")',
            lambda row: row.fixings,
            9,
        ),
        Column(
            "index",
            option.index,
            "rate_exact",
            f"IF([fixing]=0,0,INDEX({base}_rates,[fixing]))",
            lambda row: rate(row.rate_units),
            12,
        ),
        Column(
            "limited",
            "In its limits",
            "rate_exact",
            limits,
            lambda row: rate(row.limited_units),
            12,
        ),
        Column("days", "Days", "count", "WORKDAY([day],1,holidays)-[day]", lambda row: row.days, 7),
        Column(
            "growth",
            "Growth",
            "factor",
            "[growth@]*(1+[limited@]*[days@]/{days_in_index_year})",
            lambda row: row.growth,
            13,
            "1",
        ),
    ]


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
    option, number = _option(part), part.compounded_number

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
    if part.margin_room(option):
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
            lambda row: int(index(row) * (10**7)),
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
