"""Exercise within a window: the European limit, the limits and the laws."""

import random
from datetime import date, timedelta

import pytest

from lexp_calc.errors import LexpError
from lexp_calc.exercise_lattice import lattice_value
from lexp_calc.option_values import Call
from lexp_calc.warrant_values import (
    warrant_value,
    warrant_value_in_window,
    warrant_value_with_dividends,
)
from tests.lexp_calc.quantlib_calls import Case
from tests.lexp_calc.window_cases import AS_OF, cases, later, value


def test_the_lattice_alone_gives_the_closed_value_where_early_exercise_cannot_pay():
    """1,000 cases without dividends, windows of any length; worst seen: 5e-6 of the price."""
    draw, worst = random.Random(54), 0.0
    for _ in range(1_000):
        years = draw.uniform(0.05, 12)
        # A lattice takes the longer the longer its window is: few are wide.
        opens = draw.choice([0, 0.001, *(draw.uniform(0.85, 1) for _ in range(28))]) * years
        call = Call(100, years, draw.uniform(0.02, 1.2), draw.uniform(0, 0.15))
        share_price = draw.uniform(10, 250)
        found = lattice_value(call, opens, share_price)
        worst = max(worst, abs(found - call.value(share_price)) / share_price)
    assert worst < 1e-5


def test_without_dividends_a_window_adds_nothing():
    """Merton (1973), theorem 2: early exercise of a call on such a share never pays."""
    for case in cases(100, seed=55, opens=later, rates=(0.0, 0.12)):
        exercisable_from, expiry, as_of = case.dates(AS_OF)
        rest = case.volatility, case.rate
        in_window = warrant_value_in_window(
            case.share_price, 100, exercisable_from, expiry, as_of, *rest
        )
        assert in_window == warrant_value(case.share_price, 100, expiry, as_of, *rest)


def test_a_longer_window_is_worth_no_less():
    """European <= window <= any day, and any day >= exercise now."""
    for case in cases(20, seed=56, opens=later):
        exercisable_from, expiry, as_of = case.dates(AS_OF)
        rest = expiry, as_of, case.volatility, case.rate, case.dividend_yield
        european = warrant_value_with_dividends(case.share_price, 100, *rest)
        in_window = value(case)
        any_day = warrant_value_in_window(case.share_price, 100, as_of, *rest)
        room = 2e-4 * case.share_price
        assert european <= in_window <= any_day + room
        assert any_day >= case.share_price - 100
        # A window that opened in the past is open.
        before = as_of - timedelta(30)
        assert warrant_value_in_window(case.share_price, 100, before, *rest) == any_day
        on_expiry = warrant_value_in_window(case.share_price, 100, expiry, *rest)
        assert on_expiry == european


def test_the_value_grows_with_share_price_and_volatility():
    for case in cases(8, seed=57, opens=later):
        exercisable_from, *rest = case.dates(AS_OF)

        def at(share_price, volatility, first=exercisable_from, rest=rest, case=case):
            ends = case.rate, case.dividend_yield
            return warrant_value_in_window(share_price, 100, first, *rest, volatility, *ends)

        here = at(case.share_price, case.volatility)
        assert at(case.share_price * 1.05, case.volatility) > here
        assert at(case.share_price, case.volatility + 0.05) > here - 1e-4 * case.share_price


# Without volatility the best day is known. S e^(-qt) - K e^(-rt) by hand.
CERTAIN = [
    # Dividends 5 % on 200 outweigh 2 % on 100 from the start: exercise now.
    (200, 0.02, 0.05, 0, 100.0),
    # The same, first exercise after a year: 200 e^-0.05 - 100 e^-0.02.
    (200, 0.02, 0.05, 365, 92.22601756946729),
    # Interest 10 % on 100 outweighs 5 % on 110 until the day when e^(-0.05 t) = 5.5 / 10, in
    # the twelfth year: 110 x 0.55 - 100 x 0.55^2. Before it the last day is the best.
    (110, 0.10, 0.05, 0, 30.25),
    # First exercise after 15 years: then at once, 110 e^-0.75 - 100 e^-1.5.
    (110, 0.10, 0.05, 15 * 365, 29.64730478666863),
]


@pytest.mark.parametrize(("share_price", "rate", "dividend_yield", "opens", "expected"), CERTAIN)
def test_without_volatility(share_price, rate, dividend_yield, opens, expected):
    case = Case(share_price, 100, 20 * 365, 0.0, rate, dividend_yield, opens)
    assert value(case) == pytest.approx(expected, rel=1e-12)


def test_without_volatility_a_window_that_closes_before_the_best_day():
    """Five years: 110 e^-0.25 - 100 e^-0.5."""
    assert value(Case(110, 100, 5 * 365, 0.0, 0.10, 0.05)) == pytest.approx(25.015020166591185)


EXTREME = [
    Case(1e12, 9.9e12, 70_000, 5, 1, 1),
    Case(1e12, 1e-10, 70_000, 5, -1, 1),
    Case(3, 3.5, 70_000, 5, -1, 0, 35_000),
    Case(3, 3.5, 70_000, 5, 0.05, 0.05, 1),
    Case(3.5, 3.5, 70_000, 1e-3, 0.05, 0.05, 69_999),
    Case(3.5, 3.5, 1_825, 1e-160, 0.05, 0.06, 1),
    Case(3.5, 3.5, 1, 1e-300, 0.05, 0.06),
    Case(1e-300, 3.5, 365, 0.3, 0.05, 0.06),
    Case(0, 3.5, 365, 0.3, 0.05, 0.06),
    Case(5, 3.5, 0, 0.3, 0.05, 0.06),
    Case(3, 3.5, 70_000, 0.3, -1, 1, 69_990),
]


@pytest.mark.parametrize("case", EXTREME)
def test_no_terms_overflow(case):
    """The value lies between exercise now, where possible, and the share price."""
    now = case.share_price - case.strike if not case.opens else 0
    assert max(now, 0) <= value(case) <= case.share_price


def test_the_longest_time_that_dates_allow():
    """Three centuries at a volatility of 5: exercise now, or a share that pays all it has."""
    first, middle, last = date(1900, 3, 1), date(2050, 1, 1), date(2199, 12, 31)
    for opens in (first, middle):
        found = warrant_value_in_window(3, 3.5, opens, last, first, 5, 0.05, 0.001)
        closed = warrant_value_with_dividends(3, 3.5, last, first, 5, 0.05, 0.001)
        assert closed <= found <= 3


def test_a_window_after_expiry_is_refused_by_name():
    with pytest.raises(LexpError, match="exercisable_from: found 2007-01-02; a date up to"):
        warrant_value_in_window(
            4, 3.5, date(2007, 1, 2), date(2007, 1, 1), date(2005, 1, 1), 0.3, 0.03
        )
    with pytest.raises(LexpError, match="as_of: found 2007-01-02; a date up to the expiry"):
        warrant_value_in_window(
            4, 3.5, date(2006, 1, 1), date(2007, 1, 1), date(2007, 1, 2), 0.3, 0.03
        )
