"""A book as an .xlsx file: our own cells in openpyxl's package, the same bytes every day.

openpyxl writes a formula without its value, which leaves previews, phones and data frames
blank, and spends most of its time on cells. So it makes everything but the cells, through
two subclasses of its writers, and is itself left as it is.
"""

from datetime import datetime
from io import BytesIO
from os import PathLike
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
)
from openpyxl.xml.functions import tostring

from workbook_templates.cells import Book, Sheet
from workbook_templates.chart_drawing import Drawing
from workbook_templates.files import replace_file
from workbook_templates.sheet_data import dimension, sheet_data
from workbook_templates.stylesheet import stylesheet_text
from workbook_templates.worksheet_settings import add_worksheet, hyperlinks
from workbook_templates.xml_text import (
    DECLARATION,
    MAIN_NAMESPACE,
    RELATIONSHIP_NAMESPACE,
    canonical,
    element_text,
    escaped,
    part_text,
)

# The same in every file: the file says when the deal is as of, not when it was written.
FIXED_TIME = datetime(2000, 1, 1)
FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
COMPRESSION_LEVEL = 6


def save(book: Book, path: str | PathLike) -> None:
    """Writes the workbook; a file that is there already is replaced whole or not at all."""
    replace_file(path, workbook_bytes(book))


def workbook_bytes(book: Book) -> bytes:
    """The workbook as the bytes of its file; the same book gives the same bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        add_worksheet(workbook, sheet)
    for name, reference in book.names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    properties = workbook.properties
    properties.title, properties.subject = book.title, book.subject
    properties.creator = properties.lastModifiedBy = book.creator
    properties.language = book.language
    properties.created = properties.modified = FIXED_TIME
    workbook.calculation.fullCalcOnLoad = True
    parts = _Parts()
    _PackageWriter(workbook, parts, book).write_data()
    return parts.zipped()


class _Parts:
    """The parts of the package in the order written, in place of openpyxl's zip archive."""

    def __init__(self):
        self.texts: dict[str, str] = {}

    def writestr(self, name: str, text: bytes | str) -> None:
        """A part that openpyxl spelled itself: here it gets our spelling."""
        self.texts[name] = canonical(text)

    def add(self, name: str, text: str) -> None:
        """A part in our spelling."""
        self.texts[name] = text

    def namelist(self) -> list[str]:
        """The names of the parts, as a zip archive gives them."""
        return list(self.texts)

    def zipped(self) -> bytes:
        """The package; the list of content types comes first, as mail scanners expect."""
        packed = BytesIO()
        names = sorted(self.texts, key=lambda name: name != "[Content_Types].xml")
        with ZipFile(packed, "w") as archive:
            for name in names:
                entry = ZipInfo(name, FIXED_ZIP_TIME)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 0  # else the file would tell Windows from Linux
                archive.writestr(entry, self.texts[name].encode(), compresslevel=COMPRESSION_LEVEL)
        return packed.getvalue()


class _PackageWriter(ExcelWriter):
    """openpyxl's writer of packages, for what our books hold: sheets and charts."""

    def __init__(self, workbook: Workbook, parts: _Parts, book: Book):
        super().__init__(workbook, parts)
        self.book = book

    def write_data(self):
        parts = self._archive
        parts.add(ARC_APP, part_text(ExtendedProperties().to_tree()))
        parts.writestr(ARC_CORE, tostring(self.workbook.properties.to_tree()))
        parts.add(ARC_THEME, theme_xml)
        self._write_worksheets()
        self._write_charts()
        parts.add(ARC_STYLE, stylesheet_text())
        writer = WorkbookWriter(self.workbook)
        parts.writestr(ARC_ROOT_RELS, writer.write_root_rels())
        parts.writestr(ARC_WORKBOOK, writer.write())
        parts.writestr(ARC_WORKBOOK_RELS, writer.write_rels())
        self.manifest._write(parts, self.workbook)

    def write_worksheet(self, ws):
        ws._drawing = Drawing()
        ws._drawing.charts = ws._charts
        sheet = self.book.sheets[ws._id - 1]
        writer = _SheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels
        self._archive.add(ws.path[1:], writer.text())
        self.manifest.append(ws)

    def _write_charts(self):
        for chart in self._charts:
            self._archive.add(chart.path[1:], part_text(chart._write()))
            self.manifest.append(chart)


class _SheetWriter(WorksheetWriter):
    """openpyxl's writer of sheets, with our rows, dimension, links and footer in it."""

    def __init__(self, ws, sheet: Sheet):
        self.sheet = sheet
        self.pieces = [
            f'{DECLARATION}<worksheet xmlns="{MAIN_NAMESPACE}" xmlns:r="{RELATIONSHIP_NAMESPACE}">'
        ]
        super().__init__(ws, out=self.pieces)

    def get_stream(self):
        while True:
            element = yield
            if element is not None:
                self.pieces.append(element_text(element))

    def write_dimensions(self):
        self.pieces.append(f'<dimension ref="{dimension(self.sheet)}"/>')

    def write_rows(self):
        self.pieces.append(sheet_data(self.sheet))

    def write_hyperlinks(self):
        if self.sheet.links:
            self.xf.send(hyperlinks(self.sheet).to_tree())

    def write_header(self):
        footer = escaped(self.sheet.book.footer)
        self.pieces.append(f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>")

    def text(self) -> str:
        """The sheet's part."""
        return "".join(self.pieces) + "</worksheet>"
