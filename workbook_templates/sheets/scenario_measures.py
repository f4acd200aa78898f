"""What scenarios are compared by: a tranche's figures and those of all, live and by the core."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lexp_calc.cash_flows import Schedule
from lexp_calc.deal import Projection
from lexp_calc.tranche_figures import DAYS_A_YEAR
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.table import Column

# Defined names of the workings, with the tranche's suffix or that of all.
REPAID, YEARS, BALANCE_YEARS = "live_repaid", "live_repaid_years", "live_balance_years"
IN_ALL = "in_all"
MATURITIES = "live_maturities"
COSTS = {"interest": "Interest", "pik_interest": "Interest in kind", "fees": "Fees"}
SUMMED = (*COSTS, "balloon")
LIFE = f"IF({{{REPAID}}}=0,0,{{{YEARS}}}/{{{REPAID}}})"
COST = f"IF({{{BALANCE_YEARS}}}=0,0,SUM([costs])/{{{BALANCE_YEARS}}})"


@dataclass(frozen=True)
class Measure:
    """A figure of a tranche or of all: live by `formula`, of a scenario by `value`.

    In the formula `{name}` is a defined name, and `[costs]` the cells of interest and fees.
    """

    key: str
    label: str
    unit: str
    style: str
    formula: str
    value: Callable[[Projection], object]

    @property
    def is_cost(self) -> bool:
        """Whether it is interest or a fee."""
        return self.key in COSTS


def measures_of(part: Part) -> tuple[Measure, ...]:
    """The measures of one tranche."""
    tranche_id = part.tranche_id
    keys = ["interest"] + ["pik_interest"] * bool(part.in_kind) + ["fees"] * part.has_fees

    def maturity(projection: Projection) -> date:
        return projection.conditions[tranche_id].maturity

    return _measures(part.currency.code, keys, (tranche_id,), "{maturity_in_force}", maturity)


def measures_in_all(contents: Contents) -> tuple[Measure, ...]:
    """The measures of all tranches together."""
    tranche_ids = tuple(contents.deal.tranche)
    keys = [key for key in COSTS if any(_has(part, key) for part in contents.parts)]

    def last_maturity(projection: Projection) -> date:
        return max(projection.conditions[each].maturity for each in tranche_ids)

    return _measures(contents.deal.currency, keys, tranche_ids, f"MAX({MATURITIES})", last_maturity)


def _has(part: Part, key: str) -> bool:
    return {"pik_interest": bool(part.in_kind), "fees": part.has_fees}.get(key, True)


def _measures(currency: str, keys, tranche_ids, maturity: str, matures) -> tuple[Measure, ...]:
    def schedules(projection: Projection) -> list[Schedule]:
        return [projection[each] for each in tranche_ids]

    def total(key: str) -> Callable:
        return lambda projection: sum(each.total(key) for each in schedules(projection))

    def life(projection: Projection) -> float:
        repaid = sum(map(principal_repaid, schedules(projection)))
        days = sum(map(repaid_days, schedules(projection)))
        return days / (DAYS_A_YEAR * repaid) if repaid else 0.0

    def cost(projection: Projection) -> float:
        owed = projection.deal.money.amount(sum(map(balance_days, schedules(projection))))
        costs = sum(total(key)(projection) for key in keys)
        return float(costs * DAYS_A_YEAR / owed) if owed else 0.0

    sums = {**COSTS, "balloon": "Due at maturity"}
    own = [
        Measure(key, sums[key], currency, "money", f"SUM({{schedule_{key}}})", total(key))
        for key in (*keys, "balloon")
    ]
    return (
        *own,
        Measure("maturity", "Maturity", "date", "date", maturity, matures),
        Measure("life", "Average life of principal", "years", "years", LIFE, life),
        Measure("cost", "All-in cost", "% a year", "rate", COST, cost),
    )


def principal_repaid(schedule: Schedule) -> int:
    """All principal repaid, in minor units."""
    return sum(row.principal for row in schedule.rows)


def repaid_days(schedule: Schedule) -> int:
    """Principal repaid times its days from closing, in minor units."""
    closing = schedule.rows[0].payment_date
    return sum(row.principal * (row.payment_date - closing).days for row in schedule.rows)


def balance_days(schedule: Schedule) -> int:
    """The balance times the days for which it is owed, in minor units.

    What is repaid counts from closing to its day, less the same of what is lent.
    """
    closing = schedule.rows[0].payment_date
    return sum(
        (row.opening_balance - row.closing_balance) * (row.payment_date - closing).days
        for row in schedule.rows
    )


def working_columns(
    contents: Contents, days: str, widths: tuple[float, float, float]
) -> tuple[Column, ...]:
    """A line a tranche; `days` is the cell with the days in a year."""
    amount = contents.deal.money.amount
    since = "{schedule_payment_date}-closing_date"

    def in_years(figure) -> Callable:
        return lambda part: float(amount(figure(part.schedule))) / DAYS_A_YEAR

    label, unit, width = widths
    return (
        Column("tranche", "Tranche", "text", None, lambda part: part.tranche.name, label),
        Column("no_unit", "", "text", None, lambda part: None, unit),
        Column(
            REPAID,
            "Principal repaid",
            "money",
            "SUM({schedule_principal})",
            lambda part: amount(principal_repaid(part.schedule)),
            width,
            total=True,
        ),
        Column(
            YEARS,
            "Repaid x years from closing",
            "money",
            f"SUMPRODUCT({{schedule_principal}},{since})/{days}",
            in_years(repaid_days),
            width,
            total=True,
        ),
        Column(
            BALANCE_YEARS,
            "Balance x years owed",
            "money",
            f"-SUMPRODUCT({{schedule_balance_change}},{since})/{days}",
            in_years(balance_days),
            width,
            total=True,
        ),
        Column(
            MATURITIES,
            "Maturity",
            "link_date",
            "{maturity_in_force}",
            lambda part: part.projection.conditions[part.tranche_id].maturity,
            width,
        ),
    )
