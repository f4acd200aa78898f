"""Lenders in a file of their own: named in the term sheet, or given beside it.

    lenders = "lenders.toml"        # in the term sheet, relative to its folder

The file has the tables [lender.NAME] and the list `allow`, as the term sheet itself may.
Problems name the file and the line in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from os.path import isdir, isfile
from pathlib import Path

from lexp_calc.deal import Deal
from lexp_calc.errors import (
    LexpError,
    NotThere,
    OutOfRange,
    WrongKind,
    one_by_one,
    quoted,
    refuse_all,
)
from lexp_calc.lenders import Lenders, holding_problems, lender_problems
from lexp_calc.spelling import expected_one_of
from lexp_calc.term_lines import TermLines
from lexp_calc.toml_files import read_tables
from lexp_calc.validation import validated

LENDERS = "lenders"
KEYS = TABLE, ALLOW = "lender", "allow"
WHAT = "a file of lenders"


@dataclass(frozen=True)
class LendersFile:
    """A file of lenders as it was named, and on which line each of its terms stands."""

    name: str
    lines: TermLines

    def placed(self, problem: LexpError) -> Iterator[LexpError]:
        """The problem, or each of several, in this file where it is about what the file holds."""
        for each in one_by_one([problem]):
            is_here = each.where.partition(".")[0].partition("[")[0] in KEYS
            yield self._here(each).at(LENDERS) if is_here else each

    def here(self, problem: LexpError) -> list[LexpError]:
        """Each problem of the file with its name and the line."""
        return [self._here(each) for each in one_by_one([problem])]

    def _here(self, problem: LexpError) -> LexpError:
        path = self.lines.nearest_path(problem.where)
        line = f"line {self.lines.by_path[path]}: " if path else ""
        return problem.at(f"{self.name}: {line}", "")


def read_lenders(path: str | Path) -> Lenders:
    """The lenders of a file, sound among themselves; all its problems in one `Problems` if not."""
    tables, file = _read(Path(path), str(path))
    known = {key: each for key, each in tables.items() if key in KEYS}
    problems = list(_unknown_keys(tables))
    try:
        lenders = validated(Lenders, known, "")
        problems += lender_problems(lenders.lender)
    except LexpError as problem:
        problems.append(problem)
    refuse_all([each for problem in problems for each in file.here(problem)])
    return lenders


def _unknown_keys(tables: dict) -> Iterator[LexpError]:
    for key in (each for each in tables if each not in KEYS):
        yield NotThere(key, f'found the unknown key "{key}"', expected_one_of(key, KEYS))


def with_lenders(deal: Deal, lenders: Lenders, where: str = "--lenders") -> Deal:
    """The deal with lenders given beside it, which take the place of the term sheet's own.

    Refused, at `where`, if they hold shares of tranches that the deal has not.
    """
    problems = holding_problems(lenders.lender, deal.tranche, set(deal.tranche))
    refuse_all([problem.at(where) for problem in problems])
    return deal.model_copy(update={TABLE: lenders.lender, ALLOW: lenders.allow})


def with_lenders_file(
    tables: dict, folder: Path, problems: list[LexpError]
) -> tuple[dict, LendersFile | None]:
    """A term sheet's tables with those of the file that its `lenders` names."""
    value = tables.get(LENDERS)
    if not isinstance(value, str):
        return tables, None  # none, or refused as no text
    try:
        for each in KEYS:
            if each in tables:
                found = f"found {quoted(value).removeprefix('found ')} beside {each} in this file"
                raise OutOfRange("", found, "all lenders in one place would be right")
        of_file, file = _read(folder / value, value)
    except LexpError as problem:
        problems.append(problem.at(LENDERS, ": " if problem.where else ""))
        return tables, None
    wrong = list(_unknown_keys(of_file))
    if TABLE not in of_file:
        wrong.append(NotThere(TABLE, "found no lender", "at least one would be right"))
    problems += [each.at(LENDERS) for problem in wrong for each in file.here(problem)]
    return {**tables, **{key: of_file[key] for key in KEYS if key in of_file}}, file


def _read(path: Path, name: str) -> tuple[dict, LendersFile]:
    """The tables of the file `name`, and where its terms stand."""
    if not isfile(path):  # also of a name that no file can have
        found = "found a folder" if isdir(path) else "found no such file"
        raise NotThere(name, found, f"the path of {WHAT} in TOML would be right")
    try:
        tables = read_tables(path, WHAT)
        text = path.read_text("utf-8-sig")
    except LexpError as problem:
        raise type(problem)(name, problem.found, problem.expected) from None
    except (OSError, UnicodeDecodeError):  # changed in between
        found = "found that it changes as it is read"
        raise WrongKind(name, found, "the same file, read again, would be right") from None
    return tables, LendersFile(name, TermLines(text))
