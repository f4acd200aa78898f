"""Notes bought back below face: the price of face, the gain, and the claim that may come back."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import spreadsheet_function


@spreadsheet_function
def price_of_face(price: kinds.Amount, face: kinds.PositiveAmount) -> kinds.RatioResult:
    """The price as a share of the face amount, before accrued interest: price / face."""
    return price / face


@spreadsheet_function
def repurchase_gain(
    face: kinds.PositiveAmount, accrued: kinds.Amount, price: kinds.Amount
) -> kinds.Money:
    """The debt given up less what was paid for it: face + accrued - price; below 0 a loss."""
    return rounded(face + accrued - price)


@spreadsheet_function
def reinstated_claim(
    face: kinds.PositiveAmount,
    accrued: kinds.Amount,
    price: kinds.PositiveAmount,
    returned: kinds.Amount,
    returned_on: kinds.Day | None = None,
    reinstatement_until: kinds.Day | None = None,
) -> kinds.Money:
    """The claim that comes back when part of the price is returned, to the cent.

    (face + accrued interest) x returned / price: the whole claim for the whole price. The
    share for a part is an assumption; the document speaks of the whole alone. 0 where the
    price is returned after `reinstatement_until`, the last day on which the claim may come
    back; without it there is no such day.
    """
    if returned > price:
        expected = f"an amount from 0 to the price of {price} would be right"
        raise OutOfRange("returned", f"found {returned}", expected)
    if reinstatement_until is not None and returned_on is None:
        expected = f"the day of the return, held against {reinstatement_until}, would be right"
        raise NotThere("returned_on", "found nothing (a blank)", expected)
    if not may_come_back(returned_on, reinstatement_until):
        return rounded(Decimal(0))
    claim = Fraction(face) + Fraction(accrued)
    return rounded(claim * Fraction(returned) / Fraction(price))


def may_come_back(returned_on: date | None, until: date | None) -> bool:
    """Whether a claim still comes back for a price returned on a day: up to and with `until`."""
    return until is None or returned_on is None or returned_on <= until
