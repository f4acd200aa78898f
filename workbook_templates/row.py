"""A row of a schedule as the workbook shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from lexp_calc.cash_flows import CashFlow
from lexp_calc.periods import MONTHS_IN_A_YEAR, add_months, due_date
from lexp_calc.terms import LATEST_DATE

LAST_DATE = LATEST_DATE  # stands for 'never again' in a column of next dates


def held(number: int | Fraction) -> int | float:
    """An exact number as a cell holds it."""
    return number if isinstance(number, int) else float(number)


@dataclass(frozen=True)
class Row:
    """A row of a schedule as the workbook shows it: the core's row and the one before it."""

    part: Any  # the tranche's Part, which makes its rows
    flow: CashFlow
    before: CashFlow | None

    def money(self, minor_units: int) -> Decimal:
        """An amount in currency units."""
        return self.part.money(minor_units)

    @property
    def regular_steps(self) -> int:
        """How many steps the next payment is from the date that regular dates are counted from."""
        return self.before.payment_number + 1 - self.part.regular_dates.anchor_number

    @cached_property
    def regular_date(self) -> date:
        """The next date of the regular sequence, as the contract names it."""
        return self.part.regular_dates.date(self.before.payment_number + 1)

    @property
    def following_date(self) -> date:
        """The regular date after the next one."""
        return self.part.regular_dates.date(self.before.payment_number + 2)

    @cached_property
    def due_date(self) -> date:
        """The next payment's date, maturity at the latest."""
        part, number = self.part, self.before.payment_number + 1
        return due_date(part.tranche.payments, part.regular_dates, number, part.maturity)

    @cached_property
    def paid_date(self) -> date:
        """The business day on which the next payment is made."""
        return self.part.adjusted(self.due_date)

    @property
    def business_day(self) -> date:
        """The business day tried first for the next payment, of whichever month it is."""
        convention = self.part.tranche.payments.business_day.removeprefix("Modified ")
        return self.part.adjusted(self.due_date, convention)

    @property
    def anniversary(self) -> date:
        """The next anniversary of the closing."""
        years = self.before.anniversary_number + 1
        return add_months(self.part.closing_date, MONTHS_IN_A_YEAR * years)

    @property
    def next_move(self) -> date:
        """The next day on which anything happens of its own; LAST_DATE where none is left."""
        later = (day for day in self.part.event_days if day > self.before.settled_through)
        return next(later, LAST_DATE)

    @property
    def happens(self) -> date | None:
        """The day whose draws, prepayments and sweep the row has; None on a payment alone."""
        through = self.flow.settled_through
        if self.before and through <= self.before.settled_through:
            return None
        return through

    @property
    def pays(self) -> bool:
        """Whether a payment of the contract falls on the row."""
        return self.before is not None and self.flow.payment_number > self.before.payment_number

    @property
    def is_instalment(self) -> bool:
        """Whether an instalment falls due on the row."""
        regular = self.pays and self.due_date == self.regular_date
        return regular and self.flow.payment_number in self.part.plan.instalments

    @property
    def is_yearly_fee_ahead(self) -> bool:
        """Whether a yearly fee falls due on the row, after the as-of date."""
        if self.before is None or self.flow.payment_date <= self.part.projection.as_of:
            return False
        return self.flow.anniversary_number > self.before.anniversary_number

    @property
    def is_finished(self) -> bool:
        """Whether nothing follows: maturity was paid, or a loan is repaid."""
        return self.flow is self.part.schedule.rows[-1]

    @property
    def rate(self):
        """The running interest period's rate."""
        return self.flow.accrual.rate

    def product(self, minor_unit_product: int | Fraction) -> float:
        """balance x units x days with the balance in currency units, as a sheet holds it."""
        return float(minor_unit_product / 10**self.part.currency.digits)
