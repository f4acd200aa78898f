"""Compounding: the business days of SOFR in arrears, and what 1 grows to from day to day.

A row a business day: the day whose fixing it takes, that fixing within its floor, the days
until the next one, and what 1 has grown to since the first row.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lexp_calc.calendars import ONE_DAY, following, preceding
from lexp_calc.compounding import DAYS_IN_INDEX_YEAR, observations
from lexp_calc.rate_paths import limited
from lexp_calc.rates import UNITS_PER_ONE, IndexPath, rate, units
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.joined_options import limited_index
from workbook_templates.sheets.limit_signs import sign
from workbook_templates.sheets.rate_inputs import index_name
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

    @property
    def limit(self) -> int:
        """1 where a floor raises the fixing, -1 where a cap lowers it."""
        return sign(self.limited_units - self.rate_units)


def compounded_option(part: Part):
    return part.options[part.compounded_number - 1]


@lru_cache(maxsize=8)
def business_days(part: Part) -> tuple[BusinessDay, ...]:
    """The business days from the one on or before closing until after the last payment."""
    option, calendar = compounded_option(part), part.projection.deal.calendar
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
    option = compounded_option(part)
    title = contents.title("Compounding", part)
    heading = f"Compounding: {option.index}, {part.tranche.name}"
    sheet = contents.sheet(title, "calculation", heading)
    table = Table(sheet, _columns(part), HEAD_ROW, 1, part.name).write(business_days(part))
    sheet.heights({HEAD_ROW: HEAD_HEIGHT})
    for key in ("day", "fixing", "limited", "growth"):
        table.define(f"compounding_{key}", key)
    table.define("day_limits", "limits")
    last_column = len(table.columns)
    area = Area(1, 1, table.last_row, last_column)
    sheet.print_setup(area, (HEAD_ROW, HEAD_ROW), "portrait")
    sheet.freeze(HEAD_ROW + 1, 2)


def _columns(part: Part) -> list[Column]:
    option, number = compounded_option(part), part.compounded_number
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
        Column(
            "limits",
            "Floor 1, cap −1",
            "count",
            "SIGN([limited]-[index])",
            lambda row: row.limit,
            9,
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
