"""What looks like an attack on a workbook and is taken: written as text, under a short title.

The numbers are the rows of the list of bad inputs that the project keeps.
"""

import shutil
from datetime import datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel

from lexp_calc import project, read_term_sheet
from tests.bad_inputs import every_term
from workbook_templates import write_workbook

LONG_ID = "a" * 38  # with two more signs the longest that an id may be
CHANGED_IDS = {"mortgage": "history", "bridge": f"{LONG_ID}-b", "fixed-loan": f"{LONG_ID}-c"}
NAMES = {
    "a command": "=cmd|'/C calc'!A0",
    "a plus": "+1+1",
    "a minus": "-2+3",
    "an at": "@SUM(A1)",
    "an error value": "#REF!",
    "brackets": "'[A]:*?/\\'",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("term-sheets")
    for each in every_term.FILES:
        shutil.copy(every_term.FOLDER / each, folder / each)
    return folder


def workbook_of(folder, text, tranche):
    """The workbook of a term sheet's text, read again."""
    path = folder / "deal.toml"
    path.write_text(text, encoding="utf-8")
    made = folder / "made.xlsx"
    write_workbook(project(read_term_sheet(path)), made, tranche)
    return openpyxl.load_workbook(made)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_50_a_name_is_written_as_text_and_never_as_a_formula(folder, name):
    written = name.replace("\\", "\\\\")
    change = 'borrower = "Borrower Corporation"', f'borrower = "{written}"'
    book = workbook_of(folder, every_term.changed([change]), "senior-notes")
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and name in cell.value
    ]
    assert found and all(cell.data_type == "s" for cell in found)
    if name[0] in "=+-@":  # a cell that is edited again stays text too
        assert all(cell.quotePrefix for cell in found if cell.value.startswith(name))


def test_53_54_55_titles_are_short_distinct_and_none_that_excel_keeps_for_itself(folder):
    text = every_term.TERM_SHEET.read_text(encoding="utf-8")
    for old, new in CHANGED_IDS.items():
        text = text.replace(old, new)
    first, second = (workbook_of(folder, text, None).sheetnames for _ in range(2))
    assert first == second
    assert max(map(len, first)) == 31
    assert len({title.casefold() for title in first}) == len(first)
    assert "history" not in {title.casefold() for title in first}
    assert not set("[]:*?/\\").intersection("".join(first))
    assert not any(title.startswith("'") or title.endswith("'") for title in first)


def test_59_the_longest_text_that_is_taken_fits_into_a_cell(folder):
    change = (
        'name = "Bridge loan"',
        'name = "Bridge loan"\nassumption.name = "' + "x" * 32_000 + '"',
    )
    book = workbook_of(folder, every_term.changed([change]), "bridge")
    lengths = [
        len(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert 32_000 <= max(lengths) <= 32_767


def test_58_a_name_of_200_bytes_is_written_whole(folder):
    change = 'borrower = "Borrower Corporation"', f'borrower = "{"é" * 100}"'
    book = workbook_of(folder, every_term.changed([change]), "bridge")
    assert book["About"]["B5"].value == "é" * 100


def test_33_the_first_day_of_all_is_serial_61(folder):
    """1900-03-01 in the 1900 system; the days before it are numbered wrongly by spreadsheets."""
    base = every_term.TERM_SHEET.read_text(encoding="utf-8")
    head = base[: base.index("[tranche.revolver]")]
    loan = base[
        base.index("[tranche.in-kind-notes]") : base.index("# -", base.index("[tranche.in-kind"))
    ]
    text = (head + loan + "[scenario.base]\n").replace("2024-01-16", "1900-03-01")
    text = text.replace("2024-07-15", "1900-07-15").replace("2031-07-15", "1905-07-15")
    text = text.replace(", until = 2027-01-15", "")
    book = workbook_of(folder, text, "in-kind-notes")
    dates = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, datetime)  # 0 stands where there is no date, and reads as a time
    ]
    assert min(to_excel(each) for each in dates) == 61
