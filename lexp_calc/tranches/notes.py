"""Notes: a fixed or floating coupon, a bullet, redeemable at par plus accrued interest."""

from decimal import Decimal
from typing import Literal

from lexp_calc.money import Currency
from lexp_calc.terms import PositiveAmount, choice
from lexp_calc.tranches.tranche import Conditions, Plan, Tranche


class Notes(Tranche):
    """Principal issued at closing and due at maturity; part may be redeemed before.

    A redemption is entered as the scenario's prepayment: it pays 100 % of the principal
    redeemed and the interest accrued on it.
    """

    type: Literal["notes"]
    principal: PositiveAmount
    redemption: choice("at par with accrued interest")

    @property
    def size(self) -> Decimal:
        """The principal: what the tranche adds to its facility."""
        return self.principal

    def plan(self, conditions: Conditions, currency: Currency) -> Plan:
        """The principal in minor units, no instalments."""
        principal = currency.minor_units(self.principal, "principal")
        return Plan(
            principal=principal,
            commitment=principal,
            instalment=0,
            instalments=0,
            accrued_paid_with_prepayment=True,
            ends_when_repaid=True,
        )
