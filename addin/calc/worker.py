"""Computes for LibreOffice: reads a call a line of its input, writes the answer's line.

    {"fn": "LEXP_FEE", "cells": [1000, 0.01], "day_zero": "1899-12-30"}  -> {"value": 10.0}
    {"why": "LEXP_FEE", "cells": [1000, 9], "day_zero": "1899-12-30"}    -> {"value": "LEXP_FEE: …"}

A cell is null (blank), a number, a text, true, false, or {"error": "#N/A"}; a range is a list of
rows, and an answer of many cells {"rows": [[cell, …], …]}. A date is its serial number. The
program ends at the end of its input.
"""

import json
import sys
from datetime import date

from addin.calc.ambiguous_zero import as_meant
from addin.calling import called, reason_why
from addin.excel_values import CellError, is_range
from addin.log_file import log_fault
from lexp_calc.errors import LexpError
from lexp_calc.functions import function_named

WRONG_KIND = "#VALUE!"
LONGEST_LINE = 100_000_000  # characters: some million cells


def answer(line: str) -> dict:
    """The answer to the call of one line; a fault of the program is an error with a reason."""
    try:
        request = json.loads(line)
        day_zero = date.fromisoformat(request["day_zero"])
        cells = [_read(each) for each in request["cells"]]
        if "why" in request:
            return _written(_why(_read(request["why"]), cells, day_zero), day_zero)
        return _written(_call(request["fn"], cells, day_zero), day_zero)
    except Exception as failure:  # the outer shell: whatever comes, the next line is answered
        return {"value": {"error": WRONG_KIND, "reason": log_fault(failure)}}


def _call(name: str, cells: list, day_zero: date) -> object:
    function = function_named(name)
    try:
        cells = as_meant(function, cells)
    except LexpError as problem:
        return CellError(WRONG_KIND, f"{function.name}: {problem}".replace("\n", "; and "))
    return called(function, cells, day_zero)


def _why(name: object, cells: list, day_zero: date) -> str:
    try:
        function = function_named(name)
        cells = as_meant(function, cells)
    except LexpError as problem:
        return str(problem).replace("\n", "; and ")
    return reason_why(function.name, cells, day_zero)


def _read(value: object) -> object:
    if isinstance(value, dict):
        return CellError(value["error"])
    if isinstance(value, list):
        return [[_read(cell) for cell in row] for row in value]
    return value


def _written(value: object, day_zero: date) -> dict:
    if is_range(value):
        return {"rows": [[_cell(each, day_zero) for each in row] for row in value]}
    return {"value": _cell(value, day_zero)}


def _cell(value: object, day_zero: date) -> object:
    if isinstance(value, date):
        return (value - day_zero).days
    if isinstance(value, CellError):
        return {"error": value.text, "reason": value.reason}
    return value


def main() -> None:
    """Answer line by line until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing else may be written among them
    while line := sys.stdin.readline(LONGEST_LINE):
        print(json.dumps(answer(line)), file=answers, flush=True)


if __name__ == "__main__":
    main()
