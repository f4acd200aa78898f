"""A workbook with other inputs typed in, against what the core projects for the same inputs."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lexp_calc.deal import Deal
from lexp_calc.errors import LexpError, OutOfRange
from lexp_calc.lenders import lender_named, share_of
from lexp_calc.wording import per_cent_text
from workbook_templates.origin import Origin
from workbook_templates.random_inputs import Drawn, drawn_inputs
from workbook_templates.verify import Comparison, compare, input_changes
from workbook_templates.workbook import write_workbook


@dataclass(frozen=True)
class Flip:
    """One trial: its seed, what was drawn, how many cells were typed into, and what differs."""

    seed: int
    drawn: Drawn
    cells_changed: int
    comparison: Comparison


def flip(path, engine, deal: Deal, origin: Origin, seed: int) -> Flip:
    """Types random inputs into the workbook and compares every formula cell with the core.

    What the cells should hold is what a workbook written anew, from the same inputs, holds.
    """
    try:
        if origin.tranche_id is not None:
            deal.tranche_named(origin.tranche_id)
        check_lender(deal, origin)
        drawn = drawn_inputs(deal, origin.scenario, origin.inputs, origin.tranche_id, seed)
    except LexpError as problem:
        raise problem.at(f"{path}: its Audit sheet") from None
    with TemporaryDirectory(prefix="lexp-flip-") as folder:
        expected = Path(folder) / "expected.xlsx"
        write_workbook(drawn.projection, expected, origin.tranche_id, lender=origin.lender_id)
        try:
            changes = input_changes(path, expected)
        except LexpError:
            found = f"found other input cells than this version has ({origin.product} wrote it)"
            raise LexpError(str(path), found, "a workbook written anew would be right") from None
        return Flip(seed, drawn, len(changes), compare(path, engine, changes, expected))


def check_lender(deal: Deal, origin: Origin) -> None:
    """Refuses a lender's copy of which the deal's lenders, now, say something else."""
    if origin.lender_id is None:
        return
    lender_id = lender_named(deal.lender, origin.lender_id)
    share = share_of(deal.lender, lender_id, origin.tranche_id)
    if share != origin.share:
        raise OutOfRange(
            f"lender.{lender_id}.share.{origin.tranche_id}",
            f"found a share of {per_cent_text(origin.share, 0)}, and {per_cent_text(share, 0)} in "
            "the lenders' terms",
            "a workbook written anew would be right",
        )
