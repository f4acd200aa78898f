"""Margins that change: by date, or by the borrower's leverage, as a step function of the day."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pydantic import Field

from lexp_calc.rates import units
from lexp_calc.terms import Day, Leverage, Rate, Terms

Contradiction = tuple[str, object, str]


class MarginStep(Terms):
    """The margin from a date on."""

    from_date: Day = Field(alias="from")
    margin: Rate


class MarginLevel(Terms):
    """A level of a margin grid: the margin while leverage is `below`, or is `up_to`, a bound.

    The last level has no bound: it is open upwards.
    """

    up_to: Leverage | None = None
    below: Leverage | None = None
    margin: Rate

    @property
    def bound(self) -> Decimal | None:
        """Where the level ends; None for the last one."""
        return self.up_to if self.below is None else self.below


@dataclass(frozen=True)
class MarginPath:
    """A margin in rate units: `initial` until the first date, then each from its date on."""

    initial: int
    dates: tuple[date, ...] = ()
    margins: tuple[int, ...] = ()

    def on(self, day: date) -> int:
        """The margin of a day."""
        position = bisect_right(self.dates, day)
        return self.margins[position - 1] if position else self.initial


def stepped(initial: Decimal, steps: tuple[MarginStep, ...]) -> MarginPath:
    """Margins by date."""
    dates = tuple(step.from_date for step in steps)
    return MarginPath(units(initial), dates, tuple(units(step.margin) for step in steps))


def level_of(grid: tuple[MarginLevel, ...], leverage: Decimal) -> int:
    """The level of a grid (1 = the first) at which a leverage stands."""
    for number, level in enumerate(grid[:-1], 1):
        ends_above = leverage < level.bound if level.up_to is None else leverage <= level.bound
        if ends_above:
            return number
    return len(grid)


def by_leverage(
    initial: Decimal,
    grid: tuple[MarginLevel, ...],
    leverage: tuple[tuple[date, Decimal], ...],
) -> MarginPath:
    """Margins by the grid, from each date at which a leverage counts; before, the initial one."""
    margins = tuple(units(grid[level_of(grid, each) - 1].margin) for _, each in leverage)
    return MarginPath(units(initial), tuple(day for day, _ in leverage), margins)


def grid_contradictions(grid: tuple[MarginLevel, ...]) -> Iterator[Contradiction]:
    """Bounds rise, all of one kind; the last level alone is open."""
    if len(grid) == 1:
        yield "margin_grid", "one level", "two or more levels, or the margin alone,"
    for number, level in enumerate(grid[:-1], 1):
        if (level.up_to is None) == (level.below is None):
            found = "no bound" if level.up_to is None else "both up_to and below"
            yield "margin_grid", f"{found} at level {number}", "either up_to or below"
            return
    if grid and grid[-1].bound is not None:
        found = f"a bound of {grid[-1].bound} at the last level"
        yield "margin_grid", found, "a last level without a bound"
        return
    if len({level.up_to is None for level in grid[:-1]}) > 1:
        yield "margin_grid", "both up_to and below", "one of the two at every level"
    for before, after in pairwise(grid[:-1]):
        if after.bound <= before.bound:
            found = f"a bound of {after.bound} after {before.bound}"
            yield "margin_grid", found, "bounds that rise"
