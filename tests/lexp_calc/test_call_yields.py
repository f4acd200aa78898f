"""Yields to calls, prices at a spread over Treasuries, redemptions."""

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

import lexp_calc
from lexp_calc.arguments import frequency as read_frequency
from lexp_calc.regular_dates import add_months
from lexp_calc.spread_prices import bond_on_thirty_day_months, price_to
from tests.lexp_calc.bond_oracles import (
    CONVENTIONS,
    CouponDates,
    QuantLibBond,
    clamped,
    regular_schedule,
    worth,
)

PAR_TOLERANCE = 1e-9 * 100
REPRICED = 1e-10 * 100
NOTE = ("2020-01-15", "2030-01-15", 0.08)
CALLS = [["2023-01-15", 104], ["2024-07-20", 102], ["2025-01-15", 100]]


def random_note(chance):
    """Settlement, maturity, coupon, price, frequency of a note with coupons left.

    Settled away from month ends, where QuantLib counts days to the next coupon otherwise.
    """
    frequency = chance.choice((1, 2, 4, 12))
    maturity = clamped(date(2020, 1, 1) + timedelta(days=chance.randrange(9_000)))
    settlement = clamped(maturity - timedelta(days=chance.randrange(1_200, 30 * 365)))
    coupon = Decimal(chance.randrange(0, 2_000)).scaleb(-4)
    return settlement, maturity, coupon, round(chance.uniform(60, 140), 4), frequency


def random_calls(chance, settlement, maturity):
    """Calls in order, some before settlement."""
    first, last = settlement - timedelta(days=400), maturity
    span = (last - first).days
    places = sorted(chance.sample(range(1, span), chance.randrange(1, 7)))
    return [[first + timedelta(days=place), round(chance.uniform(95, 110), 3)] for place in places]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_call_on_a_coupon_date_is_quantlib_s(convention):
    """3 conventions x 400: QuantLib's price at our yield is the price that was asked for."""
    chance = random.Random(convention)
    for _ in range(400):
        settlement, maturity, coupon, price, frequency = random_note(chance)
        months = 12 // frequency
        count = chance.randrange(0, 4 * frequency)
        call = add_months(maturity, -months * count)
        if call <= settlement:
            continue
        called_at = round(chance.uniform(95, 110), 3)
        terms = (settlement, maturity, coupon, price, frequency, call, called_at, convention)
        found = lexp_calc.yield_to_call(*terms)
        schedule = regular_schedule(call, frequency, 31 * frequency)
        bond = QuantLibBond(schedule, float(coupon), frequency, convention)
        again = bond.clean_price(settlement, found, called_at)
        assert abs(again - price) <= PAR_TOLERANCE, terms


def price_if_called(settlement, maturity, coupon, frequency, convention, call, bond_yield):
    """What the payments up to a call are worth, part of a coupon on a day between two."""
    dates = CouponDates(maturity, frequency, convention)
    payment, (day, called_at) = 100 * Fraction(coupon) / frequency, call
    start, end = dates.before(settlement), dates.before(day)
    left, part = dates.left(settlement), dates.accrued(day)
    flows = [(payment, left + number) for number in range(end - start)]
    if part or not flows:
        since = dates.accrued(settlement) if start == end else 0
        time = part - since if start == end else left + end - start - 1 + part
        flows.append((payment * part, time))
    amount, time = flows[-1]
    flows[-1] = (amount + Fraction(called_at), time)
    accrued = payment * dates.accrued(settlement)
    return worth(flows, bond_yield, frequency) - float(accrued)


@pytest.mark.parametrize("convention", [*CONVENTIONS, "ACT/360", "ACT/365F"])
def test_every_yield_gives_its_price_again_and_the_worst_is_the_lowest(convention):
    """5 conventions x 200 notes with up to six calls on any day."""
    chance = random.Random(convention)
    for _ in range(200):
        settlement, maturity, coupon, price, frequency = random_note(chance)
        calls = random_calls(chance, settlement, maturity)
        terms = (settlement, maturity, coupon, price, frequency, calls, convention)
        rows = lexp_calc.call_yields(*terms).rows
        ahead = [(day, paid) for day, paid in calls if day > settlement]
        assert [row[:2] for row in rows] == [*ahead, (maturity, 100.0)]
        for day, paid, found, _ in rows:
            rest = (settlement, maturity, coupon, frequency, convention)
            again = price_if_called(*rest, (day, paid), found)
            assert abs(again - price) <= REPRICED * max(1, abs(found)), (terms, day)
        worst = min(row[2] for row in rows)
        assert lexp_calc.yield_to_worst(*terms) == worst
        assert {row[2] for row in rows if row[3] == "worst"} == {worst}
        to_maturity = lexp_calc.note_yield(*terms[:5], convention)
        assert rows[-1][2] == to_maturity


@pytest.mark.parametrize("price", [60, 98, 100, 104, 140])
def test_the_par_call_is_the_first_at_100_and_one_worst_is_marked(price):
    table = lexp_calc.call_yields(*NOTE, price, 2, CALLS)
    yields = [row[2] for row in table.rows]
    assert [row[3] for row in table.rows].count("worst") == 1
    assert lexp_calc.yield_to_par_call(*NOTE, price, 2, CALLS) == yields[2]
    one = lexp_calc.yield_to_call(*NOTE, price, 2, *CALLS[1])
    assert one == yields[1]


def test_at_par_every_call_at_par_yields_the_coupon():
    calls = [["2023-01-15", 100], ["2025-01-15", 100]]
    for row in lexp_calc.call_yields(*NOTE, 100, 2, calls).rows:
        assert row[2] == pytest.approx(0.08, abs=1e-12)


def test_a_call_between_coupons_pays_what_has_accrued():
    """8 % semiannual called at 102 on 20 July 2024, 5 days of 180 into the coupon of 15 July."""
    found = lexp_calc.yield_to_call(*NOTE, 104, 2, "2024-07-20", 102)
    growth = 1 + found / 2
    total = sum(4 / growth**number for number in range(1, 10))
    total += (102 + 4 * 5 / 180) / growth ** (9 + 5 / 180)
    assert total == pytest.approx(104, abs=1e-9)


def test_past_calls_count_no_more():
    late = ("2024-12-01", "2030-01-15", 0.08)
    assert len(lexp_calc.call_yields(*late, 104, 2, CALLS).rows) == 2


# ------------------------------------------------------------------ Treasury yield and spread


def test_a_make_whole_price_is_quantlib_s_and_at_least_100():
    """500 notes, redeemed at a premium at the first call."""
    chance = random.Random(19)
    for _ in range(500):
        settlement, until, coupon, _, frequency = random_note(chance)
        treasury = Decimal(chance.randrange(-100, 1_500)).scaleb(-4)
        spread = Decimal(chance.randrange(0, 100)).scaleb(-4)
        called_at = round(chance.uniform(100, 108), 3)
        terms = (settlement, until, coupon, treasury, spread, frequency, called_at)
        schedule = regular_schedule(until, frequency, 31 * frequency)
        bond = QuantLibBond(schedule, float(coupon), frequency, "30/360 US")
        expected = bond.clean_price(settlement, float(treasury + spread), called_at)
        assert abs(lexp_calc.fixed_spread_price(*terms) - expected) <= PAR_TOLERANCE, terms
        made_whole = lexp_calc.make_whole_price(*terms)
        assert abs(made_whole - max(expected, 100)) <= PAR_TOLERANCE, terms
        assert made_whole >= 100


def test_a_make_whole_amount_hangs_on_a_price_exact_to_thirty_digits():
    """A hundred years of monthly coupons, settled on a coupon date, in fractions."""
    bond = bond_on_thirty_day_months(
        date(2120, 2, 1), Decimal("0.0775"), read_frequency("frequency", 12)
    )
    growth = 1 + Fraction("0.0333") / 12
    payment = 100 * Fraction("0.0775") / 12
    expected = sum(payment / growth**number for number in range(1, 1_201))
    expected += 102 / growth**1_200
    found = price_to(bond, date(2020, 2, 1), Decimal("0.0333"), Decimal(102))
    assert abs(Fraction(found) - expected) < Fraction(1, 10**30)


# ------------------------------------------------------------------ redemptions


def test_a_redemption_adds_up_to_the_cent():
    """500 redemptions: 30/360 days by hand, each amount rounded once, half away from zero."""
    chance = random.Random(23)
    cent = Decimal("0.01")
    for _ in range(500):
        principal = Decimal(chance.randrange(1, 10**10)).scaleb(-2)
        coupon = Decimal(chance.randrange(0, 2_000)).scaleb(-4)
        price = Decimal(chance.randrange(90_000, 112_000)).scaleb(-3)
        paid = clamped(date(2004, 1, 1) + timedelta(days=chance.randrange(2_000)))
        day = clamped(paid + timedelta(days=chance.randrange(400)))
        if day < paid:
            continue
        days = 360 * (day.year - paid.year) + 30 * (day.month - paid.month) + day.day - paid.day
        interest = (principal * coupon * days / 360).quantize(cent, "ROUND_HALF_UP")
        premium = (principal * (price - 100) / 100).quantize(cent, "ROUND_HALF_UP")
        rows = dict(lexp_calc.redemption(principal, coupon, paid, day, price).rows)
        assert rows == {
            "principal": principal,
            "premium": premium,
            "accrued interest": interest,
            "total": principal + premium + interest,
        }
        assert lexp_calc.redemption_amount(principal, coupon, paid, day) == principal + interest
        assert lexp_calc.accrued(principal, coupon, paid, day) == interest


def test_a_redemption_retires_warrants_pro_rata_and_leaves_the_rest():
    """200 redemptions in steps: notes and warrants left add up with those retired."""
    chance = random.Random(29)
    for _ in range(200):
        notes, warrants = chance.randrange(1_000, 10**8), chance.randrange(1, 10**7)
        redeemed = chance.randrange(1, notes + 1)
        days = ("2004-02-01", "2004-03-15")
        rows = dict(lexp_calc.redemption(redeemed, 0.12, *days, 100, notes, warrants).rows)
        exact = Fraction(redeemed * warrants, notes)
        assert abs(rows["warrants retired"] - exact) <= Fraction(1, 2)
        assert rows["warrants left"] == warrants - rows["warrants retired"]
        assert rows["notes left"] == notes - redeemed
        later = lexp_calc.redemption(
            redeemed, 0.12, "2005-08-01", "2005-08-02", 100, notes, warrants
        )
        assert dict(later.rows)["warrants retired"] == 0
