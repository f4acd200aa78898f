"""The example of a function as a person types it into Excel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lexp_calc.spreadsheet_function import Function
from workbook_templates.addresses import Area
from workbook_templates.example_cells import argument_values
from workbook_templates.values import number_text

LONGEST_CONSTANT = 6  # numbers of a column that are typed into the formula itself
Rows = tuple[tuple, ...]


@dataclass(frozen=True)
class TypedExample:
    """The formula, '=' included, and the cells that it reads, as (where, values).

    The blocks of cells stand beside one another from A1 on.
    """

    formula: str
    blocks: tuple[tuple[Area, Rows], ...]

    @property
    def grid(self) -> list[list[object]]:
        """The cells row by row; None where there is nothing."""
        height = max((len(values) for _, values in self.blocks), default=0)
        grid = []
        for row in range(height):
            cells = []
            for _, values in self.blocks:
                cells += values[row] if row < len(values) else [None] * len(values[0])
            grid.append(cells)
        return grid

    @property
    def area(self) -> str:
        """A1:C4, all the cells together."""
        grid = self.grid
        return Area(1, 1, len(grid), len(grid[0])).name()


def typed_example(function: Function) -> TypedExample:
    """The call with its arguments as constants.

    Where there is a table, a column of dates or a long one, all columns are cells.
    """
    examples = [
        argument_values(each, function.example.args.get(each.name)) for each in function.arguments
    ]
    all_typed = all(map(_can_be_typed, examples))
    words, blocks, column = [], [], 1
    for rows in examples:
        if all_typed or is_one_cell(rows):
            words.append(constant(rows))
            continue
        area = Area(1, column, len(rows), column + len(rows[0]) - 1)
        blocks.append((area, rows))
        words.append(area.name())
        column = area.last_column + 1
    return TypedExample(called_with(function, words), tuple(blocks))


def called_with(function: Function, words: Sequence[str]) -> str:
    """The formula of a call; what is left out between others stays empty."""
    given = list(words)
    while len(given) > 1 and not given[-1]:
        given.pop()
    others = "".join(f", {word}" if word else "," for word in given[1:])
    return f"={function.name}({given[0]}{others})"


def is_one_cell(rows: Rows) -> bool:
    """Whether the rows are one cell."""
    return len(rows) == len(rows[0]) == 1


def _can_be_typed(rows: Rows) -> bool:
    has_dates = any(isinstance(cell, date) for row in rows for cell in row)
    return is_one_cell(rows) or (
        len(rows[0]) == 1 and len(rows) <= LONGEST_CONSTANT and not has_dates
    )


def constant(rows: Rows) -> str:
    """One cell as a constant, a column as {1;2;3}; nothing for a blank."""
    words = [_constant(row[0]) for row in rows]
    return words[0] if len(words) == 1 else f"{{{';'.join(words)}}}"


def _constant(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return f"DATE({value.year},{value.month},{value.day})"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return number_text(value)
