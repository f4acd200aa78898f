"""The tables of a sheet, found by their heads: bold words on a fill, two or more in a row."""

from dataclasses import dataclass

from workbook_templates.standard.cell_styles import WHITE
from workbook_templates.standard.workbook_file import Cell, Sheet


@dataclass(frozen=True, eq=False)
class Table:
    """Heads, the rows below them to the first empty one, and the rows of totals among these.

    `rows` are without totals. `is_statement`: most rows begin with words of their own, so
    that each is a line with its own formula; else the rows are all of one kind.
    """

    sheet: Sheet
    head_row: int
    heads: dict[int, str]  # by column
    rows: tuple[int, ...]
    total_rows: tuple[int, ...]
    is_statement: bool

    def column(self, head: str) -> int | None:
        """The column under a head, in any case; None if there is none."""
        wanted = head.casefold()
        found = (at for at, words in self.heads.items() if words.casefold() == wanted)
        return next(found, None)

    def cells(self, column: int) -> list[Cell | None]:
        """The cells of a column without head and totals."""
        return [self.sheet.cells.get((row, column)) for row in self.rows]


def _is_head(cell: Cell | None) -> bool:
    if cell is None or not cell.is_text:
        return False
    return cell.style.bold and cell.style.fill not in (None, WHITE)


def _is_filled(cell: Cell | None) -> bool:
    return cell is not None and (cell.formula is not None or cell.value not in (None, ""))


def tables(sheet: Sheet) -> tuple[Table, ...]:
    """The tables of a sheet from top to bottom, side by side ones from left to right."""
    if sheet.tables is None:
        sheet.tables = tuple(_table(sheet, row, heads) for row, heads in _head_rows(sheet))
    return sheet.tables


def _head_rows(sheet: Sheet):
    """(row, {column: words}) of each run of two heads or more that touch."""
    heads = sorted(place for place, cell in sheet.cells.items() if _is_head(cell))
    run: list[tuple[int, int]] = []
    for place in [*heads, (0, 0)]:
        if run and place != (run[-1][0], run[-1][1] + 1):
            # A line of totals has one word and figures, or words alone below a table.
            if len(run) > 1:
                row = run[0][0]
                yield row, {column: sheet.cells[row, column].value for _, column in run}
            run = []
        run.append(place)


def _table(sheet: Sheet, head_row: int, heads: dict[int, str]) -> Table:
    body, totals = [], []
    first = min(heads)
    row = head_row + 1
    while any(_is_filled(sheet.cells.get((row, column))) for column in heads):
        label = sheet.cells.get((row, first))
        is_total = label is not None and label.style.bold and label.style.fill not in (None, WHITE)
        (totals if is_total else body).append(row)
        row += 1
    labels = [sheet.cells.get((row, first)) for row in body]
    worded = sum(1 for label in labels if label is not None and label.is_text)
    return Table(sheet, head_row, heads, tuple(body), tuple(totals), 2 * worded > len(body))


def table_of(sheet: Sheet, row: int, column: int) -> Table | None:
    """The table in whose rows a cell lies."""
    holding = (t for t in tables(sheet) if column in t.heads and row in t.rows + t.total_rows)
    return next(holding, None)


def head_above(sheet: Sheet, row: int, column: int) -> str | None:
    """The words of the nearest head above a cell in its own column."""
    for above in range(row - 1, 0, -1):
        if _is_head(sheet.cells.get((above, column))):
            return sheet.cells[above, column].value
    return None


def schedules(book) -> list[Table]:
    """The schedules: tables with a Closing balance on sheets of that name."""
    return [
        table
        for sheet in book.sheets
        for table in tables(sheet)
        if table.column("Closing balance") is not None
    ]
