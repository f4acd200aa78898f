"""Notes against QuantLib on random bonds, yields put back, odd coupons and calls.

QuantLib compounds with the coupons while several are left and takes simple interest in the
last coupon period, as the street does; both are asked of it here. It has no bond that counts
coupon periods for ACT/360 and ACT/365F as spreadsheets do: these are held to Microsoft's
formula of PRICE, worked out apart in fractions.
"""

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import QuantLib as ql

import lexp_calc
from lexp_calc.errors import LexpError
from lexp_calc.regular_dates import add_months, month_end

BONDS = 700  # of each convention, each settled on five days
SETTLEMENTS = 5
CONVENTIONS = {
    "30/360 US": lambda schedule: ql.Thirty360(ql.Thirty360.USA),
    "30E/360": lambda schedule: ql.Thirty360(ql.Thirty360.European),
    "ACT/ACT ICMA": lambda schedule: ql.ActualActual(ql.ActualActual.ISMA, schedule),
}
PAR_TOLERANCE = 1e-9 * 100
REPRICED = 1e-10 * 100


def ql_date(day):
    return ql.Date(day.day, day.month, day.year)


def py_date(day):
    return date(day.year(), day.month(), day.dayOfMonth())


class RandomBond:
    """A bond of both engines: up to 40 years, any coupon to 20 %, often at month ends."""

    def __init__(self, chance, convention):
        self.frequency = chance.choice((1, 2, 4, 12))
        self.coupon = chance.choice((0.0, round(chance.random() * 0.2, 6), chance.random() * 0.2))
        self.maturity = date(2003, 1, 1) + timedelta(days=chance.randrange(40 * 365))
        if convention == "ACT/ACT ICMA" and chance.random() < 0.3:
            self.maturity = month_end(self.maturity)
        elif convention != "ACT/ACT ICMA":
            # QuantLib's coupon of a period from 31 January to 28 February has 28 days; a
            # note pays equal coupons. Month ends are held to Microsoft's formula below.
            self.maturity = self.maturity.replace(day=min(self.maturity.day, 27))
        months = 12 // self.frequency
        self.periods = chance.choice((1, 2, chance.randrange(3, 40 * self.frequency)))
        at_month_ends = self.maturity == month_end(self.maturity)
        start = add_months(self.maturity, -months * (self.periods + 1))
        schedule = ql.Schedule(
            ql_date(month_end(start) if at_month_ends else start),
            ql_date(self.maturity),
            ql.Period(months, ql.Months),
            ql.NullCalendar(),
            ql.Unadjusted,
            ql.Unadjusted,
            ql.DateGeneration.Backward,
            True,
        )
        self.dates = [py_date(day) for day in schedule]
        self.day_count = CONVENTIONS[convention](schedule)
        self.bond = ql.FixedRateBond(0, 100.0, schedule, [self.coupon], self.day_count)

    def settlements(self, chance):
        """Days in the first whole period, on its start, and in the last one."""
        first, second = self.dates[0], self.dates[1]
        for _ in range(SETTLEMENTS - 2):
            yield first + timedelta(days=chance.randrange((second - first).days))
        yield first
        last, end = self.dates[-2], self.dates[-1]
        yield last + timedelta(days=chance.randrange((end - last).days))

    def clean_price(self, settlement, bond_yield):
        left = sum(day > settlement for day in self.dates)
        compounding = ql.Compounded if left > 1 else ql.Simple
        return ql.BondFunctions.cleanPrice(
            self.bond,
            bond_yield,
            self.day_count,
            compounding,
            self.frequency,
            ql_date(settlement),
        )


def cases(convention, seed):
    chance = random.Random(seed)
    for _ in range(BONDS):
        bond = RandomBond(chance, convention)
        for settlement in bond.settlements(chance):
            bond_yield = chance.choice((0.0, chance.uniform(-0.05, 0.6), chance.uniform(0, 0.15)))
            yield bond, settlement, bond_yield


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_prices_and_yields_are_quantlib_s(convention):
    """3 conventions x 700 bonds x 5 days: 10,500 cases; the yield is put back in each."""
    compared = 0
    for bond, settlement, bond_yield in cases(convention, seed=convention):
        terms = (settlement, bond.maturity, bond.coupon)
        rest = (bond.frequency, convention)
        where = f"{terms} {bond_yield} {rest}"
        try:
            price = lexp_calc.note_price(*terms, bond_yield, *rest)
        except LexpError as problem:
            assert "no interest day before the next coupon" in str(problem), where
            continue
        compared += 1
        assert abs(price - bond.clean_price(settlement, bond_yield)) <= PAR_TOLERANCE, where
        if price <= 0:
            continue
        found = lexp_calc.note_yield(*terms, price, *rest)
        if abs(found) <= 1:
            again = lexp_calc.note_price(*terms, found, *rest)
            assert abs(again - price) <= REPRICED, where
    assert compared > 0.99 * BONDS * SETTLEMENTS


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_durations_and_convexity_are_quantlib_s(convention):
    chance = random.Random(5)
    for bond, settlement, bond_yield in list(cases(convention, seed=7))[::10]:
        if sum(day > settlement for day in bond.dates) < 2 or chance.random() < 0.1:
            continue
        terms = (settlement, bond.maturity, bond.coupon, bond_yield, bond.frequency, convention)
        rate = ql.InterestRate(bond_yield, bond.day_count, ql.Compounded, bond.frequency)
        when = ql_date(settlement)
        for ours, kind in (
            (lexp_calc.note_duration, ql.Duration.Macaulay),
            (lexp_calc.note_modified_duration, ql.Duration.Modified),
        ):
            expected = ql.BondFunctions.duration(bond.bond, rate, kind, when)
            assert ours(*terms) == pytest.approx(expected, rel=1e-9), terms
        expected = ql.BondFunctions.convexity(bond.bond, rate, when)
        assert lexp_calc.note_convexity(*terms) == pytest.approx(expected, rel=1e-9), terms


def price_by_microsoft(settlement, maturity, coupon, bond_yield, frequency, counted):
    """PRICE as its help page gives it: E = basis / frequency; `counted` gives A and DSC."""
    months = 12 // frequency
    count = 1
    at_month_ends = maturity == month_end(maturity)

    def back(number):
        day = add_months(maturity, -months * number)
        return month_end(day) if at_month_ends else day

    while back(count) > settlement:
        count += 1
    accrued, first = map(float, counted(back(count), settlement, back(count - 1), frequency))
    if first <= 0:
        return None
    payment = 100 * coupon / frequency
    if count == 1:
        worth = (100 + payment) / (1 + first * bond_yield / frequency)
    else:
        growth = 1 + bond_yield / frequency
        worth = 100 / growth ** (count - 1 + first)
        worth += sum(payment / growth ** (number + first) for number in range(count))
    return worth - payment * accrued


def on_actual_days(basis):
    """A / E and DSC / E in actual days of a year of 360 or 365."""

    def counted(before, settlement, after, frequency):
        length = Fraction(basis, frequency)
        return (settlement - before).days / length, (after - settlement).days / length

    return counted


def on_thirty_day_months(rule):
    """A / E by QuantLib's 30/360 days, and E - A as Excel has it."""
    counter = ql.Thirty360(rule)

    def counted(before, settlement, after, frequency):
        days = counter.dayCount(ql_date(before), ql_date(settlement))
        accrued = Fraction(days * frequency, 360)
        return accrued, 1 - accrued

    return counted


BY_MICROSOFT = {
    "ACT/360": on_actual_days(360),
    "ACT/365F": on_actual_days(365),
    "30/360 US": on_thirty_day_months(ql.Thirty360.USA),
    "30E/360": on_thirty_day_months(ql.Thirty360.European),
}


@pytest.mark.parametrize("convention", BY_MICROSOFT)
def test_prices_are_those_of_microsoft_s_formula_at_month_ends_too(convention):
    """4 conventions x 1,000 bonds."""
    chance = random.Random(convention)
    for _ in range(1_000):
        frequency = chance.choice((1, 2, 4, 12))
        maturity = date(2010, 1, 1) + timedelta(days=chance.randrange(9_000))
        if chance.random() < 0.4:
            maturity = month_end(maturity)
        settlement = maturity - timedelta(days=chance.randrange(1, 9_000))
        terms = (settlement, maturity, chance.random() * 0.2)
        bond_yield = chance.uniform(-0.02, 0.3)
        expected = price_by_microsoft(*terms, bond_yield, frequency, BY_MICROSOFT[convention])
        if expected is None:
            continue
        price = lexp_calc.note_price(*terms, bond_yield, frequency, convention)
        assert price == pytest.approx(expected, abs=PAR_TOLERANCE, rel=1e-12), terms
        if price > 0:
            found = lexp_calc.note_yield(*terms, price, frequency, convention)
            again = lexp_calc.note_price(*terms, found, frequency, convention)
            assert abs(again - price) <= REPRICED


# ------------------------------------------------------------------ odd coupons


def quantlib_odd(issue, settlement, maturity, first, last, coupon, bond_yield, frequency):
    """A bond of QuantLib with an odd first or last coupon, ACT/ACT ICMA."""
    schedule = ql.Schedule(
        ql_date(issue),
        ql_date(maturity),
        ql.Period(12 // frequency, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward if last is None else ql.DateGeneration.Forward,
        False,
        *((ql_date(first), ql.Date()) if last is None else (ql.Date(), ql_date(last))),
    )
    counter = ql.ActualActual(ql.ActualActual.ISMA, schedule)
    bond = ql.FixedRateBond(0, 100.0, schedule, [coupon], counter)
    return ql.BondFunctions.cleanPrice(
        bond, bond_yield, counter, ql.Compounded, frequency, ql_date(settlement)
    )


def test_short_odd_first_coupons_are_quantlib_s():
    chance = random.Random(11)
    for _ in range(1_000):
        frequency = chance.choice((1, 2, 4))
        months = 12 // frequency
        maturity = date(2020, 1, 1) + timedelta(days=chance.randrange(5_000))
        maturity = maturity.replace(day=min(maturity.day, 27))
        first = add_months(maturity, -months * chance.randrange(1, 40))
        before = add_months(first, -months)
        issue = before + timedelta(days=chance.randrange(1, (first - before).days - 1))
        settlement = issue + timedelta(days=chance.randrange(1, (first - issue).days))
        coupon, bond_yield = chance.random() * 0.15, chance.uniform(0, 0.2)
        expected = quantlib_odd(
            issue, settlement, maturity, first, None, coupon, bond_yield, frequency
        )
        terms = (settlement, maturity, issue, first, coupon)
        rest = (frequency, "ACT/ACT ICMA")
        found = lexp_calc.odd_first_price(*terms, bond_yield, *rest)
        assert abs(found - expected) <= PAR_TOLERANCE, (terms, bond_yield)
        again = lexp_calc.odd_first_yield(*terms, found, *rest)
        assert again == pytest.approx(bond_yield, abs=1e-9)


def quasi_periods(anchor, frequency, start, end):
    """Notional periods from one day to another, stepped from a coupon date, in actual days."""
    months, total = 12 // frequency, Fraction(0)
    number = -400
    while add_months(anchor, months * (number + 1)) <= start:
        number += 1
    while (low := add_months(anchor, months * number)) < end:
        high = add_months(anchor, months * (number + 1))
        inside = (min(high, end) - max(low, start)).days
        total += Fraction(inside, (high - low).days)
        number += 1
    return total


def test_long_odd_first_coupons_are_those_of_microsoft_s_formula():
    """ODDFPRICE with a long first coupon, worked out apart by notional periods."""
    chance = random.Random(12)
    for _ in range(600):
        frequency = chance.choice((1, 2, 4))
        months = 12 // frequency
        maturity = date(2020, 1, 1) + timedelta(days=chance.randrange(5_000))
        maturity = maturity.replace(day=min(maturity.day, 27))
        count = chance.randrange(1, 40)
        first = add_months(maturity, -months * count)
        issue = first - timedelta(days=chance.randrange(400, 1_200))
        settlement = issue + timedelta(days=chance.randrange(1, (first - issue).days))
        coupon, bond_yield = chance.random() * 0.15, chance.uniform(0, 0.2)
        growth = 1 + bond_yield / frequency
        left = float(quasi_periods(first, frequency, settlement, first))
        payment = 100 * coupon / frequency
        worth = payment * float(quasi_periods(first, frequency, issue, first)) / growth**left
        worth += sum(payment / growth ** (left + number) for number in range(1, count + 1))
        worth += 100 / growth ** (left + count)
        expected = worth - payment * float(quasi_periods(first, frequency, issue, settlement))
        terms = (settlement, maturity, issue, first, coupon, bond_yield, frequency)
        found = lexp_calc.odd_first_price(*terms, "ACT/ACT ICMA")
        assert found == pytest.approx(expected, abs=PAR_TOLERANCE), terms


def test_odd_last_coupons_are_those_of_microsoft_s_formula():
    """ODDLPRICE, settled after the last regular coupon; and before it, by notional periods."""
    chance = random.Random(13)
    for _ in range(1_200):
        frequency = chance.choice((1, 2, 4))
        months = 12 // frequency
        last = date(2015, 1, 1) + timedelta(days=chance.randrange(5_000))
        last = last.replace(day=min(last.day, 27))
        maturity = last + timedelta(days=chance.randrange(2, 500))
        before = chance.random() < 0.5
        settlement = last + timedelta(days=chance.randrange((maturity - last).days))
        if before:
            settlement = last - timedelta(days=chance.randrange(1, 3_000))
        coupon, bond_yield = chance.random() * 0.15, chance.uniform(0, 0.2)
        payment = 100 * coupon / frequency
        odd = payment * float(quasi_periods(last, frequency, last, maturity))
        if before:
            growth = 1 + bond_yield / frequency
            number = 0
            while add_months(last, -months * number) > settlement:
                number += 1
            left = [
                float(quasi_periods(last, frequency, settlement, add_months(last, -months * k)))
                for k in range(number)
            ]
            end = left[0] + float(quasi_periods(last, frequency, last, maturity))
            worth = sum(payment / growth**time for time in left) + (100 + odd) / growth**end
            start = add_months(last, -months * number)
            accrued = payment * float(quasi_periods(last, frequency, start, settlement))
        else:
            time = float(quasi_periods(last, frequency, settlement, maturity))
            worth = (100 + odd) / (1 + time * bond_yield / frequency)
            accrued = payment * float(quasi_periods(last, frequency, last, settlement))
        terms = (settlement, maturity, last, coupon)
        rest = (frequency, "ACT/ACT ICMA")
        found = lexp_calc.odd_last_price(*terms, bond_yield, *rest)
        assert found == pytest.approx(worth - accrued, abs=PAR_TOLERANCE), terms
        again = lexp_calc.odd_last_yield(*terms, found, *rest)
        assert again == pytest.approx(bond_yield, abs=1e-8)


# ------------------------------------------------------------------ calls and spreads

NO_COUPON = ("2020-01-15", "2030-01-15", 0)
NOTE = ("2020-01-15", "2030-01-15", 0.08)
ISSUED, SETTLED, FIRST = "2020-01-15", "2020-03-15", "2020-07-15"
ODD = (SETTLED, "2030-01-15", ISSUED)
CALLS = [["2023-01-15", 104], ["2024-07-20", 102], ["2025-01-15", 100]]


@pytest.mark.parametrize("price", [60, 98, 100, 104, 140])
def test_the_worst_yield_is_the_lowest_and_its_date_is_said(price):
    table = lexp_calc.call_yields(*NOTE, price, 2, CALLS)
    yields = [row[2] for row in table.rows]
    worst = lexp_calc.yield_to_worst(*NOTE, price, 2, CALLS)
    assert worst == min(yields) and len(yields) == 4
    assert [row[3] for row in table.rows].count("worst") == 1
    assert lexp_calc.yield_to_par_call(*NOTE, price, 2, CALLS) == yields[2]
    maturity = lexp_calc.note_yield(*NOTE, price, 2)
    assert yields[3] == pytest.approx(maturity, abs=1e-12)


def test_a_call_between_coupons_pays_what_has_accrued():
    """8 % semiannual called at 102 on 20 July 2024, 185 days of 180 into the coupon of 15 July."""
    found = lexp_calc.yield_to_call(*NOTE, 104, 2, "2024-07-20", 102)
    growth = 1 + found / 2
    worth = sum(4 / growth**number for number in range(1, 10))
    worth += (102 + 4 * 5 / 180) / growth ** (9 + 5 / 180)
    assert worth == pytest.approx(104, abs=1e-9)


def test_past_calls_count_no_more():
    late = ("2024-12-01", "2030-01-15", 0.08)
    assert len(lexp_calc.call_yields(*late, 104, 2, CALLS).rows) == 2


def test_a_make_whole_is_never_below_par_and_a_tender_may_be():
    terms = ("2020-01-15", "2030-01-15", 0.05, 0.07, 0.005, 2)
    assert lexp_calc.make_whole_price(*terms) == 100
    assert lexp_calc.fixed_spread_price(*terms) == pytest.approx(
        lexp_calc.note_price("2020-01-15", "2030-01-15", 0.05, 0.075, 2), abs=1e-10
    )
    dear = ("2020-01-15", "2025-01-15", 0.09, 0.02, 0.005, 2, 104.5)
    assert lexp_calc.make_whole_price(*dear) == lexp_calc.fixed_spread_price(*dear) > 104.5


# ------------------------------------------------------------------ bad and far-off calls

BAD = [
    ("note_price", ("2030-01-15", "2030-01-15", 0.08, 0.08, 2), "maturity: found 2030-01-15"),
    ("note_price", ("2031-01-15", "2030-01-15", 0.08, 0.08, 2), "maturity: found 2030-01-15"),
    ("note_price", ("2020-01-15", "2030-01-15", 0.08, -1, 1), "yield: found -1"),
    ("note_price", ("1950-01-15", "2199-01-15", 0.08, 0.08, 12), "at most 1,200 coupons"),
    ("note_price", ("2006-08-30", "2006-08-31", 0.08, 0.08, 2), "settlement: found 2006-08-30"),
    ("note_yield", (*NOTE, 0, 2), "price: found 0"),
    ("note_yield", (*NO_COUPON, 1e-300, 2), "price: found 1e-300"),  # (1e302)^(1/20): 1e15
    ("note_yield", (*NOTE[:2], Decimal("1e-400"), 5e-324, 2), "price: found 5e-324"),
    ("odd_first_price", (ISSUED, "2030-01-15", ISSUED, FIRST, 0, 0, 2), "settlement: found"),
    ("odd_first_price", (*ODD, "2020-07-16", 0.05, 0.05, 2), "first_coupon: found"),
    ("odd_first_price", (SETTLED, "2020-06-15", ISSUED, FIRST, 0, 0, 2), "maturity: found"),
    ("odd_last_price", (SETTLED, "2020-06-15", "2020-06-15", 0, 0, 2), "maturity: found"),
    ("yield_to_call", (*NOTE, 104, 2, "2031-01-15"), "call_date: found"),
    ("yield_to_call", (*NOTE, 104, 2, "2020-01-15"), "call_date: found"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 102], ["2023-01-15", 104]]), "calls"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 102], ["2024-01-15", 104]]), "calls"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 0]]), "calls"),
    ("yield_to_worst", (*NOTE, 104, 2, [["soon", 102]]), "calls"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 102]] * 1201), "at most 1,200 calls"),
    ("call_yields", (*NO_COUPON, 90, 2, [["2024-01-15", Decimal("1e-400")]]), "price: found 90"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15"]]), "calls: found 1 rows of 1 cells"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2031-01-15", 102]]), "calls"),
    ("yield_to_par_call", (*NOTE, 104, 2, [["2024-01-15", 102]]), "calls: found no call at 100"),
    ("make_whole_price", ("2030-01-15", "2025-01-15", 0.05, 0.05, 0.005, 2), "redemption_date"),
    ("redemption", (100, 0.05, "2020-01-15", "2020-03-15", 100, 50, 10), "principal: found 100"),
    ("redemption", (100, 0.05, "2020-01-15", "2020-03-15", 100, 500), "warrants: found nothing"),
    ("redemption_amount", (100, 0.05, "2020-01-15", "2020-01-14"), "redemption_date: found"),
    ("accrued", (100, 0.05, "2020-01-15", "2020-01-14"), "to_date: found"),
    ("accrued", (100, 0.05, "2020-01-15", "2020-02-14", "ACT/ACT ICMA"), "day_count: found"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "said"), BAD)
def test_what_cannot_be_is_refused_by_its_argument(name, arguments, said):
    with pytest.raises(LexpError) as caught:
        getattr(lexp_calc, name)(*arguments)
    assert said in str(caught.value)


def test_yields_of_far_off_prices_reprice():
    for price in (0.01, 1, 500, 10_000):
        for coupon in (0, 0.08, 1):
            for maturity in ("2020-07-15", "2021-01-15", "2060-01-15"):
                found = lexp_calc.note_yield("2020-01-15", maturity, coupon, price, 2)
                flows = lexp_calc.note_values.note_flows(
                    date(2020, 1, 15), date.fromisoformat(maturity), coupon,
                    lexp_calc.arguments.frequency("frequency", 2),
                    lexp_calc.day_count.day_count("30/360 US"),
                )  # fmt: skip
                again = lexp_calc.bond_yields.clean_price(flows, found)
                assert again == pytest.approx(price, rel=1e-10)


def test_no_call_however_wild_ends_in_anything_but_a_number_or_a_refusal():
    chance = random.Random(17)
    days = [date(1900, 3, 1), date(2199, 12, 31), date(2024, 2, 29), date(2023, 8, 31)]

    def day():
        if chance.random() < 0.2:
            return chance.choice(days)
        return date(2020, 1, 1) + timedelta(days=chance.randrange(-15_000, 15_000))

    numbers = (0, 1e-300, 1e-9, 0.5, 1, 100, 1e12, -1, -0.999999, 1.7e3)
    for _ in range(3_000):
        name = chance.choice(("note_price", "note_yield", "note_duration", "note_convexity"))
        arguments = (day(), day(), *chance.choices(numbers, k=2), chance.choice((1, 2, 4, 12)))
        convention = chance.choice(("30/360 US", "ACT/ACT ICMA", "ACT/360", "ACT/ACT ISDA"))
        try:
            found = getattr(lexp_calc, name)(*arguments, convention)
        except LexpError:
            continue
        assert isinstance(found, float), (name, arguments)
