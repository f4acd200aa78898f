"""How many warrants are issued with notes, and the money that their exercise brings."""

from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.money import as_decimal, rounded
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.whole_units import Rounding, whole

NEW_NOTES_STRIKE = Decimal("3.50")


@spreadsheet_function
def warrants_by_rule(
    notes_issued: kinds.Amount, per_thousand: kinds.Ratio, rounding: Rounding = "down"
) -> kinds.RatioResult:
    """Warrants for a principal of notes: per_thousand for each 1,000, then made whole.

    "down" drops fractions, "none" keeps them. Source: the built-in deal's press release,
    "ten warrants ... for each $1,000".
    """
    return as_decimal(whole(_for_notes(notes_issued, per_thousand), rounding))


@spreadsheet_function
def warrants_for_holders(
    holdings: kinds.Amounts, per_thousand: kinds.Ratio, rounding: Rounding = "down"
) -> kinds.RatioResult:
    """Warrants where each holder's own number is made whole.

    Rounding up gives up to one warrant a holder more than the rule on the whole issue; the
    built-in deal's printed number is 21 above it, as if 21 or more holders were rounded up.
    """
    each = (whole(_for_notes(holding, per_thousand), rounding) for holding in holdings)
    return as_decimal(sum(each, Fraction(0)))


def _for_notes(notes: Decimal, per_thousand: Decimal) -> Fraction:
    return Fraction(notes) * Fraction(per_thousand) / 1000


@spreadsheet_function
def warrant_strike_money(
    warrants: kinds.Units, strike: kinds.Strike = NEW_NOTES_STRIKE
) -> kinds.Money:
    """What the company receives if all are exercised for cash: warrants x strike, to the cent."""
    return rounded(warrants * Fraction(strike))
