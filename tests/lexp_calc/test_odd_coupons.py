"""Notes with an odd first or last coupon, against QuantLib and Microsoft's formulas."""

import random
from datetime import date, timedelta

import pytest

import lexp_calc
from lexp_calc.errors import LexpError
from lexp_calc.regular_dates import add_months, month_end
from tests.lexp_calc.bond_oracles import (
    CONVENTIONS,
    QuantLibBond,
    clamped,
    day_after,
    odd_first_by_microsoft,
    odd_last_by_microsoft,
    odd_schedule,
)

PAR_TOLERANCE = 1e-9 * 100
EVERY_CONVENTION = (*CONVENTIONS, "ACT/360", "ACT/365F")


def random_rates(chance):
    """A coupon and a yield."""
    return chance.choice((0.0, chance.random() * 0.2)), chance.uniform(-0.05, 0.6)


def random_first(chance, frequency, periods, at_month_ends=False):
    """Maturity, first coupon, issue (up to so many periods before it) and settlement."""
    maturity = date(2020, 1, 1) + timedelta(days=chance.randrange(5_000))
    maturity = month_end(maturity) if at_month_ends else clamped(maturity)
    months = 12 // frequency
    first = add_months(maturity, -months * chance.randrange(1, 30 * frequency))
    if at_month_ends:
        first = month_end(first)
    issue = first - timedelta(days=chance.randrange(3, int(365 * periods / frequency)))
    return maturity, first, issue, day_after(chance, issue, (first - issue).days)


def random_last(chance, frequency, periods, at_month_ends=False):
    """Last coupon, maturity (up to so many periods later) and a day before or after it."""
    last = date(2015, 1, 1) + timedelta(days=chance.randrange(5_000))
    last = month_end(last) if at_month_ends else clamped(last)
    maturity = last + timedelta(days=chance.randrange(3, int(365 * periods / frequency)))
    settlement = last + timedelta(days=chance.randrange((maturity - last).days))
    if chance.random() < 0.5:
        settlement = last - timedelta(days=chance.randrange(1, 30 * 365))
    return last, maturity, settlement


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_first_coupons_are_quantlib_s(convention):
    """3 conventions x 400 notes; those counted in actual days with a short first coupon."""
    chance = random.Random(convention)
    longest = 0.9 if convention == "ACT/ACT ICMA" else 3
    for _ in range(400):
        frequency = chance.choice((1, 2, 4, 12))
        maturity, first, issue, settlement = random_first(chance, frequency, longest)
        issue, settlement = clamped(issue), clamped(settlement)
        if not issue < settlement:
            settlement = issue + timedelta(days=1)
        coupon, bond_yield = random_rates(chance)
        schedule = odd_schedule(issue, maturity, frequency, first=first)
        bond = QuantLibBond(schedule, coupon, frequency, convention)
        terms = (settlement, maturity, issue, first, coupon)
        found = lexp_calc.odd_first_price(*terms, bond_yield, frequency, convention)
        expected = bond.clean_price(settlement, bond_yield)
        assert abs(found - expected) <= PAR_TOLERANCE, (terms, bond_yield, frequency)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_odd_last_coupons_are_quantlib_s(convention):
    """3 conventions x 400 notes; those counted in actual days with a short last coupon."""
    chance = random.Random(convention)
    longest = 0.9 if convention == "ACT/ACT ICMA" else 3
    for _ in range(400):
        frequency = chance.choice((1, 2, 4, 12))
        last, maturity, settlement = random_last(chance, frequency, longest)
        maturity, settlement = clamped(maturity), clamped(settlement)
        if not last < maturity or settlement >= maturity:
            continue
        coupon, bond_yield = random_rates(chance)
        start = add_months(last, -12 // frequency * (31 * frequency))
        schedule = odd_schedule(start, maturity, frequency, last=last)
        bond = QuantLibBond(schedule, coupon, frequency, convention)
        terms = (settlement, maturity, last, coupon)
        found = lexp_calc.odd_last_price(*terms, bond_yield, frequency, convention)
        expected = bond.clean_price(settlement, bond_yield)
        assert abs(found - expected) <= PAR_TOLERANCE, (terms, bond_yield, frequency)


@pytest.mark.parametrize("convention", EVERY_CONVENTION)
def test_first_coupons_are_those_of_microsoft_s_formula(convention):
    """ODDFPRICE in notional periods: 5 conventions x 400 notes, short and long, month ends."""
    chance = random.Random(convention)
    for number in range(400):
        frequency = chance.choice((1, 2, 4, 12))
        days = random_first(chance, frequency, 4, at_month_ends=number % 4 == 0)
        maturity, first, issue, settlement = days
        coupon, bond_yield = random_rates(chance)
        terms = (settlement, maturity, issue, first, coupon)
        try:
            found = lexp_calc.odd_first_price(*terms, bond_yield, frequency, convention)
        except LexpError as problem:
            assert convention == "30E/360" and "more accrued than" in str(problem), terms
            continue
        expected = odd_first_by_microsoft(*terms, bond_yield, frequency, convention)
        assert abs(found - expected) <= PAR_TOLERANCE, (terms, bond_yield, frequency)
        if found > 0:
            again = lexp_calc.odd_first_yield(*terms, found, frequency, convention)
            assert again == pytest.approx(bond_yield, abs=1e-9), (terms, frequency)


@pytest.mark.parametrize("convention", EVERY_CONVENTION)
def test_last_coupons_are_those_of_microsoft_s_formula(convention):
    """ODDLPRICE in notional periods: 5 conventions x 400 notes, settled before and after."""
    chance = random.Random(convention)
    counted = "ACT/ACT ICMA" if convention.startswith("ACT") else convention
    for number in range(400):
        frequency = chance.choice((1, 2, 4, 12))
        days = random_last(chance, frequency, 4, at_month_ends=number % 4 == 0)
        last, maturity, settlement = days
        coupon, bond_yield = random_rates(chance)
        terms = (settlement, maturity, last, coupon)
        try:
            found = lexp_calc.odd_last_price(*terms, bond_yield, frequency, convention)
        except LexpError as problem:
            assert convention == "30E/360" and "more accrued than" in str(problem), terms
            continue
        expected = odd_last_by_microsoft(*terms, bond_yield, frequency, counted)
        assert abs(found - expected) <= PAR_TOLERANCE, (terms, bond_yield, frequency)
        left = (maturity - settlement).days
        if found > 0 and left > 1:
            again = lexp_calc.odd_last_yield(*terms, found, frequency, convention)
            assert again == pytest.approx(bond_yield, abs=1e-9), (terms, frequency)


def test_a_regular_coupon_called_odd_is_priced_as_any_other():
    """A first or last coupon of one whole period is that of PRICE."""
    for convention in EVERY_CONVENTION[:3]:
        rest = (0.0575, 0.065, 2, convention)
        regular = lexp_calc.note_price("2008-02-15", "2017-11-15", *rest)
        days = ("2008-02-15", "2017-11-15", "2007-11-15", "2008-05-15")
        assert lexp_calc.odd_first_price(*days, *rest) == pytest.approx(regular, abs=1e-11)
        days = ("2008-02-15", "2017-11-15", "2017-05-15")
        assert lexp_calc.odd_last_price(*days, *rest) == pytest.approx(regular, abs=1e-11)
