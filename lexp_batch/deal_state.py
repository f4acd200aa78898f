"""A deal within a batch: which of its workbooks are there, which are missing, its manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lexp_batch.manifest import MANIFEST, MadeFile, file_hash, write_manifest
from lexp_batch.plan import DealPlan
from lexp_batch.records import Record
from lexp_batch.tasks import DealProblem, Made, Task
from lexp_calc.errors import LexpError, Problems


@dataclass(frozen=True)
class Outcome:
    """A file that is there, or the problem that kept it from being made.

    `is_new` tells what this run made from what was up to date; `place` is that of the term sheet
    among all, for several processes finish in any order.
    """

    path: str
    problem: Exception | None = None
    is_new: bool = True
    place: int = 0

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook, and no manifest, print or term sheet."""
        return self.path.endswith(".xlsx")


class DealState:
    """What is done of a deal's plan; `known` is what earlier runs recorded."""

    def __init__(self, plan: DealPlan, known: dict[str, Record], place: int = 0):
        self.plan, self.place = plan, place
        self.made: list[Record] = []
        self._known = known
        self._there: dict[str, Record] = {}  # the files whose content was verified, or just made
        self._missing = {task.name: task for task in plan.tasks}
        self._is_refused = False

    def shown(self, name: str) -> str:
        """The path of a file of the deal, in the words of the user."""
        return str(self.plan.folder / name)

    def missing(self) -> tuple[Task, ...]:
        """The tasks without a result."""
        return tuple(self._missing.values())

    def workbooks(self) -> tuple[str, ...]:
        """The names of those that were asked for and are there."""
        return tuple(each.name for each in self.plan.tasks if each.name in self._there)

    def record(self, name: str) -> Record:
        """What is known of a file: of a workbook that is there, of a print perhaps not so."""
        return self._there.get(name) or self._known.get(name)

    def is_up_to_date(self, task: Task) -> bool:
        """Whether the task's workbook is there as it would be made; then it is missing no more."""
        record = self._known.get(task.name)
        if record is None or record.key != task.key or not is_content(task.path, record.sha256):
            return False
        self._there[task.name] = record
        del self._missing[task.name]
        return True

    def settle(self, task: Task, result: Made | Exception) -> Iterator[Outcome]:
        """Takes in what came of a task. What is wrong with the whole deal is said once."""
        del self._missing[task.name]
        if isinstance(result, Made):
            record = Record(
                task.name, task.tranche, task.lender, task.basis, task.key, result.sha256
            )
            self._there[task.name] = record
            self.made.append(record)
            yield Outcome(self.shown(task.name))
        elif not isinstance(result, DealProblem):
            yield Outcome(self.shown(task.name), self._as_typed(result))
        elif not self._is_refused:
            self._is_refused = True
            yield Outcome(self.plan.term_sheet, self._as_typed(result.problem))

    def manifest(self) -> Iterator[Outcome]:
        """Writes the deal's manifest with all files that are true of its terms.

        Those are what this run made or found up to date, and what earlier runs made of the same
        terms, scenario and inputs. Where there is none an old manifest stays as it is.
        """
        head, path = self.plan.head, self.shown(MANIFEST)
        for task in self.plan.others:
            record = self._known.get(task.name)
            if record is not None and record.basis == head.basis:
                if is_content(task.path, record.sha256):
                    self._there[task.name] = record
        if not self._there:
            return
        files = [
            MadeFile(each.name, each.tranche, each.sha256, each.lender)
            for each in self._there.values()
        ]
        try:
            is_new = write_manifest(
                self.plan.folder,
                self.plan.deal_id,
                head.term_sheet_sha256,
                head.scenario,
                files,
            )
        except Exception as failure:  # one file of the batch
            yield Outcome(path, failure)
        else:
            yield Outcome(path, is_new=is_new or bool(self.made))

    def _as_typed(self, problem: Exception) -> Exception:
        """The problem with the paths as the user typed them."""
        if isinstance(problem, Problems):
            return Problems(map(self._as_typed, problem.problems))
        if not isinstance(problem, LexpError):
            return problem
        where = problem.where
        head = self.plan.head
        for absolute, typed in (
            (head.term_sheet, self.plan.term_sheet),
            (head.out, str(self.plan.folder)),
        ):
            if where.startswith(absolute):
                where = typed + where[len(absolute) :]
        return type(problem)(where, problem.found, problem.expected)


def is_content(path: str | Path, sha_256: str) -> bool:
    """Whether a file is there with just this content."""
    try:
        return file_hash(path) == sha_256
    except OSError:
        return False
