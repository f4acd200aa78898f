"""What the right to buy a share is worth after Black, Scholes and Merton, and how it moves.

Continuous rates, lognormal prices, exercise on the last day alone. No rounding.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

LARGEST_VOLATILITY = 5.0
MOST_ITERATIONS = 200


def normal_distribution(number: float) -> float:
    """The share of a standard normal distribution below a number."""
    return math.erfc(-number / math.sqrt(2)) / 2


def normal_density(number: float) -> float:
    """The density of a standard normal distribution at a number."""
    return math.exp(-number * number / 2) / math.sqrt(2 * math.pi)


@dataclass(frozen=True)
class Call:
    """The right to buy one share at the strike in so many years, and then alone.

    `volatility` from 0, `rate` and `dividend_yield` as decimals a year, compounded
    continuously; `strike` above 0.
    """

    strike: float
    years: float
    volatility: float
    rate: float
    dividend_yield: float = 0.0

    @cached_property
    def deviation(self) -> float:
        """Standard deviation of the logarithm of the share price at expiry."""
        return self.volatility * math.sqrt(self.years)

    @cached_property
    def strike_today(self) -> float:
        """The strike discounted from expiry."""
        return self.strike * math.exp(-self.rate * self.years)

    @cached_property
    def dividend_factor(self) -> float:
        """The part of today's share price that is not paid out before expiry."""
        return math.exp(-self.dividend_yield * self.years)

    def value(self, share_price: float) -> float:
        """S e^(-qT) N(d1) - K e^(-rT) N(d2), never below what exercise for certain gives.

        d1 = (ln(S/K) + (r - q) T) / deviation + deviation / 2, d2 = d1 - deviation. Source:
        Black and Scholes (1973), Merton (1973) for the dividend yield.
        """
        share_today = share_price * self.dividend_factor
        certain = max(share_today - self.strike_today, 0.0)
        if not share_price or not self.deviation:
            return certain
        d1 = self.d1(share_price)
        bought = share_today * normal_distribution(d1)
        return max(bought - self.strike_today * normal_distribution(d1 - self.deviation), certain)

    def delta(self, share_price: float) -> float:
        """How much the value grows with the share price: e^(-qT) N(d1)."""
        return self.dividend_factor * normal_distribution(self.d1(share_price))

    def vega(self, share_price: float) -> float:
        """How much the value grows with volatility, for 1.00 of it: S e^(-qT) n(d1) sqrt(T)."""
        share_today = share_price * self.dividend_factor
        return share_today * normal_density(self.d1(share_price)) * math.sqrt(self.years)

    def d1(self, share_price: float) -> float:
        """By how many deviations the share is expected above the strike, under the share itself.

        Its limits where no share price, or no time, is left.
        """
        if not share_price:
            return -math.inf
        drift = (self.rate - self.dividend_yield) * self.years
        above = math.log(share_price) - math.log(self.strike) + drift
        if not self.deviation:  # the limit, as volatility falls to 0
            return math.copysign(math.inf, above) if above else 0.0
        return above / self.deviation + self.deviation / 2


def implied_volatility(call: Call, share_price: float, value: float) -> float | None:
    """The volatility at which a call has a value, from 0 to 5; None where none gives it.

    Newton's steps, halved where they leave the interval that still holds the root; the
    volatility of the call itself does not matter.
    """
    low, high = 0.0, LARGEST_VOLATILITY
    least, most = (replace(call, volatility=end).value(share_price) for end in (low, high))
    if not least <= value <= most:
        return None
    if value == least:
        return low
    tried = 0.5
    for _ in range(MOST_ITERATIONS):
        at = replace(call, volatility=tried)
        excess, vega = at.value(share_price) - value, at.vega(share_price)
        if excess > 0:
            high = tried
        else:
            low = tried
        step = tried - excess / vega if vega else low
        following = step if low < step < high else (low + high) / 2
        if not excess or following == tried:
            break
        tried = following
    return tried
