"""Recoveries, leverage, coverage and treasury stock shares that others printed."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from lexp_calc.credit_ratios import (
    debt_service_coverage,
    interest_coverage,
    leverage,
    loan_to_value,
)
from lexp_calc.ownership import Holding
from lexp_calc.recovery import OwedTo, SecuredOn, distribute
from tests.lexp_calc.published import as_printed, figures, inputs, rate, title

FIGURES = figures("capital-structure.csv")
UNIT = 10**6  # small units of one that the source prints, so that shares need no rounding


def recovered(case):
    """What the claim of the case recovers: claims are name:amount:lien:level, '-' no level."""
    pools = dict(re.findall(r"(\w+):(\d+)", case["pools"]))
    claims = []
    listed = re.findall(r"([a-zA-Z ]+?):(\d+):([a-z]*)(\d*):(-|\d)", case["claims"])
    for name, amount, pool, rank, level in listed:
        liens = (SecuredOn(pool, int(rank)),) if pool else ()
        turnover = None if level == "-" else int(level)
        claims.append(OwedTo(name.strip(), int(amount) * UNIT, liens, turnover))
    held = {pool: int(value) * UNIT for pool, value in pools.items()}
    found = distribute(held, int(case["free"]) * UNIT, tuple(claims))
    return next(each for each in found.recovered if each.claim.name == case["of"])


def in_units(number):
    return Fraction(number, UNIT)


def ratio(function, *names):
    return lambda case: function(*(Decimal(case[name]) for name in names))


def treasury_stock_shares(case):
    holding = Holding("warrants", int(case["warrants"]), Decimal(case["strike"]))
    return holding.shares_at(Decimal(case["price"]))


COMPUTED = {
    "recovered": lambda case: in_units(recovered(case).total),
    "secured": lambda case: in_units(recovered(case).secured),
    "unsecured": lambda case: in_units(recovered(case).unsecured),
    "recovery": lambda case: Fraction(recovered(case).total, recovered(case).claim.amount),
    "leverage": ratio(leverage, "debt", "earnings"),
    "interest coverage": ratio(interest_coverage, "earnings", "interest"),
    "debt service coverage": ratio(debt_service_coverage, "earnings", "debt_service"),
    "loan to value": ratio(loan_to_value, "debt", "value"),
    "treasury stock shares": treasury_stock_shares,
}


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_a_published_figure(row):
    """As many decimals as are printed; `within` where the source rounded on its way."""
    case = inputs(row)
    found = Fraction(COMPUTED[row["figure"]](case))
    if row["value"].endswith("%"):
        assert round(found, 2) == rate(row["value"])
    elif "within" in case:
        assert abs(found - Fraction(row["value"])) <= Fraction(case["within"])
    else:
        assert as_printed(found, row) == row["value"]


def test_there_are_enough():
    assert len(FIGURES) >= 40 and {row["figure"] for row in FIGURES} == set(COMPUTED)
