"""Tenders of notes: who took part, and how much an offer with a limit accepts of each.

An offer may need a minimum (not met: nothing is accepted) and have a maximum (exceeded: all
are cut by one factor, each holder's part rounded down to whole notes, the rest returned).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.money import as_decimal, rounded
from lexp_calc.spreadsheet_function import spreadsheet_function

DENOMINATION = Decimal(1000)
LARGEST_DECIMALS = 6  # of a printed percentage


def _printed_decimals(name: str, value: object) -> int:
    read = arguments.units(name, value)
    if read > LARGEST_DECIMALS:
        expected = f"a whole number from 0 to {LARGEST_DECIMALS} would be right"
        raise OutOfRange(name, f"found {read}", expected)
    return read


PrintedDecimals = Annotated[
    int, kinds.Kind("whole number from 0 to 6", kinds.NUMBER, _printed_decimals)
]


@dataclass(frozen=True)
class Acceptance:
    """How much of what is tendered an offer accepts; principal in currency units.

    `maximum` None: any and all. `denomination`: cut tenders are whole multiples of it.
    """

    maximum: Decimal | None = None
    minimum: Decimal = Decimal(0)
    denomination: Decimal = DENOMINATION

    def factor(self, tendered: Decimal) -> Fraction:
        """The proration factor: 0 below the minimum, else maximum / tendered, 1 at the most."""
        if tendered < self.minimum or not tendered:
            return Fraction(0)
        if self.maximum is None or tendered <= self.maximum:
            return Fraction(1)
        return Fraction(self.maximum) / Fraction(tendered)

    def accepted(self, tenders: Sequence[Decimal]) -> tuple[Decimal, ...]:
        """What is accepted of each tender, in their order; whole tenders where none is cut.

        tender x factor, rounded down to the denomination: the sum stays within the maximum.
        """
        factor = self.factor(sum(tenders, Decimal(0)))
        if factor == 1:
            return tuple(tenders)
        return tuple(self.cut(tender, factor) for tender in tenders)

    def cut(self, tender: Decimal, factor: Fraction) -> Decimal:
        """tender x factor in whole multiples of the denomination, rounded down."""
        return whole_multiples(Fraction(tender) * factor, self.denomination)


def whole_multiples(amount: Fraction, denomination: Decimal) -> Decimal:
    """An amount rounded down to whole multiples of the denomination."""
    return amount // Fraction(denomination) * denomination


def _within(tendered: Decimal, outstanding: Decimal) -> None:
    if tendered > outstanding:
        expected = f"at most the outstanding {outstanding} would be right"
        raise OutOfRange("tendered", f"found {tendered}", expected)


@spreadsheet_function
def participation(tendered: kinds.Amount, outstanding: kinds.PositiveAmount) -> kinds.RatioResult:
    """The share of the notes outstanding that was tendered: tendered / outstanding, a decimal."""
    _within(tendered, outstanding)
    return tendered / outstanding


@spreadsheet_function
def holdouts(tendered: kinds.Amount, outstanding: kinds.PositiveAmount) -> kinds.Money:
    """Principal of the holders who did not tender: outstanding - tendered."""
    _within(tendered, outstanding)
    return rounded(outstanding - tendered)


@spreadsheet_function
def implied_outstanding(
    tendered: kinds.PositiveAmount, participation: kinds.Share, decimals: PrintedDecimals = 1
) -> kinds.MoneyColumn:
    """What a printed participation says was outstanding: the least and the most, to the cent.

    tendered / (participation + or - half a unit of its last printed decimal), the least never
    below what was tendered; `decimals` are those of the percentage: 1 for "99.4%".
    """
    half = Fraction(5, 10 ** (decimals + 3))
    share = Fraction(participation)
    if share <= half:
        expected = f"more than {float(half)}, which rounds to 0 %, would be right"
        raise OutOfRange("participation", f"found {participation}", expected)
    bounds = (min(share + half, Fraction(1)), share - half)
    return tuple(rounded(Fraction(tendered) / Fraction(each)) for each in bounds)


@spreadsheet_function
def proration_factor(
    tendered: kinds.Amount, maximum: kinds.PositiveAmount, minimum: kinds.Amount = 0
) -> kinds.RatioResult:
    """The share of each tender that is accepted: maximum / tendered, 1 at the most.

    0 where less than the minimum was tendered: then nothing is accepted.
    """
    factor = Acceptance(maximum, minimum).factor(tendered)
    return as_decimal(factor)


@spreadsheet_function
def proration(
    tenders: kinds.Amounts,
    maximum: kinds.PositiveAmount,
    minimum: kinds.Amount = 0,
    denomination: kinds.PositiveAmount = 1000,
) -> kinds.MoneyColumn:
    """What is accepted of each holder's tender; the rest is returned to the holder.

    tender x proration factor, rounded down to the denomination; tenders that together stay
    within the maximum are accepted whole.
    """
    accepted = Acceptance(maximum, minimum, denomination).accepted(tenders)
    return tuple(rounded(each) for each in accepted)


@spreadsheet_function
def priority_acceptance(
    tenders: kinds.Amounts,
    levels: kinds.Counts,
    maximum: kinds.PositiveAmount,
    denomination: kinds.PositiveAmount = 1000,
) -> kinds.MoneyColumn:
    """What is accepted of each tender where levels rank: level 1 first, then 2, and so on.

    The level that the maximum cuts is prorated, and what ranks below it is returned whole.
    Early tenders that go before late ones are levels of their own.
    """
    refuse_unequal(tenders=tenders, levels=levels)
    accepted = [Decimal(0)] * len(tenders)
    left = maximum
    for level in sorted(set(levels)):
        places = [place for place, each in enumerate(levels) if each == level]
        at_level = [tenders[place] for place in places]
        acceptance = Acceptance(left, denomination=denomination)
        for place, amount in zip(places, acceptance.accepted(at_level), strict=True):
            accepted[place] = amount
        left = max(left - sum(at_level), Decimal(0))
    return tuple(rounded(each) for each in accepted)


def no_early_day() -> NotThere:
    """The refusal of an early premium without its last day."""
    expected = "the last day for the early premium would be right"
    return NotThere("early_until", "found nothing (a blank)", expected)


@spreadsheet_function
def tender_consideration(
    principal: kinds.Amount,
    consideration: kinds.Ratio,
    early_premium: kinds.Ratio = 0,
    tendered_on: kinds.Day | None = None,
    early_until: kinds.Day | None = None,
    accrued_per_thousand: kinds.Ratio = 0,
) -> kinds.Money:
    """Cash for notes tendered: principal x (consideration + premium + accrued) / 1,000.

    The early premium for 1,000 is paid on tenders up to and with `early_until`. Interest and
    consideration are rounded together, once.
    """
    if early_until is not None and tendered_on is None:
        expected = f"the day of the tender, held against {early_until}, would be right"
        raise NotThere("tendered_on", "found nothing (a blank)", expected)
    if early_premium and early_until is None:
        raise no_early_day()
    is_early = early_until is not None and tendered_on <= early_until
    for_a_thousand = consideration + accrued_per_thousand + (early_premium if is_early else 0)
    cash = rounded(Fraction(principal) * Fraction(for_a_thousand) / 1000)
    return arguments.below_limit("consideration", cash)
