"""Rows 1, 13, 35 and 39: what a workbook says of itself."""

import re

from workbook_templates.standard.cell_styles import parsed
from workbook_templates.standard.workbook_file import Sheet, WorkbookFile

SUBJECTS = {
    "purpose": ("purpose",),
    "borrower": ("borrower",),
    "tranche or deal": ("tranche", "deal"),
    "version": ("version",),
    "as-of date": ("as of", "as-of date"),
    "sign convention": ("sign", "signs", "sign convention"),
    "contact": ("contact",),
}
A_DATE = re.compile(r"\d{1,2}-[A-Z][a-z]{2}-\d{4}")
A_VERSION = re.compile(r"\d+\.\d+")
A_HASH = re.compile(r"[0-9a-f]{64}")
PROPERTIES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
}


def about_sheet(book: WorkbookFile):
    """Row 1: each subject has its line, the key shows the colours, the as-of date is a date."""
    sheet = book.sheet("About")
    if sheet is None:
        yield "workbook", "no sheet named About"
        return
    lines = lines_of(sheet)
    for subject, labels in SUBJECTS.items():
        if not any(lines.get(label) for label in labels):
            yield sheet.title, f"no line for {subject}"
    as_of = lines.get("as of") or lines.get("as-of date")
    if isinstance(as_of, str) and not A_DATE.search(as_of):
        yield sheet.title, f'the as-of date reads "{as_of}"'
    words = " ".join(cell.value.casefold() for cell in sheet.texts())
    for kind in ("input", "formula", "link"):
        if kind not in words or "colour" not in words:
            yield sheet.title, f"no key to the colour of {kind}s"


def sign_convention(book: WorkbookFile):
    """Row 13: a sentence on About says what is positive and how a negative amount looks."""
    sheet = book.sheet("About")
    lines = {} if sheet is None else lines_of(sheet)
    text = " ".join(str(text) for label, text in lines.items() if label.startswith("sign"))
    has_negative = any(word in text.casefold() for word in ("negative", "bracket", "parenthes"))
    if "positive" not in text.casefold() or not has_negative:
        yield "About", "no sentence that says what is positive and what negative"


def properties(book: WorkbookFile):
    """Row 35: the document's own properties, as a mail reader or screen reader takes them."""
    core = parsed(book.parts.get("docProps/core.xml"))
    for word, tag in PROPERTIES.items():
        if core is None or not (core.findtext(tag) or "").strip():
            yield "docProps/core.xml", f"no {word}"


def audit_sheet(book: WorkbookFile):
    """Row 39: version, hash and scenario, and every source and assumption that Terms shows."""
    sheet = book.sheet("Audit")
    if sheet is None:
        yield "workbook", "no sheet named Audit"
        return
    lines = lines_of(sheet)
    texts = [cell.value for cell in sheet.texts()]
    if not A_VERSION.search(str(lines.get("product", ""))):
        yield sheet.title, "no product version"
    if not lines.get("scenario"):
        yield sheet.title, "no scenario"
    of_hash = [str(text) for label, text in lines.items() if "sha-256" in label]
    if not any(A_HASH.fullmatch(text) or text == "made in Python" for text in of_hash):
        yield sheet.title, "no hash of the term sheet"
    for word in ("source", "assumption"):
        if not any(text.casefold().startswith(word) for text in texts):
            yield sheet.title, f"no list of {word}s"
    everything = "\n".join(texts)
    for text in stated_on(book.sheet("Terms")):
        if text not in everything:
            yield sheet.title, f'the text of a term is missing: "{text[:60]}"'


def stated_on(terms: Sheet | None) -> list[str]:
    """The sources and assumptions on Terms: the column headed 'What the document says …'."""
    if terms is None:
        return []
    columns = {
        cell.column for cell in terms.texts() if cell.value.startswith("What the document says")
    }
    found = []
    for cell in terms.texts():
        is_head = cell.value.startswith(("What the document says", "(as above)"))
        if cell.column in columns and not is_head:
            found.append(cell.value)
    return list(dict.fromkeys(found))


def lines_of(sheet: Sheet) -> dict[str, object]:
    """{label in small letters: what stands beside it} of a sheet's first two columns."""
    return {
        cell.value.casefold().rstrip(":"): sheet.cells[row, 2].value
        for (row, column), cell in sheet.cells.items()
        if column == 1 and cell.is_text and (row, 2) in sheet.cells
    }
