"""Inputs of a scenario held against the tranches that they are for."""

from collections.abc import Iterable, Iterator

from lexp_calc.borrowing_base import unknown_lines
from lexp_calc.coupons import takes_leverage
from lexp_calc.errors import LexpError, NotThere, WrongKind, quoted
from lexp_calc.scenario import Scenario
from lexp_calc.spelling import expected_one_of
from lexp_calc.tranches.revolver import Revolver

TABLES_BY_TRANCHE = (
    "elect",
    "leverage",
    "default",
    "extend",
    "prepay",
    "draw",
    "collateral",
    "reserves",
    "letters_of_credit",
)


def known_problems(where: str, name: str, known: Iterable[str]) -> Iterator[LexpError]:
    """A name that is not among the known ones."""
    if name not in known:
        yield NotThere(where, quoted(name), expected_one_of(name, sorted(known)))


def scenario_problems(
    tranches: dict, scenario: Scenario, where: str, tranche_ids: Iterable[str]
) -> Iterator[LexpError]:
    """Inputs for tranches that do not exist, or that cannot take them.

    `tranche_ids` may hold more than `tranches`: those that could not be read.
    """
    for field in TABLES_BY_TRANCHE:
        for tranche_id, value in getattr(scenario, field).items():
            path = f"{where}{field}.{tranche_id}"
            yield from known_problems(path, tranche_id, tranche_ids)
            tranche = tranches.get(tranche_id)
            if tranche is not None:
                yield from _input_problems(field, path, tranche, value)


def _input_problems(field: str, path: str, tranche, value) -> Iterator[LexpError]:
    is_revolver = isinstance(tranche, Revolver)
    if field == "elect":
        known = [option.index for option in tranche.coupon.options]
        if not known:
            yield WrongKind(path, "found an election", "a tranche with a choice would be right")
        for _, index in value if known else ():
            if index not in known:
                yield NotThere(path, f'found "{index}"', expected_one_of(index, known))
    elif field == "leverage":
        if not takes_leverage(tranche.coupon):
            yield WrongKind(path, "found a leverage", "a tranche with a margin grid would be right")
    elif field == "default":
        if tranche.coupon.default_margin is None:
            expected = "a tranche with a default margin in its coupon would be right"
            yield WrongKind(path, "found a default", expected)
    elif field == "extend":
        if tranche.extension is None:
            expected = "a tranche with an extension option would be right"
            yield WrongKind(path, "found an extension", expected)
    elif field == "prepay":
        if is_revolver:
            yield WrongKind(
                path, "found a prepayment of a revolver", "a draw below zero would be right"
            )
    elif not is_revolver:
        yield WrongKind(path, f'found "{tranche.type}"', "a revolver would be right")
    elif field == "collateral":
        for problem in unknown_lines(tranche.borrowing_base, value):
            yield problem.at(path, ".")
