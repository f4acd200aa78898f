"""Level payments: the equal payments of interest and principal that repay a loan.

What is owed grows over a period by 1 + rate x day count fraction and falls by the payment at
its end. With growth g(1) ... g(n), principal P and what is left after the last payment B,

    P g(1) ... g(n) - B = L x (1 + g(n) + g(n) g(n-1) + ... + g(n) ... g(2))

gives the payment L; with equal periods this is the annuity formula
L = (P - B v^n) r / (1 - v^n), v = 1 / (1 + r).
"""

from collections.abc import Sequence
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.money import CENTS, round_half_away
from lexp_calc.spreadsheet_function import spreadsheet_function


def level_payment_on_growth(principal: int, growth: Sequence[Fraction], balloon: int = 0) -> int:
    """The level payment at the end of each period that leaves `balloon` after the last.

    `principal`, `balloon` and the payment are minor units; `growth` has for each period
    1 + rate x day count fraction, above 0. Exact until it is rounded, once, half away from
    zero. Source: the equation of value at the last payment, as above.
    """
    if not growth:
        raise OutOfRange("growth", "found no period", "at least one period would be right")
    # Both sides of the equation over one denominator, the product of all denominators: whole
    # numbers that only ever grow by one factor need no common divisors on the way.
    grown, payments, denominator = 1, 0, 1
    for number, factor in enumerate(growth, start=1):
        if factor <= 0:
            raise OutOfRange(
                "growth",
                f"found {factor} in period {number}",
                "a rate above -100 per cent a period would be right",
            )
        denominator *= factor.denominator
        grown *= factor.numerator
        payments = payments * factor.numerator + denominator
    return round_half_away(principal * grown - balloon * denominator, payments)


def level_payment_of_equal_periods(principal: int, growth: Fraction, periods: int) -> int:
    """The same for periods of one growth and no balloon, in one step: P g^n (g - 1) / (g^n - 1).

    principal / periods where nothing grows. Exact until it is rounded, once.
    """
    if growth == 1:
        return round_half_away(principal, periods)
    above, below = growth.numerator, growth.denominator
    grown, base = above**periods, below**periods
    payment, of = principal * grown * (above - below), below * (grown - base)
    return round_half_away(payment, of) if of > 0 else round_half_away(-payment, -of)


@spreadsheet_function
def level_payment(
    principal: kinds.PositiveAmount,
    rate: kinds.Rate,
    periods: kinds.Count,
    frequency: kinds.Frequency,
) -> kinds.Money:
    """The level payment of a loan of equal periods, in currency units, to the cent.

    principal x r / (1 - (1 + r)^-periods) with r = rate / frequency, at the end of each
    period; principal / periods where the rate is 0. `rate` is a decimal per annum, `frequency`
    the payments a year (1, 2, 4 or 12). Positive = what the borrower pays. Source: the
    annuity formula, as PMT(rate / frequency, periods, -principal) of spreadsheets.
    """
    growth = 1 + Fraction(rate) / frequency.payments_a_year
    if growth <= 0:
        raise OutOfRange("rate", f"found {rate}", "a rate above -1 a period would be right")
    cents = level_payment_of_equal_periods(CENTS.minor_units(principal), growth, periods)
    return CENTS.amount(cents)
