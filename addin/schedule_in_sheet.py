"""A tranche's schedule at the selected cell: a formula that fills it, or on macOS its values."""

import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from addin.places import WINDOWS
from lexp_calc.errors import LexpError, OutOfRange
from lexp_calc.functions import FUNCTIONS
from lexp_calc.wording import counted

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_TEXT = 255  # characters of a text in a formula, and of a formula over several cells
MOST_NAMED = 3  # cells that are in the way
DATE_FORMAT, AMOUNT_FORMAT, RATE_FORMAT, COUNT_FORMAT = "yyyy-mm-dd", "#,##0.00", "0.000000%", "0"
HEADING_FILL = (221, 230, 240)


def insert_schedule(book, deal: str, tranche: str, scenario: str = "") -> None:
    """Puts the schedule in at the selected cell; refused where cells in its place are not empty.

    What is wrong with the deal's or the tranche's name is said before anything is written.
    """
    arguments = [_deal_as_read(book, deal), tranche, *([scenario] if scenario else [])]
    table = FUNCTIONS["LEXP_SCHEDULE"].plain(*arguments)
    rows = [list(table.headings), *map(list, table.rows)]
    area = _free_area(book.app.selection, len(rows), len(rows[0]))
    if sys.platform == WINDOWS:
        _write_formula(area, formula(arguments))
    else:
        area.value = [[_cell(each) for each in row] for row in rows]
    _set_formats(area, rows)


def formula(arguments: list[str]) -> str:
    """The formula as Excel takes it from programs: commas, and quotes in texts doubled."""
    for name, each in zip(("deal", "tranche", "scenario"), arguments, strict=False):
        if len(each) > LONGEST_TEXT:
            found = f"found {len(each)} characters"
            expected = f"at most {LONGEST_TEXT} would be right in a formula: a shorter path"
            raise OutOfRange(name, found, expected)
    texts = ('"{}"'.format(each.replace('"', '""')) for each in arguments)
    return f"=LEXP_SCHEDULE({','.join(texts)})"


def _deal_as_read(book, deal: str) -> str:
    """A term sheet beside the workbook by its whole path: the functions run in another folder."""
    name = deal.strip()
    try:
        beside = Path(book.fullname).parent / name
        if name and not Path(name).is_absolute() and beside.is_file():
            return str(beside)
    except (OSError, ValueError):  # no path at all; the core says so
        pass
    return name


def _free_area(selection, height: int, width: int):
    """The cells that the schedule takes, from the first one selected; all of them empty."""
    if selection is None:
        raise LexpError("selection", "found no cells selected", "a selected cell would be right")
    first = selection[0, 0]
    where = f"{first.sheet.name}!{first.get_address(False, False)}"
    if first.row + height - 1 > LAST_ROW or first.column + width - 1 > LAST_COLUMN:
        found = f"found no room for {counted(height, 'row')} and {counted(width, 'column')}"
        raise OutOfRange(where, found, "a cell further up or to the left would be right")
    _refuse_protected(first.sheet, where)
    area = first.resize(height, width)
    if area.merge_cells is not False:
        expected = f"{height} x {width} cells of which none are merged would be right"
        raise LexpError(where, "found merged cells in the schedule's place", expected)
    taken = _taken(area)
    if taken:
        named = [first.offset(row, column).get_address(False, False) for row, column in taken[:3]]
        more = f" and {len(taken) - MOST_NAMED} more" if len(taken) > MOST_NAMED else ""
        found = f"found cells that are not empty: {', '.join(named)}{more}"
        raise LexpError(where, found, f"{height} x {width} empty cells would be right")
    return area


def _refuse_protected(sheet, where: str) -> None:
    if sys.platform == WINDOWS and sheet.api.ProtectContents:
        raise LexpError(where, "found the sheet protected", "to unprotect it first would be right")


def _taken(area) -> list[tuple[int, int]]:
    """The cells of the area that hold anything, a formula with an empty result included."""
    formulas, values = area.formula, area.options(ndim=2).value
    return [
        (row, column)
        for row, cells in enumerate(formulas)
        for column, cell in enumerate(cells)
        if cell not in ("", None) or values[row][column] is not None
    ]


def _write_formula(area, text: str) -> None:
    first = area[0, 0]
    if _has_dynamic_arrays(first):
        first.formula2 = text
        return
    # Before Excel 2021 a formula fills the cells that it is given.
    if len(text) > LONGEST_TEXT:
        expected = f"at most {LONGEST_TEXT} would be right in this Excel: a shorter path"
        raise OutOfRange("formula", f"found {len(text)} characters", expected)
    area.formula_array = text


def _has_dynamic_arrays(cell) -> bool:
    """Whether this Excel spills formulas; asked first, as xlwings tries to set for ever."""
    import pywintypes

    try:
        return cell.api.Formula2 is not None
    except (AttributeError, pywintypes.com_error):
        return False


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    # Excel's dates over COM and AppleScript carry a time.
    return datetime.combine(value, time()) if isinstance(value, date) else value


def _set_formats(area, rows: list[list]) -> None:
    """A format for each column by what stands in it, and headings one can tell."""
    headings, *body = rows
    for column, heading in enumerate(headings):
        below = area[1:, column] if body else None
        if below is not None:
            below.number_format = _format(heading, [row[column] for row in body])
    area[0, :].font.bold = True
    area[0, :].color = HEADING_FILL


def _format(heading: str, cells: list) -> str:
    if any(isinstance(each, date) for each in cells):
        return DATE_FORMAT
    if heading.endswith("rate"):
        return RATE_FORMAT
    return AMOUNT_FORMAT if any(isinstance(each, Decimal) for each in cells) else COUNT_FORMAT
