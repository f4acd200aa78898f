"""Holidays that the Federal Reserve printed, and dates of spreadsheets' and QuantLib's authors."""

from datetime import date, timedelta

import pytest

from lexp_calc.calendars import CALENDARS, Calendar, Holiday
from lexp_calc.regular_dates import FREQUENCIES, RegularDates, add_months, month_end
from tests.lexp_calc.published import figures, inputs, title

HOLIDAYS = figures("federal-reserve-holidays.csv")
DATES = figures("dates.csv")


@pytest.mark.parametrize("row", HOLIDAYS, ids=title)
def test_the_federal_reserve_banks_are_open_or_closed(row):
    day = date.fromisoformat(inputs(row)["day"])
    is_open = CALENDARS["US Federal Reserve"].is_business_day(day)
    assert is_open == (row["value"] == "open")


@pytest.mark.parametrize("year", ["2009", "2010", "2025", "2026", "2027"])
def test_a_printed_year_has_no_other_holiday(year):
    """On weekdays: one printed with a star is on a Saturday, and the Friday before is open."""
    printed = {
        date.fromisoformat(inputs(row)["day"])
        for row in HOLIDAYS
        if inputs(row)["day"].startswith(year) and row["value"] == "closed"
    }
    first, last = date(int(year), 1, 1), date(int(year), 12, 31)
    ours = {each.day for each in CALENDARS["US Federal Reserve"].holidays(first, last)}
    assert ours == printed


def months_later(case):
    return add_months(date.fromisoformat(case["day"]), int(case["months"]))


def regular_date(case):
    regular = RegularDates(
        date.fromisoformat(case["anchor"]),
        FREQUENCIES[case["frequency"]],
        case["end_of_month"] == "true",
    )
    return regular.date(int(case["number"]))


def business_days(case):
    """Weekdays from the first to the last day, both included, but for the holidays listed."""
    closed = [date.fromisoformat(day) for day in case.get("holidays", "").split()]
    calendar = Calendar(
        "listed",
        "the example",
        lambda year: tuple(Holiday(day, "listed") for day in closed if day.year == year),
    )
    first, last = (date.fromisoformat(case[name]) for name in ("first", "last"))
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return sum(calendar.is_business_day(day) for day in days)


DATE_FIGURES = {
    "months later": months_later,
    "month end": lambda case: month_end(months_later(case)),
    "regular date": regular_date,
    "business days": business_days,
}


@pytest.mark.parametrize("row", DATES, ids=title)
def test_the_printed_date_or_number_of_days(row):
    assert str(DATE_FIGURES[row["figure"]](inputs(row))) == row["value"]
