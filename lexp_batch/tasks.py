"""One workbook of a batch: what it is made from, and the making of it, in any process.

A task holds all that the bytes depend on, so that any process or machine that sees the same
files makes the same workbook of it, and making it twice does no harm.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock

from lexp_batch.manifest import file_hash
from lexp_batch.product import product
from lexp_batch.run_lock import Run
from lexp_calc import project, read_term_sheet
from lexp_calc.deal import Deal, Projection
from lexp_calc.errors import LexpError, OutOfRange
from lexp_calc.tranches.revolver import Revolver
from workbook_templates.files import replace_file
from workbook_templates.workbook import workbook_content

PROJECTIONS_AT_HAND = 2  # of the deals in hand; a batch goes through a thousand others


@dataclass(frozen=True)
class Task:
    """One workbook, and all that its bytes depend on.

    `files` are those that the term sheet names, relative to its folder, each with its SHA-256.
    `out` is the absolute folder of the deal. `tranche` None: the whole deal. `lender`: the id of
    the one whose own copy it is, with its share; None: the tranche's workbook. `lenders` is a file
    of lenders given beside the term sheet, with its SHA-256.
    """

    term_sheet: str
    term_sheet_sha256: str
    out: str
    scenario: str
    inputs: tuple[tuple[str, object], ...] = ()
    tranche: str | None = None
    lender: str | None = None
    paper: str = "A4"
    files: tuple[tuple[str, str], ...] = ()
    lenders: tuple[str, str] | None = None
    product: str = field(default_factory=lambda: product().key)

    @property
    def name(self) -> str:
        """The workbook's path within the deal's folder."""
        name = f"{Path(self.out).name}_{self.tranche or 'deal'}.xlsx"
        return name if self.lender is None else f"lenders/{self.lender}/{name}"

    @property
    def path(self) -> Path:
        """Where the workbook is put."""
        return Path(self.out) / self.name

    @property
    def basis(self) -> str:
        """SHA-256 over what all workbooks of the deal depend on: terms, rates, inputs, product."""
        return _hash_of(
            self.term_sheet_sha256,
            self.files,
            self.lenders and self.lenders[1],
            self.scenario,
            [(path, type(value).__name__, str(value)) for path, value in self.inputs],
            self.product,
        )

    @property
    def key(self) -> str:
        """SHA-256 over all that the bytes depend on."""
        return _hash_of(self.basis, self.tranche, self.lender, self.paper)


def _hash_of(*parts: object) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Made:
    """A workbook that is there: its path within the deal's folder, and its SHA-256."""

    name: str
    sha256: str


class DealProblem(Exception):
    """What keeps every workbook of a deal from being made: said once, and not for each."""

    def __init__(self, problem: Exception):
        super().__init__(problem)
        self.problem = problem


def make(task: Task, run: Run | None = None) -> Made:
    """Writes one workbook, whole or not at all; twice the same task gives the same bytes.

    `run` is the batch that asks for it: once that is over and another has begun, what is left of
    it puts no file in place any more.
    """
    projection = _projection(task)
    copy = {} if task.lender is None else {"lender": task.lender}
    content = workbook_content(projection, task.tranche, task.paper, **copy)
    try:
        task.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        problem = f"the folder cannot be made ({failure.strerror})"
        raise DealProblem(
            LexpError(str(task.path.parent), problem, "choose another with --out")
        ) from None
    replace_file(task.path, content, still_wanted(run))
    return Made(task.name, sha256(content).hexdigest())


def still_wanted(run: Run | None) -> Callable[[], None] | None:
    """What is asked just before a file is put in place."""
    return None if run is None else partial(Run.check, run)


def deal_of(term_sheet: str | Path, lenders: str | None = None) -> Deal:
    """The deal of a term sheet, with the lenders of a file of their own where one is given."""
    deal = read_term_sheet(term_sheet)
    if lenders is None:
        return deal
    from lexp_calc.lender_files import read_lenders, with_lenders

    return with_lenders(deal, read_lenders(lenders))


_at_hand: dict[str, Projection] = {}
_changing = Lock()  # a worker of a cluster may have several threads


def _projection(task: Task) -> Projection:
    """The projection that a task's workbook shows, read once for the workbooks of a deal."""
    found = _at_hand.get(task.basis)
    if found is not None:
        return found
    try:
        projection = _projected(task)
    except Exception as problem:  # handed on with what it is about
        raise DealProblem(problem) from problem
    with _changing:
        while len(_at_hand) >= PROJECTIONS_AT_HAND:
            _at_hand.pop(next(iter(_at_hand)))
        _at_hand[task.basis] = projection
    return projection


def _projected(task: Task) -> Projection:
    if task.product != product().key:
        found = f"found {product()} where it is made"
        raise OutOfRange("lexp", found, "the same lexp on all machines would be right")
    deal = deal_of(task.term_sheet, task.lenders and task.lenders[0])
    _refuse_changes(task, deal)
    try:
        projection = project(deal, task.scenario, dict(task.inputs))
        for tranche_id, tranche in deal.tranche.items():
            if isinstance(tranche, Revolver):
                projection.certificate(tranche_id)  # collateral that cannot be: nothing is written
    except LexpError as problem:
        raise problem.at(task.term_sheet) from None
    return projection


def _refuse_changes(task: Task, deal: Deal) -> None:
    """Refuses files that are others by now than when the batch looked at them."""
    folder = Path(task.term_sheet).parent
    expected = {task.term_sheet: task.term_sheet_sha256}
    expected |= {str(folder / name): sha_256 for name, sha_256 in task.files}
    expected |= dict([task.lenders] if task.lenders else [])
    changed = [] if deal.term_sheet_sha256 == task.term_sheet_sha256 else [task.term_sheet]
    changed += [path for path, sha_256 in expected.items() if file_hash(path) != sha_256]
    if changed:
        found = "found that it changed while the batch ran"
        raise OutOfRange(changed[0], found, "the same command again would be right")
