"""Notes at the edge of what can be, wild calls, and bad ones refused by their argument."""

import math
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

import lexp_calc
from lexp_calc.arguments import frequency as read_frequency
from lexp_calc.bond_yields import clean_price
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import LexpError, Problems
from lexp_calc.functions.notes import NOTE_FUNCTIONS
from lexp_calc.note_values import note_flows
from lexp_calc.regular_dates import add_months

NOTE = ("2020-01-15", "2030-01-15", 0.08)
NO_COUPON = ("2020-01-15", "2030-01-15", 0)
ISSUED, SETTLED, FIRST = "2020-01-15", "2020-03-15", "2020-07-15"
ODD = (SETTLED, "2030-01-15", ISSUED)
TOMORROW = [["2023-12-29", 101], ["2023-12-31", 100]]

BAD = [
    ("note_price", ("2030-01-15", "2030-01-15", 0.08, 0.08, 2), "maturity: found 2030-01-15"),
    ("note_price", ("2031-01-15", "2030-01-15", 0.08, 0.08, 2), "maturity: found 2030-01-15"),
    ("note_price", ("2020-01-15", "2030-01-15", 0.08, -1, 1), "yield: found -1"),
    ("note_price", ("2023-03-01", "2024-03-01", 0.05, -0.99, 1, "ACT/360"), "yield: found -0.99"),
    ("note_price", ("1950-01-15", "2199-01-15", 0.08, 0.08, 12), "maturity: found 2199"),
    ("note_price", ("2006-08-30", "2006-08-31", 0.08, 0.08, 2, "30E/360"), "settlement: found"),
    ("note_price", ("2020-01-15", "2199-01-15", 0.08, Decimal("-0.985"), 1), "yield: found"),
    ("note_convexity", ("2020-01-15", "2190-01-15", 0.05, -0.98391, 1), "yield: found"),
    ("note_yield", ("2006-08-30", "2006-08-31", 0.08, 99, 2), "settlement: found a day with no"),
    ("note_yield", (*NOTE, 0, 2), "price: found 0"),
    ("note_yield", (*NO_COUPON, 1e-300, 2), "price: found 1e-300"),  # (1e302)^(1/20): 1e15
    ("note_yield", (*NOTE[:2], Decimal("1e-400"), 5e-324, 2), "price: found 5e-324"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 102]] * 1201), "calls: found 1,201 rows"),
    ("call_yields", (*NO_COUPON, 90, 2, [["2024-01-15", Decimal("1e-400")]]), "price: found 90"),
    ("note_yield", (*NOTE, -1, 2), "price: found -1"),
    ("note_yield", ("2020-01-15", "2020-03-15", 0, 5e-324, 2), "price: found 5e-324"),
    ("note_yield", ("2020-01-15", "2030-01-16", 0.08, 100, 3), "frequency: found 3"),
    ("odd_first_price", (ISSUED, "2030-01-15", ISSUED, FIRST, 0, 0, 2), "settlement: found"),
    ("odd_first_price", (FIRST, "2030-01-15", ISSUED, FIRST, 0, 0, 2), "first_coupon: found"),
    ("odd_first_price", (*ODD, "2020-07-16", 0.05, 0.05, 2), "first_coupon: found"),
    ("odd_first_price", (SETTLED, "2020-06-15", ISSUED, FIRST, 0, 0, 2), "maturity: found"),
    ("odd_first_price", (SETTLED, "2199-01-15", ISSUED, FIRST, 0, 0, 12), "maturity: found"),
    ("odd_last_price", (SETTLED, "2020-06-15", "2020-06-15", 0, 0, 2), "maturity: found"),
    ("odd_last_price", ("2020-06-15", "2020-06-15", "2020-03-15", 0, 0, 2), "maturity: found"),
    ("odd_last_price", ("1901-01-15", "2199-06-15", "2199-01-15", 0, 0, 12), "last_coupon: found"),
    ("odd_last_price", ("2020-01-15", "2023-06-15", "2019-12-15", 0, -0.9, 2), "yield: found -0.9"),
    ("yield_to_call", (*NOTE, 104, 2, "2031-01-15"), "call_date: found"),
    ("yield_to_call", (*NOTE, 104, 2, "2020-01-15"), "call_date: found"),
    ("yield_to_call", (*NOTE, 104, 2, "2024-01-15", 0), "call_price: found 0"),
    ("yield_to_worst", (*NOTE, 104, 2, []), "calls: found nothing"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 102], ["2023-01-15", 104]]), "calls[2]"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 102], ["2024-01-15", 104]]), "calls[2]"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15", 0]]), "calls[1]: price"),
    ("yield_to_worst", (*NOTE, 104, 2, [["soon", 102]]), "calls[1]: date"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2024-01-15"]]), "calls: found 1 rows of 1 cells"),
    ("yield_to_worst", (*NOTE, 104, 2, [["2030-01-15", 102]]), "calls[1]: found 2030-01-15"),
    ("call_yields", (*NOTE, 104, 2, [["2031-01-15", 102]]), "calls[1]: found 2031-01-15"),
    ("call_yields", ("1901-01-15", "2199-01-15", 0, 9, 12, [["2100-01-15", 9]]), "calls[1]: found"),
    ("call_yields", ("2023-12-28", "2023-12-27", 0, 9, 12, TOMORROW), "calls[1]: found"),
    ("yield_to_par_call", (*NOTE, 104, 2, [["2024-01-15", 102]]), "calls: found no call at 100"),
    ("make_whole_price", ("2030-01-15", "2025-01-15", 0.05, 0.05, 0, 2), "redemption_date: found"),
    ("make_whole_price", ("1901-01-15", "2199-01-15", 0.05, 0.05, 0, 12), "until: found 2199"),
    ("make_whole_price", (*NOTE[:2], 0.05, Decimal("-0." + "9" * 60), 0, 1), "treasury_yield"),
    ("make_whole_price", (*NOTE[:2], 0.05, 0.05, -0.01, 2), "spread: found -0.01"),
    ("fixed_spread_price", (*NOTE[:2], 0.05, -0.9, -0.2, 1), "treasury_yield: found -110"),
    ("fixed_spread_price", ("2030-01-15", "2030-01-15", 0, 0, 0, 1), "maturity: found"),
    (
        "fixed_spread_price",
        ("2006-08-31", "2106-08-31", 0, Decimal("-0." + "9" * 25), 0, 1),
        "treasury_yield: found",
    ),
    ("redemption", (100, 0.05, "2020-01-15", "2020-03-15", 100, 50, 10), "principal: found 100"),
    ("redemption", (100, 0.05, "2020-01-15", "2020-03-15", 100, 500), "warrants: found nothing"),
    ("redemption", (100, 0.05, ISSUED, SETTLED, 100, None, 10), "notes_outstanding: found nothing"),
    ("redemption", (10**12, 0, "2020-01-15", "2020-03-15", 10**6), "price: found"),
    ("redemption_amount", (100, 0.05, "2020-01-15", "2020-01-14"), "redemption_date: found"),
    ("redemption_amount", (9_999_999_999_999, 1, "2020-01-15", "2020-07-14"), "principal: found"),
    ("accrued", (100, 0.05, "2020-01-15", "2020-01-14"), "to_date: found"),
    ("accrued", (100, 0.05, "2020-01-15", "2020-02-14", "ACT/ACT ICMA"), "day_count: found"),
    ("accrued", (9_999_999_999_999, 1, "1901-01-01", "2199-01-01"), "principal: found"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "said"), BAD)
def test_what_cannot_be_is_refused_by_its_argument(name, arguments, said):
    with pytest.raises(LexpError) as caught:
        getattr(lexp_calc, name)(*arguments)
    assert str(caught.value).startswith(said)


# ------------------------------------------------------------------ edges


@pytest.mark.parametrize("price", [0.01, 1, 500, 10_000])
@pytest.mark.parametrize("coupon", [0, 0.08, 1])
@pytest.mark.parametrize("maturity", ["2020-01-16", "2020-07-15", "2021-01-15", "2060-01-15"])
@pytest.mark.parametrize("frequency", [1, 2, 12])
def test_yields_of_far_off_prices_reprice(price, coupon, maturity, frequency):
    """Yields far beyond 100 %, which `note_price` does not take, and far below 0."""
    found = lexp_calc.note_yield("2020-01-15", maturity, coupon, price, frequency)
    days = date(2020, 1, 15), date.fromisoformat(maturity)
    rest = read_frequency("frequency", frequency), DAY_COUNTS["30/360 US"]
    flows = note_flows(*days, Decimal(coupon) if coupon != 0.08 else Decimal("0.08"), *rest)
    assert clean_price(flows, found) == pytest.approx(price, rel=1e-10)


@pytest.mark.parametrize("convention", DAY_COUNTS)
def test_a_note_without_coupons_is_its_discounted_face(convention):
    """Ten whole years at 4 % semiannual: 100 / 1.02^20; accrued interest is nothing."""
    terms = ("2012-03-01", "2022-03-01", 0)
    found = lexp_calc.note_price(*terms, 0.04, 2, convention)
    tolerance = {"ACT/360": 0.05, "ACT/365F": 0.05}.get(convention, 1e-10)
    assert found == pytest.approx(100 / 1.02**20, abs=tolerance)
    assert lexp_calc.note_accrued(*terms, 2, convention) == 0
    if tolerance < 1:
        duration = lexp_calc.note_duration(*terms, 0.04, 2, convention)
        assert duration == pytest.approx(10, abs=0.02 if tolerance > 1e-9 else 1e-10)


def test_no_interest_day_is_left_on_the_30th_before_the_31st():
    """30/360: the coupon of 31 December has accrued in full and is paid without discount."""
    terms = ("2006-12-30", "2017-12-31", 0.05, 0.04, 2)
    on_the_day = lexp_calc.note_price("2006-12-31", *terms[1:])
    assert lexp_calc.note_price(*terms) == pytest.approx(on_the_day, abs=1e-11)
    assert lexp_calc.note_accrued("2006-12-30", "2017-12-31", 0.05, 2) == 2.5
    found = lexp_calc.note_yield(*terms[:3], on_the_day, 2)
    assert found == pytest.approx(0.04, abs=1e-12)
    last = ("2017-12-30", "2017-12-31", 0.05)
    assert lexp_calc.note_price(*last, 0.9, 2) == pytest.approx(100, abs=1e-12)


def test_the_day_before_maturity_is_one_day_of_simple_interest():
    """6 % semiannual, 14 July to 15 July: 103 / (1 + 1/180 x 5 %) - 3 x 179/180."""
    found = lexp_calc.note_price("2020-07-14", "2020-07-15", 0.06, 0.10, 2)
    assert found == pytest.approx(103 / (1 + 0.05 / 180) - 3 * 179 / 180, abs=1e-11)


def test_a_hundred_years_of_monthly_coupons_at_the_coupon_are_worth_par():
    """1,200 coupons; one more is refused."""
    found = lexp_calc.note_price("2020-02-01", "2120-02-01", 0.06, 0.06, 12)
    assert found == pytest.approx(100, abs=1e-9)
    assert lexp_calc.make_whole_price("2020-02-01", "2120-02-01", 0.06, 0.06, 0, 12) == 100
    with pytest.raises(LexpError, match="at most 1,200 coupons"):
        lexp_calc.note_price("2020-01-31", "2120-02-01", 0.06, 0.06, 12)


@pytest.mark.parametrize("maturity", ["2028-02-29", "2029-02-28"])
def test_coupons_from_the_last_of_february_fall_on_month_ends(maturity):
    """Settled on 31 August, a coupon date, nothing has accrued; on 30 August all has."""
    for convention in ("30/360 US", "ACT/ACT ICMA", "ACT/360"):
        assert lexp_calc.note_accrued("2023-08-31", maturity, 0.06, 2, convention) == 0
    assert lexp_calc.note_accrued("2023-08-30", maturity, 0.06, 2) == 3
    actual = lexp_calc.note_accrued("2024-02-28", maturity, 0.06, 2, "ACT/ACT ICMA")
    assert actual == pytest.approx(3 * 181 / 182, abs=1e-12)


def test_yields_near_the_frequency_below_zero_give_prices_or_are_refused():
    for places in range(1, 16):
        bond_yield = -1 + 10.0**-places
        try:
            found = lexp_calc.note_price("2020-01-15", "2022-07-15", 0.05, bond_yield, 1)
        except LexpError as problem:
            assert problem.where == "yield"
        else:
            growth = Decimal(1) + Decimal(repr(bond_yield))
            worth = Decimal(105) / growth ** Decimal("2.5")
            assert found == pytest.approx(float(worth), rel=0.2)


# ------------------------------------------------------------------ wild calls

WILD_DAYS = [date(1900, 3, 1), date(2199, 12, 31), date(2024, 2, 29), date(2023, 8, 31)]
WILD_NUMBERS = (0, 5e-324, 1e-300, 1e-9, 0.5, 1, 99.99, 1e12, -1, -0.999999, -0.999999999999999)
TAME = {
    "frequency": lambda chance: chance.choice((1, 2, 4, 12)),
    "price": lambda chance: chance.choice((0.01, 100, 10_000, chance.uniform(1, 200))),
    "principal": lambda chance: chance.choice((1, 1_000_000, 9_999_999_999_999)),
    "notes_outstanding": lambda chance: chance.choice((1, 1_000_000, 9_999_999_999_999)),
    "warrants": lambda chance: chance.randrange(0, 10**7),
    "day_count": lambda chance: chance.choice(list(DAY_COUNTS)),
    "call_price": lambda chance: chance.choice((100, 102.5, 0.01)),
    "redemption": lambda chance: chance.choice((100, 102.5, 0.01)),
}
SPANS = (1, 40, 400, 4_000, 15_000)


def wild_day(chance, near):
    if chance.random() < 0.1:
        return chance.choice(WILD_DAYS)
    return near + timedelta(days=chance.randrange(chance.choice(SPANS)))


def wild_call(chance, function):
    """Arguments by name: days mostly in order, numbers tame or wild."""
    days = sorted(wild_day(chance, date(2020, 1, 1)) for _ in range(6))
    if chance.random() < 0.1:
        chance.shuffle(days)
    order = ["issue", "settlement", "first_coupon", "call_date", "last_coupon", "maturity"]
    order = dict(zip(order, days, strict=True))
    if chance.random() < 0.7:  # a first coupon counted back from maturity
        years = chance.randrange(1, 60)
        order["maturity"] = add_months(order["first_coupon"], 12 * years)
    arguments = {}
    for each in function.arguments:
        name = each.name
        if each.is_optional and chance.random() < 0.3:
            continue
        if name == "calls":
            rows = [[wild_day(chance, days[0]), chance.choice((100, 102))] for _ in range(3)]
            arguments[name] = sorted(rows)
        elif name in order:
            arguments[name] = order[name]
        elif each.kind.written == "date":
            arguments[name] = wild_day(chance, days[0])
        elif name in TAME and chance.random() < 0.9:
            arguments[name] = TAME[name](chance)
        elif chance.random() < 0.3:
            arguments[name] = chance.choice(WILD_NUMBERS)
        else:
            arguments[name] = round(chance.uniform(-0.2, 0.6), 6)
    return arguments


def is_sound(value):
    return not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize("function", NOTE_FUNCTIONS, ids=lambda each: each.name)
def test_a_wild_call_ends_in_a_number_or_a_refusal_by_name(function):
    """3,000 calls of each function; both ends are met."""
    chance = random.Random(function.name)
    names = {each.name for each in function.arguments}
    answered = refused = 0
    for _ in range(3_000):
        arguments = wild_call(chance, function)
        try:
            found = function.plain(**arguments)
        except LexpError as problem:
            refused += 1
            problems = problem.problems if isinstance(problem, Problems) else (problem,)
            for each in problems:
                assert each.where.partition("[")[0].partition(":")[0] in names, (each, arguments)
            continue
        answered += 1
        cells = [cell for row in getattr(found, "rows", [[found]]) for cell in row]
        assert all(map(is_sound, cells)), arguments
    assert answered > 50 and refused > 50
