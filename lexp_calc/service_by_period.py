"""Debt service: what the borrower pays a calendar month, quarter or year, by tranche."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from lexp_calc.deal import Projection
from lexp_calc.periods import add_months

MONTHS_IN_A_QUARTER = 3
PERIODS = {"month": 1, "quarter": MONTHS_IN_A_QUARTER, "year": 12}  # in months


@dataclass(frozen=True)
class PeriodOfService:
    """What is paid on one tranche in the period up to and with a day, in minor units."""

    period_end: date
    tranche_id: str
    interest: int
    principal: int
    fees: int

    @property
    def total(self) -> int:
        """All that is paid."""
        return self.interest + self.principal + self.fees


def period_ends(first: date, last: date, months: int) -> tuple[date, ...]:
    """The last days of calendar periods, from the one of `first` to the one of `last`.

    A period has as many months as divide a year: 1, 3 or 12.
    """
    month = date(first.year, months * ((first.month - 1) // months + 1), 1)
    ends = []
    while not ends or ends[-1] < last:
        end = add_months(month, months * len(ends))
        ends.append(end.replace(day=monthrange(end.year, end.month)[1]))
    return tuple(ends)


def quarter_ends(first: date, last: date) -> tuple[date, ...]:
    """The last days of the calendar quarters from the one of `first` to the one of `last`."""
    return period_ends(first, last, MONTHS_IN_A_QUARTER)


def debt_service(projection: Projection, ends: tuple[date, ...]) -> tuple[PeriodOfService, ...]:
    """Interest, principal and fees by the day paid: period by period, tranches in deal order.

    `ends` are the periods' last days; the first period takes in all that was paid before.
    """
    found = []
    for after, end in zip((date.min, *ends), ends, strict=False):
        for tranche_id, schedule in projection.schedules.items():
            rows = [row for row in schedule.rows if after < row.payment_date <= end]
            found.append(
                PeriodOfService(
                    end,
                    tranche_id,
                    sum(row.interest for row in rows),
                    sum(row.principal for row in rows),
                    sum(row.fees for row in rows),
                )
            )
    return tuple(found)
