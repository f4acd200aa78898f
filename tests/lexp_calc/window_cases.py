"""Random cases of exercise within a window, and the warrant's value in each."""

import random
from datetime import date

from lexp_calc.warrant_values import warrant_value_in_window
from tests.lexp_calc.quantlib_calls import Case

AS_OF = date(2005, 1, 1)


def cases(number, seed, opens=lambda draw, days: 0, rates=(-0.02, 0.12)):
    """Random calls on shares that pay dividends."""
    draw = random.Random(seed)
    for _ in range(number):
        days = draw.randint(20, 3_600)
        yield Case(
            share_price=round(draw.uniform(40, 220), 4),
            strike=100.0,
            days=days,
            volatility=round(draw.uniform(0.05, 0.9), 4),
            rate=round(draw.uniform(*rates), 5),
            dividend_yield=round(draw.uniform(0.002, 0.12), 5),
            opens=opens(draw, days),
        )


def value(case):
    exercisable_from, expiry, as_of = case.dates(AS_OF)
    return warrant_value_in_window(
        case.share_price,
        case.strike,
        exercisable_from,
        expiry,
        as_of,
        case.volatility,
        case.rate,
        case.dividend_yield,
    )


def later(draw, days):
    return draw.randint(1, days - 1) if draw.random() < 0.7 else draw.randint(1, 10)
