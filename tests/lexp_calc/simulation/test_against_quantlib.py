"""The simulation's own dates, day counts, compounding and prices against QuantLib's."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
import QuantLib as ql
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lexp_calc.simulation.amounts import per_cent
from tests.lexp_calc.simulation.dates import FREQUENCIES, Calendar, Dates, py_date, ql_date
from tests.lexp_calc.simulation.day_counts import DayCount
from tests.lexp_calc.simulation.premiums import price
from tests.lexp_calc.simulation.rates import Coupon
from tests.lexp_calc.simulation.repayments import LevelPayments

WEEKENDS = Calendar("weekends")
FEDERAL_RESERVE = Calendar("US Federal Reserve")
DAYS = st.dates(date(1990, 1, 1), date(2055, 12, 31))
IN_MONTHS = [name for name in FREQUENCIES if not name.endswith(("weekly", "weeks"))]
TRIED = settings(max_examples=300, deadline=None)


def payments(frequency, **terms):
    """Payment terms on unadjusted dates."""
    plain = {"business_day": "Unadjusted", "interest_for_delay": "none"}
    return {"frequency": frequency, **plain, **terms}


@TRIED
@given(DAYS, st.integers(1, 300), st.integers(0, 1500), st.sampled_from(IN_MONTHS), st.booleans())
def test_dates_forward_from_the_first_are_those_of_a_schedule(
    closing, offset, length, frequency, end_of_month
):
    first = closing + timedelta(days=offset)
    maturity = first + timedelta(days=length + 1)
    terms = payments(frequency, first_payment=first, end_of_month=end_of_month)
    found = [each.due for each in Dates(terms, WEEKENDS, closing, maturity).payments(maturity)]
    schedule = ql.Schedule(
        ql_date(first),
        ql_date(maturity),
        FREQUENCIES[frequency][0],
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        end_of_month and Dates.is_month_end(first),
    )
    assert found == [py_date(day) for day in schedule]


@TRIED
@given(DAYS, st.integers(30, 2000), st.sampled_from(IN_MONTHS), st.booleans())
def test_dates_counted_back_from_maturity_are_those_of_a_schedule(
    closing, length, frequency, end_of_month
):
    maturity = closing + timedelta(days=length)
    terms = payments(frequency, first_period="short", end_of_month=end_of_month)
    found = [each.due for each in Dates(terms, WEEKENDS, closing, maturity).payments(maturity)]
    schedule = ql.Schedule(
        ql_date(closing),
        ql_date(maturity),
        FREQUENCIES[frequency][0],
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        end_of_month and Dates.is_month_end(maturity),
    )
    assert found == [py_date(day) for day in schedule][1:]
    if len(found) > 1:
        long = {**terms, "first_period": "long"}
        joined = [each.due for each in Dates(long, WEEKENDS, closing, maturity).payments(maturity)]
        has_rest = Dates(terms, WEEKENDS, closing, maturity).regular(-len(found)) != closing
        assert joined == (found[1:] if has_rest else found)


COUNTED = {
    "ACT/360": ql.Actual360(),
    "ACT/365F": ql.Actual365Fixed(),
    "ACT/ACT ISDA": ql.ActualActual(ql.ActualActual.ISDA),
    "30/360 US": ql.Thirty360(ql.Thirty360.USA),
    "30E/360": ql.Thirty360(ql.Thirty360.European),
    "30/360 ISDA": ql.Thirty360(ql.Thirty360.BondBasis),
}


@TRIED
@given(DAYS, st.integers(0, 800), st.sampled_from(sorted(COUNTED)))
def test_nights_add_up_to_the_day_count(start, length, name):
    end = start + timedelta(days=length)
    found = DayCount(name, None, None).fraction(start, end)
    assert float(found) == pytest.approx(
        COUNTED[name].yearFraction(ql_date(start), ql_date(end)), abs=1e-12
    )


@TRIED
@given(DAYS, st.integers(1, 250), st.integers(2, 8), st.sampled_from([1, 2, 4, 12]))
def test_nights_of_act_act_icma_add_up_to_quantlibs_by_its_schedule(closing, offset, count, a_year):
    """A first period of any length and whole ones after it.

    Not from the end of a month: from 31 August to 30 September QuantLib sees a whole month,
    and 30 of the 31 days from 30 August are meant.
    """
    closing = closing.replace(day=min(closing.day, 28))
    frequency = next(name for name in IN_MONTHS if FREQUENCIES[name][1] == a_year)
    first = closing + timedelta(days=min(offset, 360 // a_year))
    terms = payments(frequency, first_payment=first)
    dates = Dates(terms, WEEKENDS, closing, None)
    maturity = dates.regular(count - 1)
    schedule = ql.Schedule(
        ql_date(closing),
        ql_date(maturity),
        FREQUENCIES[frequency][0],
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        False,
        ql_date(first),
    )
    counted = ql.ActualActual(ql.ActualActual.ISMA, schedule)
    found = DayCount("ACT/ACT ICMA", dates, maturity)
    for start, end in pairwise([closing, *dates.regular_dates(maturity)]):
        theirs = counted.yearFraction(ql_date(start), ql_date(end))
        assert float(found.fraction(start, end)) == pytest.approx(theirs, abs=1e-12)


FIXINGS = st.integers(0, 900).map(lambda n: Fraction(n, 10000))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 3000), st.integers(1, 120), st.integers(0, 5))
def test_compounding_is_that_of_an_overnight_coupon(data, offset, length, lookback):
    """SOFR over business days, with lookback and without observation shift."""
    start = FEDERAL_RESERVE.adjusted(date(2005, 1, 3) + timedelta(days=offset), "Following")
    end = FEDERAL_RESERVE.adjusted(start + timedelta(days=length), "Following")
    day = FEDERAL_RESERVE.business_days_before(start, lookback + 2)
    path = {}
    while day <= end:
        path[day.isoformat()] = f"{data.draw(st.integers(0, 900)) / 100:.2f}%"
        day = FEDERAL_RESERVE.step(day, 1)
    terms = {
        "type": "floating",
        "options": [{"index": "SOFR", "margin": "0%", "reset": "compounded in arrears"}],
    }
    terms["options"][0]["lookback"] = lookback
    coupon = Coupon("only", terms, {"index": {"SOFR": path}}, FEDERAL_RESERVE)
    found = coupon.compounded_index(terms["options"][0], start, end)
    index = ql.OvernightIndex("SOFR", 0, ql.USDCurrency(), FEDERAL_RESERVE.calendar, ql.Actual360())
    index.clearFixings()
    for key, rate in path.items():
        index.addFixing(ql_date(date.fromisoformat(key)), float(per_cent(rate)), True)
    ql.Settings.instance().evaluationDate = ql_date(end + timedelta(days=30))
    theirs = ql.OvernightIndexedCoupon(
        ql_date(end),
        100.0,
        ql_date(start),
        ql_date(end),
        index,
        lookbackDays=lookback,
        applyObservationShift=False,
    )
    assert float(found) == pytest.approx(theirs.rate(), abs=0.6e-7)


@TRIED
@given(
    DAYS,
    st.integers(1, 12),
    st.sampled_from([1, 2, 4]),
    st.integers(0, 1500),
    st.integers(-200, 1500),
    st.integers(0, 600),
)
def test_a_price_is_that_of_a_bond(settlement, count, a_year, coupon, market_yield, premium):
    """Clean prices, 30/360 US; in the last period at simple interest as Excel's PRICE."""
    settlement = settlement.replace(day=min(settlement.day, 14))
    months = 12 // a_year
    following = ql_date(settlement.replace(day=15))  # not at February's end
    until = py_date(following + ql.Period((count - 1) * months, ql.Months))
    found = price(
        settlement,
        until,
        Fraction(coupon, 10000),
        Fraction(market_yield, 10000),
        100 + Fraction(premium, 100),
        a_year,
    )
    schedule = ql.Schedule(
        ql_date(settlement) - ql.Period(2 * months, ql.Months),
        ql_date(until),
        ql.Period(months, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        False,
    )
    redemption = 100 + premium / 100
    thirty, rate = COUNTED["30/360 US"], [coupon / 10000]
    bond = ql.FixedRateBond(0, 100.0, schedule, rate, thirty, ql.Unadjusted, redemption)
    compounding = ql.Simple if count == 1 else ql.Compounded
    theirs = ql.BondFunctions.cleanPrice(
        bond,
        ql.InterestRate(market_yield / 10000, thirty, compounding, a_year),
        ql_date(settlement),
    )
    assert float(found) == pytest.approx(theirs, abs=1e-9)


@TRIED
@given(
    st.sampled_from(["monthly", "quarterly", "semiannual", "annual"]),
    st.integers(1, 60),
    st.integers(1, 2000),
    st.integers(10**6, 10**11),
)
def test_level_payments_are_those_of_a_sinking_schedule(frequency, count, rate, principal):
    """QuantLib's sinking notionals repay a bond by level payments, at rate / payments a year."""
    closing = date(2020, 1, 15)
    step, a_year = FREQUENCIES[frequency]
    first = py_date(ql_date(closing) + step)
    dates = Dates(payments(frequency, first_payment=first), WEEKENDS, closing, None)
    coupon = Coupon("only", {"type": "fixed", "rate": f"{rate / 100:.2f}%"}, {}, WEEKENDS)
    terms = {
        "type": "level payment",
        "method": "rate by payments a year",
        "amortization_payments": count,
    }
    level = LevelPayments(terms, dates, coupon, None, lambda amount: amount)
    found = level.set_level(level.bearing, principal, Fraction(rate, 10000))
    notionals = ql.sinkingNotionals(
        ql.Period(count * 12 // a_year, ql.Months), a_year, rate / 10000, 100.0
    )
    payment = 100.0 * rate / 10000 / a_year + 100.0 - notionals[1]
    assert found == pytest.approx(principal * payment / 100, rel=1e-9, abs=0.51)
