"""ACT/ACT ICMA against published figures, QuantLib, and QuantLib's notional periods summed up."""

import random
from bisect import bisect_right
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
import QuantLib as ql

from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import LexpError
from lexp_calc.regular_dates import FREQUENCIES, RegularDates
from lexp_calc.year_fractions import yearfrac
from tests.lexp_calc.simulation.dates import ql_date

ICMA = DAY_COUNTS["ACT/ACT ICMA"]
CASES = 12_000
BY_MONTHS = [each for each in FREQUENCIES.values() if each.months]
FIRST, LAST = date(1990, 1, 1), date(2060, 12, 31)

# ISDA, "EMU and Market Conventions: Recent Developments" (1998, mktc1198), the worked
# examples: start, end, regular period, payments a year, by ICMA, by ISDA. Its ISDA figure of
# the fourth line is not by its own rule (QuantLib's test-suite/daycounters.cpp says so too):
# by hand 170/365 + 14/366 = 0.504004790778.
PUBLISHED = [
    ("2003-11-01", "2004-05-01", "2003-11-01", "2004-05-01", 2, 0.5, 0.497724380567),
    ("1999-02-01", "1999-07-01", "1998-07-01", "1999-07-01", 1, 0.410958904110, 0.410958904110),
    ("1999-07-01", "2000-07-01", "1999-07-01", "2000-07-01", 1, 1.0, 1.001377348600),
    ("2003-07-15", "2004-01-15", "2003-07-15", "2004-01-15", 2, 0.5, 0.504004790778),
    ("2002-08-15", "2003-07-15", "2003-01-15", "2003-07-15", 2, 0.915760869565, 0.915068493151),
    ("1999-07-30", "2000-01-30", "1999-07-30", "2000-01-30", 2, 0.5, 0.503892506924),
    ("2000-01-30", "2000-06-30", "2000-01-30", "2000-07-30", 2, 0.417582417582, 0.415300546448),
    ("1999-11-30", "2000-04-30", "1999-11-30", "2000-02-29", 4, 0.415760869565, 0.415540085336),
]


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_examples_that_isda_published(case):
    *texts, frequency, icma, isda = case
    start, end, period_start, period_end = map(date.fromisoformat, texts)
    found = yearfrac(start, end, "ACT/ACT ICMA", period_start, period_end, frequency)
    assert found == pytest.approx(icma, abs=1e-11)
    assert yearfrac(start, end, "ACT/ACT ISDA") == pytest.approx(isda, abs=1e-11)


def random_regular(chance):
    """Regular dates from an anchor, a third of them at the month's end."""
    anchor = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    if chance.random() < 1 / 3:
        anchor = (anchor.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return RegularDates(anchor, chance.choice(BY_MONTHS), chance.random() < 0.5)


def test_within_a_regular_period_it_is_quantlib_s():
    chance = random.Random("within")
    for _ in range(CASES):
        regular = random_regular(chance)
        number = chance.randint(-8, 8)
        first, last = regular.date(number), regular.date(number + 1)
        span = (last - first).days
        start, end = sorted(first + timedelta(days=chance.randint(0, span)) for _ in range(2))
        found = ICMA.bound(regular, end).year_fraction(start, end)
        # QuantLib's own rule reads the frequency off the period's days, rounded to months.
        oracle = ql.ActualActual(ql.ActualActual.ISMA)
        theirs = oracle.yearFraction(*map(ql_date, (start, end, first, last)))
        assert found == pytest.approx(theirs, abs=1e-13), (regular, start, end)


def notional_dates(regular):
    """The regular dates ten years to each side of the anchor, stepped by QuantLib."""
    steps = range(-10 * regular.frequency.payments_a_year, 10 * regular.frequency.payments_a_year)
    anchor = ql_date(regular.anchor)
    dates = [anchor + ql.Period(n * regular.frequency.months, ql.Months) for n in steps]
    if regular.end_of_month and ql.Date.isEndOfMonth(anchor):
        dates = [ql.Date.endOfMonth(each) for each in dates]
    return [date(each.year(), each.month(), each.dayOfMonth()) for each in dates]


def test_long_and_short_periods_are_sums_over_notional_periods():
    """ICMA Rule 251: each notional period's share of days over its days and payments a year."""
    chance = random.Random("notional")
    for _ in range(CASES // 60):
        regular = random_regular(chance)
        dates = notional_dates(regular)
        convention = ICMA.bound(regular, regular.anchor)
        for _ in range(60):
            start, end = sorted(
                regular.anchor + timedelta(days=chance.randint(-1500, 1500)) for _ in range(2)
            )
            inside = dates[bisect_right(dates, start) : bisect_right(dates, end)]
            expected = Fraction(0)
            for left, right in pairwise([start, *inside, end]):
                place = bisect_right(dates, left)
                days_of_period = (dates[place] - dates[place - 1]).days
                share = Fraction((right - left).days, days_of_period)
                expected += share / regular.frequency.payments_a_year
            assert convention.length(start, end) == expected * convention.basis, (regular, start)


def test_parts_of_a_period_add_up_and_a_regular_period_is_one():
    chance = random.Random("parts")
    for _ in range(CASES):
        regular = random_regular(chance)
        convention = ICMA.bound(regular, regular.anchor)
        assert convention.length(regular.date(5), regular.date(6)) == 1
        cut = sorted(regular.anchor + timedelta(days=chance.randint(-900, 900)) for _ in range(3))
        parts = sum(convention.length(*each) for each in pairwise(cut))
        assert parts == convention.length(cut[0], cut[-1])


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ((None, date(2004, 7, 1), 2), "period_start: found nothing"),
        ((date(2004, 1, 1), None, 2), "period_end: found nothing"),
        ((date(2004, 1, 1), date(2004, 7, 1), None), "frequency: found nothing"),
        ((date(2004, 1, 1), date(2004, 7, 1), 5), "frequency: found 5; one of 1, 2, 3, 4, 6, 12"),
        ((date(2004, 1, 1), date(2004, 7, 2), 2), "period_end: found 2004-07-02; a day 6 months"),
    ],
)
def test_the_regular_period_must_be_given_and_be_one(period, message):
    with pytest.raises(LexpError, match=message):
        yearfrac(date(2004, 2, 1), date(2004, 3, 1), "ACT/ACT ICMA", *period)


def test_without_regular_payments_it_is_refused():
    with pytest.raises(LexpError, match="no regular payments"):
        ICMA.length(date(2004, 2, 1), date(2004, 3, 1))
