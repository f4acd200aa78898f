"""The carrying amount of debt from one payment to the next, by the effective interest method.

Interest expense is the carrying amount at the start of the period times what one unit grows
by at the effective rate. All amounts are minor units; each expense is rounded once, half away
from zero, and that of the last row takes what rounding left, so that the debt ends at 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import expm1, log1p

import lexp_calc.arguments as arguments
from lexp_calc.errors import OutOfRange
from lexp_calc.internal_rates import DAYS_IN_A_YEAR, LARGEST_EXPONENT, rate_of
from lexp_calc.money import Currency, round_half_away
from lexp_calc.spelling import named
from lexp_calc.spreadsheet_function import Table
from lexp_calc.terms import LARGEST_COUNT

# How long the time between two payments counts.
ACTUAL_DAYS = "actual days"  # days / 365: the rate is one a year
EQUAL_PERIODS = "equal periods"  # one each: the rate is one a period
HEADINGS = (
    "payment_date",
    "opening_carrying_amount",
    "effective_rate",
    "interest_expense",
    "interest_paid",
    "principal_paid",
    "amortization",
    "closing_carrying_amount",
    "unamortized_discount",
)


def lengths_of_periods(name: str, value: object) -> str:
    """One of the two ways to count the time between payments."""
    return named((ACTUAL_DAYS, EQUAL_PERIODS), arguments.text(name, value), name)


def times_of_payments(start: date, dates: Sequence[date], lengths: str) -> tuple[float, ...]:
    """The times of payments after `start`, in years or in periods; dates rise from after it."""
    before = start
    for number, day in enumerate(dates, 1):
        if day <= before:
            expected = f"a date after {before}, for payments in order of time, would be right"
            raise OutOfRange(f"dates[{number}]", f"found {day}", expected)
        before = day
    if len(dates) > LARGEST_COUNT:
        expected = f"at most {LARGEST_COUNT:,} payments would be right"
        raise OutOfRange("dates", f"found {len(dates):,}", expected)
    if lengths == EQUAL_PERIODS:
        return tuple(float(number) for number in range(1, len(dates) + 1))
    return tuple((day - start).days / DAYS_IN_A_YEAR for day in dates)


@dataclass(frozen=True)
class Payment:
    """What one date brings, in minor units: cash interest, principal, the face owed after it."""

    day: date
    time: float | Fraction  # since the start, in years or periods
    interest: int
    principal: int
    face_after: int

    @property
    def total(self) -> int:
        """The cash paid."""
        return self.interest + self.principal


@dataclass(frozen=True)
class CarriedRow:
    """One payment with the carrying amount before and after it, in minor units."""

    payment: Payment
    opening: int
    effective_rate: float
    interest_expense: int

    @property
    def closing(self) -> int:
        """opening + interest expense - payment."""
        return self.opening + self.interest_expense - self.payment.total


@dataclass(frozen=True)
class RollForward:
    """The carrying amount from the start, where face less carrying amount is the discount."""

    face: int
    rows: tuple[CarriedRow, ...]

    def table(self, currency: Currency) -> Table:
        """The rows as HEADINGS have them; a discount below 0 is a premium."""
        found, discount = [], self.face - self.rows[0].opening
        for row in self.rows:
            left = row.payment.face_after - row.closing
            amounts = (
                row.interest_expense,
                row.payment.interest,
                row.payment.principal,
                discount - left,
                row.closing,
                left,
            )
            found.append(
                (
                    row.payment.day,
                    currency.amount(row.opening),
                    row.effective_rate,
                    *map(currency.amount, amounts),
                )
            )
            discount = left
        return Table(HEADINGS, tuple(found))


def solved_rate(carrying_amount: int, payments: Sequence[Payment]) -> float | None:
    """The rate at which payments are worth the carrying amount at time 0, of either sign.

    None where no rate does it.
    """
    paid = [payment for payment in payments if payment.total]
    amounts = [-float(carrying_amount), *(float(payment.total) for payment in paid)]
    return rate_of(amounts, [0.0, *(payment.time for payment in paid)])


def interest_expense(carrying_amount: int, rate: float, length: float) -> int:
    """carrying amount x ((1 + rate)^length - 1), rounded once; refused beyond all numbers."""
    log_growth = length * log1p(rate)
    if log_growth > LARGEST_EXPONENT:
        found = f"found an effective rate of {rate:.4g}, at which interest is beyond all numbers"
        expected = "an amount nearer to the payments would be right"
        raise OutOfRange("carrying_amount", found, expected)
    return round_half_away(carrying_amount * Fraction(expm1(log_growth)), 1)


def roll_forward(
    face: int,
    carrying_amount: int,
    payments: Sequence[Payment],
    rate_for: Callable[[int, int], float],
    expense_of: Callable[[int, float, float | Fraction], int] = interest_expense,
) -> RollForward:
    """The carrying amount over all payments.

    `rate_for(number, opening)` is the effective rate of the period before the payment of this
    number, counted from 0, which opens at this carrying amount; `expense_of` makes it the
    interest of a carrying amount over a time.
    """
    rows, opening, before = [], carrying_amount, 0
    for number, payment in enumerate(payments):
        rate = rate_for(number, opening)
        if number == len(payments) - 1:
            expense = payment.total - opening
        else:
            expense = expense_of(opening, rate, payment.time - before)
        row = CarriedRow(payment, opening, rate, expense)
        refuse_lost(row)
        rows.append(row)
        opening, before = row.closing, payment.time
    return RollForward(face, tuple(rows))


def refuse_lost(row: CarriedRow) -> None:
    """Refuses a roll-forward whose rounding to the minor unit has outgrown the debt."""
    if row.closing < 0:
        found = f"found a rate of {row.effective_rate:.4%}, at which rounding outgrows the debt"
        expected = f"a lower rate, or payments that end before {row.payment.day}, would be right"
        raise OutOfRange("carrying_amount", found, expected)
