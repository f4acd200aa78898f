"""Warrants: when they may be exercised, what exercise is worth, what retires them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from lexp_calc.errors import OutOfRange
from lexp_calc.money import round_half_away
from lexp_calc.spelling import folded, named
from lexp_calc.terms import Count, Day, Identifier, Name, Terms, UnitPrice, WholeUnits

# What warrants are on a day.
ATTACHED = "attached to the notes"
NOT_YET_EXERCISABLE = "not yet exercisable"
EXERCISABLE = "exercisable"
EXPIRED = "expired"


class Warrants(Terms):
    """Rights to buy shares, issued with the notes of one tranche.

    `issued` is the number that the document prints; `per_thousand` the rule. Before
    `retired_with_notes_before` a warrant trades with its note alone, and is retired for
    no value if the note is redeemed.
    """

    name: Name
    tranche: Identifier
    per_thousand: Count
    issued: WholeUnits
    strike: UnitPrice
    exercisable_from: Day
    expires: Day
    retired_with_notes_before: Day | None = None

    def status(self, day: date) -> str:
        """Whether the warrants may be exercised on a day: one of the four words above."""
        if day > self.expires:
            return EXPIRED
        if day >= self.exercisable_from:
            return EXERCISABLE
        detached_from = self.retired_with_notes_before
        return ATTACHED if detached_from and day < detached_from else NOT_YET_EXERCISABLE

    def contradictions(self):
        """A window that opens before it closes."""
        if self.exercisable_from >= self.expires:
            yield (
                "expires",
                f"{self.expires}, not after {self.exercisable_from}, the first day of exercise",
                "a later date",
            )


def warrants_by_rule(notes_issued: Decimal, per_thousand: int) -> int:
    """Warrants for a principal of notes: per_thousand for each 1,000, fractions dropped."""
    return int(Decimal(notes_issued) * per_thousand / 1000)


def warrants_for_holders(holdings: Iterable[Decimal], per_thousand: int, rounding: str) -> int:
    """Warrants where each holder's own number is made whole: `rounding` is "up" or "down".

    Rounding up gives up to one warrant a holder more than the rule on the whole issue; the
    built-in deal's printed number is 21 above it, as if 21 or more holders were rounded up.
    """
    named(("up", "down"), rounding, "rounding")
    whole = ceil if folded(rounding) == "up" else floor
    return sum(whole(Decimal(holding) * per_thousand / 1000) for holding in holdings)


def warrant_exercise_value(
    share_price: Decimal,
    warrants: int,
    strike: Decimal = Decimal("3.50"),
    as_of: date | None = None,
    exercisable_from: date = date(2005, 8, 1),
    expires: date = date(2009, 8, 1),
) -> Decimal:
    """max(share price - strike, 0) x warrants, in currency units.

    0 before the window opens; refused after it closes. Without `as_of`, a day within the
    window is meant. The defaults are the New Notes' warrants (Lexington Precision, press
    release of 18 December 2003).
    """
    if as_of is not None and as_of > expires:
        raise OutOfRange("as_of", f"found {as_of}", f"a date up to {expires} would be right")
    if as_of is not None and as_of < exercisable_from:
        return Decimal(0)
    return max(Decimal(share_price) - Decimal(strike), Decimal(0)) * warrants


def warrants_retired(
    notes_redeemed: Decimal,
    notes_outstanding: Decimal,
    warrants: int,
    redemption_date: date,
    retired_before: date = date(2005, 8, 1),
) -> int:
    """Warrants retired with redeemed notes: warrants x redeemed / outstanding, half away from zero.

    0 from `retired_before` on: the warrants are then detached from the notes.
    """
    if notes_outstanding <= 0 or not 0 <= notes_redeemed <= notes_outstanding:
        raise OutOfRange(
            "notes_redeemed",
            f"found {notes_redeemed} of {notes_outstanding} outstanding",
            "an amount from 0 to the outstanding principal would be right",
        )
    if redemption_date >= retired_before:
        return 0
    # Amounts in ten-thousandths are whole numbers, so that a tie is a tie.
    redeemed, outstanding = (int(Decimal(x) * 10_000) for x in (notes_redeemed, notes_outstanding))
    return round_half_away(warrants * redeemed, outstanding)


@dataclass(frozen=True)
class Retirement:
    """A redemption of notes and what it does to the warrants that came with them."""

    day: date
    notes_outstanding: Decimal  # before the redemption
    notes_redeemed: Decimal
    warrants_before: int
    warrants_retired: int

    @property
    def warrants_after(self) -> int:
        """What is left of the issue."""
        return self.warrants_before - self.warrants_retired


def retirements(
    warrants: Warrants, redemptions: Iterable[tuple[date, Decimal, Decimal]]
) -> tuple[Retirement, ...]:
    """Each redemption in turn, on the notes and warrants that the ones before have left.

    `redemptions` are (day, notes redeemed, notes outstanding before it) in order of days.
    Pro rata to principal, rounded half away from zero at each redemption (an assumption:
    the documents do not say how fractions fall); none once the warrants are detached.
    """
    found = []
    left = int(warrants.issued)
    for day, redeemed, outstanding in redemptions:
        retired = 0
        if warrants.retired_with_notes_before:
            before = warrants.retired_with_notes_before
            retired = warrants_retired(redeemed, outstanding, left, day, before)
        found.append(Retirement(day, outstanding, redeemed, left, retired))
        left -= retired
    return tuple(found)


def warrants_left(warrants: Warrants, retired: Iterable[Retirement], day: date) -> int:
    """Warrants of the issue that stand at the end of a day; expiry is left aside."""
    return int(warrants.issued) - sum(each.warrants_retired for each in retired if each.day <= day)
