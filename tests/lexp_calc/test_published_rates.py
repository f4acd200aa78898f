"""Rates within their caps, and prices at a yield, that others printed."""

from datetime import date
from decimal import Decimal

import pytest

from lexp_calc.all_in_rates import all_in_rate
from lexp_calc.regular_dates import FREQUENCIES
from lexp_calc.spread_prices import bond_on_thirty_day_months, price_to
from tests.lexp_calc.published import as_printed, figures, inputs, rate, title

FIGURES = figures("rates-and-prices.csv")


def rate_within_caps(case):
    """Index plus margin, within the lowest and the highest rate that the caps allow."""
    limits = (rate(case[name]) if name in case else None for name in ("floor", "cap"))
    return all_in_rate(rate(case["index"]), rate(case["margin"]), *limits)


def clean_price(case):
    step = next(
        each for each in FREQUENCIES.values() if each.payments_a_year == int(case["frequency"])
    )
    maturity = date.fromisoformat(case["maturity"])
    bond = bond_on_thirty_day_months(maturity, rate(case["coupon"]), step)
    settlement = date.fromisoformat(case["settlement"])
    redemption = Decimal(case["redemption"])
    return price_to(bond, settlement, rate(case["bond_yield"]), redemption)


COMPUTED = {"all-in rate": rate_within_caps, "clean price": clean_price}


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_rate_or_price(row):
    assert as_printed(COMPUTED[row["figure"]](inputs(row)), row) == row["value"]
