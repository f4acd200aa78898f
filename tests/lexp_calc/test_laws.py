"""What holds for every deal, whatever its terms and its scenario.

The last law is that a day-by-day simulation, which shares no code, pays the same cents.
"""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from lexp_calc import LexpError, project
from lexp_calc.money import round_half_away
from lexp_calc.term_sheet import deal_from_tables
from tests.lexp_calc.generated.evenly import EVENLY
from tests.lexp_calc.generated_deals import DEALS
from tests.lexp_calc.simulation.amounts import ByDate, Refused, per_cent, rounded
from tests.lexp_calc.simulation.dates import anniversaries
from tests.lexp_calc.simulation.deals import Deal, simulate
from tests.lexp_calc.simulation.ledger import AMOUNTS

DEALS_OF_A_KIND = 200
MOST_REFUSED = Fraction(1, 5)  # of all deals of a kind
LAWS = settings(
    max_examples=DEALS_OF_A_KIND,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    backend=EVENLY,
)
PARTS = ("interest", "scheduled_principal", "prepayment", "balloon", "fees")
BASIS = {"ACT/360": 360, "ACT/365F": 365, "30/360 US": 360, "30E/360": 360, "30/360 ISDA": 360}


class Case:
    """One tranche of a generated deal: its tables, what is read again of them, its schedule."""

    def __init__(self, tables, name, schedule):
        self.deal, self.name = Deal(tables, "base"), name
        self.terms = tables["tranche"][name]
        self.coupon = self.terms["coupon"]
        self.schedule, self.rows = schedule, schedule.rows
        self.scenario = self.deal.scenario

    def of_scenario(self, table):
        """The tranche's entry of a table of the scenario."""
        return self.scenario.get(table, {}).get(self.name, {})


def balances_roll_forward(case):
    rows = case.rows
    assert rows[0].opening_balance == 0 and rows[0].payment_date == case.deal.closing
    for before, row in pairwise(rows):
        assert row.opening_balance == before.closing_balance
        assert row.payment_date >= before.payment_date
    for row in rows:
        assert row.closing_balance == (
            row.opening_balance
            + row.drawn
            + row.pik_interest
            - row.scheduled_principal
            - row.prepayment
            - row.balloon
        )


def nothing_is_negative(case):
    for row in case.rows:
        assert min(getattr(row, name) for name in AMOUNTS) >= 0
        assert min(row.opening_balance, row.closing_balance, row.days, row.swept) >= 0


def what_is_drawn_or_added_is_repaid(case):
    repaid = sum(r.scheduled_principal + r.prepayment + r.balloon for r in case.rows)
    assert repaid == sum(row.drawn + row.pik_interest for row in case.rows)
    assert case.rows[-1].closing_balance == 0


def totals_are_the_sums_of_their_parts(case):
    for row in case.rows:
        assert row.total_payment == sum(getattr(row, part) for part in PARTS)
    schedule = case.schedule
    total = schedule.total("total_payment")
    assert total == sum(map(schedule.total, PARTS))
    first, last = case.rows[0].payment_date, case.rows[-1].payment_date
    assert schedule.currency.amount(schedule.debt_service(first, last)) == total


def nothing_is_paid_twice(case):
    """Each payment once; what is prepaid and drawn is what contract and scenario say."""
    numbers = [row.payment_number for row in case.rows if row.is_payment]
    assert numbers == list(range(1, len(numbers) + 1))
    changes = [case.deal.cents(each) for each in case.of_scenario("draw").values()]
    prepaid = sum(case.deal.cents(each) for each in case.of_scenario("prepay").values())
    prepaid -= sum(each for each in changes if each < 0)
    assert sum(row.prepayment - row.swept for row in case.rows) == prepaid
    drawn = case.deal.cents(case.terms.get("principal", 0))
    drawn += sum(case.deal.cents(each["amount"]) for each in case.terms.get("drawings", []))
    assert sum(row.drawn for row in case.rows) == drawn + sum(e for e in changes if e > 0)


def interest_periods_chain_from_closing_without_a_gap(case):
    end = case.deal.closing
    for before, row in pairwise(case.rows):
        if row.payment_number > before.payment_number:
            assert (row.accrual_start, row.pays_interest) == (end, True)
            end = row.accrual_end
        elif row.pays_interest:  # accrued interest paid with a prepayment
            assert row.accrual_start == end <= row.accrual_end
        else:
            assert row.accrual_start == row.accrual_end == row.payment_date
            assert row.interest == 0


def the_floor_is_never_undercut_nor_the_cap_passed(case):
    if "in_kind" in case.terms:  # its rate is beside the coupon
        return
    on_top = per_cent(case.coupon.get("default_margin", "0%"))
    options = case.coupon.get("options", [])
    for row in case.rows:
        if not row.days:
            continue
        if "floor" in case.coupon:
            assert row.all_in_rate >= per_cent(case.coupon["floor"])
        if "cap" in case.coupon:
            assert row.all_in_rate <= per_cent(case.coupon["cap"]) + on_top
        if len(options) == 1 and "floor" in options[0] and "cap" not in case.coupon:
            assert row.all_in_rate >= per_cent(options[0]["floor"])


def interest_is_balance_times_rate_times_days_rounded_once(case):
    """For periods in which nothing is drawn or prepaid."""
    if case.coupon["day_count"] not in BASIS or "in_kind" in case.terms:
        return
    moves = {row.payment_date for row in case.rows if row.prepayment or row.drawn}
    for before, row in pairwise(case.rows):
        within = any(row.accrual_start < day < row.payment_date for day in moves)
        if row.payment_number == before.payment_number or within:
            continue
        part_of_year = Fraction(row.days, BASIS[case.coupon["day_count"]])
        exact = row.opening_balance * Fraction(row.all_in_rate) * part_of_year
        assert row.interest == round_half_away(exact.numerator, exact.denominator)


def all_interest_is_what_the_balance_of_each_day_earns(case):
    """To within the rounding of each row: nothing is lost where rows split a period."""
    is_plain = case.coupon["type"] == "fixed" and "default_margin" not in case.coupon
    is_actual = case.coupon["day_count"] in ("ACT/360", "ACT/365F")
    is_delayed = case.terms["payments"]["interest_for_delay"] == "none"
    if not is_plain or not is_actual or is_delayed or "in_kind" in case.terms:
        return
    balance_days = sum(
        before.closing_balance * (row.payment_date - before.payment_date).days
        for before, row in pairwise(case.rows)
    )
    exact = balance_days * per_cent(case.coupon["rate"]) / BASIS[case.coupon["day_count"]]
    assert abs(sum(row.interest for row in case.rows) - exact) <= Fraction(len(case.rows), 2)


def yearly_fees_are_on_what_is_outstanding_at_the_end_of_the_day(case):
    fees = list(case.terms.get("fees", {}).values())
    if [fee["type"] for fee in fees] != ["anniversary"] or "call_protection" in case.terms:
        return
    charged = Counter()
    for row in case.rows:
        charged[row.payment_date] += row.fees
    expected = Counter()
    for day in anniversaries(case.deal.closing, case.rows[-1].payment_date):
        expected[day] = rounded(case.schedule.balance(day) * per_cent(fees[0]["rate"]))
    assert +charged == +expected


def loans_and_letters_stay_within_the_commitment(case):
    if "commitment" not in case.terms:
        return
    changes = case.terms.get("commitment_steps", [])
    changes = {step["from"].isoformat(): step["commitment"] for step in changes}
    commitment = ByDate(changes, case.deal.cents, case.deal.cents(case.terms["commitment"]))
    letters = ByDate(case.of_scenario("letters_of_credit"), case.deal.cents, 0)
    drawn = 0
    for row in case.rows:
        drawn += row.drawn
        used = row.closing_balance + letters.on(row.payment_date)
        used = used if case.terms["type"] == "revolver" else drawn
        assert used <= commitment.on(row.payment_date)


UNIVERSAL = (
    balances_roll_forward,
    nothing_is_negative,
    what_is_drawn_or_added_is_repaid,
    totals_are_the_sums_of_their_parts,
    nothing_is_paid_twice,
    interest_periods_chain_from_closing_without_a_gap,
    the_floor_is_never_undercut_nor_the_cap_passed,
    interest_is_balance_times_rate_times_days_rounded_once,
    all_interest_is_what_the_balance_of_each_day_earns,
    yearly_fees_are_on_what_is_outstanding_at_the_end_of_the_day,
    loans_and_letters_stay_within_the_commitment,
)


def a_sweep_takes_no_more_than_there_is(tables, projection):
    """Percentage x cash over all tranches; each tranche's balance it can't pass, being rolled."""
    deal = Deal(tables, "base")
    swept = Counter()
    for name in tables["tranche"]:
        for row in projection[name].rows:
            assert row.swept <= row.prepayment
            swept[row.payment_date] += row.swept
    for day, amount in swept.items():
        assert amount <= deal.excess_cash(day)


def moved(rows):
    """Rows in which something is paid or drawn, or could be; others only show a day."""
    return [
        row
        for row in rows
        if any(row[name] for name in AMOUNTS)
        or (row["opening_balance"] and row["accrual_start"] != row["accrual_end"])
    ]


def the_day_by_day_simulation_pays_the_same(simulated, projection):
    for name, expected in simulated.items():
        found = [
            {column: getattr(row, column) for column in expected[0]}
            for row in projection[name].rows
        ]
        found, expected = moved(found), moved(expected)
        for number, (ours, theirs) in enumerate(zip(found, expected, strict=False), 1):
            assert ours == theirs, f"row {number} of {name}"
        assert len(found) == len(expected)


@pytest.mark.parametrize("kind", DEALS)
def test_every_law_holds_for_every_deal(kind):
    seen = Counter()

    @LAWS
    @given(tables=DEALS[kind])
    def every_law_holds(tables):
        seen["deals"] += 1
        try:
            projection = project(deal_from_tables(tables, Path()))
        except LexpError as problem:  # more prepaid than is owed, or a negative rate
            assert "prepay." in str(problem) or "all-in rate" in str(problem), str(problem)
            seen["refused"] += 1
            with pytest.raises(Refused):
                simulate(tables)
            return
        for name in tables["tranche"]:
            case = Case(tables, name, projection[name])
            for law in UNIVERSAL:
                law(case)
        a_sweep_takes_no_more_than_there_is(tables, projection)
        the_day_by_day_simulation_pays_the_same(simulate(tables), projection)

    every_law_holds()
    assert seen["deals"] >= DEALS_OF_A_KIND
    assert seen["refused"] <= MOST_REFUSED * seen["deals"], seen
