"""Each day count against QuantLib, and by its clause where QuantLib has no such variant."""

import random
from datetime import date, timedelta

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.day_count import DAY_COUNTS, day_count
from lexp_calc.errors import LexpError
from lexp_calc.regular_dates import add_months, month_end
from lexp_calc.year_fractions import days, yearfrac
from tests.lexp_calc.simulation.dates import ql_date

PAIRS = 12_000
# QuantLib's Thirty360.USA is the NASD rule with February. Its Thirty360.NASD is an older reading
# without February, which also moves an end on the 31st after a start before the 30th to the
# 1st of the next month, with the same number of days: see
# test_quantlib_s_nasd_variant_differs_by_february_alone.
ORACLES = {
    "ACT/360": ql.Actual360(),
    "ACT/365F": ql.Actual365Fixed(),
    "ACT/ACT ISDA": ql.ActualActual(ql.ActualActual.ISDA),
    "30/360 US": ql.Thirty360(ql.Thirty360.USA),
    "30/360 ISDA": ql.Thirty360(ql.Thirty360.BondBasis),
    "30E/360": ql.Thirty360(ql.Thirty360.European),
    "30E/360 ISDA": ql.Thirty360(ql.Thirty360.ISDA),
}


def date_pairs(seed):
    """Pairs in order; a third of them with month ends, where the conventions differ."""
    chance = random.Random(seed)
    first, days = date(1950, 1, 1), (date(2149, 12, 31) - date(1950, 1, 1)).days
    for number in range(PAIRS):
        pair = [first + timedelta(days=chance.randrange(days)) for _ in range(2)]
        if number % 3 == 0:
            pair = [day.replace(day=1) - timedelta(days=chance.choice([1, 1, 2])) for day in pair]
        yield sorted(pair)


@pytest.mark.parametrize("name", ORACLES)
def test_days_and_year_fractions_are_quantlib_s(name):
    convention, oracle = DAY_COUNTS[name], ORACLES[name]
    for start, end in date_pairs(seed=name):
        assert convention.days(start, end) == oracle.dayCount(ql_date(start), ql_date(end)), (
            start,
            end,
        )
        fraction = oracle.yearFraction(ql_date(start), ql_date(end))
        assert convention.year_fraction(start, end) == pytest.approx(fraction, abs=1e-13)


def test_every_convention_names_its_clause_and_has_an_oracle():
    assert set(DAY_COUNTS) == {*ORACLES, "ACT/ACT ICMA"}  # its oracles: test_act_act_icma.py
    assert all(convention.clause for convention in DAY_COUNTS.values())


def test_the_termination_date_of_30e_360_isda_is_quantlib_s():
    """Half of the periods end with the loan: only there the last of February stays as it is."""
    decided, ends_with_the_loan = 0, True
    for start, end in date_pairs(seed="termination"):
        ends_with_the_loan = not ends_with_the_loan
        termination = end if ends_with_the_loan else end + timedelta(days=365)
        oracle = ql.Thirty360(ql.Thirty360.ISDA, ql_date(termination))
        found = days(start, end, "30E/360 ISDA", termination)
        assert found == oracle.dayCount(ql_date(start), ql_date(end)), (start, end, termination)
        decided += found != days(start, end, "30E/360 ISDA")
    assert decided > 100


def test_a_length_over_its_basis_is_the_year_fraction_and_parts_add_up():
    """Parts of a period, cut anywhere, add up to it exactly where no month-end rule looks on."""
    chance = random.Random("parts")
    tried = 0
    for name in ("ACT/360", "ACT/365F", "ACT/ACT ISDA"):
        convention = DAY_COUNTS[name]
        for start, end in date_pairs(seed=name):
            cut = start + timedelta(days=chance.randint(0, (end - start).days))
            parts = convention.length(start, cut) + convention.length(cut, end)
            assert parts == convention.length(start, end)
            assert isinstance(parts, int)
            tried += 1
    assert tried == 3 * PAIRS


def test_a_year_of_act_act_isda_is_one_whether_leap_or_not():
    isda = DAY_COUNTS["ACT/ACT ISDA"]
    for year in range(1990, 2060):
        assert isda.length(date(year, 1, 1), date(year + 1, 1, 1)) == isda.basis


THIRTIES = ("30/360 US", "30/360 ISDA", "30E/360", "30E/360 ISDA")


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 360), st.sampled_from(THIRTIES)
)
def test_whole_months_between_days_up_to_the_28th_are_of_30_days(start, months, name):
    """By every convention of the family, unless the day is the last of February."""
    start = start.replace(day=min(start.day, 27))
    assert days(start, add_months(start, months), name) == 30 * months


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 4000))
def test_the_30_360_family_agrees_but_for_month_ends(start, length):
    """Where neither end is its month's last day, all four count the same.

    Else they are 3 days apart at most: from 28 February, moved by 2, to a 31st, moved by 1.
    """
    end = start + timedelta(days=length)
    found = {days(start, end, name) for name in THIRTIES}
    at_month_end = start == month_end(start) or end == month_end(end)
    assert len(found) == 1 or at_month_end
    assert max(found) - min(found) <= 3


# Worked by hand from the four steps of SIFMA's Standard Securities Calculation Methods.
MONTH_ENDS = [
    (date(2007, 2, 28), date(2008, 2, 29), 360),  # both the last of February: 30 and 30
    (date(2008, 2, 29), date(2009, 2, 28), 360),
    (date(2008, 2, 28), date(2008, 2, 29), 1),  # the 28th of a leap year is no last day
    (date(2007, 2, 28), date(2007, 3, 31), 30),  # start becomes 30, so 31 becomes 30
    (date(2007, 1, 31), date(2007, 2, 28), 28),  # the end in February stays
    (date(2007, 1, 30), date(2007, 3, 31), 60),
    (date(2007, 1, 29), date(2007, 3, 31), 62),  # start before the 30th: the 31st stays
    (date(2007, 8, 31), date(2007, 9, 30), 30),
    (date(2003, 12, 18), date(2004, 2, 1), 43),  # the first coupon of the notes
]


@pytest.mark.parametrize(("start", "end", "days"), MONTH_ENDS)
def test_the_month_ends_of_30_360_us(start, end, days):
    assert DAY_COUNTS["30/360 US"].days(start, end) == days


def test_quantlib_s_nasd_variant_differs_by_february_alone():
    """The clause that QuantLib's NASD leaves out: a start on the last of February is the 30th."""
    nasd = ql.Thirty360(ql.Thirty360.NASD)
    ours = DAY_COUNTS["30/360 US"]
    different = 0
    for start, end in date_pairs(seed="NASD"):
        if nasd.dayCount(ql_date(start), ql_date(end)) != ours.days(start, end):
            assert start.month == 2 and (start + timedelta(days=1)).month == 3, (start, end)
            different += 1
    assert different > 50


# By hand from 4.16(h): D1 and D2 on the last of February or the 31st are 30, but D2 on the
# last of February is kept where the loan ends.
TERMINATIONS = [
    (date(2006, 8, 31), date(2007, 2, 28), None, 180),
    (date(2006, 8, 31), date(2007, 2, 28), date(2007, 2, 28), 178),
    (date(2007, 2, 28), date(2008, 2, 29), date(2008, 2, 29), 359),
    (date(2008, 2, 29), date(2008, 8, 31), date(2008, 8, 31), 180),  # a 31st is moved all the same
    (date(2008, 2, 28), date(2008, 8, 31), None, 182),  # no last day in a leap year
]


@pytest.mark.parametrize(("start", "end", "termination", "expected"), TERMINATIONS)
def test_the_last_of_february_at_the_end_of_a_loan(start, end, termination, expected):
    assert days(start, end, "30E/360 ISDA", termination) == expected


def test_an_end_before_the_start_is_refused():
    for function in (days, yearfrac):
        with pytest.raises(LexpError, match="end: found 2006-01-01; 2006-02-01, the start"):
            function(date(2006, 2, 1), date(2006, 1, 1), "ACT/360")


AMBIGUOUS = {
    "30/360": ("30/360 US", "30E/360", "30E/360 ISDA", "30/360 ISDA"),
    "Bond Basis": ("30/360 US", "30/360 ISDA"),
    "act/365": ("ACT/365F",),
    "ACT/ACT": ("ACT/ACT ISDA", "ACT/ACT ICMA"),
    "Actual/Actual": ("ACT/ACT ISDA", "ACT/ACT ICMA"),
    "Eurobond Basis": ("30E/360", "30E/360 ISDA"),
}


@pytest.mark.parametrize("spelling", AMBIGUOUS)
def test_an_ambiguous_spelling_is_refused_with_its_candidates(spelling):
    with pytest.raises(LexpError) as caught:
        day_count(spelling, "coupon.day_count")
    message = str(caught.value)
    assert "coupon.day_count" in message and f'"{spelling}"' in message and "ambiguous" in message
    assert all(f'"{each}"' in message for each in AMBIGUOUS[spelling])


@pytest.mark.parametrize("spelling", ["ACT/361", "actual", "", "30/360US", "\u0661"])
def test_an_unknown_spelling_is_refused_with_the_list(spelling):
    with pytest.raises(LexpError) as caught:
        day_count(spelling, "x")
    assert all(f'"{name}"' in str(caught.value) for name in DAY_COUNTS)


def test_the_nearest_spelling_is_offered_and_case_does_not_matter():
    with pytest.raises(LexpError, match='did you mean "ACT/360"'):
        day_count("ACT360")
    assert day_count("act/365f").name == "ACT/365F"
    assert day_count("30/360 us").name == "30/360 US"
