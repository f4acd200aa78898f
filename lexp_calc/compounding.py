"""An overnight index compounded in arrears, as SOFR is: the rate of a whole period.

compounded rate = (product over business days of (1 + r_i x n_i / 360) - 1) x 360 / d, where
r_i is the index of a business day, n_i the calendar days until the next one and d those of
the period; a non-business day has the rate of the business day before it. With a lookback
r_i is read so many business days earlier, while n_i stays that of the interest period (no
observation shift). The floor is on each r_i. The rate is rounded to five decimals of a per
cent, ties away from zero; the margin is added after.

Sources: ARRC, "SOFR Floating Rate Notes Conventions Matrix" and "An Updated User's Guide to
SOFR" (2021), SOFR loan conventions for floor and margin; Federal Reserve Bank of New York,
"Additional Information about Reference Rates", SOFR Averages; 2021 ISDA Interest Rate
Derivatives Definitions, 7.3 and "USD-SOFR-OIS Compound" for the rounding.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lexp_calc.calendars import ONE_DAY, Calendar, following
from lexp_calc.coupons import FloatingCoupon, IndexOption
from lexp_calc.lookback import read_for_day
from lexp_calc.margins import MarginPath
from lexp_calc.money import round_half_away
from lexp_calc.rate_paths import (
    CountingIndex,
    RateConditions,
    all_in,
    counting,
    limited,
)
from lexp_calc.rates import UNITS_PER_ONE

DAYS_IN_INDEX_YEAR = 360  # SOFR is quoted ACT/360, whatever the coupon's day count
ROUNDED_TO = 10  # units: 0.00001 per cent


def compounded_units(overnight: Iterable[tuple[int, int]]) -> int:
    """The compounded rate of (overnight rate in units, days) in order, rounded, in units.

    Exact whole numbers up to the one rounding.
    """
    one = DAYS_IN_INDEX_YEAR * UNITS_PER_ONE
    grown = start = 1
    days = 0
    for each, count in overnight:
        grown *= one + each * count
        start *= one
        days += count
    growth = (grown - start) * one
    return round_half_away(growth, start * days * ROUNDED_TO) * ROUNDED_TO


class Observation(NamedTuple):
    """A run of days with one overnight rate: from a day, how many, and when it is read."""

    day: date
    days: int
    read_on: date


def observations(
    start: date, end: date, lookback: int, calendar: Calendar
) -> Iterator[Observation]:
    """The business days of a period with the days that each counts for."""
    day = start
    while day < end:
        next_day = min(following(day + ONE_DAY, calendar), end)
        yield Observation(day, (next_day - day).days, read_for_day(day, lookback, calendar))
        day = next_day


@dataclass(frozen=True)
class CompoundedOption:
    """An index option whose index is compounded over the period."""

    coupon: FloatingCoupon
    option: IndexOption
    fixings: CountingIndex
    margins: MarginPath
    calendar: Calendar

    def index_on(self, day: date) -> int | None:
        """The overnight index that a day takes, before floor and cap; None where unknown."""
        return self.fixings.at(read_for_day(day, self.option.lookback_days, self.calendar))

    def knows(self, day: date) -> bool:
        """Whether a rate is known for a period that begins on `day`."""
        return self.index_on(day) is not None

    def index_units(self, start: date, end: date) -> int:
        """The compounded index of a period; of one without a day, that of its first day."""
        last = max(end, start + ONE_DAY)
        return compounded_units(
            (limited(self.option, self.fixings.at(each.read_on)), each.days)
            for each in observations(start, last, self.option.lookback_days, self.calendar)
        )

    def units(self, start: date, index_units: int) -> int:
        """Compounded index + margin of the period's first day, within the coupon's limits."""
        return all_in(self.coupon, index_units, self.margins.on(start))


def resolve_compounded(
    coupon: FloatingCoupon, option: IndexOption, conditions: RateConditions
) -> CompoundedOption:
    """The option with the scenario's fixings and leverage."""
    path = conditions.index_paths.get(option.index)
    return CompoundedOption(
        coupon,
        option,
        counting(path, lambda day: day),
        option.margins(conditions.leverage),
        conditions.calendar,
    )
