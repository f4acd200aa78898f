"""Random days, rates and amounts, with more of those on which a formula may trip."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from lexp_calc.calendars import following, preceding
from lexp_calc.deal import Deal, Projection
from lexp_calc.tranches.tranche import Tranche

# Inputs by path, as `--set` has them.
Inputs = dict[str, object]


@dataclass(frozen=True)
class Situation:
    """A deal under the inputs so far, the tranche of the workbook (None: all), and chance."""

    projection: Projection
    tranche_id: str | None
    random: Random

    @property
    def deal(self) -> Deal:
        """The deal's terms."""
        return self.projection.deal

    @property
    def tranches(self) -> dict[str, Tranche]:
        """The tranches whose inputs may be changed: others now and then, for what they decide."""
        if self.tranche_id is None:
            return self.deal.tranche
        return {
            each: tranche
            for each, tranche in self.deal.tranche.items()
            if each == self.tranche_id or self.random.random() < 0.25
        }

    def chance(self, share: float) -> bool:
        """True in a share of the cases."""
        return self.random.random() < share

    def count(self, most: int) -> int:
        """From 1 to `most`, small ones more often."""
        return self.random.randint(1, self.random.randint(1, most))

    def day(self, first: date, last: date, tranche_id: str | None = None) -> date:
        """A day from first to last; often one on or beside a payment, or a month's end."""
        if last <= first:
            return first
        kind = self.random.random()
        if kind < 0.35 and tranche_id is not None:
            row = self.random.choice(self.projection[tranche_id].rows)
            near = self.random.choice((row.payment_date, row.accrual.end if row.accrual else None))
            if near is not None:
                day = near + timedelta(days=self.random.choice((-1, 0, 0, 0, 1)))
                return min(max(day, first), last)
        day = first + timedelta(days=self.random.randint(0, (last - first).days))
        if kind < 0.45:
            day = min(max(day.replace(day=1) - timedelta(days=1), first), last)
        return day

    def business_day(self, first: date, last: date, tranche_id: str) -> date:
        """A business day from first to last, if there is one."""
        day = following(self.day(first, last, tranche_id), self.deal.calendar)
        return day if day <= last else preceding(last, self.deal.calendar)

    def days(self, most: int, first: date, last: date, tranche_id: str | None = None) -> list[date]:
        """Up to `most` different days, in order."""
        drawn = {self.day(first, last, tranche_id) for _ in range(self.count(most))}
        return sorted(drawn)

    def rate(self, least: float, most: float) -> str:
        """A rate in per cent with up to six decimals."""
        digits = self.random.choice((0, 2, 2, 3, 5, 6))
        return f"{self.random.uniform(least, most):.{digits}f}%"

    def amount(self, most: int, least: int = 1) -> str:
        """An amount up to `most`, both ends in minor units, as text in currency units."""
        kind = self.random.random()
        if most <= least or kind < 0.1:
            units = most
        elif kind < 0.15:
            units = least
        else:
            units = self.random.randint(least, most)
            whole = 1000 * 10**self.deal.money.digits
            if kind < 0.5 and units > whole:
                units -= units % whole
        return self.text(units)

    def text(self, units: int) -> str:
        """Minor units as plain text in currency units."""
        return f"{Decimal(self.deal.money.amount(units)):f}"

    def balance_before(self, tranche_id: str, day: date) -> int:
        """What is owed at the beginning of a day, in minor units."""
        rows = [row for row in self.projection[tranche_id].rows if row.payment_date < day]
        return rows[-1].closing_balance if rows else 0

    def balances_from(self, tranche_id: str, day: date) -> list[int]:
        """What is owed at the end of the day and after each later row but the last."""
        rows = self.projection[tranche_id].rows
        later = [row.closing_balance for row in rows[:-1] if row.payment_date >= day]
        held = [row.closing_balance for row in rows if row.payment_date <= day]
        return (held[-1:] or [0]) + later
