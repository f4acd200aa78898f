"""A formula over a block of cells: in the file once, with a value in each cell."""

from datetime import date
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from tests.open_xml_sdk import validate_with_open_xml_sdk
from workbook_templates.array_formulas import write_array_formula
from workbook_templates.cells import Book
from workbook_templates.writer import save

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VALUES = (("text", 1.5, date(2003, 12, 18)), ("=2", None, True))
STYLES = (("text", "price", "date"), ("text", "price", "choice"))


@pytest.fixture
def path(tmp_path):
    """Constants in A1:C2, and in A4:C5 an array formula that shows them."""
    book = Book("Title", "Subject", "lexp", "en-US", "1")
    sheet = book.sheet("Sheet", "calculation")
    sheet.text(1, 1, "text")
    sheet.number(1, 2, 1.5, "price")
    sheet.date(1, 3, date(2003, 12, 18))
    sheet.text(2, 1, "=2")
    write_array_formula(sheet, (4, 1), "A1:C2", VALUES, STYLES)
    save(book, tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def cells(path):
    with ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return {each.get("r"): each for each in root.iter(f"{CELL}c")}


def test_the_formula_stands_in_the_first_cell_alone(path):
    found = {
        place: (formula.get("t"), formula.get("ref"), formula.text)
        for place, cell in cells(path).items()
        if (formula := cell.find(f"{CELL}f")) is not None
    }
    assert found == {"A4": ("array", "A4:C5", "A1:C2")}


def test_every_cell_has_its_value(path):
    sheet = openpyxl.load_workbook(path, data_only=True)["Sheet"]
    found = [[cell.value for cell in row] for row in sheet["A4:C5"]]
    assert found[0][:2] == ["text", 1.5]
    assert found[0][2].date() == date(2003, 12, 18)
    assert found[1] == ["=2", None, True]


def test_a_text_that_looks_like_a_formula_is_a_text(path):
    assert cells(path)["A5"].get("t") == "str"


def test_another_program_reads_one_formula_over_the_block(path):
    formula = openpyxl.load_workbook(path)["Sheet"]["A4"].value
    assert (formula.ref, formula.text) == ("A4:C5", "=A1:C2")


def test_another_engine_computes_the_block(path, libreoffice):
    computed = libreoffice.recalculate(path)
    assert [computed["Sheet", place] for place in ("A4", "B4", "A5")] == ["text", 1.5, "=2"]


def test_the_open_xml_sdk_finds_nothing(path):
    assert validate_with_open_xml_sdk(path) == []
