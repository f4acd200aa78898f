"""Values of options and warrants, and new shares by treasury stock, that others printed.

Printed times are years; a value depends on volatility x sqrt(years) and rate x years alone,
so each case is taken as one of exactly one year, 365 days.
"""

from datetime import date
from decimal import Decimal
from math import sqrt

import pytest

from lexp_calc.dilution import warrant_diluted_shares, warrant_shares
from lexp_calc.warrant_values import (
    warrant_delta,
    warrant_implied_volatility,
    warrant_value_in_window,
    warrant_value_with_dividends,
    warrant_vega,
)
from tests.lexp_calc.published import as_printed, figures, inputs, title

FIGURES = figures("option-values.csv")
AS_OF, EXPIRY = date(2005, 1, 1), date(2006, 1, 1)
# A lattice is no closed form: half a unit of the last printed place on top of this.
LATTICE = Decimal("0.001")


def terms(case):
    """Share price, strike, volatility, rate and yield of the same call over one year."""
    years = float(case["years"])
    rates = (float(case.get(name, 0)) * years for name in ("rate", "dividend_yield"))
    volatility = float(case.get("volatility", 0)) * sqrt(years)
    return float(case["share_price"]), float(case["strike"]), volatility, *rates


def closed(function):
    def compute(case):
        share_price, strike, *rest = terms(case)
        return function(share_price, strike, EXPIRY, AS_OF, *rest)

    return compute


def vega(case):
    return closed(warrant_vega)(case) * sqrt(float(case["years"]))


def on_any_day(case):
    share_price, strike, *rest = terms(case)
    return warrant_value_in_window(share_price, strike, AS_OF, EXPIRY, AS_OF, *rest)


def implied_volatility(case):
    share_price, strike, _, *rates = terms(case)
    price = float(case["warrant_price"])
    found = warrant_implied_volatility(price, share_price, strike, EXPIRY, AS_OF, *rates)
    return found / sqrt(float(case["years"]))


def shares(case, names, function):
    return function(*(Decimal(case[name]) for name in names))


def diluted(case):
    counts = int(case["warrants"]), int(case["shares_outstanding"])
    share_price, strike, *rest = terms(case)
    return warrant_value_with_dividends(share_price, strike, EXPIRY, AS_OF, *rest, *counts)


COMPUTED = {
    "diluted warrant value": diluted,
    "warrant value": closed(warrant_value_with_dividends),
    "delta": closed(warrant_delta),
    "vega": vega,
    "implied volatility": implied_volatility,
    "value on any day": on_any_day,
    "new shares": lambda case: shares(case, ("share_price", "warrants", "strike"), warrant_shares),
    "diluted shares": lambda case: shares(
        case,
        ("shares_outstanding", "share_price", "warrants", "strike"),
        warrant_diluted_shares,
    ),
}


def last_place(row):
    """One unit in the last place of a printed figure."""
    return Decimal(1).scaleb(Decimal(row["value"]).as_tuple().exponent)


def rows(kind):
    return [row for row in FIGURES if kind(row)]


def differs(row):
    return "one unit off" in row["source"]


def by_lattice(row):
    return row["figure"] == "value on any day"


def compute(row):
    return COMPUTED[row["figure"]](inputs(row))


EXACT = rows(lambda row: not differs(row) and not by_lattice(row))


@pytest.mark.parametrize("row", EXACT, ids=title)
def test_the_printed_figure(row):
    assert as_printed(compute(row), row) == row["value"]


@pytest.mark.parametrize("row", rows(by_lattice), ids=title)
def test_the_printed_figure_of_exercise_on_any_day(row):
    off = abs(Decimal(compute(row)) - Decimal(row["value"]))
    assert off <= LATTICE + last_place(row) / 2


@pytest.mark.parametrize("row", rows(differs), ids=title)
def test_a_printed_figure_that_is_one_unit_off(row):
    """Kept on record: who checks the source will find it."""
    off = abs(Decimal(as_printed(compute(row), row)) - Decimal(row["value"]))
    assert off == last_place(row)
