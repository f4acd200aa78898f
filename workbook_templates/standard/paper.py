"""Rows 23 to 27: the schedule on screen and paper."""

import re

from workbook_templates.standard.tables import schedules
from workbook_templates.standard.workbook_file import WorkbookFile, named_areas

A_VERSION = re.compile(r"\d+\.\d+")
SUMMED = ("interest", "total payment", "drawn")


def frozen_panes(book: WorkbookFile):
    """Row 23: the heads stay in sight."""
    for table in schedules(book):
        pane = table.sheet.find("sheetViews/sheetView/pane")
        frozen = pane is not None and pane.get("state") in ("frozen", "frozenSplit")
        if not frozen or int(float(pane.get("ySplit", 0))) < table.head_row:
            yield table.sheet.title, "the heads are not frozen"


def print_titles_and_area(book: WorkbookFile):
    """Row 24: head rows on each page, and an area that holds the whole printed table."""
    for table in schedules(book):
        sheet = table.sheet
        own = {each.name: each.text for each in book.names if each.sheet == sheet.title}
        rows = own.get("_xlnm.Print_Titles", "").rpartition("!")[2].replace("$", "").split(":")
        if not (len(rows) == 2 and all(row.isdigit() for row in rows)):
            yield sheet.title, "no print titles"
        elif not int(rows[0]) <= table.head_row <= int(rows[1]):
            yield sheet.title, f"print titles without the head row {table.head_row}"
        areas = named_areas(own.get("_xlnm.Print_Area", ""))
        last = max((*table.rows, *table.total_rows))
        if not areas:
            yield sheet.title, "no print area"
        elif not any(
            area.holds(sheet.title, last, max(table.heads)) and area.first_row == 1
            for area in areas
        ):
            yield sheet.title, "a print area that leaves out part of the schedule"


def landscape_one_page_wide(book: WorkbookFile):
    """Row 25: the schedule landscape; each sheet one page wide."""
    wide = {table.sheet.title for table in schedules(book)}
    for sheet in book.sheets:
        setup, fit = sheet.find("pageSetup"), sheet.find("sheetPr/pageSetUpPr")
        fits = fit is not None and fit.get("fitToPage") in ("1", "true")
        if setup is None or not fits or setup.get("fitToWidth", "1") != "1":
            yield sheet.title, "not one page wide"
        elif sheet.title in wide and setup.get("orientation") != "landscape":
            yield sheet.title, "not landscape"


def footer(book: WorkbookFile):
    """Row 26: sheet, page and version at the foot of each page."""
    for sheet in book.sheets:
        kinds = ("oddFooter", "evenFooter", "firstFooter")
        found = [each for kind in kinds for each in sheet.find_all(f"headerFooter/{kind}")]
        text = "".join(each.text or "" for each in found)
        plain = text.replace("&&", "")
        for code, what in (("&A", "the sheet"), ("&P", "the page")):
            if code not in plain:
                yield sheet.title, f"a footer without {what}"
        if not A_VERSION.search(text):
            yield sheet.title, "a footer without the version"


def totals_row(book: WorkbookFile):
    """Row 27: directly below the schedule, each sum over all of its rows and no more."""
    for table in schedules(book):
        title = table.sheet.title
        if not table.total_rows or table.total_rows[-1] < table.rows[-1]:
            yield title, "no totals row below the schedule"
            continue
        row, summed = table.total_rows[-1], set()
        for column, head in table.heads.items():
            cell = table.sheet.cells.get((row, column))
            if cell is None or cell.formula is None:
                continue
            summed.add(head.casefold())
            areas = book.referred(table.sheet, cell)
            whole = (title, table.rows[0], column, table.rows[-1], column)
            if not areas or tuple(areas[0]) != whole:
                yield table.sheet.where(cell), f"={cell.formula} is not the sum of all rows"
        for head in SUMMED:
            if head not in summed:
                yield f"{title} row {row}", f"no total of {head}"
