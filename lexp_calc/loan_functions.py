"""What a spreadsheet asks of one loan: its interest, a fee on it, what instalments leave.

Amounts are currency units to the cent and rates decimals; the level payment has a module of
its own.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.arguments as arguments
from lexp_calc.day_count import day_count as day_count_of
from lexp_calc.errors import OutOfRange
from lexp_calc.money import rounded
from lexp_calc.regular_dates import RegularDates
from lexp_calc.terms import LARGEST_COUNT


def interest(
    principal: Decimal | int | float,
    rate: Decimal | int | float,
    start: date,
    end: date,
    day_count: str,
) -> Decimal:
    """Simple interest from `start` (included) to `end` (excluded), rounded once to the cent.

    principal x rate x day count fraction; `rate` is a decimal a year. Positive = what the
    borrower owes; a rate below 0 gives an amount below 0. ACT/ACT ICMA is refused, for it
    asks for the regular payment dates. Source: the fractions of 2006 ISDA Definitions 4.16.
    """
    lent = arguments.amount("principal", principal)
    rate_a_year = arguments.rate("rate", rate)
    first, last = arguments.day("start", start), arguments.day("end", end)
    if last < first:
        raise OutOfRange(
            "end", f"found {last}", f"{first}, the start, or a later day would be right"
        )
    convention = day_count_of(day_count, "day_count")
    fraction = Fraction(convention.length(first, last)) / convention.basis
    return rounded(Fraction(lent) * Fraction(rate_a_year) * fraction)


def fee(principal: Decimal | int | float, fee_rate: Decimal | int | float) -> Decimal:
    """principal x fee_rate, rounded once to the cent: a closing or anniversary fee.

    `fee_rate` is a decimal from 0 to 1. Positive = what the borrower pays. Source: the
    built-in deal's press release, "a fee equal to 1.875% of the outstanding principal amount".
    """
    charged = Fraction(arguments.amount("principal", principal))
    return rounded(charged * Fraction(arguments.fee_rate("fee_rate", fee_rate)))


def balloon(
    principal: Decimal | int | float,
    instalment: Decimal | int | float,
    first_payment: date,
    frequency: int,
    maturity: date,
) -> Decimal:
    """What equal instalments of principal leave to be paid at maturity.

    principal - instalments x their number, one on each regular date from `first_payment` to
    `maturity`, both included; 0 where they repay the loan before. `frequency` is payments a
    year (1, 2, 4 or 12); dates step from the first one, past the month's end clamped to it.
    The built-in deal's term loan: 13,500,000 less 29 of 300,000 is 4,800,000.
    """
    lent = arguments.positive_amount("principal", principal)
    paid = arguments.positive_amount("instalment", instalment)
    if paid > lent:
        expected = f"at most the principal of {lent:,} would be right"
        raise OutOfRange("instalment", f"found {paid:,}, {paid - lent:,} more than it", expected)
    first = arguments.day("first_payment", first_payment)
    step = arguments.frequency("frequency", frequency)
    last = arguments.day("maturity", maturity)
    count = RegularDates(first, step).number_until(last)
    if not 1 <= count <= LARGEST_COUNT:
        expected = f"a maturity 1 to {LARGEST_COUNT:,} payments on from {first} would be right"
        raise OutOfRange("maturity", f"found {last}", expected)
    return max(lent - count * paid, Decimal(0))
