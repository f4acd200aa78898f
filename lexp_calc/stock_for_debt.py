"""Shares issued for debt or for interest: at what price, how many, and who owns how much after."""

from decimal import Decimal
from fractions import Fraction

import lexp_calc.arguments as arguments
import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.whole_units import WholeRounding, whole_number


@spreadsheet_function
def share_issue_price(debt: kinds.Amount, shares: kinds.WholeUnits) -> kinds.RatioResult:
    """The price of a share at which debt or interest was settled: debt / shares, not rounded."""
    return debt / Decimal(shares)


@spreadsheet_function
def shares_for_debt(
    debt: kinds.Amount, share_price: kinds.Strike, rounding: WholeRounding = "down"
) -> kinds.CountResult:
    """Shares issued for debt at a price a share: debt / share price, made whole."""
    shares = whole_number(Fraction(debt) / Fraction(share_price), rounding)
    return arguments.below_limit("share_price", shares)


@spreadsheet_function
def cash_for_fraction(debt: kinds.Amount, share_price: kinds.Strike) -> kinds.Money:
    """Cash in place of the fraction of a share: debt - whole shares x share price, to the cent."""
    shares = whole_number(Fraction(debt) / Fraction(share_price), "down")
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
    ownership: kinds.Share, shares_before: kinds.WholeUnits, rounding: WholeRounding = "up"
) -> kinds.CountResult:
    """Shares to issue so that the new holders own a share of the company after it.

    before x ownership / (1 - ownership), made whole.
    """
    if ownership == 1:
        raise OutOfRange("ownership", "found 1", "a share below 1 would be right")
    part = Fraction(ownership)
    shares = whole_number(shares_before * part / (1 - part), rounding)
    return arguments.below_limit("ownership", shares)
