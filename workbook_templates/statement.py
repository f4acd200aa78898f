"""Statements: lines one under the other, each a figure that later lines may use by its key.

    statement = Statement(sheet, 5, part.name)
    statement.write(
        Line("eligible", "Eligible", "money", "{receivables_gross}-B7", Decimal("10000000.00")),
        Line("lendable", "Lendable value", "money", "ROUND([eligible]*{advance_rate},2)", value),
    )

In a formula `[key]` is the cell of that line and `{name}` a defined name, as in a table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbook_templates.addresses import Area, cell_name
from workbook_templates.table import CELL_REFERENCE, NAME_REFERENCE, write_constant

LABEL, VALUE = 1, 2


@dataclass(frozen=True)
class Line:
    """A label, a figure and a note; `formula` None: the value is a constant.

    A style that ends in _total sets the whole line apart.
    """

    key: str
    label: str
    style: str
    formula: str | None
    value: Any
    note: str = ""
    label_style: str = "label"


class Statement:
    """A column of figures, written downwards from `row`, with notes in the last column.

    `row` goes on to the next free row; `name` gives the defined name for the base name in
    braces.
    """

    def __init__(self, sheet, row: int, name: Callable[[str], str], last_column: int = 3):
        self.sheet = sheet
        self.row = row
        self.name = name
        self.last_column = last_column
        self.rows: dict[str, int] = {}
        self.values: dict[str, Any] = {}

    def heads(self, *heads: str) -> None:
        """A line of column heads, those of labels and notes on the left."""
        for column, head in enumerate(heads, 1):
            is_text = column in (LABEL, self.last_column)
            style = "column_head_unit" if is_text and column != LABEL else "column_head_text"
            self.sheet.text(self.row, column, head, style if is_text else "column_head")
        self.row += 1

    def heading(self, text: str) -> None:
        """The head of a group of lines."""
        self.sheet.text(self.row, LABEL, text, "heading")
        self.row += 1

    def write(self, *lines: Line) -> None:
        """Lines one under the other."""
        for line in lines:
            self.rows[line.key] = self.row
            self.values[line.key] = line.value
            is_total = line.style.endswith("_total")
            note_style = "note_total" if is_total else "unit"
            if is_total:
                self.sheet.text(self.row, LABEL, line.label, "label_total")
                for column in range(VALUE + 1, self.last_column + (not line.note)):
                    self.sheet.blank(self.row, column, "label_total")
            else:
                self.sheet.text(self.row, LABEL, line.label, line.label_style)
            self.beside(line.key, VALUE, line.style, line.formula, line.value)
            if line.note:
                self.sheet.text(self.row, self.last_column, line.note, note_style)
            self.row += 1

    def beside(self, key: str, column: int, style: str, formula: str | None, value: Any) -> None:
        """A further figure on the line of `key`."""
        row = self.rows[key]
        if formula is None:
            write_constant(self.sheet, row, column, value, style)
            return
        text = NAME_REFERENCE.sub(lambda match: self.name(match[1]), formula)
        text = CELL_REFERENCE.sub(lambda match: self.cell(match[1]), text)
        self.sheet.formula(row, column, text, value, style)

    def cell(self, key: str) -> str:
        """The cell of a line's figure, as formulas on this sheet name it."""
        return cell_name(self.rows[key], VALUE)

    def define(self, base: str, key: str) -> None:
        """A defined name for a line's figure, for other sheets."""
        self.sheet.book.name(self.name(base), self.sheet, (self.rows[key], VALUE))

    @property
    def printed(self) -> Area:
        """All columns from the sheet's first row to the last line."""
        return Area(1, 1, self.row - 1, self.last_column)
