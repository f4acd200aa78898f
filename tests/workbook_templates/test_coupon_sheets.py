"""Workbooks of coupons with lookbacks, fallbacks, margins that move, defaults, compounding.

Recalculated by a second engine as written, and after other inputs were typed in.
"""

import re

import pytest

from lexp_calc import project
from tests.workbook_templates.coupon_deals import INPUTS
from tests.workbook_templates.deals import changed_deal
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes, stored_formula_cells


def written(change, inputs, path, tranche=None):
    write_workbook(project(changed_deal(change), "closing", inputs), path, tranche)
    return path


@pytest.mark.parametrize("change", INPUTS)
def test_every_formula_cell_as_written_and_after_changed_inputs(tmp_path, libreoffice, change):
    as_written, typed = INPUTS[change]
    before = written(change, as_written, tmp_path / "before.xlsx")
    found = compare(before, libreoffice)
    assert found.differences == ()
    assert found.cells_compared >= 10_000
    after = written(change, typed, tmp_path / "after.xlsx")
    changes = input_changes(before, after)
    assert len(changes) > 10
    found = compare(before, libreoffice, changes, expected=after)
    assert found.differences == ()
    assert found.cells_compared >= 10_000


@pytest.mark.parametrize("change", INPUTS)
def test_formulas_are_short_and_hold_no_numbers(tmp_path, change):
    path = written(change, INPUTS[change][1], tmp_path / "deal.xlsx")
    for place, (formula, _) in stored_formula_cells(path).items():
        assert len(formula) <= 120, (place, formula)
        plain = re.sub(r'"[^"]*"|\'[^\']*\'', "", formula)
        numbers = set(re.findall(r"(?<![A-Za-z0-9_$.])\d+(?:\.\d+)?(?![A-Za-z0-9_(])", plain))
        assert numbers <= {"0", "1", "2"}, (place, formula)
