"""A tranche's cash flows: one row a date, exact minor units, and what is read off them."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from lexp_calc.calendars import ONE_DAY
from lexp_calc.day_count import DayCount
from lexp_calc.money import Currency, as_decimal, round_half_away
from lexp_calc.rate_days import RateDays
from lexp_calc.rates import UNITS_PER_ONE, PeriodRate, rate

# The columns of a schedule wherever it is shown, in this order.
SCHEDULE_COLUMNS = (
    "payment_date",
    "accrual_start",
    "accrual_end",
    "days",
    "opening_balance",
    "drawn",
    "index_rate",
    "all_in_rate",
    "interest",
    "pik_interest",
    "scheduled_principal",
    "prepayment",
    "balloon",
    "fees",
    "total_payment",
    "closing_balance",
)
MONEY_COLUMNS = SCHEDULE_COLUMNS[4:6] + SCHEDULE_COLUMNS[8:]
RATE_DIGITS = 12  # decimals of a rate in tables; the equivalent of a changing rate is periodic


@dataclass(frozen=True)
class Accrual:
    """The interest that has run up to a row, exact: products are balance x units x days.

    `rate` covers the running interest period from `start` to `end`; `unit_days` is what
    accrues of it (in cash, in kind, or as a fee), `unit_days_before` the part of that which
    earlier rows of the same period hold already.
    """

    start: date
    end: date
    rate: PeriodRate
    unit_days: Fraction | int
    unit_days_before: Fraction | int
    product: Fraction | int  # accrued and not yet paid when the row is reached
    paid_product: Fraction | int = 0  # the part of it that the row pays, or adds to principal

    @property
    def carried_product(self) -> Fraction | int:
        """What stays accrued after the row."""
        return self.product - self.paid_product

    def paying(self, product: Fraction | int) -> "Accrual":
        """The same with so much of it paid."""
        return Accrual(
            self.start,
            self.end,
            self.rate,
            self.unit_days,
            self.unit_days_before,
            self.product,
            product,
        )


@dataclass(frozen=True)
class ToDate:
    """What has happened up to and with a row, in minor units."""

    drawn: int = 0
    unprepaid: int = 0  # what would be owed had nothing been prepaid
    credit: int = 0  # prepaid, and not yet counted against instalments
    interest: int = 0  # in cash and in kind
    level: int = 0  # the level payment in force
    level_units: int = 0  # the rate for which it was set


@dataclass(frozen=True)
class CashFlow:
    """One row of a schedule. Amounts are minor units, positive = owed or paid by the borrower.

    A row that is not about interest (closing, a fee or a draw between payments) shows an
    empty accrual period on its own date.
    """

    event: str  # Closing Payment Maturity Draw Repayment Prepayment Sweep Fee Change
    payment_date: date
    due_date: date  # as the contract names it, before the business-day convention
    accrual: Accrual | None  # None at closing
    is_payment: bool
    pays_interest: bool
    payment_number: int  # payments up to and with this row
    anniversary_number: int  # anniversaries of closing up to and with this row
    opening_balance: int
    drawn: int = 0
    interest: int = 0
    pik_interest: int = 0
    scheduled_principal: int = 0
    prepayment: int = 0
    balloon: int = 0
    in_kind: Accrual | None = None  # what accrues in kind beside it
    fee_accruals: dict[str, Accrual] = field(default_factory=dict)  # of fees that accrue, by id
    charges: dict[str, int] = field(default_factory=dict)  # what the fees are made of, by id
    swept: int = 0  # the part of the prepayment that the excess-cash sweep took
    to_date: ToDate = ToDate()

    @property
    def fees(self) -> int:
        """All fees of the day."""
        return sum(self.charges.values())

    @property
    def closing_balance(self) -> int:
        """What is owed at the end of the day."""
        return self.opening_balance + self.drawn + self.pik_interest - self.principal

    @property
    def settled_through(self) -> date:
        """The last day whose prepayments, draws and fees are accounted for.

        The day before, on a payment moved to a later day without interest for the delay:
        what else happens on that day belongs to the next interest period.
        """
        waits = self.is_payment and self.accrual.end < self.payment_date
        return self.payment_date - ONE_DAY if waits else self.payment_date

    @property
    def period(self) -> PeriodRate | None:
        """The rate of the interest period that the row pays for."""
        return self.accrual.rate if self.pays_interest else None

    @property
    def accrual_start(self) -> date:
        """First day of the interest period that the row pays for."""
        return self.accrual.start if self.pays_interest else self.payment_date

    @property
    def accrual_end(self) -> date:
        """The day to which the row's interest runs, itself not included."""
        return self.accrual.end if self.pays_interest else self.payment_date

    @property
    def principal(self) -> int:
        """All principal repaid on this row."""
        return self.scheduled_principal + self.prepayment + self.balloon

    @property
    def total_payment(self) -> int:
        """What the borrower pays on this row, without what is drawn."""
        return self.interest + self.principal + self.fees

    @property
    def days(self) -> int:
        """Days of the accrual period by the tranche's day count; 0 where none is shown."""
        return self.period.days if self.period else 0

    @property
    def index_rate(self) -> Decimal:
        """The index at the period's start, a decimal."""
        return rate(self.period.index_units) if self.period else Decimal(0)

    @property
    def all_in_rate(self) -> Fraction:
        """The rate of the interest, in cash and in kind: rate-days over length, a decimal."""
        if not self.period or not self.period.length:
            return Fraction(0)
        unit_days = self.accrual.unit_days + (self.in_kind.unit_days if self.in_kind else 0)
        return Fraction(unit_days) / (self.period.length * UNITS_PER_ONE)


@dataclass(frozen=True)
class Schedule:
    """All cash flows of one tranche, in order of payment; the first row is the closing."""

    tranche_id: str
    currency: Currency
    rates: RateDays
    rows: tuple[CashFlow, ...]

    @property
    def day_count(self) -> DayCount:
        """The day count of the tranche's interest."""
        return self.rates.day_count

    def total(self, column: str) -> Decimal:
        """The sum of a money column, in currency units."""
        return self.currency.amount(sum(getattr(row, column) for row in self.rows))

    def balance(self, day: date) -> int:
        """What is owed at the end of `day`, in minor units."""
        so_far = bisect_right(self._days, day)
        return self.rows[so_far - 1].closing_balance if so_far else 0

    @cached_property
    def _days(self) -> list[date]:
        return [row.payment_date for row in self.rows]

    def debt_service(self, first: date, last: date) -> int:
        """All payments from `first` to `last`, both included, in minor units."""
        return sum(row.total_payment for row in self.rows if first <= row.payment_date <= last)

    @property
    def maturity_row(self) -> CashFlow:
        """The last row: what is owed is paid there."""
        return self.rows[-1]

    def records(self) -> list[dict]:
        """One dict a row with the columns of SCHEDULE_COLUMNS: dates, ints, Decimals."""
        digits = Decimal(1).scaleb(-RATE_DIGITS)
        records = []
        for row in self.rows:
            record = {column: getattr(row, column) for column in SCHEDULE_COLUMNS}
            for column in MONEY_COLUMNS:
                record[column] = self.currency.amount(record[column])
            equivalent = record["all_in_rate"]
            record["all_in_rate"] = as_decimal(equivalent).quantize(digits)
            records.append(record)
        return records

    def _repr_html_(self) -> str:
        from lexp_calc.html import table_html

        rows = [tuple(record.values()) for record in self.records()]
        return table_html(SCHEDULE_COLUMNS, rows, self.tranche_id)

    def to_frame(self):
        """The schedule as a pandas DataFrame: dates, whole days, amounts and rates as floats."""
        import pandas

        frame = pandas.DataFrame(self.records(), columns=list(SCHEDULE_COLUMNS))
        for column in ("payment_date", "accrual_start", "accrual_end"):
            frame[column] = pandas.to_datetime(frame[column])
        for column in (*MONEY_COLUMNS, "index_rate", "all_in_rate"):
            frame[column] = frame[column].astype(float)
        return frame


def interest_amount(product: Fraction | int, day_count: DayCount) -> int:
    """balance x units x days as interest in minor units: one division, rounded once."""
    divisor = day_count.basis * UNITS_PER_ONE
    return round_half_away(product.numerator, product.denominator * divisor)
