"""The schedules of single loans: against QuantLib's dates and days, by hand, what is refused."""

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
import QuantLib as ql

from lexp_calc.cash_flows import SCHEDULE_COLUMNS
from lexp_calc.errors import LexpError
from lexp_calc.level_payment import (
    level_payment,
    level_payment_of_equal_periods,
    level_payment_on_growth,
)
from lexp_calc.loan_functions import balloon
from lexp_calc.loan_schedules import amortization, level_amortization
from tests.lexp_calc.simulation.amounts import rounded
from tests.lexp_calc.simulation.dates import py_date, ql_date

LOANS = 800
MONTHS = {1: 12, 2: 6, 4: 3, 12: 1}
DAY_COUNTS = {
    "ACT/360": (ql.Actual360(), 360),
    "ACT/365F": (ql.Actual365Fixed(), 365),
    "30/360 US": (ql.Thirty360(ql.Thirty360.USA), 360),
    "30/360 ISDA": (ql.Thirty360(ql.Thirty360.BondBasis), 360),
    "30E/360": (ql.Thirty360(ql.Thirty360.European), 360),
}


def records(table):
    assert table.headings == SCHEDULE_COLUMNS
    return [dict(zip(table.headings, row, strict=True)) for row in table.rows]


def random_loan(chance):
    """What both kinds of loan share: start, first payment, frequency, maturity, day count."""
    start = date(1990, 1, 1) + timedelta(days=chance.randrange(25_000))
    first = start + timedelta(days=chance.randint(1, 400))
    frequency = chance.choice(list(MONTHS))
    maturity = first + timedelta(days=chance.randint(0, 40 * 30 * MONTHS[frequency]))
    return start, first, frequency, maturity, chance.choice(list(DAY_COUNTS))


def quantlib_dates(first, frequency, maturity):
    """The payment dates: steps from the first, and the maturity."""
    found, number = [], 0
    while True:
        step = ql.Period(number * MONTHS[frequency], ql.Months)
        day = py_date(ql_date(first) + step)
        if day > maturity:
            return found, [*found, maturity] if found[-1] != maturity else found
        found.append(day)
        number += 1


def interest(owed, rate, start, end, day_count):
    counted, basis = DAY_COUNTS[day_count]
    days = counted.dayCount(ql_date(start), ql_date(end))
    return days, rounded(owed * Fraction(rate) * days / basis)


def test_instalments_are_those_of_a_loan_rolled_on_quantlib_s_dates():
    chance = random.Random("instalments")
    for _ in range(LOANS):
        start, first, frequency, maturity, day_count = random_loan(chance)
        principal = chance.randint(1_000_00, 50_000_000_00)
        instalment = chance.randint(1, principal // chance.choice([1, 10, 60]))
        rate = Decimal(repr(chance.uniform(0, 0.3)))
        if chance.random() < 0.5:
            rate = round(rate, 4)
        table = amortization(
            *(Decimal(principal).scaleb(-2), rate, Decimal(instalment).scaleb(-2)),
            *(start, first, frequency, maturity, day_count),
        )
        regular, dates = quantlib_dates(first, frequency, maturity)
        owed, expected = principal, []
        for before, day in pairwise([start, *dates]):
            days, charged = interest(owed, rate, before, day, day_count)
            paid = min(instalment, owed) if day in regular else 0
            at_end = owed - paid if day == maturity else 0
            expected.append((day, days, owed, charged, paid, at_end, owed - paid - at_end))
            owed -= paid + at_end
            if not owed:
                break
        rows = records(table)
        assert rows[0]["drawn"] == rows[0]["closing_balance"] == Decimal(principal) / 100
        names = ("opening_balance", "interest", "scheduled_principal", "balloon", "closing_balance")
        found = [
            (row["payment_date"], row["days"], *(int(row[name] * 100) for name in names))
            for row in rows[1:]
        ]
        assert found == expected, (start, first, frequency, maturity, day_count)
        left = balloon(
            Decimal(principal).scaleb(-2),
            Decimal(instalment).scaleb(-2),
            first,
            frequency,
            maturity,
        )
        assert sum(row["balloon"] for row in rows) == left


def annuity(principal, rate, periods, frequency):
    """P r / (1 - v^n), in fractions."""
    each = Fraction(rate) / frequency
    if not each:
        return rounded(Fraction(principal, periods))
    return rounded(principal * each / (1 - (1 / (1 + each)) ** periods))


def test_level_payments_are_interest_and_what_it_leaves_of_the_annuity():
    chance = random.Random("level payments")
    for _ in range(LOANS // 2):
        start, first, frequency, maturity, day_count = random_loan(chance)
        principal = chance.randint(1_000_00, 5_000_000_00)
        periods = chance.randint(1, 60)
        rate = round(Decimal(repr(chance.uniform(0, 0.2))), chance.choice([3, 4, 12]))
        table = level_amortization(
            *(Decimal(principal).scaleb(-2), rate, periods),
            *(start, first, frequency, maturity, day_count),
        )
        level = annuity(principal, rate, periods, frequency)
        regular, dates = quantlib_dates(first, frequency, maturity)
        owed, expected = principal, []
        for before, day in pairwise([start, *dates]):
            _, charged = interest(owed, rate, before, day, day_count)
            paid = min(max(level - charged, 0), owed) if day in regular else 0
            if day == dates[min(periods, len(dates)) - 1] and len(expected) + 1 == periods:
                paid = owed if day in regular else 0
            at_end = owed - paid if day == maturity else 0
            expected.append((day, charged, paid, at_end))
            owed -= paid + at_end
            if not owed:
                break
        found = [
            (row["payment_date"],)
            + tuple(int(row[n] * 100) for n in ("interest", "scheduled_principal", "balloon"))
            for row in records(table)[1:]
        ]
        assert found == expected, (start, first, frequency, maturity, day_count, periods)


def test_the_level_payment_in_one_step_is_that_period_by_period():
    chance = random.Random("one step")
    for _ in range(400):
        growth = 1 + Fraction(chance.randint(-500, 1500), chance.choice([10_000, 12_345, 1_200]))
        principal, periods = chance.randint(1, 10**12), chance.randint(1, 60)
        if growth > 0:
            expected = level_payment_on_growth(principal, [growth] * periods)
            assert level_payment_of_equal_periods(principal, growth, periods) == expected


# Interest over the life of the built-in deal's loans at flat rates, unadjusted: worked out by
# hand from the press release of 18 December 2003, before the product was written.
TERM_LOAN = (13_500_000, "0.055", 300_000, "2003-12-18", "2004-02-01", 12)
SECURED = (11_500_000, "0.0825", 96_000, "2003-12-18", "2004-01-01", 12)
BY_HAND = [
    (TERM_LOAN, "2006-06-30", "ACT/360", "1303545.84", "4800000"),
    (TERM_LOAN, "2006-06-30", "30/360 US", "1284204.17", "4800000"),
    (TERM_LOAN, "2007-10-01", "ACT/360", "1472075.01", "0"),
    (TERM_LOAN, "2007-10-01", "30/360 US", "1449937.50", "0"),
    (SECURED, "2006-06-30", "ACT/360", "2127670.47", "8620000"),
    (SECURED, "2006-06-30", "30/360 US", "2097260.00", "8620000"),
    (SECURED, "2007-06-30", "ACT/360", "2796953.58", "7468000"),
    (SECURED, "2007-06-30", "30/360 US", "2757194.00", "7468000"),
]


@pytest.mark.parametrize(("loan", "maturity", "day_count", "interest", "balloon"), BY_HAND)
def test_the_loans_of_the_built_in_deal(loan, maturity, day_count, interest, balloon):
    principal, rate, *rest = loan
    rows = records(amortization(principal, Decimal(rate), *rest, maturity, day_count))
    assert sum(row["interest"] for row in rows) == Decimal(interest)
    assert sum(row["balloon"] for row in rows) == Decimal(balloon)


def test_a_short_last_instalment_ends_the_loan():
    """1,000 by 300 a quarter: three of them and 100."""
    rows = records(amortization(1000, 0, 300, "2004-01-01", "2004-04-01", 4, "2009-01-01"))
    assert [row["scheduled_principal"] for row in rows] == [0, 300, 300, 300, 100]
    assert rows[-1]["balloon"] == rows[-1]["closing_balance"] == 0


def test_a_level_loan_by_hand():
    """210 at 10 % a year in two payments of 121: 21 and 100, then 11 and 110."""
    rows = records(level_amortization(210, 0.1, 2, "2004-01-01", "2005-01-01", 1, "2006-01-01"))
    found = [(row["interest"], row["scheduled_principal"], row["total_payment"]) for row in rows]
    assert found == [(0, 0, 0), (21, 100, 121), (11, 110, 121)]
    assert level_payment(210, 0.1, 2, 1) == 121


GOOD = {
    "principal": 1000,
    "rate": 0.05,
    "start": "2004-01-01",
    "first_payment": "2004-02-01",
    "frequency": 12,
    "maturity": "2006-01-01",
}
OWN = {amortization: {"instalment": 10}, level_amortization: {"periods": 24}}
BAD = [
    ("principal", 0, "above 0"),
    ("principal", 0.1 + 0.2, "binary number"),
    ("rate", -0.01, "0 or more"),
    ("rate", 5.5, "0.055"),
    ("start", "2004-02-01", "first_payment: found 2004-02-01, not after the start"),
    ("first_payment", "2003-12-31", "not after the start on 2004-01-01"),
    ("first_payment", "2006-01-02", "maturity: found 2006-01-01, before first_payment"),
    ("frequency", 6, "1, 2, 4 or 12"),
    ("maturity", "2199-12-31", "2,351 payments"),
    ("day_count", "30/360", "ambiguous"),
]
BAD_OWN = [
    (amortization, "instalment", 1001, "found 1,001, 1 more than the principal"),
    (amortization, "instalment", 0, "above 0"),
    (level_amortization, "periods", 0, "1 to 1,200"),
    (level_amortization, "periods", 1.5, "whole number"),
]


@pytest.mark.parametrize("function", OWN)
@pytest.mark.parametrize(("name", "value", "said"), BAD)
def test_a_bad_argument_is_refused_by_its_name(function, name, value, said):
    with pytest.raises(LexpError) as caught:
        function(**{**GOOD, **OWN[function], name: value})
    text = str(caught.value)
    assert said in text and (name in text or "first_payment" in text)


@pytest.mark.parametrize(("function", "name", "value", "said"), BAD_OWN)
def test_what_only_one_of_them_takes_is_refused_too(function, name, value, said):
    with pytest.raises(LexpError) as caught:
        function(**{**GOOD, name: value})
    assert str(caught.value).startswith(f"{name}: found ") and said in str(caught.value)
