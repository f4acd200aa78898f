"""Rates over time: steps with their exact rate-days, and an index option made into such steps.

`resolve_option` is the one place where index, margin, floors and caps become an all-in rate.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lexp_calc.calendars import Calendar
from lexp_calc.coupons import PER_PERIOD, FloatingCoupon, IndexOption
from lexp_calc.day_count import DayCount
from lexp_calc.lookback import counts_for_days_from, counts_for_periods_from
from lexp_calc.rates import IndexPath, all_in_units, units, within


@dataclass(frozen=True)
class RateConditions:
    """What rates depend on besides the coupon; `day_count` is bound to the tranche's dates.

    `leverage` and `in_default` are (from, value) in date order.
    """

    index_paths: dict[str, IndexPath | None]
    calendar: Calendar
    day_count: DayCount
    elections: tuple[tuple[date, str], ...] = ()
    leverage: tuple[tuple[date, Decimal], ...] = ()
    in_default: tuple[tuple[date, bool], ...] = ()


@dataclass(frozen=True)
class RateSteps:
    """Rates in units, each from its date until the next, 0 before the first.

    `numbers` are the dates on the day count's line; `cumulative[k]` is the sum of
    units x days from the first date to `dates[k]`.
    """

    dates: tuple[date, ...]
    units: tuple[int, ...]
    numbers: tuple[int | Fraction, ...]
    cumulative: tuple[int | Fraction, ...]

    def position(self, day: date) -> int:
        """How many dates lie on or before `day` (0 = no rate is known)."""
        return bisect_right(self.dates, day)

    def position_before(self, day: date) -> int:
        """How many dates lie before `day`."""
        return bisect_left(self.dates, day)

    def end_position(self, start: date, end: date) -> int:
        """The position of the last rate of a period, never before that of its first."""
        return max(self.position_before(end), self.position(start))

    def in_period(self, start: date, end: date) -> Iterator[tuple[date, int]]:
        """The rates that count from `start` to `end`, each with the date from which it does."""
        positions = range(max(self.position(start) - 1, 0), self.end_position(start, end))
        return ((self.dates[each], self.units[each]) for each in positions)

    def until(self, position: int, number: int | Fraction) -> int | Fraction:
        """Units x days from the first date to a day number, which `position` covers."""
        if position == 0:
            return 0
        since = number - self.numbers[position - 1]
        return self.cumulative[position - 1] + self.units[position - 1] * since

    def unit_days(self, start: date, end: date, day_count: DayCount) -> int | Fraction:
        """Units x days of a period, each part measured on the day count's line."""
        start_number, end_number = day_count.numbers(start, end)
        at_end = self.until(self.end_position(start, end), end_number)
        return at_end - self.until(self.position(start), start_number)


def rate_steps(dates: tuple[date, ...], rates: tuple[int, ...], day_count: DayCount) -> RateSteps:
    """Steps with their rate-days."""
    numbers = tuple(day_count.day_number(day) for day in dates)
    cumulative = [0] * len(dates)
    for k in range(1, len(dates)):
        cumulative[k] = cumulative[k - 1] + rates[k - 1] * (numbers[k] - numbers[k - 1])
    return RateSteps(dates, rates, numbers, tuple(cumulative))


@dataclass(frozen=True)
class OptionPath:
    """One index option resolved into steps: what each is made of, and its all-in rate.

    For a daily option a step is the rate of the days from its date on; for one that is read
    per period, of the periods that begin on or after it. `index_units` have the fallback's
    spread adjustment in them, floor and cap of the index not; None where no rate is known.
    """

    option: IndexOption
    index_units: tuple[int | None, ...]
    margins: tuple[int, ...]
    steps: RateSteps

    @property
    def dates(self) -> tuple[date, ...]:
        """From when each rate counts."""
        return self.steps.dates

    @property
    def units(self) -> tuple[int, ...]:
        """The all-in rates; 0 where no index is known."""
        return self.steps.units

    def index_at(self, day: date) -> int | None:
        """The index that counts for a day; None where no rate is known."""
        position = self.steps.position(day)
        return self.index_units[position - 1] if position else None

    def units_at(self, day: date) -> int:
        """The all-in rate that counts for a day."""
        return self.steps.units[self.steps.position(day) - 1]


def limits_of(terms: FloatingCoupon | IndexOption) -> tuple[int | None, int | None]:
    """Floor and cap of a coupon or an option, in units."""
    return tuple(None if each is None else units(each) for each in (terms.floor, terms.cap))


def limited(option: IndexOption, index_units: int) -> int:
    """The index within the option's own floor and cap."""
    return within(index_units, *limits_of(option))


def all_in(coupon: FloatingCoupon, limited_index: int, margin: int) -> int:
    """The all-in rate: the index within its own limits, plus margin, within the coupon's."""
    return all_in_units(limited_index, margin, *limits_of(coupon))


def counts_from(option: IndexOption, calendar: Calendar) -> Callable[[date], date]:
    """From which day on a fixing of a day counts under the option."""
    rule = counts_for_periods_from if option.reset == PER_PERIOD else counts_for_days_from
    return lambda day: rule(day, option.lookback_days, calendar)


@dataclass(frozen=True)
class CountingIndex:
    """An index path by the dates from which its rates count; None before the first."""

    dates: tuple[date, ...]
    rates: tuple[int, ...]

    def at(self, day: date) -> int | None:
        """The rate that counts for a day."""
        position = bisect_right(self.dates, day)
        return self.rates[position - 1] if position else None


def counting(path: IndexPath | None, starts: Callable[[date], date]) -> CountingIndex:
    """The path by the dates from which its rates count; of several on one day, the last."""
    if path is None:
        return CountingIndex((), ())
    latest = {starts(day): units(each) for day, each in zip(path.dates, path.rates, strict=True)}
    return CountingIndex(tuple(latest), tuple(latest.values()))


def resolve_option(
    coupon: FloatingCoupon, option: IndexOption, conditions: RateConditions
) -> OptionPath:
    """The option's all-in rates over time.

    A step begins wherever the index, the fallback or the margin changes. An all-in rate may
    be below zero here: it is refused where a period is charged it.
    """
    starts = counts_from(option, conditions.calendar)
    margins = option.margins(conditions.leverage)
    index = counting(conditions.index_paths.get(option.index), starts)
    dates = {*index.dates, *margins.dates}
    switch = later = None
    if option.fallback:
        switch = starts(option.fallback.from_date)
        later = counting(conditions.index_paths.get(option.fallback.index), starts)
        adjustment = units(option.fallback.spread_adjustment)
        dates |= {switch, *later.dates}

    def index_on(day: date) -> int | None:
        if switch is None or day < switch:
            return index.at(day)
        found = later.at(day)
        return None if found is None else found + adjustment

    ordered = tuple(sorted(dates))
    index_units = tuple(index_on(day) for day in ordered)
    of_the_day = tuple(margins.on(day) for day in ordered)
    rates = tuple(
        0 if each is None else all_in(coupon, limited(option, each), margin)
        for each, margin in zip(index_units, of_the_day, strict=True)
    )
    steps = rate_steps(ordered, rates, conditions.day_count)
    return OptionPath(option, index_units, of_the_day, steps)
