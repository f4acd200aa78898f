"""Notes: a fixed or floating coupon, a bullet, redeemable at a price plus accrued interest."""

from typing import Literal

from lexp_calc.terms import choice
from lexp_calc.tranches.lent import Lent


class Notes(Lent):
    """Principal issued at closing and due at maturity; part may be redeemed before.

    A redemption is entered as the scenario's prepayment: it pays the principal redeemed,
    the interest accrued on it and, where there is call protection, its premium.
    """

    type: Literal["notes"]
    redemption: choice("at par with accrued interest")
