"""XIRR of any flows: put back, nearest zero, against oracles that know nothing of the solver."""

import math
import random
from datetime import date, timedelta

import numpy
import pytest
import pyxirr
import QuantLib

from lexp_calc.errors import LexpError
from lexp_calc.internal_rates import average_life, rate_of, xirr, xnpv

CASES = 15_000
PUT_BACK = 1e-10  # of the sum of absolute flows
RESOLUTION = 2.0**-53  # of a float near -1: what a rate near -100 % cannot say more exactly
FIRST = date(2000, 1, 1)
SEED = 20031218


def left_over(rate, amounts, dates):
    """The value at the rate over the sum of absolute flows, where discounting makes none grow."""
    base = min(dates) if rate >= 0 else max(dates)
    times = numpy.array([(day - base).days for day in dates], dtype=numpy.longdouble) / 365
    worth = numpy.array(amounts, dtype=numpy.longdouble) * (1 + numpy.longdouble(rate)) ** -times
    return abs(float(worth.sum())) / sum(map(abs, amounts))


def drawn(rng):
    """Flows of many shapes: loans, projects, random signs, short and 60 years, tiny and huge."""
    count = rng.choice((2, 3, 5, 12, 40, 120))
    span = rng.choice((30, 365, 3650, 21_900))
    days = sorted(rng.sample(range(span + count), count))
    shape = rng.randrange(5)
    size = 10 ** rng.uniform(0, 8)
    amounts = [round(rng.uniform(0.01, 1) * size, 2) or 0.01 for _ in days]
    if shape == 0:
        amounts[0] = -round(sum(amounts) * rng.uniform(0.2, 1.5), 2) or -1.0
    elif shape == 1:
        amounts[0], amounts[-1] = -amounts[0], -amounts[-1] * rng.choice((1, 50))
    elif shape == 2:
        amounts = [amount * rng.choice((-1, 1)) for amount in amounts]
    elif shape == 3:
        amounts = [amount * (-1) ** number for number, amount in enumerate(amounts)]
    else:
        amounts[-1] = -round(sum(amounts) * 10 ** rng.uniform(-4, 3), 2) or -1.0
    together = [
        (amount, FIRST + timedelta(days=day)) for amount, day in zip(amounts, days, strict=True)
    ]
    rng.shuffle(together)
    return [each for each, _ in together], [day for _, day in together]


def test_a_rate_put_back_leaves_nothing_over():
    rng = random.Random(SEED)
    solved, refused, worst = 0, 0, 0.0
    for _ in range(CASES):
        amounts, dates = drawn(rng)
        try:
            rate = xirr(amounts, dates)
        except LexpError as problem:
            assert problem.where == "amounts"
            refused += 1
            continue
        years = (max(dates) - min(dates)).days / 365
        allowed = PUT_BACK + RESOLUTION / (1 + rate) * years
        over = left_over(rate, amounts, dates)
        assert rate > -1 and over <= allowed, (rate, over, amounts, dates)
        if allowed < 2 * PUT_BACK:
            worst = max(worst, over)
        solved += 1
    assert solved > 10_000 and refused > 100
    assert worst < PUT_BACK


def oracle_roots(amounts):
    """All rates of yearly flows above -100 %, by the eigenvalues of the polynomial's matrix."""
    roots = numpy.roots(amounts)  # in 1 + rate
    real = roots[abs(roots.imag) < 1e-9 * (1 + abs(roots))].real
    return sorted((float(root) - 1 for root in real if root > 1e-6), key=abs)


def test_of_several_rates_the_nearest_to_zero_as_a_polynomial_has_them():
    rng = random.Random(SEED)
    several = 0
    for _ in range(3_000):
        amounts = [float(rng.randint(-9, 9)) for _ in range(rng.randint(2, 9))]
        while amounts and not amounts[-1]:
            amounts.pop()
        if len(amounts) < 2 or not amounts[0] or min(amounts) >= 0 or max(amounts) <= 0:
            continue
        roots = oracle_roots(amounts)
        kept = [(amount, float(time)) for time, amount in enumerate(amounts) if amount]
        found = rate_of(*zip(*kept, strict=True))
        if found is None:
            assert not roots, (amounts, roots)
            continue
        value = sum(amount / (1 + found) ** time for amount, time in kept)
        size = sum(abs(amount) / (1 + found) ** time for amount, time in kept)
        assert abs(value) < 1e-12 * size, (amounts, found)
        assert all(abs(found) <= abs(root) + 1e-9 * (1 + abs(root)) for root in roots), amounts
        several += len(roots) > 1
    assert several > 100


def test_no_rate_lies_nearer_to_zero_by_a_fine_scan():
    """Where the value changes its sign between two of many rates, there is one that near."""
    rng = random.Random(SEED)
    grid = numpy.concatenate((-numpy.geomspace(1e-6, 0.99, 1500)[::-1], [0.0]))
    grid = numpy.concatenate((grid, numpy.geomspace(1e-6, 10, 1500)))
    for _ in range(400):
        amounts, dates = drawn(rng)
        times = numpy.array([(day - min(dates)).days / 365 for day in dates])
        with numpy.errstate(over="ignore", invalid="ignore"):
            values = (numpy.array(amounts) * numpy.power.outer(1 + grid, -times)).sum(axis=1)
        scale = (abs(numpy.array(amounts)) * numpy.power.outer(1 + grid, -times)).sum(axis=1)
        clear = abs(values) > 1e-12 * scale
        turns = [
            i
            for i in range(len(grid) - 1)
            if clear[i] and clear[i + 1] and (values[i] > 0) != (values[i + 1] > 0)
        ]
        if not turns:
            continue
        nearest = min(max(abs(grid[i]), abs(grid[i + 1])) for i in turns)
        assert abs(xirr(amounts, dates)) <= nearest


def test_a_loan_as_quantlib_and_pyxirr_solve_it():
    rng = random.Random(SEED)
    worst = 0.0
    for _ in range(500):
        days = sorted(rng.sample(range(1, 7000), rng.randint(2, 60)))
        paid = [round(rng.uniform(1, 1000), 2) for _ in days]
        lent = round(sum(paid) * rng.uniform(0.5, 0.999), 2)
        at = QuantLib.Date(1, 1, 2000)
        leg = QuantLib.Leg(
            [
                QuantLib.SimpleCashFlow(each, at + QuantLib.Period(day, QuantLib.Days))
                for each, day in zip(paid, days, strict=True)
            ]
        )
        convention = QuantLib.Actual365Fixed()
        expected = QuantLib.CashFlows.yieldRate(
            leg, lent, convention, QuantLib.Compounded, QuantLib.Annual, False, at, at, 1e-14, 1000
        )
        dates = [FIRST, *(FIRST + timedelta(days=day) for day in days)]
        found = xirr([-lent, *paid], dates)
        worst = max(worst, abs(found / expected - 1))
        assert found == pytest.approx(pyxirr.xirr(dates, [-lent, *paid]), rel=1e-6)
    assert worst < 1e-9


KNOWN = (
    # amounts at the ends of years of 365 days, rate, what it shows
    ([-100, 230, -132], 0.1, "10 and 20 per cent: the nearer"),
    ([132, -230, 100], -0.0909090909090909, "the same backwards: 1 / 1.1 before 1 / 1.2"),
    ([-100, 200, -100], 0.0, "twice 0"),
    ([-100, 100], 0.0, "0 exactly"),
    ([-1, 4, -4], 1.0, "twice 100 per cent, where the value touches nothing"),
    ([-100, 0.0001], -0.999999, "near -100 per cent"),
    ([-0.01, 9e12], 9e14 - 1, "huge"),
)


@pytest.mark.parametrize(("amounts", "rate", "shows"), KNOWN, ids=[each[2] for each in KNOWN])
def test_rates_known_by_hand(amounts, rate, shows):
    dates = [FIRST + timedelta(days=365 * number) for number in range(len(amounts))]
    assert xirr(amounts, dates) == pytest.approx(rate, rel=1e-9, abs=1e-12)


def test_from_one_day_to_the_next():
    expected = 1.1**365 - 1
    assert xirr([-100, 110], [FIRST, FIRST + timedelta(days=1)]) == pytest.approx(
        expected, rel=1e-9
    )


def test_amounts_of_one_day_count_together_and_order_does_not():
    one, two, three = FIRST, date(2001, 6, 1), date(2003, 2, 2)
    together = xirr([-100, 60, 60], [one, two, three])
    assert xirr([60, -150, 25, 50, 35], [three, one, two, one, two]) == together


def test_amounts_of_one_day_that_cancel_leave_no_trace():
    days = [FIRST, date(2001, 6, 1), date(2001, 6, 1), date(2001, 6, 1), date(2003, 2, 2)]
    without = xirr([-100, 120], [days[0], days[-1]])
    assert xirr([-100, 0.1, 0.2, -0.3, 120], days) == without


REFUSED = (
    # amounts, dates, the argument named, words of the message
    ([-1, -2], [FIRST, date(2001, 1, 1)], "amounts", "change of sign"),
    ([0, 0], [FIRST, date(2001, 1, 1)], "amounts", "change of sign"),
    ([-1, 1], [FIRST, FIRST], "dates", "two days"),
    ([-1, 3], [FIRST, FIRST], "dates", "two days"),
    ([-100, 200, -110], [FIRST, date(2000, 12, 31), date(2001, 12, 31)], "amounts", "no rate"),
    ([-1, 1, 2], [FIRST, date(2001, 1, 1)], "amounts, dates", "3 in amounts and 2 in dates"),
)


@pytest.mark.parametrize(("amounts", "dates", "where", "words"), REFUSED)
def test_what_has_no_rate_is_refused_by_name(amounts, dates, where, words):
    with pytest.raises(LexpError) as refused:
        xirr(amounts, dates)
    assert refused.value.where == where and words in str(refused.value)


def test_the_value_is_on_the_date_that_stands_first():
    amounts, dates = [110, -100], [date(2001, 1, 1), date(2002, 1, 1)]
    assert xnpv(0.1, amounts, dates) == pytest.approx(110 - 100 / 1.1, rel=1e-14)
    assert xnpv(0.1, amounts[::-1], dates[::-1]) == pytest.approx(110 * 1.1 - 100, rel=1e-14)
    assert xnpv(25, [100], [FIRST]) == 100


def test_a_value_beyond_all_numbers_is_refused_by_the_rate():
    dates = [FIRST, date(2100, 1, 1)]
    with pytest.raises(LexpError, match="^rate: "):
        xnpv(-0.9999999, [1, 1], dates)
    with pytest.raises(LexpError, match="^rate: "):
        xnpv(-1, [1, 1], dates)


def test_the_average_life_of_a_bullet_is_its_term_and_of_instalments_by_hand():
    assert average_life([date(2006, 12, 31)], [5], date(2005, 12, 31)) == 1
    dates = [date(2006, 12, 31), date(2005, 12, 31)]
    assert math.isclose(average_life(dates, [300, 100], date(2005, 12, 31)), 0.75)
    for where, changed in (
        ("dates", (dates, [300, 100], date(2006, 1, 1))),
        ("principal_amounts", (dates, [0, 0], date(2005, 12, 31))),
        ("dates, principal_amounts", (dates, [1], date(2005, 12, 31))),
    ):
        with pytest.raises(LexpError) as refused:
            average_life(*changed)
        assert refused.value.where == where
