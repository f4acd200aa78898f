"""The workbooks of deals: one a tranche and one for the whole deal, each in the deal's folder.

The driver of a batch: it looks at each term sheet, hands what is missing or changed to a runner,
and alone writes the records and the manifests.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from lexp_batch.deal_state import DealState, Outcome
from lexp_batch.plan import Asked, planned
from lexp_batch.printing import printed
from lexp_batch.records import Records
from lexp_batch.run_lock import Run, RunLock, sweep
from lexp_batch.runners import InThisProcess, Runner
from lexp_batch.stopping import Stop
from lexp_batch.tasks import Made, Task
from lexp_batch.term_sheet_files import TermSheetFile, term_sheet_files
from lexp_calc.errors import LexpError, OutOfRange
from lexp_calc.lender_files import read_lenders
from lexp_calc.wording import counted

LARGEST_CHUNK = 8  # workbooks of a deal that one process makes in a row


@dataclass(frozen=True)
class Way:
    """How a batch is made.

    `jobs` processes of this machine, or a `cluster` (a `cluster_connection.Cluster`); with `pdf`
    each workbook printed beside it; with `again` also what is up to date.
    """

    jobs: int = 1
    cluster: object = None
    pdf: bool = False
    again: bool = False


class Batch:
    """One run over term sheets. `outcomes` does it, and comes to an end whatever fails.

    A file of lenders for all of them that cannot be read is refused before anything is done.
    """

    def __init__(self, term_sheets: Iterable[str], out: str, asked: Asked, way: Way | None = None):
        self.out, self.asked, self.way = Path(out), asked, way or Way()
        if asked.lenders is not None:
            read_lenders(asked.lenders)
        self._sheets = deque(term_sheet_files(term_sheets))
        self._all_sheets = len(self._sheets)
        self._planned = 0  # workbooks
        self._states: dict[str, DealState] = {}  # those of which something is still to come
        self._term_sheets: dict[str, str] = {}  # by the id of the deal
        self._to_print: list[tuple[DealState, str]] = []
        self._stop = Stop()
        self._records: Records
        self._runner: Runner | None = None

    @property
    def expected(self) -> int:
        """The number of workbooks; of term sheets not looked at yet as many as of the others."""
        looked_at = self._all_sheets - len(self._sheets)
        return self._planned + round(self._planned / max(looked_at, 1) * len(self._sheets))

    def outcomes(self) -> Iterator[Outcome]:
        """Each file that is made or up to date, and each problem, as they come.

        A term sheet or scenario that is refused writes nothing; one item that fails does not stop
        the others. At Ctrl-C what is in hand is finished, the manifests say what is done, and
        then KeyboardInterrupt is raised.
        """
        for each, place in self._outcomes():
            yield replace(each, place=place)

    def _outcomes(self) -> Iterator[tuple[Outcome, int]]:
        with self._stop, RunLock(self.out) as run, Records(self.out) as self._records:
            for deal_id in self._records.deals():
                sweep(self.out / deal_id)
            with ExitStack() as stack:
                stack.callback(self._sweep_deals)
                yield from self._make_all(run, stack)
                for state in list(self._states.values()):  # there are some if it was stopped
                    yield from _at(state.place, self._finish(state))
                if self._to_print:
                    way = self.way
                    prints = printed(self._to_print, self._records, way.again, self._stop)
                    yield from _at(self._all_sheets, prints)
        if self._stop.asked:
            raise KeyboardInterrupt

    def _sweep_deals(self) -> None:
        """A worker that was killed may have left something."""
        for deal_id in self._term_sheets:
            sweep(self.out / deal_id)

    def _make_all(self, run: Run, stack: ExitStack) -> Iterator[tuple[Outcome, int]]:
        while True:
            while self._sheets and not self._stop.asked and self._has_room:
                place = self._all_sheets - len(self._sheets)
                yield from _at(place, self._begin(self._sheets.popleft(), place, run, stack))
            if self._runner is None:
                return
            if self._stop.asked:
                self._runner.drop_waiting()
            if not self._runner.is_busy:
                if self._sheets and not self._stop.asked:
                    yield self._not_looked_at(), self._all_sheets
                return
            result = self._runner.next_result()
            if result is not None:
                state = self._states[result[0].out]
                yield from _at(state.place, self._settle(state, *result))

    def _not_looked_at(self) -> Outcome:
        """What is said of the rest where the runner has given up."""
        left = counted(len(self._sheets), "term sheet")
        found = f"found {left} not looked at, since nobody is left to make the workbooks"
        problem = LexpError(str(self.out), found, "the same command again would be right")
        return Outcome(str(self.out), problem)

    @property
    def _has_room(self) -> bool:
        return self._runner is None or self._runner.has_room

    def _begin(
        self, sheet: TermSheetFile | LexpError, place: int, run: Run, stack: ExitStack
    ) -> Iterator[Outcome]:
        """Looks at a term sheet, and hands on what is to be made of it."""
        try:
            if isinstance(sheet, LexpError):
                raise sheet
            plan = planned(sheet, self.out, self.asked)
            if plan is None:
                return
            if plan.deal_id in self._term_sheets:
                raise OutOfRange(
                    f"{plan.term_sheet}: id",
                    f'found "{plan.deal_id}", which {self._term_sheets[plan.deal_id]} has too',
                    "an id of its own for each deal would be right",
                )
            state = DealState(plan, self._records.of_deal(plan.deal_id), place)
        except Exception as failure:  # one item of the batch: the caller says what it was
            yield Outcome(getattr(sheet, "name", str(self.out)), failure)
            return
        self._term_sheets[plan.deal_id] = plan.term_sheet
        self._planned += len(plan.tasks)
        for task in plan.tasks:
            if not self.way.again and state.is_up_to_date(task):
                yield Outcome(state.shown(task.name), is_new=False)
        missing = state.missing()
        if not missing:
            yield from self._finish(state)
            return
        try:
            self._records.begin(plan.deal_id)
        except LexpError as problem:  # the workbooks can be made without it
            yield Outcome(str(self._records.path), problem)
        self._states[plan.head.out] = state
        self._submit(missing, run, stack)

    def _submit(self, tasks: tuple[Task, ...], run: Run, stack: ExitStack) -> None:
        if self._runner is None:
            self._runner = stack.enter_context(self._new_runner(run))
        for first in range(0, len(tasks), LARGEST_CHUNK):
            self._runner.submit(tasks[first : first + LARGEST_CHUNK])

    def _new_runner(self, run: Run) -> Runner:
        if self.way.cluster is not None:
            from lexp_batch.cluster import OnCluster

            return OnCluster(self.way.cluster, self.way.jobs, run)
        if self.way.jobs > 1:
            from lexp_batch.processes import Processes

            return Processes(self.way.jobs, run)
        return InThisProcess()

    def _settle(self, state: DealState, task: Task, result: Made | Exception) -> Iterator[Outcome]:
        """Takes in what came of a task."""
        yield from state.settle(task, result)
        if not state.missing():
            yield from self._finish(state)

    def _finish(self, state: DealState) -> Iterator[Outcome]:
        """Puts what was made of a deal on record, and its manifest in place."""
        self._states.pop(state.plan.head.out, None)
        try:
            self._records.keep(state.plan.deal_id, state.made)
        except LexpError as problem:  # the files are there; the next run makes them once more
            yield Outcome(str(self._records.path), problem)
        yield from state.manifest()
        if self.way.pdf:
            self._to_print += [(state, name) for name in state.workbooks()]


def _at(place: int, outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, int]]:
    """Outcomes with the place of their term sheet among all."""
    return ((each, place) for each in outcomes)
