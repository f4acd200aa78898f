"""What limits do to a rate, as a number: 1 where a floor raises it, -1 where a cap lowers it."""

from lexp_calc.rate_paths import OptionPath

RAISED, LOWERED = 1, -1


def sign(difference: int) -> int:
    """Of a rate less the rate without limits."""
    return (difference > 0) - (difference < 0)


def limit_of_step(path: OptionPath, place: int) -> int:
    """Of a step's all-in rate; 0 where no index is known."""
    index = path.index_units[place]
    return 0 if index is None else sign(path.units[place] - index - path.margins[place])
