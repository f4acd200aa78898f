"""What exercise does to the shares: the diluted value put back, treasury stock, ownership."""

import math
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.dilution import (
    warrant_cashless_shares,
    warrant_diluted_shares,
    warrant_ownership,
    warrant_shares,
)
from lexp_calc.errors import LexpError
from lexp_calc.warrant_values import warrant_value, warrant_value_with_dividends

AS_OF, EXPIRY = date(2003, 12, 18), date(2009, 8, 1)


def test_a_diluted_value_put_back_into_its_equation():
    """W = N / (N + M) x C(S + W x M / N) on 2,000 cases, C by the plain function."""
    draw, worst = random.Random(61), 0.0
    for _ in range(2_000):
        share_price, strike = (round(math.exp(draw.uniform(-2, 6)), 4) for _ in range(2))
        expiry = AS_OF + timedelta(draw.randint(1, 7_000))
        rest = strike, expiry, AS_OF, draw.uniform(0.01, 2), draw.uniform(-0.02, 0.15)
        dividend_yield = draw.choice([0, draw.uniform(0, 0.1)])
        warrants, shares = (int(math.exp(draw.uniform(0, 20))) for _ in range(2))
        found = warrant_value_with_dividends(share_price, *rest, dividend_yield, warrants, shares)
        backed = share_price + found * warrants / shares
        if backed >= 1e13:
            continue
        call = warrant_value_with_dividends(backed, *rest, dividend_yield)
        missing = shares / (shares + warrants) * call - found
        worst = max(worst, abs(missing) / max(1, share_price))
    assert worst < 1e-10


TERMS = 3.5, EXPIRY, AS_OF, 0.6, 0.035


def test_no_warrants_dilute_nothing_and_many_take_all():
    plain = warrant_value(4.25, *TERMS)
    assert warrant_value(4.25, *TERMS, 0, 4_931_767) == pytest.approx(plain, rel=1e-15)
    few, more = (warrant_value(4.25, *TERMS, m, 4_931_767) for m in (428_248, 4_282_480))
    assert 0 < more < few < plain
    assert 0 < warrant_value(4.25, *TERMS, 9_999_999_999_999, 1) < more
    assert warrant_value(0, *TERMS, 428_248, 4_931_767) == 0


def test_exercise_for_certain_shares_the_gain():
    """No volatility, no rate, on the last day: (N S + M K) / (N + M) - K.

    100 shares at 8 before the warrants' claim W is taken: with S = 8 given after it,
    W = N / (N + M) (S + W M / N - K), so W = S - K = 4.50 whatever the counts.
    """
    assert warrant_value(8, 3.5, EXPIRY, EXPIRY, 0, 0, 50, 100) == pytest.approx(4.5, rel=1e-14)


@pytest.mark.parametrize(
    ("warrants", "shares", "message"),
    [
        (None, 100, "warrants: found nothing .* both counts, or neither"),
        (100, None, "shares_outstanding: found nothing .* both counts, or neither"),
        (100, 0, "shares_outstanding: found 0"),
        (-1, 100, "warrants: found -1"),
        (100, 1.5, "shares_outstanding: found 1.5"),
    ],
)
def test_counts_that_say_too_little(warrants, shares, message):
    with pytest.raises(LexpError, match=message):
        warrant_value(4.25, *TERMS, warrants, shares)


# Share price, warrants, strike; new shares by hand: warrants - strike money / share price.
TREASURY_STOCK = [
    (40, 20_000, 30, 5_000),
    (40, 50_000, 50, 0),
    (30, 50_000, 30, 0),
    (0, 50_000, 30, 0),
    (4, 428_248, Decimal("3.50"), 53_531),  # 428,248 - 1,498,868 / 4
]


@pytest.mark.parametrize(("share_price", "warrants", "strike", "expected"), TREASURY_STOCK)
def test_new_shares_by_the_treasury_stock_method(share_price, warrants, strike, expected):
    assert warrant_shares(share_price, warrants, strike) == expected
    assert warrant_diluted_shares(1_000, share_price, warrants, strike) == 1_000 + expected
    assert warrant_cashless_shares(share_price, warrants, strike) == expected


def test_a_fraction_of_a_share():
    """10,000 x 5 / 15 = 3,333.33; 10,000 x 5 / 16 = 3,125; 3 x 1 / 2 = 1.5."""
    assert warrant_shares(15, 10_000, 10) == Decimal(10_000) / 3
    fractions = {"none": Decimal(10_000) / 3, "down": 3_333, "up": 3_334, "nearest": 3_333}
    for rounding, expected in fractions.items():
        assert warrant_cashless_shares(15, 10_000, 10, rounding) == expected
    assert warrant_cashless_shares(2, 3, 1, "nearest") == 2


def test_ownership_after_exercise():
    """428,248 of 4,931,767 + 428,248 = 5,360,015 shares: 7.9897 %."""
    found = warrant_ownership(428_248, 4_931_767)
    assert round(found, 6) == Decimal("0.079897")
    assert warrant_ownership(1, 0) == 1
    with pytest.raises(LexpError, match="shares_outstanding: found 0 and no warrants"):
        warrant_ownership(0, 0)


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.integers(1, 10**6))
def test_new_shares_are_worth_what_exercise_is(warrants, price, strike):
    """Shares x share price = warrants x (share price - strike), to 28 digits."""
    price, strike = Decimal(price) / 100, Decimal(strike) / 100
    worth = warrant_shares(price, warrants, strike) * price
    assert abs(worth - warrants * max(price - strike, 0)) < Decimal("1e-12")
