"""Borrowing bases, availability, unused fees and payment dates that others printed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lexp_calc.payment_days import business_day, payment_dates
from lexp_calc.revolver_functions import availability, borrowing_base, unused_fee
from tests.lexp_calc.published import figures, inputs, rate, title

FIGURES = figures("revolvers-and-payment-dates.csv")
START = date(2024, 1, 1)


def dates_of(case):
    return payment_dates(case["start"], case["end"], int(case["frequency"]))


def base(case):
    return borrowing_base(
        Decimal(case.get("receivables", 0)),
        Decimal(case.get("inventory", 0)),
        rate(case.get("receivables_rate", "0%")),
        rate(case.get("inventory_rate", "0%")),
    )


def available(case):
    """No commitment is named beside the base, so the base limits."""
    limit = Decimal(case["base"])
    return availability(limit, limit, Decimal(case["outstanding"]))


def fee_for_days(case):
    return unused_fee(
        Decimal(case["commitment"]),
        Decimal(case["outstanding"]),
        rate(case["rate"]),
        START,
        START + timedelta(days=int(case["days"])),
    )


COMPUTED = {
    "number of payment dates": lambda case: len(dates_of(case)),
    "payment dates": lambda case: " ".join(map(str, dates_of(case))),
    "first payment date": lambda case: dates_of(case)[0],
    "business day": lambda case: business_day(case["date"], case["convention"], "weekends"),
    "borrowing base": base,
    "availability": available,
    "unused fee": fee_for_days,
}


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_figure(row):
    found = COMPUTED[row["figure"]](inputs(row))
    if isinstance(found, Decimal):
        assert found == Decimal(row["value"])
    else:
        assert str(found) == row["value"]
