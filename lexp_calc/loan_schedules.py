"""The schedule of one loan as a table: equal instalments of principal, or level payments.

Dates are unadjusted, interest runs from payment to payment by the day count, and what is
owed at maturity is the balloon: the core's own term loan at a fixed rate, rolled forward.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.amortization import Instalments
from lexp_calc.calendars import CALENDARS
from lexp_calc.cash_flows import SCHEDULE_COLUMNS, Schedule
from lexp_calc.coupons import FixedCoupon
from lexp_calc.day_count import DayCount
from lexp_calc.errors import OutOfRange
from lexp_calc.level_repayment import BY_PAYMENTS_A_YEAR, LevelPayment, Repayment
from lexp_calc.loan_functions import check_instalment, number_of_payments
from lexp_calc.money import CENTS
from lexp_calc.periods import PaymentTerms
from lexp_calc.regular_dates import FREQUENCIES, Frequency, RegularDates
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.tranches.plan import Conditions, Setting
from lexp_calc.tranches.roll import roll
from lexp_calc.tranches.term_loan import TermLoan

NAMES_OF_FREQUENCIES = {frequency: name for name, frequency in FREQUENCIES.items()}
NAME = "loan"


@spreadsheet_function
def amortization(
    principal: kinds.PositiveAmount,
    rate: kinds.ChargedRate,
    instalment: kinds.PositiveAmount,
    start: kinds.Day,
    first_payment: kinds.Day,
    frequency: kinds.Frequency,
    maturity: kinds.Day,
    day_count: kinds.DayCount = "ACT/360",
) -> kinds.TableResult:
    """The schedule of a loan repaid by equal instalments of principal, interest on top.

    An instalment on each regular date from `first_payment` to `maturity`, both included; the
    last is as much smaller as is owed, and what they leave at maturity is the balloon.
    Interest is `rate`, a decimal a year, by the day count. The columns are those of every
    schedule; the first row is the day on which the principal is drawn.
    """
    check_instalment(principal, instalment)
    loan = _Loan(principal, rate, start, first_payment, frequency, maturity, day_count)
    loan.check()
    repayment = Instalments(
        type="instalments", amount=instalment, last=maturity, unpaid_balance_at_maturity=True
    )
    return as_table(loan.schedule(repayment))


@spreadsheet_function
def level_amortization(
    principal: kinds.PositiveAmount,
    rate: kinds.ChargedRate,
    periods: kinds.Count,
    start: kinds.Day,
    first_payment: kinds.Day,
    frequency: kinds.Frequency,
    maturity: kinds.Day,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.TableResult:
    """The schedule of a loan repaid by level payments of interest and principal together.

    Each payment is the level payment of `periods` equal periods (LEXP_LEVEL_PAYMENT), its
    principal what the interest by the day count leaves of it; the last of `periods` pays
    all that is owed, and what is owed at an earlier maturity is the balloon.
    """
    loan = _Loan(principal, rate, start, first_payment, frequency, maturity, day_count)
    loan.check()
    repayment = LevelPayment(
        type="level payment",
        method=BY_PAYMENTS_A_YEAR,
        amortization_payments=periods,
        unpaid_balance_at_maturity=True,
    )
    return as_table(loan.schedule(repayment))


def as_table(schedule: Schedule) -> Table:
    """A schedule as a table of its columns; amounts in currency units."""
    rows = tuple(tuple(record.values()) for record in schedule.records())
    return Table(SCHEDULE_COLUMNS, rows)


@dataclass(frozen=True)
class _Loan:
    """What both kinds of loan share, as the functions take it."""

    principal: Decimal
    rate: Decimal
    start: date
    first_payment: date
    frequency: Frequency
    maturity: date
    day_count: DayCount

    def check(self) -> None:
        """Start, first payment and maturity in order, and not too many payments."""
        if self.first_payment <= self.start:
            found = f"found {self.first_payment}, not after the start on {self.start}"
            raise OutOfRange("first_payment", found, "a later date would be right")
        number_of_payments(self.first_payment, self.frequency, self.maturity)

    def schedule(self, repayment: Repayment) -> Schedule:
        """The roll of the loan as a term loan of a deal that closes on its start."""
        terms = self._term_loan(repayment)
        conditions = Conditions(
            maturity=self.maturity,
            extended=False,
            index_paths={},
            regular_dates=RegularDates(self.first_payment, self.frequency),
        )
        setting = Setting(self.start, CALENDARS["weekends"], CENTS)
        plan = terms.plan(conditions, self.start, CENTS)
        return roll(NAME, terms, plan, conditions, setting)

    def _term_loan(self, repayment: Repayment) -> TermLoan:
        return TermLoan(
            type="term loan",
            name=NAME,
            seniority=NAME,
            principal=self.principal,
            coupon=FixedCoupon.model_construct(
                type="fixed", rate=self.rate, default_margin=None, day_count=self.day_count.name
            ),
            payments=PaymentTerms(
                first_payment=self.first_payment,
                frequency=NAMES_OF_FREQUENCIES[self.frequency],
                business_day="Unadjusted",
                interest_for_delay="none",
            ),
            maturity=self.maturity,
            repayment=repayment,
            prepayment="at par with accrued interest",
        )
