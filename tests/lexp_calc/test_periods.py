"""Payment dates: the anchor kept at month ends, stubs, maturities that are no regular date."""

import random
from calendar import monthrange
from datetime import date, timedelta

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lexp_calc.calendars import CALENDARS
from lexp_calc.periods import PaymentTerms, anniversaries, payment_dates
from lexp_calc.regular_dates import FREQUENCIES, RegularDates, add_months, month_end
from tests.lexp_calc.simulation.dates import FEDERAL_RESERVE, ql_date

DAYS = st.dates(date(1950, 1, 1), date(2120, 12, 31))


def terms(first, frequency="monthly", business_day="Following", delay="to the day paid", **others):
    return PaymentTerms(
        first_payment=first,
        frequency=frequency,
        business_day=business_day,
        interest_for_delay=delay,
        **others,
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


@pytest.mark.parametrize(
    ("closing", "maturity", "first_period", "expected"),
    [
        # By hand: back from 15 September 2004, quarterly, to a closing on 1 February 2004.
        ("2004-02-01", "2004-09-15", "short", ["2004-03-15", "2004-06-15", "2004-09-15"]),
        ("2004-02-01", "2004-09-15", "long", ["2004-06-15", "2004-09-15"]),
        # The closing is a regular date: nothing is left over.
        ("2004-03-15", "2004-09-15", "long", ["2004-06-15", "2004-09-15"]),
        # Nothing but the rest: one payment.
        ("2004-09-01", "2004-09-15", "long", ["2004-09-15"]),
    ],
)
def test_regular_dates_counted_back_from_maturity(closing, maturity, first_period, expected):
    closing, maturity = date.fromisoformat(closing), date.fromisoformat(maturity)
    counted = terms(None, "quarterly", first_period=first_period)
    found = payments(counted, "weekends", maturity, closing)
    assert [str(each.due) for each in found] == expected
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert all(each.is_regular for each in found)


def test_regular_dates_counted_back_run_on_past_an_extended_maturity():
    """They are the contract's, whatever maturity is in force; an earlier one ends a stub."""
    counted = terms(None, "quarterly", first_period="short")
    regular = counted.regular_dates(date(2004, 2, 1), date(2004, 9, 15))
    for maturity, last_two in (
        (date(2005, 3, 31), [date(2005, 3, 15), date(2005, 3, 31)]),
        (date(2004, 7, 1), [date(2004, 6, 15), date(2004, 7, 1)]),
    ):
        found = list(payment_dates(counted, regular, CALENDARS["weekends"], maturity))
        assert [each.due for each in found][-2:] == last_two
        assert found[-2].is_regular and not found[-1].is_regular


def test_a_long_last_period_leaves_out_the_regular_date_before_it():
    monthly = terms(date(2004, 2, 1), last_period="long")
    found = payments(monthly, "weekends", date(2004, 4, 20))
    assert [each.due for each in found] == [date(2004, 2, 1), date(2004, 3, 1), date(2004, 4, 20)]
    assert not found[-1].is_regular and found[-1].number == 3
    on_a_regular_date = payments(monthly, "weekends", date(2004, 4, 1))
    assert [each.due.month for each in on_a_regular_date] == [2, 3, 4]


def test_the_end_of_month_rule_holds_where_the_anchor_is_a_month_s_end():
    at_end = terms(date(2004, 4, 30), "quarterly", end_of_month=True)
    found = [each.due for each in payments(at_end, "weekends", date(2005, 4, 30))]
    assert found == [
        date(2004, 4, 30),
        date(2004, 7, 31),
        date(2004, 10, 31),
        date(2005, 1, 31),
        date(2005, 4, 30),
    ]
    before = terms(date(2004, 4, 29), "quarterly", end_of_month=True)
    assert [each.due.day for each in payments(before, "weekends", date(2005, 4, 29))] == [29] * 5


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "first_payment: found neither a first payment nor a first period; either"),
        ({"first": date(2004, 2, 1), "first_period": "long"}, "first_payment: found both"),
        (
            {"first": date(2004, 2, 1), "frequency": "weekly", "end_of_month": True},
            "end_of_month: found true, and payments weekly; a frequency of months",
        ),
    ],
)
def test_terms_that_cannot_both_hold_are_refused(given, message):
    raw = {"first": None, **given}
    with pytest.raises(ValidationError, match=message):
        terms(raw.pop("first"), **raw)


CASES = 5_000  # of a frequency, in each direction
QL_STEPS = {
    name: ql.Period(each.weeks, ql.Weeks) if each.weeks else ql.Period(each.months, ql.Months)
    for name, each in FREQUENCIES.items()
}


def random_payments(chance, frequency, counted_back):
    """(closing, maturity, terms) of a tranche with a few dozen payments, at month ends or not."""
    step = FREQUENCIES[frequency]
    length = 7 * step.weeks or 30 * step.months
    closing = date(1990, 1, 1) + timedelta(days=chance.randrange(24_000))
    first = closing + timedelta(days=chance.randint(1, 2 * length))
    maturity = first + timedelta(days=chance.randint(1, 30 * length))
    if chance.random() < 0.4:
        first, maturity, closing = (
            add_months(each.replace(day=1), 1) - timedelta(days=1)
            for each in (first, maturity, closing)
        )
        first, maturity = max(first, closing + timedelta(days=1)), max(first, maturity)
    return (
        closing,
        max(maturity, closing + timedelta(days=1)),
        terms(
            None if counted_back else first,
            frequency,
            first_period=chance.choice(["short", "long"]) if counted_back else None,
            last_period=chance.choice([None, "short", "long"]),
            end_of_month=chance.choice([None, True]) if step.months else None,
        ),
    )


def quantlib_dates(closing, maturity, given):
    """The dates after closing of a QuantLib schedule, without the dates that long periods drop."""
    back = given.first_payment is None
    first = () if back or given.first_payment == maturity else (ql_date(given.first_payment),)
    if given.first_payment == maturity:
        return [ql_date(maturity)]
    schedule = ql.Schedule(
        ql_date(closing),
        ql_date(maturity),
        QL_STEPS[given.frequency],
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward if back else ql.DateGeneration.Forward,
        bool(given.end_of_month),
        *first,
    )
    dates, regular = list(schedule)[1:], list(schedule.isRegular())
    if back and given.first_period == "long" and not regular[0] and len(dates) > 1:
        del dates[0]
    elif not back and given.last_period == "long" and not regular[-1] and len(dates) > 1:
        del dates[-2]
    return dates


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("counted_back", [False, True])
def test_dates_are_those_of_a_quantlib_schedule(frequency, counted_back):
    """Every frequency, forward and backward, at month ends, with short and long ends.

    Where QuantLib is left out, and counted: a step back, before it is put to its month's end,
    that falls on the closing itself. QuantLib takes it for the closing; the contract's
    regular date is the month's end after it.
    """
    chance = random.Random(f"schedules {frequency} {counted_back}")
    tried, at_month_ends, on_the_closing = 0, 0, 0
    while tried < CASES:
        closing, maturity, given = random_payments(chance, frequency, counted_back)
        regular = given.regular_dates(closing, maturity)
        found = payments(given, "US Federal Reserve", maturity, closing)
        if counted_back and regular.at_month_ends and closing != month_end(closing):
            back = RegularDates(maturity, regular.frequency)
            if back.date(back.number_until(closing)) == closing:
                on_the_closing += 1
                continue
        dues = [ql_date(each.due) for each in found]
        assert dues == quantlib_dates(closing, maturity, given), (closing, maturity, given)
        paid = [FEDERAL_RESERVE.adjust(due, ql.Following) for due in dues]
        if dues[0].year() >= 1986:  # before, QuantLib's calendar is another: test_calendars.py
            assert [ql_date(each.paid) for each in found] == paid
        tried += 1
        at_month_ends += regular.at_month_ends
    assert at_month_ends > 400 or FREQUENCIES[frequency].weeks
    assert on_the_closing < 100


def test_anniversaries_of_a_leap_day_are_kept_at_the_end_of_february():
    found = list(anniversaries(date(2004, 2, 29), date(2008, 2, 29)))
    assert found == [date(2005, 2, 28), date(2006, 2, 28), date(2007, 2, 28), date(2008, 2, 29)]


def test_anniversaries_end_with_the_last_day_and_leave_out_the_start():
    assert list(anniversaries(date(2003, 12, 18), date(2004, 12, 17))) == []
    assert list(anniversaries(date(2003, 12, 18), date(2004, 12, 18))) == [date(2004, 12, 18)]
