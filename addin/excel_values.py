"""The cells of a spreadsheet as plain values, and answers as cells.

What is common to every spreadsheet stands here and in `calling` alone: blanks, error cells, serial
dates, the 15 digits of a number, one cell against a range. The hosts (`udfs` for Excel, `calc`
for LibreOffice) turn their own form of a cell into these and back.

A cell is None (blank), a number, a text, True or False, a date, or a `CellError`; a range is a
sequence of rows of cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from lexp_calc.arguments import is_blank
from lexp_calc.cell_ranges import LONGEST_COLUMN, refuse_some
from lexp_calc.errors import LexpError, OutOfRange, WrongKind, quoted
from lexp_calc.kinds import DATE, SCALAR, TABLE, YES_OR_NO
from lexp_calc.spreadsheet_function import Argument, Table
from lexp_calc.wording import counted

DAY_ZERO_1900 = date(1899, 12, 30)  # right from 1900-03-01 on, the first date that is taken
DAY_ZERO_1904 = date(1904, 1, 1)
LAST_SERIAL = 200_000  # past the last date in either system
MIDNIGHT = time()
SHOWN_DIGITS = 15  # significant digits that a spreadsheet keeps of what is typed, and shows


@dataclass(frozen=True)
class CellError:
    """An error cell, given or answered: its text, such as #NUM!, and the reason in words."""

    text: str
    reason: str = ""


# ------------------------------------------------------------- ranges


def is_range(value: object) -> bool:
    """Whether it is a range, and not one cell."""
    return isinstance(value, (list, tuple))


def one_cell_or_rows(value: object) -> object:
    """A range of one cell as that cell, none at all as a blank, a plain list as a row."""
    if not is_range(value):
        return value
    rows = value if value and is_range(value[0]) else (value,)
    if len(rows) == 1 and len(rows[0]) < 2:
        return rows[0][0] if rows[0] else None
    return rows


def rows_of(value: object) -> Sequence[Sequence]:
    """A range's rows; one cell as a row of one."""
    return value if is_range(value) else ((value,),)


def filled(rows: Sequence[Sequence]) -> Sequence[Sequence]:
    """The rows down to the last that is not blank, as of a whole column."""
    last = len(rows)
    while last and all(map(is_blank, rows[last - 1])):
        last -= 1
    return rows[:last]


def shape(rows: Sequence[Sequence]) -> str:
    """A range's size in words; what is ragged says each width."""
    widths = sorted({len(row) for row in rows})
    columns = counted(widths[0], "column") if len(widths) == 1 else f"{widths} columns"
    return f"{counted(len(rows), 'row')} x {columns}"


# ------------------------------------------------------------- cells in


def plain_value(argument: Argument, value: object, day_zero: date) -> object:
    """An argument's cells as the core takes them; a range for one value is refused."""
    kind, name = argument.kind, argument.name
    if kind.shape == SCALAR:
        if is_range(value):
            expected = f"one cell would be right ({kind.unit})"
            raise WrongKind(name, f"found a range of {shape(value)}", expected)
        return _cell(name, kind.written, value, day_zero)
    if is_blank(value):
        return None
    rows = rows_of(value)
    if kind.shape == TABLE and kind.date_columns:
        return _with_dates(name, filled(rows), kind.date_columns, day_zero)
    if kind.shape != TABLE and kind.written == DATE:
        return _with_dates(name, filled(rows), range(len(rows[0])), day_zero)
    return rows


def _with_dates(name: str, rows: Sequence, columns: Iterable[int], day_zero: date) -> list:
    """The rows with the cells of some columns as dates; each bad one is refused by its row."""
    if len(rows) > LONGEST_COLUMN:
        expected = f"at most {LONGEST_COLUMN:,} rows would be right"
        raise OutOfRange(name, f"found {len(rows):,} rows", expected)
    problems, read = [], []
    for number, row in enumerate(rows, 1):
        try:
            read.append(
                [
                    _cell(f"{name}[{number}]", DATE, cell, day_zero) if place in columns else cell
                    for place, cell in enumerate(row)
                ]
            )
        except LexpError as problem:
            problems.append(problem)
    refuse_some(problems)
    return read


def _cell(name: str, written: str, cell: object, day_zero: date) -> object:
    """One cell as the core takes it; an empty text, which a formula shows as nothing, as blank."""
    if is_blank(cell):
        return None
    if written == DATE:
        return _day(name, cell, day_zero)
    if written == YES_OR_NO and isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)  # LibreOffice has no other form of TRUE
    return cell


def quick_cell(argument: Argument, cell: object, day_zero: date) -> object:
    """One cell as the core takes it, or as it is where it is bad, for the core to refuse."""
    try:
        return _cell(argument.name, argument.kind.written, cell, day_zero)
    except LexpError:
        return cell


def _day(name: str, cell: object, day_zero: date) -> object:
    """A serial number, or a date and time that the host has read already, as a date.

    A time of day is refused, as everywhere in lexp; a text stays for the core, which takes
    ISO 8601 alone.
    """
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == MIDNIGHT else cell
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return cell
    if not 0 <= cell <= LAST_SERIAL:
        raise OutOfRange(name, quoted(cell), "the serial number of a date would be right")
    if cell != int(cell):
        expected = "a whole serial number, as DATE() gives it, would be right"
        raise WrongKind(name, f"found {cell}, a date with a time of day", expected)
    return day_zero + timedelta(int(cell))


def as_shown(value: object) -> object:
    """Numbers to 15 digits, as the spreadsheet itself shows them.

    The sum of 0.1 and 0.2 in a cell is 0.30000000000000004; a person sees, and means, 0.3.
    """
    if isinstance(value, float):
        return float(f"{value:.{SHOWN_DIGITS}g}")
    if is_range(value):
        return type(value)(as_shown(each) for each in value)
    return value


# ------------------------------------------------------------- cells out


def as_cells(value: object) -> object:
    """A core value as one cell, or as rows of cells: a table below its headings."""
    if isinstance(value, Table):
        return [list(value.headings), *([_as_cell(cell) for cell in row] for row in value.rows)]
    if isinstance(value, tuple):
        return [[_as_cell(each)] for each in value]
    return _as_cell(value)


def _as_cell(value: object) -> object:
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return float(value)
    return value
