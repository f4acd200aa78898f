"""Rate-days: what a coupon charges for a period under a scenario, exact.

The interface to the roll: `rate_days(...).period(start, end)` gives a `PeriodRate`.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from lexp_calc.compounding import CompoundedOption, resolve_compounded
from lexp_calc.coupons import DAILY, PER_PERIOD, Coupon, FixedCoupon, FloatingCoupon
from lexp_calc.day_count import DayCount
from lexp_calc.errors import NotThere, OutOfRange, WrongKind
from lexp_calc.lookback import read_for_day, read_for_period
from lexp_calc.rate_paths import (
    OptionPath,
    RateConditions,
    RateSteps,
    rate_steps,
    resolve_option,
)
from lexp_calc.rates import PeriodRate, exact_units, rate, units


def default_steps(coupon: Coupon, conditions: RateConditions) -> RateSteps:
    """The default margin on days in default, 0 on others, as steps."""
    margin = units(coupon.default_margin or 0)
    dates = tuple(day for day, _ in conditions.in_default)
    rates = tuple(margin if each else 0 for _, each in conditions.in_default)
    return rate_steps(dates, rates, conditions.day_count)


@dataclass(frozen=True)
class FixedRateDays:
    """Rate-days of a fixed coupon, with the default margin on days in default."""

    coupon: FixedCoupon
    conditions: RateConditions
    default: RateSteps

    @property
    def day_count(self) -> DayCount:
        """The coupon's day count, bound to the tranche's dates."""
        return self.conditions.day_count

    def period(self, start: date, end: date) -> PeriodRate:
        """Rate x days from `start` to `end`."""
        length = self.day_count.length(start, end)
        at_start = exact_units(self.coupon.rate)
        unit_days = length * at_start + self.default.unit_days(start, end, self.day_count)
        return PeriodRate(0, 0, self.day_count.days(start, end), unit_days, length, at_start)


@dataclass(frozen=True)
class FloatingRateDays:
    """Rate-days of a floating coupon, with the borrower's elections and the index paths.

    Elections are (from, index) in date order: the one in force on a period's first day
    holds for the period. `paths` has one resolved option each.
    """

    coupon: FloatingCoupon
    conditions: RateConditions
    paths: tuple[OptionPath | CompoundedOption, ...]
    default: RateSteps

    @property
    def day_count(self) -> DayCount:
        """The coupon's day count, bound to the tranche's dates."""
        return self.conditions.day_count

    def option_number(self, start: date) -> int:
        """The option elected for the period that begins on `start` (1 = the first)."""
        elections = self.conditions.elections
        position = bisect_right(elections, start, key=lambda election: election[0])
        if position == 0:
            return 1
        elected = elections[position - 1][1]
        return [option.index for option in self.coupon.options].index(elected) + 1

    def knows(self, number: int, start: date) -> bool:
        """Whether a rate is known under an option for a period that begins on `start`."""
        path = self.paths[number - 1]
        if isinstance(path, CompoundedOption):
            return path.knows(start)
        return path.index_at(start) is not None

    def path(self, start: date) -> OptionPath | CompoundedOption:
        """The path of the option in force, which must know a rate on `start`."""
        return self._known(self.option_number(start), start)

    def period(self, start: date, end: date) -> PeriodRate:
        """The option in force on `start`, and the rate-days from `start` to `end`.

        A rate below zero is refused, unless a floor of the coupon lets it go there.
        """
        number = self.option_number(start)
        found = self.period_under(number, start, end)
        if self.coupon.floor is None and start < end:
            self._refuse_negative(number, found, start, end)
        return found

    def _refuse_negative(self, number: int, period: PeriodRate, start: date, end: date) -> None:
        path = self.paths[number - 1]
        charged = [(start, period.units_at_start)]
        if path.option.reset == DAILY:
            charged = path.steps.in_period(start, end)
        for day, each in charged:
            if each < 0:
                raise OutOfRange(
                    f"index.{path.option.index}",
                    f"found an all-in rate of {rate(each):%} from {day}",
                    "a rate of 0 or more, or a floor in the coupon (a negative one lets it go "
                    "below zero), would be right",
                )

    def period_under(self, number: int, start: date, end: date) -> PeriodRate:
        """The period's rate under an option, elected or not; refused where no rate is known.

        Where a daily rate changes within the period, each part is measured on the day
        count's line of day numbers.
        """
        path = self._known(number, start)
        length = self.day_count.length(start, end)
        if isinstance(path, CompoundedOption):
            index_units = path.index_units(start, end)
            at_start = path.units(start, index_units)
            unit_days = at_start * length
        else:
            index_units, at_start = path.index_at(start), path.units_at(start)
            unit_days = at_start * length
            if path.option.reset == DAILY:
                unit_days = path.steps.unit_days(start, end, self.day_count)
        unit_days += self.default.unit_days(start, end, self.day_count)
        days = self.day_count.days(start, end)
        return PeriodRate(number, index_units, days, unit_days, length, at_start)

    def _known(self, number: int, start: date) -> OptionPath | CompoundedOption:
        if self.knows(number, start):
            return self.paths[number - 1]
        option = self.coupon.options[number - 1]
        reads = read_for_period if option.reset == PER_PERIOD else read_for_day
        plain = not option.lookback and not option.is_compounded
        day = start if plain else reads(start, option.lookback_days, self.conditions.calendar)
        fallen_back = option.fallback and option.fallback.from_date <= day
        index = option.fallback.index if fallen_back else option.index
        path = self.conditions.index_paths.get(index)
        known = "no rate at all" if path is None else f"no rate before {path.dates[0]}"
        raise NotThere(
            f"index.{index}",
            f"found {known}, and one is needed from {day}",
            f'a rate from then on, such as --set "{index}=1.50%" or a file of rates, '
            "would be right",
        )


RateDays = FixedRateDays | FloatingRateDays


def rate_days(coupon: Coupon, conditions: RateConditions) -> RateDays:
    """The coupon under a scenario; an election of an index that it does not offer is refused."""
    default = default_steps(coupon, conditions)
    if isinstance(coupon, FixedCoupon):
        return FixedRateDays(coupon, conditions, default)
    known = [option.index for option in coupon.options]
    for _, index in conditions.elections:
        if index not in known:
            listed = ", ".join(f'"{each}"' for each in known)
            raise WrongKind("elect", f'found "{index}"', f"one of {listed} would be right")
    paths = tuple(
        resolve_compounded(coupon, option, conditions)
        if option.is_compounded
        else resolve_option(coupon, option, conditions)
        for option in coupon.options
    )
    return FloatingRateDays(coupon, conditions, paths, default)
