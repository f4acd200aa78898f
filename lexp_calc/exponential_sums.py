"""Where a sum of discounted amounts is nothing: every root is looked for, none is only met.

With y = ln(1 + rate) and t in years, amounts are worth the sum of amount x e^(-y t). Each term
falls towards zero as y grows. So on any stretch of y the positive terms and the negative ones
lie between their values at its two ends, which bounds the sum and its derivatives: a stretch
is shown to hold no root, or at most one, or is cut in two. Of several roots the nearest is
found for certain, to what binary floats can tell from zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

NARROWEST = 1e-10  # of y; where this is not enough, roots are as good as one
INDISTINCT = 1e-14  # of the sum of all terms' sizes: a sum this small is nothing
MOST_STEPS = 200


@dataclass(frozen=True)
class Terms:
    """Sums at one y: terms times t^0, t^1 and t^2, the positive ones and the negative ones."""

    y: float
    positive: tuple[float, float, float]
    negative: tuple[float, float, float]

    def net(self, power: int) -> float:
        """The sum (0), less its slope (1), its curvature (2)."""
        return self.positive[power] - self.negative[power]

    @property
    def size(self) -> float:
        """The terms without their signs."""
        return self.positive[0] + self.negative[0]

    @property
    def is_nothing(self) -> bool:
        """Whether the sum cannot be told from zero."""
        return abs(self.net(0)) <= INDISTINCT * self.size


@dataclass(frozen=True)
class ExponentialSum:
    """The sum of amount x e^(-y x time) for y of 0 or more; times are 0 or more."""

    positive: tuple[tuple[float, float], ...]  # (amount, time)
    negative: tuple[tuple[float, float], ...]  # (amount without its sign, time)

    @classmethod
    def of(cls, amounts: Sequence[float], times: Sequence[float]) -> "ExponentialSum":
        """The sum of these amounts at these times."""
        pairs = list(zip(amounts, times, strict=True))
        return cls(
            tuple((amount, time) for amount, time in pairs if amount > 0),
            tuple((-amount, time) for amount, time in pairs if amount < 0),
        )

    def at(self, y: float) -> Terms:
        """The sums at one y."""
        return Terms(y, _moments(self.positive, y), _moments(self.negative, y))

    def only_root(self, lowest: float, highest: float) -> float | None:
        """The root between two values of y where at most one can be; None where there is none."""
        return self._crossing(self.at(lowest), self.at(highest))

    def nearest_root(self, lowest: float, highest: float) -> float | None:
        """The lowest root from `lowest` to `highest`; None where there is none."""
        waiting = [(self.at(lowest), self.at(highest))]
        while waiting:
            left, right = waiting.pop()
            if _has_one_sign(left, right, 0) and not right.is_nothing:
                continue
            if _is_monotone(left, right):
                found = self._crossing(left, right)
            elif _has_one_sign(left, right, 2):
                found = self._beside_extremum(left, right)
            elif right.y - left.y > NARROWEST * max(1.0, left.y):
                middle = self.at((left.y + right.y) / 2)
                waiting += [(middle, right), (left, middle)]
                continue
            else:
                found = self._crossing(left, right)
            if found is not None:
                return found
        return None

    def _beside_extremum(self, left: Terms, right: Terms) -> float | None:
        """The first root where the slope changes its sign once: on either side, or right there."""
        extremum = self.at(self._level_at(left, right))
        before = self._crossing(left, extremum)
        return self._crossing(extremum, right) if before is None else before

    def _level_at(self, left: Terms, right: Terms) -> float:
        """Where the slope is zero; it rises or falls all the way and changes its sign."""
        low, high, sign_low = left.y, right.y, left.net(1) > 0
        for _ in range(MOST_STEPS):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            if (self.at(middle).net(1) > 0) == sign_low:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def _crossing(self, left: Terms, right: Terms) -> float | None:
        """The root between two points of different sign, or at one of them; else None."""
        if (left.net(0) > 0) == (right.net(0) > 0) or 0 in (left.net(0), right.net(0)):
            return next((end.y for end in (left, right) if end.is_nothing), None)
        low, high, low_is_positive = left.y, right.y, left.net(0) > 0
        point = left
        for _ in range(MOST_STEPS):
            slope = -point.net(1)
            guess = point.y - point.net(0) / slope if slope else low
            if not low < guess < high:
                guess = (low + high) / 2
            if guess in (low, high, point.y):
                break
            point = self.at(guess)
            if not point.net(0):
                break
            if (point.net(0) > 0) == low_is_positive:
                low = guess
            else:
                high = guess
        return point.y


def _moments(terms: tuple[tuple[float, float], ...], y: float) -> tuple[float, float, float]:
    total = first = second = 0.0
    for amount, time in terms:
        term = amount * exp(-y * time)
        total += term
        term *= time
        first += term
        second += term * time
    return total, first, second


def _has_one_sign(left: Terms, right: Terms, power: int) -> bool:
    """Whether the sum (or a derivative) keeps clear of zero from end to end, for certain.

    Either by its own bounds, or because it is too far from zero at one end to come there with
    its steepest slope.
    """
    least = left.positive[power] - right.negative[power]
    most = right.positive[power] - left.negative[power]
    if most > 0 or least < 0:
        return True
    if power == 2:
        return False
    steeper = power + 1
    steepest = max(
        left.positive[steeper] - right.negative[steeper],
        left.negative[steeper] - right.positive[steeper],
    )
    return max(abs(left.net(power)), abs(right.net(power))) > steepest * (right.y - left.y)


def _is_monotone(left: Terms, right: Terms) -> bool:
    if _has_one_sign(left, right, 1):
        return True
    same_slope = (left.net(1) > 0) == (right.net(1) > 0)
    return same_slope and _has_one_sign(left, right, 2)
