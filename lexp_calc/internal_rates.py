"""The rate at which dated amounts are worth nothing, their value at a rate, their average life.

Rates are decimals a year, compounded once a year on ACT/365F, as Excel's XIRR and XNPV have
them: an amount t years on is worth amount / (1 + rate)^t.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import exp, expm1, fsum, log, log1p
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.errors import OutOfRange
from lexp_calc.exponential_sums import ExponentialSum
from lexp_calc.spreadsheet_function import spreadsheet_function

DAYS_IN_A_YEAR = 365
LOWEST_RATE = -1 + 1e-12
DOUBLED = log(2)  # a rate of 100 %, beyond which any rate above -100 % is nearer zero
LARGEST_EXPONENT = 700  # of e; beyond lies no binary float


def _above_minus_one(name: str, value: object) -> float:
    read = arguments.real(name, value)
    if read <= -1:
        expected = "a decimal above -1, such as 0.055 for 5.5 per cent, would be right"
        raise OutOfRange(name, f"found {value}", expected)
    return read


RateAboveMinusOne = Annotated[
    float, kinds.Kind("decimal a year above -1: 0.055 is 5.5 %", kinds.NUMBER, _above_minus_one)
]


@spreadsheet_function
def xirr(amounts: kinds.Reals, dates: kinds.Days) -> kinds.RealResult:
    """The annual rate at which the amounts are worth nothing; of several the one nearest zero.

    The root r of sum amount / (1 + r)^(days / 365), days from the earliest date; the dates
    may stand in any order. All rates from -99.9999999999 % up are searched; of two equally
    near zero the positive one. Signs as the user has them: one paid, the other received.
    Refused: amounts of one sign, amounts on one day alone, amounts that no rate makes worth
    nothing. Source: Microsoft, XIRR, whose search from a guess may miss or confuse roots.
    """
    refuse_unequal(amounts=amounts, dates=dates)
    net, days = _by_day(amounts, dates)
    if min(net, default=0) >= 0 or max(net) <= 0:
        if len(set(dates)) == 1 and min(amounts) < 0 < max(amounts):
            expected = "amounts on two days or more would be right"
            raise OutOfRange("dates", f"found {dates[0]} alone", expected)
        expected = "amounts paid and amounts received, of two signs, would be right"
        raise OutOfRange("amounts", "found no change of sign from day to day", expected)
    found = rate_of(net, [(day - days[0]).days / DAYS_IN_A_YEAR for day in days])
    if found is None:
        expected = "amounts that are worth nothing at some rate would be right"
        raise OutOfRange("amounts", "found no rate at which they are worth nothing", expected)
    return found


def _by_day(amounts: Sequence[float], dates: Sequence[date]) -> tuple[list[float], list[date]]:
    """The amounts of each day together, in order of days; days that come to nothing left out."""
    totals: dict[date, Decimal] = {}
    for day, amount in sorted(zip(dates, amounts, strict=True)):
        totals[day] = totals.get(day, Decimal(0)) + Decimal(repr(amount))
    days = [day for day, total in totals.items() if total]
    return [float(totals[day]) for day in days], days


def rate_of(amounts: Sequence[float], times: Sequence[float]) -> float | None:
    """The rate nearest zero at which amounts at rising times are worth nothing; None without one.

    `times` are in years for a rate a year, in periods for a rate a period; the first is 0, and
    no amount is.
    """
    if fsum(amounts) == 0:
        return 0.0
    later = ExponentialSum.of(amounts, times)
    earlier = ExponentialSum.of(amounts, [times[-1] - time for time in times])
    if _sign_changes(amounts) == 1:  # then there is one root, and its side shows its sign
        above = (fsum(amounts) > 0) != (amounts[0] > 0)
        side, limit = (later, LARGEST_EXPONENT) if above else (earlier, -log1p(LOWEST_RATE))
        root = side.only_root(0.0, limit)
        return None if root is None else expm1(root if above else -root)
    rising = later.nearest_root(0.0, DOUBLED)
    rate = None if rising is None else expm1(rising)
    lowest = LOWEST_RATE if rate is None else max(-rate, LOWEST_RATE)
    falling = earlier.nearest_root(0.0, -log1p(lowest))
    if falling is not None and (rate is None or -expm1(-falling) < rate):
        return expm1(-falling)
    if rate is None:
        rising = later.nearest_root(DOUBLED, LARGEST_EXPONENT)
        rate = None if rising is None else expm1(rising)
    return rate


def _sign_changes(amounts: Sequence[float]) -> int:
    signs = [amount > 0 for amount in amounts]
    return sum(one != next_one for one, next_one in zip(signs, signs[1:], strict=False))


@spreadsheet_function
def xnpv(rate: RateAboveMinusOne, amounts: kinds.Reals, dates: kinds.Days) -> kinds.RealResult:
    """What dated amounts are worth on the first date given, at an annual rate above -1.

    Sum of amount / (1 + rate)^(days / 365), days from the date that stands first, as Excel's
    XNPV; an amount dated before it is compounded to it, where Excel refuses. Refused by
    `rate`: one at which the value is beyond all numbers. Source: Microsoft, XNPV.
    """
    refuse_unequal(amounts=amounts, dates=dates)
    return present_value(rate, amounts, dates, dates[0])


def present_value(
    rate: float, amounts: Sequence[float], dates: Sequence[date], as_of: date
) -> float:
    """What dated amounts are worth on a day, at an annual rate above -1, ACT/365F."""
    growth = log1p(rate)
    exponents = [-growth * (day - as_of).days / DAYS_IN_A_YEAR for day in dates]
    if max(exponents) > LARGEST_EXPONENT - log(max(1.0, *map(abs, amounts), len(amounts))):
        expected = "one at which these amounts have a value within all numbers would be right"
        raise OutOfRange("rate", f"found {rate}", expected)
    return fsum(amount * exp(exponent) for amount, exponent in zip(amounts, exponents, strict=True))


@spreadsheet_function
def average_life(
    dates: kinds.Days, principal_amounts: kinds.Amounts, start: kinds.Day
) -> kinds.YearsResult:
    """The weighted average life of principal, in years from `start`.

    Sum of principal x years to its date / sum of principal; years are days / 365 (ACT/365F,
    an assumption: prospectuses say "number of years", and securities of equal monthly periods
    count months / 12). Dates in any order, none before `start`. Interest plays no part.
    """
    refuse_unequal(dates=dates, principal_amounts=principal_amounts)
    if min(dates) < start:
        expected = f"dates from {start}, the start, would be right"
        raise OutOfRange("dates", f"found {min(dates)}", expected)
    total = sum(principal_amounts)
    if not total:
        raise OutOfRange("principal_amounts", "found a sum of 0", "principal would be right")
    weighted = sum(
        principal * (day - start).days
        for day, principal in zip(dates, principal_amounts, strict=True)
    )
    return Decimal(weighted) / (total * DAYS_IN_A_YEAR)
