"""The effective interest method: one rate for all that a debt costs, and what it books.

What was received for the debt, after fees, discount and the value of warrants, is its carrying
amount at the start; the effective rate makes the payments worth it, so that these costs are
interest over the life of the debt. Source: ASC 835-30-35-2 to -4 and ASC 310-20-35-18.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.errors import OutOfRange
from lexp_calc.money import CENTS
from lexp_calc.roll_forward import (
    Payment,
    lengths_of_periods,
    roll_forward,
    solved_rate,
    times_of_payments,
)
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.wording import amount_text

PeriodLengths = Annotated[
    str, kinds.Kind('"actual days" or "equal periods"', kinds.TEXT, lengths_of_periods)
]


@spreadsheet_function
def effective_rate(
    carrying_amount: kinds.PositiveAmount,
    start: kinds.Day,
    amounts: kinds.Amounts,
    dates: kinds.Days,
    period_lengths: PeriodLengths = "actual days",
) -> kinds.RealResult:
    """The rate at which payments after `start` are worth the carrying amount at `start`.

    With "actual days" a decimal a year, compounded yearly on ACT/365F, as XIRR; with "equal
    periods" a decimal a period, each payment one period after the one before, as textbooks
    have it. Amounts are all that is paid, interest and principal; dates rise. Refused by
    `amounts`: payments that add up to less than the carrying amount, which is a gain of a
    restructuring and no interest.
    """
    refuse_unequal(amounts=amounts, dates=dates)
    payments = payments_of(start, amounts, [Decimal(0)] * len(amounts), dates, period_lengths)
    return effective_rate_of(CENTS.minor_units(carrying_amount), payments, "amounts")


@spreadsheet_function
def effective_interest(
    carrying_amount: kinds.PositiveAmount,
    start: kinds.Day,
    interest_amounts: kinds.Amounts,
    principal_amounts: kinds.Amounts,
    dates: kinds.Days,
    period_lengths: PeriodLengths = "actual days",
) -> kinds.TableResult:
    """The carrying amount from payment to payment, with the discount amortized to nothing.

    Interest expense = opening carrying amount x ((1 + effective rate)^length - 1), rounded to
    the cent; amortization = interest expense - interest paid; closing = opening + interest
    expense - interest paid - principal paid. The last row takes the rounding and ends at 0.
    The unamortized discount is the principal still owed less the carrying amount; below 0 it
    is a premium. Fees paid to the lender over the life count as interest paid.
    """
    refuse_unequal(
        interest_amounts=interest_amounts, principal_amounts=principal_amounts, dates=dates
    )
    payments = payments_of(start, interest_amounts, principal_amounts, dates, period_lengths)
    carrying = CENTS.minor_units(carrying_amount)
    rate = effective_rate_of(carrying, payments, "interest_amounts")
    rolled = roll_forward(face_of(payments), carrying, payments, lambda number, opening: rate)
    return rolled.table(CENTS)


def payments_of(
    start: date,
    interest_amounts: Sequence[Decimal],
    principal_amounts: Sequence[Decimal],
    dates: Sequence[date],
    lengths: str,
) -> tuple[Payment, ...]:
    """The payments in cents; the last one is above 0."""
    times = times_of_payments(start, dates, lengths)
    interest = [CENTS.minor_units(each) for each in interest_amounts]
    principal = [CENTS.minor_units(each) for each in principal_amounts]
    if not interest[-1] + principal[-1]:
        expected = "a date with a payment as the last would be right"
        raise OutOfRange("dates", f"found no payment on {dates[-1]}, the last", expected)
    found, left = [], sum(principal)
    for day, time, paid, repaid in zip(dates, times, interest, principal, strict=True):
        left -= repaid
        found.append(Payment(day, time, paid, repaid, left))
    return tuple(found)


def effective_rate_of(carrying_amount: int, payments: Sequence[Payment], where: str) -> float:
    """The rate at which the payments are worth the carrying amount; refused below 0."""
    total = sum(payment.total for payment in payments)
    rate = solved_rate(carrying_amount, payments) if total >= carrying_amount else None
    if rate is None:
        paid, owed = (amount_text(CENTS.amount(each)) for each in (total, carrying_amount))
        expected = "payments of no less, at a rate within all numbers, would be right"
        raise OutOfRange(where, f"found payments of {paid} on {owed}", expected)
    return rate


def face_of(payments: Sequence[Payment]) -> int:
    """The principal owed before the first payment."""
    return payments[0].face_after + payments[0].principal
