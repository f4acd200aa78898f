"""When payments fall: the regular dates and the business-day rule, made into payment dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, Calendar
from lexp_calc.regular_dates import (
    FREQUENCIES,
    MONTHS_IN_A_YEAR,
    Frequency,
    RegularDates,
    add_months,
)
from lexp_calc.terms import BusinessDayName, Day, Terms, YesOrNo, choice


class PaymentTerms(Terms):
    """When interest and instalments are paid.

    Regular dates run forward from `first_payment`; or, where `first_period` stands in its
    place, back from the contract's maturity to the closing, and what is left there is a
    short first period or joins the next one in a long one. Where maturity is no regular
    date, what is left before it is a short last period (also if `last_period` is not said)
    or joins the one before. `end_of_month`: where the date counted from is its month's last
    day, every regular date is. `interest_for_delay` says what a payment moved off a holiday
    costs: interest to the day paid, or none, as on most notes.
    """

    first_payment: Day | None = None
    first_period: choice("short", "long") | None = None
    last_period: choice("short", "long") | None = None
    frequency: choice(*FREQUENCIES)
    end_of_month: YesOrNo | None = None
    business_day: BusinessDayName
    interest_for_delay: choice("to the day paid", "none")

    def contradictions(self):
        """The first payment is given or counted back to; weeks know no month ends."""
        if (self.first_payment is None) == (self.first_period is None):
            found = "neither a first payment nor a first period"
            if self.first_payment:
                found = "both a first payment and a first period"
            yield (
                "first_payment",
                found,
                'either first_payment, or first_period = "short" or "long",',
            )
        if self.end_of_month and self.step.weeks:
            expected = "a frequency of months, or to leave it out,"
            yield "end_of_month", f"true, and payments {self.frequency}", expected

    @property
    def step(self) -> Frequency:
        """How far one payment is from the next."""
        return FREQUENCIES[self.frequency]

    @property
    def payments_a_year(self) -> int:
        """How many payments fall in a year; 52 where they are weekly."""
        return self.step.payments_a_year

    @property
    def may_delay_without_interest(self) -> bool:
        """Whether a payment may be made on another day than that to which interest runs."""
        return self.business_day != "Unadjusted" and self.interest_for_delay == "none"

    def regular_dates(self, closing: date, maturity: date) -> RegularDates:
        """The regular dates, the first payment numbered 1; `maturity` is the contract's."""
        at_month_ends = bool(self.end_of_month)
        if self.first_payment is not None:
            return RegularDates(self.first_payment, self.step, at_month_ends)
        back = RegularDates(maturity, self.step, at_month_ends, 0)
        last_before = back.number_until(closing)  # the contract's maturity is number 0
        first = last_before + 1
        is_stub = back.date(last_before) != closing
        if self.first_period == "long" and is_stub and first < 0:
            first += 1
        return RegularDates(maturity, self.step, at_month_ends, 1 - first)


@dataclass(frozen=True)
class PaymentDate:
    """A date of the contract, and the business day on which it is paid."""

    number: int  # 1 = the first payment
    due: date  # as the contract names it
    paid: date  # after the business-day convention
    accrual_end: date  # the day to which interest runs
    is_regular: bool  # a date of the regular sequence, so an instalment may fall due
    is_maturity: bool


def due_date(terms: PaymentTerms, regular: RegularDates, number: int, maturity: date) -> date:
    """The date of a payment as the contract names it: regular, maturity at the latest.

    With a long last period, a regular date with none after it up to maturity is left out.
    """
    is_last = terms.last_period == "long" and regular.date(number + 1) > maturity
    return maturity if is_last else min(regular.date(number), maturity)


def payment_dates(
    terms: PaymentTerms, regular: RegularDates, calendar: Calendar, maturity: date
) -> Iterator[PaymentDate]:
    """The payments from the first to the one at maturity, which is always the last."""
    adjust = BUSINESS_DAY_CONVENTIONS[terms.business_day]
    number = 0
    due = None
    while due != maturity:
        number += 1
        due = due_date(terms, regular, number, maturity)
        paid = adjust(due, calendar)
        accrual_end = paid if terms.interest_for_delay == "to the day paid" else due
        yield PaymentDate(
            number, due, paid, accrual_end, due == regular.date(number), due == maturity
        )


def anniversaries(start: date, last: date) -> Iterator[date]:
    """Each anniversary of `start` up to `last`, on its calendar day."""
    years = 1
    while (day := add_months(start, MONTHS_IN_A_YEAR * years)) <= last:
        yield day
        years += 1
