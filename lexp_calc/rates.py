"""Interest rates in exact units, the indices, and what one interest period is charged.

Inside the core a rate is a whole number of millionths of a per cent (`units`), so a
rate times days is exact. Rate-days (`unit_days`) are the sum over the days of a period of
the all-in rate of each day; balance x unit_days / (basis x UNITS_PER_ONE) is the interest,
rounded once. A day is as long as the day count's line makes it: 1, or a part of the basis.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from lexp_calc.terms import RATE_DECIMALS, choice

Number = TypeVar("Number", int, Decimal)
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


def exact_units(rate: Decimal) -> int | Fraction:
    """The same with all the digits of the rate: a fraction where it has more than eight."""
    numerator, denominator = rate.as_integer_ratio()
    whole, rest = divmod(numerator * UNITS_PER_ONE, denominator)
    return Fraction(numerator * UNITS_PER_ONE, denominator) if rest else whole


def rate(whole_units: int) -> Decimal:
    """Whole millionths of a per cent as a decimal rate."""
    return Decimal(whole_units).scaleb(-RATE_DECIMALS)


def within(value: Number, floor: Number | None, cap: Number | None) -> Number:
    """The value, not above the cap, and not below the floor."""
    if cap is not None:
        value = min(value, cap)
    return value if floor is None else max(value, floor)


def all_in_units(
    index_units: int, margin: int, floor: int | None = None, cap: int | None = None
) -> int:
    """Index plus margin, not below the floor nor above the cap on the sum; all in units."""
    return within(index_units + margin, floor, cap)


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
class PeriodRate:
    """The rate of one accrual period: which option, the index, and rate-days.

    `index_units` is the index of the period's first day, where it is compounded in arrears
    that of the period; with a fallback's spread adjustment, before any floor or cap.
    `units_at_start` is the all-in rate of the first day, before any default margin.
    `days` are shown; `length` is the period on the day count's line, of which the basis is
    a year. The all-in rate is unit_days / length, in units.
    """

    option_number: int  # 1 = the coupon's first option; 0 = fixed
    index_units: int
    days: int
    unit_days: int | Fraction
    length: int | Fraction
    units_at_start: int | Fraction
