"""Cells as xlwings reads them, as cells of `excel_values`: xlwings' converter "lexp cells".

The wrappers of the add-in send values; those that xlwings writes itself send Range objects,
which are cut to the used rows of their sheet before a million cells are read. Over COM an error
cell is a whole number, and nothing else of a sheet is.
"""

from itertools import chain

from addin.excel_values import CellError, is_range
from addin.light_start import import_xlwings

conversion = import_xlwings().conversion

CELLS = "lexp cells"
ERROR_TEXTS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
# A status code of COM: 0x800A0000 and the number, as a signed number of 32 bits.
FIRST_CODE = 0x800A0000 - 2**32


class Cells(conversion.Accessor):
    """Reads a range as rows of cells, and a value as it is."""

    @classmethod
    def reader(cls, options):
        """The stages of reading, as xlwings asks for them at each call."""
        return _READER


def _read(context) -> None:
    if context.range is not None:
        context.value = _used_rows(context.range.api).Value2
    context.value = with_errors(context.value)


def _used_rows(cells):
    """Excel's Range without the rows below the last used one of its sheet."""
    used = cells.Worksheet.UsedRange
    rows = max(1, used.Row + used.Rows.Count - cells.Row)
    if rows >= cells.Rows.Count:
        return cells
    return cells.Worksheet.Range(cells.Cells(1, 1), cells.Cells(rows, cells.Columns.Count))


def with_errors(value: object) -> object:
    """The cells with the codes of errors as `CellError`."""
    if not is_range(value):
        return _error(value) if type(value) is int else value
    rows = value if value and is_range(value[0]) else (value,)
    if int not in map(type, chain.from_iterable(rows)):
        return rows
    return [[_error(each) if type(each) is int else each for each in row] for row in rows]


def _error(number: int) -> object:
    text = ERROR_TEXTS.get(number - FIRST_CODE)
    return number if text is None else CellError(text)


_READER = conversion.Pipeline().append_stage(_read)
Cells.register(CELLS)
