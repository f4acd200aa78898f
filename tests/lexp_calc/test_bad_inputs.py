"""Bad values in a term sheet or a projection's inputs: refused with the field, what was found
and what would be right.

The tables stand by subject in `tests/bad_inputs`; the numbers are the rows of the list of bad
inputs that the project keeps.
"""

import pytest

from lexp_calc import LexpError, project, read_term_sheet
from lexp_calc.errors import Problems
from tests.bad_inputs import amounts, dates, exchanges, rates, structure, texts
from tests.lexp_calc.term_sheet_text import changed
from tests.lexp_calc.variants import lexington

SUBJECTS = (amounts, rates, dates, texts, structure, exchanges)
TERM_SHEETS = {row: case for subject in SUBJECTS for row, case in subject.TERM_SHEETS.items()}
INPUTS = {
    row: case for subject in (amounts, rates, dates, texts) for row, case in subject.INPUTS.items()
}
TAKEN = amounts.TAKEN | dates.TAKEN | texts.TAKEN


@pytest.mark.parametrize("row", TERM_SHEETS)
def test_a_term_sheet_is_refused_with_the_field_what_was_found_and_what_would_be_right(
    term_sheet, row
):
    (path, *changes), found, right = TERM_SHEETS[row]
    lines = term_sheet(changed(*changes))
    assert isinstance(lines, list), "it was taken"
    about_the_field = [line for line in lines if line.startswith(f"{path}: ")]
    assert any(found in line and right in line for line in about_the_field), lines
    assert all("; " in line for line in lines)


@pytest.mark.parametrize("row", INPUTS)
def test_an_input_of_a_projection_is_refused_by_its_path(row):
    inputs, *parts = INPUTS[row]
    with pytest.raises(LexpError) as caught:
        project(lexington(), "closing", inputs)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


@pytest.mark.parametrize("row", TAKEN)
def test_what_looks_odd_and_is_right_is_taken(term_sheet, row):
    deal = term_sheet(changed(*TAKEN[row]))
    assert not isinstance(deal, list), deal
    assert project(deal)["revolver"].rows[0].closing_balance == 0


@pytest.mark.parametrize("row", structure.FILES)
def test_a_file_that_is_no_term_sheet_is_refused(term_sheet, row):
    content, message = structure.FILES[row]
    lines = term_sheet(content)
    assert isinstance(lines, list) and message in lines[0]


def test_all_problems_are_one_error_whose_parts_have_a_place(term_sheet, tmp_path):
    term_sheet(changed(('floor = "8.25%"', "floor = 8.25"), ("count = 45", "count = 0")))
    with pytest.raises(Problems) as caught:
        read_term_sheet(tmp_path / "deals" / "deal.toml")
    places = [each.where.partition(".toml: ")[2] for each in caught.value.problems]
    assert sorted(places) == [
        "tranche.secured-term-loan.coupon.floor",
        "tranche.term-loan.repayment.count",
    ]
    assert all(each.found and each.expected for each in caught.value.problems)
