"""The troubled debt restructuring test: does an exchange of old notes for new ones show a gain?

ASC 470-60 (SFAS 15) compares the carrying amount of the old debt with all future cash
payments on the new, undiscounted. Only what the payments fall short is a gain; where they
exceed it, the carrying amount stays and the excess is interest at one effective rate.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.cash_flows import Schedule, interest_amount
from lexp_calc.day_count import day_count
from lexp_calc.exchange_terms import ExchangeOffer
from lexp_calc.internal_rates import DAYS_IN_A_YEAR, rate_of
from lexp_calc.money import Currency
from lexp_calc.rates import units


@dataclass(frozen=True)
class RestructuringTest:
    """The test of one exchange, in minor units; `payments` are (contract date, amount).

    `carrying_amount` is old principal tendered plus interest accrued on it. What else the
    holders received (warrants) counts nothing: the documents put no value on it.
    """

    old_principal: int
    carrying_amount: int
    exchanged_on: date
    payments: tuple[tuple[date, int], ...]

    @property
    def accrued_interest(self) -> int:
        """What had accrued on the old principal."""
        return self.carrying_amount - self.old_principal

    @property
    def future_payments(self) -> int:
        """All interest and principal on the new notes, undiscounted."""
        return sum(amount for _, amount in self.payments)

    @property
    def gain(self) -> int:
        """max(carrying amount - future payments, 0); ASC 470-60-35-5 and -6."""
        return max(self.carrying_amount - self.future_payments, 0)

    @property
    def effective_rate(self) -> Decimal | None:
        """The annual rate at which the payments are worth the carrying amount at the exchange.

        Compounded once a year, ACT/365F, on the contract's dates (as Excel's XIRR), a decimal
        to 10 places; None where the payments leave no interest.
        """
        if self.future_payments <= self.carrying_amount:
            return None
        days = [self.exchanged_on, *(day for day, _ in self.payments)]
        times = [(day - self.exchanged_on).days / DAYS_IN_A_YEAR for day in days]
        rate = rate_of([-self.carrying_amount, *(amount for _, amount in self.payments)], times)
        return Decimal(f"{rate:.10f}")


def restructuring_test(
    exchange: ExchangeOffer, new_tranche: Schedule, currency: Currency
) -> RestructuringTest | None:
    """The test of an exchange; `new_tranche` is the schedule of the new notes to maturity.

    None where the terms do not say what was tendered and what had accrued on it.
    """
    if not exchange.has_rule:
        return None
    old_principal = currency.minor_units(exchange.given_up, "tendered")
    closing, *rest = new_tranche.rows
    return RestructuringTest(
        old_principal=old_principal,
        carrying_amount=old_principal + accrued_on_tendered(exchange, old_principal),
        exchanged_on=closing.payment_date,
        payments=tuple((row.due_date, row.total_payment) for row in rest if row.total_payment),
    )


def accrued_on_tendered(exchange: ExchangeOffer, old_principal: int) -> int:
    """Simple interest at the old coupon on what was tendered, in minor units, rounded once."""
    convention = day_count(exchange.day_count)
    length = convention.length(exchange.accrued_from, exchange.accrued_to)
    return interest_amount(old_principal * units(exchange.coupon) * length, convention)
