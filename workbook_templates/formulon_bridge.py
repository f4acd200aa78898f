"""Recalculates workbooks with formulon on behalf of `formulon_engine.py`, a line each way.

    python -m workbook_templates.formulon_bridge

It answers {"ready": true}, then each request as `libreoffice_bridge.py` does:

    {"do": "recalculate", "path": ..., "changes": [[sheet, cell, value], ...]}
        -> {"cells": [[sheet, cell, value or {"error": "#N/A"}], ...]}, every formula cell
    {"do": "end"}  -> nothing; it ends
"""

import json
import re
import sys
from pathlib import Path

import formulon
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from lexp_calc.errors import LexpError, NotThere, WrongKind
from workbook_templates.stored_cells import stored_formula_cells, unlocked_input_cells

ERRORS = {
    formulon.ErrorCode.NULL: "#NULL!",
    formulon.ErrorCode.DIV0: "#DIV/0!",
    formulon.ErrorCode.VALUE: "#VALUE!",
    formulon.ErrorCode.REF: "#REF!",
    formulon.ErrorCode.NAME: "#NAME?",
    formulon.ErrorCode.NUM: "#NUM!",
    formulon.ErrorCode.NA: "#N/A",
}
SUMMED = re.compile(r"\bSUM\((\w+)\)")
ONE_CELL = re.compile(r"(?:.+!)?(\$?[A-Z]{1,3}\$?[0-9]{1,7})")


def recalculate(path, changes):
    """[[sheet, cell, value], ...] of every formula cell, none from the file's cache."""
    listed = stored_formula_cells(path)
    with formulon.Workbook.load(Path(path).read_bytes()) as workbook:
        widen_summed_names(workbook, {formula for formula, _ in listed.values()})
        sheets = {workbook.sheet_name(each): each for each in range(workbook.sheet_count())}
        unlocked = unlocked_input_cells(path) if changes else {}
        for title, reference, value in changes:
            apply_change(workbook, sheets, unlocked, listed, (title, reference), value)
        # Loaded, every cell counts as out of date: this computes them all.
        workbook.recalc()
        found = {(title, reference): None for title, reference in listed}
        for title, sheet in sheets.items():
            for cell in workbook.iter_cells(sheet):
                reference = f"{get_column_letter(cell.col + 1)}{cell.row + 1}"
                if cell.formula or (title, reference) in found:
                    found[title, reference] = value_of(cell.value)
        return [[title, reference, value] for (title, reference), value in found.items()]


def widen_summed_names(workbook, formulas):
    """Let a name of one cell that is summed stand for the range of that one cell.

    formulon 0.18 takes the text in a cell so named for a text typed into the formula: SUM(name)
    is #VALUE! where in Excel, which skips the text of cells, it is 0.
    """
    summed = {name for formula in formulas for name in SUMMED.findall(formula)}
    for each in list(workbook.iter_defined_names()):
        match = ONE_CELL.fullmatch(each.formula.removeprefix("="))
        if match and each.name in summed and each.local_sheet_id < 0:
            workbook.set_defined_name(each.name, f"{each.formula}:{match[1]}")


def apply_change(workbook, sheets, unlocked, formulas, key, value):
    """Type `value` into one input cell; None clears it. Text is never taken as a formula."""
    title, reference = key
    where = f"{title}!{reference}"
    if title not in sheets:
        raise NotThere(where, "no such sheet", f"one of {', '.join(sheets)}")
    sheet = sheets[title]
    row, column = (each - 1 for each in coordinate_to_tuple(reference))
    if key in formulas:
        raise WrongKind(where, f"holds the formula {formulas[key][0]}", "an input cell")
    if workbook.get_sheet_protection(sheet).enabled and key not in unlocked:
        raise WrongKind(where, "the cell is locked", "an unlocked input cell")
    if value is None:
        workbook.set_blank(sheet, row, column)
    elif isinstance(value, str):
        workbook.set_text(sheet, row, column, value)
    else:
        workbook.set_number(sheet, row, column, float(value))


def value_of(value):
    """A value as JSON carries it; a cell that shows an empty one holds 0."""
    kind = formulon.ValueKind
    if value.kind == kind.ERROR:
        return {"error": ERRORS.get(value.error_code, "#UNKNOWN!")}
    if value.kind == kind.BLANK:
        return 0.0
    return value.to_python() if value.kind in (kind.NUMBER, kind.BOOL, kind.TEXT) else None


def answer(request):
    """One request's answer; what cannot be done is {"where", "found", "expected"}."""
    try:
        return {"cells": recalculate(request["path"], request["changes"])}
    except LexpError as problem:
        return {"where": problem.where, "found": problem.found, "expected": problem.expected}
    except (formulon.FormulonError, ValueError) as failure:
        found = f"formulon says: {failure}"
        return {"where": "workbook", "found": found, "expected": "a sound file"}


def main():
    """Answers line by line until it is told to end."""

    def say(message):
        print(json.dumps(message), flush=True)

    # Compiled when first used: so the first workbook's time limit is not spent on it.
    formulon.eval_formula("=1+1")
    say({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "end":
            return
        say(answer(request))


if __name__ == "__main__":
    main()
