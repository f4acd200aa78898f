"""Level payments: interest and principal together are the same amount on every payment date.

The principal of a payment is the level payment less its interest. What is left at
maturity, or at the last of the payments that would amortize the loan, is paid then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lexp_calc.amortization import (
    Bullet,
    CustomRepayments,
    Instalments,
    PercentOfOriginal,
    SteppedInstalments,
    instalment_numbers,
)
from lexp_calc.calendars import Calendar
from lexp_calc.day_count import DayCount
from lexp_calc.level_payment import level_payment_on_growth
from lexp_calc.periods import PaymentDate, PaymentTerms, payment_dates
from lexp_calc.rates import UNITS_PER_ONE
from lexp_calc.regular_dates import RegularDates
from lexp_calc.terms import Amount, Count, Day, Terms, YesOrNo, choice

BY_PAYMENTS_A_YEAR, BY_ACTUAL_DAYS = "rate by payments a year", "exact by days"


class LevelPayment(Terms):
    """A payment that would repay the loan, but for `balloon`, in `amortization_payments`.

    method "rate by payments a year": set as if each period bore rate/12 (rate/4, …),
    while interest is charged by the day count, as US mortgages do; "exact by days":
    solved so that the payments, with interest by the day count, repay the loan exactly.
    It is set anew where `relevel` says so, over the payments that are left.
    """

    type: Literal["level payment"]
    method: choice(BY_PAYMENTS_A_YEAR, BY_ACTUAL_DAYS)
    amortization_payments: Count
    first: Day | None = None
    relevel: choice("never", "when the rate changes") = "never"
    balloon: Amount = Decimal(0)
    unpaid_balance_at_maturity: YesOrNo = False
    is_level: ClassVar[bool] = True
    every: ClassVar[int] = 1
    last: ClassVar[None] = None

    def contradictions(self):
        """Only a level set by payments a year is set anew; a balloon is due at maturity."""
        if self.method == BY_ACTUAL_DAYS and self.relevel != "never":
            yield "relevel", f'"{self.relevel}" with "{BY_ACTUAL_DAYS}"', 'relevel = "never"'
        if self.balloon and not self.unpaid_balance_at_maturity:
            found = "false beside a balloon"
            yield "unpaid_balance_at_maturity", found, "unpaid_balance_at_maturity = true"

    @property
    def count(self) -> int:
        """As many instalments as amortize the loan."""
        return self.amortization_payments

    def numbers(self, regular: RegularDates, maturity: date, extended: bool) -> range:
        """The payments that bring an instalment, those after maturity included."""
        return instalment_numbers(self, regular, maturity, extended)

    def asked(self, due: date, drawn: Decimal) -> Decimal:
        """Nothing but the level payment itself."""
        return Decimal(0)

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """An amortization longer than the loan needs a balloon; the balloon is part of it."""
        if self.balloon >= principal:
            yield "balloon", f"{self.balloon:,} of a principal of {principal:,}", "a smaller one"
        day = regular.date(self.numbers(regular, maturity, extended=False)[-1])
        if day > maturity and not self.unpaid_balance_at_maturity:
            yield (
                "unpaid_balance_at_maturity",
                f"{self.amortization_payments} payments to {day}, after maturity on {maturity}",
                "payments that end by maturity, or unpaid_balance_at_maturity = true,",
            )

    def growth(self, dates: "LevelDates", start: date, number: int) -> list[Fraction]:
        """What a rate of one unit adds to 1 in each period from payment `number` to the last.

        `start` is the first day of the interest period that payment `number` ends.
        """
        last = self.numbers(dates.regular, start, extended=False)[-1]
        if self.method == BY_PAYMENTS_A_YEAR:
            part = Fraction(1, dates.payments.payments_a_year * UNITS_PER_ONE)
            return [part] * (last - number + 1)
        parts = []
        for payment in dates.until(last):
            if payment.number >= number:
                length = dates.day_count.length(start, payment.accrual_end)
                parts.append(Fraction(length) / (dates.day_count.basis * UNITS_PER_ONE))
                start = payment.accrual_end
        return parts


@dataclass(frozen=True)
class LevelDates:
    """The dates and the day count by which level payments fall and bear interest."""

    payments: PaymentTerms
    regular: RegularDates
    calendar: Calendar
    day_count: DayCount

    def until(self, number: int) -> Iterator[PaymentDate]:
        """The payments from the first to the one of a number."""
        return payment_dates(self.payments, self.regular, self.calendar, self.regular.date(number))


def level_amount(principal: int, rate_units: int, growth: list[Fraction], balloon: int) -> int:
    """The level payment, in minor units, rounded once; `growth` is by one unit of the rate."""
    return level_payment_on_growth(principal, [1 + rate_units * each for each in growth], balloon)


Repayment = Annotated[
    Bullet | Instalments | PercentOfOriginal | SteppedInstalments | CustomRepayments | LevelPayment,
    Field(discriminator="type"),
]
