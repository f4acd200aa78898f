"""What accrues from one row to the next: interest in cash and in kind, and fees that run.

Each is a product of amount x rate units x days, exact; what is paid of it is rounded once.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lexp_calc.cash_flows import Accrual, CashFlow
from lexp_calc.fees import Fee, Standing
from lexp_calc.in_kind import InKind
from lexp_calc.rate_days import RateDays
from lexp_calc.rates import PeriodRate, units
from lexp_calc.tranches.plan import Conditions, Plan, in_force


@dataclass(frozen=True)
class Paid:
    """The accruals of a row with what it pays, or adds to the principal, of each."""

    cash: Accrual
    in_kind: Accrual | None
    fees: dict[str, Accrual]
    cash_product: Fraction | int  # all that is paid as interest
    capitalised_product: Fraction | int  # what is added to the principal


@dataclass(frozen=True)
class Run:
    """The accruals up to a row, nothing of them paid yet."""

    rate: PeriodRate
    cash: Accrual
    in_kind: Accrual | None
    fees: dict[str, Accrual]
    owed: int  # before the day's drawing
    is_revolving: bool

    def paid(self, is_payment: bool, is_last: bool, all_repaid: bool, prepayment: int) -> Paid:
        """What the row pays.

        On a payment date everything, interest in kind being added to the principal; when
        all is repaid everything in cash; with a prepayment of a loan the same part of what
        has accrued, in cash. A revolver pays on its payment dates alone.
        """
        ends = all_repaid and (is_last or not self.is_revolving)
        part = 1
        if not is_payment and not ends:
            repays = prepayment and not self.is_revolving
            part = Fraction(min(prepayment, self.owed), max(self.owed, 1)) if repays else 0
        cash = part * self.cash.product
        in_kind = part * self.in_kind.product if self.in_kind else 0
        capitalised = in_kind if is_payment and not ends else 0
        return Paid(
            cash=self.cash.paying(cash),
            in_kind=self.in_kind.paying(in_kind) if self.in_kind else None,
            fees={
                fee_id: each.paying(each.product if is_payment or is_last else 0)
                for fee_id, each in self.fees.items()
            },
            cash_product=cash + in_kind - capitalised,
            capitalised_product=capitalised,
        )


class Accruals:
    """How a tranche's interest and running fees accrue, from row to row."""

    def __init__(self, rates: RateDays, in_kind: InKind | None, plan: Plan, conditions: Conditions):
        self.rates = rates
        self.in_kind = in_kind
        self.plan = plan
        self.conditions = conditions
        self.running_fees: dict[str, Fee] = {
            fee_id: each for fee_id, each in plan.fees.items() if each.accrues
        }

    def run(self, previous: CashFlow, start: date, end: date) -> Run:
        """What has accrued when the row after `previous` is reached."""
        rate = self.rates.period(start, end)
        cash_days, kind_days = rate.unit_days, 0
        if self.in_kind:
            cash_days, kind_days = self.in_kind.unit_days(start, rate)

        def accrual(before: Accrual | None, base: int, unit_days) -> Accrual:
            # A payment starts the next period, so nothing of it is held already.
            held = before.unit_days if before and not previous.is_payment else 0
            carried = before.carried_product if before else 0
            product = carried + base * (unit_days - held)
            return Accrual(start, end, rate, unit_days, held, product)

        owed = previous.closing_balance
        standing = self.standing(previous)
        return Run(
            rate=rate,
            cash=accrual(previous.accrual, owed, cash_days),
            in_kind=accrual(previous.in_kind, owed, kind_days) if self.in_kind else None,
            fees={
                fee_id: accrual(
                    previous.fee_accruals.get(fee_id),
                    each.base(standing),
                    units(each.rate) * rate.length,
                )
                for fee_id, each in self.running_fees.items()
            },
            owed=owed,
            is_revolving=self.plan.is_revolving,
        )

    def standing(self, row: CashFlow) -> Standing:
        """What fees run on after a row."""
        day = row.settled_through
        return Standing(
            commitment=self.plan.commitment(day),
            used=row.closing_balance if self.plan.is_revolving else row.to_date.drawn,
            letters_of_credit=in_force(self.conditions.letters_of_credit, day),
        )
