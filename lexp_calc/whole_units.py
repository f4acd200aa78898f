"""How broken numbers of shares or warrants are made whole."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Annotated

import lexp_calc.arguments as arguments
from lexp_calc.kinds import TEXT, Kind
from lexp_calc.money import rounded
from lexp_calc.spelling import named

# Of a number of 0 or more: left as it is, or a whole number; ties of "nearest" go up.
ROUNDINGS: dict[str, Callable[[Fraction], Fraction | int | Decimal]] = {
    "none": lambda number: number,
    "down": floor,
    "up": ceil,
    "nearest": lambda number: rounded(number, 0),
}


def _rounding(name: str, value: object) -> str:
    return named(ROUNDINGS, arguments.text(name, value), name)


def _whole_rounding(name: str, value: object) -> str:
    return named([each for each in ROUNDINGS if each != "none"], arguments.text(name, value), name)


Rounding = Annotated[str, Kind('"none", "down", "up" or "nearest"', TEXT, _rounding)]
WholeRounding = Annotated[str, Kind('"down", "up" or "nearest"', TEXT, _whole_rounding)]


def whole(number: Fraction, rounding: str) -> Fraction:
    """A number of units after the rounding of this name, exact."""
    return Fraction(ROUNDINGS[rounding](number))


def whole_number(number: Fraction, rounding: str) -> int:
    """A number of shares or warrants made whole: "down", "up" or "nearest"."""
    return int(ROUNDINGS[rounding](number))
