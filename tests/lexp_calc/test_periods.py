"""Payment dates: the anchor kept at month ends, stubs, maturities that are no regular date."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.calendars import CALENDARS
from lexp_calc.periods import PaymentTerms, anniversaries, payment_dates
from lexp_calc.regular_dates import FREQUENCIES, add_months
from tests.lexp_calc.day_by_day import FEDERAL_RESERVE, ql_date

DAYS = st.dates(date(1950, 1, 1), date(2120, 12, 31))


def terms(first, frequency="monthly", business_day="Following", delay="to the day paid"):
    return PaymentTerms(
        first_payment=first,
        frequency=frequency,
        business_day=business_day,
        interest_for_delay=delay,
    )


def payments(terms, calendar, maturity, closing=date(1949, 1, 1)):
    regular = terms.regular_dates(closing, maturity)
    return list(payment_dates(terms, regular, CALENDARS[calendar], maturity))


def due_dates(first, maturity, frequency="monthly"):
    return [each.due for each in payments(terms(first, frequency), "weekends", maturity)]


def test_monthly_from_the_31st_goes_to_each_month_s_end_and_back():
    """By hand, as EDATE counts from the anchor."""
    found = due_dates(date(2003, 12, 31), date(2004, 5, 31))
    assert found == [
        date(2003, 12, 31),
        date(2004, 1, 31),
        date(2004, 2, 29),
        date(2004, 3, 31),
        date(2004, 4, 30),
        date(2004, 5, 31),
    ]


def test_quarterly_from_30_november_is_clamped_in_february_alone():
    found = due_dates(date(2004, 11, 30), date(2005, 11, 30), "quarterly")
    assert found == [
        date(2004, 11, 30),
        date(2005, 2, 28),
        date(2005, 5, 30),
        date(2005, 8, 30),
        date(2005, 11, 30),
    ]


@given(DAYS, st.integers(0, 600))
def test_adding_months_is_quantlib_s(anchor, months):
    theirs = ql_date(anchor) + ql.Period(months, ql.Months)
    assert ql_date(add_months(anchor, months)) == theirs


@given(DAYS, st.integers(0, 600))
def test_adding_months_keeps_the_anchor_s_day_where_the_month_has_it(anchor, months):
    later = add_months(anchor, months)
    assert (later.year - anchor.year) * 12 + later.month - anchor.month == months
    assert later.day == min(anchor.day, monthrange(later.year, later.month)[1])


def test_a_maturity_that_is_no_regular_date_ends_a_short_last_period():
    """The term loan's: the instalment on 1 June 2006, the balance on the 30th."""
    found = list(payments(terms(date(2004, 2, 1)), "weekends", date(2006, 6, 30)))
    assert len(found) == 30
    *_, june, last = found
    assert (june.due, june.is_regular, june.is_maturity) == (date(2006, 6, 1), True, False)
    assert (last.due, last.is_regular, last.is_maturity) == (date(2006, 6, 30), False, True)


def test_a_maturity_that_is_a_regular_date_is_both():
    found = list(payments(terms(date(2004, 2, 1)), "weekends", date(2007, 10, 1)))
    assert len(found) == 45
    assert found[-1].is_regular and found[-1].is_maturity and found[-1].number == 45


def test_a_first_payment_at_maturity_is_the_only_one():
    (only,) = payments(terms(date(2004, 2, 2)), "weekends", date(2004, 2, 2))
    assert only.is_regular and only.is_maturity


@pytest.mark.parametrize(
    ("convention", "delay", "paid", "accrual_end"),
    [
        ("Following", "to the day paid", date(2007, 7, 2), date(2007, 7, 2)),
        ("Following", "none", date(2007, 7, 2), date(2007, 6, 30)),
        ("Modified Following", "to the day paid", date(2007, 6, 29), date(2007, 6, 29)),
        ("Modified Following", "none", date(2007, 6, 29), date(2007, 6, 30)),
        ("Unadjusted", "to the day paid", date(2007, 6, 30), date(2007, 6, 30)),
    ],
)
def test_what_a_saturday_costs(convention, delay, paid, accrual_end):
    """30 June 2007 is a Saturday."""
    due = date(2007, 6, 30)
    terms_of_payment = terms(due, business_day=convention, delay=delay)
    (only,) = payments(terms_of_payment, "US Federal Reserve", due)
    assert (only.due, only.paid, only.accrual_end) == (due, paid, accrual_end)


# From 1986 on. QuantLib keeps Martin Luther King's birthday since 1983, the year of its law; the
# law itself (Public Law 98-144) is in force from 1 January 1986. Before 1978 Veterans Day, before
# 1971 all Monday holidays were kept otherwise.
@given(
    st.dates(date(1986, 1, 1), date(2120, 12, 31)),
    st.integers(0, 4000),
    st.sampled_from([name for name, each in FREQUENCIES.items() if each.months]),
)
def test_payment_dates_are_those_of_a_forward_quantlib_schedule(first, days, frequency):
    maturity = first + timedelta(days=days)
    found = list(payments(terms(first, frequency), "US Federal Reserve", maturity))
    dues = [ql_date(each.due) for each in found]
    if days:
        theirs = ql.Schedule(
            ql_date(first),
            ql_date(maturity),
            ql.Period(FREQUENCIES[frequency].months, ql.Months),
            ql.NullCalendar(),
            ql.Unadjusted,
            ql.Unadjusted,
            ql.DateGeneration.Forward,
            False,
        )
        assert dues == list(theirs)
    assert [ql_date(each.paid) for each in found] == [
        FEDERAL_RESERVE.adjust(due, ql.Following) for due in dues
    ]
    assert [each.number for each in found] == list(range(1, len(found) + 1))


def test_anniversaries_of_a_leap_day_are_kept_at_the_end_of_february():
    found = list(anniversaries(date(2004, 2, 29), date(2008, 2, 29)))
    assert found == [date(2005, 2, 28), date(2006, 2, 28), date(2007, 2, 28), date(2008, 2, 29)]


def test_anniversaries_end_with_the_last_day_and_leave_out_the_start():
    assert list(anniversaries(date(2003, 12, 18), date(2004, 12, 17))) == []
    assert list(anniversaries(date(2003, 12, 18), date(2004, 12, 18))) == [date(2004, 12, 18)]
