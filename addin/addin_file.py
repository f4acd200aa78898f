"""What an add-in file says of itself: the rows of its sheet `lexp.conf`, read by no spreadsheet.

A file in Excel's start folder may be anybody's, so it is read with care: only what is looked
for is unpacked, to a limit, and a document type is refused.
"""

import posixpath
import zipfile
from pathlib import Path
from xml.etree import ElementTree

SHEET = "lexp.conf"
LEXP_VERSION, XLWINGS_VERSION = "LEXP VERSION", "XLWINGS VERSION"
LARGEST_PART = 4_000_000  # bytes of one part, unpacked
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TARGETS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def settings_of(path: Path) -> dict[str, str] | None:
    """The rows of the sheet `lexp.conf`, key to value; None if the file is no add-in of lexp."""
    try:
        with zipfile.ZipFile(path) as package:
            sheet = _sheet_part(package)
            return None if sheet is None else _rows(package, sheet)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, *_UNREADABLE):
        return None


_UNREADABLE = (KeyError, ValueError, IndexError, ElementTree.ParseError, EOFError)


def is_lexps(path: Path) -> bool:
    """Whether the file is an add-in that lexp made."""
    return LEXP_VERSION in (settings_of(path) or {})


def _part(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with package.open(name) as part:
        content = part.read(LARGEST_PART)  # a longer one is cut, and XML no more
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("no part of an add-in of lexp")
    return ElementTree.fromstring(content)


def _sheet_part(package: zipfile.ZipFile) -> str | None:
    for sheet in _part(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        if sheet.get("name") == SHEET:
            link = sheet.get(_LINK)
            for each in _part(package, "xl/_rels/workbook.xml.rels").iter(_TARGETS):
                if each.get("Id") == link:
                    return posixpath.normpath(posixpath.join("/xl", each.get("Target", "")))[1:]
    return None


def _rows(package: zipfile.ZipFile, sheet: str) -> dict[str, str]:
    shared: list[str] = []
    if "xl/sharedStrings.xml" in package.namelist():
        texts = _part(package, "xl/sharedStrings.xml").iter(f"{_MAIN}si")
        shared = [_text(each) for each in texts]
    found = {}
    for row in _part(package, sheet).iter(f"{_MAIN}row"):
        cells = {
            "".join(filter(str.isalpha, cell.get("r", ""))): _cell(cell, shared)
            for cell in row.iter(f"{_MAIN}c")
        }
        if cells.get("A"):
            found[cells["A"].upper()] = cells.get("B", "")
    return found


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    return shared[int(value)] if cell.get("t") == "s" and value else value


def _text(element: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_MAIN}t"))
