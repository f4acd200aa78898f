"""Fees on a tranche: a share of the principal at closing, or of what is outstanding each year."""

from typing import Annotated, Literal

from pydantic import Field

from lexp_calc.money import round_half_away
from lexp_calc.rates import UNITS_PER_ONE, units
from lexp_calc.terms import Name, Rate, Terms, choice


class ClosingFee(Terms):
    """rate x principal drawn at closing, paid at closing."""

    type: Literal["closing"]
    name: Name
    rate: Rate


class AnniversaryFee(Terms):
    """rate x what is outstanding on each anniversary of closing, on its unadjusted date."""

    type: Literal["anniversary"]
    name: Name
    rate: Rate
    base: choice("balance at the end of the day")


Fee = Annotated[ClosingFee | AnniversaryFee, Field(discriminator="type")]


def fee(principal: int, fee_rate: int) -> int:
    """principal x fee_rate, in minor units, rounded once; `fee_rate` in rate units."""
    return round_half_away(principal * fee_rate, UNITS_PER_ONE)


def rate_of(fees: dict[str, Fee], kind: type) -> int:
    """The sum of the rates of all fees of one kind, in rate units."""
    return sum(units(each.rate) for each in fees.values() if isinstance(each, kind))
