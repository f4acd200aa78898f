"""Sheets on paper: whole pages, by arithmetic from the sizes of A4 and Letter.

A4 lying has 841.9 - 72 points across and 595.3 - 90 down between the margins; a column of
ten digits takes 51 points, a row 15.
"""

from pathlib import Path

import openpyxl
import pytest

from lexp_calc import project, read_term_sheet
from lexp_calc.errors import NotThere
from tests.open_xml_sdk import validate_with_open_xml_sdk
from workbook_templates.addresses import Area
from workbook_templates.cells import Book
from workbook_templates.page import Page
from workbook_templates.workbook import build_book
from workbook_templates.writer import save


def laid_out(rows, columns, orientation="landscape", paper="A4", title_rows=None):
    page = Page(orientation, paper, Area(1, 1, rows, columns), title_rows)
    return page.laid_out(lambda column: 10, lambda row: 15)


@pytest.mark.parametrize(
    ("rows", "pages"),
    [
        (33, 1),  # 505.3 points hold 33.7 rows
        (46, 1),  # 1.37 pages: the rest is pressed in
        (48, 2),  # 1.42 pages
        (60, 2),
        (100, 3),  # 2.97 pages
    ],
)
def test_a_last_page_with_a_few_lines_is_pressed_into_the_others(rows, pages):
    assert laid_out(rows, 10) == ("landscape", pages)


def test_wide_sheets_hold_more_rows_a_page():
    """30 columns take 1,530 points: everything is printed at half size, 67 rows a page."""
    assert laid_out(66, 30) == ("landscape", 1)
    assert laid_out(67 * 3, 30) == ("landscape", 3)


def test_a_sheet_that_may_stands_upright_where_that_saves_a_page():
    """Upright, 15 columns are printed at 0.68 and 751.9 / 0.68 points hold 73 rows."""
    assert laid_out(70, 15, "either") == ("portrait", 1)
    assert laid_out(30, 15, "either") == ("landscape", 1)
    assert laid_out(100, 30, "either") == ("landscape", 2)  # upright it could not be read


def test_repeated_heads_take_room_on_each_page():
    assert laid_out(96, 10) == ("landscape", 3)
    assert laid_out(96, 10, title_rows=(1, 10)) == ("landscape", 4)


def in_blocks(rows, blocks, orientation="landscape", title_rows=None):
    page = Page(orientation, "A4", Area(1, 1, rows, 10), title_rows, None, blocks)
    return page.in_blocks(lambda column: 10, lambda row: 15)


def test_pages_end_between_blocks():
    """A page is reckoned with 32 rows lying and 48 upright."""
    assert in_blocks(60, (21, 41)) == ("landscape", (21, 41))
    assert in_blocks(80, (21, 41, 61), "either") == ("portrait", (41,))
    assert in_blocks(62, (11, 31, 41)) == ("landscape", (31,))
    assert in_blocks(40, (21,)) == ("landscape", ())  # pressed onto one page


def test_repeated_heads_take_room_beside_blocks():
    assert in_blocks(64, (33,)) == ("landscape", (33,))
    assert in_blocks(96, (33, 65)) == ("landscape", (33, 65))
    # With two rows repeated 30 are left: a block of 32 runs on, and the next one after it.
    assert in_blocks(96, (33, 65), title_rows=(1, 2)) == ("landscape", (33,))
    assert in_blocks(122, (33, 63, 93), title_rows=(1, 2)) == ("landscape", (33, 63, 93))


def test_a_block_longer_than_a_page_starts_where_it_falls_unless_little_is_left():
    assert in_blocks(60, (11,)) == ("landscape", ())
    assert in_blocks(80, (31,)) == ("landscape", (31,))


def test_blocks_are_what_empty_rows_set_apart_and_a_few_rows_belong_to_the_next(tmp_path):
    """Rows 1 to 3 head the 20 from row 5 on; 20 more start in row 26, the last in row 47."""
    book = Book("Blocks", "Blocks", "lexp", "en-US", "1")
    sheet = book.sheet("Blocks", "calculation")
    for row in (*range(1, 4), *range(5, 25), *range(26, 46), *range(47, 67)):
        sheet.number(row, 1, row, "count")
    sheet.print_setup(Area(1, 1, 66, 1), whole_blocks=True)
    assert sheet.page.blocks == (26, 47)
    path = tmp_path / "blocks.xlsx"
    save(book, path)
    breaks = openpyxl.load_workbook(path)["Blocks"].row_breaks
    assert [each.id for each in breaks.brk] == [25, 46]  # the rows above
    assert openpyxl.load_workbook(path)["Blocks"].page_setup.fitToHeight == 0
    assert validate_with_open_xml_sdk(path) == []


@pytest.mark.parametrize(("letters", "columns"), [(20, 2), (60, 3), (90, 6)])
def test_a_print_takes_in_empty_columns_for_the_line_below_the_title(letters, columns):
    """A letter takes 0.9 of a digit, two columns 36 digits, each empty one 9."""
    sheet = Book("Narrow", "Narrow", "lexp", "en-US", "1").sheet("Narrow", "calculation")
    sheet.widths({1: 18, 2: 18, 3: 18})
    sheet.text(2, 1, "n" * letters, "subtitle")
    sheet.number(4, 2, 1, "count")
    sheet.print_setup(Area(1, 1, 4, 2))
    assert sheet.page.area == Area(1, 1, 4, columns)


def test_a_print_takes_in_no_columns_with_something_in_them():
    sheet = Book("Narrow", "Narrow", "lexp", "en-US", "1").sheet("Narrow", "calculation")
    sheet.text(2, 1, "n" * 90, "subtitle")
    sheet.number(4, 3, 1, "count")
    sheet.print_setup(Area(1, 1, 4, 2))
    assert sheet.page.area == Area(1, 1, 4, 2)


def test_letter_is_shorter_across_and_taller_down():
    assert laid_out(34, 14)[1] == laid_out(34, 14, paper="Letter")[1] == 1
    assert laid_out(33 * 4 + 16, 10) == ("landscape", 4)
    assert laid_out(33 * 4 + 16, 10, paper="Letter") == ("landscape", 4)


def test_a_column_of_inputs_holds_its_amounts_however_many_tranches_there_are():
    """99,999,999.99 has 13 characters; nine tranches have their tables side by side."""
    deal = read_term_sheet(str(Path(__file__).parents[1] / "bad_inputs" / "every_term.toml"))
    book = build_book(project(deal))
    sheet = next(each for each in book.sheets if each.title == "Inputs")
    cells = (cell for row in sheet.rows.values() for cell in row)
    columns = {cell.column for cell in cells if cell.style.startswith("input_money")}
    assert max(columns) > 13
    assert min(sheet.shown_width(column) for column in columns) >= 13


def test_a_workbook_has_one_paper():
    book = Book("Loan", "Test", "lexp", "en-US", "0.1.0", paper="Letter")
    sheet = book.sheet("Schedule", "calculation")
    sheet.print_setup(Area(1, 1, 5, 5))
    assert sheet.page.paper == "Letter"
    with pytest.raises(NotThere, match="A4"):
        Book("Loan", "Test", "lexp", "en-US", "0.1.0", paper="A3")
