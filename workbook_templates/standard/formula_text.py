"""What stands in a formula: functions, numbers, texts, depth, and what it refers to.

Formulas that say the same from different cells have one normal form (relative references
as offsets, R[-1]C[2]), and a form is taken apart once, by openpyxl's tokenizer.
"""

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.utils import column_index_from_string

LARGEST_ROW, LARGEST_COLUMN = 1_048_576, 16_384
# A text, a quoted title or an address. What a bracket follows is a function (LOG10), what a
# letter or underscore touches a name.
_ADDRESS = re.compile(
    r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|"
    r"(?<![\w.])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w.(])"
)
_TEXTS = re.compile(r"\"(?:[^\"]|\"\")*\"")
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'")
_CORNER = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)", re.IGNORECASE)
_COLUMN = re.compile(r"(\$?)([A-Z]{1,3})", re.IGNORECASE)
_ROW = re.compile(r"(\$?)(\d+)")
ROUNDING = ("ROUND", "ROUNDUP", "ROUNDDOWN")


def normal_form(formula: str, row: int, column: int) -> str:
    """The formula with each address as R1C1: offsets in brackets, what is fixed without."""

    def spelled(match):
        if match[4] is None:
            return match[0]
        down, right = int(match[4]), column_index_from_string(match[2])
        return (f"R{down}" if match[3] else f"R[{down - row}]") + (
            f"C{right}" if match[1] else f"C[{right - column}]"
        )

    return _ADDRESS.sub(spelled, formula)


def without_texts(formula: str) -> str:
    """The formula with every text in double quotes left empty."""
    return _TEXTS.sub('""', formula)


def without_quotes(formula: str) -> str:
    """The formula without its texts and its quoted titles."""
    return _QUOTED.sub("", formula)


@dataclass(frozen=True)
class Reference:
    """What a formula refers to: a block of cells as seen from a cell, or a name.

    `corners` are (row, is fixed, column, is fixed) twice; an offset where not fixed.
    """

    sheet: str | None
    corners: tuple | None
    name: str | None = None

    def area(self, row: int, column: int) -> tuple[int, int, int, int]:
        """(first row, first column, last row, last column) for a cell."""
        rows = [each[0] if each[1] else row + each[0] for each in self.corners]
        columns = [each[2] if each[3] else column + each[2] for each in self.corners]
        return min(rows), min(columns), max(rows), max(columns)


@dataclass(frozen=True)
class Anatomy:
    """A formula taken apart; `depth` counts every pair of round brackets inside another."""

    functions: tuple[str, ...]
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    references: tuple[Reference, ...]
    depth: int
    is_link: bool  # one reference or one name alone


def anatomy(formula: str, row: int, column: int) -> Anatomy:
    """The anatomy of the formula of a cell; `taken_apart` asks once a form."""
    functions, numbers, texts, references = [], [], [], []
    items = [item for item in Tokenizer("=" + formula).items if item.type != "WHITE-SPACE"]
    open_brackets: list[list] = []  # [function or None, number of the argument]
    depth = 0
    for item in items:
        if item.subtype == "OPEN":
            name = item.value[:-1].upper() if item.type == "FUNC" else None
            if name:
                functions.append(name)
            if item.type in ("FUNC", "PAREN"):
                open_brackets.append([name, 0])
                depth = max(depth, len(open_brackets))
        elif item.subtype == "CLOSE" and item.type in ("FUNC", "PAREN"):
            open_brackets.pop()
        elif item.type == "SEP" and item.subtype == "ARG" and open_brackets:
            open_brackets[-1][1] += 1
        elif item.type == "OPERAND" and item.subtype == "NUMBER":
            inner = open_brackets[-1] if open_brackets else [None, 0]
            if not (inner[0] in ROUNDING and inner[1] == 1):
                numbers.append(item.value)
        elif item.type == "OPERAND" and item.subtype == "TEXT":
            texts.append(item.value[1:-1].replace('""', '"'))
        elif item.type == "OPERAND" and item.subtype == "RANGE":
            references += _referred(item.value, row, column)
    is_link = len(items) == 1 and len(references) == 1
    return Anatomy(
        tuple(functions), tuple(numbers), tuple(texts), tuple(references), depth, is_link
    )


_FORMS: dict[str, Anatomy] = {}


def taken_apart(formula: str, row: int, column: int) -> tuple[str, Anatomy]:
    """(normal form, anatomy) of the formula of a cell."""
    form = normal_form(formula, row, column)
    if form not in _FORMS:
        if len(_FORMS) > 100_000:  # many workbooks in one process
            _FORMS.clear()
        _FORMS[form] = anatomy(formula, row, column)
    return form, _FORMS[form]


def _referred(text: str, row: int, column: int) -> list[Reference]:
    """The reference in an operand: Sheet!A1:B2, A:A, 1:2 or a name."""
    sheet, _, local = text.rpartition("!")
    sheet = sheet.strip("'").replace("''", "'") or None
    ends = local.split(":")
    corners = [_corner(each, row, column, len(ends) == 2) for each in ends]
    if len(corners) > 2 or None in corners:
        return [Reference(sheet, None, local)]
    first, last = corners[0], corners[-1]
    return [Reference(sheet, (first[0], last[1]))]


def _corner(text: str, row: int, column: int, of_range: bool):
    """(as the first corner, as the last corner) of an address; None for a name."""
    if match := _CORNER.fullmatch(text):
        at, right = int(match[4]), column_index_from_string(match[2])
        down = (at, True) if match[3] else (at - row, False)
        across = (right, True) if match[1] else (right - column, False)
        return (*down, *across), (*down, *across)
    if not of_range:
        return None
    if match := _COLUMN.fullmatch(text):
        if len(match[2]) < 4 and column_index_from_string(match[2]) <= LARGEST_COLUMN:
            right = column_index_from_string(match[2])
            across = (right, True) if match[1] else (right - column, False)
            return (1, True, *across), (LARGEST_ROW, True, *across)
    if match := _ROW.fullmatch(text):
        down = (int(match[2]), True) if match[1] else (int(match[2]) - row, False)
        return (*down, 1, True), (*down, LARGEST_COLUMN, True)
    return None
