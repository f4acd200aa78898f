"""The tables of a sheet, as a reader sees them: a line of heads, rows under it, totals."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from workbook_templates.standard.reading import ReadSheet

FEWEST_COLUMNS, FEWEST_ROWS = 2, 3


@dataclass(frozen=True)
class ReadTable:
    """Heads in `head_row` by column, rows from `first_row` to `last_row`, then perhaps totals."""

    sheet: ReadSheet
    head_row: int
    heads: dict[int, str]
    last_row: int
    has_totals: bool

    @property
    def first_row(self) -> int:
        """The first row under the heads."""
        return self.head_row + 1

    @property
    def columns(self) -> list[int]:
        """The columns that have a head."""
        return list(self.heads)

    @property
    def rows(self) -> range:
        """All rows but heads and totals."""
        return range(self.first_row, self.last_row + 1)

    @property
    def inner_rows(self) -> range:
        """Without the first and the last row, which may be of their own kind."""
        return range(self.first_row + 1, self.last_row)

    def name_of(self, column: int) -> str:
        """A column by its letter and head."""
        return f"{get_column_letter(column)} ({self.heads[column]})"

    def column(self, head: str) -> int | None:
        """The column of a head."""
        return next((column for column, text in self.heads.items() if text == head), None)

    @property
    def totals_row(self) -> int | None:
        """The row of totals."""
        return self.last_row + 1 if self.has_totals else None


def tables(sheet: ReadSheet) -> Iterator[ReadTable]:
    """The tables whose rows are alike: their first column holds no words.

    A list of figures with a label each has heads too, but every line is its own formula.
    """
    for table in headed(sheet):
        first = [sheet.cells.get((row, table.columns[0])) for row in table.rows]
        if not any(cell is not None and cell.is_text for cell in first):
            yield table


def headed(sheet: ReadSheet) -> Iterator[ReadTable]:
    """Everything under a line of heads."""
    for row in sorted(sheet.rows):
        heads = {
            cell.column: cell.value
            for cell in sheet.rows[row]
            if cell.is_text and cell.look.is_head
        }
        if len(heads) < FEWEST_COLUMNS:
            continue
        last, totals = row, False
        first = min(heads)
        while (cell := sheet.cells.get((last + 1, first))) is not None and not cell.look.is_head:
            if cell.look.is_total:
                totals = True
                break
            if cell.value is None or (cell.is_text and cell.look.size > 11):
                break  # an empty line, or the heading of what comes next
            last += 1
        if last - row >= FEWEST_ROWS:
            yield ReadTable(sheet, row, heads, last, totals)
