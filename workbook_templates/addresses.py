"""Where things are in a workbook: cells, areas, sheet titles and defined names.

Rows and columns count from 1. What the file format allows is checked here, because
Excel 'repairs' a file with a bad name or title and tells the reader that it is damaged.
"""

import re
from functools import cache
from typing import NamedTuple

from lexp_calc.errors import OutOfRange

LARGEST_ROW = 1_048_576
LARGEST_COLUMN = 16_384
LONGEST_SHEET_TITLE = 31
LONGEST_NAME = 255


@cache
def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 28 is AB."""
    if not 0 < column <= LARGEST_COLUMN:
        raise OutOfRange("column", f"found {column}", f"1 to {LARGEST_COLUMN:,} would be right")
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def cell_name(row: int, column: int, absolute: bool = False) -> str:
    """A cell as formulas write it: B3, or $B$3 where it must not move with a copy."""
    if not 0 < row <= LARGEST_ROW:
        raise OutOfRange("row", f"found {row}", f"1 to {LARGEST_ROW:,} would be right")
    letters = column_letters(column)
    return f"${letters}${row}" if absolute else f"{letters}{row}"


class Area(NamedTuple):
    """A rectangle of cells, its corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def name(self, absolute: bool = False) -> str:
        """B3:D9, or B3 where the area is one cell."""
        first = cell_name(self.first_row, self.first_column, absolute)
        last = cell_name(self.last_row, self.last_column, absolute)
        return first if first == last else f"{first}:{last}"


def quoted_title(sheet_title: str) -> str:
    """A sheet title as formulas write it, always in quotes: 'Term loan B'."""
    return "'" + sheet_title.replace("'", "''") + "'"


_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")


def sheet_title(text: str, taken: tuple[str, ...] = ()) -> str:
    """A sheet title made from any text, the same one for the same text and `taken` titles.

    At most 31 UTF-16 units; []:*?/\\ become '-'; no apostrophe at an end; not 'History',
    which Excel keeps for itself; unlike every taken title in more than its case, by a
    number in brackets.
    """
    plain = _FORBIDDEN_IN_TITLE.sub("-", text).strip().strip("'").strip() or "Sheet"
    if plain.casefold() == "history":
        plain = f"{plain} sheet"
    used = {title.casefold() for title in taken}
    title = _shortened(plain, LONGEST_SHEET_TITLE)
    number = 2
    while title.casefold() in used:
        mark = f" ({number})"
        title = _shortened(plain, LONGEST_SHEET_TITLE - len(mark)) + mark
        number += 1
    return title


def _shortened(text: str, units: int) -> str:
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text.rstrip().rstrip("'")


_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")
_RESERVED = frozenset(
    ("true", "false", "print_area", "print_titles", "criteria", "extract", "database")
)


def checked_name(name: str) -> str:
    """A defined name that Excel accepts, given back; any other is refused.

    A letter or underscore first, then letters, digits, underscores and points; nothing
    that reads as a cell in either notation (TL1, R1C1); none of Excel's own names.
    """
    where = f'defined name "{name}"'
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise OutOfRange(
            where,
            "found a start or characters that a defined name cannot have",
            f"a letter, then letters, digits and underscores, at most {LONGEST_NAME}, "
            "would be right",
        )
    if _LOOKS_LIKE_A_CELL.fullmatch(name):
        raise OutOfRange(
            where,
            "it reads as the address of a cell",
            "a word such as opening_balance would be right",
        )
    if name.casefold() in _RESERVED or name.casefold().startswith("_xl"):
        raise OutOfRange(where, "Excel keeps this name for itself", "another word would be right")
    return name
