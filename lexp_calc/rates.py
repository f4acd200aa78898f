"""Interest rates: fixed coupons, floating coupons with index options, and exact rate-days.

Inside the core a rate is a whole number of millionths of a per cent (`units`), so a
rate times days is exact. `RateDays.units(start, end)` is the sum over the days of a
period of the all-in rate of each day; balance x units / (basis x UNITS_PER_ONE) is
the interest, rounded once. A day is as long as the day count's line makes it: 1, or a
part of the basis.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from lexp_calc.day_count import DAY_COUNTS, ActualActualICMA, DayCount
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.terms import RATE_DECIMALS, DayCountName, Rate, Terms, choice

UNITS_PER_ONE = 10**RATE_DECIMALS  # units of a rate of 100 %

# Who publishes each index.
INDICES = {
    "prime": "Federal Reserve Board, H.15, bank prime loan rate",
    "LIBOR 1M": "ICE Benchmark Administration (licensed data: the user's own file)",
    "LIBOR 3M": "ICE Benchmark Administration (licensed data: the user's own file)",
    "Term SOFR 1M": "CME Group Benchmark Administration (licensed data: the user's own file)",
    "Term SOFR 3M": "CME Group Benchmark Administration (licensed data: the user's own file)",
    "SOFR": "Federal Reserve Bank of New York",
}
IndexName = choice(*INDICES)


def units(rate: Decimal) -> int:
    """A decimal rate in whole millionths of a per cent: 0.055 is 5,500,000."""
    return int(Decimal(rate).scaleb(RATE_DECIMALS))


def rate(whole_units: int) -> Decimal:
    """Whole millionths of a per cent as a decimal rate."""
    return Decimal(whole_units).scaleb(-RATE_DECIMALS)


def all_in_units(
    index_units: int, margin: int, floor: int | None = None, cap: int | None = None
) -> int:
    """Index plus margin, not below the floor nor above the cap on the sum; all in units."""
    sum_of_both = index_units + margin
    if cap is not None:
        sum_of_both = min(sum_of_both, cap)
    return sum_of_both if floor is None else max(sum_of_both, floor)


class IndexOption(Terms):
    """One index that the borrower may elect: its margin, and how often it is read.

    reset "daily": a change counts from the day on which it takes effect.
    reset "per period": the rate of the period's first day holds for the whole period.
    """

    index: IndexName
    margin: Rate
    reset: choice("daily", "per period")


class FixedCoupon(Terms):
    """A coupon of one rate."""

    type: Literal["fixed"]
    rate: Rate
    day_count: DayCountName

    @property
    def options(self) -> tuple[IndexOption, ...]:
        """None: nothing is elected."""
        return ()


class FloatingCoupon(Terms):
    """Index plus margin, the index at the borrower's election; floor and cap on the all-in rate.

    The first option holds until another is elected.
    """

    type: Literal["floating"]
    options: tuple[IndexOption, ...] = Field(min_length=1)
    floor: Rate | None = None
    cap: Rate | None = None
    day_count: DayCountName

    def contradictions(self):
        """Each index once; the floor not above the cap; a day count for floating coupons."""
        names = [option.index for option in self.options]
        if len(set(names)) != len(names):
            yield "options", ", ".join(names), "each index once"
        if isinstance(DAY_COUNTS[self.day_count], ActualActualICMA):
            yield (
                "day_count",
                f'"{self.day_count}", which is for fixed coupons alone',
                "another day count",
            )
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            yield (
                "floor",
                f"a floor of {self.floor:%} above the cap of {self.cap:%}",
                "a floor at or below the cap",
            )


Coupon = Annotated[FixedCoupon | FloatingCoupon, Field(discriminator="type")]


@dataclass(frozen=True)
class IndexPath:
    """A rate index over time: each rate holds from its date until the next."""

    index: str
    dates: tuple[date, ...]
    rates: tuple[Decimal, ...]

    def within(self, first: date, last: date) -> "IndexPath":
        """The part that can matter from `first` to `last`."""
        start = max(bisect_right(self.dates, first) - 1, 0)
        end = bisect_right(self.dates, last)
        return IndexPath(self.index, self.dates[start:end], self.rates[start:end])


@dataclass(frozen=True)
class OptionPath:
    """One index option resolved: its all-in rate from each date, and the rate-days before it.

    `cumulative[k]` is the sum of units x days from the first date to `dates[k]`.
    """

    option: IndexOption
    dates: tuple[date, ...]
    index_units: tuple[int, ...]
    units: tuple[int, ...]
    cumulative: tuple[int, ...]

    def position(self, day: date) -> int:
        """How many dates of the path lie on or before `day` (0 = no rate is known)."""
        return bisect_right(self.dates, day)

    def position_before(self, day: date) -> int:
        """How many dates of the path lie before `day`."""
        return bisect_left(self.dates, day)


def resolve_option(coupon: FloatingCoupon, option: IndexOption, path: IndexPath) -> OptionPath:
    """The option's all-in rates along an index path; an all-in rate below zero is refused."""
    day_number = DAY_COUNTS[coupon.day_count].day_number
    floor = None if coupon.floor is None else units(coupon.floor)
    cap = None if coupon.cap is None else units(coupon.cap)
    index_units = tuple(units(each) for each in path.rates)
    all_in = tuple(all_in_units(each, units(option.margin), floor, cap) for each in index_units)
    for day, each in zip(path.dates, all_in, strict=True):
        if each < 0 and floor is None:
            raise OutOfRange(
                f"index.{path.index}",
                f"found an all-in rate of {rate(each):%} from {day}",
                "a rate of 0 or more, or a floor in the coupon (a negative one lets it go "
                "below zero), would be right",
            )
    cumulative = [0] * len(all_in)
    for k in range(1, len(all_in)):
        days = day_number(path.dates[k]) - day_number(path.dates[k - 1])
        cumulative[k] = cumulative[k - 1] + all_in[k - 1] * days
    return OptionPath(option, path.dates, index_units, all_in, tuple(cumulative))


@dataclass(frozen=True)
class PeriodRate:
    """The rate of one accrual period: which option, the index at its start, and rate-days.

    `days` are shown; `length` is the period on the day count's line, of which the basis is
    a year. The all-in rate is unit_days / length, in units.
    """

    option_number: int  # 1 = the coupon's first option; 0 = fixed
    index_units: int
    days: int
    unit_days: int | Fraction
    length: int | Fraction
    units_at_start: int  # the all-in rate of the first day


@dataclass(frozen=True)
class FixedRateDays:
    """Rate-days of a fixed coupon."""

    coupon: FixedCoupon
    day_count: DayCount  # bound to the tranche's dates

    def period(self, start: date, end: date) -> PeriodRate:
        """Rate x days from `start` to `end`."""
        days = self.day_count.days(start, end)
        length = self.day_count.length(start, end)
        coupon = units(self.coupon.rate)
        return PeriodRate(0, 0, days, length * coupon, length, coupon)


@dataclass(frozen=True)
class FloatingRateDays:
    """Rate-days of a floating coupon, with the borrower's elections and the index paths.

    `elections` are (from, index) in date order: the one in force on a period's first day
    holds for the period. `paths` has one resolved path an option, None where the
    scenario knows no rates.
    """

    coupon: FloatingCoupon
    elections: tuple[tuple[date, str], ...]
    paths: tuple[OptionPath | None, ...]
    day_count: DayCount  # bound to the tranche's dates

    def option_number(self, start: date) -> int:
        """The option elected for the period that begins on `start` (1 = the first)."""
        in_force = self.coupon.options[0].index
        for from_date, index in self.elections:
            if from_date <= start:
                in_force = index
        return [option.index for option in self.coupon.options].index(in_force) + 1

    def path(self, start: date) -> OptionPath:
        """The path of the option in force, which must know a rate on `start`."""
        number = self.option_number(start)
        path = self.paths[number - 1]
        index = self.coupon.options[number - 1].index
        if path is None or path.position(start) == 0:
            known = "no rate at all" if path is None else f"no rate before {path.dates[0]}"
            raise NotThere(
                f"index.{index}",
                f"found {known}, and one is needed from {start}",
                f'a rate from then on, such as --set "{index}=1.50%" or a file of rates, '
                "would be right",
            )
        return path

    def period(self, start: date, end: date) -> PeriodRate:
        """The option in force on `start`, and the rate-days from `start` to `end`.

        Where a daily rate changes within the period, each part is measured on the day
        count's line of day numbers.
        """
        path = self.path(start)
        start_number, end_number = self.day_count.numbers(start, end)
        length = end_number - start_number
        first = path.position(start) - 1
        if path.option.reset == "per period":
            unit_days = path.units[first] * length
        else:
            last = max(path.position_before(end) - 1, first)
            unit_days = self.cumulative(path, last, end_number) - self.cumulative(
                path, first, start_number
            )
        days = self.day_count.days(start, end)
        index_units, at_start = path.index_units[first], path.units[first]
        return PeriodRate(self.option_number(start), index_units, days, unit_days, length, at_start)

    def cumulative(self, path: OptionPath, position: int, number: int) -> int:
        """Units x days from the path's first date to a day number, which `position` covers."""
        days = number - self.day_count.day_number(path.dates[position])
        return path.cumulative[position] + path.units[position] * days


RateDays = FixedRateDays | FloatingRateDays
