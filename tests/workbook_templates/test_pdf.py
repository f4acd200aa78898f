"""A workbook's print: whole or not at all, and the same bytes whenever it is made."""

import subprocess
from shutil import which

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.errors import LexpError
from workbook_templates import write_workbook
from workbook_templates.pdf import pdf_path, without_hour_and_chance, write_pdf


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "notes.xlsx"
    write_workbook(project(builtin_deal()), path, "junior-notes")
    return path


def test_printed_twice_it_has_the_same_bytes(workbook, libreoffice, tmp_path):
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    write_pdf(libreoffice, workbook, first)
    write_pdf(libreoffice, workbook, second)
    assert first.read_bytes() == second.read_bytes()
    assert b"/CreationDate(D:20000101000000" in first.read_bytes()


@pytest.mark.skipif(which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_the_print_shows_what_is_owed(workbook, libreoffice, tmp_path):
    path = tmp_path / "notes.pdf"
    write_pdf(libreoffice, workbook, path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    words = text.stdout.decode()
    assert "347,000.00" in words and "Page 1 of " in words


def trailer(hour: bytes, number: bytes, checksum: bytes) -> bytes:
    return b"%%PDF-1.6\n/CreationDate(D:%sZ')\n/ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n" % (
        hour,
        number,
        number,
        checksum,
    )


def test_only_the_hour_and_the_random_number_are_taken_out():
    one = trailer(b"20261128095811", b"8E" * 16, b"AB" * 16)
    other = trailer(b"20270101000001", b"9F" * 16, b"CD" * 16)
    fixed = without_hour_and_chance(one)
    assert fixed == without_hour_and_chance(other) != one
    assert len(fixed) == len(one)
    assert without_hour_and_chance(one + b"more") != fixed + b"more"  # numbered by the content
    assert without_hour_and_chance(b"%PDF-1.6 of another program") == b"%PDF-1.6 of another program"


def test_what_cannot_be_printed_leaves_the_old_file(libreoffice, tmp_path):
    path = tmp_path / "loan.pdf"
    path.write_bytes(b"the old one")
    (tmp_path / "loan.xlsx").write_bytes(b"no workbook")
    with pytest.raises(LexpError, match="loan.xlsx"):
        write_pdf(libreoffice, tmp_path / "loan.xlsx", path)
    assert path.read_bytes() == b"the old one"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["loan.pdf", "loan.xlsx"]


def test_it_stands_beside_its_workbook(tmp_path):
    assert pdf_path(tmp_path / "a.b_deal.xlsx") == tmp_path / "a.b_deal.pdf"
