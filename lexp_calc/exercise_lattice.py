"""What the right to buy a share is worth where it may be exercised on any day of a window.

A binomial lattice, after Cox, Ross and Rubinstein (1979) in the form of equal probabilities,
with the value of the last step in closed form (Broadie and Detemple, 1996) and most of the
error taken out by a second lattice of half the steps (Richardson). Before the window opens
there is nothing to decide: the value is the mean over share prices on the opening day.

The lattice counts in shares, not in money. What moves is the price of the strike, K/S, with
dividend yield and rate in each other's place, so no value is above that of a share.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from lexp_calc.option_values import Call, normal_density

STEPS = 1000  # from today to expiry
FEWEST_STEPS = 8  # within the window
REACH = 6  # standard deviations to each side; beyond lies a billionth
MARGIN = 4  # nodes
MEAN_STEP = 0.1  # standard deviations
LARGEST_EXPONENT = 600.0


def value_in_window(call: Call, opens: float, share_price: float) -> float:
    """The value of a call that may be exercised from `opens` years from now to its expiry.

    Where exercise before expiry cannot pay (no dividends, and no negative rate) and where
    the window opens at expiry, it is the closed value of the call itself; without
    volatility the best day is known. Otherwise that of the lattice.
    """
    at_expiry_alone = call.value(share_price)
    if not share_price or opens >= call.years:
        return at_expiry_alone
    if call.dividend_yield <= 0 <= call.rate:
        return at_expiry_alone
    opens = max(opens, 0.0)
    now = share_price - call.strike if not opens else 0.0
    if not call.deviation:
        return _on_the_best_day(call, opens, share_price)
    return max(lattice_value(call, opens, share_price), at_expiry_alone, now)


def lattice_value(call: Call, opens: float, share_price: float) -> float:
    """The lattice's value alone; it counts on a volatility, a share price and a window above 0.

    Within 0.0002 of the share price, mostly 0.00001, of QuantLib's exact values.
    """
    steps = max(FEWEST_STEPS, 2 * math.ceil(STEPS * (1 - opens / call.years) / 2))
    coarse, fine = (_Lattice(call, opens, share_price, n).value() for n in (steps // 2, steps))
    return 2 * fine - coarse


def _on_the_best_day(call: Call, opens: float, share_price: float) -> float:
    """The value without volatility.

    The best day is an end of the window, or the day when dividends on the share have come
    to outweigh, or to fall below, interest on the strike.
    """
    days = [opens, call.years]
    paid, saved = call.dividend_yield * share_price, call.rate * call.strike
    if paid > 0 and saved > 0 and call.rate != call.dividend_yield:
        equal = math.log(saved / paid) / (call.rate - call.dividend_yield)
        days.append(min(max(equal, opens), call.years))
    return max(replace(call, years=day).value(share_price) for day in days)


@dataclass(frozen=True)
class _Lattice:
    """Strikes in shares, step by step from the opening day to expiry.

    Level i has the nodes k = -width, ..., width in steps of two, each at
    K e^((q - r) t) cosh(height)^-i e^(height k): up and down with probability 1/2, and with
    the drift that lets nobody gain. Far nodes are left out.
    """

    call: Call
    opens: float
    share_price: float
    steps: int

    @cached_property
    def step(self) -> float:
        """Years."""
        return (self.call.years - self.opens) / self.steps

    @cached_property
    def height(self) -> float:
        """How far a step goes, as a logarithm."""
        return self.call.volatility * math.sqrt(self.step)

    @cached_property
    def widths(self) -> list[int]:
        """The outermost node of each level: as far as steps lead, within the reach."""
        first = 0
        if self.opens:
            first = math.ceil(REACH * math.sqrt(self.opens / self.step)) + MARGIN
        reach = first + math.ceil(REACH * math.sqrt(self.steps))
        return [
            first + i if first + i <= reach else reach - (first + i - reach) % 2
            for i in range(self.steps)
        ]

    @cached_property
    def moves(self) -> list[float]:
        """e^(height k) for every k."""
        widest = max(self.widths)
        exponents = (self.height * k for k in range(-widest, widest + 1))
        return [math.exp(min(exponent, LARGEST_EXPONENT)) for exponent in exponents]

    @cached_property
    def growth(self) -> float:
        """How the middle of a level moves in one step."""
        return self._drift(self.step) / math.cosh(self.height)

    @cached_property
    def middle(self) -> float:
        """The middle of the opening day: K e^((q - r) t - variance / 2)."""
        variance = self.call.volatility**2 * self.opens
        return self.call.strike * self._drift(self.opens) * math.exp(-variance / 2)

    def value(self) -> float:
        """The value today; the mean is of what early exercise adds, which is the smoother."""
        values = self._on_opening_day()
        if not self.opens:
            return values[0]
        held = self._held(self.middle, self.widths[0], self.call.years - self.opens)
        added = [value - without for value, without in zip(values, held, strict=True)]
        return self.call.value(self.share_price) + self._mean(added)

    def _drift(self, years: float) -> float:
        return math.exp((self.call.dividend_yield - self.call.rate) * years)

    def _moves_within(self, width: int) -> list[float]:
        first = len(self.moves) // 2 - width
        return self.moves[first : first + 2 * width + 1 : 2]

    def _held(self, middle: float, width: int, years: float) -> list[float]:
        """Closed values at a level's nodes of the right held to expiry."""
        price, found = self.share_price, []
        for move in self._moves_within(width):
            strike = middle * move
            if strike:
                found.append(replace(self.call, strike=strike, years=years).value(price))
            else:  # less than any number: the share for nothing
                found.append(price * math.exp(-self.call.dividend_yield * years))
        return found

    def _on_opening_day(self) -> list[float]:
        """Values at the nodes of the opening day, rolled back from expiry."""
        price, widths = self.share_price, self.widths
        half = math.exp(-self.call.dividend_yield * self.step) / 2
        last = self.steps - 1
        middle = self.middle * self.growth**last
        held = self._held(middle, widths[last], self.step)
        strikes = (middle * move for move in self._moves_within(widths[last]))
        values = [max(value, price - strike) for value, strike in zip(held, strikes, strict=True)]
        for level in range(last - 1, -1, -1):
            if widths[level] > widths[level + 1]:  # two nodes whose neighbours were left out
                values = [2 * values[0] - values[1], *values, 0.0]
            middle = self.middle * self.growth**level
            values = [
                max(half * (below + above), price - middle * move)
                for (below, above), move in zip(
                    pairwise(values), self._moves_within(widths[level]), strict=True
                )
            ]
        return values

    def _mean(self, values: list[float]) -> float:
        """The discounted mean over the share prices of the opening day."""
        nodes_a_deviation = math.sqrt(self.opens / self.step) / 2
        centre = (len(values) - 1) / 2
        count = round(REACH / MEAN_STEP)
        total = 0.0
        for z in (MEAN_STEP * n for n in range(-count, count + 1)):
            total += normal_density(z) * _between(values, centre + nodes_a_deviation * z)
        return total * MEAN_STEP * math.exp(-self.call.dividend_yield * self.opens)


def _between(values: list[float], place: float) -> float:
    """The values between nodes, by the cubic through the four nearest."""
    first = min(max(math.floor(place) - 1, 0), len(values) - 4)
    a, b, c, d = values[first : first + 4]
    t = place - first - 1
    return (
        b
        + t * (c - a) / 2
        + t * t * (a - 2 * b + c) / 2
        + t * (t * t - 1) * (d - 3 * c + 3 * b - a) / 6
    )
