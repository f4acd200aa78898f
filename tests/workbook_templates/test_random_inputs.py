"""Random inputs: of every kind, taken by the core, the same for a seed, within the room."""

from pathlib import Path

import pytest

from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.scenario import Scenario
from lexp_calc.scenario_inputs import parse_assignment
from tests.bad_inputs.every_term import TERM_SHEET
from workbook_templates.random_inputs import FEWEST_CHANGES, KINDS, drawn_inputs, room_of

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
# What a workbook has no cell for.
NO_CELL = {"inherits", "source", "assumption", "earnings"}


def test_every_input_of_a_scenario_is_a_kind():
    assert KINDS.keys() == Scenario.model_fields.keys() - NO_CELL


@pytest.mark.parametrize("path", ["lexp-2003", *EXAMPLES, TERM_SHEET], ids=str)
def test_what_is_drawn_is_sound_and_of_one_layout(path):
    deal = read_term_sheet(path)
    room = room_of(project(deal), None)
    for seed in range(1 if path == TERM_SHEET else 2):
        drawn = drawn_inputs(deal, deal.default_scenario, {}, None, seed)
        again = project(deal, drawn.scenario, drawn.inputs)
        assert again.schedules == drawn.projection.schedules
        assert room_of(again, None) == room
        assert len(drawn.inputs) >= FEWEST_CHANGES
        assert drawn.refused <= 2 * len(drawn.inputs)


def test_every_kind_is_drawn_somewhere():
    drawn = set()
    for path in ("lexp-2003", *EXAMPLES):
        deal = read_term_sheet(path)
        for seed in range(2):
            drawn |= drawn_inputs(deal, deal.default_scenario, {}, None, seed).changed
    assert drawn == set(KINDS)


def test_a_seed_gives_the_same_inputs_and_another_one_others():
    first, again, other = (drawn_inputs(builtin_deal(), "closing", {}, None, n) for n in (5, 5, 6))
    assert (first.scenario, first.inputs) == (again.scenario, again.inputs)
    assert first.inputs != other.inputs


def test_inputs_that_the_workbook_was_made_with_are_replaced_or_kept():
    """A flat rate given before stands in no dated one's way."""
    given = {"prime": "9.00%", "index.LIBOR 1M": "2.5%", "prepay.term-loan.2004-07-15": "1000"}
    drawn = [drawn_inputs(builtin_deal(), "closing", given, None, seed) for seed in range(4)]
    assert all(each.inputs["prepay.term-loan.2004-07-15"] for each in drawn)
    assert any(any(path.startswith("prime.") for path in each.inputs) for each in drawn)


def test_the_arguments_repeat_it():
    drawn = drawn_inputs(builtin_deal(), "closing", {}, "term-loan", 3)
    scenario, *given = drawn.arguments.removeprefix("--scenario ").split(" --set ")
    inputs = dict(parse_assignment(each.strip("'")) for each in given)
    again = project(builtin_deal(), scenario, inputs)
    assert again.schedules == drawn.projection.schedules
