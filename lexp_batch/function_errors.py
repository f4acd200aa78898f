"""Which error a function answers to a bad cell, found by asking it.

Each argument of the example is replaced in turn by a blank, a text, TRUE, a range, a number or
date out of range, a name that is not there; of a column, its first cell. What comes back is
told, so that nothing is declared by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from addin.calling import called
from addin.excel_values import DAY_ZERO_1900, CellError
from lexp_batch.excel_spelling import Rows, called_with, constant, is_one_cell
from lexp_calc.kinds import COLUMN, DATE, NUMBER, SCALAR, TEXT
from lexp_calc.spreadsheet_function import Argument, Function
from workbook_templates.example_cells import argument_values

WORDS, BLANK, TRUE, RANGE, SHAPE = "text", "a blank", "TRUE", "more than one cell", "another shape"
NUMBERS, DATES = "a number out of range", "a date out of range"
NAMES = "a name that is not there"
ERRORS = ("#VALUE!", "#NUM!", "#N/A")

SOME_TEXT, SOME_NAME = "some text", "no such name"
TWO_ROWS = ((1.0,), (2.0,))
TWO_BY_TWO = ((1.0, 2.0), (3.0, 4.0))
ONE_COLUMN = ((45000.0,), (45031.0,))  # of numbers that may be dates
TOO_SMALL, TOO_LARGE, TOO_LATE = -1.0, 1e15, date(2300, 1, 1)
OUT_OF_RANGE = {NUMBER: ((NUMBERS, TOO_SMALL), (NUMBERS, TOO_LARGE)), DATE: ((DATES, TOO_LATE),)}


@dataclass(frozen=True)
class Refusal:
    """One bad call: which argument, what is wrong with it, and what was answered.

    `formula` is empty where the call has more than single values.
    """

    argument: str
    what: str
    formula: str
    error: CellError


def refusals(function: Function) -> list[Refusal]:
    """What the function refuses of each argument, the others being those of the example."""
    example = {
        each.name: argument_values(each, function.example.args.get(each.name))
        for each in function.arguments
    }
    found = []
    for argument in function.arguments:
        for what, rows in _bad_rows(function, argument, example[argument.name]):
            given = [
                rows if each is argument else example[each.name] for each in function.arguments
            ]
            answer = called(function, list(map(as_given, given)))
            if isinstance(answer, CellError):
                is_typed = all(map(is_one_cell, given))
                formula = called_with(function, list(map(constant, given))) if is_typed else ""
                found.append(Refusal(argument.name, what, formula, answer))
    return found


def as_given(rows: Rows) -> Rows:
    """The rows as a spreadsheet gives them: dates as serial numbers, a blank as None."""
    return tuple(
        tuple((cell - DAY_ZERO_1900).days if isinstance(cell, date) else cell for cell in row)
        for row in rows
    )


def _bad_rows(function: Function, argument: Argument, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """(what is wrong, the cells), each of which the argument may refuse."""
    kind = argument.kind
    if kind.shape in (SCALAR, COLUMN):
        for what, cell in _bad_cells(kind.written, kind.shape == SCALAR):
            yield what, ((cell,), *rows[1:])
    if not argument.is_optional:
        yield BLANK, (("",),)
    if kind.shape != SCALAR:
        yield SHAPE, TWO_BY_TWO if kind.shape == COLUMN else ONE_COLUMN
    elif not function.by_row:
        yield RANGE, TWO_ROWS


def _bad_cells(written: str, is_alone: bool) -> Iterator[tuple[str, object]]:
    if written != TEXT:
        yield WORDS, SOME_TEXT
    if written in OUT_OF_RANGE:
        yield TRUE, True
        yield from OUT_OF_RANGE[written]
    if written == TEXT and is_alone:
        yield NAMES, SOME_NAME
