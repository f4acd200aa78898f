"""Workbooks of deals whose ids are as long as ids may be, against the second engine."""

import openpyxl
import pytest

from lexp_calc import project
from lexp_calc.term_sheet import deal_from_tables, read_tables
from tests.bad_inputs.every_term import TERM_SHEET
from tests.open_xml_sdk import validate_with_open_xml_sdk
from tests.workbook_templates.long_ids import with_long_ids
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes


@pytest.fixture(scope="module")
def deal():
    return deal_from_tables(with_long_ids(read_tables(TERM_SHEET)), TERM_SHEET.parent)


def test_every_formula_cell_as_written_and_after_changed_inputs(tmp_path, libreoffice, deal):
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    write_workbook(project(deal), before)
    write_workbook(project(deal, "moves"), after)
    assert validate_with_open_xml_sdk(before) == []
    found = compare(before, libreoffice)
    assert found.differences == () and found.cells_compared > 10_000
    changes = input_changes(before, after)
    assert changes
    assert compare(before, libreoffice, changes, expected=after).differences == ()


def test_a_lender_s_workbook_too(tmp_path, libreoffice, deal):
    for place, tranche in enumerate(deal.tranche):
        path = tmp_path / f"{place}.xlsx"
        write_workbook(project(deal, "moves"), path, tranche)
        assert compare(path, libreoffice).differences == ()


def test_names_are_short_and_those_of_each_tranche_its_own(tmp_path, deal):
    path = tmp_path / "deal.xlsx"
    write_workbook(project(deal), path)
    names = openpyxl.load_workbook(path).defined_names
    assert max(len(name) for name in names) <= 80
    dates = [name for name in names if name.startswith("schedule_payment_date_")]
    assert len(dates) == len(deal.tranche)
