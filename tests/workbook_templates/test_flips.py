"""A flip finds a formula that is right for the inputs in the file and wrong for others."""

import runpy
import zipfile
from pathlib import Path

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.errors import LexpError
from tests.workbook_templates.bad_workbooks import rewritten
from workbook_templates import write_workbook
from workbook_templates.flips import flip
from workbook_templates.origin import read_origin
from workbook_templates.verify import compare

ROOT = Path(__file__).parents[2]


@pytest.fixture
def loan(tmp_path):
    write_workbook(project(builtin_deal()), tmp_path / "loan.xlsx", "term-loan")
    return tmp_path / "loan.xlsx"


def replace_in_sheets(path, old, new):
    """Replace a text that stands somewhere in the sheets."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        holding = [name for name in sheets if old in archive.read(name)]
    assert holding
    for name in holding:
        content = rewritten(path.read_bytes(), name, lambda xml: xml.replace(old, new))
        path.write_bytes(content)


def test_right_formulas_agree(loan, libreoffice):
    origin = read_origin(loan)
    for seed in (1, 2):
        found = flip(loan, libreoffice, builtin_deal(), origin, seed)
        assert found.comparison.differences == ()
        assert found.comparison.cells_compared > 3_000
        assert found.cells_changed >= 3


def test_a_formula_that_forgets_an_input_is_found(loan, libreoffice):
    """The as-of date beside each title: the closing date, as long as nobody changes it."""
    replace_in_sheets(loan, b"<f>as_of</f>", b"<f>closing_date</f>")
    assert compare(loan, libreoffice).differences == ()
    found = flip(loan, libreoffice, builtin_deal(), read_origin(loan), 1)
    assert found.drawn.projection.as_of != builtin_deal().closing_date
    assert {each.formula for each in found.comparison.differences} == {"closing_date"}


def test_a_workbook_of_another_layout_is_refused(loan, libreoffice):
    """One whose cells are all locked has no input that it could be given."""
    locked = b'<protection locked="1" hidden="0"/>'
    unlocked = b'<protection locked="0" hidden="0"/>'
    content = rewritten(loan.read_bytes(), "xl/styles.xml", lambda x: x.replace(unlocked, locked))
    loan.write_bytes(content)
    with pytest.raises(LexpError, match="other input cells than this version has"):
        flip(loan, libreoffice, builtin_deal(), read_origin(loan), 1)


def test_the_long_trial_counts_what_it_compares(monkeypatch, capsys, libreoffice):
    script, example = ROOT / "scripts" / "verify_flips.py", ROOT / "examples" / "yen-loan.toml"
    monkeypatch.setattr("sys.argv", [str(script), "--flips", "1", str(example)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(script), run_name="__main__")
    lines = capsys.readouterr().out.splitlines()
    assert ended.value.code == 0
    assert [each.partition(":")[0] for each in lines[:-1]] == [
        "yen-loan_term-loan.xlsx",
        "yen-loan_working-capital.xlsx",
        "yen-loan_deal.xlsx",
    ]
    assert lines[-1].startswith("3 flips, ") and lines[-1].endswith(" cells compared, 0 differ")
