"""Random inputs of a borrowing base: collateral by class and line, appraisals, reserves."""

from lexp_calc.borrowing_base import GROSS
from lexp_calc.tranches.revolver import Revolver
from workbook_templates.random_values import Inputs, Situation


def _revolvers(situation: Situation):
    for tranche_id, tranche in situation.tranches.items():
        if isinstance(tranche, Revolver) and tranche.borrowing_base:
            yield tranche_id, tranche


def collateral(situation: Situation):
    """Gross amount and ineligibles of every class."""
    for tranche_id, revolver in _revolvers(situation):
        path = f"collateral.{tranche_id}"
        yield path, lambda now, path=path, revolver=revolver: _collateral(now, path, revolver)


def _collateral(now: Situation, path: str, revolver: Revolver) -> Inputs:
    inputs: Inputs = {}
    size = now.deal.money.minor_units(revolver.commitment)
    for class_id, terms in revolver.borrowing_base.items():
        gross = now.random.randint(0, 2 * size)
        inputs[f"{path}.{class_id}.{GROSS}"] = now.text(gross)
        left = gross
        for line in terms.ineligible:
            taken = 0 if now.chance(0.3) else now.random.randint(0, left // 2)
            inputs[f"{path}.{class_id}.{line}"] = now.text(taken)
            left -= taken
    return inputs


def appraisal(situation: Situation):
    """A later appraisal of each class that is lent against at what an appraiser says."""
    for tranche_id, revolver in _revolvers(situation):
        for class_id, terms in revolver.borrowing_base.items():
            if terms.net_orderly_liquidation_value is not None:
                path = f"appraisal.{tranche_id}.{class_id}"
                yield path, lambda now, path=path: {path: now.rate(5, 100)}


def reserves(situation: Situation):
    """Each reserve that the revolver names; without names one amount."""
    for tranche_id, revolver in _revolvers(situation):
        path = f"reserves.{tranche_id}"
        size = situation.deal.money.minor_units(revolver.commitment)
        paths = [f"{path}.{each}" for each in revolver.reserves] or [path]
        yield (
            path,
            lambda now, paths=paths, size=size: {
                each: now.amount(max(size // 10, 1), 0) for each in paths
            },
        )
