"""Shares issued for debt or for interest: at what price, how many, and who owns how much after."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.money import round_half_away, rounded
from lexp_calc.spelling import named
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

# What becomes of a fraction of a share or warrant.
FRACTIONS = {
    "down": math.floor,
    "up": math.ceil,
    "nearest": lambda number: round_half_away(*number.as_integer_ratio()),
}


def _read_fractions(name: str, value: object) -> str:
    return named(FRACTIONS, arguments.text(name, value), name)


Fractions = Annotated[str, kinds.Kind('"down", "up" or "nearest"', kinds.TEXT, _read_fractions)]


def whole_units(number: Fraction, fractions: str) -> int:
    """A number of shares or warrants made whole: down, up, or to the nearest."""
    return FRACTIONS[fractions](number)


@spreadsheet_function
def share_issue_price(debt: kinds.Amount, shares: kinds.WholeUnits) -> kinds.RatioResult:
    """The price of a share at which debt or interest was settled: debt / shares, not rounded."""
    return debt / Decimal(shares)


@spreadsheet_function
def shares_for_debt(
    debt: kinds.Amount, share_price: kinds.Strike, fractions: Fractions = "down"
) -> kinds.CountResult:
    """Shares issued for debt at a price a share: debt / share price, made whole."""
    shares = whole_units(Fraction(debt) / Fraction(share_price), fractions)
    return arguments.below_limit("share_price", shares)


@spreadsheet_function
def cash_for_fraction(debt: kinds.Amount, share_price: kinds.Strike) -> kinds.Money:
    """Cash in place of the fraction of a share: debt - whole shares x share price, to the cent."""
    shares = whole_units(Fraction(debt) / Fraction(share_price), "down")
    return rounded(Fraction(debt) - shares * Fraction(share_price))


@spreadsheet_function
def shares_after(shares_before: kinds.Units, shares_issued: kinds.Units) -> kinds.CountResult:
    """Shares outstanding after an issue: before + issued."""
    return shares_before + shares_issued


@spreadsheet_function
def debt_for_equity(
    debt: kinds.Amount, shares: kinds.WholeUnits, shares_before: kinds.Units
) -> kinds.TableResult:
    """Debt given up for shares: price a share, shares after, and the parts of old and new holders.

    issue price = debt / shares; after = before + shares; new holders own shares / after.
    """
    after = shares_before + shares
    rows = (
        ("debt given up", debt),
        ("shares issued", shares),
        ("issue price", debt / Decimal(shares)),
        ("shares before", shares_before),
        ("shares after", after),
        ("new holders own", Decimal(shares) / Decimal(after)),
        ("old holders own", Decimal(shares_before) / Decimal(after)),
    )
    return Table(("figure", "value"), rows)


@spreadsheet_function
def shares_to_own(
    ownership: kinds.Share, shares_before: kinds.WholeUnits, fractions: Fractions = "up"
) -> kinds.CountResult:
    """Shares to issue so that the new holders own a share of the company after it.

    before x ownership / (1 - ownership), made whole.
    """
    if ownership == 1:
        raise OutOfRange("ownership", "found 1", "a share below 1 would be right")
    part = Fraction(ownership)
    shares = whole_units(shares_before * part / (1 - part), fractions)
    return arguments.below_limit("ownership", shares)
