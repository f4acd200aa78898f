"""Random but sound inputs of every kind that a workbook has cells for.

`KINDS` lists them: from what a deal looks like under the inputs so far, each kind offers what
may be changed, and draws a change of it. The core has the last word: what it refuses, and what
the workbook has no rows for, is drawn again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from lexp_calc.deal import Deal, Projection, project
from lexp_calc.errors import LexpError
from lexp_calc.tranches.revolver import Revolver
from workbook_templates import random_collateral, random_moves, random_rates
from workbook_templates.part import Part
from workbook_templates.random_values import Inputs, Situation
from workbook_templates.room import rounded_up

# What may be changed: (the beginning of its paths, what draws a change of it).
Offers = Iterator[tuple[str, Callable[[Situation], Inputs]]]
# In this order: rates before the elections of them, letters of credit after draws.
KINDS: dict[str, Callable[[Situation], Offers]] = {
    "as_of": random_rates.as_of,
    "index": random_rates.index,
    "elect": random_rates.elect,
    "leverage": random_rates.leverage,
    "default": random_rates.default,
    "treasury_yield": random_rates.treasury_yield,
    "share_price": random_rates.share_price,
    "volatility": random_rates.volatility,
    "riskless_rate": random_rates.riskless_rate,
    "extend": random_moves.extend,
    "pay_in_kind": random_moves.pay_in_kind,
    "prepay": random_moves.prepay,
    "draw": random_moves.draw,
    "excess_cash": random_moves.excess_cash,
    "letters_of_credit": random_moves.letters_of_credit,
    "collateral": random_collateral.collateral,
    "appraisal": random_collateral.appraisal,
    "reserves": random_collateral.reserves,
}
TRIES = 4  # of one change, before it is left out
ROUNDS = 10  # through all kinds, before fewer changes have to do
FEWEST_CHANGES = 3
SHARE_OF_KINDS = 0.6
SHARE_OF_OTHER_SCENARIOS = 0.3


@dataclass(frozen=True)
class Drawn:
    """What was drawn: a scenario's name, inputs as `--set` has them, and what follows of them."""

    scenario: str
    inputs: Inputs
    projection: Projection
    refused: int = 0
    changed: frozenset[str] = frozenset()  # the kinds, of KINDS

    @property
    def arguments(self) -> str:
        """The same as a command line has it."""
        given = [f"--set '{path}={value}'" for path, value in self.inputs.items()]
        return " ".join([f"--scenario {self.scenario}", *given])


def drawn_inputs(
    deal: Deal, scenario: str, inputs: Inputs, tranche_id: str | None, seed: int
) -> Drawn:
    """Inputs drawn for a workbook, from the scenario and the inputs that it was made from.

    The same arguments give the same inputs, on any machine.
    """
    random = Random(seed)
    made = project(deal, scenario, inputs)
    trial = _Trial(tranche_id, room_of(made, tranche_id), random)
    drawn = Drawn(made.scenario_name, inputs, made)
    if random.random() < SHARE_OF_OTHER_SCENARIOS:
        drawn = trial.accepted(replace(drawn, scenario=random.choice(list(deal.scenario))), drawn)
    accepted = 0
    for _ in range(ROUNDS):
        for kind, offers in KINDS.items():
            for beginning, draw in list(offers(trial.situation(drawn))):
                if random.random() < SHARE_OF_KINDS:
                    before = drawn.projection
                    drawn = trial.with_change(drawn, kind, beginning, draw)
                    accepted += drawn.projection is not before
        if accepted >= FEWEST_CHANGES:
            break
    return drawn


@dataclass(frozen=True)
class _Trial:
    """The workbook's tranche and room, and chance; what is accepted, and what drawn again."""

    tranche_id: str | None
    room: tuple
    random: Random

    def situation(self, drawn: Drawn) -> Situation:
        return Situation(drawn.projection, self.tranche_id, self.random)

    def with_change(self, drawn: Drawn, kind: str, beginning: str, draw) -> Drawn:
        """The same with one thing changed; as it was where every try is refused."""
        for _ in range(TRIES):
            change = draw(self.situation(drawn))
            if not change:
                break
            kept = {
                path: each for path, each in drawn.inputs.items() if not _is_of(path, beginning)
            }
            wished = replace(drawn, inputs=kept | change, changed=drawn.changed | {kind})
            after = self.accepted(wished, drawn)
            if after.projection is not drawn.projection:
                return after
            drawn = after
        return drawn

    def accepted(self, wished: Drawn, before: Drawn) -> Drawn:
        """What is wished with its projection; where it is refused what was before, and counted."""
        deal = before.projection.deal
        try:
            projection = project(deal, wished.scenario, wished.inputs)
            for tranche_id, tranche in deal.tranche.items():
                if isinstance(tranche, Revolver):
                    projection.certificate(tranche_id)
            if room_of(projection, self.tranche_id) == self.room:
                return replace(wished, projection=projection)
        except LexpError:
            pass
        return replace(before, refused=before.refused + 1)


def _is_of(path: str, beginning: str) -> bool:
    """Whether an input's path is the beginning itself or goes on from it."""
    plain = path.replace('"', "").casefold().removeprefix("index.")
    beginning = beginning.casefold()
    return plain == beginning or plain.startswith(f"{beginning}.")


def room_of(projection: Projection, tranche_id: str | None) -> tuple:
    """The rows of every table of a workbook: two with the same have one layout."""
    shown = projection.deal.tranche if tranche_id is None else (tranche_id,)
    parts = [Part(projection, each, "") for each in shown]
    rooms = [
        (
            part.room.paths,
            part.room.moves,
            part.room.draws,
            part.room.sweeps,
            part.room.shares,
            part.room.letters,
            part.room.leverage,
            part.room.defaults,
            part.room.rows,
        )
        for part in parts
    ]
    elections = max(len(part.conditions.elections) for part in parts)
    yields = len(parts[0].shown_treasury_yields)
    return (*rooms, rounded_up(elections, 12), rounded_up(yields, 12))
