"""Interest accrued and not paid, by hand and against what the schedule then pays."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from lexp_calc import project, read_term_sheet
from lexp_calc.accrued_interest import accrued_interest
from tests.lexp_calc.variants import lexington

EXAMPLES = Path(__file__).parents[2] / "examples"
ONE_DAY = timedelta(days=1)


def example(name, scenario=None):
    return project(read_term_sheet(EXAMPLES / f"{name}.toml"), scenario)


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        (date(2003, 12, 18), 0),
        (date(2003, 12, 19), 2_062_50),  # 13,500,000 x 5.50% x 1/360
        (date(2004, 2, 1), 92_812_50),  # x 45/360; due this Sunday, paid on Monday
        (date(2004, 2, 2), 0),  # paid, with interest to the day
        (date(2004, 2, 3), 2_016_67),  # 13,200,000 x 5.50% x 1/360 = 2,016.666...
        (date(2006, 6, 30), 0),  # the balance paid
        (date(2030, 1, 1), 0),
    ],
)
def test_a_term_loan(day, cents):
    assert accrued_interest(project(lexington()), "term-loan", day) == cents


def test_no_interest_for_the_delay():
    """Notes due on Sunday 1 February 2004, paid on Monday; the next period runs from Sunday.

    42,476,000 x 12% x 43/360 until then; 1/360 on Monday, 14,158.67, when the first is paid.
    """
    projection = project(lexington())
    accrued = [
        accrued_interest(projection, "senior-notes", date(2004, month, day))
        for month, day in ((1, 30), (2, 1), (2, 2))
    ]
    assert accrued == [594_664_00, 608_822_67, 14_158_67]  # 42, 43 and 1 days


def test_a_prepayment_has_paid_its_part():
    """1,000,000 of 11,700,000 prepaid on 15 July 2004 with its own interest of 14 days.

    10,700,000 x 5.50% x 14/360 = 22,886.11 is left, and 19/360 = 31,059.72 on the 20th.
    """
    projection = project(lexington(), None, {"prepay.term-loan.2004-07-15": 1_000_000})
    accrued = [
        accrued_interest(projection, "term-loan", date(2004, 7, day)) for day in (14, 15, 20)
    ]
    # 13 days of all on the 14th: 11,700,000 x 5.50% x 13/360 = 23,237.50
    assert accrued == [23_237_50, 22_886_11, 31_059_72]


def test_interest_in_kind_is_accrued_too():
    """Toggle notes: from 15 May 2025 half of 9% in cash, half in kind at 9.75%; 30 days on.

    250,000,000 x (4.50% + 4.875%) x 30/360 = 1,953,125.
    """
    projection = example("pik-toggle-note", "toggle-used")
    assert accrued_interest(projection, "toggle-notes", date(2025, 6, 15)) == 1_953_125_00


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_payment_pays_what_has_accrued(path):
    """The day before a payment all but its last day has accrued, for every tranche.

    Where the payment is late without interest for the delay, the very amount; where interest
    runs to the day paid, no more than it, and more than nothing on a balance of a cent or more.
    """
    projection = project(read_term_sheet(path))
    checked = 0
    for tranche_id, schedule in projection.schedules.items():
        for row in schedule.rows[1:]:
            if not row.is_payment:
                continue
            accrued = accrued_interest(projection, tranche_id, row.payment_date - ONE_DAY)
            paid = row.interest + row.pik_interest
            if row.accrual.end < row.payment_date:
                assert abs(accrued - paid) <= 1, (tranche_id, row.payment_date)
            else:
                assert 0 <= accrued <= paid + 1, (tranche_id, row.payment_date)
                days = (row.accrual.end - row.accrual.start).days
                assert accrued >= paid * (days - 2) // max(days, 1) // 2
            checked += 1
    assert checked > 3
