"""SOFR compounded in arrears: published examples, arithmetic by hand, QuantLib on random cases."""

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from pathlib import Path

import pytest
import QuantLib as ql

from lexp_calc import project
from lexp_calc.calendars import CALENDARS, following
from lexp_calc.compounding import compounded_units
from lexp_calc.coupons import FloatingCoupon
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import LexpError
from lexp_calc.rate_days import rate_days
from lexp_calc.rate_paths import RateConditions
from lexp_calc.rates import IndexPath, rate, units
from lexp_calc.term_sheet import deal_from_tables
from tests.lexp_calc.simulation.dates import ql_date

CALENDAR = CALENDARS["US Federal Reserve"]

# Federal Reserve Bank of New York, SOFR in per cent. The first days are those of ARRC's
# worked example; those of 2021 are the ones that QuantLib's tests have.
PUBLISHED_SOFR = {
    "2019-06-24": "2.39 2.41 2.43 2.42 2.50",
    "2019-07-01": "2.42 2.51 2.56",
    "2019-07-05": "2.59",
    "2019-07-08": "2.48 2.45 2.46 2.41 2.36",
    "2021-10-18": "0.08 0.09 0.08 0.10 0.12",
    "2021-10-25": "0.11 0.13 0.12 0.12 0.08",
    "2021-11-01": "0.09 0.10 0.11 0.14 0.13",
    "2021-11-08": "0.11 0.09 0.08",
    "2021-11-12": "0.07",
    "2021-11-15": "0.08 0.08 0.07",
}


def published_sofr():
    """Each run of days is within one week."""
    return {
        date.fromisoformat(first) + timedelta(days=n): Decimal(text) / 100
        for first, run in PUBLISHED_SOFR.items()
        for n, text in enumerate(run.split())
    }


def compounded(path, lookback=0, day_count="ACT/360", margin="0%", calendar=CALENDAR, **limits):
    """The rate-days of a coupon of compounded SOFR; `limits` are floor and cap of the index."""
    option = {"index": "SOFR", "margin": margin, "reset": "compounded in arrears"}
    terms = FloatingCoupon(
        type="floating",
        options=(option | {"lookback": lookback} | limits,),
        floor="-100%",
        day_count=day_count,
    )
    paths = {"SOFR": IndexPath("SOFR", tuple(path), tuple(path.values())) if path else None}
    return rate_days(terms, RateConditions(paths, calendar, DAY_COUNTS[day_count]))


# start, end, lookback, compounded rate in per cent, source.
EXAMPLES = [
    (
        date(2019, 7, 1),
        date(2019, 7, 15),
        5,
        "2.4781644454",
        "ARRC-BWLG-Examples-Other-Lookback-Options.xlsx (New York Fed, 2020), as QuantLib has it "
        "in overnightindexedcoupon.cpp, testPastCouponRateWithLookback",
    ),
    (
        date(2021, 10, 18),
        date(2021, 11, 18),
        0,
        "0.0987136104",
        "QuantLib, overnightindexedcoupon.cpp, testPastCouponRate",
    ),
]


@pytest.mark.parametrize(("start", "end", "lookback", "expected", "source"), EXAMPLES)
def test_published_examples(start, end, lookback, expected, source):
    found = compounded(published_sofr(), lookback).period(start, end)
    assert rate(found.index_units) == round(Decimal(expected) / 100, 7), source
    assert found.unit_days == found.index_units * (end - start).days


def test_three_days_by_hand():
    """Thursday 5.00 %, Friday 5.10 % for three days, to Monday.

    (1 + 0.05/360)(1 + 0.051 x 3/360) - 1 = 0.000563947917 over 4 days: x 360/4 = 5.0755313 %.
    """
    thursday = date(2024, 6, 6)
    path = {thursday: Decimal("0.05"), thursday + timedelta(1): Decimal("0.051")}
    found = compounded(path).period(thursday, thursday + timedelta(4))
    assert rate(found.index_units) == Decimal("0.0507553")


def test_a_tie_at_the_sixth_decimal_is_rounded_away_from_zero():
    """One day at 0.123455 % is 0.12346 %, at -0.123455 % it is -0.12346 %."""
    assert compounded_units([(units(Decimal("0.00123455")), 1)]) == units(Decimal("0.0012346"))
    assert compounded_units([(units(Decimal("-0.00123455")), 1)]) == units(Decimal("-0.0012346"))


def test_the_floor_is_on_each_day_and_the_margin_comes_after():
    """-1 % and 3 %, a day each, floor 0: only 3 % counts, so 1.5 %; + 2 % margin is 3.5 %."""
    monday = date(2024, 6, 3)
    path = {monday: Decimal("-0.01"), monday + timedelta(1): Decimal("0.03")}
    rates = compounded(path, margin="2%", floor="0%")
    found = rates.period(monday, monday + timedelta(2))
    assert (rate(found.index_units), rate(found.units_at_start)) == (
        Decimal("0.015"),
        Decimal("0.035"),
    )
    assert found.unit_days == 2 * units(Decimal("0.035"))


def test_the_margin_is_that_of_the_period_s_first_day():
    terms = FloatingCoupon(
        type="floating",
        options=(
            {
                "index": "SOFR",
                "margin": "2%",
                "reset": "compounded in arrears",
                "margin_steps": ({"from": date(2024, 6, 4), "margin": "3%"},),
            },
        ),
        day_count="ACT/360",
    )
    monday = date(2024, 6, 3)
    path = {"SOFR": IndexPath("SOFR", (monday,), (Decimal(0),))}
    rates = rate_days(terms, RateConditions(path, CALENDAR, DAY_COUNTS["ACT/360"]))
    before, after = (rates.period(day, date(2024, 6, 10)) for day in (monday, date(2024, 6, 4)))
    assert (before.units_at_start, after.units_at_start) == (units(Decimal("0.02")), 3_000_000)


def test_a_coupon_on_another_day_count_charges_the_compounded_rate_on_it():
    rates = compounded(published_sofr(), 5, "30/360 US")
    found = rates.period(date(2019, 7, 1), date(2019, 7, 15))
    assert found.unit_days == 14 * found.index_units
    assert rate(found.index_units) == Decimal("0.0247816")


def quantlib_rate(fixings, start, end, lookback):
    """The compounded rate by QuantLib, on the Federal Reserve's calendar."""
    ql.IndexManager.instance().clearHistories()
    calendar = ql.UnitedStates(ql.UnitedStates.FederalReserve)
    ql.Settings.instance().evaluationDate = ql_date(end) + 30
    index = ql.OvernightIndex("test", 0, ql.USDCurrency(), calendar, ql.Actual360())
    index.addFixings([ql_date(day) for day in fixings], [float(each) for each in fixings.values()])
    coupon = ql.OvernightIndexedCoupon(
        ql_date(end), 1.0, ql_date(start), ql_date(end), index, 1.0, 0.0, ql.Date(), ql.Date(),
        ql.Actual360(), False, ql.RateAveraging.Compound, lookback,
    )  # fmt: skip
    return coupon.rate()


def random_fixings(chance, first, days):
    """A rate for each business day, as SOFR is published: hundredths of a per cent."""
    each_day = (first + timedelta(days=n) for n in range(days))
    return {
        day: Decimal(chance.randint(-100, 1500)).scaleb(-4)
        for day in each_day
        if CALENDAR.is_business_day(day)
    }


@pytest.mark.parametrize("seed", range(20))
def test_quantlib_agrees(seed):
    """2,000 periods between business days: equal to QuantLib's, rounded."""
    chance = random.Random(seed)
    first = date(2016, 1, 4) + timedelta(days=chance.randint(0, 4000))
    fixings = random_fixings(chance, first, 500)
    for _ in range(100):
        start = following(first + timedelta(days=chance.randint(50, 250)), CALENDAR)
        end = following(start + timedelta(days=chance.randint(1, 190)), CALENDAR)
        lookback = chance.choice([0, 1, 2, 5, 10])
        found = compounded(fixings, lookback).period(start, end)
        expected = quantlib_rate(fixings, start, end, lookback)
        assert abs(float(rate(found.index_units)) - expected) <= 0.5e-7 + 1e-13
        assert found.index_units % 10 == 0


def by_calendar_days(fixings, start, end, lookback):
    """The definition day by day: a day's rate is that of the business day on or before it.

    Days that follow one another with one rate day compound as one run (simple interest over
    a weekend), wherever in the run the period starts or ends.
    """
    runs = []
    day = start
    while day < end:
        business_day = day
        while not CALENDAR.is_business_day(business_day):
            business_day -= timedelta(days=1)
        if runs and runs[-1][0] == business_day:
            runs[-1][1] += 1
        else:
            runs.append([business_day, 1])
        day += timedelta(days=1)
    known = sorted(fixings)
    growth = Fraction(1)
    for business_day, days in runs:
        growth *= 1 + Fraction(fixings[known[known.index(business_day) - lookback]]) * days / 360
    return (growth - 1) * 360 / (end - start).days


def test_periods_that_start_and_end_on_any_day():
    chance = random.Random(7)
    first = date(2023, 11, 1)
    fixings = random_fixings(chance, first, 300)
    for _ in range(500):
        start = first + timedelta(days=chance.randint(40, 200))
        end = start + timedelta(days=chance.randint(1, 60))
        lookback = chance.choice([0, 2, 5])
        found = compounded(fixings, lookback).period(start, end)
        exact = by_calendar_days(fixings, start, end, lookback)
        assert abs(Fraction(found.index_units, 10**8) - exact) <= Fraction(1, 2 * 10**7)


def test_no_fixing_on_or_before_the_lookback_day_is_refused():
    """For 1 July 2019 the fifth business day before is 24 June."""
    path = published_sofr()
    compounded(path, 5).period(date(2019, 7, 1), date(2019, 7, 2))
    del path[date(2019, 6, 24)]
    with pytest.raises(LexpError, match="index.SOFR.*no rate before 2019-06-25.*from 2019-06-24"):
        compounded(path, 5).period(date(2019, 7, 1), date(2019, 7, 2))
    with pytest.raises(LexpError, match="index.SOFR: found no rate at all"):
        compounded({}).period(date(2019, 7, 1), date(2019, 7, 2))


def test_a_prepayment_within_a_period_takes_the_compounded_rate_up_to_its_day():
    """1,000,000 from 3 to 17 June 2024 at 5 % a day, half of it prepaid on Monday the 10th.

    By hand, four days of 1 and one of 3 days: (1 + 0.05/360)^4 (1 + 0.05 x 3/360) - 1 =
    0.00097256950, x 360/7 = 5.0017860 %, rounded 5.00179 %. The same week twice gives
    0.00194608490, x 360/14 = 5.0042183 %, rounded 5.00422 %. The part prepaid: 500,000 x
    5.00179 % x 7/360 = 486.285; the rest, for both weeks: 500,000 x 5.00422 % x 14/360 =
    973.043. That what is prepaid bears the rate compounded so far: ARRC, SOFR loan
    conventions, the non-cumulative compounded rate.
    """
    tables = {
        "id": "one",
        "name": "One loan",
        "borrower": "Borrower",
        "currency": "USD",
        "closing_date": date(2024, 6, 3),
        "calendar": "US Federal Reserve",
        "default_scenario": "base",
        "tranche": {
            "only": {
                "type": "term loan",
                "name": "Loan",
                "seniority": "senior",
                "principal": 1_000_000,
                "maturity": date(2024, 6, 17),
                "coupon": {
                    "type": "floating",
                    "options": [
                        {"index": "SOFR", "margin": "0%", "reset": "compounded in arrears"}
                    ],
                    "day_count": "ACT/360",
                },
                "payments": {
                    "first_payment": date(2024, 6, 17),
                    "frequency": "monthly",
                    "business_day": "Following",
                    "interest_for_delay": "to the day paid",
                },
                "prepayment": "at par with accrued interest",
                "repayment": {"type": "bullet"},
            }
        },
        "scenario": {
            "base": {
                "index": {"SOFR": "5%"},
                "prepay": {"only": {"2024-06-10": 500_000}},
            }
        },
    }
    schedule = project(deal_from_tables(tables, Path()))["only"]
    assert [row.interest for row in schedule.rows] == [0, 48_629, 97_304]
    assert [
        rate(row.rate.index_units) for row in map(attrgetter("accrual"), schedule.rows[1:])
    ] == [
        Decimal("0.0500179"),
        Decimal("0.0500422"),
    ]
