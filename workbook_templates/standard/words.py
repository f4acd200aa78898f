"""Rows 1, 13, 33 to 35, 39 and 40: what a workbook says of itself, and how it says numbers."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.look import GENERAL
from workbook_templates.standard.reading import ReadSheet, ReadWorkbook
from workbook_templates.stored_cells import MAIN

ABOUT = ("purpose", "borrower", "version", "as of", "signs", "contact")
AUDIT = ("product", "term sheet, sha-256", "scenario")
AUDIT_HEADINGS = ("assumptions", "sources")
NUMBERED_TITLE = re.compile(r"^(Sheet|Tabelle|Feuil|Table)?\s*\d*$", re.IGNORECASE)
SMALLEST_TITLE = 14
CORE = "docProps/core.xml"
SHA256 = re.compile(r"^[0-9a-f]{64}$")
IN_QUOTES = re.compile(r'"[^"]*"')
AS_DATE = re.compile(r"(?<![a-z])(d{1,4}|m{3,5}|y{2,4})(?![a-z])", re.IGNORECASE)


def about_says_what_it_is(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 1: purpose, borrower, tranche, version, as-of date, signs, key to colours, contact."""
    sheet = book.sheet("About")
    if sheet is None:
        yield "workbook", "no sheet About"
        return
    said = _labels(sheet)
    for label in ABOUT:
        if not said.get(label):
            yield "About", f"says nothing under '{label}'"
    if not (said.get("tranche") or said.get("deal")):
        yield "About", "names neither a tranche nor a deal"
    if not any(cell.value.casefold() == "colours" for cell in sheet.texts()):
        yield "About", "has no key to the colours"


def signs_are_stated(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 13: what is positive, and how a negative amount is shown."""
    sheet = book.sheet("About")
    said = "" if sheet is None else _labels(sheet).get("signs", "")
    if "positive" not in said.casefold() or "negative" not in said.casefold():
        yield "About", "does not state the sign convention"


def nothing_is_merged(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 33: no merged cells."""
    for sheet in book.sheets:
        for merged in sheet.root.iter(f"{MAIN}mergeCell"):
            yield f"{sheet.title}!{merged.get('ref')}", "merged cells"


def sheets_have_titles(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 34: a sheet's name says what it holds, and a title stands in A1."""
    for sheet in book.sheets:
        if NUMBERED_TITLE.match(sheet.title):
            yield sheet.title, "the name does not describe the sheet"
        title = sheet.cells.get((1, 1))
        if title is None or not title.is_text:
            yield f"{sheet.title}!A1", "no title"
        elif title.look.size < SMALLEST_TITLE:
            yield f"{sheet.title}!A1", f"a title of {title.look.size:g} points"


def document_is_described(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 35: title, creator and language of the document."""
    said: dict[str, str | None] = {}
    if CORE in book.parts:
        said = {_local(each): each.text for each in book.tree(CORE)}
    for what in ("title", "creator", "language"):
        if not said.get(what):
            yield CORE, f"no {what}"


def audit_says_where_from(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 39: version, term-sheet hash, scenario, every source and assumption."""
    sheet = book.sheet("Audit")
    if sheet is None:
        yield "workbook", "no sheet Audit"
        return
    said = _labels(sheet)
    for label in AUDIT:
        if not said.get(label):
            yield "Audit", f"says nothing under '{label}'"
    stated = said.get(AUDIT[1], "")
    if stated and not (SHA256.match(stated) or stated == "made in Python"):
        yield "Audit", f"'{stated}' is no SHA-256"
    headings = [cell.value.casefold() for cell in sheet.texts() if cell.look.bold]
    for heading in AUDIT_HEADINGS:
        if not any(each.startswith(heading) for each in headings):
            yield "Audit", f"no {heading}"


def numbers_are_formatted(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 40: thousands separated, zero '-', negatives in brackets, months by name."""
    told = set()
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            is_number = isinstance(cell.value, float) and not isinstance(cell.value, bool)
            code = cell.look.number_format
            if not is_number or (sheet.title, code) in told:
                continue
            if problem := _problem(code, cell.value):
                told.add((sheet.title, code))
                yield sheet.at(cell), f"{cell.value:g} as {code}: {problem}"


def _problem(code: str, value: float) -> str | None:
    """What is wrong with a number format; a whole number below 10,000 may be a bare year."""
    if code == GENERAL:
        return "no number format"
    plain = IN_QUOTES.sub("", code)
    if AS_DATE.search(plain):
        return None if "mmm" in plain and "yyyy" in plain else "a month in figures can be misread"
    if code == "0":
        return None if value.is_integer() and abs(value) < 10_000 else "no thousands separator"
    if "%" not in code and ".00" in code and "#,##0" not in code and abs(value) >= 1_000:
        return "no thousands separator"
    sections = code.split(";")
    if len(sections) < 3 or '"-"' not in sections[2]:
        return "zero is not shown as '-'"
    return None if "(" in sections[1].replace("_)", "") else "a negative is not in brackets"


def _labels(sheet: ReadSheet) -> dict[str, str]:
    """The text in B beside each label in A, by the label in small letters."""
    return {
        cell.value.casefold(): str(sheet.value(cell.row, 2) or "")
        for cell in sheet.texts()
        if cell.column == 1
    }


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
