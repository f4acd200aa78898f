"""One call of a function from a sheet: cells in, cells out, and never a traceback."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain

from addin.excel_values import (
    DAY_ZERO_1900,
    CellError,
    as_cells,
    as_shown,
    filled,
    is_range,
    one_cell_or_rows,
    plain_value,
    quick_cell,
    rows_of,
    shape,
)
from addin.log_file import log_fault, log_reason
from lexp_calc.arguments import is_blank
from lexp_calc.cell_ranges import LONGEST_COLUMN
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems, WrongKind, refuse_all
from lexp_calc.functions import function_named
from lexp_calc.kinds import DATE
from lexp_calc.spreadsheet_function import Function

WRONG_KIND = "#VALUE!"
ERROR_TEXTS = ((NotThere, "#N/A"), (OutOfRange, "#NUM!"), (WrongKind, WRONG_KIND))
LONGEST_TEXT = 32_767  # characters that a cell holds
LARGEST_BLOCK = 200_000  # answers of one formula


def called(function: Function, cells: Sequence, day_zero: date = DAY_ZERO_1900) -> object:
    """What a function answers to the cells of its arguments, in order.

    `cells` may end early; None leaves an argument out. Serial numbers count days from
    `day_zero`. Back comes one cell, or rows of cells: a column as rows of one, a table below
    its headings. A fault of the user is a CellError (#VALUE! for the wrong kind or shape,
    #NUM! out of range, #N/A for what is not there), an error cell given comes back as it is,
    and a fault of the program is logged and answered as #VALUE!: nothing is raised.
    """
    try:
        given = [one_cell_or_rows(each) for each in cells]
        fits = len(given) <= len(function.arguments)
        if function.by_row and fits and any(map(is_range, given)):
            return _answers_by_row(function, given, day_zero)
        return _error_given(function, given) or as_cells(_value(function, given, day_zero))
    except LexpError as problem:
        return _refused(function, problem)
    except Exception as failure:  # one call is the outer shell: no traceback reaches a cell
        return CellError(WRONG_KIND, f"{function.name}: {log_fault(failure)}")


def reason_why(
    name: object,
    cells: Sequence,
    day_zero: date = DAY_ZERO_1900,
    answer_to: Callable[[Function, Sequence, date], object] = called,
) -> str:
    """Why the function of this name refuses the cells, in words; empty where it has an answer.

    Of an answer of many cells, the first reason. `answer_to` calls the function as the
    spreadsheet does that asks, where that is not `called` itself.
    """
    asked = one_cell_or_rows(name)
    if not isinstance(asked, str) or is_blank(asked):
        return 'name: the name of a function, such as "LEXP_FEE", would be right'
    try:
        function = function_named(asked)
    except LexpError as problem:
        return str(problem)
    answer = answer_to(function, cells, day_zero)
    found = chain.from_iterable(rows_of(answer))
    reason = next((each.reason for each in found if isinstance(each, CellError)), "")
    return reason[:LONGEST_TEXT]


def _refused(function: Function, problem: LexpError) -> CellError:
    first = problem.problems[0] if isinstance(problem, Problems) else problem
    text = next((text for kind, text in ERROR_TEXTS if isinstance(first, kind)), WRONG_KIND)
    reason = f"{function.name}: {problem}".replace("\n", "; and ")
    log_reason(reason)
    return CellError(text, reason)


def _error_given(function: Function, given: list) -> CellError | None:
    """The first error cell among the arguments, with the argument that it stood in."""
    for argument, value in zip(function.arguments, given, strict=False):
        cells = rows_of(value)
        if CellError in map(type, chain.from_iterable(cells)):
            found = next(each for each in chain.from_iterable(cells) if isinstance(each, CellError))
            where = f"{function.name}: {argument.name}"
            reason = f"{where}: found the error {found.text}, which is passed on"
            log_reason(reason)
            return CellError(found.text, reason)
    return None


def _value(function: Function, given: list, day_zero: date) -> object:
    """The core's answer; where it refuses a number of too many digits, that to 15 digits."""
    problems, plain = [], []
    for argument, value in zip(function.arguments, given, strict=False):
        try:
            plain.append(plain_value(argument, value, day_zero))
        except LexpError as problem:
            problems.append(problem)
    refuse_all(problems)
    plain += given[len(function.arguments) :]  # too many, as the core says by name
    try:
        return function.plain(*plain)
    except LexpError:
        shown = [as_shown(each) for each in plain]
        if shown == plain:
            raise
        return function.plain(*shown)


def _answers_by_row(function: Function, given: list, day_zero: date) -> list[list]:
    """An answer for each row and column of the ranges; one cell, row or column serves them all.

    Rows that are blank in every range are left off at the end. An error in a row, or a bad
    value, is the answer of that row alone.
    """
    height, width = _size_in_common(function, given)
    blocks = [rows_of(each) for each in given]
    columns = [
        _column_of_answers(function, [_column(rows, place, height) for rows in blocks], day_zero)
        for place in range(width)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(rows: Sequence[Sequence], place: int, height: int) -> list:
    place %= len(rows[0])
    return [row[place] for row in rows[:height]] if len(rows) > 1 else [rows[0][place]] * height


def _column_of_answers(function: Function, columns: list[list], day_zero: date) -> list:
    """The answers to cells in columns of one length, one for each argument.

    Ten thousand rows are common, so good ones go straight to the core; `called` says what is
    wrong with the others.
    """
    read = [
        [quick_cell(argument, cell, day_zero) for cell in cells]
        if argument.kind.written == DATE
        else cells
        for argument, cells in zip(function.arguments, columns, strict=False)
    ]
    answers = []
    for plain, cells in zip(zip(*read, strict=True), zip(*columns, strict=True), strict=True):
        try:
            answers.append(as_cells(function.plain(*plain)))
        except LexpError:
            answers.append(called(function, cells, day_zero))
    return answers


def _size_in_common(function: Function, given: list) -> tuple[int, int]:
    """Rows and columns of the answer: ranges of another size, or all blank, are refused."""
    named = zip(function.arguments, given, strict=False)
    by_name = {argument.name: each for argument, each in named if is_range(each)}
    where, ranges = ", ".join(by_name), by_name.values()
    found = f"found {' and '.join(map(shape, ranges))}"
    height, width = max(map(len, ranges)), max(len(each[0]) for each in ranges)
    for each in ranges:
        widths = {len(row) for row in each}
        if len(each) not in (1, height) or len(widths) > 1 or not widths <= {1, width}:
            raise WrongKind(where, found, "ranges of one shape would be right")
    height = max(len(filled(each)) for each in ranges if len(each) == height)
    if not height:
        raise WrongKind(where, "found nothing (a blank)", "values would be right")
    if height > LONGEST_COLUMN or height * width > LARGEST_BLOCK:
        expected = f"at most {LONGEST_COLUMN:,} rows, and {LARGEST_BLOCK:,} cells, would be right"
        raise OutOfRange(where, found, expected)
    return height, width
