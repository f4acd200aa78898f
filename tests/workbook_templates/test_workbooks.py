"""What every generated workbook is held to: valid, reproducible, alive, its own lender's alone."""

import subprocess
import sys
from decimal import Decimal
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas
import pytest
from openpyxl.utils import get_column_letter

from lexp_calc import NotThere, builtin_deal, project, read_term_sheet
from lexp_calc.errors import LexpError
from tests.open_xml_sdk import validate_with_open_xml_sdk
from tests.workbook_templates.deals import CHANGES, changed_deal
from tests.workbook_templates.formulas import faults
from workbook_templates import write_workbook
from workbook_templates.verify import CellError, stored_formula_cells, unlocked_input_cells

EXAMPLES = Path(__file__).parents[2] / "examples"
TRANCHES = (*builtin_deal().tranche, None)


@pytest.fixture(scope="module", params=TRANCHES)
def workbook(request, tmp_path_factory):
    """Each workbook of the built-in deal in turn, with what it is of."""
    path = tmp_path_factory.mktemp("workbook") / f"{request.param or 'deal'}.xlsx"
    write_workbook(project(builtin_deal()), path, request.param)
    return request.param, path


def test_the_open_xml_sdk_finds_nothing(workbook):
    assert validate_with_open_xml_sdk(workbook[1]) == []


@pytest.mark.parametrize("change", CHANGES)
def test_the_open_xml_sdk_finds_nothing_in_other_deals(tmp_path, change):
    path = tmp_path / "deal.xlsx"
    write_workbook(project(changed_deal(change), "historical"), path)
    assert validate_with_open_xml_sdk(path) == []


def test_every_formula_cell_has_a_value_and_none_is_an_error(workbook):
    cells = stored_formula_cells(workbook[1])
    assert len(cells) > 1000
    bad = {
        place: value
        for place, (_, value) in cells.items()
        if value is None or isinstance(value, CellError)
    }
    assert bad == {}


def test_formulas_are_short_and_hold_no_numbers(workbook):
    """No number but 0, 1, 2 inside a formula (ROUND's digits among them); no volatile function."""
    assert_short_and_without_numbers(workbook[1])


def assert_short_and_without_numbers(path):
    """At most 120 characters, brackets 3 deep, no number but 0, 1 and 2."""
    for place, (formula, _) in stored_formula_cells(path).items():
        assert faults(formula) == [], (place, formula)


def test_every_name_stands_for_cells_and_every_input_has_one(workbook):
    book = openpyxl.load_workbook(workbook[1])
    named = set()
    for name in book.defined_names.values():
        for title, reference in name.destinations:
            cells = book[title][reference.replace("$", "")]
            rows = cells if isinstance(cells, tuple) else ((cells,),)
            named |= {(title, cell.coordinate) for row in rows for cell in row}
    inputs = set(unlocked_input_cells(workbook[1]))
    assert inputs and inputs <= named
    for sheet in book.worksheets:
        validated = set()
        for rule in sheet.data_validations.dataValidation:
            assert rule.error
            for area in rule.sqref.ranges:
                validated |= {f"{get_column_letter(c)}{r}" for r, c in area.cells}
        here = {cell for title, cell in inputs if title == sheet.title}
        assert here <= validated
        assert sheet.protection.sheet and not sheet.protection.password


def test_pandas_sees_the_schedule(workbook):
    tranche, path = workbook
    title = "Schedule" if tranche else "Schedule term-loan"
    frame = pandas.read_excel(path, sheet_name=title, header=3)
    assert {"Opening balance", "Closing balance", "Interest"} <= set(frame.columns)
    assert frame["Closing balance"].iloc[:30].notna().all()


def test_the_same_input_gives_the_same_bytes(workbook, tmp_path):
    """Again in this process, and in another one with another hash seed."""
    tranche, path = workbook
    write_workbook(project(builtin_deal()), tmp_path / "again.xlsx", tranche)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    other = tmp_path / "other.xlsx"
    program = (
        "from lexp_calc import builtin_deal, project\n"
        "from workbook_templates import write_workbook\n"
        f"write_workbook(project(builtin_deal()), {str(other)!r}, {tranche!r})\n"
    )
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "PYTHONPATH": "."}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    assert other.read_bytes() == path.read_bytes()


# Sums that occur nowhere else, and words of one tranche alone.
SUMS = {
    "revolver": "23519203.07",
    "term-loan": "13500017.31",
    "secured-term-loan": "11500023.37",
    "senior-notes": "42476029.41",
    "junior-notes": "347043.53",
}
WORDS = {
    "revolver": ("Over 90 days", "Advance rate"),
    "secured-term-loan": ("Secured term loan", "secured-term-loan"),
    "senior-notes": ("Senior Subordinated Notes due 2009", "senior-notes"),
    "junior-notes": ("Junior Subordinated Notes due 2009", "junior-notes"),
}


def distinctive_sums(tables):
    """The built-in deal with sums that tell the tranches apart in any part of a file."""
    for tranche_id, amount in SUMS.items():
        tranche = tables["tranche"][tranche_id]
        tranche["commitment" if tranche_id == "revolver" else "principal"] = Decimal(amount)
    tables["tranche"]["term-loan"]["repayment"]["unpaid_balance_at_maturity"] = True
    total = Decimal(SUMS["revolver"]) + Decimal(SUMS["term-loan"])
    tables["facility"]["secured-credit-facility"]["amount"] = total


@pytest.mark.parametrize("tranche", SUMS)
def test_a_lender_sees_no_other_tranche(tranche, tmp_path):
    """No part of the file holds another tranche's sum, id, name or words.

    The passages of the one public press release are left out: a sentence that states a
    term of this tranche may name another.
    """
    deal = changed_deal(distinctive_sums)
    inputs = {"draw.revolver.2003-12-18": SUMS["revolver"]}
    path = tmp_path / "lender.xlsx"
    write_workbook(project(deal, "historical", inputs), path, tranche)
    passages = [passage.text for passage in deal.passage.values()]
    parts = {name: ZipFile(path).read(name).decode() for name in ZipFile(path).namelist()}
    everything = unescape("\n".join(parts.values()))
    for passage in passages:
        everything = everything.replace(passage, "")
    for owner, amount in SUMS.items():
        words = (amount, *WORDS.get(owner, ()))
        found = [word for word in words if word in everything]
        assert bool(found) == (owner == tranche), (owner, found)


def test_an_unknown_tranche_is_refused_with_the_list(tmp_path):
    with pytest.raises(NotThere, match="term-loan"):
        write_workbook(project(builtin_deal()), tmp_path / "x.xlsx", "termloan")
    assert list(tmp_path.iterdir()) == []


def test_a_lender_does_not_read_the_sentence_on_another_loan(tmp_path):
    """The mezzanine deal's name rests on a passage that names the bank and its 40,000,000."""
    deal = read_term_sheet(str(EXAMPLES / "mezzanine-with-warrants.toml"))
    path = tmp_path / "mezzanine.xlsx"
    write_workbook(project(deal), path, "mezzanine")
    with ZipFile(path) as parts:
        everything = "\n".join(parts.read(name).decode() for name in parts.namelist())
    assert "Fenland" not in everything and "40,000,000" not in everything
    assert "(a sentence on other debt of the borrower)" in everything
    write_workbook(project(deal), path)
    with ZipFile(path) as parts:
        assert any("Fenland" in parts.read(name).decode() for name in parts.namelist())


def an_id_that_stands_for_all(tables):
    tables["tranche"]["deal"] = tables["tranche"]["junior-notes"]


def a_mark_of_direction(tables):
    tables["borrower"] = "Lexington\u200f Precision"


@pytest.mark.parametrize(
    "change, refused",
    [(an_id_that_stands_for_all, 'the id "deal"'), (a_mark_of_direction, r"U\+200F")],
)
def test_what_no_file_could_be_named_or_hold_is_refused_with_the_terms(change, refused):
    with pytest.raises(LexpError, match=refused):
        changed_deal(change)
