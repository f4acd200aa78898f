"""Warrants: when they may be exercised, what exercise is worth, what retires them."""

from datetime import date
from decimal import Decimal

from lexp_calc.errors import OutOfRange
from lexp_calc.money import round_half_away
from lexp_calc.terms import Amount, Count, Day, Identifier, Name, PositiveAmount, Terms


class Warrants(Terms):
    """Rights to buy shares, issued with the notes of one tranche.

    `issued` is the number that the document prints; `per_thousand` the rule. Before
    `retired_with_notes_before` a warrant trades with its note alone, and is retired for
    no value if the note is redeemed.
    """

    name: Name
    tranche: Identifier
    per_thousand: Count
    issued: Amount
    strike: PositiveAmount
    exercisable_from: Day
    expires: Day
    retired_with_notes_before: Day | None = None

    def contradictions(self):
        """A window that opens before it closes; whole warrants."""
        if self.exercisable_from >= self.expires:
            yield (
                "expires",
                f"{self.expires}, not after {self.exercisable_from}, the first day of exercise",
                "a later date",
            )
        if self.issued != self.issued.to_integral_value():
            yield "issued", self.issued, "a whole number of warrants"


def warrants_by_rule(notes_issued: Decimal, per_thousand: int) -> int:
    """Warrants for a principal of notes: per_thousand for each 1,000, fractions dropped."""
    return int(Decimal(notes_issued) * per_thousand / 1000)


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
