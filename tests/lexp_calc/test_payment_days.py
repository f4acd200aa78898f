"""Payment dates and business days as functions: against QuantLib, by hand, what is refused."""

import random
from datetime import date, timedelta

import pytest
import QuantLib as ql

from lexp_calc.errors import LexpError
from lexp_calc.payment_days import business_day, payment_dates
from tests.lexp_calc.simulation.dates import CALENDARS, py_date, ql_date

CASES = 6_000
CONVENTIONS = {
    "Unadjusted": ql.Unadjusted,
    "Following": ql.Following,
    "Modified Following": ql.ModifiedFollowing,
    "Preceding": ql.Preceding,
    "Modified Preceding": ql.ModifiedPreceding,
}
MONTHS = {1: 12, 2: 6, 4: 3, 12: 1}
# From 1990: QuantLib keeps Martin Luther King's birthday from 1983, the law from 1986.
FIRST, LAST = date(1990, 1, 1), date(2090, 12, 31)


def quantlib_schedule(start, end, frequency, first, calendar, convention):
    """QuantLib's dates after the start, a business day, for it would move another one too."""
    rule = ql.DateGeneration.Backward if first is None else ql.DateGeneration.Forward
    dates = ql.Schedule(
        ql_date(start),
        ql_date(end),
        ql.Period(MONTHS[frequency], ql.Months),
        CALENDARS[calendar],
        CONVENTIONS[convention],
        CONVENTIONS[convention],
        rule,
        False,
        ql.Date() if first is None else ql_date(first),
    )
    return dict.fromkeys(each for each in map(py_date, list(dates)[1:]) if each > start)


def test_they_are_those_of_a_quantlib_schedule():
    chance = random.Random("payment dates")
    tried = 0
    while tried < CASES:
        start = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        end = start + timedelta(days=chance.randint(1, 4000))
        frequency = chance.choice(list(MONTHS))
        first = None
        if chance.random() < 0.5:
            first = start + timedelta(days=chance.randint(1, (end - start).days))
        if first == end:
            continue  # QuantLib takes no first date at the end
        calendar = chance.choice(list(CALENDARS))
        convention = chance.choice(list(CONVENTIONS))
        if convention != "Unadjusted" and not CALENDARS[calendar].isBusinessDay(ql_date(start)):
            continue
        theirs = quantlib_schedule(start, end, frequency, first, calendar, convention)
        if not theirs:
            continue
        ours = payment_dates(start, end, frequency, first, convention, calendar)
        assert ours == tuple(theirs), (start, end, frequency, first, calendar, convention)
        tried += 1


# By hand: start, end, frequency, first date, convention; the dates.
BY_HAND = {
    "back from the end, a short first period": (
        ("2004-01-31", "2004-12-15", 4),
        "2004-03-15 2004-06-15 2004-09-15 2004-12-15",
    ),
    "forward from the first date, a short last period": (
        ("2003-12-18", "2004-06-30", 4, "2004-02-01"),
        "2004-02-01 2004-05-01 2004-06-30",
    ),
    "a day past the month's end is clamped and the anchor kept": (
        ("2003-12-18", "2004-05-31", 12, "2004-01-31"),
        "2004-01-31 2004-02-29 2004-03-31 2004-04-30 2004-05-31",
    ),
    # 1 February 2004 is a Sunday, 31 May 2004 Memorial Day.
    "moved off weekends and holidays": (
        ("2003-12-18", "2004-05-31", 4, "2004-02-01", "Following"),
        "2004-02-02 2004-05-03 2004-06-01",
    ),
    "two that are paid on one day are one": (
        ("2003-12-18", "2004-02-02", 12, "2004-01-01", "Following", "weekends"),
        "2004-01-01 2004-02-02",
    ),
    "one moved to the start is none": (
        ("2004-01-30", "2004-02-29", 12, "2004-01-31", "Preceding", "weekends"),
        "2004-02-27",
    ),
    "the first date may be the end": (("2004-01-01", "2004-03-01", 1, "2004-03-01"), "2004-03-01"),
    "within one period": (("2004-01-01", "2004-01-02", 1), "2004-01-02"),
}


@pytest.mark.parametrize("case", BY_HAND.values(), ids=BY_HAND)
def test_payment_dates_by_hand(case):
    given, dates = case
    assert " ".join(map(str, payment_dates(*given))) == dates


# 4 July 2004 is a Sunday, so Monday the 5th is the holiday; by the Federal Reserve's rule.
DAYS = [
    ("2004-07-04", "Following", None, "2004-07-06"),
    ("2004-07-04", "preceding", None, "2004-07-02"),
    ("2004-07-04", "Following", "weekends", "2004-07-05"),
    ("2004-07-04", "Unadjusted", None, "2004-07-04"),
    ("2004-07-31", "Modified Following", None, "2004-07-30"),
    ("2004-08-01", "Modified Preceding", None, "2004-08-02"),
    ("2004-07-31", "Nearest", None, "2004-07-30"),
    ("2004-07-06", "Following", None, "2004-07-06"),
]


@pytest.mark.parametrize(("day", "convention", "calendar", "paid"), DAYS)
def test_business_days_by_hand(day, convention, calendar, paid):
    assert str(business_day(day, convention, calendar)) == paid


def test_a_holiday_file_is_a_calendar(tmp_path):
    file = tmp_path / "closed.csv"
    file.write_text("2004-07-06,Founder's day\n")
    assert business_day("2004-07-04", "Following", str(file)) == date(2004, 7, 5)
    assert business_day("2004-07-06", "Following", str(file)) == date(2004, 7, 7)


GOOD = {"start": "2004-01-01", "end": "2006-01-01", "frequency": 12}
BAD = [
    ("end", "2004-01-01", "a date after 2004-01-01"),
    ("end", "2199-12-31", "2,352 payments"),
    ("end", None, "a blank"),
    ("first_date", "2004-01-01", "up to 2006-01-01"),
    ("first_date", "2006-01-02", "up to 2006-01-01"),
    ("frequency", 3, "1, 2, 4 or 12"),
    ("convention", "Folowing", 'did you mean "Following"'),
    ("calendar", "London", '"US Federal Reserve", "weekends"'),
    ("calendar", "nowhere.csv", "no file"),
]


@pytest.mark.parametrize(("name", "value", "said"), BAD)
def test_a_bad_argument_is_refused_by_its_name(name, value, said):
    with pytest.raises(LexpError) as caught:
        payment_dates(**{**GOOD, name: value})
    assert str(caught.value).startswith(f"{name}: ") and said in str(caught.value)


def test_a_loan_that_pays_on_its_start_alone_is_refused():
    """31 January and 1 February 2004 are a weekend; both would be paid on the 30th."""
    with pytest.raises(LexpError, match="^end: found 2004-02-01, paid on 2004-01-30"):
        payment_dates("2004-01-30", "2004-02-01", 12, None, "Preceding", "weekends")
