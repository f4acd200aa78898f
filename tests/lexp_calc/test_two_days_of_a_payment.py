"""Payments made on another day than that to which their interest runs, and what happens between.

The deals are small; every expected figure is worked out beside it.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lexp_calc import LexpError, project
from lexp_calc.term_sheet import deal_from_tables

FIXED = {"type": "fixed", "rate": "6.00%", "day_count": "ACT/360"}


def deal_of(closing, tranche, scenario):
    return deal_from_tables(
        {
            "id": "two-days",
            "name": "Two days",
            "borrower": "Borrower",
            "currency": "USD",
            "closing_date": closing,
            "calendar": "US Federal Reserve",
            "default_scenario": "base",
            "tranche": {"only": {"name": "Only", "seniority": "senior", **tranche}},
            "scenario": {"base": {"as_of": closing, **scenario}},
        },
        Path(),
    )


def loan(business_day, delay, first_payment, frequency, maturity, **terms):
    return {
        "type": "term loan",
        "principal": Decimal(1_000_000),
        "maturity": maturity,
        "coupon": FIXED,
        "payments": {
            "first_payment": first_payment,
            "frequency": frequency,
            "business_day": business_day,
            "interest_for_delay": delay,
        },
        "repayment": {"type": "bullet"},
        "prepayment": "at par with accrued interest",
        **terms,
    }


@pytest.mark.parametrize(
    ("business_day", "amended"),
    [("Following", date(2024, 9, 2)), ("Preceding", date(2024, 8, 31))],
)
def test_a_fee_between_the_two_days_leaves_interest_as_it_is(business_day, amended):
    """Due on Sunday 1 September 2024; Labor Day follows, so paid on the 3rd or on 30 August."""
    fee = {"type": "amendment", "name": "Amendment", "date": amended, "rate": "1%"}
    terms = loan(
        business_day, "none", date(2024, 9, 1), "monthly", date(2025, 1, 1), fees={"waiver": fee}
    )
    rows = project(deal_of(date(2024, 8, 1), terms, {}))["only"].rows
    plain = {key: each for key, each in terms.items() if key != "fees"}
    without = project(deal_of(date(2024, 8, 1), plain, {}))["only"].rows
    # 31 days from 1 August and 30 from 1 September: 1,000,000 x 6 % x 31 / 360 and x 30 / 360.
    assert [row.interest for row in rows if row.interest][:2] == [5_166_67, 5_000_00]
    assert [row.interest for row in rows if row.interest] == [
        row.interest for row in without if row.interest
    ]
    assert [(row.payment_date, row.fees) for row in rows if row.fees] == [(amended, 10_000_00)]
    assert min(row.days for row in rows) >= 0


def test_a_limit_that_changes_between_the_two_days_is_refused():
    revolver = {
        "type": "revolver",
        "commitment": Decimal(9_000_000),
        "maturity": date(2025, 1, 1),
        "coupon": FIXED,
        "payments": {
            "first_payment": date(2024, 9, 1),
            "frequency": "monthly",
            "business_day": "Following",
            "interest_for_delay": "none",
        },
        "fees": {"letters": {"type": "letter of credit", "name": "Letters", "rate": "3.6%"}},
    }
    letters = {"letters_of_credit": {"only": {"2024-09-02": Decimal(1_000_000)}}}
    with pytest.raises(LexpError, match="letters_of_credit.2024-09-02: found 2024-09-02, no busi"):
        project(deal_of(date(2024, 8, 30), revolver, letters))
    # From the 3rd on it runs for 28 of the period's 30 days: 1,000,000 x 3.6 % x 28 / 360.
    later = {"letters_of_credit": {"only": {"2024-09-03": Decimal(1_000_000)}}}
    rows = project(deal_of(date(2024, 8, 30), revolver, later))["only"].rows
    assert [row.fees for row in rows if row.fees][0] == 2_800_00


def test_two_payments_on_an_anniversary_with_a_fee_are_refused():
    """5 January 2002 is a Saturday, the maturity a Sunday: both are paid on Friday the 4th."""
    fee = {"type": "anniversary", "name": "Yearly", "rate": "10%"}
    fee["base"] = "balance at the end of the day"
    terms = loan(
        "Preceding",
        "to the day paid",
        date(2000, 1, 5),
        "semiannual",
        date(2002, 1, 6),
        fees={"yearly": fee},
    )
    with pytest.raises(LexpError, match="found two payments on 2002-01-04, an anniversary"):
        project(deal_of(date(2000, 1, 4), terms, {}))
