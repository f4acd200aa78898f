"""Figures as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from lexp_calc.wording import amount_text, counted, decimal_text, ordinal, per_cent_text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Decimal("0.0825"), "8.25%"),
        (Decimal("0.04"), "4.00%"),
        (Decimal("0.0114875"), "1.14875%"),
        (Fraction(1, 3), "33.333333%"),
        (Fraction(-1, 8), "-12.50%"),
        (Decimal(0), "0.00%"),
        (Decimal("1E+1"), "1,000.00%"),
    ],
)
def test_per_cent(rate, text):
    assert per_cent_text(rate) == text


def test_per_cent_rounds_ties_away_from_zero():
    assert per_cent_text(Decimal("0.00125"), most=2) == "0.13%"
    assert per_cent_text(Decimal("-0.00125"), most=2) == "-0.13%"


@pytest.mark.parametrize(
    ("number", "text"),
    [("0E-12", "0"), ("0.0550000", "0.055"), ("100", "100"), ("1E+2", "100"), ("0.00", "0")],
)
def test_decimal_without_exponent_or_zeros_at_its_end(number, text):
    assert decimal_text(Decimal(number)) == text


def test_amounts_keep_their_digits():
    assert amount_text(Decimal("1250000.50")) == "1,250,000.50"
    assert amount_text(Decimal("-1000")) == "-1,000"


def test_ordinals_and_counts():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]
    )
    assert (counted(1, "fee"), counted(0, "fee"), counted(1200, "row")) == (
        "1 fee",
        "0 fees",
        "1,200 rows",
    )
