"""What a spreadsheet asks of one loan: its interest, a fee on it, what instalments leave.

Amounts are currency units to the cent and rates decimals; the level payment and whole
schedules have modules of their own.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.money import rounded
from lexp_calc.payment_days import check_number
from lexp_calc.regular_dates import Frequency, RegularDates
from lexp_calc.spreadsheet_function import spreadsheet_function


@spreadsheet_function
def interest(
    principal: kinds.PositiveAmount,
    rate: kinds.Rate,
    start: kinds.Day,
    end: kinds.Day,
    day_count: kinds.DayCount,
) -> kinds.Money:
    """Simple interest from `start` (included) to `end` (excluded), rounded once to the cent.

    principal x rate x day count fraction; `rate` is a decimal a year. Positive = what the
    borrower owes; a rate below 0 gives an amount below 0. ACT/ACT ICMA is refused, for it
    asks for the regular payment dates. Source: the fractions of 2006 ISDA Definitions 4.16.
    """
    if end < start:
        expected = f"{start}, the start, or a later day would be right"
        raise OutOfRange("end", f"found {end}", expected)
    fraction = Fraction(day_count.length(start, end)) / day_count.basis
    return rounded(Fraction(principal) * Fraction(rate) * fraction)


@spreadsheet_function
def fee(principal: kinds.PositiveAmount, fee_rate: kinds.ChargedRate) -> kinds.Money:
    """principal x fee_rate, rounded once to the cent: a closing or anniversary fee.

    `fee_rate` is a decimal from 0 to 1. Positive = what the borrower pays. Source: the
    built-in deal's press release, "a fee equal to 1.875% of the outstanding principal amount".
    """
    return rounded(Fraction(principal) * Fraction(fee_rate))


@spreadsheet_function
def balloon(
    principal: kinds.PositiveAmount,
    instalment: kinds.PositiveAmount,
    first_payment: kinds.Day,
    frequency: kinds.Frequency,
    maturity: kinds.Day,
) -> kinds.Money:
    """What equal instalments of principal leave to be paid at maturity.

    principal - instalments x their number, one on each regular date from `first_payment` to
    `maturity`, both included; 0 where they repay the loan before. `frequency` is payments a
    year (1, 2, 4 or 12); dates step from the first one, past the month's end clamped to it.
    The built-in deal's term loan: 13,500,000 less 29 of 300,000 is 4,800,000.
    """
    check_instalment(principal, instalment)
    count = number_of_payments(first_payment, frequency, maturity)
    return max(principal - count * instalment, Decimal(0))


def check_instalment(principal: Decimal, instalment: Decimal) -> None:
    """An instalment is no more than what was lent."""
    if instalment > principal:
        found = f"found {instalment:,}, {instalment - principal:,} more than the principal"
        expected = f"at most the principal of {principal:,} would be right"
        raise OutOfRange("instalment", found, expected)


def number_of_payments(first_payment: date, frequency: Frequency, maturity: date) -> int:
    """The regular payments from the first one to maturity, both included: 1 to 1,200."""
    if maturity < first_payment:
        found = f"found {maturity}, before first_payment on {first_payment}"
        expected = f"{first_payment} or a later date would be right"
        raise OutOfRange("maturity", found, expected)
    count = RegularDates(first_payment, frequency).number_until(maturity)
    check_number(count, "maturity", maturity)
    return count
