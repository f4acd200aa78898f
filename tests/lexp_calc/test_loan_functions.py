"""Interest, fees and balloons as a spreadsheet asks for them: by hand, and what is refused."""

from datetime import date
from decimal import Decimal

import numpy
import pytest

from lexp_calc.ageing import eligible_receivables
from lexp_calc.all_in_rates import all_in_rate
from lexp_calc.errors import LexpError
from lexp_calc.index_history import index
from lexp_calc.loan_functions import balloon, fee, interest
from lexp_calc.year_fractions import days, yearfrac

CLOSING, MATURITY = date(2003, 12, 18), date(2006, 6, 30)

# By hand: principal, rate, start, end, day count, interest.
INTEREST = [
    ("2354900", "0.055", CLOSING, date(2004, 3, 17), "ACT/360", "32379.88"),  # 32,379.875, a tie
    ("1000000", "0.06", date(2004, 1, 1), date(2005, 1, 1), "ACT/ACT ISDA", "60000.00"),
    ("1000000", "0.06", date(2003, 7, 1), date(2004, 7, 1), "ACT/365F", "60164.38"),  # 366 days
    ("1000000", "0.12", date(2004, 1, 31), date(2004, 2, 29), "30/360 US", "9666.67"),  # 29 days
    ("1000000", "0.12", date(2004, 1, 31), date(2004, 2, 29), "30E/360 ISDA", "10000.00"),
    ("1000000", "-0.005", date(2004, 1, 1), date(2004, 1, 31), "ACT/360", "-416.67"),
    ("1000000", "0.055", CLOSING, CLOSING, "ACT/360", "0.00"),
]


@pytest.mark.parametrize(("principal", "rate", "start", "end", "day_count", "amount"), INTEREST)
def test_interest_by_hand(principal, rate, start, end, day_count, amount):
    found = interest(Decimal(principal), Decimal(rate), start, end, day_count)
    assert found == Decimal(amount)


def test_a_number_of_numpy_is_the_number_that_it_prints():
    assert fee(numpy.float64(2354.9), numpy.float64(0.055)) == Decimal("129.52")  # 129.5195


# By hand: principal, instalment, first payment, frequency, maturity, balloon.
BALLOONS = [
    ("13500000", "300000", date(2004, 2, 1), 12, MATURITY, "4800000"),  # 29 instalments
    ("13500000", "300000", date(2004, 2, 1), 12, date(2007, 10, 31), "0"),  # 45 instalments
    ("13500000", "300000", date(2004, 2, 1), 12, date(2009, 6, 30), "0"),  # repaid before
    ("1000", "100", date(2004, 1, 31), 4, date(2005, 1, 31), "500"),  # five, the last included
    ("1000", "100", date(2004, 1, 31), 4, date(2005, 1, 30), "600"),
    ("1000", "100", date(2004, 8, 31), 2, date(2005, 2, 28), "800"),  # clamped to 28 February
    ("1000", "0.01", date(2004, 1, 1), 1, date(2004, 1, 1), "999.99"),
]


@pytest.mark.parametrize(
    ("principal", "instalment", "first", "frequency", "maturity", "left"), BALLOONS
)
def test_balloons_by_hand(principal, instalment, first, frequency, maturity, left):
    found = balloon(Decimal(principal), Decimal(instalment), first, frequency, maturity)
    assert found == Decimal(left)


def test_a_fee_is_rounded_once_half_away_from_zero():
    """By hand: 0.5 % of 11,500,001 is 57,500.005."""
    assert fee(Decimal(11_500_001), Decimal("0.005")) == Decimal("57500.01")
    assert fee(11_500_001, 0.005) == Decimal("57500.01")


BAD = [
    (interest, "principal", Decimal(-1)),
    (interest, "principal", 0),
    (interest, "principal", 0.1 + 0.2),
    (interest, "principal", Decimal("0.001")),
    (interest, "principal", "1000"),
    (interest, "principal", float("inf")),
    (interest, "rate", 5.5),
    (interest, "rate", True),
    (interest, "start", "18/12/2003"),
    (interest, "start", date(1900, 2, 28)),
    (interest, "end", date(2003, 12, 17)),
    (interest, "end", 37973),
    (interest, "day_count", "30/360"),
    (interest, "day_count", "ACT/ACT ICMA"),
    (interest, "day_count", None),
    (fee, "principal", None),
    (fee, "principal", 0),
    (fee, "fee_rate", Decimal("-0.01")),
    (fee, "fee_rate", 50),
    (balloon, "principal", 0),
    (balloon, "instalment", 0),
    (balloon, "instalment", 1001),
    (balloon, "first_payment", date(2006, 7, 1)),
    (balloon, "frequency", 6),
    (balloon, "maturity", date(2004, 1, 1)),
    (balloon, "maturity", date(2199, 12, 31)),
    (balloon, "maturity", date(9999, 1, 1)),
]
GOOD = {
    interest: {
        "principal": Decimal(1000),
        "rate": Decimal("0.05"),
        "start": CLOSING,
        "end": MATURITY,
        "day_count": "ACT/360",
    },
    fee: {"principal": Decimal(1000), "fee_rate": Decimal("0.005")},
    balloon: {
        "principal": Decimal(1000),
        "instalment": Decimal(10),
        "first_payment": date(2004, 2, 1),
        "frequency": 12,
        "maturity": MATURITY,
    },
}


@pytest.mark.parametrize(("function", "name", "value"), BAD)
def test_a_bad_argument_is_refused_by_its_name(function, name, value):
    with pytest.raises(LexpError) as caught:
        function(**{**GOOD[function], name: value})
    where = "maturity" if name == "first_payment" else name
    assert str(caught.value).startswith(f"{where}: found ")


# Sums and caps by hand; 0.29 is no whole number of units as a binary float.
ALL_IN_RATES = [
    ((0.29, 0), Decimal("0.29")),
    ((Decimal("0.0123456789"), Decimal("0.01")), Decimal("0.0223456789")),
    ((0.04, 0.015, None, 0.05), Decimal("0.05")),
    ((-0.05, 0.01, -0.045), Decimal("-0.04")),  # a floor below zero lets it go there
]


@pytest.mark.parametrize(("given", "expected"), ALL_IN_RATES)
def test_an_all_in_rate_keeps_every_digit(given, expected):
    assert all_in_rate(*given) == expected


# function, arguments by position, and the argument that the refusal names.
BAD_ELSEWHERE = [
    (all_in_rate, (5, 0.01), "index_rate"),
    (all_in_rate, ("0.04", 0.01), "index_rate"),
    (all_in_rate, (-0.05, 0.01), "index_rate"),
    (all_in_rate, (-0.05, 0.01, None, 0.1), "index_rate"),
    (all_in_rate, (0.04, 0.01, 0.09, 0.08), "floor"),
    (index, ("prime", "2011-01-01"), "date"),
    (index, ("prime", "2001-01-03"), "date"),
    (index, ("LIBOR 1M", "2004-01-01"), "index"),
    (all_in_rate, (0.04, None), "margin"),
    (eligible_receivables, ([["A", 1, 1]], 90, 1.5), "cross_age"),
    (eligible_receivables, ([["A", 1, 1]], 90, 0.5, "20%"), "concentration_limit"),
    (eligible_receivables, ([["A", 1, 1]], 90.5), "over_days"),
    (days, ("18/12/2003", MATURITY, "ACT/360"), "start"),
    (days, (CLOSING, None, "ACT/360"), "end"),
    (days, (CLOSING, MATURITY, "30E/360 ISDA", 5), "termination"),
    (yearfrac, (CLOSING, "x", "ACT/360"), "end"),
    (yearfrac, (CLOSING, MATURITY, "ACT/ACT ICMA", "x", MATURITY, 2), "period_start"),
    (yearfrac, (CLOSING, MATURITY, "ACT/ACT ICMA", CLOSING, MATURITY, [2]), "frequency"),
    (index, ("prime", "x"), "date"),
]


@pytest.mark.parametrize(("function", "given", "name"), BAD_ELSEWHERE)
def test_other_functions_name_the_argument_too(function, given, name):
    with pytest.raises(LexpError) as caught:
        function(*given)
    assert str(caught.value).startswith(f"{name}: found ")


def test_shares_of_an_ageing_may_be_plain_numbers():
    rows = [["A", 100, 10], ["B", 60, 95], ["B", 40, 10]]  # B owes 60 % for too long
    assert eligible_receivables(rows, 90, 0.5, 1) == 100
