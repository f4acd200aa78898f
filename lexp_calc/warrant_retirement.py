"""Warrants that go with redeemed notes: how many at each redemption, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import lexp_calc.kinds as kinds
from lexp_calc.cash_flows import Schedule
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.errors import OutOfRange
from lexp_calc.money import round_half_away
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.warrants import NEW_NOTES_DETACHED, Warrants


@spreadsheet_function
def warrants_retired(
    notes_redeemed: kinds.Amount,
    notes_outstanding: kinds.PositiveAmount,
    warrants: kinds.Units,
    redemption_date: kinds.Day,
    retired_before: kinds.Day = NEW_NOTES_DETACHED,
) -> kinds.CountResult:
    """Warrants retired with redeemed notes: warrants x redeemed / outstanding, half away from zero.

    Outstanding before the redemption. 0 from `retired_before` on: the warrants are then
    detached from the notes; left out, it is the New Notes' 1 August 2005.
    """
    _refuse_more_than_all(notes_redeemed, notes_outstanding, "notes_redeemed")
    if redemption_date >= retired_before:
        return 0
    return round_half_away(warrants * Fraction(notes_redeemed) / Fraction(notes_outstanding), 1)


def _refuse_more_than_all(redeemed: Decimal, outstanding: Decimal, name: str) -> None:
    if redeemed > outstanding:
        found = f"found {redeemed:f} of {outstanding:f} outstanding"
        expected = "an amount from 0 to the outstanding principal would be right"
        raise OutOfRange(name, found, expected)


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
    return _in_turn(int(warrants.issued), warrants.retired_with_notes_before, redemptions)


def retirements_under(warrants: Warrants, notes: Schedule) -> tuple[Retirement, ...]:
    """The redemptions in the notes' schedule and the warrants retired with them."""
    amount = notes.currency.amount
    return retirements(
        warrants,
        (
            (row.payment_date, amount(row.prepayment), amount(row.opening_balance))
            for row in notes.rows
            if row.prepayment
        ),
    )


def _in_turn(issued: int, retired_before: date | None, redemptions) -> tuple[Retirement, ...]:
    found, left = [], issued
    for day, redeemed, outstanding in redemptions:
        retired = 0
        if retired_before is not None and redeemed:
            retired = warrants_retired(redeemed, outstanding, left, day, retired_before)
        found.append(Retirement(day, outstanding, redeemed, left, retired))
        left -= retired
    return tuple(found)


def warrants_left(warrants: Warrants, retired: Iterable[Retirement], day: date) -> int:
    """Warrants of the issue that stand at the end of a day; expiry is left aside."""
    return int(warrants.issued) - sum(each.warrants_retired for each in retired if each.day <= day)


@spreadsheet_function
def warrant_retirements(
    redemption_dates: kinds.Days,
    notes_redeemed: kinds.Amounts,
    notes_outstanding: kinds.PositiveAmount,
    warrants: kinds.Units,
    retired_before: kinds.Day = NEW_NOTES_DETACHED,
) -> kinds.TableResult:
    """Redemptions in turn: notes before, redeemed and after, warrants before, retired and after.

    `notes_outstanding` is before the first; each retires warrants pro rata to what the ones
    before have left, as `warrants_retired` does.
    """
    refuse_unequal(redemption_dates=redemption_dates, notes_redeemed=notes_redeemed)
    _refuse_disorder(redemption_dates)
    left, redemptions = notes_outstanding, []
    for number, (day, redeemed) in enumerate(zip(redemption_dates, notes_redeemed, strict=True), 1):
        _refuse_more_than_all(redeemed, left, f"notes_redeemed[{number}]")
        redemptions.append((day, redeemed, left))
        left -= redeemed
    return Table(
        (
            "redemption_date",
            "notes_before",
            "notes_redeemed",
            "notes_after",
            "warrants_before",
            "warrants_retired",
            "warrants_after",
        ),
        tuple(
            (
                each.day,
                each.notes_outstanding,
                each.notes_redeemed,
                each.notes_outstanding - each.notes_redeemed,
                each.warrants_before,
                each.warrants_retired,
                each.warrants_after,
            )
            for each in _in_turn(warrants, retired_before, redemptions)
        ),
    )


def _refuse_disorder(days: tuple[date, ...]) -> None:
    for number, (before, after) in enumerate(pairwise(days), 2):
        if after <= before:
            found = f"found {after} after {before}"
            expected = "dates once each, in order, would be right"
            raise OutOfRange(f"redemption_dates[{number}]", found, expected)
