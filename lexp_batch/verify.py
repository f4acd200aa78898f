"""Workbooks held against a second engine, against the core, and against the standard."""

from collections.abc import Iterator
from dataclasses import dataclass

from tqdm import tqdm

from lexp_batch.term_sheet_search import TermSheets
from lexp_calc.errors import printable
from workbook_templates.engine_process import EngineProcess
from workbook_templates.flips import Flip, flip
from workbook_templates.intake import check_workbook
from workbook_templates.origin import read_origin
from workbook_templates.verify import compare


@dataclass(frozen=True)
class Line:
    """A line for the user: a result, or a problem."""

    text: str
    is_problem: bool = False


@dataclass(frozen=True)
class Trials:
    """What is asked for: flips from a seed on, the standard, and where term sheets are found."""

    term_sheets: TermSheets
    flips: int = 0
    seed: int = 1
    standard: bool = False


def verified(path: str, engine: EngineProcess, trials: Trials) -> Iterator[Line]:
    """The lines of one workbook, as they come; a LexpError for one that cannot be verified."""
    check_workbook(path)
    comparison = compare(path, engine)
    yield from _differences(path, comparison)
    yield Line(f"{path}: {_compared(comparison.cells_compared, len(comparison.differences))}")
    if trials.standard:
        yield from _held_to_the_standard(path, engine)
    if trials.flips:
        yield from _flipped(path, engine, trials)


def _differences(path: str, comparison) -> Iterator[Line]:
    for difference in comparison.differences:
        yield Line(printable(f"{path}: {difference}"), is_problem=True)


def _compared(cells: int, differing: int) -> str:
    return f"{cells:,} cells compared, {differing:,} differ"


def _held_to_the_standard(path: str, engine: EngineProcess) -> Iterator[Line]:
    from workbook_templates.standard import ROWS, findings

    found = findings(path, engine)
    for each in found:
        if not each.is_unchecked:
            yield Line(printable(f"{path}: {each}"), is_problem=True)
    # What this machine cannot judge is no fault of the workbook, and not held either.
    unknown = [f"row {each.row} {each.found}" for each in found if each.is_unchecked]
    held = len(ROWS) - len({each.row for each in found})
    yield Line(printable("; ".join([f"{path}: {held} of {len(ROWS)} rows held", *unknown])))


def _flipped(path: str, engine: EngineProcess, trials: Trials) -> Iterator[Line]:
    """Each flip has a seed of its own, so that one that fails can be repeated alone."""
    origin = read_origin(path)
    deal = trials.term_sheets.deal_of(path, origin)
    cells = differing = 0
    seeds = range(trials.seed, trials.seed + trials.flips)
    for seed in tqdm(seeds, desc=path, unit="flip", disable=None, leave=False):
        try:
            made = flip(path, engine, deal, origin, seed)
        except Exception as failure:
            # For the log, where it is a fault of the program: how to come back to it.
            failure.add_note(f"lexp verify {path} --flips 1 --seed {seed}")
            raise
        cells += made.comparison.cells_compared
        differing += len(made.comparison.differences)
        if made.comparison.differences:
            yield Line(printable(f"{path}: {_how_to_repeat(made)}"), is_problem=True)
            yield from _differences(path, made.comparison)
    yield Line(f"{path}: {trials.flips:,} flips, {_compared(cells, differing)}")


def _how_to_repeat(made: Flip) -> str:
    return (
        f"{len(made.comparison.differences):,} cells differ with --flips 1 --seed {made.seed}, "
        f"that is with {made.drawn.arguments}"
    )
