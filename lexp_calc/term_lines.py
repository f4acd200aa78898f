"""On which line of a file the term stands that a problem names."""

from lexp_calc.errors import LexpError
from lexp_calc.toml_lines import toml_lines, written


class TermLines:
    """Where each term of a file stands, by its path as problems name it."""

    def __init__(self, text: str):
        self.by_path: dict[str, int] = {}
        for path, line in toml_lines(text).items():
            self.by_path[written(path)] = line
            # In the list of terms the first of several is .1
            self.by_path.setdefault(written(path).replace("[", ".").replace("]", ""), line)

    def nearest_path(self, where: str) -> str:
        """The path or, where the file does not have it, that of the table that should."""
        while where and where not in self.by_path:
            where = where[: max(where.rfind("."), where.rfind("["), where.rfind(": "), 0)]
        return where

    def shown(self, problem: LexpError, place: str | None = None) -> LexpError:
        """The problem with its line at the end; `place` is its path where it names another."""
        path = self.nearest_path(place or problem.where)
        if not path:
            return problem
        line = self.by_path[path]
        return type(problem)(problem.where, problem.found, f"{problem.expected} (line {line})")
