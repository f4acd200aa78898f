"""The second engines: which is taken, and that formulon is one as LibreOffice is."""

import sys
import time

import pytest
import xlsxwriter

from lexp_calc import project, read_term_sheet
from lexp_calc.errors import LexpError, NotThere
from tests.workbook_templates.test_examples import EXAMPLES
from tests.workbook_templates.test_libreoffice import write_formulas
from workbook_templates import formulon_engine, libreoffice, write_workbook
from workbook_templates.engines import ENGINES, started_engine
from workbook_templates.flips import flip
from workbook_templates.formulon_engine import Formulon
from workbook_templates.origin import read_origin
from workbook_templates.stored_cells import CellError
from workbook_templates.verify import compare


def not_there(*_):
    raise NotThere("LibreOffice", "not found on this machine", libreoffice.HOW_TO_INSTALL)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+1", 2.0),
        ('="a"&"b"', "ab"),
        ('=""', ""),
        ("=Z99", 0.0),
        ("=1=1", True),
        ("=NA()", CellError("#N/A")),
        ("=1/0", CellError("#DIV/0!")),
        ("=no_such_name", CellError("#NAME?")),
        ('="a"+1', CellError("#VALUE!")),
        ("=10^308*10^308", CellError("#NUM!")),
        ('=TEXT(37986,"d mmmm yyyy")', "31 December 2003"),
        # Excel rounds half away from zero: 32,379.875 is a tie.
        ("=ROUND(2354900*0.055*90/360,2)", 32379.88),
        ("=ROUND(-32379.875,2)", -32379.88),
    ],
)
def test_formulon_gives_the_value_that_excel_documents(tmp_path, formulon, formula, value):
    """The value stored is 777.77 in each: none is trusted."""
    path = write_formulas(tmp_path / "ä b%20.xlsx", [formula])
    assert formulon.recalculate(path) == {("Results", "A1"): value}


def test_formulon_takes_changes_and_refuses_what_takes_none(tmp_path, formulon):
    path = tmp_path / "loan.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Loan")
        unlocked = workbook.add_format({"locked": False})
        sheet.write_number("A1", 100, unlocked)
        sheet.write_string("A2", "loan", unlocked)
        sheet.write_number("A3", 5)
        sheet.write_formula("B1", "=A1*2", None, 200)
        sheet.write_formula("B2", '=A2&"!"', None, "loan!")
        sheet.write_formula("B3", "=COUNT(A1)", None, 1)
        sheet.protect()
    changes = {("Loan", "A1"): 300, ("Loan", "A2"): "=1+1"}
    found = formulon.recalculate(path, changes)
    assert found == {("Loan", "B1"): 600.0, ("Loan", "B2"): "=1+1!", ("Loan", "B3"): 1.0}
    assert formulon.recalculate(path, {("Loan", "A1"): None})["Loan", "B3"] == 0.0
    for cell, message in (
        (("Loan", "A3"), "the cell is locked"),
        (("Loan", "B1"), "holds the formula A1\\*2"),
        (("Loans", "A1"), "no such sheet"),
    ):
        with pytest.raises(LexpError, match=message):
            formulon.recalculate(path, {cell: 1})


def test_formulon_agrees_on_the_workbooks_of_a_deal(tmp_path, formulon):
    """As written, and after other inputs: one of every kind of tranche, and a whole deal."""
    for term_sheet, tranche in (
        ("lexp-2003", "term-loan"),
        ("lexp-2003", "revolver"),
        (EXAMPLES / "pik-toggle-note.toml", None),
        (EXAMPLES / "yen-loan.toml", None),
    ):
        deal, path = read_term_sheet(term_sheet), tmp_path / "loan.xlsx"
        write_workbook(project(deal), path, tranche)
        assert compare(path, formulon).differences == ()
        found = flip(path, formulon, deal, read_origin(path), 1)
        assert found.comparison.differences == ()
        assert found.comparison.cells_compared > 1_000


def test_a_file_that_formulon_cannot_open_is_refused_and_it_goes_on(tmp_path, formulon):
    (tmp_path / "loan.xlsx").write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(LexpError, match="loan.xlsx"):
        formulon.recalculate(tmp_path / "loan.xlsx")
    path = write_formulas(tmp_path / "sound.xlsx", ["=1+1"])
    assert formulon.recalculate(path) == {("Results", "A1"): 2.0}


def test_an_engine_that_hangs_is_ended(tmp_path, monkeypatch):
    """A program in formulon's place that answers once, that it is ready, and then no more."""
    hangs = "import time; print('{\"ready\": true}', flush=True); time.sleep(300)"
    monkeypatch.setattr(Formulon, "command", lambda *_: [sys.executable, "-c", hangs])
    path = write_formulas(tmp_path / "loan.xlsx", ["=1+1"])
    start = time.monotonic()
    with Formulon(time_limit=2) as engine, pytest.raises(LexpError, match="in 2 seconds"):
        engine.recalculate(path)
    assert time.monotonic() - start < 60


def test_libreoffice_is_taken_first_and_formulon_where_it_is_not(monkeypatch):
    """With programs in the place of both that say that they are ready."""
    ready = [sys.executable, "-c", "print('{\"ready\": true}', flush=True); input()"]
    for engine in ENGINES.values():
        monkeypatch.setattr(engine, "command", lambda *_: ready)
    with started_engine() as engine:
        assert engine.name == "LibreOffice"
    monkeypatch.setattr(ENGINES["libreoffice"], "command", not_there)
    with started_engine() as engine:
        assert engine.name == "formulon"
    with pytest.raises(NotThere, match="libreoffice-calc"):
        started_engine("libreoffice")


def test_a_machine_without_either_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(ENGINES["libreoffice"], "command", not_there)
    monkeypatch.setattr(formulon_engine.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NotThere) as caught:
        started_engine()
    assert "libreoffice-calc and python3-uno" in str(caught.value)
    assert "pip install 'lexp[verify]'" in str(caught.value)
    with pytest.raises(NotThere, match="pip install"):
        started_engine("formulon")
