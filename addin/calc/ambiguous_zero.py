"""The 0 by which LibreOffice hands over a blank cell.

A cell given alone, as B4, arrives as 0 where it is blank, and nothing tells it from a 0 that was
typed. In a place for a text or a date, 0 means nothing: there it is the blank. Where an argument
may be left out and 0 would mean something else, such as a cap of 0 %, the two are refused,
since one of them would be a wrong number without a word. Elsewhere it is the number 0, as in
every function of Calc.
"""

from lexp_calc.errors import WrongKind, refuse_all
from lexp_calc.kinds import DATE, NUMBER, SCALAR, TEXT
from lexp_calc.spreadsheet_function import Declared, Function

FOUND = "found 0 or a blank cell, which are one and the same here"
EXPECTED = (
    "to leave the argument out would be right, or, if it is 0, {0} or a range of one cell such as "
    "B4:B4"
)


def as_meant(function: Function, cells: list) -> list:
    """The cells with each 0 that can only be a blank as a blank; one that may be both is refused.

    A 0 within a range is always a number: there a blank arrives as an empty text.
    """
    parameters = function.plain.parameters
    bad = [
        WrongKind(each.name, FOUND, EXPECTED)
        for each, cell in zip(parameters, cells, strict=False)
        if _is_zero(cell) and _would_differ(each)
    ]
    refuse_all(bad)
    kept = [
        None if _is_zero(cell) and _cannot_be_zero(each) else cell
        for each, cell in zip(parameters, cells, strict=False)
    ]
    return kept + cells[len(parameters) :]


def _is_zero(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == 0


def _cannot_be_zero(parameter: Declared) -> bool:
    return parameter.kind.written in (TEXT, DATE)


def _would_differ(parameter: Declared) -> bool:
    is_number = parameter.kind.shape == SCALAR and parameter.kind.written == NUMBER
    return is_number and parameter.is_optional and parameter.default != 0
