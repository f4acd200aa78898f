"""The maturity wall: when principal falls due, by day and by calendar year, tranche by tranche."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lexp_calc.deal import Projection


@dataclass(frozen=True)
class PrincipalDue:
    """Principal of one tranche that falls due on a day, in minor units."""

    day: date
    tranche_id: str
    instalment: int
    prepayment: int
    balloon: int

    @property
    def total(self) -> int:
        """All principal of the day."""
        return self.instalment + self.prepayment + self.balloon


@dataclass(frozen=True)
class YearOfPrincipal:
    """Principal of one tranche that falls due in a calendar year, in minor units."""

    year: int
    tranche_id: str
    instalments: int
    prepayments: int
    balloon: int

    @property
    def total(self) -> int:
        """All principal of the year."""
        return self.instalments + self.prepayments + self.balloon


def maturity_wall(projection: Projection) -> tuple[PrincipalDue, ...]:
    """Every payment of principal of the projection by the day paid, tranches in deal order."""
    due = [
        PrincipalDue(
            row.payment_date, tranche_id, row.scheduled_principal, row.prepayment, row.balloon
        )
        for tranche_id, schedule in projection.schedules.items()
        for row in schedule.rows
        if row.principal
    ]
    return tuple(sorted(due, key=lambda each: each.day))


def maturity_wall_by_year(projection: Projection) -> tuple[YearOfPrincipal, ...]:
    """The maturity wall summed by calendar year and tranche, in order of both."""
    order = list(projection.schedules)

    def key(each: PrincipalDue):
        return each.day.year, order.index(each.tranche_id)

    years = []
    for (year, number), group in groupby(sorted(maturity_wall(projection), key=key), key=key):
        due = tuple(group)
        years.append(
            YearOfPrincipal(
                year,
                order[number],
                sum(each.instalment for each in due),
                sum(each.prepayment for each in due),
                sum(each.balloon for each in due),
            )
        )
    return tuple(years)
