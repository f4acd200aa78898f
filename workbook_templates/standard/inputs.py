"""Rows 2, 12 and 19 to 22: inputs apart, explained, named, checked, and all else protected."""

import re
from collections.abc import Iterator

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.reading import ReadCell, ReadSheet, ReadWorkbook, areas
from workbook_templates.stored_cells import MAIN

UNIT_IN_HEAD = re.compile(r"\(.+\)")
PASSWORDS = ("password", "hashValue", "algorithmName", "saltValue")
LONGEST_WAY_UP = 400  # rows from an input to the head of its table


def kinds_are_apart(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 2: inputs stand on sheets of their own, calculations and outputs on others."""
    with_inputs = [sheet for sheet in book.sheets if any(sheet.inputs)]
    if not with_inputs:
        yield "workbook", "no sheet has inputs"
    for sheet in with_inputs:
        formula = next(sheet.formulas, None)
        if formula is not None:
            yield sheet.at(formula), "a formula on a sheet with inputs"
    if book.sheet("Summary") is None:
        yield "workbook", "no sheet Summary for the results"


def inputs_have_units(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 12: a unit right of each single input, or in the head of its column."""
    for sheet in book.sheets:
        chosen = _chosen(sheet)
        for cell in sheet.inputs:
            beside = sheet.cells.get((cell.row, cell.column + 1))
            if beside is not None and beside.is_text:
                continue
            head = _head_above(sheet, cell)
            explained = "mmm" in cell.look.number_format or (cell.row, cell.column) in chosen
            if head is None or not (explained or UNIT_IN_HEAD.search(head)):
                yield sheet.at(cell), f"an input without a unit, under {head!r}"


def inputs_are_named(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 19: each input belongs to a defined name."""
    named = {
        (block.sheet, row, column)
        for block in book.names.values()
        if block is not None
        for row in range(block.first_row, block.last_row + 1)
        for column in range(block.first_column, block.last_column + 1)
    }
    for sheet in book.sheets:
        for cell in sheet.inputs:
            if (sheet.title, cell.row, cell.column) not in named:
                yield sheet.at(cell), "an input without a defined name"


def names_resolve(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 20: each name stands for cells that are there."""
    for name, block in book.names.items():
        if block is None:
            yield f"name {name}", "does not stand for cells"
            continue
        sheet = book.sheet(block.sheet)
        if sheet is None:
            yield f"name {name}", f"stands for cells of {block.sheet}, which is not there"
        elif (block.first_row, block.first_column) not in sheet.cells:
            yield f"name {name}", f"stands for an empty place of {block.sheet}"


def inputs_are_checked(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 21: each input has a validation that stops with an error text."""
    for sheet in book.sheets:
        checked = set()
        for rule in sheet.root.iter(f"{MAIN}dataValidation"):
            stops = rule.get("showErrorMessage") in ("1", "true") and rule.get("error")
            if stops and rule.get("errorStyle", "stop") == "stop":
                for top, left, bottom, right in areas(rule.get("sqref")):
                    checked |= {
                        (row, column)
                        for row in range(top, bottom + 1)
                        for column in range(left, right + 1)
                    }
        for cell in sheet.inputs:
            if (cell.row, cell.column) not in checked:
                yield sheet.at(cell), "an input without a validation and its error text"


def all_else_is_protected(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 22: every sheet protected without a password, only inputs unlocked, and said so."""
    for sheet in book.sheets:
        protection = sheet.root.find(f"{MAIN}sheetProtection")
        if protection is None or protection.get("sheet") not in ("1", "true"):
            yield sheet.title, "not protected"
        elif any(protection.get(each) for each in PASSWORDS):
            yield sheet.title, "protected with a password"
        for cell in sheet.formulas:
            if not cell.look.locked:
                yield sheet.at(cell), f"an unlocked formula ={cell.formula}"
    about = book.sheet("About")
    said = "" if about is None else " ".join(str(cell.value) for cell in about.texts())
    if "without a password" not in said or "no security" not in said:
        yield "About", "does not say that the protection has no password and is no security"


def _chosen(sheet: ReadSheet) -> set[tuple[int, int]]:
    """The inputs that take a word of a list, which is its own unit."""
    return {
        (row, column)
        for rule in sheet.root.iter(f"{MAIN}dataValidation")
        if rule.get("type") == "list"
        for top, left, bottom, right in areas(rule.get("sqref"))
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _head_above(sheet: ReadSheet, cell: ReadCell) -> str | None:
    for row in range(cell.row - 1, max(0, cell.row - LONGEST_WAY_UP), -1):
        above = sheet.cells.get((row, cell.column))
        if above is not None and above.is_text and above.look.is_head:
            return above.value
        if above is None or not above.is_input:
            return None
    return None
