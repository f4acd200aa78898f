"""Closed values of warrants: against QuantLib on 6,000 cases, the limits, and the laws."""

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.warrant_values import (
    warrant_delta,
    warrant_implied_volatility,
    warrant_sensitivity,
    warrant_value,
    warrant_value_with_dividends,
    warrant_vega,
)
from tests.lexp_calc.quantlib_calls import Case, Market

AS_OF = date(2005, 1, 1)
A_YEAR = AS_OF + timedelta(365)


def cases(number, seed):
    """Random calls: short and long, calm and wild, far in and out of the money."""
    draw = random.Random(seed)
    for _ in range(number):
        strike = round(math.exp(draw.uniform(-2, 6)), 4)
        yield Case(
            share_price=round(strike * math.exp(draw.gauss(0, 0.7)), 4) + 0.0001,
            strike=strike,
            days=int(math.exp(draw.uniform(0, 9.3))),
            volatility=round(math.exp(draw.uniform(-4, 1.6)), 4),
            rate=round(draw.uniform(-0.05, 0.25), 5),
            dividend_yield=round(max(draw.uniform(-0.1, 0.2), 0), 5),
        )


def arguments(case):
    _, expiry, as_of = case.dates(AS_OF)
    return case.share_price, case.strike, expiry, as_of, case.volatility, case.rate


def test_values_are_quantlibs():
    """6,000 cases; the worst difference seen is 2e-15 of the share price."""
    market, worst = Market(), 0.0
    for case in cases(6_000, seed=41):
        expected = market.european(case).NPV()
        found = warrant_value_with_dividends(*arguments(case), case.dividend_yield)
        worst = max(worst, abs(found - expected) / max(1, case.share_price))
    assert worst < 1e-8


def test_the_plain_value_is_that_without_dividends():
    for case in cases(200, seed=42):
        plain = warrant_value(*arguments(case))
        assert plain == warrant_value_with_dividends(*arguments(case), 0)


def test_greeks_are_quantlibs():
    market = Market()
    for case in cases(1_000, seed=43):
        option = market.european(case)
        delta = warrant_delta(*arguments(case), case.dividend_yield)
        vega = warrant_vega(*arguments(case), case.dividend_yield)
        assert delta == pytest.approx(option.delta(), abs=1e-9)
        assert vega == pytest.approx(option.vega(), abs=1e-8 * max(1, case.share_price))


def test_an_implied_volatility_reprices():
    for case in cases(500, seed=44):
        price = warrant_value_with_dividends(*arguments(case), case.dividend_yield)
        share_price, strike, expiry, as_of, _, rate = arguments(case)
        rest = rate, case.dividend_yield
        if case.volatility > 4.9:
            continue
        found = warrant_implied_volatility(price, share_price, strike, expiry, as_of, *rest)
        terms = share_price, strike, expiry, as_of, found, rate, case.dividend_yield
        assert warrant_value_with_dividends(*terms) == pytest.approx(
            price, abs=1e-12 * max(1, share_price)
        )
        vega = warrant_vega(*arguments(case), case.dividend_yield)
        if vega > 0.01 * share_price:
            assert found == pytest.approx(case.volatility, abs=1e-9)


# share price, strike, expiry, as of, volatility, rate; value; by hand.
LIMITS = [
    ((110, 100, A_YEAR, AS_OF, 0, 0.05), 110 - 100 * math.exp(-0.05)),  # no volatility
    ((95, 100, A_YEAR, AS_OF, 0, 0.05), 0.0),  # 100 e^-0.05 = 95.12
    ((110, 100, A_YEAR, A_YEAR, 0.3, 0.05), 10.0),  # expires today
    ((90, 100, A_YEAR, A_YEAR, 0.3, 0.05), 0.0),
    ((100, 100, A_YEAR, A_YEAR, 0, 0.05), 0.0),
    ((0, 100, A_YEAR, AS_OF, 0.3, 0.05), 0.0),  # a share worth nothing
    ((0, 100, A_YEAR, AS_OF, 0, 0), 0.0),
    # No rate, at the money: 100 (2 N(0.15) - 1), N(0.15) = 0.5596176924 (tables)
    ((100, 100, A_YEAR, AS_OF, 0.3, 0), 100 * (2 * 0.5596176923702425 - 1)),
    # Volatility beyond all measure: the share itself.
    ((100, 100, AS_OF + timedelta(365 * 190), AS_OF, 5, 0.05), 100.0),
    ((100, 1e12, AS_OF + timedelta(365 * 190), AS_OF, 5, 0), 100.0),
    # The strike is all but nothing: the share itself.
    ((100, 1e-300, A_YEAR, AS_OF, 0.3, 0.05), 100.0),
    ((1e-300, 1e12, A_YEAR, AS_OF, 0.3, 0.05), 0.0),
]


@pytest.mark.parametrize(("given", "expected"), LIMITS)
def test_the_limits(given, expected):
    assert warrant_value(*given) == pytest.approx(expected, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize(
    ("share_price", "delta", "vega"), [(99, 0, 0), (100, 0.5, 0), (101, 1, 0), (0, 0, 0)]
)
def test_greeks_on_the_last_day(share_price, delta, vega):
    last_day = share_price, 100, A_YEAR, A_YEAR, 0.3, 0.05
    assert (warrant_delta(*last_day), warrant_vega(*last_day)) == (delta, vega)


def test_greeks_without_volatility():
    """Forward above the strike: a share; below: nothing; at it: 100 n(0) = 39.8942."""
    assert warrant_delta(110, 100, A_YEAR, AS_OF, 0, 0) == 1
    assert warrant_delta(90, 100, A_YEAR, AS_OF, 0, 0) == 0
    assert warrant_vega(110, 100, A_YEAR, AS_OF, 0, 0) == 0
    assert warrant_vega(100, 100, A_YEAR, AS_OF, 0, 0) == pytest.approx(39.89422804014327)


CALLS = st.builds(
    Case,
    share_price=st.floats(0.01, 1e6),
    strike=st.floats(0.01, 1e6),
    days=st.integers(0, 70_000),
    volatility=st.floats(0, 4.9),
    rate=st.floats(-1, 1),
)


@given(CALLS, st.floats(0, 1), st.floats(0, 0.1))
def test_the_value_grows_with_share_price_and_volatility(case, dividend_yield, more):
    share_price, *rest = arguments(case)
    low = warrant_value_with_dividends(share_price, *rest, dividend_yield)
    high = warrant_value_with_dividends(share_price * (1 + more), *rest, dividend_yield)
    room = 1e-12 * max(share_price, low)
    assert low - room <= high <= low + share_price * more + room
    rest[3] += more
    assert warrant_value_with_dividends(share_price, *rest, dividend_yield) >= low - room


@given(CALLS)
def test_the_value_lies_between_certain_exercise_and_the_share(case):
    value = warrant_value(*arguments(case))
    certain = case.share_price - case.strike * math.exp(-case.rate * case.years)
    assert max(certain, 0) <= value <= case.share_price * (1 + 1e-12)


def test_expiry_before_the_valuation_is_refused_by_name():
    for function in (warrant_value, warrant_delta, warrant_vega):
        with pytest.raises(LexpError, match="as_of: found 2006-01-02; a date up to the expiry"):
            function(100, 100, A_YEAR, A_YEAR + timedelta(1), 0.3, 0.05)


# warrant price, share price, expiry; message.
NO_VOLATILITY = [
    ((101, 100, A_YEAR, AS_OF), "warrant_price: found 101"),
    ((4, 100, A_YEAR, AS_OF), r"warrant_price: found 4\.?0?; a price from 4.8770575"),
    ((1, 100, A_YEAR, A_YEAR), "as_of: found the expiry itself"),
    ((0, 0, A_YEAR, AS_OF), "share_price: found 0"),
]


@pytest.mark.parametrize(("given", "message"), NO_VOLATILITY)
def test_a_price_that_no_volatility_gives_is_refused(given, message):
    price, share_price, expiry, as_of = given
    with pytest.raises(LexpError, match=message):
        warrant_implied_volatility(price, share_price, 100, expiry, as_of, 0.05)


def test_the_least_price_has_no_volatility():
    least = warrant_value(110, 100, A_YEAR, AS_OF, 0, 0.05)
    assert warrant_implied_volatility(least, 110, 100, A_YEAR, AS_OF, 0.05) == 0


def test_a_sensitivity_table_is_the_values_one_by_one():
    prices, volatilities = (0, 2, 4.25), (0, 0.4, 0.6)
    terms = 3.5, A_YEAR, AS_OF
    for counts in ((None, None), (424_781, 4_931_767)):
        table = warrant_sensitivity(prices, volatilities, *terms, 0.03, 0.02, *counts)
        assert table.headings == ("share_price", *(f"volatility {v:g}" for v in volatilities))
        for price, row in zip(prices, table.rows, strict=True):
            expected = [
                warrant_value_with_dividends(price, *terms, volatility, 0.03, 0.02, *counts)
                for volatility in volatilities
            ]
            assert row == (price, *expected)


def test_a_table_too_large_is_refused():
    with pytest.raises(LexpError, match="share_prices: found 1,000 prices and 101 volatilities"):
        warrant_sensitivity([1] * 1000, [0.3] * 101, 3.5, A_YEAR, AS_OF, 0.03)
