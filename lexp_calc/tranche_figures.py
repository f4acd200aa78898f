"""What a scenario comes to for one tranche or the whole deal, in figures to hold against others."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lexp_calc.cash_flows import Schedule
from lexp_calc.deal import Projection
from lexp_calc.money import rounded
from lexp_calc.tranches.revolver import Revolver

DAYS_A_YEAR = 365
LIFE_DIGITS = 4  # decimals of an average life
DATE, YEARS = "date", "years"
BY_YEAR = "debt service "  # and the year

# What a figure is, its unit (a currency, "date" or "years"), and how much.
NamedFigure = tuple[str, str, Decimal | date | None]

SUMS = {
    "interest": "interest",
    "interest in kind": "pik_interest",
    "fees": "fees",
    "drawn": "drawn",
    "instalments": "scheduled_principal",
    "prepaid": "prepayment",
    "balloon": "balloon",
}

DEAL_SUMS = {name: SUMS[name] for name in ("interest", "interest in kind", "fees", "balloon")}


def tranche_figures(projection: Projection, tranche_id: str) -> Iterator[NamedFigure]:
    """The tranche's figures; amounts in currency units."""
    money = projection.deal.money
    schedule = projection[tranche_id]
    for name, column in SUMS.items():
        yield name, money.code, schedule.total(column)
    last = schedule.maturity_row
    yield "balloon paid", DATE, last.payment_date if last.balloon else None
    yield "maturity", DATE, projection.conditions[tranche_id].maturity
    life = average_life(schedule)
    yield "average life", YEARS, None if life is None else rounded(life, LIFE_DIGITS)
    yield from _availability(projection, tranche_id)
    yield "total paid", money.code, schedule.total("total_payment")
    for year, paid in debt_service_by_year(schedule).items():
        yield f"{BY_YEAR}{year}", money.code, money.amount(paid)


def deal_figures(projection: Projection) -> Iterator[NamedFigure]:
    """All tranches together: what is paid and what for; amounts in currency units."""
    money = projection.deal.money
    schedules = projection.schedules.values()
    for name, column in (*DEAL_SUMS.items(), ("total paid", "total_payment")):
        yield name, money.code, sum((each.total(column) for each in schedules), Decimal(0))
    by_year: dict[int, int] = {}
    for schedule in schedules:
        for year, paid in debt_service_by_year(schedule).items():
            by_year[year] = by_year.get(year, 0) + paid
    for year in sorted(by_year):
        yield f"{BY_YEAR}{year}", money.code, money.amount(by_year[year])


def _availability(projection: Projection, tranche_id: str) -> Iterator[NamedFigure]:
    """The borrowing base as of the scenario's day, where its collateral is known."""
    if not isinstance(projection.deal.tranche[tranche_id], Revolver):
        return
    certificate = projection.certificate(tranche_id)
    if certificate is None:
        return
    money = projection.deal.money
    yield "borrowing base", money.code, money.amount(certificate.borrowing_base)
    yield "availability", money.code, money.amount(certificate.availability)
    yield "over-advance", money.code, money.amount(certificate.over_advance)


def average_life(schedule: Schedule) -> Fraction | None:
    """Years from closing until principal is repaid, on average, weighted by amount.

    sum of principal x days from closing / (365 x all principal repaid); None where none is.
    """
    closing = schedule.rows[0].payment_date
    repaid = sum(row.principal for row in schedule.rows)
    if not repaid:
        return None
    days = sum(row.principal * (row.payment_date - closing).days for row in schedule.rows)
    return Fraction(days, DAYS_A_YEAR * repaid)


def debt_service_by_year(schedule: Schedule) -> dict[int, int]:
    """All that is paid in each calendar year, by the day paid, in minor units."""
    years: dict[int, int] = {}
    for row in schedule.rows:
        year = row.payment_date.year
        years[year] = years.get(year, 0) + row.total_payment
    return years
