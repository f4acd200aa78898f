"""Functions of whole deals on every example and scenario: they agree with the schedules."""

from pathlib import Path

import pytest

import lexp_calc
from lexp_calc.errors import LexpError

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
DEALS = ["lexp-2003", *map(str, EXAMPLES)]
CASES = [
    (deal, scenario) for deal in DEALS for scenario in lexp_calc.read_term_sheet(deal).scenario
]


@pytest.fixture(params=CASES, ids=lambda case: f"{Path(case[0]).stem}-{case[1]}")
def case(request):
    deal, scenario = request.param
    return deal, scenario, lexp_calc.project(lexp_calc.read_term_sheet(deal), scenario)


def column(table, heading):
    place = table.headings.index(heading)
    return [row[place] for row in table.rows]


def test_a_balance_is_that_of_the_last_row_paid_by_then(case):
    deal, scenario, projection = case
    for tranche in projection.deal.tranche:
        table = lexp_calc.schedule(deal, tranche, scenario)
        days, left = column(table, "payment_date"), column(table, "closing_balance")
        for day in (days[0], days[len(days) // 2], days[-1]):
            last = max(number for number, each in enumerate(days) if each == day)
            assert lexp_calc.balance(deal, tranche, day, scenario) == left[last]
        paid = lexp_calc.debt_service(deal, tranche, days[0], days[-1], scenario)
        assert paid == sum(column(table, "total_payment"))


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_debt_service_by_period_adds_up_to_all_payments(case, period):
    deal, scenario, projection = case
    table = lexp_calc.debt_service_by_period(deal, period, scenario)
    everything = sum(each.total("total_payment") for each in projection.schedules.values())
    *periods, total = column(table, "total")
    assert sum(periods) == total == everything


def test_a_carrying_amount_ends_at_nothing_or_says_why_there_is_none(case):
    deal, scenario, projection = case
    for tranche, schedule in projection.schedules.items():
        drawn_later = any(row.drawn for row in schedule.rows[1:])
        if drawn_later or projection.deal.tranche[tranche].type == "revolver":
            with pytest.raises(LexpError, match="^tranche: found"):
                lexp_calc.carrying_amount(deal, tranche, 0, scenario)
            continue
        table = lexp_calc.carrying_amount(deal, tranche, 0, scenario)
        assert column(table, "closing_carrying_amount")[-1] == 0


@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: Path(deal).stem)
def test_the_tables_of_a_deal_add_up(deal):
    terms = lexp_calc.read_term_sheet(deal)
    *years, total = lexp_calc.maturity_wall(deal).rows
    assert [sum(amounts) for amounts in zip(*(row[1:] for row in years), strict=True)] == list(
        total[1:]
    )
    sides = lexp_calc.sources_and_uses(deal)
    totals = [row[2] for row in sides.rows if row[1] == "total"]
    assert len(totals) == 2 and totals[0] == totals[1]
    values = [[pool, 10_000_000] for pool in terms.collateral]
    recovery = lexp_calc.recovery(deal, [*values, ["unencumbered", 5_000_000]])
    *tranches, total, left_over = recovery.rows
    recovered = recovery.headings.index("recovered")
    assert sum(row[recovered] for row in tranches) == total[recovered]
    available = 10_000_000 * len(values) + 5_000_000
    assert total[recovered] + left_over[recovered] == available
