"""Exact cents: ties, signs, minor units of each currency."""

from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.money import MINOR_UNIT_DIGITS, currency, round_half_away

PRECISE = Context(
    prec=80, rounding=ROUND_HALF_UP
)  # half up in Decimal's words: half away from zero
LARGE = 10**25

# By hand: n / d, and the whole number that half away from zero gives.
TIES = [
    (1, 2, 1), (-1, 2, -1), (3, 2, 2), (-3, 2, -2), (5, 2, 3), (-5, 2, -3),
    (1, 3, 0), (2, 3, 1), (-1, 3, 0), (-2, 3, -1), (0, 7, 0), (7, 1, 7),
    (32_379_875, 10, 3_237_988),  # 2,354,900 at 5.50 % for 90 days: 32,379.875
    (-32_379_875, 10, -3_237_988),
    (267_5, 10, 268),  # 2.675, which binary floats round to 2.67
    (10**30 + 1, 2, 5 * 10**29 + 1),
]  # fmt: skip


@pytest.mark.parametrize(("numerator", "denominator", "expected"), TIES)
def test_a_tie_goes_away_from_zero(numerator, denominator, expected):
    assert round_half_away(numerator, denominator) == expected


@given(st.integers(-LARGE, LARGE), st.sampled_from([1, 2, 4, 5, 8, 10, 1000, 2**20, 10**12]))
def test_rounding_is_decimal_s_half_up(numerator, denominator):
    """Denominators of twos and fives, so that Decimal's quotient is exact."""
    exact = PRECISE.divide(Decimal(numerator), Decimal(denominator))
    assert round_half_away(numerator, denominator) == exact.to_integral_value(ROUND_HALF_UP)


@given(st.integers(-LARGE, LARGE), st.integers(1, 10**12))
def test_rounding_is_to_the_nearest_and_odd_in_sign(numerator, denominator):
    rounded = round_half_away(numerator, denominator)
    assert 2 * abs(rounded * denominator - numerator) <= denominator
    assert round_half_away(-numerator, denominator) == -rounded


@given(st.integers(-(10**9), 10**9))
def test_every_half_cent_tie_is_exact(cents):
    away = cents + 1 if cents >= 0 else cents
    assert round_half_away(2 * cents + 1, 2) == away


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_denominator_must_be_positive(denominator):
    with pytest.raises(LexpError, match="above 0"):
        round_half_away(1, denominator)


@given(st.sampled_from(sorted(MINOR_UNIT_DIGITS)), st.integers(-(10**15), 10**15))
def test_minor_units_and_amounts_are_two_names_of_one_thing(code, minor_units):
    money = currency(code)
    assert money.minor_units(money.amount(minor_units)) == minor_units


@pytest.mark.parametrize(
    ("code", "amount"),
    [("USD", "0.001"), ("USD", "1250000.505"), ("JPY", "0.5"), ("KRW", "100.01")],
)
def test_less_than_a_minor_unit_is_refused(code, amount):
    """ISO 4217: the dollar has two digits after the point, yen and won none."""
    with pytest.raises(LexpError) as caught:
        currency(code).minor_units(Decimal(amount), "principal")
    assert str(caught.value).startswith("principal: ") and amount in str(caught.value)


def test_trailing_zeros_are_no_broken_cent_and_case_does_not_matter():
    assert currency("usd").minor_units(Decimal("1.2300")) == 123
    assert currency("jpy").minor_units(Decimal("5.00")) == 5


def test_an_unknown_currency_is_refused_with_the_nearest():
    with pytest.raises(LexpError, match='"USB".*did you mean "USD"'):
        currency("USB")
