"""A lender's share of a schedule: what it has lent, and what it gets on each date.

The balance is the share of the tranche's balance, rounded to the minor unit. What is drawn,
added in kind and repaid is what that rounded balance moves by: so it rolls forward without a
remainder, is nothing when the tranche is repaid, and is never further than half a minor unit
from the exact share, however many payments there are. Interest and fees are the share of each
amount, rounded for itself. All half away from zero.

A share depends on nothing but itself and the tranche. Amounts that add up over all lenders to
the last cent would take the shares of those before it into account, and so tell them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lexp_calc.cash_flows import CashFlow
from lexp_calc.money import round_half_away


@dataclass(frozen=True)
class SharedFlow:
    """A row of a schedule, and a lender's share of its amounts in minor units."""

    flow: CashFlow
    opening_balance: int
    after_drawing: int
    after_in_kind: int
    after_instalment: int
    after_prepayment: int
    closing_balance: int
    interest: int
    fees: int

    @property
    def drawn(self) -> int:
        """What the lender lends on the day."""
        return self.after_drawing - self.opening_balance

    @property
    def pik_interest(self) -> int:
        """Its interest in kind, added to what it is owed."""
        return self.after_in_kind - self.after_drawing

    @property
    def scheduled_principal(self) -> int:
        """Its part of the instalment."""
        return self.after_in_kind - self.after_instalment

    @property
    def prepayment(self) -> int:
        """Its part of what is prepaid, or of a revolver's repayment."""
        return self.after_instalment - self.after_prepayment

    @property
    def balloon(self) -> int:
        """Its part of what is due at maturity."""
        return self.after_prepayment - self.closing_balance

    @property
    def principal(self) -> int:
        """All that is repaid to it."""
        return self.scheduled_principal + self.prepayment + self.balloon

    @property
    def total_payment(self) -> int:
        """All that it gets on the day."""
        return self.interest + self.principal + self.fees


def shared_flow(flow: CashFlow, share: Decimal) -> SharedFlow:
    """A lender's share of one row; `share` above 0, at most 1."""
    exact = Fraction(share)

    def part(minor_units: int) -> int:
        return round_half_away(minor_units * exact.numerator, exact.denominator)

    after_prepayment = flow.closing_balance + flow.balloon
    return SharedFlow(
        flow,
        opening_balance=part(flow.opening_balance),
        after_drawing=part(flow.opening_balance + flow.drawn),
        after_in_kind=part(flow.closing_balance + flow.principal),
        after_instalment=part(after_prepayment + flow.prepayment),
        after_prepayment=part(after_prepayment),
        closing_balance=part(flow.closing_balance),
        interest=part(flow.interest),
        fees=part(flow.fees),
    )


def shared_schedule(rows: Iterable[CashFlow], share: Decimal) -> Iterator[SharedFlow]:
    """A lender's share of a schedule, row by row."""
    return (shared_flow(flow, share) for flow in rows)
