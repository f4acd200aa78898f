"""Fees on a tranche: at closing, each year, on what is not drawn, on repayment, at an amendment.

Each kind says what is charged at a `Moment` of the loan (`charged`), and those that accrue
say on which amount they run (`base`). A new kind is one class, one name in `Fee`, and its
formula in the workbook's fee columns.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lexp_calc.money import Currency, round_half_away
from lexp_calc.rates import UNITS_PER_ONE, units
from lexp_calc.terms import ChargedRate, Day, Name, PositiveAmount, PositiveRate, Terms, choice


@dataclass(frozen=True)
class Moment:
    """What a day brings, as fees look at it. Amounts are minor units."""

    day: date | None  # None where the day's fees are charged on another row of it
    is_closing: bool
    is_anniversary: bool
    is_last: bool  # nothing is owed after it
    drawn: int  # on the day
    commitment: int
    outstanding: int  # at the end of the day
    repaid: int  # principal repaid on the day, instalments included
    repaid_early_or_at_maturity: int  # the same without instalments
    interest_to_date: int  # all interest, paid or capitalised, this day's included
    currency: Currency


@dataclass(frozen=True)
class Standing:
    """What accruing fees run on, from one row to the next. Amounts are minor units."""

    commitment: int  # what may still be drawn counts; 0 after the availability ends
    used: int  # of the commitment: balance of a revolver, all drawings of a loan
    letters_of_credit: int


class ClosingFee(Terms):
    """rate x principal drawn at closing, or x the commitment, paid at closing."""

    type: Literal["closing"]
    name: Name
    rate: ChargedRate
    base: choice("drawn at closing", "commitment") = "drawn at closing"
    accrues: ClassVar[bool] = False

    def charged(self, moment: Moment) -> int:
        """Once, at closing."""
        of = moment.drawn if self.base == "drawn at closing" else moment.commitment
        return fee(of, units(self.rate)) if moment.is_closing else 0


class Discount(Terms):
    """Original issue discount: rate x principal drawn at closing, kept back from the proceeds."""

    type: Literal["discount"]
    name: Name
    rate: ChargedRate
    accrues: ClassVar[bool] = False

    def contradictions(self):
        """Something is paid out."""
        if self.rate == 1:
            yield "rate", "100%, which leaves no proceeds", "a rate below 100%"

    def charged(self, moment: Moment) -> int:
        """Once, at closing."""
        return fee(moment.drawn, units(self.rate)) if moment.is_closing else 0


class AnniversaryFee(Terms):
    """rate x what is outstanding on each anniversary of closing, on its unadjusted date."""

    type: Literal["anniversary"]
    name: Name
    rate: ChargedRate
    base: choice("balance at the end of the day")
    accrues: ClassVar[bool] = False

    def charged(self, moment: Moment) -> int:
        """On what is outstanding at the end of the day."""
        return fee(moment.outstanding, units(self.rate)) if moment.is_anniversary else 0


class AgencyFee(Terms):
    """An amount a year for the agent, in advance: at closing and on each anniversary."""

    type: Literal["agency"]
    name: Name
    amount: PositiveAmount
    accrues: ClassVar[bool] = False

    def charged(self, moment: Moment) -> int:
        """At closing and on anniversaries, none once all is repaid."""
        due = moment.is_closing or (moment.is_anniversary and not moment.is_last)
        return moment.currency.minor_units(self.amount) if due else 0


class AmendmentFee(Terms):
    """rate x what is outstanding on the day of an amendment, on its unadjusted date."""

    type: Literal["amendment"]
    name: Name
    date: Day
    rate: ChargedRate
    accrues: ClassVar[bool] = False

    def charged(self, moment: Moment) -> int:
        """On what is outstanding at the end of the day."""
        return fee(moment.outstanding, units(self.rate)) if moment.day == self.date else 0


class ExitFee(Terms):
    """rate x principal, when it is repaid; instalments count where `base` says all principal."""

    type: Literal["exit"]
    name: Name
    rate: ChargedRate
    base: choice("all principal repaid", "principal prepaid or due at maturity")
    accrues: ClassVar[bool] = False

    def charged(self, moment: Moment) -> int:
        """With each repayment."""
        everything = self.base == "all principal repaid"
        of = moment.repaid if everything else moment.repaid_early_or_at_maturity
        return fee(of, units(self.rate))


class MinimumInterest(Terms):
    """The interest that the lender earns at the least over the life of the loan.

    max(amount - all interest paid or capitalised, 0), due when the last is repaid.
    """

    type: Literal["minimum interest"]
    name: Name
    amount: PositiveAmount
    accrues: ClassVar[bool] = False

    def charged(self, moment: Moment) -> int:
        """The shortfall, with the last payment."""
        shortfall = moment.currency.minor_units(self.amount) - moment.interest_to_date
        return max(shortfall, 0) if moment.is_last else 0


class UnusedFee(Terms):
    """Commitment fee on what is not drawn: (commitment - used) x rate x days / basis.

    By the coupon's day count, paid with interest. A revolver uses its commitment by its
    balance and, where `letters_of_credit` says so, by letters of credit; a loan by all that
    was drawn of it. Source: the usual definition of "Unused Line Fee" in credit agreements.
    """

    type: Literal["unused"]
    name: Name
    rate: PositiveRate
    letters_of_credit: choice("count as used", "count as unused") = "count as used"
    accrues: ClassVar[bool] = True

    def base(self, standing: Standing) -> int:
        """What may still be drawn, not below zero."""
        counted = self.letters_of_credit == "count as used"
        used = standing.used + standing.letters_of_credit * counted
        return max(standing.commitment - used, 0)


class LetterOfCreditFee(Terms):
    """rate x letters of credit x days / basis, by the coupon's day count, paid with interest."""

    type: Literal["letter of credit"]
    name: Name
    rate: PositiveRate
    accrues: ClassVar[bool] = True

    def base(self, standing: Standing) -> int:
        """The letters of credit outstanding."""
        return standing.letters_of_credit


Fee = Annotated[
    ClosingFee
    | Discount
    | AnniversaryFee
    | AgencyFee
    | AmendmentFee
    | ExitFee
    | MinimumInterest
    | UnusedFee
    | LetterOfCreditFee,
    Field(discriminator="type"),
]
YEARLY_FEES = (AnniversaryFee, AgencyFee)


def fee(principal: int, fee_rate: int) -> int:
    """principal x fee_rate, in minor units, rounded once; `fee_rate` in rate units."""
    return round_half_away(principal * fee_rate, UNITS_PER_ONE)


def of_kind(fees: dict[str, Fee], *kinds: type) -> dict[str, Fee]:
    """The fees of some kinds, by id."""
    return {fee_id: each for fee_id, each in fees.items() if isinstance(each, kinds)}


def rate_of(fees: dict[str, Fee], kind: type) -> int:
    """The sum of the rates of all fees of one kind, in rate units."""
    return sum(units(each.rate) for each in of_kind(fees, kind).values())
