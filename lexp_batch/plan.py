"""What is to be made of one term sheet: its workbooks as tasks, from a first look at the file.

The look is short, since the process that makes the workbooks reads all of it: id, tranches and
scenarios stand in the tables as they are. Where those are odd, or lenders have their own copies,
the whole term sheet is read, and every problem of it told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lexp_batch.manifest import file_hash
from lexp_batch.tasks import Task, deal_of
from lexp_batch.term_sheet_files import TermSheetFile, is_of_lenders
from lexp_calc.errors import LexpError
from lexp_calc.lenders import shares_of
from lexp_calc.named_files import files_named
from lexp_calc.spelling import named
from lexp_calc.term_sheet import term_sheet_path
from lexp_calc.terms import read_identifier
from lexp_calc.toml_files import LARGEST_FILE, read_tables


@dataclass(frozen=True)
class Asked:
    """Which workbooks: of a scenario and single inputs, of some tranches alone, on which paper.

    `lenders` is a file of lenders that takes the place of the term sheets' own.
    """

    scenario: str | None = None
    inputs: tuple[tuple[str, object], ...] = ()
    tranches: tuple[str, ...] = ()
    paper: str = "A4"
    lenders: str | None = None


@dataclass(frozen=True)
class DealPlan:
    """A deal's workbooks: those that were asked for, and all that the same terms would give.

    `term_sheet` is the file as the user named it, `folder` the deal's under --out, likewise.
    """

    term_sheet: str
    deal_id: str
    folder: Path
    tasks: tuple[Task, ...]
    others: tuple[Task, ...]

    @property
    def head(self) -> Task:
        """One of the tasks, for what all have in common."""
        return self.tasks[0]


@dataclass(frozen=True)
class _Head:
    """Ids of a term sheet; `shares` has (lender, tranche) where a lender holds all or a part."""

    deal_id: str
    tranches: tuple[str, ...]
    scenarios: tuple[str, ...]
    default_scenario: str
    shares: tuple[tuple[str, str], ...] = ()


def planned(term_sheet: TermSheetFile, out: Path, asked: Asked) -> DealPlan | None:
    """The plan for a term sheet; None for a file of lenders that lay beside the term sheets.

    Refused, by the file's name, where it cannot be read or has not what was asked for.
    """
    path = term_sheet_path(term_sheet.name)
    try:
        try:
            tables = read_tables(path)
        except LexpError as problem:
            raise problem.at(term_sheet.name) from None
        if is_of_lenders(tables) and not term_sheet.is_named:
            return None
        head = _head(tables, path, asked)
        try:
            scenario = named(head.scenarios, asked.scenario or head.default_scenario, "scenario")
            wanted = {named(head.tranches, each, "tranche") for each in asked.tranches}
        except LexpError as problem:
            raise problem.at(term_sheet.name) from None
        folder = out / head.deal_id
        tasks = tuple(_tasks(head, _common(path, tables, folder, scenario, asked)))
    except OSError as failure:
        raise LexpError(
            term_sheet.name,
            f"found no way to read it ({failure.strerror})",
            "files that may be read would be right",
        ) from None
    of_wanted = [not wanted or each.tranche in wanted for each in tasks]
    return DealPlan(
        term_sheet.name,
        head.deal_id,
        folder,
        tuple(each for each, is_wanted in zip(tasks, of_wanted, strict=True) if is_wanted),
        tuple(each for each, is_wanted in zip(tasks, of_wanted, strict=True) if not is_wanted),
    )


def _common(path: Path, tables: dict, folder: Path, scenario: str, asked: Asked) -> dict:
    """What all tasks of a deal have in common."""
    lenders = None
    if asked.lenders is not None:
        lenders = str(Path(asked.lenders).absolute()), file_hash(asked.lenders)
    return {
        "term_sheet": str(path.absolute()),
        "term_sheet_sha256": file_hash(path),
        "out": str(folder.absolute()),
        "scenario": scenario,
        "inputs": asked.inputs,
        "paper": asked.paper,
        "files": tuple(_hashes(path.parent, files_named(tables, path.parent))),
        "lenders": lenders,
    }


def _hashes(folder: Path, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each file with its hash; one that is too large for a term sheet's is no part of it."""
    for name in names:
        if (folder / name).stat().st_size <= LARGEST_FILE:
            yield name, sha256((folder / name).read_bytes()).hexdigest()


def _tasks(head: _Head, common: dict) -> Iterator[Task]:
    """The deal's workbooks in its own order, then the lenders' own copies."""
    for tranche_id in (*head.tranches, None):
        yield Task(tranche=tranche_id, **common)
    for lender_id, tranche_id in head.shares:
        yield Task(tranche=tranche_id, lender=lender_id, **common)


def _head(tables: dict, path: Path, asked: Asked) -> _Head:
    has_lenders = asked.lenders is not None or not tables.keys().isdisjoint({"lender", "lenders"})
    if not has_lenders:
        head = _head_of_tables(tables)
        if head is not None:
            return head
    deal = deal_of(path, asked.lenders)
    shares = tuple(
        (lender_id, tranche_id)
        for tranche_id in deal.tranche
        for lender_id in shares_of(deal.lender, tranche_id)
    )
    return _Head(deal.id, tuple(deal.tranche), tuple(deal.scenario), deal.default_scenario, shares)


def _head_of_tables(tables: dict) -> _Head | None:
    """The head as it stands in the tables; None where any of it is not as it should be."""
    tranches, scenarios = tables.get("tranche"), tables.get("scenario")
    if not isinstance(tranches, dict) or not isinstance(scenarios, dict):
        return None
    try:
        for each in (tables.get("id"), tables.get("default_scenario"), *tranches, *scenarios):
            read_identifier(each)
    except LexpError:
        return None
    if not tranches or tables["default_scenario"] not in scenarios:
        return None
    return _Head(tables["id"], tuple(tranches), tuple(scenarios), tables["default_scenario"])
