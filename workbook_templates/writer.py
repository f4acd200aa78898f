"""A book as an .xlsx file: our own parts in openpyxl's package, the same bytes every day.

openpyxl writes a formula without its value, which leaves previews, phones and data frames
blank, and takes its time over objects. So it makes what two workbooks of one shape share:
styles, theme, relations, content types, the shapes of charts. What differs between them is
written here as text, and put in the place that the package keeps for it.
"""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from os import PathLike
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.chart import LineChart
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import ARC_CORE, ARC_STYLE, ARC_THEME, ARC_WORKBOOK

from workbook_templates.cells import Book, Sheet
from workbook_templates.chart_drawing import chart_text, drawing_text
from workbook_templates.files import replace_file
from workbook_templates.sheet_data import sheet_data
from workbook_templates.stylesheet import stylesheet_text
from workbook_templates.workbook_properties import core_properties_text, workbook_text
from workbook_templates.worksheet_settings import settings_after_rows, settings_before_rows
from workbook_templates.xml_text import (
    DECLARATION,
    MAIN_NAMESPACE,
    RELATIONSHIP_NAMESPACE,
    canonical,
)

# The same in every file: the file says when the deal is as of, not when it was written.
FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
COMPRESSION_LEVEL = 6
PACKAGES_AT_HAND = 64


def save(book: Book, path: str | PathLike) -> None:
    """Writes the workbook; a file that is there already is replaced whole or not at all."""
    replace_file(path, workbook_bytes(book))


def workbook_bytes(book: Book) -> bytes:
    """The workbook as the bytes of its file; the same book gives the same bytes."""
    package = _package(tuple(len(sheet.charts) for sheet in book.sheets))
    return _zipped({**package, **dict(_own_parts(book))})


def _own_parts(book: Book) -> Iterator[tuple[str, str]]:
    """The parts of this workbook alone, each with its name in the package."""
    yield ARC_CORE, core_properties_text(book)
    yield ARC_WORKBOOK, workbook_text(book)
    drawings = charts = 0
    for number, sheet in enumerate(book.sheets, 1):
        yield f"xl/worksheets/sheet{number}.xml", _worksheet_text(sheet)
        if sheet.charts:
            drawings += 1
            yield f"xl/drawings/drawing{drawings}.xml", drawing_text(sheet.charts)
        for chart, _ in sheet.charts:
            charts += 1
            yield f"xl/charts/chart{charts}.xml", chart_text(chart)


def _worksheet_text(sheet: Sheet) -> str:
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN_NAMESPACE}" xmlns:r="{RELATIONSHIP_NAMESPACE}">'
        f"{settings_before_rows(sheet)}{sheet_data(sheet)}{settings_after_rows(sheet)}"
        "</worksheet>"
    )


@lru_cache(PACKAGES_AT_HAND)
def _package(charts_of_sheets: tuple[int, ...]) -> dict[str, str]:
    """The parts of a workbook with so many charts on each of its sheets, by their names.

    In the order of the file; those that a workbook writes itself are there to be replaced.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number_of_charts in charts_of_sheets:
        worksheet = workbook.create_sheet()
        for _ in range(number_of_charts):
            worksheet.add_chart(LineChart())
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        _PackageWriter(workbook, archive).write_data()
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    # The list of content types comes first, as mail scanners expect.
    names.sort(key=lambda name: name != "[Content_Types].xml")
    own = {ARC_THEME: theme_xml, ARC_STYLE: stylesheet_text()}
    return {name: own.get(name) or canonical(parts[name]) for name in names}


class _PackageWriter(ExcelWriter):
    """openpyxl's writer of packages without its files in the system's folder for temporary ones."""

    def write_worksheet(self, ws):
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        written = BytesIO()
        writer = WorksheetWriter(ws, written)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], written.getvalue())
        self.manifest.append(ws)


def _zipped(parts: dict[str, str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            entry = ZipInfo(name, FIXED_ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # else the file would tell Windows from Linux
            archive.writestr(entry, text.encode(), compresslevel=COMPRESSION_LEVEL)
    return packed.getvalue()
