"""When payments fall: the anchor date, the step, and the business-day rule, made into dates."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, CALENDARS
from lexp_calc.terms import BusinessDayName, Day, Terms, choice

# Months from one payment to the next.
FREQUENCIES = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}
MONTHS_IN_A_YEAR = 12


def add_months(anchor: date, months: int) -> date:
    """The day `months` later; a day past the month's end is clamped to it.

    Always reckoned from the anchor, so that 31 January gives 28 February and then
    31 March, as EDATE(anchor, months) does.
    """
    month_index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(month_index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


class PaymentTerms(Terms):
    """When interest and instalments are paid.

    `interest_for_delay` says what a payment moved off a holiday costs: interest to
    the day paid, or none, as on most notes.
    """

    first_payment: Day
    frequency: choice(*FREQUENCIES)
    business_day: BusinessDayName
    interest_for_delay: choice("to the day paid", "none")

    @property
    def months(self) -> int:
        """Months from one payment to the next."""
        return FREQUENCIES[self.frequency]


@dataclass(frozen=True)
class PaymentDate:
    """A date of the contract, and the business day on which it is paid."""

    number: int  # 1 = the first payment
    due: date  # as the contract names it
    paid: date  # after the business-day convention
    accrual_end: date  # the day to which interest runs
    is_regular: bool  # a date of the regular sequence, so an instalment may fall due
    is_maturity: bool


def payment_dates(terms: PaymentTerms, calendar_name: str, maturity: date) -> Iterator[PaymentDate]:
    """The regular dates from the first payment to maturity; maturity is always the last.

    Where maturity is no regular date, it ends a short last period.
    """
    calendar = CALENDARS[calendar_name]
    adjust = BUSINESS_DAY_CONVENTIONS[terms.business_day]
    number = 0
    due = None
    while due != maturity:
        regular = add_months(terms.first_payment, number * terms.months)
        due = min(regular, maturity)
        paid = adjust(due, calendar)
        accrual_end = paid if terms.interest_for_delay == "to the day paid" else due
        number += 1
        yield PaymentDate(number, due, paid, accrual_end, due == regular, due == maturity)


def anniversaries(start: date, last: date) -> Iterator[date]:
    """Each anniversary of `start` up to `last`, on its calendar day."""
    years = 1
    while (day := add_months(start, MONTHS_IN_A_YEAR * years)) <= last:
        yield day
        years += 1
