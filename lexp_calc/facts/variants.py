"""The same deal with every extension exercised and with none, beside the projection as given."""

from dataclasses import dataclass

from lexp_calc.deal import Projection, project


@dataclass(frozen=True)
class Variants:
    """Three projections of one deal at the same rates and elections.

    `given` is the scenario as it stands. `unextended` and `extended` are the contract's own
    course: no prepayment, sweep or draw, and no extension or all of them.
    """

    given: Projection
    unextended: Projection
    extended: Projection

    @classmethod
    def of(cls, projection: Projection) -> "Variants":
        """The three variants of a projection."""
        return cls(projection, _contract(projection, False), _contract(projection, True))


def _contract(projection: Projection, is_extended: bool) -> Projection:
    extensions = {
        tranche_id: is_extended
        for tranche_id, tranche in projection.deal.tranche.items()
        if tranche.extension
    }
    name = projection.scenario_name
    scenario = projection.scenario.model_copy(
        update={"inherits": None, "extend": extensions, "prepay": {}, "draw": {}, "excess_cash": ()}
    )
    deal = projection.deal.model_copy(update={"scenario": {name: scenario}})
    return project(deal, name)
