"""Problems of a term sheet with the line of the file on which they stand."""

from collections.abc import Iterable, Iterator

from lexp_calc.errors import LexpError, Problems
from lexp_calc.toml_lines import toml_lines, written


class TermLines:
    """Where each term of a file stands, by its path as problems name it."""

    def __init__(self, text: str):
        self.by_path: dict[str, int] = {}
        for path, line in toml_lines(text).items():
            self.by_path[written(path)] = line
            # In the list of terms the first of several is .1
            self.by_path.setdefault(written(path).replace("[", ".").replace("]", ""), line)

    def exactly(self, where: str) -> int | None:
        """The line of a path; None where the file does not have it."""
        return self.by_path.get(where)

    def nearest(self, where: str) -> int | None:
        """The line of a path or, where it is missing, of the table that should have it."""
        while where:
            if where in self.by_path:
                return self.by_path[where]
            where = where[: max(where.rfind("."), where.rfind("["), where.rfind(": "), 0)]
        return None

    def shown(self, problem: LexpError, place: str | None = None) -> LexpError:
        """The problem with its line at the end; `place` is its path where it names another."""
        line = self.nearest(place or problem.where)
        if line is None:
            return problem
        return type(problem)(problem.where, problem.found, f"{problem.expected} (line {line})")


def one_by_one(problems: Iterable[LexpError]) -> Iterator[LexpError]:
    """Each problem for itself."""
    for problem in problems:
        if isinstance(problem, Problems):
            yield from one_by_one(problem.problems)
        else:
            yield problem
