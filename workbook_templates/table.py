"""Tables of formulas: one definition a column gives the formula and the value of each cell.

    Column("interest", "Interest", "money", "ROUND([paid_product]/{interest_divisor},2)",
           lambda row: row.interest)

In a formula `[key]` is this row's cell in the column of that key, `[key@]` the cell of the
row above, and `{name}` a defined name. The value comes from the core's row, so formula
and value stand in one place and cannot drift apart unseen.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from workbook_templates.addresses import Area, column_letters

CELL_REFERENCE = re.compile(r"\[(\w+)(@?)\]")
LINE_HEIGHT = 15  # of a head, in points
NAME_REFERENCE = re.compile(r"\{(\w+)\}")


LEFT_STYLES = ("text", "word", "year", "remark")  # those whose cells stand left; their heads do too


def with_names(formula: str, name_of: Callable[[str], str]) -> str:
    """The formula with each `{base}` as the defined name that `name_of` gives it."""
    return NAME_REFERENCE.sub(lambda match: name_of(match[1]), formula)


CONSTANT = ""  # as `first`: no formula in the first row


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `formula` None: the value is a constant. `first` is the formula of the first row where
    it differs, CONSTANT for the value alone; `beyond` is the value of a row that is not in
    use; `total` asks for a sum under the table.
    """

    key: str
    head: str
    style: str
    formula: str | None
    value: Callable[[Any], Any]
    width: float = 13.0
    first: str | None = None
    total: bool = False
    beyond: int = 0


GAP = Column("gap", "", "text", None, lambda row: None, 2)  # sets two groups of columns apart


class Table:
    """Columns placed on a sheet: where each is, and the writing of rows, heads and totals."""

    def __init__(self, sheet, columns: Iterable[Column], head_row: int, first_column: int, name):
        """`name` gives the defined name for the base name in braces."""
        self.sheet = sheet
        self.columns = tuple(columns)
        self.head_row = head_row
        self.first_row = head_row + 1
        self.last_row = head_row
        self.first_column = first_column
        self.name = name
        self.position = {
            column.key: first_column + offset for offset, column in enumerate(self.columns)
        }

    def write(self, rows: Iterable[Any], names_of: Callable | None = None) -> "Table":
        """The heads and a line for each row; None stands for a row that is not in use.

        `names_of` gives the defined names of a row, where rows stand for different tranches.
        """
        for column in self.columns:
            style = "column_head_text" if column.style in LEFT_STYLES else "column_head"
            style = "column_head_unit" if column.style == "remark" else style
            if column.head:
                self.sheet.text(self.head_row, self.position[column.key], column.head, style)
            self.sheet.widths({self.position[column.key]: column.width})
        compiled = self._all_compiled()
        sheet = self.sheet
        number = self.head_row
        for row in rows:
            number += 1
            is_first = number == self.first_row
            if names_of is not None:
                self.name = names_of(row)
                compiled = self._all_compiled()
            numbers = {"r": number, "p": number - 1}
            for position, column, of_first_row, of_others in compiled:
                value = column.beyond if row is None else column.value(row)
                formula = of_first_row if is_first else of_others
                if formula:
                    sheet.formula(number, position, formula % numbers, value, column.style)
                else:
                    write_constant(sheet, number, position, value, column.style)
        self.last_row = number
        return self

    def totals(self, label: str, values: dict[str, Any]) -> int:
        """A totals row under the columns up to the gap, over their full range; its row number."""
        row = self.last_row + 1
        for column in self.columns:
            position = self.position[column.key]
            if column is GAP:
                return row
            if column.total:
                area = Area(self.first_row, position, self.last_row, position)
                value = values[column.key]
                self.sheet.formula(
                    row, position, f"SUM({area.name()})", value, f"{column.style}_total"
                )
            elif position == self.first_column:
                self.sheet.text(row, position, label, "label_total")
            else:
                self.sheet.blank(row, position, "label_total")
        return row

    def fit_heads(self) -> None:
        """The head row as tall as its longest head needs, in lines of its column's width."""
        lines = max(len(wrap(each.head, max(int(each.width) - 1, 1))) for each in self.columns)
        self.sheet.heights({self.head_row: max(lines, 1) * LINE_HEIGHT})

    def area(self, key: str) -> Area:
        """The cells of a column without head and totals."""
        position = self.position[key]
        return Area(self.first_row, position, self.last_row, position)

    def define(self, base: str, key: str) -> None:
        """A defined name for a column's cells."""
        area = self.area(key)
        self.sheet.book.name(self.name(base), self.sheet, area[:2], area[2:])

    @property
    def everything(self) -> Area:
        """Heads and rows of all columns."""
        last = self.first_column + len(self.columns) - 1
        return Area(self.head_row, self.first_column, self.last_row, last)

    def _all_compiled(self) -> list[tuple]:
        """(position, column, first row's formula, the others') of each column."""
        return [
            (
                self.position[column.key],
                column,
                self._compiled(column.formula if column.first is None else column.first),
                self._compiled(column.formula),
            )
            for column in self.columns
            if column is not GAP
        ]

    def _compiled(self, formula: str | None) -> str | None:
        """The formula with names and columns in place, row numbers still open."""
        if formula is None:
            return None
        return CELL_REFERENCE.sub(self._cell, with_names(formula, self.name).replace("%", "%%"))

    def _cell(self, match: re.Match) -> str:
        letters = column_letters(self.position[match[1]])
        return f"{letters}%({'p' if match[2] else 'r'})d"


def write_constant(sheet, row: int, column: int, value: Any, style: str) -> None:
    """A value that no formula gives, of whatever kind; nothing for None."""
    if value is None:
        sheet.blank(row, column, style)
    elif isinstance(value, str):
        sheet.text(row, column, value, style)
    elif hasattr(value, "isoformat"):
        sheet.date(row, column, value, style)
    else:
        sheet.number(row, column, value, style)
