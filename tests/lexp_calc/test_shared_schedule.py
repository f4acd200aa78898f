"""A lender's share of a schedule: figures by hand, and the laws that make it one.

The laws are worked out here with fractions from the schedule's own columns.
"""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.shared_schedule import shared_schedule

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
SCHEDULES = {
    f"{deal.id} {tranche_id}": schedule
    for deal in (builtin_deal(), *map(read_term_sheet, EXAMPLES))
    for tranche_id, schedule in project(deal).schedules.items()
}
SHARES = st.integers(1, 10**8).map(lambda units: Fraction(units, 10**8))
HALF = Fraction(1, 2)


def club(scenario):
    path = next(path for path in EXAMPLES if path.stem == "club-deal")
    deal = read_term_sheet(path)
    share = deal.lender["northgate"].share["term-loan"]
    schedule = project(deal, scenario)["term-loan"]
    return {str(row.flow.payment_date): row for row in shared_schedule(schedule.rows, share)}


# 43.75 % of the club's loan of 38,450,000.00, by hand, in cents.
BY_HAND = [
    # 38,450,000 x 0.4375, and so much of the fee of 432,562.50: 189,246.09375
    ("base", "2025-03-31", "drawn", 16_821_875_00),
    ("base", "2025-03-31", "fees", 189_246_09),
    # 708,537.38 x 0.4375 = 309,985.10375
    ("base", "2025-06-30", "interest", 309_985_10),
    # 961,250 x 0.4375 = 420,546.875: the balance falls to 16,401,328.125, which is rounded up,
    # and then to 15,980,781.25
    ("base", "2025-06-30", "closing_balance", 16_401_328_13),
    ("base", "2025-06-30", "scheduled_principal", 420_546_87),
    ("base", "2025-09-30", "closing_balance", 15_980_781_25),
    ("base", "2025-09-30", "scheduled_principal", 420_546_88),
    # 20,186,250 x 0.4375 = 8,831,484.375, rounded up as the balance before was
    ("base", "2030-03-29", "balloon", 8_831_484_38),
    ("base", "2030-03-29", "closing_balance", 0),
]


@pytest.mark.parametrize("scenario, day, column, cents", BY_HAND)
def test_figures_by_hand(scenario, day, column, cents):
    assert getattr(club(scenario)[day], column) == cents


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SCHEDULES)), SHARES)
def test_a_share_is_a_schedule_of_its_own(name, share):
    """It rolls forward, ends at nothing, and stays within a cent of the exact share."""
    before, rows = 0, list(shared_schedule(SCHEDULES[name].rows, share))
    for row in rows:
        flow = row.flow
        assert row.opening_balance == before
        moved = row.drawn + row.pik_interest - row.principal
        assert row.opening_balance + moved == row.closing_balance
        assert abs(row.closing_balance - flow.closing_balance * share) <= HALF
        for column in ("drawn", "pik_interest", "scheduled_principal", "prepayment", "balloon"):
            exact = getattr(flow, column) * share
            assert getattr(row, column) >= 0
            assert abs(getattr(row, column) - exact) <= 1
            assert exact or not getattr(row, column)  # nothing of nothing
        assert abs(row.interest - flow.interest * share) <= HALF
        assert abs(row.fees - flow.fees * share) <= HALF
        assert row.total_payment == row.interest + row.principal + row.fees
        before = row.closing_balance
    assert before == 0
    assert sum(row.drawn + row.pik_interest for row in rows) == sum(row.principal for row in rows)


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_all_of_it_is_the_schedule_itself(name):
    for row in shared_schedule(SCHEDULES[name].rows, Fraction(1)):
        flow = row.flow
        assert (row.interest, row.fees) == (flow.interest, flow.fees)
        assert (row.drawn, row.principal) == (flow.drawn, flow.principal)
        assert row.total_payment == flow.total_payment


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(SCHEDULES)),
    st.lists(st.integers(1, 10**7), min_size=2, max_size=5),
)
def test_all_lenders_together_are_the_tranche_but_for_cents(name, parts):
    """Of n lenders the balances and interest miss the tranche's by n/2 cents at the most."""
    shares = [Fraction(part, sum(parts)) for part in parts]
    each = [list(shared_schedule(SCHEDULES[name].rows, share)) for share in shares]
    for number, flow in enumerate(SCHEDULES[name].rows):
        for column in ("closing_balance", "interest", "fees"):
            together = sum(getattr(rows[number], column) for rows in each)
            assert abs(together - getattr(flow, column)) <= HALF * len(shares)
