"""Coupons as a term sheet states them: fixed, or floating over index options."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lexp_calc.day_count import ActualActualICMA, day_count
from lexp_calc.errors import OutOfRange, WrongKind, quoted
from lexp_calc.margins import (
    MarginLevel,
    MarginPath,
    MarginStep,
    by_leverage,
    grid_contradictions,
    stepped,
)
from lexp_calc.rates import IndexName
from lexp_calc.terms import ChargedRate, Day, DayCountName, Rate, Terms, choice, dates_in_order

DAILY, PER_PERIOD = "daily", "per period"
COMPOUNDED = "compounded in arrears"
LONGEST_LOOKBACK = 30  # business days
OVERNIGHT_INDEX = "SOFR"  # the one that is compounded


def read_lookback(value: object) -> int:
    """A number of business days, from 0 to 30."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongKind("", quoted(value), "a number of business days would be right")
    if not 0 <= value <= LONGEST_LOOKBACK:
        expected = f"a number of business days from 0 to {LONGEST_LOOKBACK} would be right"
        raise OutOfRange("", quoted(value), expected)
    return value


class Fallback(Terms):
    """The index that takes another's place: fallback index + spread adjustment.

    It counts for the periods whose index is read on `from` or later: the reset date, which
    is the period's first day or `lookback` business days before it, decides. Source: ARRC,
    recommended fallback language for syndicated and bilateral loans (Benchmark Replacement
    = replacement index + Benchmark Replacement Adjustment).
    """

    from_date: Day = Field(alias="from")
    index: IndexName
    spread_adjustment: Rate


class IndexOption(Terms):
    """One index that the borrower may elect: its margin, and how often it is read.

    reset "daily": a change of the index or the margin counts from its day.
    reset "per period": index and margin of the period's first day hold for the period.
    reset "compounded in arrears": the daily index is compounded over the period, the margin
    of the period's first day is added after.
    `lookback`: the index is that of so many business days before. `floor` and `cap` are on
    the index alone, each day's where it is compounded. `margin` holds until the first of
    `margin_steps`, or until the scenario gives a leverage for `margin_grid`.
    """

    index: IndexName
    margin: Rate
    reset: choice(DAILY, PER_PERIOD, COMPOUNDED)
    lookback: Annotated[int, BeforeValidator(read_lookback)] | None = None
    floor: Rate | None = None
    cap: Rate | None = None
    fallback: Fallback | None = None
    margin_steps: tuple[MarginStep, ...] = ()
    margin_grid: tuple[MarginLevel, ...] = ()

    @property
    def lookback_days(self) -> int:
        """Business days from the day on which the index is read to the day it counts for."""
        return self.lookback or 0

    @property
    def is_compounded(self) -> bool:
        """Whether the index is compounded over the period."""
        return self.reset == COMPOUNDED

    @property
    def is_plain(self) -> bool:
        """Whether index and margin count from their own dates, and nothing limits the index."""
        terms = (self.lookback, self.fallback, self.margin_steps, self.margin_grid)
        return not any(terms) and self.floor is None and self.cap is None

    @property
    def indices(self) -> tuple[str, ...]:
        """The index, and that of the fallback."""
        return (self.index,) if self.fallback is None else (self.index, self.fallback.index)

    def margins(self, leverage: tuple[tuple[date, Decimal], ...]) -> MarginPath:
        """The margin by day, under a scenario's leverage."""
        if self.margin_grid:
            return by_leverage(self.margin, self.margin_grid, leverage)
        return stepped(self.margin, self.margin_steps)

    def contradictions(self):
        """SOFR alone is compounded; a fallback is read per period; limits and margins agree."""
        if self.is_compounded and self.index != OVERNIGHT_INDEX:
            found = f'"{self.reset}" of {self.index}, which is no overnight rate'
            yield "reset", found, f'"{PER_PERIOD}", or the index {OVERNIGHT_INDEX},'
        if self.fallback and self.reset != PER_PERIOD:
            found = f'a fallback of an index that is read "{self.reset}"'
            yield "fallback", found, f'the reset "{PER_PERIOD}", or no fallback,'
        if self.fallback and self.fallback.index == self.index:
            yield "fallback.index", f"{self.index}, the index itself", "another index"
        yield from limit_contradictions(self.floor, self.cap)
        if self.margin_steps and self.margin_grid:
            yield "margin_steps", "a margin grid beside them", "one of the two"
        days = [step.from_date for step in self.margin_steps]
        yield from dates_in_order(days, "margin_steps[{}].from")
        yield from grid_contradictions(self.margin_grid)


def limit_contradictions(floor: Decimal | None, cap: Decimal | None):
    """A floor is not above its cap."""
    if floor is not None and cap is not None and floor > cap:
        yield (
            "floor",
            f"a floor of {floor:%} above the cap of {cap:%}",
            "a floor at or below the cap",
        )


def _day_by_day(coupon: Terms, what: str):
    """What is counted day by day needs a day count that counts days."""
    if isinstance(day_count(coupon.day_count), ActualActualICMA):
        found = f"{coupon.day_count}, which counts regular periods, for {what}"
        yield "day_count", found, "another day count"


def _default_margin(coupon: Terms):
    if coupon.default_margin is not None and coupon.default_margin < 0:
        yield "default_margin", f"{coupon.default_margin:%}", "a margin of 0 or more"


class FixedCoupon(Terms):
    """A coupon of one rate; `default_margin` comes on top on days in default."""

    type: Literal["fixed"]
    rate: ChargedRate
    default_margin: ChargedRate | None = None
    day_count: DayCountName

    @property
    def options(self) -> tuple[IndexOption, ...]:
        """None: nothing is elected."""
        return ()

    def contradictions(self):
        """A default margin counts by day, and is not below zero."""
        yield from _default_margin(self)
        if self.default_margin is not None:
            yield from _day_by_day(self, "days in default")


class FloatingCoupon(Terms):
    """Index plus margin, the index at the borrower's election; floor and cap on the all-in rate.

    The first option holds until another is elected. `default_margin` comes on top of the
    all-in rate, beyond floor and cap, on days in default.
    """

    type: Literal["floating"]
    options: tuple[IndexOption, ...] = Field(min_length=1)
    floor: Rate | None = None
    cap: Rate | None = None
    default_margin: ChargedRate | None = None
    day_count: DayCountName

    def contradictions(self):
        """Each index once; the floor not above the cap; a day count of days."""
        names = [option.index for option in self.options]
        if len(set(names)) != len(names):
            yield "options", ", ".join(names), "each index once"
        yield from limit_contradictions(self.floor, self.cap)
        yield from _default_margin(self)
        yield from _day_by_day(self, "a rate that floats")


Coupon = Annotated[FixedCoupon | FloatingCoupon, Field(discriminator="type")]


def takes_leverage(coupon: Coupon) -> bool:
    """Whether a margin of the coupon turns on leverage."""
    return any(option.margin_grid for option in coupon.options)
