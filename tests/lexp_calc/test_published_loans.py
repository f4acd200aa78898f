"""Level payments and interest that others printed: regulations, manuals, textbooks, Excel."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lexp_calc.level_payment import level_payment, level_payment_on_growth
from lexp_calc.loan_functions import interest
from lexp_calc.regular_dates import add_months
from tests.lexp_calc.published import figures, inputs, rate, title

FIGURES = figures("level-payments.csv")
ROUNDED_UP = figures("level-payments-rounded-up.csv")


def payment(case):
    return level_payment(
        Decimal(case["principal"]),
        rate(case["rate"]),
        int(case["periods"]),
        int(case["frequency"]),
    )


def payment_of_100(case):
    """On 100 in thousand-millionths, the nine decimals that the source prints."""
    growth = 1 + Fraction(rate(case["rate"])) / int(case["frequency"])
    payment = level_payment_on_growth(100 * 10**9, [growth] * int(case["periods"]))
    return Decimal(payment).scaleb(-9)


def interest_of_a_period(case):
    start, end = (date.fromisoformat(case[name]) for name in ("start", "end"))
    return interest(Decimal(case["principal"]), rate(case["rate"]), start, end, case["day_count"])


def re_levelled_every_year(case):
    """The last payment and what it leaves, set anew each year; the last rate holds on."""
    owed, rates = Decimal(case["principal"]), case["rates"].split()
    for year in range(int(case["years"])):
        rate_a_year = rate(rates[min(year, len(rates) - 1)])
        paid = level_payment(owed, rate_a_year, int(case["payments"]) - 12 * year, 12)
        for month in range(1, 13):
            start, end = date(2000, month, 1), add_months(date(2000, month, 1), 1)
            owed += interest(owed, rate_a_year, start, end, "30/360 US") - paid
    return paid, owed


COMPUTED = {
    "level payment": payment,
    "level payment of 100": payment_of_100,
    "interest": interest_of_a_period,
    "payment re-levelled every year": lambda case: re_levelled_every_year(case)[0],
    "balance re-levelled every year": lambda case: re_levelled_every_year(case)[1],
}


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_amount(row):
    assert COMPUTED[row["figure"]](inputs(row)) == Decimal(row["value"])


@pytest.mark.parametrize("row", ROUNDED_UP, ids=title)
def test_where_the_source_rounds_every_payment_up_ours_is_a_cent_less(row):
    """OpenStax, 6.8: payments to lenders are always rounded up to the next penny."""
    assert payment(inputs(row)) == Decimal(row["value"]) - Decimal("0.01")
