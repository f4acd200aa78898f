"""The 0 by which LibreOffice hands over a blank cell.

A cell given alone, as B4, arrives as 0 where it is blank, and nothing tells it from a 0 that was
typed: Calc makes the blank 0 before the call, for an `any`, a `sequence<sequence<any>>` and a
`double` alike. A `string` would have it empty, but numbers as they are formatted, and the text
"1000" as the number; an `XCellRange` would tell it, but takes no number written out.

In a place for a text, a date, a column or a table, 0 means nothing: there it is the blank. An
argument that may be left out is tried both ways, and where the answers differ, as with a cap of
0 %, the call is refused: one of the two would be a wrong number without a word. Elsewhere it is
the number 0, as in every function of Calc.
"""

from datetime import date
from itertools import product

from addin.calling import called
from addin.excel_values import CellError
from lexp_calc.kinds import DATE, SCALAR, TEXT
from lexp_calc.spreadsheet_function import Declared, Function

REFUSED = (
    "found 0 or a blank cell, which are one and the same here; to leave the argument out would "
    "be right, or, if it is 0, {0} or a range of one cell such as B4:B4"
)
WRONG_KIND = "#VALUE!"


def called_from_calc(function: Function, cells: list, day_zero: date) -> object:
    """As `addin.calling.called`, with what a 0 may mean that Calc hands over.

    A 0 within a range is always a number: there a blank arrives as an empty text.
    """
    parameters = function.plain.parameters
    known = zip(parameters, cells, strict=False)
    unclear = [place for place, (each, cell) in enumerate(known) if _is_unclear(each, cell)]
    known = zip(parameters, cells, strict=False)
    meant = [None if _is_blank(each, cell) else cell for each, cell in known]
    meant += cells[len(parameters) :]
    answer = called(function, meant, day_zero)
    for choice in list(product((0.0, None), repeat=len(unclear)))[1:]:
        for place, value in zip(unclear, choice, strict=True):
            meant[place] = value
        if called(function, meant, day_zero) != answer:
            names = ", ".join(parameters[place].name for place in unclear)
            return CellError(WRONG_KIND, f"{function.name}: {names}: {REFUSED}")
    return answer


def _is_zero(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == 0


def _is_blank(parameter: Declared, cell: object) -> bool:
    kind = parameter.kind
    is_column = kind.shape != SCALAR and not parameter.is_optional
    return _is_zero(cell) and (is_column or kind.written in (TEXT, DATE))


def _is_unclear(parameter: Declared, cell: object) -> bool:
    if not _is_zero(cell) or not parameter.is_optional or _is_blank(parameter, cell):
        return False
    return parameter.kind.shape != SCALAR or parameter.default != 0
