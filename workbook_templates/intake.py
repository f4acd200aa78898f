"""Is a workbook, from anybody, fit to be opened? Checked before any program loads it.

Beyond what `stored_cells` refuses in the parts that it reads: a document type in any part, a
used range without end, macros, and whatever would reach outside the file.
"""

import re
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string

from lexp_calc.errors import LexpError, NotThere
from workbook_templates.stored_cells import open_workbook, read_part, read_xml, sheet_parts

MOST_CELLS_OF_A_SHEET = 20_000_000  # of the used range, from A1 to its last cell
XML_ENDINGS = (".xml", ".rels", ".vml")
# Parts that run, or that bring something from elsewhere, by the beginning of their names.
ACTIVE_PARTS = {
    "xl/vbaProject": "macros (VBA)",
    "xl/macrosheets/": "macros (Excel 4.0)",
    "xl/externalLinks/": "links to other workbooks",
    "xl/connections": "connections to data elsewhere",
    "xl/activeX/": "ActiveX controls",
    "xl/embeddings/": "embedded objects",
}
HYPERLINK = "/hyperlink"
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
DIMENSION = re.compile(
    rb'<(?:\w+:)?dimension\s[^>]*?ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"'
)
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<")
REACHES_OUT = re.compile(rb"\b(WEBSERVICE|DDE|RTD|CALL|REGISTER\.ID|SQL\.REQUEST)\s*\(", re.I)


def check_workbook(path) -> None:
    """Refuse, by a LexpError, a file that is no .xlsx workbook or does more than one should."""
    where = str(path)
    if Path(path).is_dir():
        raise NotThere(where, "found a folder", "the path of an .xlsx workbook would be right")
    with open_workbook(path) as parts:
        names = parts.namelist()
        if len(set(names)) < len(names):
            raise LexpError(where, "a part of the file twice", "an .xlsx workbook")
        for name in names:
            for beginning, what in ACTIVE_PARTS.items():
                if name.casefold().startswith(beginning.casefold()):
                    raise LexpError(where, f"found {what}", "a workbook without them")
        for name in names:
            if name.casefold().endswith(XML_ENDINGS):
                content = read_part(parts, name)
                if name.casefold().endswith(".rels"):
                    _check_relationships(name, content)
            else:
                parts.read(name)  # its checksum
        if b"macroEnabled" in parts.read("[Content_Types].xml"):
            raise LexpError(where, "found a macro-enabled workbook", "an .xlsx workbook")
        if read_xml(parts, "xl/workbook.xml") is None:
            raise LexpError(where, "no workbook in it", "an .xlsx workbook")
        for title, part in sheet_parts(parts):
            _check_sheet(title, parts.read(part))


def _check_relationships(name: str, content: bytes) -> None:
    """Nothing but hyperlinks, which open when clicked, may point outside the file."""
    for each in ElementTree.fromstring(content):
        if each.get("TargetMode") == "External" and not each.get("Type", "").endswith(HYPERLINK):
            found = f"found a link to {each.get('Target')}"
            raise LexpError(name, found, "a workbook without external links")


def _check_sheet(title: str, content: bytes) -> None:
    corners = [*DIMENSION.findall(content), *set(CELL.findall(content))]
    column = max((column_index_from_string(letters.decode()) for letters, _ in corners), default=1)
    row = max((int(digits) for _, digits in corners), default=1)
    if row * column > MOST_CELLS_OF_A_SHEET:
        letters = max((letters for letters, _ in corners), key=lambda each: (len(each), each))
        found = f"found a used range to {letters.decode()}{row}"
        expected = f"at most {MOST_CELLS_OF_A_SHEET:,} cells from A1 to the last one"
        raise LexpError(title, found, expected)
    for formula in FORMULA.findall(content):
        if match := REACHES_OUT.search(formula):
            found = f"found {match[1].decode()} in a formula"
            raise LexpError(title, found, "formulas that stay within the workbook")
