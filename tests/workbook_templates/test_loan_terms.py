"""Workbooks of loans with terms that the built-in deal lacks, against the second engine.

Each tranche's workbook and the deal's: as written, and after other inputs were typed in.
"""

import pytest

from lexp_calc import project
from tests.open_xml_sdk import validate_with_open_xml_sdk
from tests.workbook_templates.loans import CASES
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes

FEWEST_CELLS = 900


@pytest.mark.parametrize("name", CASES)
def test_every_formula_cell_as_written_and_after_changed_inputs(tmp_path, libreoffice, name):
    case = CASES[name]
    deal = case.deal
    before, after = project(deal), project(deal, None, case.inputs)
    for tranche in (*deal.tranche, None):
        written, other = tmp_path / "written.xlsx", tmp_path / "other.xlsx"
        write_workbook(before, written, tranche)
        write_workbook(after, other, tranche)
        changes = input_changes(written, other)
        assert changes
        for comparison in (
            compare(written, libreoffice),
            compare(written, libreoffice, changes, expected=other),
        ):
            assert comparison.differences == ()
            assert comparison.cells_compared >= FEWEST_CELLS


@pytest.mark.parametrize("name", CASES)
def test_the_open_xml_sdk_finds_nothing(tmp_path, name):
    path = tmp_path / "deal.xlsx"
    write_workbook(project(CASES[name].deal), path)
    assert validate_with_open_xml_sdk(path) == []
