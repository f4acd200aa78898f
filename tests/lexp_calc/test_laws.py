"""What holds for every deal, whatever its terms and its scenario."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lexp_calc import LexpError, project
from lexp_calc.money import round_half_away
from lexp_calc.periods import add_months
from tests.lexp_calc.generated_deals import DEALS

LAWS = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def balances_roll_forward(deal, schedule):
    rows = schedule.rows
    assert rows[0].opening_balance == 0 and rows[0].payment_date == deal.closing_date
    for before, row in pairwise(rows):
        assert row.opening_balance == before.closing_balance
        assert row.payment_date >= before.payment_date
    for row in rows:
        assert row.closing_balance == row.opening_balance + row.drawn - row.principal >= 0
        assert min(row.drawn, row.scheduled_principal, row.prepayment, row.balloon, row.fees) >= 0


def what_is_drawn_is_repaid_and_never_more_than_the_tranche(deal, schedule):
    rows = schedule.rows
    assert rows[-1].closing_balance == 0
    assert sum(row.principal for row in rows) == sum(row.drawn for row in rows)
    size = deal.money.minor_units(deal.tranche["only"].size)
    assert max(row.closing_balance for row in rows) <= size


def totals_are_the_sums_of_their_parts(deal, schedule):
    parts = ("interest", "scheduled_principal", "prepayment", "balloon", "fees")
    for row in schedule.rows:
        assert row.total_payment == sum(getattr(row, part) for part in parts)
    total = schedule.total("total_payment")
    assert total == sum(map(schedule.total, parts))
    first, last = schedule.rows[0].payment_date, schedule.rows[-1].payment_date
    assert schedule.currency.amount(schedule.debt_service(first, last)) == total


def interest_periods_chain_from_closing_without_a_gap(deal, schedule):
    end = deal.closing_date
    for before, row in pairwise(schedule.rows):
        if row.payment_number > before.payment_number:
            assert (row.accrual_start, row.pays_interest) == (end, True)
            end = row.accrual_end
        elif row.pays_interest:  # accrued interest paid with a prepayment
            assert row.accrual_start == end <= row.accrual_end
        else:
            assert row.accrual_start == row.accrual_end == row.payment_date
            assert row.interest == 0


def rates_stay_within_floor_cap_and_index(deal, schedule):
    """Without 30/360, where a calendar day may count for none or for three: see test_rates."""
    coupon = deal.tranche["only"].coupon
    if coupon.type == "fixed" or coupon.day_count.startswith("30"):
        return
    path = [value for _, value in deal.scenario["base"].index["prime"]]
    lowest, highest = (bound(path) + coupon.options[0].margin for bound in (min, max))
    if coupon.cap is not None:
        lowest, highest = min(lowest, coupon.cap), min(highest, coupon.cap)
    if coupon.floor is not None:
        lowest, highest = max(lowest, coupon.floor), max(highest, coupon.floor)
    for row in schedule.rows:
        if row.days:
            assert lowest <= row.all_in_rate <= highest
            assert row.index_rate in path


def interest_is_balance_times_rate_times_days_rounded_once(deal, schedule):
    """For periods in which nothing is drawn or prepaid."""
    moves = {row.payment_date for row in schedule.rows if row.prepayment or row.drawn}
    for before, row in pairwise(schedule.rows):
        within = any(row.accrual_start < day < row.payment_date for day in moves)
        if row.payment_number == before.payment_number or within:
            continue
        years = Fraction(row.period.length) / schedule.day_count.basis
        exact = row.opening_balance * row.all_in_rate * years
        assert row.interest == round_half_away(exact.numerator, exact.denominator)


def all_interest_is_what_the_balance_of_each_day_earns(deal, schedule):
    """To within the rounding of each row: nothing is lost where rows split a period."""
    terms, rows = deal.tranche["only"], schedule.rows
    is_actual = terms.coupon.day_count in ("ACT/360", "ACT/365F")
    if terms.coupon.type == "fixed" and is_actual and terms.payments.interest_for_delay != "none":
        balance_days = sum(
            before.closing_balance * (row.payment_date - before.payment_date).days
            for before, row in pairwise(rows)
        )
        exact = balance_days * Fraction(terms.coupon.rate) / schedule.day_count.basis
        assert abs(sum(row.interest for row in rows) - exact) <= Fraction(len(rows), 2)


def fees_are_charged_on_what_is_outstanding_at_the_end_of_each_anniversary(deal, schedule):
    fees = deal.tranche["only"].fees
    rate = Fraction(fees["anniversary"].rate) if fees else Fraction(0)
    charged = {}
    for row in schedule.rows[1:]:
        charged[row.payment_date] = charged.get(row.payment_date, 0) + row.fees
    expected = dict.fromkeys(charged, 0)
    for years in range(1, 80):
        day = add_months(deal.closing_date, 12 * years)
        exact = schedule.balance(day) * rate
        if exact and day <= schedule.rows[-1].payment_date:
            expected[day] = round_half_away(exact.numerator, exact.denominator)
    assert charged == expected


UNIVERSAL = (
    balances_roll_forward,
    what_is_drawn_is_repaid_and_never_more_than_the_tranche,
    totals_are_the_sums_of_their_parts,
    interest_periods_chain_from_closing_without_a_gap,
    rates_stay_within_floor_cap_and_index,
    interest_is_balance_times_rate_times_days_rounded_once,
    all_interest_is_what_the_balance_of_each_day_earns,
    fees_are_charged_on_what_is_outstanding_at_the_end_of_each_anniversary,
)


@pytest.mark.parametrize("kind", DEALS)
@LAWS
@given(data=st.data())
def test_every_law_holds_for_every_deal(kind, data):
    deal = data.draw(DEALS[kind])
    try:
        schedule = project(deal)["only"]
    except LexpError as problem:  # a prepayment of more than is owed: another deal
        assert "prepay." in str(problem), str(problem)
        assume(False)
    for law in UNIVERSAL:
        law(deal, schedule)
    assert project(deal)["only"].rows == schedule.rows
