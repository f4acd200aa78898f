"""The second engine answers, or says why not in good time, and leaves nothing behind."""

import subprocess
import time

import pytest
import xlsxwriter

from lexp_calc.errors import LexpError, NotThere
from workbook_templates import libreoffice as libreoffice_module
from workbook_templates.libreoffice import LibreOffice, find_soffice
from workbook_templates.stored_cells import CellError


def write_formulas(path, formulas):
    """A workbook with a formula in each row of column A and a wrong cached value in each."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Results")
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 0, formula, None, 777.77)
    return path


def pretend_soffice(monkeypatch, tmp_path, script):
    """Put a shell script in LibreOffice's place."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice_module, "find_soffice", lambda: str(program))


def is_running(process_id):
    """Whether a process is there and not merely waiting for its parent to look."""
    ps = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True)
    return ps.stdout.strip()[:1] not in (b"", b"Z")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+1", 2.0),
        ('="a"&"b"', "ab"),
        ('=""', ""),
        ("=Z99", 0.0),
        ("=1=1", 1.0),
        ("=NA()", CellError("#N/A")),
        ("=1/0", CellError("#DIV/0!")),
        ("=no_such_name", CellError("#NAME?")),
        ('="a"+1', CellError("#VALUE!")),
        ("=10^308*10^308", CellError("#NUM!")),
        ('=TEXT(37986,"d mmmm yyyy")', "31 December 2003"),
    ],
)
def test_a_formula_has_the_value_that_excel_documents(tmp_path, libreoffice, formula, value):
    path = write_formulas(tmp_path / "ä b%20.xlsx", [formula])
    assert libreoffice.recalculate(path) == {("Results", "A1"): value}


def test_five_thousand_formula_cells_take_under_two_seconds(tmp_path, libreoffice):
    path = write_formulas(tmp_path / "many.xlsx", [f"=ROUND({n}*0.055,2)" for n in range(5_000)])
    start = time.monotonic()
    assert len(libreoffice.recalculate(path)) == 5_000
    assert time.monotonic() - start < 2


def test_formulas_in_far_corners_are_all_read(tmp_path, libreoffice):
    with xlsxwriter.Workbook(tmp_path / "far.xlsx") as workbook:
        sheet = workbook.add_worksheet("Results")
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("XFD1048576", "=A1+1")
    values = libreoffice.recalculate(tmp_path / "far.xlsx")
    assert values == {("Results", "A1"): 2.0, ("Results", "XFD1048576"): 3.0}


def test_a_workbook_is_printed(tmp_path, libreoffice):
    path = write_formulas(tmp_path / "loan.xlsx", ["=1+1"])
    pdf = libreoffice.to_pdf(path, tmp_path)
    assert pdf == tmp_path / "loan.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")


def test_what_is_no_workbook_is_refused_and_the_engine_goes_on(tmp_path, libreoffice):
    (tmp_path / "loan.xlsx").write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(LexpError, match="loan.xlsx"):
        libreoffice.recalculate(tmp_path / "loan.xlsx")
    with pytest.raises(NotThere, match="no such file"):
        libreoffice.recalculate(tmp_path / "none.xlsx")
    path = write_formulas(tmp_path / "sound.xlsx", ["=1+1"])
    assert libreoffice.recalculate(path) == {("Results", "A1"): 2.0}


def test_a_machine_without_libreoffice_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice_module, "SOFFICE_CANDIDATES", ())
    find_soffice.cache_clear()
    with pytest.raises(NotThere, match="libreoffice-calc and python3-uno"):
        LibreOffice().start()
    find_soffice.cache_clear()


def test_an_engine_that_hangs_is_ended_and_the_next_call_starts_another(
    tmp_path, monkeypatch, libreoffice
):
    path = write_formulas(tmp_path / "loan.xlsx", ["=1+1"])
    pretend_soffice(monkeypatch, tmp_path, f"echo $$ > {tmp_path}/process_id; sleep 300")
    engine = LibreOffice(time_limit=2)
    start = time.monotonic()
    with pytest.raises(LexpError, match="no answer in 2 seconds"):
        engine.recalculate(path)
    assert time.monotonic() - start < 20
    assert not is_running((tmp_path / "process_id").read_text().strip())
    monkeypatch.undo()
    engine.time_limit = 60
    with engine:
        assert engine.recalculate(path) == {("Results", "A1"): 2.0}


def test_an_engine_that_ends_at_once_is_reported(tmp_path, monkeypatch, libreoffice):
    pretend_soffice(monkeypatch, tmp_path, "exit 3")
    with pytest.raises(LexpError, match="ended with status 3"):
        LibreOffice(time_limit=20).start()
