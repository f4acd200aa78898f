"""Level payments: the equation of value, ties, speed, and what is refused.

Published payments stand in tests/published and are compared in test_published_loans.py.
"""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.level_payment import level_payment, level_payment_on_growth

rates = st.fractions(min_value=-Fraction(1, 50), max_value=Fraction(1, 10), max_denominator=10**9)
growths = st.lists(rates.map(lambda rate: 1 + rate), min_size=1, max_size=24)


@given(st.integers(1, 10**12), growths, st.integers(0, 10**12))
def test_the_payment_leaves_the_balloon_to_the_nearest_unit(principal, growth, balloon):
    """Rolled forward period by period: half a unit less or more misses the balloon."""
    payment = level_payment_on_growth(principal, growth, balloon)

    def left(each):
        owed = Fraction(principal)
        for factor in growth:
            owed = owed * factor - each
        return owed

    half = Fraction(1, 2)
    assert left(payment + half) <= balloon <= left(payment - half)


# By hand: principal, growth of each period, balloon, payment.
BY_HAND = [
    (1, [Fraction(3, 2)], 0, 2),  # 1.5, a tie
    (1000, [Fraction(1)] * 4, 0, 250),  # no interest: principal / periods
    (10, [Fraction(1)] * 4, 0, 3),  # 2.5, a tie
    (1000, [Fraction(1)] * 4, 200, 200),
    (100, [Fraction(11, 10)] * 2, 100, 10),  # interest alone
    (210, [Fraction(11, 10)] * 2, 0, 121),  # 121 / 1.1 + 121 / 1.21 = 210
    (100, [Fraction(11, 10)] * 2, 121, 0),  # nothing until the end
    (100, [Fraction(2), Fraction(3)], 0, 150),  # 600 = L (1 + 3)
]


@pytest.mark.parametrize(("principal", "growth", "balloon", "payment"), BY_HAND)
def test_payments_by_hand(principal, growth, balloon, payment):
    assert level_payment_on_growth(principal, growth, balloon) == payment


def test_thirty_years_of_different_months_take_no_noticeable_time():
    """Denominators without common divisors: the hardest case for exact fractions."""
    growth = [1 + Fraction(5_500_000 + k, 10**8) * Fraction(30, 360 + k % 7) for k in range(360)]
    start = time.perf_counter()
    level_payment_on_growth(20_000_000, growth)
    assert time.perf_counter() - start < 0.05


def test_a_float_and_a_decimal_of_the_same_digits_are_the_same():
    assert level_payment(1250000.5, 0.0825, 60, 4) == level_payment(
        Decimal("1250000.50"), Decimal("0.0825"), 60, 4
    )


GOOD = {"principal": Decimal(1000), "rate": Decimal("0.05"), "periods": 12, "frequency": 12}
BAD = [
    ("principal", Decimal(0)),
    ("principal", Decimal(-1)),
    ("principal", Decimal("0.001")),
    ("principal", 10**13),
    ("principal", 1e308),
    ("principal", 0.1 + 0.2),
    ("principal", float("nan")),
    ("principal", Decimal("-Infinity")),
    ("principal", True),
    ("principal", "1000"),
    ("principal", None),
    ("rate", 5.5),
    ("rate", Decimal("-1.01")),
    ("rate", "5%"),
    ("periods", 0),
    ("periods", -12),
    ("periods", 1201),
    ("periods", 1.5),
    ("periods", True),
    ("frequency", 3),
    ("frequency", 0),
    ("frequency", "monthly"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_argument_is_refused_by_its_name(name, value):
    with pytest.raises(LexpError) as caught:
        level_payment(**{**GOOD, name: value})
    assert str(caught.value).startswith(f"{name}: found ")


def test_a_rate_that_leaves_nothing_owed_is_refused():
    with pytest.raises(LexpError, match="^rate: found -1"):
        level_payment(1000, -1, 3, 1)
    for growth in ([], [Fraction(0)], [Fraction(1), Fraction(-1, 2)]):
        with pytest.raises(LexpError, match="^growth: "):
            level_payment_on_growth(1000, growth)
