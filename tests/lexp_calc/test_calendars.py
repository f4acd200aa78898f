"""The Federal Reserve calendar and the business-day conventions, day by day against QuantLib."""

from datetime import date, timedelta

import pytest
import QuantLib as ql

from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, CALENDARS, federal_reserve_holidays
from tests.lexp_calc.simulation.dates import FEDERAL_RESERVE, ql_date

FED = CALENDARS["US Federal Reserve"]
FIRST, LAST = date(1990, 1, 1), date(2060, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
CONVENTIONS = {
    "Following": ql.Following,
    "Modified Following": ql.ModifiedFollowing,
    "Preceding": ql.Preceding,
    "Modified Preceding": ql.ModifiedPreceding,
    "Unadjusted": ql.Unadjusted,
}


def test_every_day_from_1990_to_2060_is_open_or_closed_as_in_quantlib():
    different = [
        day
        for day in EVERY_DAY
        if FED.is_business_day(day) != FEDERAL_RESERVE.isBusinessDay(ql_date(day))
    ]
    assert len(EVERY_DAY) == 25_933
    assert different == []


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_day_from_1990_to_2060_is_moved_as_by_quantlib(name):
    adjust = BUSINESS_DAY_CONVENTIONS[name]
    for day in EVERY_DAY:
        theirs = FEDERAL_RESERVE.adjust(ql_date(day), CONVENTIONS[name])
        assert ql_date(adjust(day, FED)) == theirs, day


def test_nearest_looks_at_the_day_of_the_week_alone():
    """2006 ISDA Definitions 4.12(a)(iv): Following for a Sunday or Monday, else Preceding.

    QuantLib's Nearest compares distances instead and takes the later day of a tie: where the
    two differ, its day is no farther away.
    """
    nearest = BUSINESS_DAY_CONVENTIONS["Nearest"]
    other_than_quantlib = 0
    for day in EVERY_DAY:
        rule = ql.Following if day.strftime("%a") in ("Sun", "Mon") else ql.Preceding
        found = ql_date(nearest(day, FED))
        assert found == FEDERAL_RESERVE.adjust(ql_date(day), rule), day
        theirs = FEDERAL_RESERVE.adjust(ql_date(day), ql.Nearest)
        if found != theirs:
            assert abs(theirs - ql_date(day)) <= abs(found - ql_date(day)), day
            other_than_quantlib += 1
    assert other_than_quantlib == 256  # of 25,933 days


def test_every_convention_has_been_tried():
    assert set(BUSINESS_DAY_CONVENTIONS) == {*CONVENTIONS, "Nearest"}


def test_from_1971_on_it_is_quantlib_s_but_for_martin_luther_king():
    """QuantLib keeps his birthday since 1983, the year of its law, which is in force from 1986.

    Public Law 98-144, section 2: "the first January 1 that occurs after the two-year period
    following the date of the enactment".
    """
    day, different = date(1971, 1, 1), []
    while day < FIRST:
        if FED.is_business_day(day) != FEDERAL_RESERVE.isBusinessDay(ql_date(day)):
            different.append(day)
        day += timedelta(days=1)
    assert different == [date(1983, 1, 17), date(1984, 1, 16), date(1985, 1, 21)]


def test_veterans_day_was_the_fourth_monday_of_october_from_1971_to_1977():
    """Public Law 90-363, and Public Law 94-97, which put it back from 1978 on."""
    assert not FED.is_business_day(date(1975, 10, 27)) and FED.is_business_day(date(1975, 11, 11))
    assert FED.is_business_day(date(1978, 10, 23)) and not FED.is_business_day(date(1970, 11, 11))
    found = [h.day for h in federal_reserve_holidays(1977) if h.name == "Veterans Day"]
    assert found == [date(1977, 10, 24)]


# Federal Reserve Financial Services, "Holiday Schedules": the printed dates of some years.
PRINTED = {
    2004: "01-01 01-19 02-16 05-31 07-05 09-06 10-11 11-11 11-25",  # Christmas on a Saturday
    2006: "01-02 01-16 02-20 05-29 07-04 09-04 10-09 11-23 12-25",  # Veterans Day on a Saturday
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",  # the first Juneteenth
}


@pytest.mark.parametrize("year", PRINTED)
def test_the_weekday_holidays_are_those_that_the_federal_reserve_prints(year):
    found = FED.holidays(date(year, 1, 1), date(year, 12, 31))
    assert [f"{each.day:%m-%d}" for each in found] == PRINTED[year].split()


def test_holidays_on_a_saturday_leave_the_friday_open():
    """5 U.S.C. 6103(b) gives federal offices the Friday; the Reserve Banks are open."""
    assert FED.is_business_day(date(2004, 12, 24))
    assert FED.is_business_day(date(2010, 12, 31))
    assert not FED.is_business_day(date(2011, 12, 26))  # Christmas 2011 is a Sunday


def test_holidays_are_kept_since_their_law():
    names = {holiday.name for holiday in federal_reserve_holidays(1985)}
    assert "Birthday of Martin Luther King, Jr." not in names
    assert FED.is_business_day(date(1985, 1, 21)) and not FED.is_business_day(date(1986, 1, 20))
    assert FED.is_business_day(date(2021, 6, 18)) and not FED.is_business_day(date(2023, 6, 19))


def test_the_weekend_calendar_knows_saturdays_and_sundays_alone():
    weekends = CALENDARS["weekends"]
    week = [weekends.is_business_day(date(2006, 12, 25) + timedelta(days=n)) for n in range(7)]
    assert week == [True] * 5 + [False] * 2
    assert weekends.holidays(FIRST, LAST) == ()


def test_a_payment_due_on_a_holiday_weekend():
    """Saturday 30 June 2007 is paid on Monday 2 July; within its month on Friday the 29th."""
    due = date(2007, 6, 30)
    moved = {name: adjust(due, FED) for name, adjust in BUSINESS_DAY_CONVENTIONS.items()}
    assert moved["Following"] == date(2007, 7, 2)
    assert moved["Modified Following"] == date(2007, 6, 29)
    assert moved["Unadjusted"] == due
