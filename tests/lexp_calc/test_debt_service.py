"""Debt service by quarter: by hand from the press release, and all of every schedule."""

from datetime import date

import pytest

from lexp_calc import project
from lexp_calc.service_by_period import debt_service, quarter_ends
from tests.lexp_calc.variants import lexington


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2003, 12, 18), date(2003, 12, 31), [date(2003, 12, 31)]),
        (date(2003, 12, 31), date(2004, 1, 1), [date(2003, 12, 31), date(2004, 3, 31)]),
        (date(2004, 1, 1), date(2004, 6, 30), [date(2004, 3, 31), date(2004, 6, 30)]),
    ],
)
def test_calendar_quarters(first, last, expected):
    assert list(quarter_ends(first, last)) == expected


def test_a_quarter_of_each_tranche():
    """Fee of 1.875 % x 11,500,000 at closing; 3 x 300,000 and 4,800,000 by 30 June 2006."""
    projection = project(lexington())
    ends = quarter_ends(date(2003, 12, 18), date(2009, 11, 15))
    found = {(each.period_end, each.tranche_id): each for each in debt_service(projection, ends)}
    assert found[date(2003, 12, 31), "secured-term-loan"].total == 215_625_00
    assert found[date(2006, 6, 30), "term-loan"].principal == 5_700_000_00
    assert found[date(2004, 3, 31), "senior-notes"].interest == 608_822_67
    assert found[date(2009, 12, 31), "senior-notes"].total == 0


@pytest.mark.parametrize("scenario", ["closing", "historical"])
def test_all_quarters_together_are_the_whole_schedule(scenario):
    projection = project(lexington(), scenario, {"prepay.term-loan.2004-07-15": "1234567.89"})
    ends = quarter_ends(date(2003, 12, 18), date(2009, 11, 15))
    for tranche_id, schedule in projection.schedules.items():
        paid = sum(
            each.total for each in debt_service(projection, ends) if each.tranche_id == tranche_id
        )
        assert paid == sum(row.total_payment for row in schedule.rows)
