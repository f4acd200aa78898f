"""The excess-cash sweep: a share of the cash of a period that repays tranches in order."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pydantic import Field

from lexp_calc.cash_flows import Schedule
from lexp_calc.money import Currency, round_half_away
from lexp_calc.terms import Identifier, PositiveRate, Terms


class ExcessCashSweep(Terms):
    """percentage x excess cash flow, offered to the tranches of `order` one after the other.

    Each takes no more than is owed; the next is offered the rest. The amounts of excess
    cash flow are a scenario's (`excess_cash`), each on the business day of its payment.
    """

    percentage: PositiveRate
    order: tuple[Identifier, ...] = Field(min_length=1)

    def contradictions(self):
        """Each tranche once."""
        if len(set(self.order)) != len(self.order):
            yield "order", ", ".join(self.order), "each tranche once"

    def before(self, tranche_id: str) -> tuple[str, ...]:
        """The tranches that are swept before this one."""
        return self.order[: self.order.index(tranche_id)] if tranche_id in self.order else ()

    def offered(
        self,
        tranche_id: str,
        excess_cash: tuple[tuple[date, Decimal], ...],
        schedules: dict[str, Schedule],
        currency: Currency,
    ) -> tuple[tuple[date, int], ...]:
        """What is offered to a tranche on each day, in minor units; nothing where it is 0.

        round(percentage x excess cash, not below 0) less what the tranches before it took.
        """
        if tranche_id not in self.order:
            return ()
        offers = []
        for day, cash in excess_cash:
            share = Fraction(self.percentage) * currency.minor_units(cash, f"excess_cash.{day}")
            left = max(round_half_away(share.numerator, share.denominator), 0)
            for other in self.before(tranche_id):
                left -= sum(row.swept for row in schedules[other].rows if row.payment_date == day)
            if left:
                offers.append((day, left))
        return tuple(offers)
