"""Scenarios and deals side by side: which terms and inputs differ, and what that comes to.

The first side is the one with which the others are compared: a difference is the other
figure less the first one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.deal import Projection
from lexp_calc.elections import ElectionRow, compared_elections
from lexp_calc.input_differences import Difference, input_differences, term_differences
from lexp_calc.tranche_figures import BY_YEAR, NamedFigure, deal_figures, tranche_figures


@dataclass(frozen=True)
class Side:
    """One of the projections compared, and what the user called it."""

    name: str
    projection: Projection


@dataclass(frozen=True)
class Figure:
    """One figure of a tranche or of the deal on all sides; None where a side has none.

    `unit` is a currency, "date" or "years". `differences` are the other sides' figures less
    the first one's: amounts, days or years; None where one of the two is missing.
    """

    name: str
    unit: str
    values: tuple[Decimal | date | None, ...]

    @property
    def differences(self) -> tuple[Decimal | int | None, ...]:
        """Each other side's figure less the first one's."""
        first, *others = self.values
        return tuple(_less(other, first) for other in others)


@dataclass(frozen=True)
class ComparedElections:
    """The interest periods of a tranche on one side, each under every option it has."""

    tranche_id: str
    side: Side
    indices: tuple[str, ...]
    periods: tuple[ElectionRow, ...]

    @property
    def saving(self) -> int:
        """What the cheapest elections would have saved in all, in minor units."""
        return sum(period.saving for period in self.periods)


@dataclass(frozen=True)
class Comparison:
    """What differs between the sides: terms and inputs by path, figures by tranche and in all."""

    sides: tuple[Side, ...]
    terms: tuple[Difference, ...]
    inputs: tuple[Difference, ...]
    figures: dict[str, tuple[Figure, ...]]
    totals: tuple[Figure, ...]
    elections: tuple[ComparedElections, ...]

    @property
    def without_rates(self) -> tuple[str, ...]:
        """The tranches that leave a choice, where no side knows rates of a second index."""
        choosing = [
            tranche_id
            for side in self.sides
            for tranche_id, tranche in side.projection.deal.tranche.items()
            if len(tranche.coupon.options) > 1
        ]
        compared_ids = {each.tranche_id for each in self.elections}
        return tuple(each for each in dict.fromkeys(choosing) if each not in compared_ids)


def compared(sides: tuple[Side, ...]) -> Comparison:
    """The sides held against one another, tranche by tranche."""
    projections = [side.projection for side in sides]
    tranche_ids = dict.fromkeys(each for one in projections for each in one.deal.tranche)
    return Comparison(
        sides,
        term_differences([each.deal for each in projections]),
        input_differences([each.scenario for each in projections]),
        {
            tranche_id: _figures(
                [
                    tranche_figures(each, tranche_id) if tranche_id in each.deal.tranche else ()
                    for each in projections
                ]
            )
            for tranche_id in tranche_ids
        },
        _figures([deal_figures(each) for each in projections]),
        tuple(_elections(sides)),
    )


def _figures(sides: list[Iterable[NamedFigure]]) -> tuple[Figure, ...]:
    """The figures of all sides; those that are nothing on every side are left out."""
    by_kind = [{(name, unit): value for name, unit, value in side} for side in sides]
    kinds = dict.fromkeys(kind for side in by_kind for kind in side)
    # Years that another side alone has come in their order too.
    in_order = sorted(kinds, key=lambda kind: kind[0] if kind[0].startswith(BY_YEAR) else "")
    figures = (Figure(*kind, tuple(side.get(kind) for side in by_kind)) for kind in in_order)
    return tuple(figure for figure in figures if any(figure.values))


def _less(other, first) -> Decimal | int | None:
    if other is None or first is None:
        return None
    return (other - first).days if isinstance(first, date) else other - first


def _elections(sides: tuple[Side, ...]) -> Iterator[ComparedElections]:
    """The tranches that leave a choice of which the scenario knows more than one rate."""
    for side in sides:
        deal = side.projection.deal
        for tranche_id, tranche in deal.tranche.items():
            periods = compared_elections(side.projection[tranche_id])
            if any(sum(each is not None for each in row.interest) > 1 for row in periods):
                indices = tuple(option.index for option in tranche.coupon.options)
                yield ComparedElections(tranche_id, side, indices, periods)
