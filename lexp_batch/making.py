"""Batches for scripts: the call, and the report that it gives back."""

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike, fspath

from lexp_batch.cluster_connection import Cluster
from lexp_batch.plan import Asked
from lexp_batch.problems import problem_text
from lexp_batch.workbooks import Batch, Way
from lexp_calc.errors import OutOfRange, WrongKind
from lexp_calc.wording import counted


@dataclass(frozen=True)
class Report:
    """What came of a batch: paths of the files made, those up to date, and problems in words."""

    made: tuple[str, ...]
    up_to_date: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every workbook that was asked for is there."""
        return not self.problems

    def __str__(self) -> str:
        made, there = (
            sum(each.endswith(".xlsx") for each in files) for files in (self.made, self.up_to_date)
        )
        summary = f"{counted(made, 'workbook')} made, {there:,} up to date"
        return "\n".join([summary, *self.problems])


def make_workbooks(
    term_sheets: str | PathLike | Iterable[str | PathLike],
    out: str | PathLike = "out",
    *,
    jobs: int = 1,
    scenario: str | None = None,
    inputs: dict[str, object] | None = None,
    tranches: Iterable[str] = (),
    paper: str = "A4",
    pdf: bool = False,
    again: bool = False,
    cluster: str | Cluster | None = None,
    lenders: str | PathLike | None = None,
) -> Report:
    """Makes what is missing or changed of the workbooks of term sheets, as `lexp workbooks` does.

    `term_sheets` are files, folders, patterns or ids of built-in deals; the options are those of
    the command: `lenders` is a file of lenders in place of the term sheets' own. What is wrong
    with one deal or file stands in the report and stops no other; a LexpError is what keeps the
    whole batch from being made. Ctrl-C raises KeyboardInterrupt once all is in order.
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int):
        raise WrongKind("jobs", f"found {jobs!r}", "a whole number would be right")
    if jobs < 1:
        raise OutOfRange("jobs", f"found {jobs}", "1 or more would be right")
    if paper not in ("A4", "Letter"):
        raise OutOfRange("paper", f"found {paper!r}", '"A4" or "Letter" would be right')
    if isinstance(term_sheets, (str, PathLike)):
        term_sheets = [term_sheets]
    if isinstance(tranches, str):
        tranches = [tranches]
    if isinstance(cluster, str):
        cluster = Cluster(cluster)
    asked = Asked(
        scenario,
        tuple((inputs or {}).items()),
        tuple(tranches),
        paper,
        None if lenders is None else fspath(lenders),
    )
    made, up_to_date, problems = [], [], []
    way = Way(jobs, cluster, pdf, again)
    for each in Batch(map(fspath, term_sheets), fspath(out), asked, way).outcomes():
        if each.problem is not None:
            problems.append((each.place, problem_text(each.problem, each.path)))
        else:
            (made if each.is_new else up_to_date).append(each.path)
    in_order = [text for _, text in sorted(problems, key=lambda each: each[0])]
    return Report(tuple(made), tuple(up_to_date), tuple(in_order))
