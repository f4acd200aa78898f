"""Notes: a fixed or floating coupon, a bullet, redeemable at par plus accrued interest."""

from typing import Literal

from lexp_calc.terms import choice
from lexp_calc.tranches.tranche import LentAtClosing


class Notes(LentAtClosing):
    """Principal issued at closing and due at maturity; part may be redeemed before.

    A redemption is entered as the scenario's prepayment: it pays 100 % of the principal
    redeemed and the interest accrued on it.
    """

    type: Literal["notes"]
    redemption: choice("at par with accrued interest")
