"""Computes for LibreOffice: reads a call a line of its input, writes the answer's line.

    {"fn": "LEXP_FEE", "cells": [1000, 0.01], "day_zero": "1899-12-30"}  -> {"value": 10.0}
    {"why": "LEXP_FEE", "cells": [1000, 9], "day_zero": "1899-12-30"}    -> {"value": "LEXP_FEE: …"}

A cell is null (blank), a number, a text, true, false, or {"error": "#N/A"}; a range is a list of
rows. What a function that may answer with many cells answers is {"rows": [[cell, …], …]}. A date
is its serial number. The program ends at the end of its input.
"""

import json
import sys
from datetime import date

from addin.calc.ambiguous_zero import called_from_calc
from addin.calc.interface import answers_rows
from addin.calling import reason_why
from addin.excel_values import CellError, is_range
from addin.log_file import log_fault
from lexp_calc.functions import function_named
from lexp_calc.kinds import COLUMN
from lexp_calc.spreadsheet_function import Function

WRONG_KIND = "#VALUE!"
LONGEST_LINE = 100_000_000  # characters: some million cells
TOO_LONG = {"value": {"error": "#NUM!", "reason": "found more cells than one call may have"}}


def answer(line: str) -> dict:
    """The answer to the call of one line; a fault of the program is an error with a reason."""
    try:
        request = json.loads(line)
        day_zero = date.fromisoformat(request["day_zero"])
        cells = [_read(each) for each in request["cells"]]
        if "why" in request:
            name = _read(request["why"])
            return {"value": reason_why(name, cells, day_zero, called_from_calc)}
        function = function_named(request["fn"])
        found = called_from_calc(function, cells, day_zero)
        if is_range(found) and len(found) == 1:
            found = [*found, *_row_below(function, cells, len(found[0]))]
        return _rows_or_value(function, found, day_zero)
    except Exception as failure:  # the outer shell: whatever comes, the next line is answered
        return {"value": {"error": WRONG_KIND, "reason": log_fault(failure)}}


def _rows_or_value(function: Function, value: object, day_zero: date) -> dict:
    if is_range(value):
        return {"rows": [[_cell(each, day_zero) for each in row] for row in value]}
    cell = _cell(value, day_zero)
    return {"rows": [[cell]]} if answers_rows(function) else {"value": cell}


def _row_below(function: Function, cells: list, width: int) -> list[list]:
    """A blank row where there might have been more than one: a single one Calc would repeat.

    It fills the whole area of an array formula with it, beside blank arguments too.
    """
    might_be_more = function.result.shape == COLUMN or any(
        is_range(each) and len(each) > 1 for each in cells
    )
    return [[None] * width] if might_be_more else []


def _read(value: object) -> object:
    if isinstance(value, dict):
        return CellError(value["error"])
    if isinstance(value, list):
        return [[_read(cell) for cell in row] for row in value]
    return value


def _cell(value: object, day_zero: date) -> object:
    if isinstance(value, date):
        return (value - day_zero).days
    if isinstance(value, CellError):
        return {"error": value.text, "reason": value.reason}
    return value


def main() -> None:
    """Answer line by line until the input ends, or a line is too long to be read whole."""
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing else may be written among them
    while line := sys.stdin.readline(LONGEST_LINE):
        is_whole = line.endswith("\n")
        print(json.dumps(answer(line) if is_whole else TOO_LONG), file=answers, flush=True)
        if not is_whole:
            return


if __name__ == "__main__":
    main()
