"""Price, yield and duration of a bond's flows, in the street convention.

price = sum of amounts / (1 + yield / frequency)^t - accrued interest, t counted in coupon
periods; with one amount left, amount / (1 + t x yield / frequency), simple interest. Source:
SIFMA, Standard Securities Calculation Methods; Excel's PRICE and YIELD.
"""

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import exp, expm1, fsum, inf, isfinite, log, ulp

from lexp_calc.bonds import Flows
from lexp_calc.errors import OutOfRange

DIGITS = 40  # of exact prices: far more than what rounding to a minor unit can see
WIDEST_LOG_GROWTH = 30.0  # growth a period from 1e-13 to 1e13
MOST_STEPS = 200
TOLERANCE = 1e-13  # of the price
LOOSEST = 1e-10  # of the price, where binary floats between two yields run out


def clean_price(flows: Flows, bond_yield: float) -> float:
    """The price without accrued interest; not rounded. OutOfRange at a yield of -frequency."""
    return dirty_price(flows, bond_yield) - float(flows.accrued)


def dirty_price(flows: Flows, bond_yield: float) -> float:
    """The price with accrued interest: what the buyer pays."""
    if len(flows.amounts) == 1:
        interest = 1 + float(flows.first) * bond_yield / flows.frequency
        return float(flows.amounts[0]) / _above_zero(interest, bond_yield)
    growth = _growth(flows, bond_yield)
    return _sum(amount * discount for amount, _, discount in _discounted(flows, growth))


def exact_price(flows: Flows, bond_yield: Decimal, where: str = "yield") -> Decimal:
    """The clean price to 40 digits, for an amount payable that hangs on it.

    `where` names the argument of the yield in a refusal.
    """
    with localcontext(Context(prec=DIGITS)):
        amounts = [_decimal(amount) for amount in flows.amounts]
        first, periodic = _decimal(flows.first), bond_yield / flows.frequency
        growth = 1 + (first * periodic if len(amounts) == 1 else periodic)
        if growth <= 0:
            raise _too_low(where, f"found {bond_yield:%}")
        if len(amounts) == 1:
            worth = amounts[0] / growth
        else:
            worth = _exact_worth(amounts, growth, first, _decimal(flows.last_step))
        price = worth - _decimal(flows.accrued)
    if not isfinite(float(price)):
        raise _too_low(where, f"found {bond_yield:%}, which gives a price beyond all numbers")
    return price


def _exact_worth(
    amounts: list[Decimal], growth: Decimal, first: Decimal, last_step: Decimal
) -> Decimal:
    """Several amounts discounted, each from the one before: a power takes a thousandfold time."""
    discount, worth = growth**-first, Decimal(0)
    for amount in amounts[:-1]:
        worth += amount * discount
        discount /= growth
    return worth + amounts[-1] * discount * growth ** (1 - last_step)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _growth(flows: Flows, bond_yield: float) -> float:
    return _above_zero(1 + bond_yield / flows.frequency, bond_yield)


def _above_zero(growth: float, bond_yield: float) -> float:
    """What 1 grows to; a yield at which it would be lost is refused."""
    if growth <= 0:
        raise _too_low("yield", f"found {bond_yield}")
    return growth


def _too_low(where: str, found: str) -> OutOfRange:
    return OutOfRange(where, found, "a higher one would be right")


def _discounted(flows: Flows, growth: float) -> Iterator[tuple[float, float, float]]:
    """Each amount, its time in periods and its discount factor."""
    for amount, time in zip(flows.amounts, flows.times, strict=True):
        number = float(time)
        try:
            yield float(amount), number, growth**-number
        except OverflowError:
            raise _too_low("yield", f"found {flows.frequency * (growth - 1)}") from None


def _sum(parts) -> float:
    try:
        total = fsum(parts)
    except OverflowError:
        total = inf
    if not isfinite(total):
        raise _too_low("yield", "found a price beyond all numbers")
    return total


def yield_at(flows: Flows, price: float) -> float:
    """The yield at which the flows have this clean price; not rounded.

    In log growth the price falls and is convex, so Newton's steps from below never
    overshoot; they are kept within a bracket all the same. OutOfRange where no yield gives
    the price.
    """
    target = price + float(flows.accrued)
    if target <= 0:
        raise _no_yield(price)
    if len(flows.amounts) == 1:
        return _simple_yield(flows, price, target)
    low, high = -WIDEST_LOG_GROWTH, WIDEST_LOG_GROWTH
    amounts = [float(amount) for amount in flows.amounts]
    times = [float(time) for time in flows.times]
    if not fsum(amounts):  # what is paid is less than any binary float
        raise _no_yield(price)
    guess = _first_guess(amounts, times, target)
    for _ in range(MOST_STEPS):
        guess = min(max(guess, low), high)
        value, slope = _value_and_slope(amounts, times, guess)
        if value > target:
            low = guess
        else:
            high = guess
        narrow = high - low <= 2 * ulp(max(-low, high))
        if abs(value - target) <= (LOOSEST if narrow else TOLERANCE) * target:
            return flows.frequency * expm1(guess)
        if narrow:  # an end of the bracket, beyond which the yield lies
            break
        step = low
        if value and slope:  # both are 0 where the growth leaves no binary float of the price
            # Newton on the logarithm of the price, nearly straight in log growth.
            step = guess + (log(value) - log(target)) * value / slope
        guess = step if low < step < high else (low + high) / 2
    raise _no_yield(price)


def _simple_yield(flows: Flows, price: float, target: float) -> float:
    """The yield of the last coupon period, in which interest is simple."""
    if not flows.first:
        found = "found a day with no interest day before the last coupon"
        raise OutOfRange("settlement", found, "an earlier date would be right")
    simple = (float(flows.amounts[0]) / target - 1) / float(flows.first) * flows.frequency
    if not isfinite(simple):
        raise _no_yield(price)
    return simple


def _first_guess(amounts: list[float], times: list[float], target: float) -> float:
    """Growth as if all came at the mean time."""
    total = fsum(amounts)
    mean = fsum(a * t for a, t in zip(amounts, times, strict=True)) / total
    return log(total / target) / mean


def _value_and_slope(amounts: list[float], times: list[float], log_growth: float):
    """The price at a log growth, and by how much it falls for 1 of log growth."""
    try:
        values = [a * exp(-t * log_growth) for a, t in zip(amounts, times, strict=True)]
    except OverflowError:
        return float("inf"), float("inf")
    slope = fsum(value * time for value, time in zip(values, times, strict=True))
    return fsum(values), slope


def _no_yield(price: float) -> OutOfRange:
    expected = "a price that some yield gives would be right"
    return OutOfRange("price", f"found {price}", expected)


def macaulay_duration(flows: Flows, bond_yield: float) -> float:
    """The mean time of the flows by present value, in years."""
    parts = list(_discounted(flows, _growth(flows, bond_yield)))
    worth = _sum(amount * discount for amount, _, discount in parts)
    weighted = _sum(amount * discount * time for amount, time, discount in parts)
    return weighted / worth / flows.frequency


def modified_duration(flows: Flows, bond_yield: float) -> float:
    """Macaulay duration / (1 + yield / frequency): the part of the price lost for 1 of yield."""
    return macaulay_duration(flows, bond_yield) / _growth(flows, bond_yield)


def convexity(flows: Flows, bond_yield: float) -> float:
    """The second derivative of the price by the yield over the price, in years squared."""
    growth = _growth(flows, bond_yield)
    parts = list(_discounted(flows, growth))
    worth = _sum(amount * discount for amount, _, discount in parts)
    weighted = _sum(amount * discount * time * (time + 1) for amount, time, discount in parts)
    return weighted / worth / (flows.frequency * growth) ** 2
