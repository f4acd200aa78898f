"""The workbook of examples: all functions, each with arguments, expected value and a live cell."""

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import SCALAR
from tests.open_xml_sdk import validate_with_open_xml_sdk
from workbook_templates.example_cells import example_cells
from workbook_templates.function_examples import examples_book, write_function_examples
from workbook_templates.standard import findings
from workbook_templates.writer import workbook_bytes

COMMITTED = Path(__file__).parents[2] / "addin" / "examples.xlsx"
MAKE = "run: python scripts/write_function_examples.py"
COUNTED = (f"Agree, of {len(FUNCTIONS)}", "Differ", "Not computed")
every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@pytest.fixture(scope="module")
def formulas():
    return openpyxl.load_workbook(COMMITTED)


@pytest.fixture(scope="module")
def values():
    return openpyxl.load_workbook(COMMITTED, data_only=True)


def placed(book, function):
    """The function's block as it stands in the file: its sheet, and its cells."""
    ((sheet, row),) = (
        (sheet, cell.row)
        for sheet in book.worksheets
        for cell in sheet["A"]
        if cell.value == function.form
    )
    assert sheet.title in (function.category, f"{function.category}, wide tables")
    return sheet, example_cells(function, row)


def cells(sheet, area):
    """The values of an area, row by row, dates as dates."""
    return [
        [
            cell.value.date() if isinstance(cell.value, datetime) else cell.value
            for cell in sheet[row][area.first_column - 1 : area.last_column]
        ]
        for row in range(area.first_row, area.last_row + 1)
    ]


def example_rows(value):
    """An example's value as rows of cells."""
    if not isinstance(value, list):
        return [[value]]
    return value if isinstance(value[0], list) else [[each] for each in value]


def as_example(rows):
    """Cells as an example writes them: a date as ISO text."""
    return [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows]


def test_the_committed_file_is_a_fresh_one(tmp_path):
    """Part by part: another zlib may pack the same parts into other bytes."""
    fresh = tmp_path / "examples.xlsx"
    write_function_examples(fresh)
    with ZipFile(COMMITTED) as ours, ZipFile(fresh) as theirs:
        assert ours.namelist() == theirs.namelist(), MAKE
        stale = [name for name in ours.namelist() if ours.read(name) != theirs.read(name)]
    assert stale == [], MAKE


def test_the_same_bytes_twice():
    assert workbook_bytes(examples_book()) == workbook_bytes(examples_book())


@every_function
def test_the_arguments_are_those_of_the_example(function, values):
    sheet, example = placed(values, function)
    assert [each.argument.name for each in example.arguments] == [
        each.name for each in function.arguments
    ]
    for each in example.arguments:
        assert sheet.cell(each.note_row, 1).value == each.argument.name
        found = as_example(cells(sheet, each.area))
        assert found == example_rows(function.example.args.get(each.argument.name))
        for row in sheet[each.area.name()] if each.area[:2] != each.area[2:] else ():
            assert all(not cell.protection.locked for cell in row)


@every_function
def test_expected_and_live_cells_carry_the_value_of_the_example(function, values):
    sheet, example = placed(values, function)
    expected = example_rows(function.example.value)
    assert as_example(cells(sheet, example.expected)) == expected
    assert as_example(cells(sheet, example.live)) == expected
    assert sheet.cell(*example.check).value == "agrees"


@every_function
def test_the_live_cell_is_the_call_over_the_arguments(function, formulas):
    sheet, example = placed(formulas, function)
    live = sheet.cell(*example.live[:2]).value
    if function.result.shape == SCALAR:
        assert live == f"={example.formula}"
    else:
        assert isinstance(live, ArrayFormula)
        assert (live.ref, live.text) == (example.live.name(), f"={example.formula}")
    assert example.formula.startswith(f"{function.name}(")
    assert example.formula.count(",") == len(function.arguments) - 1


@every_function
def test_the_contents_lead_to_it(function, formulas):
    sheet, example = placed(formulas, function)
    contents = formulas["Contents"]
    (cell,) = (cell for cell in contents["A"] if cell.value == function.name)
    assert cell.hyperlink.location == f"'{sheet.title}'!A{example.first_row}"
    assert contents.cell(cell.row, 3).value == function.help
    name = contents.cell(cell.row, 4).value.removeprefix("=")
    check = f"'{sheet.title}'!$B${example.check[0]}"
    assert formulas.defined_names[name].attr_text == check


def test_heads_stay_in_view_and_are_printed_on_every_page(formulas):
    for sheet in formulas.worksheets:
        head = 10 if sheet.title == "Contents" else 2
        assert sheet.freeze_panes == f"A{head + 1}"
        assert sheet.print_title_rows.replace("$", "").endswith(str(max(head, 3)))
        assert sheet.print_area


def test_dates_are_date_cells(formulas):
    sheet, example = placed(formulas, FUNCTIONS["LEXP_DAYS"])
    start = sheet.cell(*example.arguments[0].area[:2])
    assert start.is_date
    assert start.value == datetime(1999, 8, 1)


def test_blocks_do_not_touch():
    row = 1
    for function in FUNCTIONS.values():
        example = example_cells(function, row)
        areas = [each.area for each in example.arguments] + [example.expected, example.live]
        rows = [area.first_row for area in areas] + [example.check[0]]
        assert rows == sorted(set(rows))
        for above, below in zip(areas, areas[1:], strict=False):
            assert above.last_row < below.first_row
        row = example.last_row + 2


# ------------------------------------------------------------- as a file


def test_the_open_xml_sdk_finds_nothing():
    assert validate_with_open_xml_sdk(COMMITTED) == []


# What a lender's workbook has and a collection of examples has not: borrower, schedule,
# charts, checks of a loan, Audit; inputs on a sheet of their own, with names and rules (bad
# values are here to be tried); formulas of functions that Excel does not know yet.
OF_A_LOAN = {1, 13, 14, 15, 16, 17, 18, 28, 39, 43}
OF_A_MODEL = {2, 6, 7, 8, 12, 19, 21, 22}
NO_VERSION = 26  # in the footer, so that a release does not change the file
NOT_CHECKED_HERE = {38, 44}  # no engine has the functions; the validator: the test above


def test_the_rows_of_the_standard_that_hold_for_any_workbook():
    others = OF_A_LOAN | OF_A_MODEL | NOT_CHECKED_HERE
    found = [
        each for each in findings(COMMITTED, validate=lambda path: ()) if each.row not in others
    ]
    assert [(each.row, each.where) for each in found if each.row != NO_VERSION] == [
        (40, "Contents!B7")  # the tolerance, 1E-09: no format with separators shows it
    ]
    assert {each.found for each in found if each.row == NO_VERSION} == {
        "a footer without the version"
    }


def test_no_formula_names_another_file_or_an_unknown_future_function():
    with ZipFile(COMMITTED) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert "_xlfn" not in text
            assert "[1]" not in text


# ------------------------------------------------------------- the checks, computed for real


# For the live answers, where there is no add-in: the expected cells themselves, or for these
# functions something else; and what the check must then say.
STAND_INS = {
    "LEXP_FEE": ("{expected}+0.01", "DIFFERS"),
    "LEXP_NOTE_PRICE": ("{expected}+0.0000000001", "agrees"),
    "LEXP_LEVEL_PAYMENT": ('"1037.03"', "DIFFERS"),
    "LEXP_WARRANT_STATUS": ('{expected}&" "', "DIFFERS"),
    "LEXP_BALLOON": ("1/0", "DIFFERS"),
    "LEXP_INTEREST": ("no_such_function(1)", "add-in not there"),
    "LEXP_SCHEDULE": ("no_such_function(1)", "add-in not there"),
    "LEXP_MATURITY_WALL": ("IF({expected}=67823000,67823001,{expected})", "DIFFERS"),
    "LEXP_OWNERSHIP": ("IF({expected}=1,1.0001,{expected})", "DIFFERS"),
    "LEXP_WATERFALL": ("IF({expected}=26.67,1/0,{expected})", "DIFFERS"),
    # As the add-in answers it: an empty cell as an empty text.
    "LEXP_RECOVERY": ('IF({expected}="","",{expected})', "agrees"),
}


@pytest.fixture(scope="module")
def computed(libreoffice, tmp_path_factory):
    """{function: check}, and the three counts, as LibreOffice computes them."""
    book = examples_book()
    for sheet in book.sheets[1:]:
        first_cells = {cells[0].value: row for row, cells in sheet.rows.items()}
        for function in FUNCTIONS.values():
            if function.form in first_cells:
                example = example_cells(function, first_cells[function.form])
                with_stand_in(sheet, example, STAND_INS.get(function.name, ("{expected}",))[0])
    path = tmp_path_factory.mktemp("examples") / "examples.xlsx"
    path.write_bytes(workbook_bytes(book))
    values = libreoffice.recalculate(path)
    names = {cell.value: cell.row for cell in openpyxl.load_workbook(path)["Contents"]["A"]}
    checks = {name: values["Contents", f"D{names[name]}"] for name in FUNCTIONS}
    counts = {word: values["Contents", f"B{names[word]}"] for word in COUNTED}
    return checks, counts


def with_stand_in(sheet, example, formula):
    """The block with another formula in place of the live one."""
    row, column = example.live[:2]
    written = formula.format(expected=example.expected.name())
    sheet.rows[row] = [
        cell._replace(formula=written) if cell.column == column else cell
        for cell in sheet.rows[row]
    ]


@every_function
def test_the_check_tells_an_answer_that_agrees_from_one_that_does_not(function, computed):
    checks, _ = computed
    assert checks[function.name] == STAND_INS.get(function.name, ("", "agrees"))[1]


def test_the_contents_count_the_checks(computed):
    checks, counts = computed
    words = list(checks.values())
    assert counts == {
        COUNTED[0]: len(FUNCTIONS) - 9,
        COUNTED[1]: 7,
        COUNTED[2]: 2,
    }
    assert words.count("agrees") == len(FUNCTIONS) - 9
