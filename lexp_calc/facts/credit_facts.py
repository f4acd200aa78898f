"""Facts of leverage and coverage, on each date for which the scenario gives earnings."""

from collections.abc import Iterator
from fractions import Fraction

from lexp_calc.credit_ratios import CreditRatios, credit_ratios_by_date
from lexp_calc.deal import Projection
from lexp_calc.facts.fact import TIMES, Fact
from lexp_calc.money import rounded
from lexp_calc.wording import amount_text

DECIMALS = 6


def credit_facts(projection: Projection) -> Iterator[Fact]:
    """Total and senior secured leverage, interest and debt service coverage, date by date."""
    for each in credit_ratios_by_date(projection, projection.scenario.earnings):
        for ending, figure, ratio, derivation in _figures(projection, each):
            if ratio is not None:
                yield Fact(
                    f"credit.{each.day}.{ending}",
                    "Leverage and coverage",
                    f"{figure} on {each.day}",
                    rounded(ratio, DECIMALS),
                    TIMES,
                    derivation,
                )


def _figures(
    projection: Projection, each: CreditRatios
) -> Iterator[tuple[str, str, Fraction | None, str]]:
    """The end of the id, the figure, its value and how it was derived, of each ratio."""

    def text(minor_units: int) -> str:
        return amount_text(projection.deal.money.amount(minor_units))

    earnings = text(each.earnings)
    paid = f"paid after {each.since}"
    yield (
        "total-leverage",
        "Total leverage",
        each.total_leverage,
        f"{text(each.total_debt)} owed / earnings of {earnings}",
    )
    yield (
        "senior-secured-leverage",
        "Senior secured leverage",
        each.senior_secured_leverage,
        f"{text(each.senior_secured_debt)} owed / earnings of {earnings}",
    )
    yield (
        "interest-coverage",
        "Interest coverage",
        each.interest_coverage,
        f"earnings of {earnings} / interest of {text(each.interest)} {paid}",
    )
    yield (
        "debt-service-coverage",
        "Debt service coverage",
        each.debt_service_coverage,
        f"earnings of {earnings} / interest and principal due of {text(each.debt_service)} {paid}",
    )
