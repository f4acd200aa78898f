"""Rows 37, 38 and 40: every formula has its value, the right one, and it is easily read."""

import re
from math import isfinite

from workbook_templates.standard.finding import NOT_CHECKED
from workbook_templates.standard.tables import head_above
from workbook_templates.standard.workbook_file import WorkbookFile, named_areas
from workbook_templates.stored_cells import CellError
from workbook_templates.verify import compare

A_THOUSAND = 1000
IS_DATE = re.compile(r"(?<![\w\\])[dmy]+[-/. ,]", re.IGNORECASE)
EXACT_WORKINGS = re.compile(
    r"\b(units?|product|exact|cumulative|day number|no\.|year)\b", re.IGNORECASE
)
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def formulas_carry_values(book: WorkbookFile):
    """Row 37: what mail previews, phones and pandas show; an error is no value."""
    for sheet in book.sheets:
        for cell in sheet.formulas:
            if cell.value is None or isinstance(cell.value, CellError):
                shown = "no value" if cell.value is None else f"the error {cell.value}"
                yield sheet.where(cell), f"={cell.formula} with {shown}"


def second_engine_agrees(book: WorkbookFile):
    """Row 38: recalculated as stored; after changed inputs is what flips are for."""
    if book.aids.engine is None:
        yield book.path, f"{NOT_CHECKED}: no second engine was given"
        return
    for difference in compare(book.path, book.aids.engine).differences:
        yield f"{difference.sheet}!{difference.cell}", str(difference).partition(": ")[2]


def formats(book: WorkbookFile):
    """Row 40: thousands apart, zero as '-', negatives in brackets, months in letters."""
    for sheet in book.sheets:
        told = set()
        areas = [
            area
            for each in book.names
            if each.name == "_xlnm.Print_Area" and each.sheet == sheet.title
            for area in named_areas(each.text)
        ]

        def is_printed(cell, sheet=sheet, areas=areas) -> bool:
            return not areas or any(a.holds(sheet.title, cell.row, cell.column) for a in areas)

        for cell in sheet.cells.values():
            if not cell.is_number or not isfinite(cell.value):
                continue
            fault = _fault(cell, sheet, is_printed)
            if fault and (fault, cell.style.number_format) not in told:
                told.add((fault, cell.style.number_format))
                yield sheet.where(cell), f"{fault}: the format {cell.style.number_format}"


def _fault(cell, sheet, is_printed) -> str | None:
    """What is wrong with how a number shows; None where nothing is."""
    number_format, value = cell.style.number_format, cell.value
    code = QUOTED.sub("", number_format)
    sections = number_format.split(";")
    if IS_DATE.search(code + " "):
        return (
            None
            if "mmm" in code.casefold() and "yyyy" in code.casefold()
            else "a date that can be misread"
        )
    if code == "0" and value == int(value):  # a year, or a count without a unit
        return None
    if number_format == "General":
        return "a number without a format"
    if len(sections) < 3 or "-" not in sections[2]:
        return "zero is not shown as '-'"
    if "(" not in sections[1]:
        return "a negative without brackets"
    if "%" not in code and abs(value) >= A_THOUSAND and "#,##0" not in code:
        head = head_above(sheet, cell.row, cell.column) or ""
        if not is_printed(cell):
            return None  # exact workings beside the printed table
        if not EXACT_WORKINGS.search(head + " " + _label(sheet, cell.row)):
            return "thousands that are not set apart"
    return None


def _label(sheet, row: int) -> str:
    label = sheet.cells.get((row, 1))
    return label.value if label is not None and label.is_text else ""
