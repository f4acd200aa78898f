"""What a workbook was made from is read back from its Audit sheet as it was written."""

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.errors import NotThere
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_hash, term_sheet_path
from tests.workbook_templates.bad_workbooks import rewritten, small_workbook
from workbook_templates import write_workbook
from workbook_templates.origin import Origin, read_origin

INPUTS = {
    "LIBOR 1M.2003-12-01": "1.14875%",
    "extend.revolver": True,
    "prepay.term-loan.2004-07-15": "1234567.89",
    "prepay.junior-notes.2004-07-15": "1000",
}


@pytest.mark.parametrize("tranche", ["term-loan", None])
def test_it_is_read_back(tmp_path, tranche):
    path = tmp_path / "loan.xlsx"
    projection = project(builtin_deal(), "historical", INPUTS)
    write_workbook(projection, path, tranche)
    of_others = "prepay.junior-notes.2004-07-15"
    own = {key: each for key, each in INPUTS.items() if tranche is None or key != of_others}
    assert read_origin(path) == Origin(
        read_origin(path).product,
        "lexp-2003",
        tranche,
        "historical",
        term_sheet_hash(term_sheet_path("lexp-2003")),
        own,
    )
    assert read_origin(path).product.startswith("lexp ")


def test_without_inputs_of_its_own(tmp_path):
    write_workbook(project(builtin_deal()), tmp_path / "loan.xlsx", "junior-notes")
    assert read_origin(tmp_path / "loan.xlsx").inputs == {}


def test_a_workbook_of_somebody_else_says_nothing_of_it(tmp_path):
    with pytest.raises(NotThere, match="no record of what it was made from"):
        read_origin(small_workbook(tmp_path / "theirs.xlsx"))


def test_a_name_that_points_nowhere_is_no_record(tmp_path):
    path = tmp_path / "loan.xlsx"
    write_workbook(project(builtin_deal()), path, "junior-notes")
    path.write_bytes(
        rewritten(
            path.read_bytes(),
            "xl/workbook.xml",
            lambda xml: xml.replace(b"'Audit'!$B$9", b"'Audit'!$Z$9"),
        )
    )
    with pytest.raises(NotThere, match="no record of what it was made from"):
        read_origin(path)


def test_a_deal_made_in_python_has_no_term_sheet(tmp_path):
    path = term_sheet_path("lexp-2003")
    deal = deal_from_tables(read_tables(path), path.parent)
    write_workbook(project(deal), tmp_path / "loan.xlsx", "junior-notes")
    with pytest.raises(NotThere, match="made in Python"):
        read_origin(tmp_path / "loan.xlsx")
