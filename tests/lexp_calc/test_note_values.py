"""Prices, yields, durations and convexity of notes on random bonds, against others."""

import random
from datetime import date, timedelta

import pytest

import lexp_calc
from lexp_calc.errors import LexpError
from lexp_calc.regular_dates import month_end
from tests.lexp_calc.bond_oracles import (
    CONVENTIONS,
    QuantLibBond,
    clamped,
    price_by_microsoft,
    regular_schedule,
)

BONDS = 700  # of each convention, each settled on five days
MEASURED = 350  # of each convention
SETTLEMENTS = 5
PAR_TOLERANCE = 1e-9 * 100
REPRICED = 1e-10 * 100


def random_bond(chance, convention):
    """Terms and QuantLib's bond: up to 40 years, coupons of 0 to 20 %, often at month ends."""
    frequency = chance.choice((1, 2, 4, 12))
    coupon = chance.choice((0.0, round(chance.random() * 0.2, 6), chance.random() * 0.2))
    maturity = date(2003, 1, 1) + timedelta(days=chance.randrange(40 * 365))
    if convention != "ACT/ACT ICMA":
        maturity = clamped(maturity)  # month ends are held to Microsoft's formula
    elif chance.random() < 0.3:
        maturity = month_end(maturity)
    periods = chance.choice((2, 3, chance.randrange(4, 40 * frequency + 1)))
    schedule = regular_schedule(maturity, frequency, periods)
    return (maturity, coupon), QuantLibBond(schedule, coupon, frequency, convention)


def settlements(chance, dates):
    """Days in the first whole period, on its start, and in the last one."""
    first, second = dates[0], dates[1]
    for _ in range(SETTLEMENTS - 2):
        yield first + timedelta(days=chance.randrange((second - first).days))
    yield first
    last, end = dates[-2], dates[-1]
    yield last + timedelta(days=chance.randrange((end - last).days))


def random_yield(chance):
    return chance.choice((0.0, chance.uniform(-0.05, 0.6), chance.uniform(0, 0.15)))


def reprices(terms, price, rest):
    """Whether the yield of a price gives it again."""
    if price <= 0:
        return True
    found = lexp_calc.note_yield(*terms, price, *rest)
    return abs(lexp_calc.note_price(*terms, found, *rest) - price) <= REPRICED


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_prices_are_quantlib_s_and_yields_reprice(convention):
    """3 conventions x 700 bonds x 5 days: 10,500 cases."""
    chance = random.Random(convention)
    for _ in range(BONDS):
        (maturity, coupon), bond = random_bond(chance, convention)
        for settlement in settlements(chance, bond.dates):
            bond_yield, rest = random_yield(chance), (bond.frequency, convention)
            terms = (settlement, maturity, coupon)
            price = lexp_calc.note_price(*terms, bond_yield, *rest)
            expected = bond.clean_price(settlement, bond_yield)
            assert abs(price - expected) <= PAR_TOLERANCE, (terms, bond_yield, rest)
            assert reprices(terms, price, rest), (terms, bond_yield, rest)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_durations_and_convexity_are_quantlib_s(convention):
    """3 conventions x 350 bonds; compounded in the last coupon period too, as DURATION."""
    chance = random.Random(convention)
    for _ in range(MEASURED):
        (maturity, coupon), bond = random_bond(chance, convention)
        settlement = chance.choice(list(settlements(chance, bond.dates)))
        bond_yield = random_yield(chance)
        terms = (settlement, maturity, coupon, bond_yield, bond.frequency, convention)
        found = (
            lexp_calc.note_duration(*terms),
            lexp_calc.note_modified_duration(*terms),
            lexp_calc.note_convexity(*terms),
        )
        expected = bond.measures(settlement, bond_yield)
        assert found == pytest.approx(expected, rel=1e-9), terms


@pytest.mark.parametrize("convention", ["ACT/360", "ACT/365F", "30/360 US", "30E/360"])
def test_prices_are_those_of_microsoft_s_formula_at_month_ends_too(convention):
    """4 conventions x 1,000 bonds, 40 of 100 at month ends."""
    chance = random.Random(convention)
    for _ in range(1_000):
        frequency = chance.choice((1, 2, 4, 12))
        maturity = date(2010, 1, 1) + timedelta(days=chance.randrange(9_000))
        if chance.random() < 0.4:
            maturity = month_end(maturity)
        settlement = maturity - timedelta(days=chance.randrange(1, 40 * 365))
        terms, rest = (settlement, maturity, chance.random() * 0.2), (frequency, convention)
        bond_yield = random_yield(chance)
        expected = price_by_microsoft(*terms, bond_yield, *rest)
        if expected is None:
            with pytest.raises(LexpError, match="^settlement: .* more accrued than"):
                lexp_calc.note_price(*terms, bond_yield, *rest)
            continue
        price = lexp_calc.note_price(*terms, bond_yield, *rest)
        assert abs(price - expected) <= PAR_TOLERANCE, (terms, bond_yield, rest)
        assert reprices(terms, price, rest), (terms, bond_yield, rest)


def test_accrued_interest_and_the_clean_price_are_the_dirty_price():
    """And accrued interest is QuantLib's."""
    chance = random.Random(3)
    for convention in CONVENTIONS:
        for _ in range(100):
            (maturity, coupon), bond = random_bond(chance, convention)
            settlement = chance.choice(list(settlements(chance, bond.dates)))
            terms, rest = (settlement, maturity, coupon), (bond.frequency, convention)
            clean = lexp_calc.note_price(*terms, 0.07, *rest)
            accrued = lexp_calc.note_accrued(*terms, *rest)
            dirty = lexp_calc.note_dirty_price(*terms, 0.07, *rest)
            assert dirty - clean == pytest.approx(accrued, abs=1e-11)
            assert accrued == pytest.approx(bond.accrued(settlement), abs=1e-11)
