"""Sheets on paper: whole pages, by arithmetic from the sizes of A4 and Letter.

A4 lying has 841.9 - 72 points across and 595.3 - 90 down between the margins; a column of
ten digits takes 51 points, a row 15.
"""

from pathlib import Path

import pytest

from lexp_calc import project, read_term_sheet
from lexp_calc.errors import NotThere
from workbook_templates.addresses import Area
from workbook_templates.cells import Book
from workbook_templates.page import Page
from workbook_templates.workbook import build_book


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
