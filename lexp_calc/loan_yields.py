"""The yield of a loan counted as its own interest is: simple within a period, by its day count.

What is owed grows over a period by 1 + yield x length, the length being the period's day count
fraction, so that a loan made at par without costs yields its coupon, period by period, to the
cent. ASC 310-20-35-18 asks for a constant effective yield on the net investment; the contract's
own periods are the usual reading of it.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite

from lexp_calc.money import round_half_away

DIGITS = 14  # of a yield, and decimals: enough for cents, and 0.12 is 0.12
LARGEST_YIELD = 1e9
MOST_STEPS = 200
TOLERANCE = 1e-15  # of the amount


def simple_interest(carrying_amount: int, loan_yield: float, length: Fraction) -> int:
    """carrying amount x yield x length, rounded once; a tie is a tie, for the yield is decimal."""
    return round_half_away(carrying_amount * Fraction(repr(loan_yield)) * length, 1)


def yield_by_day_count(
    worth: float, amounts: Sequence[float], lengths: Sequence[float], guess: float
) -> float | None:
    """The yield at which amounts at the ends of periods of these lengths are worth so much.

    Amounts are 0 or more. The value falls as the yield rises, so there is one yield at most;
    None where there is none within all numbers.
    """
    longest = max(lengths)
    if worth <= 0 or not any(amounts) or not longest:
        return None
    low, high = -1 / longest, LARGEST_YIELD
    tried = guess if low < guess < high else 0.0
    for _ in range(MOST_STEPS):
        value, slope = _value_and_slope(tried, amounts, lengths)
        if value > worth:
            low = tried
        else:
            high = tried
        if abs(value - worth) <= TOLERANCE * worth:
            break
        step = tried - (value - worth) / slope if slope and isfinite(value) else low
        following = step if low < step < high else (low + high) / 2
        if following in (low, high, tried):
            break
        tried = following
    if tried > LARGEST_YIELD / 2:
        return None
    return round(float(f"{tried:.{DIGITS}g}"), DIGITS)


def _value_and_slope(
    loan_yield: float, amounts: Sequence[float], lengths: Sequence[float]
) -> tuple[float, float]:
    """The present value at a yield, and its derivative."""
    value = slope = steepness = 0.0
    discount = 1.0
    for amount, length in zip(amounts, lengths, strict=True):
        growth = 1 + loan_yield * length
        discount /= growth
        steepness += length / growth
        value += amount * discount
        slope -= amount * discount * steepness
    return value, slope
