"""Rows 2, 33 and 34: sheets apart by purpose, no merged cells, names and titles that tell."""

import re

from workbook_templates.standard.tables import schedules, tables
from workbook_templates.standard.workbook_file import WorkbookFile

NAMES_BY_DEFAULT = re.compile(r"(sheet|tabelle|feuil|hoja|blad)\s*\d*", re.IGNORECASE)


def sheets_apart(book: WorkbookFile):
    """Row 2: where one types no formula stands, and there are results and calculations."""
    with_inputs = [sheet for sheet in book.sheets if sheet.inputs]
    if not with_inputs:
        yield "workbook", "no sheet with inputs"
    for sheet in with_inputs:
        for cell in sheet.formulas[:1]:
            yield sheet.where(cell), "a formula on a sheet with inputs"
    if book.sheet("Summary") is None:
        yield "workbook", "no sheet named Summary for the results"
    if not any(sheet.formulas for sheet in book.sheets if sheet.title != "Summary"):
        yield "workbook", "no sheet with calculations"


def no_merged_cells(book: WorkbookFile):
    """Row 33: none anywhere, which no reader of a table can mistake."""
    for sheet in book.sheets:
        for each in sheet.find_all("mergeCells/mergeCell"):
            yield f"{sheet.title}!{each.get('ref')}", "merged cells"


def names_and_titles(book: WorkbookFile):
    """Row 34: a sheet's name says what it holds, and A1 holds its title."""
    for sheet in book.sheets:
        if NAMES_BY_DEFAULT.fullmatch(sheet.title) or len(sheet.title) < 3:
            yield sheet.title, "a sheet name that says nothing"
        title = sheet.cells.get((1, 1))
        if title is None or not isinstance(title.value, str) or not title.value.strip():
            yield f"{sheet.title}!A1", "no title"


def rows_beyond_maturity(book: WorkbookFile):
    """Row 43: heads of a schedule, zeros in its spare rows, rates in per cent, no empty text."""
    found = schedules(book)
    if not found:
        yield "workbook", "no schedule: no table with the head Closing balance"
    for table in found:
        if table.column("Opening balance") is None:
            yield f"{table.sheet.title} row {table.head_row}", "no head Opening balance"
        for column in table.heads:
            for row, cell in zip(table.rows, table.cells(column), strict=True):
                if cell is None or cell.value in (None, ""):
                    yield f"{table.sheet.title} row {row}", f"{table.heads[column]}: a blank"
                    break
    for sheet in book.sheets:
        for cell in sheet.formulas:
            if cell.value == "":
                yield sheet.where(cell), "a formula that gives empty text"
    yield from _rates(book)


# 'Years of first rate' are years.
IS_RATE = re.compile(r"(?<!first )(?<!last )\brate( now)?$", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)$")


def _rates(book: WorkbookFile):
    """Numbers under a head such as 'All-in rate', or on a line whose unit is '% a year'."""
    for sheet in book.sheets:
        for table in tables(sheet):
            unit = table.column("Unit")
            for column, head in table.heads.items():
                is_rate = IS_RATE.search(IN_BRACKETS.sub("", head)) or "(%" in head
                for row, cell in zip(table.rows, table.cells(column), strict=True):
                    beside = sheet.cells.get((row, unit)) if unit and head == "Value" else None
                    in_per_cent = beside is not None and str(beside.value).startswith("%")
                    if not (is_rate or in_per_cent) or cell is None or not cell.is_number:
                        continue
                    if "%" not in cell.style.number_format:
                        yield sheet.where(cell), f'"{head}" without a per-cent format'
                        break
