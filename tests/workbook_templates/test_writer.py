"""The written file: readable everywhere, the same bytes always, replaced whole or not."""

import errno
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas
import pytest

from lexp_calc.errors import LexpError, OutOfRange
from workbook_templates import files, validations
from workbook_templates.addresses import Area
from workbook_templates.cells import Book
from workbook_templates.charts import Points, Series, Words, area_chart
from workbook_templates.writer import save, workbook_bytes

ROOT = Path(__file__).parents[2]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sample_book() -> Book:
    """A book with something of everything that a sheet can say."""
    book = Book("Loan & <Co>", "Loan workbook", "lexp", "en-US", "0.1.0 & later")
    terms = book.sheet("Lender's terms", "inputs")
    terms.text(1, 1, "Terms", "title")
    rule = validations.decimals(Decimal(0), Decimal("1e12"), "An amount of 0 or more.")
    words = validations.choice(("Actual/360", "30/360"), "One of the list.")
    for row, column in ((3, 2), (9, 2), (4, 7), (5, 3), (40, 1)):
        terms.input(row, column, Decimal("2354900.00"), "input_money", f"amount_{row}", rule)
    terms.input(6, 2, "30/360", "input_choice", "day_count", words.with_prompt("Basis", "Text"))
    schedule = book.sheet("Schedule", "calculation")
    schedule.text(1, 1, "Schedule", "title")
    schedule.hyperlink(2, 1, "Terms", terms)
    for column, head in enumerate(("Date", "Amount", "Check", "Model sound"), 1):
        schedule.text(4, column, head, "column_head")
    for row in range(5, 9):
        schedule.formula(row, 1, f'IF("<>"="<>",{row},0)', date(2004, row, 18), "date")
        schedule.formula(row, 2, "amount_3*2", Decimal("4709800.25"), "money")
        schedule.formula(row, 3, f'IF(B{row}>0,"OK","ERROR")', "OK", "check")
        schedule.formula(row, 4, f"B{row}>0", True, "truth")
    schedule.check_words(Area(5, 3, 8, 3))
    schedule.grey_where(Area(5, 1, 8, 4), "$B5=0")
    schedule.widths({1: 14, 2: 20})
    schedule.heights({4: 30})
    schedule.group_columns(4, 4, hidden=True)
    schedule.freeze(5, 2)
    schedule.print_setup(Area(1, 1, 8, 4), (4, 4), paper="Letter")
    days = tuple(date(2004, row, 18) for row in range(5, 9))
    amounts = (Decimal("4709800.25"),) * 4
    points = Points(schedule.title, Area(5, 2, 8, 2), amounts)
    chart_words = Words("Flat at 4.7m", "Date", "USD million", "Four equal amounts of 4.7 million.")
    chart = area_chart(
        chart_words, Points(schedule.title, Area(5, 1, 8, 1), days), (Series("Amount", points),)
    )
    schedule.chart(chart, Area(10, 1, 25, 6))
    return book


@pytest.fixture(scope="module")
def content():
    return workbook_bytes(sample_book())


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_same_book_gives_the_same_bytes(content):
    book = sample_book()
    assert workbook_bytes(book) == content
    assert workbook_bytes(book) == content, "writing a book must not change it"


NO_LXML = pytest.mark.skipif(find_spec("lxml") is None, reason="lxml is not installed")


@pytest.mark.parametrize("lxml", ["False", pytest.param("True", marks=NO_LXML)])
@pytest.mark.parametrize("seed", ["0", "1"])
def test_neither_hash_seed_nor_lxml_nor_time_zone_changes_a_byte(content, seed, lxml):
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "OPENPYXL_LXML": lxml,
        "TZ": "Pacific/Auckland",
        "PYTHONPATH": str(ROOT),
    }
    printed = subprocess.run(
        [sys.executable, __file__], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == sha256(content).hexdigest()


def test_no_part_carries_a_time_of_its_own(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert str(datetime.now().year) not in part(content, "docProps/core.xml")


def test_every_part_is_well_formed_and_says_what_it_is(content):
    types = part(content, "[Content_Types].xml")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
            if not name.endswith((".rels", "[Content_Types].xml")):
                assert f'PartName="/{name}"' in types


def test_pandas_sees_the_values_of_formulas(content):
    frame = pandas.read_excel(BytesIO(content), sheet_name="Schedule", header=3, usecols="A:D")
    assert frame.notna().all().all()
    assert list(frame["Amount"][:4]) == [4709800.25] * 4
    assert list(frame["Date"][:4]) == [pandas.Timestamp(2004, month, 18) for month in range(5, 9)]
    assert set(frame["Check"]) == {"OK"}
    assert frame["Model sound"].dtype == bool and frame["Model sound"].all()


def test_openpyxl_reads_formulas_names_and_settings_back(content):
    workbook = openpyxl.load_workbook(BytesIO(content))
    terms, schedule = workbook.worksheets
    assert schedule["A5"].value == '=IF("<>"="<>",5,0)'
    assert schedule["B5"].value == "=amount_3*2"
    assert workbook.defined_names["amount_3"].attr_text == "'Lender''s terms'!$B$3"
    assert schedule.print_title_rows == "$4:$4"
    assert schedule.print_area == "'Schedule'!$A$1:$D$8"
    assert schedule.page_setup.orientation == "landscape"
    assert (schedule.page_setup.fitToWidth, schedule.page_setup.fitToHeight) == (1, 1)
    assert schedule.freeze_panes == "B5"
    assert schedule.dimensions == "A1:D8"
    assert schedule.row_dimensions[4].height == 30
    assert schedule.column_dimensions["B"].width == 20
    assert schedule.column_dimensions["D"].hidden
    assert not schedule.sheet_view.showGridLines and terms.sheet_view.showGridLines
    assert [sheet.sheet_view.tabSelected for sheet in workbook] == [True, False]
    assert schedule["A2"].hyperlink.location == "'Lender''s terms'!A1"
    assert len(schedule.conditional_formatting) == 2
    assert schedule["B5"].number_format == '#,##0.00_);(#,##0.00);"-"_);@_)'
    assert workbook.calculation.fullCalcOnLoad
    properties = workbook.properties
    assert (properties.title, properties.creator, properties.language) == (
        "Loan & <Co>",
        "lexp",
        "en-US",
    )


def test_sheets_are_protected_without_password_and_only_inputs_unlocked(content):
    workbook = openpyxl.load_workbook(BytesIO(content))
    for sheet in workbook:
        assert sheet.protection.sheet and sheet.protection.password is None
        unlocked = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
        expected = {"B3", "B9", "G4", "C5", "A40", "B6"} if sheet.title != "Schedule" else set()
        assert unlocked == expected


def test_every_input_is_validated_with_an_error_text(content):
    terms = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    rules = terms.data_validations.dataValidation
    assert {str(rule.sqref) for rule in rules} == {"A40 B3 B9 C5 G4", "B6"}
    assert all(rule.showErrorMessage and rule.error for rule in rules)
    assert {rule.formula1 for rule in rules} == {"0", '"Actual/360,30/360"'}


def test_the_footer_says_sheet_page_and_version(content):
    for number in (1, 2):
        footer = ElementTree.fromstring(part(content, f"xl/worksheets/sheet{number}.xml")).find(
            f"{MAIN}headerFooter/{MAIN}oddFooter"
        )
        assert footer.text == "&L&8&A&C&8Page &P of &N&R&8 0.1.0 && later"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "1e5", "_x0041_", " a ", "a\nb"],
)
def test_text_from_users_stays_text(text):
    book = Book("Loan", "Test", "lexp", "en-US", "0.1.0")
    sheet = book.sheet("Notes", "inputs")
    sheet.text(1, 1, text)
    sheet.input(2, 1, text, "input_text")
    content = workbook_bytes(book)
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
    read = openpyxl.load_workbook(BytesIO(content)).active
    for cell in (read["A1"], read["A2"]):
        assert cell.data_type == "s"
        assert cell.value == text.replace("_x0041_", "_x005F_x0041_")  # openpyxl keeps the escape
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


def test_a_cell_written_twice_is_refused():
    book = Book("Loan", "Test", "lexp", "en-US", "0.1.0")
    sheet = book.sheet("Notes", "inputs")
    sheet.text(2, 2, "first")
    sheet.text(2, 1, "left of it")
    sheet.number(2, 2, 5, "count")
    with pytest.raises(OutOfRange, match="Notes!B2"):
        workbook_bytes(book)


def test_cells_may_be_written_in_any_order():
    book = Book("Loan", "Test", "lexp", "en-US", "0.1.0")
    sheet = book.sheet("Notes", "inputs")
    for row, column in ((4, 3), (2, 30), (4, 2), (2, 3)):
        sheet.number(row, column, 10 * row + column, "count")
    content = workbook_bytes(book)
    read = openpyxl.load_workbook(BytesIO(content)).active
    assert [cell.value for row in read for cell in row if cell.value] == [23, 50, 42, 43]
    assert '<dimension ref="B2:AD4"/>' in part(content, "xl/worksheets/sheet1.xml")


def test_fonts_are_in_the_order_of_the_schema(content):
    order = "b i strike condense extend outline shadow u vertAlign sz color name family".split()
    stylesheet = ElementTree.fromstring(part(content, "xl/styles.xml"))
    fonts = list(stylesheet.iter(f"{MAIN}font"))
    assert len(fonts) > 10
    for font in fonts:
        places = [order.index(child.tag.removeprefix(MAIN)) for child in font]
        assert places == sorted(places)


def test_a_saved_file_replaces_the_old_one_and_leaves_nothing_beside(tmp_path, content):
    target = tmp_path / "loan.xlsx"
    target.write_bytes(b"old")
    save(sample_book(), target)
    assert target.read_bytes() == content
    assert os.listdir(tmp_path) == ["loan.xlsx"]


def test_a_folder_in_the_place_of_the_file_is_refused_and_left(tmp_path):
    target = tmp_path / "loan.xlsx"
    target.mkdir()
    with pytest.raises(LexpError, match=r"loan\.xlsx: it is a folder"):
        save(sample_book(), target)
    assert target.is_dir()
    assert os.listdir(tmp_path) == ["loan.xlsx"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(LexpError, match=r"nowhere.loan\.xlsx: the folder is not there"):
        save(sample_book(), tmp_path / "nowhere" / "loan.xlsx")


def test_a_folder_that_takes_no_file_is_named(tmp_path, monkeypatch):
    """No permission: simulated where the file is opened, since permissions do not bind root."""
    target = tmp_path / "loan.xlsx"
    target.write_bytes(b"old")

    def refused(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(files, "open", refused, raising=False)
    with pytest.raises(LexpError, match=r"loan\.xlsx: no permission"):
        save(sample_book(), target)
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_takes_no_more_leaves_the_old_file(tmp_path):
    target = tmp_path / "loan.xlsx"
    target.write_bytes(b"old")
    # A limit on the size of files fails the write half way, as a full disk does.
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from workbook_templates.files import replace_file;"
        "replace_file(sys.argv[1], bytes(5000))"
    )
    run = subprocess.run(
        [sys.executable, "-B", "-c", program, target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "LexpError" in run.stderr and "loan.xlsx: the file is larger than allowed" in run.stderr
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["loan.xlsx"]


def test_a_file_open_elsewhere_is_left_and_named(tmp_path, monkeypatch):
    target = tmp_path / "loan.xlsx"
    target.write_bytes(b"old")

    def refused(source, destination):  # what Windows answers while Excel has the file open
        raise PermissionError(13, "Access is denied", destination)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(LexpError, match=r"loan\.xlsx: .*open in another program"):
        save(sample_book(), target)
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["loan.xlsx"]


if __name__ == "__main__":
    print(sha256(workbook_bytes(sample_book())).hexdigest())
