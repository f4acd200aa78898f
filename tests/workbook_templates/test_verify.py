"""`compare` finds what is wrong in a workbook, and nothing where nothing is."""

import struct
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from lexp_calc.errors import LexpError, NotThere
from tests.open_xml_sdk import validate_with_open_xml_sdk
from workbook_templates.verify import (
    CellError,
    compare,
    input_changes,
    stored_formula_cells,
    unlocked_input_cells,
)

SHEET = "Term loan & fees"

# The right value of each formula, worked out by hand.
# Interest: 2,354,900 x 5.50 % x 90 / 360 = 32,379.875 exactly, a tie: half away from zero.
# 37,986 is 31 December 2003 as Excel counts days.
RIGHT = {
    "B1": 32379.88,
    "B2": -32379.88,
    "B3": "term loan at 5.50%",
    "B4": True,
    "B5": 37986.0,
    "B6": 2.675,
    "D1": 3.0,
    "D2": 4.0,
}
FORMULAS = {
    "B1": "ROUND(A1*A2*90/360,2)",
    "B2": "ROUND(-A1*A2*90/360,2)",
    "B3": 'A3&" at "&TEXT(A2,"0.00%")',
    "B4": "A1>2000000",
    "B5": "A4",
    "B6": "A6",
}


def write_loan(path, values=RIGHT, principal=2_354_900, name="term loan", formulas=FORMULAS):
    """A small protected workbook with its formulas and, as cached values, `values`."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        unlocked = workbook.add_format({"locked": False})
        a_date = workbook.add_format({"locked": False, "num_format": "yyyy-mm-dd"})
        sheet.write_number("A1", principal, unlocked)
        sheet.write_number("A2", 0.055, unlocked)
        sheet.write_string("A3", name, unlocked)
        sheet.write_datetime("A4", date(2003, 12, 31), a_date)
        sheet.write_blank("A5", None, unlocked)
        sheet.write_number("A6", 2.675)
        for reference, formula in formulas.items():
            sheet.write_formula(reference, formula, None, values[reference])
        sheet.write_column("C1", [2, 3])
        sheet.write_array_formula("D1:D2", "{=C1:C2+1}", None, values["D1"])
        sheet.write_number("D2", values["D2"])
        sheet.protect()
    return path


def rewrite(path, part, change):
    """Replace one part of the file by what `change` makes of its text."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents[part] = change(contents[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def test_the_stored_formulas_and_values_are_read(tmp_path):
    cells = stored_formula_cells(write_loan(tmp_path / "loan.xlsx"))
    formulas = FORMULAS | {"D1": "C1:C2+1", "D2": "C1:C2+1"}
    assert cells == {(SHEET, cell): (formulas[cell], RIGHT[cell]) for cell in RIGHT}
    assert type(cells[SHEET, "B4"][1]) is bool


def test_a_shared_formula_is_read_in_each_of_its_cells(tmp_path):
    path = write_loan(tmp_path / "loan.xlsx")
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<f>A4</f>", '<f t="shared" ref="B5:B6" si="0">A4</f>').replace(
            "<f>A6</f>", '<f t="shared" si="0"/>'
        ),
    )
    cells = stored_formula_cells(path)
    assert cells[SHEET, "B5"] == ("A4", 37986.0)
    assert cells[SHEET, "B6"] == ("A4", 2.675)


def test_a_right_workbook_agrees_on_every_cell(tmp_path, libreoffice):
    comparison = compare(write_loan(tmp_path / "loan.xlsx"), libreoffice)
    assert comparison.differences == ()
    assert comparison.cells_compared == 8


# LibreOffice would give back each of these as its own result if it were not made to recalculate.
@pytest.mark.parametrize(
    ("cell", "poison"),
    [
        ("B1", 32379.87),
        ("B1", 777.77),
        ("B1", "a text"),
        ("B1", "#N/A"),
        ("B1", ""),  # stored as no value at all
        ("B2", -32379.87),
        ("B3", "term loan at 5.5%"),
        ("B4", False),
        ("B5", 37987),
        ("D1", 4),
    ],
)
def test_a_poisoned_value_is_found(tmp_path, libreoffice, cell, poison):
    path = write_loan(tmp_path / "loan.xlsx", RIGHT | {cell: poison})
    comparison = compare(path, libreoffice)
    assert [difference.cell for difference in comparison.differences] == [cell]


def test_an_error_is_a_difference_even_where_both_sides_have_it(tmp_path, libreoffice):
    path = tmp_path / "loan.xlsx"
    write_loan(path, RIGHT | {"B6": "#DIV/0!"}, formulas=FORMULAS | {"B6": "1/0"})
    (difference,) = compare(path, libreoffice).differences
    assert difference.stored == difference.recalculated == CellError("#DIV/0!")
    assert str(difference) == f"{SHEET}!B6: stored #DIV/0!, recalculated #DIV/0!; =1/0"


def test_a_cent_is_a_difference_however_large_the_amount(tmp_path, libreoffice):
    path = tmp_path / "loan.xlsx"
    formulas = FORMULAS | {"B6": "9000000000000.00+0"}
    write_loan(path, RIGHT | {"B6": 9000000000000.01}, formulas=formulas)
    assert [difference.cell for difference in compare(path, libreoffice).differences] == ["B6"]


def test_one_workbook_with_the_inputs_of_another_recalculates_to_it(tmp_path, libreoffice):
    path = write_loan(tmp_path / "a.xlsx")
    # 1,000,000 x 5.50 % x 90 / 360 = 13,750
    values = RIGHT | {"B1": 13750, "B2": -13750, "B3": "=1+1 at 5.50%", "B4": False}
    inputs = {"principal": 1_000_000, "name": "=1+1"}
    other = write_loan(tmp_path / "b.xlsx", values, **inputs)
    changes = input_changes(path, other)
    assert changes == {(SHEET, "A1"): 1_000_000.0, (SHEET, "A3"): "=1+1"}
    assert compare(path, libreoffice, changes, expected=other).differences == ()

    wrong = write_loan(tmp_path / "wrong.xlsx", values | {"B1": 13750.01}, **inputs)
    comparison = compare(path, libreoffice, changes, expected=wrong)
    assert [difference.cell for difference in comparison.differences] == ["B1"]


def test_a_formula_that_only_one_side_has_is_a_difference(tmp_path, libreoffice):
    path = write_loan(tmp_path / "loan.xlsx")
    fewer = {cell: formula for cell, formula in FORMULAS.items() if cell != "B5"}
    other = write_loan(tmp_path / "fewer.xlsx", formulas=fewer)
    for first, second in ((path, other), (other, path)):
        (difference,) = compare(first, libreoffice, expected=second).differences
        assert difference.cell == "B5"


def test_a_formula_that_only_the_engine_sees_is_a_difference(tmp_path):
    class EngineWithOneMore:
        def recalculate(self, path, changes):
            return {(SHEET, cell): value for cell, value in RIGHT.items()} | {(SHEET, "E1"): 1.0}

    path = write_loan(tmp_path / "loan.xlsx")
    (difference,) = compare(path, EngineWithOneMore()).differences
    assert (difference.cell, difference.stored, difference.recalculated) == ("E1", None, 1.0)


def test_the_input_cells_are_the_unlocked_ones(tmp_path):
    inputs = unlocked_input_cells(write_loan(tmp_path / "loan.xlsx"))
    values = {"A1": 2_354_900.0, "A2": 0.055, "A3": "term loan", "A4": 37986.0, "A5": None}
    assert inputs == {(SHEET, cell): value for cell, value in values.items()}


def test_a_workbook_with_texts_inside_its_cells_is_read(tmp_path):
    workbook = openpyxl.Workbook()
    for reference, value in {"B2": "prime & more", "B3": "=1+1"}.items():
        workbook.active[reference] = value
        workbook.active[reference].protection = openpyxl.styles.Protection(locked=False)
    workbook.save(tmp_path / "loan.xlsx")
    # The formula in B3 is unlocked and yet no input.
    assert unlocked_input_cells(tmp_path / "loan.xlsx") == {("Sheet", "B2"): "prime & more"}


def test_inputs_of_another_layout_are_refused(tmp_path):
    path, other = write_loan(tmp_path / "a.xlsx"), write_loan(tmp_path / "b.xlsx")
    rewrite(other, "xl/workbook.xml", lambda xml: xml.replace("Term loan &amp; fees", "Notes"))
    with pytest.raises(LexpError, match="the same layout"):
        input_changes(path, other)


def test_changes_go_into_input_cells_and_never_into_the_file(tmp_path, libreoffice):
    path = write_loan(tmp_path / "loan.xlsx")
    before = path.read_bytes()
    values = libreoffice.recalculate(path, {(SHEET, "A1"): None, (SHEET, "A5"): "new"})
    assert values[SHEET, "B1"] == 0.0
    assert path.read_bytes() == before
    for sheet, cell, found in (
        (SHEET, "B1", "holds the formula"),
        (SHEET, "A6", "the cell is locked"),
        (SHEET, "7B", "no such cell"),
        ("Notes", "A1", "no such sheet"),
    ):
        with pytest.raises(LexpError, match=f"{sheet}!{cell}: {found}"):
            libreoffice.recalculate(path, {(sheet, cell): 1.0})


def no_file(path):
    pass


def text_file(path):
    path.write_text("principal,rate\n")


def compound_file(path):
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))


def zip_with_encrypted_entry(path):
    write_loan(path)
    content = bytearray(path.read_bytes())
    position = content.index(b"PK\x01\x02") + 8
    struct.pack_into("<H", content, position, 1)
    path.write_bytes(content)


def cut_off(path):
    content = write_loan(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def too_compressible(path):
    write_loan(path)
    rewrite(path, "xl/styles.xml", lambda xml: xml + " " * 5_000_000)


def too_large(path):
    write_loan(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/filler.bin", "w") as part:
            for _ in range(201):
                part.write(bytes(1_000_000))


def document_type(path):
    write_loan(path)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml)


def broken_xml(path):
    write_loan(path)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml[:-20])


def another_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (no_file, NotThere, "no such file"),
        (text_file, LexpError, "not a sound zip archive"),
        (compound_file, LexpError, "the file is encrypted"),
        (zip_with_encrypted_entry, LexpError, "an encrypted zip entry"),
        (cut_off, LexpError, "not a sound zip archive"),
        (too_compressible, LexpError, "unpacks to [0-9]+ times its size"),
        (too_large, LexpError, "20.,...,... bytes unpacked; at most 200,000,000"),
        (document_type, LexpError, "document type"),
        (broken_xml, LexpError, "XML that does not parse"),
        (another_zip, LexpError, "not laid out as a workbook"),
    ],
)
@pytest.mark.parametrize("read", [stored_formula_cells, unlocked_input_cells])
def test_a_bad_file_is_refused_with_its_name_and_reason(tmp_path, read, make, kind, message):
    path = tmp_path / "loan.xlsx"
    make(path)
    with pytest.raises(kind, match=message) as caught:
        read(path)
    assert caught.value.where.startswith(str(path))


def test_the_open_xml_sdk_accepts_a_sound_workbook_and_finds_a_fault(tmp_path):
    path = write_loan(tmp_path / "loan.xlsx")
    assert validate_with_open_xml_sdk(path) == []
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<sheetData>", "<unknown/><sheetData>"),
    )
    (finding,) = validate_with_open_xml_sdk(path)
    assert "sheet1.xml" in finding and "unknown" in finding
