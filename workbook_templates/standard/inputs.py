"""Rows 12 and 19 to 22: every input has a unit, a name, a rule, and is what one may change."""

import re

from openpyxl.utils import range_boundaries

from workbook_templates.standard.formulas import all_formulas
from workbook_templates.standard.tables import head_above
from workbook_templates.standard.workbook_file import (
    MAIN,
    Cell,
    Sheet,
    WorkbookFile,
    named_areas,
)

UNIT_IN_A_HEAD = re.compile(r"\([^)]+\)|%")


def units(book: WorkbookFile):
    """Row 12: in a column headed Unit, or in brackets in the head above.

    A date or a word from a list says what it is by itself, under a head of its own.
    """
    for sheet in book.sheets:
        kinds = {place: rule.get("type") for rule, place in _ruled(sheet)}
        for cell in sheet.inputs:
            if not _has_unit(sheet, cell, kinds.get((cell.row, cell.column))):
                yield sheet.where(cell), "an input without a unit"


def _has_unit(sheet: Sheet, cell: Cell, kind: str | None) -> bool:
    head = head_above(sheet, cell.row, cell.column)
    if head and (UNIT_IN_A_HEAD.search(head) or kind in ("date", "list", "textLength")):
        if head.casefold() != "value":
            return True
    for (row, column), beside in sheet.cells.items():
        if row == cell.row and beside.is_text:
            if (head_above(sheet, row, column) or "").casefold() == "unit":
                return True
    return False


def _ruled(sheet: Sheet):
    """(validation, (row, column)) of each cell under a rule."""
    for rule in sheet.find_all("dataValidations/dataValidation"):
        for block in rule.get("sqref", "").split():
            left, top, right, bottom = range_boundaries(block)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield rule, (row, column)


def inputs_named(book: WorkbookFile):
    """Row 19: each input lies in the cells of a defined name."""
    areas = [area for several in book.areas.values() for area in several]
    for sheet in book.sheets:
        own = [area for area in areas if area.sheet == sheet.title]
        for cell in sheet.inputs:
            if not any(area.holds(sheet.title, cell.row, cell.column) for area in own):
                yield sheet.where(cell), "an input without a name"


def names_resolve(book: WorkbookFile):
    """Row 20: each name leads to cells of a sheet that is there, each one used is defined."""
    for each in book.names:
        titles = {area.sheet for area in named_areas(each.text)}
        if "#REF!" in each.text or not each.text or titles - set(book.by_title):
            yield f"name {each.name}", f"leads to {each.text or 'nothing'}"
    known = {each.name.casefold() for each in book.names}
    told = set()
    for where, formula, parts in all_formulas(book):
        if "#REF!" in formula and not where.startswith("name "):
            yield where, f"a lost reference: ={formula}"
        for reference in parts.references:
            title, name = reference.sheet, reference.name
            if title is not None and title not in book.by_title and "[" not in title:
                if "#REF" not in title and not where.startswith("name "):
                    yield where, f'no sheet named "{title}"'
            is_word = name is not None and re.fullmatch(r"[A-Za-z_\\][\w.]*", name)
            if is_word and name.casefold() not in known and name not in told:
                told.add(name)
                yield where, f"the name {name} is not defined"


def inputs_validated(book: WorkbookFile):
    """Row 21: a rule that stops a wrong entry, and says in words what is due."""
    for sheet in book.sheets:
        good, silent = set(), set()
        for rule, place in _ruled(sheet):
            shows = rule.get("showErrorMessage") in ("1", "true")
            stops = rule.get("errorStyle", "stop") == "stop" and rule.get("type", "none") != "none"
            (good if shows and stops and rule.get("error") else silent).add(place)
        for cell in sheet.inputs:
            place = (cell.row, cell.column)
            if place not in good:
                how = "a rule without an error text" if place in silent else "no rule"
                yield sheet.where(cell), f"an input with {how}"


def protection(book: WorkbookFile):
    """Row 22: each sheet protected, without a password, only inputs unlocked, and said so."""
    for sheet in book.sheets:
        guard = sheet.find("sheetProtection")
        if guard is None or guard.get("sheet") not in ("1", "true"):
            yield sheet.title, "not protected"
        elif guard.get("password") or guard.get("hashValue"):
            yield sheet.title, "protected with a password"
        for cell in sheet.formulas:
            if not cell.style.locked:
                yield sheet.where(cell), "an unlocked formula"
        for tag, mark in (("cols/col", "style"), ("sheetData/row", "s")):
            for each in sheet.find_all(tag):
                if each.get(mark) and not book.styles[int(each.get(mark))].locked:
                    yield sheet.title, f"an unlocked {tag.rpartition('/')[2]}"
    lock = book.workbook.find(f"{MAIN}workbookProtection")
    if lock is not None and (lock.get("workbookPassword") or lock.get("workbookHashValue")):
        yield "workbook", "protected with a password"
    about = book.sheet("About")
    words = " ".join(cell.value.casefold() for cell in about.texts()) if about else ""
    if not all(word in words for word in ("protected", "slips", "no security")):
        yield "About", "does not say that the protection is a guard against slips, no security"
