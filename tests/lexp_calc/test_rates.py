"""All-in rates, and the rate-days of periods in which a rate changes."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.calendars import CALENDARS
from lexp_calc.coupons import FixedCoupon, FloatingCoupon
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import LexpError
from lexp_calc.index_history import index
from lexp_calc.rate_days import rate_days
from lexp_calc.rate_paths import RateConditions
from lexp_calc.rates import IndexPath, all_in_units, rate, units
from tests.lexp_calc.simulation.day_counts import thirty

CLOSING = date(2003, 12, 18)


def coupon(reset="daily", margin="1.50%", floor=None, cap=None, day_count="ACT/360"):
    return FloatingCoupon(
        type="floating",
        options=(
            {"index": "prime", "margin": margin, "reset": reset},
            {"index": "LIBOR 1M", "margin": "3.75%", "reset": "per period"},
        ),
        floor=floor,
        cap=cap,
        day_count=day_count,
    )


def resolved(terms, prime=None, libor=None, elections=()):
    """The rate-days of a coupon under paths {from: decimal rate}."""
    paths = {
        name: IndexPath(name, tuple(path), tuple(path.values())) if path else None
        for name, path in (("prime", prime), ("LIBOR 1M", libor))
    }
    calendar, day_count = CALENDARS["US Federal Reserve"], DAY_COUNTS[terms.day_count]
    return rate_days(terms, RateConditions(paths, calendar, day_count, elections))


# index, margin, floor, cap, all-in: by hand, in per cent.
ALL_IN = [
    ("4.00", "1.50", None, None, "5.50"),
    ("4.00", "4.00", "8.25", None, "8.25"),
    ("4.25", "4.00", "8.25", None, "8.25"),
    ("4.50", "4.00", "8.25", None, "8.50"),
    ("-0.50", "3.75", None, None, "3.25"),
    ("-5.00", "3.75", "0.00", None, "0.00"),
    ("20.00", "4.00", None, "18.00", "18.00"),
    ("9.00", "1.00", "3.00", "10.00", "10.00"),
    ("9.00", "1.00", "10.00", "10.00", "10.00"),
    ("1.14875", "3.75", None, None, "4.89875"),
]


@pytest.mark.parametrize(("index", "margin", "floor", "cap", "expected"), ALL_IN)
def test_the_all_in_rate(index, margin, floor, cap, expected):
    def per_cent(text):
        return None if text is None else units(Decimal(text) / 100)

    found = all_in_units(*map(per_cent, (index, margin, floor, cap)))
    assert rate(found) == Decimal(expected) / 100
    terms = coupon(margin=f"{margin}%", floor=floor and f"{floor}%", cap=cap and f"{cap}%")
    period = resolved(terms, {CLOSING: Decimal(index) / 100}).period(CLOSING, date(2004, 2, 1))
    assert period.unit_days == per_cent(expected) * 45
    assert (period.days, rate(period.index_units)) == (45, Decimal(index) / 100)


def test_rates_are_exact_to_a_millionth_of_a_per_cent():
    assert units(Decimal("0.04123456")) == 4_123_456
    assert rate(4_123_456) == Decimal("0.04123456")


def test_a_fixed_coupon_counts_its_days():
    terms = FixedCoupon(type="fixed", rate="12%", day_count="30/360 US")
    period = resolved(terms).period(CLOSING, date(2004, 2, 1))
    assert (period.option_number, period.days) == (0, 43)
    assert period.unit_days == 43 * units(Decimal("0.12"))


def test_a_change_counts_from_its_day_and_per_period_from_the_next_period():
    """4.00 % to 30 June, 4.25 % from then on: H.15. By hand: 29 days and 1 day of June 2004."""
    prime = {CLOSING: Decimal("0.04"), date(2004, 6, 30): Decimal("0.0425")}
    june = date(2004, 6, 1), date(2004, 7, 1)
    daily = resolved(coupon("daily"), prime).period(*june)
    assert daily.unit_days == 29 * units(Decimal("0.055")) + units(Decimal("0.0575"))
    fixed = resolved(coupon("per period"), prime).period(*june)
    assert fixed.unit_days == 30 * units(Decimal("0.055"))
    starts_there = resolved(coupon("per period"), prime).period(date(2004, 6, 30), date(2004, 7, 5))
    assert starts_there.unit_days == 5 * units(Decimal("0.0575"))


RATES = st.integers(-100, 2000).map(lambda hundredths: Decimal(hundredths).scaleb(-4))
PATHS = st.dictionaries(st.integers(0, 400), RATES, max_size=12).flatmap(
    lambda later: RATES.map(
        lambda first: (
            {CLOSING: first} | {CLOSING + timedelta(days=n): later[n] for n in sorted(later)}
        )
    )
)


def value_on(path, day):
    return [path[start] for start in sorted(path) if start <= day][-1]


@given(PATHS, st.integers(0, 420), st.integers(0, 120), st.sampled_from([None, "8.25%"]))
def test_daily_rate_days_are_the_sum_over_the_days(path, offset, length, floor):
    start = CLOSING + timedelta(days=offset)
    found = resolved(coupon(floor=floor or "-5%"), path).period(start, start + timedelta(length))
    lowest = Decimal("0.0825") if floor else Decimal("-0.05")
    by_day = (
        max(value_on(path, start + timedelta(days=n)) + Decimal("0.015"), lowest)
        for n in range(length)
    )
    assert found.unit_days == units(sum(by_day, Decimal(0)))
    assert found.days == length
    assert rate(found.index_units) == value_on(path, start)


@given(PATHS, st.integers(0, 420), st.integers(0, 120))
def test_per_period_rate_days_are_those_of_the_first_day(path, offset, length):
    start = CLOSING + timedelta(days=offset)
    terms = coupon("per period", floor="-5%")
    found = resolved(terms, path).period(start, start + timedelta(length))
    assert found.unit_days == length * units(value_on(path, start) + Decimal("0.015"))


@given(PATHS, st.integers(0, 420), st.integers(0, 120))
def test_a_changing_rate_on_30_360_covers_the_period_s_days_once(path, offset, length):
    """Rates that never differ give rate x days, however often they are set."""
    start = CLOSING + timedelta(days=offset)
    end = start + timedelta(length)
    level = Decimal("0.05")
    flat = dict.fromkeys(path, level)
    found = resolved(coupon(day_count="30/360 US"), flat).period(start, end)
    assert found.days == thirty(start, end)
    assert found.unit_days == found.days * units(Decimal("0.065"))


def test_february_s_rule_takes_its_days_from_the_part_that_begins_in_february():
    """From 28 February to 2 March 2007 are 2 days of 30/360: 1 at the old rate, 1 at the new."""
    change = {CLOSING: Decimal("0.04"), date(2007, 3, 1): Decimal("0.05")}
    rates = resolved(coupon(day_count="30/360 US"), change)
    found = rates.period(date(2007, 2, 28), date(2007, 3, 2))
    assert found.days == 2
    assert found.unit_days == units(Decimal("0.055")) + units(Decimal("0.065"))


@given(PATHS, st.integers(0, 300), st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_rate_days_of_parts_add_up(path, offset, lengths):
    rates = resolved(coupon(floor="0%"), path)
    days = [CLOSING + timedelta(days=offset)]
    for length in lengths:
        days.append(days[-1] + timedelta(days=length))
    parts = sum(rates.period(start, end).unit_days for start, end in pairwise(days))
    assert parts == rates.period(days[0], days[-1]).unit_days


def test_an_election_holds_for_periods_that_begin_on_or_after_it():
    elections = ((date(2004, 9, 10), "LIBOR 1M"), (date(2005, 2, 1), "prime"))
    rates = resolved(
        coupon(), {CLOSING: Decimal("0.04")}, {CLOSING: Decimal("0.0114875")}, elections
    )
    found = [
        rates.option_number(day)
        for day in (
            CLOSING,
            date(2004, 9, 9),
            date(2004, 9, 10),
            date(2005, 1, 31),
            date(2005, 2, 1),
        )
    ]
    assert found == [1, 1, 2, 2, 1]
    october = rates.period(date(2004, 10, 1), date(2004, 11, 1))
    assert Fraction(october.unit_days, october.days) == units(Decimal("0.0489875"))


def test_a_rate_that_nobody_knows_is_refused_with_the_date():
    with pytest.raises(LexpError, match="index.LIBOR 1M.*no rate at all.*2004-09-10"):
        rates = resolved(coupon(), {CLOSING: Decimal("0.04")}, elections=((CLOSING, "LIBOR 1M"),))
        rates.period(date(2004, 9, 10), date(2004, 10, 1))
    with pytest.raises(LexpError, match="no rate before 2004-06-30.*needed from 2003-12-18"):
        resolved(coupon(), {date(2004, 6, 30): Decimal("0.0425")}).period(CLOSING, date(2004, 2, 1))


def test_a_negative_all_in_rate_is_refused_unless_a_floor_lets_it():
    path = {CLOSING: Decimal("-0.02")}
    with pytest.raises(LexpError, match="index.prime.*all-in rate of -0.5.*0 or more"):
        resolved(coupon(), path).period(CLOSING, CLOSING + timedelta(days=10))
    period = resolved(coupon(floor="-1%"), path).period(CLOSING, CLOSING + timedelta(days=10))
    assert period.unit_days == -10 * units(Decimal("0.005"))


def test_a_negative_rate_that_no_period_is_charged_is_no_reason_to_refuse():
    """From the 20th on -0.5 %: a period to the 20th does not see it, one beyond does."""
    turns = date(2004, 1, 20)
    rates = resolved(coupon(), {CLOSING: Decimal("0.04"), turns: Decimal("-0.02")})
    assert rates.period(CLOSING, turns).unit_days == 33 * units(Decimal("0.055"))
    with pytest.raises(LexpError, match="all-in rate of -0.5.*from 2004-01-20"):
        rates.period(CLOSING, turns + timedelta(days=1))


# Federal Reserve Board, H.15, bank prime loan rate.
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2003, 12, 18), "0.04"),
        (date(2004, 6, 29), "0.04"),
        (date(2004, 6, 30), "0.0425"),
        (date(2006, 6, 29), "0.0825"),
    ],
)
def test_the_prime_rate_of_a_day(day, expected):
    assert index("Prime", day) == Decimal(expected)


def test_a_rate_that_does_not_come_with_the_product_is_refused():
    with pytest.raises(LexpError, match='"LIBOR 1M", whose rates are not with the product'):
        index("LIBOR 1M", date(2004, 6, 30))
    with pytest.raises(LexpError, match="date: found 1901-01-01; a date from"):
        index("prime", date(1901, 1, 1))
    with pytest.raises(LexpError, match='did you mean "prime"'):
        index("prim", date(2004, 6, 30))
