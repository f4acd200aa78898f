"""Rows 23 to 27 and 43: a schedule on screen and on paper, row by row."""

import re
from collections.abc import Iterator

from workbook_templates.addresses import cell_name
from workbook_templates.standard.finding import Fault
from workbook_templates.standard.reading import ReadSheet, ReadWorkbook, block_of
from workbook_templates.standard.soundness import CLOSING, OPENING, schedules
from workbook_templates.stored_cells import MAIN

PRINT_AREA, PRINT_TITLES = "_xlnm.Print_Area", "_xlnm.Print_Titles"
SUM = re.compile(r"^SUM\((\$?[A-Z]+\$?\d+):(\$?[A-Z]+\$?\d+)\)$")


def panes_are_frozen(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 23: the heads and the first columns of a schedule stay in view."""
    for sheet in _sheets(book):
        pane = sheet.root.find(f".//{MAIN}pane")
        if pane is None or pane.get("state") != "frozen":
            yield sheet.title, "no frozen panes"


def print_is_set_up(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 24: what is printed is said, its head on each page."""
    for sheet in _sheets(book):
        names = book.names_of(sheet)
        for name in (PRINT_AREA, PRINT_TITLES):
            if not names.get(name):
                yield sheet.title, f"no {name.removeprefix('_xlnm.').replace('_', ' ').lower()}"
    for sheet, table in schedules(book):
        area = block_of(book.names_of(sheet).get(PRINT_AREA, ""))
        if area and not (area.first_row == 1 and area.last_row >= (table.totals_row or 0)):
            yield sheet.title, "the print area leaves rows out"


def pages_are_one_wide(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 25: schedules are landscape; every sheet is one page wide."""
    scheduled = {sheet.title for sheet in _sheets(book)}
    for sheet in book.sheets:
        setup = sheet.root.find(f"{MAIN}pageSetup")
        fit = sheet.root.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
        if setup is None or fit is None or fit.get("fitToPage") not in ("1", "true"):
            yield sheet.title, "not fitted to pages"
            continue
        if setup.get("fitToWidth", "1") != "1":
            yield sheet.title, "more than one page wide"
        if sheet.title in scheduled and setup.get("orientation") != "landscape":
            yield sheet.title, "not landscape"


def footers_say_where_one_is(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 26: sheet, page and version at the foot of each page."""
    about = book.sheet("About")
    version = next(
        (str(about.value(cell.row, 2)) for cell in about.texts() if cell.value == "Version"), None
    ) if about else None  # fmt: skip
    for sheet in book.sheets:
        footer = sheet.root.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") or ""
        for code, what in (("&A", "the sheet"), ("&P", "the page"), ("&N", "the pages in all")):
            if code not in footer:
                yield sheet.title, f"a footer without {what}"
        if not version or version.replace("&", "&&") not in footer:
            yield sheet.title, "a footer without the version"


def totals_are_whole(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 27: a row of totals, each the sum of its column from the first row to the last."""
    for sheet, table in schedules(book):
        if table.totals_row is None:
            yield sheet.title, "no row of totals"
            continue
        summed = 0
        for column in table.columns:
            cell = sheet.cells.get((table.totals_row, column))
            if cell is None or cell.formula is None:
                continue
            summed += 1
            whole = (cell_name(table.first_row, column), cell_name(table.last_row, column))
            found = SUM.match(cell.formula)
            if found is None or found.groups() != whole:
                yield sheet.at(cell), f"={cell.formula} is not the sum of {':'.join(whole)}"
        if summed < 2:
            yield sheet.title, "the row of totals sums nothing"


def unused_rows_are_zeros(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 43: no blank and no empty text in a schedule; its heads; a rate has a per-cent format."""
    if book.sheets_called("Schedule") and not list(schedules(book)):
        yield "Schedule", f"no heads {OPENING} and {CLOSING}"
    for sheet, table in schedules(book):
        for column, head in table.heads.items():
            for row in table.rows:
                cell = sheet.cells.get((row, column))
                if cell is None or cell.value in (None, ""):
                    yield f"{sheet.title}!{cell_name(row, column)}", f"nothing under {head}"
                elif _is_rate(head) and "%" not in cell.look.number_format:
                    yield sheet.at(cell), f"a rate as {cell.look.number_format}"
                    break


def _sheets(book: ReadWorkbook) -> list[ReadSheet]:
    return book.sheets_called("Schedule")


def _is_rate(head: str) -> bool:
    return head.casefold() in ("index rate", "all-in rate")
