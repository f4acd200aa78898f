"""Ranges of cells as arguments: one column or row, or a table.

What is blank at the end is cut, as of a whole column of a sheet; a wrong shape is refused
with the shape that was found.
"""

from collections.abc import Callable, Sequence

from lexp_calc.arguments import is_blank, wrong_kind
from lexp_calc.errors import LexpError, OutOfRange, Problems, WrongKind

LONGEST_COLUMN = 100_000  # cells
MOST_REPORTED = 20  # bad cells of one column


def column(name: str, value: object) -> list:
    """The cells of one column or row, down to the last that is filled."""
    if isinstance(value, (str, bytes, dict)) or not isinstance(value, Sequence):
        raise wrong_kind(name, value, "a column of cells would be right")
    cells = list(value)
    if any(isinstance(cell, (list, tuple)) for cell in cells):
        cells = _flat(name, cells)
    while cells and is_blank(cells[-1]):
        cells.pop()
    if not cells:
        raise WrongKind(name, "found nothing (a blank)", "a column of cells would be right")
    if len(cells) > LONGEST_COLUMN:
        expected = f"at most {LONGEST_COLUMN:,} cells would be right"
        raise OutOfRange(name, f"found {len(cells):,} cells", expected)
    return cells


def _flat(name: str, rows_of_cells: list) -> list:
    widths = {len(row) if isinstance(row, (list, tuple)) else 0 for row in rows_of_cells}
    if widths == {1}:
        return [row[0] for row in rows_of_cells]
    if len(rows_of_cells) == 1 and isinstance(rows_of_cells[0], (list, tuple)):
        return list(rows_of_cells[0])
    found = f"found {len(rows_of_cells)} rows of {' or '.join(map(str, sorted(widths)))} cells"
    raise WrongKind(name, found, "one column, or one row, would be right")


def rows(name: str, value: object) -> tuple[tuple, ...]:
    """A table: rows of equally many cells, down to the last that is filled."""
    if isinstance(value, (str, bytes, dict)) or not isinstance(value, Sequence):
        raise wrong_kind(name, value, "a table, rows of cells, would be right")
    found = [tuple(row) if isinstance(row, (list, tuple)) else (row,) for row in value]
    while found and all(map(is_blank, found[-1])):
        found.pop()
    if not found:
        raise WrongKind(name, "found nothing (a blank)", "a table of cells would be right")
    if len(found) > LONGEST_COLUMN:
        expected = f"at most {LONGEST_COLUMN:,} rows would be right"
        raise OutOfRange(name, f"found {len(found):,} rows", expected)
    width = len(found[0])
    for position, row in enumerate(found, 1):
        if len(row) != width:
            shape = f"found {len(row)} cells in row {position} and {width} in row 1"
            raise WrongKind(name, shape, "rows of equally many cells would be right")
    return tuple(found)


def read_rows(
    name: str, value: object, columns: tuple[str, ...], fewest: int, read_row: Callable
) -> tuple:
    """Each row read cell by cell; what is bad is refused by row and column, all at once."""
    table = rows(name, value)
    if not fewest <= len(table[0]) <= len(columns):
        found = f"found {len(table)} rows of {len(table[0])} cells"
        expected = f"{fewest} to {len(columns)} columns ({', '.join(columns)}) would be right"
        raise WrongKind(name, found, expected)
    problems: list[LexpError] = []
    read = []
    for number, row in enumerate(table, 1):
        cells = dict(zip(columns, row, strict=False))
        try:
            read.append(read_row(f"{name}[{number}]", cells))
        except LexpError as problem:
            problems.append(problem)
    refuse_some(problems)
    return tuple(read)


def refuse_some(problems: list[LexpError]) -> None:
    """Raises the problems of a column, if there are any; the first few of many."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems[:MOST_REPORTED])


def refuse_unequal(**columns: Sequence) -> None:
    """Refuses columns that belong together and are not of one length, each with its own."""
    if len({len(cells) for cells in columns.values()}) > 1:
        found = " and ".join(f"{len(cells):,} in {name}" for name, cells in columns.items())
        expected = "columns of one length would be right"
        raise WrongKind(", ".join(columns), f"found {found}", expected)
