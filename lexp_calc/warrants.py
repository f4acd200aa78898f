"""Warrants: their terms, when they may be exercised, what exercise is worth on a day."""

from datetime import date
from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.terms import (
    EARLIEST_DATE,
    Count,
    Day,
    Identifier,
    Name,
    Terms,
    UnitPrice,
    WholeUnits,
)
from lexp_calc.warrant_counts import NEW_NOTES_STRIKE

# What warrants are on a day.
ATTACHED = "attached to the notes"
NOT_YET_EXERCISABLE = "not yet exercisable"
EXERCISABLE = "exercisable"
EXPIRED = "expired"

# The warrants of the built-in deal's New Notes: press release of 18 December 2003.
NEW_NOTES_FROM, NEW_NOTES_EXPIRE = date(2005, 8, 1), date(2009, 8, 1)
NEW_NOTES_DETACHED = NEW_NOTES_FROM


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
        detached_from = self.retired_with_notes_before or EARLIEST_DATE
        return warrant_status(day, self.exercisable_from, self.expires, detached_from)

    def contradictions(self):
        """A window that opens before it closes."""
        if self.exercisable_from >= self.expires:
            yield (
                "expires",
                f"{self.expires}, not after {self.exercisable_from}, the first day of exercise",
                "a later date",
            )


@spreadsheet_function
def warrant_status(
    as_of: kinds.Day,
    exercisable_from: kinds.Day = NEW_NOTES_FROM,
    expires: kinds.Day = NEW_NOTES_EXPIRE,
    detached_from: kinds.Day = NEW_NOTES_DETACHED,
) -> kinds.TextResult:
    """What warrants are on a day: one of four.

    "attached to the notes" before both other dates, "not yet exercisable" once detached,
    "exercisable" from the first day of the window to the last, both included, "expired"
    after it. Left out, the dates are those of the New Notes' warrants.
    """
    _refuse_no_window(exercisable_from, expires)
    if as_of > expires:
        return EXPIRED
    if as_of >= exercisable_from:
        return EXERCISABLE
    return ATTACHED if as_of < detached_from else NOT_YET_EXERCISABLE


@spreadsheet_function
def warrant_exercise_value(
    share_price: kinds.UnitPrice,
    warrants: kinds.Units,
    strike: kinds.Strike = NEW_NOTES_STRIKE,
    as_of: kinds.Day | None = None,
    exercisable_from: kinds.Day = NEW_NOTES_FROM,
    expires: kinds.Day = NEW_NOTES_EXPIRE,
) -> kinds.ExactMoney:
    """max(share price - strike, 0) x warrants, in currency units, exact.

    0 before the window opens; refused after it closes. Without `as_of`, a day within the
    window is meant. Left out, strike and window are those of the New Notes' warrants
    (Lexington Precision, press release of 18 December 2003).
    """
    _refuse_no_window(exercisable_from, expires)
    if as_of is not None and as_of > expires:
        expected = f"a date up to {expires}, the last day of exercise, would be right"
        raise OutOfRange("as_of", f"found {as_of}", expected)
    if as_of is not None and as_of < exercisable_from:
        return Decimal(0)
    return max(share_price - strike, Decimal(0)) * warrants


def _refuse_no_window(exercisable_from: date, expires: date) -> None:
    if exercisable_from > expires:
        found = f"found {exercisable_from}, after the last day of exercise, {expires}"
        raise OutOfRange("exercisable_from", found, "an earlier date would be right")
