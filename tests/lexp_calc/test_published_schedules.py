"""Amortization schedules that others printed, against whole projections of the same loans.

A case names a loan (principal, rate by year, number of payments, frequency) and a payment,
or the first and last of several. Interest is rounded to the cent every period.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from lexp_calc import project
from lexp_calc.regular_dates import FREQUENCIES, RegularDates
from lexp_calc.term_sheet import deal_from_tables
from tests.lexp_calc.published import figures, inputs, title

FIGURES = figures("loan-schedules.csv")
UNROUNDED = figures("loan-schedules-unrounded.csv")
CLOSING = "2020-01-01"  # where the day count has months of 30 days any first of a month will do


@cache
def schedule(principal, rates, payments, frequency, day_count="30/360 US", closing=CLOSING):
    """The rows of a level-payment loan, closing first; a rate for each year, the last holding."""
    closing_date = date.fromisoformat(closing)
    dates = RegularDates(closing_date, FREQUENCIES[frequency], anchor_number=0)
    by_year = RegularDates(closing_date, FREQUENCIES["annual"], anchor_number=0)
    tranche = {
        "type": "term loan",
        "principal": Decimal(principal),
        "maturity": dates.date(int(payments)),
        "coupon": {
            "type": "floating",
            "options": [{"index": "prime", "margin": "0%", "reset": "per period"}],
            "day_count": day_count,
        },
        "payments": {
            "first_payment": dates.date(1),
            "frequency": frequency,
            "business_day": "Unadjusted",
            "interest_for_delay": "none",
        },
        "prepayment": "at par with accrued interest",
        "repayment": {
            "type": "level payment",
            "method": "rate by payments a year",
            "amortization_payments": int(payments),
            "relevel": "when the rate changes",
            "unpaid_balance_at_maturity": True,
        },
    }
    paths = {by_year.date(year).isoformat(): each for year, each in enumerate(rates.split())}
    tables = {
        "id": "printed",
        "name": "A printed schedule",
        "borrower": "Borrower",
        "currency": "USD",
        "closing_date": closing_date,
        "calendar": "US Federal Reserve",
        "default_scenario": "base",
        "tranche": {"only": {"name": "Only", "seniority": "senior", **tranche}},
        "scenario": {"base": {"index": {"prime": paths}}},
    }
    deal = deal_from_tables(tables, Path())
    return project(deal, "base")["only"].rows


def printed_range(case):
    """The first and the last payment that a figure is about."""
    first, _, last = case.pop("payment").partition("-")
    return int(first), int(last or first)


def principal(rows):
    return sum(row.scheduled_principal + row.balloon for row in rows)


def interest(rows):
    return sum(row.interest for row in rows)


COMPUTED = {
    "interest": interest,
    "principal": principal,
    "whole payment": lambda rows: interest(rows) + principal(rows),
    "balance": lambda rows: rows[-1].closing_balance,
}


def computed(row):
    """Our amount for a printed one, and the number of the last payment that it is about."""
    case = inputs(row)
    first, last = printed_range(case)
    rows = schedule(**case)[first : last + 1]
    assert [each.payment_number for each in rows] == list(range(first, last + 1))
    return Decimal(COMPUTED[row["figure"]](rows)).scaleb(-2), last


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_amount(row):
    assert computed(row)[0] == Decimal(row["value"])


@pytest.mark.parametrize("row", UNROUNDED, ids=title)
def test_a_source_that_carries_fractions_of_a_cent_differs_by_roundings_alone(row):
    """Half a cent of interest and of the level payment a period, and the cent printed."""
    amount, payments = computed(row)
    assert abs(amount - Decimal(row["value"])) <= Decimal("0.01") * payments
