"""A file from anybody is looked at before any program loads it."""

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.errors import LexpError
from tests.workbook_templates.bad_workbooks import BAD, rewritten, small_workbook
from workbook_templates import write_workbook
from workbook_templates.intake import check_workbook


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_name_and_reason(tmp_path, case):
    change, message = BAD[case]
    path = small_workbook(tmp_path / "loan.xlsx")
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(LexpError) as caught:
        check_workbook(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_sound_workbooks_are_taken(tmp_path):
    check_workbook(small_workbook(tmp_path / "theirs.xlsx"))
    write_workbook(project(builtin_deal()), tmp_path / "ours.xlsx")
    check_workbook(tmp_path / "ours.xlsx")


def test_a_hyperlink_is_no_external_link(tmp_path):
    path = small_workbook(tmp_path / "loan.xlsx")
    relationship = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Target="http://example.org" TargetMode="External" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
        b"</Relationships>"
    )
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    path.write_bytes(rewritten(path.read_bytes(), name, lambda _: relationship))
    check_workbook(path)
