"""Debt service: what the borrower pays a calendar quarter, tranche by tranche."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from lexp_calc.deal import Projection
from lexp_calc.periods import add_months

MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True)
class QuarterOfService:
    """What is paid on one tranche in the quarter up to and with a day, in minor units."""

    quarter_end: date
    tranche_id: str
    interest: int
    principal: int
    fees: int

    @property
    def total(self) -> int:
        """All that is paid."""
        return self.interest + self.principal + self.fees


def quarter_ends(first: date, last: date) -> tuple[date, ...]:
    """The last days of the calendar quarters from the one of `first` to the one of `last`."""
    quarter = (first.month - 1) // MONTHS_IN_A_QUARTER
    month = date(first.year, MONTHS_IN_A_QUARTER * (quarter + 1), 1)
    ends = []
    while not ends or ends[-1] < last:
        end = add_months(month, MONTHS_IN_A_QUARTER * len(ends))
        ends.append(end.replace(day=monthrange(end.year, end.month)[1]))
    return tuple(ends)


def debt_service(projection: Projection, ends: tuple[date, ...]) -> tuple[QuarterOfService, ...]:
    """Interest, principal and fees by the day paid: quarter by quarter, tranches in deal order.

    `ends` are the quarters' last days; the first quarter takes in all that was paid before.
    """
    found = []
    for after, end in zip((date.min, *ends), ends, strict=False):
        for tranche_id, schedule in projection.schedules.items():
            rows = [row for row in schedule.rows if after < row.payment_date <= end]
            found.append(
                QuarterOfService(
                    end,
                    tranche_id,
                    sum(row.interest for row in rows),
                    sum(row.principal for row in rows),
                    sum(row.fees for row in rows),
                )
            )
    return tuple(found)
