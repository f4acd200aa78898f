"""What an add-in file says of itself, and files in its place that are anything else."""

import io
import zipfile

import pytest

import addin.addin_file as addin_file
from addin.addin_file import is_lexps, settings_of
from tests.addin.installed_machine import versions, xlam


@pytest.mark.parametrize("shared", [True, False])
def test_the_rows_of_the_sheet(tmp_path, shared):
    path = tmp_path / "lexp.xlam"
    rows = versions() | {"A & B": "<c>"}
    path.write_bytes(xlam(rows, shared=shared))
    assert settings_of(path) == rows
    assert is_lexps(path)


def test_xlwings_own_add_in_is_not_lexp_s():
    from importlib.util import find_spec
    from pathlib import Path

    folder = Path(find_spec("xlwings").origin).parent
    assert not is_lexps(folder / "addin" / "xlwings.xlam")
    # A real file of Excel's: its sheet of settings is called _xlwings.conf.
    found = settings_of(folder / "quickstart_addin.xlam")
    assert found is None


def test_a_real_file_of_excel_is_read(monkeypatch):
    from importlib.util import find_spec
    from pathlib import Path

    monkeypatch.setattr(addin_file, "SHEET", "_myaddin.conf")
    found = settings_of(Path(find_spec("xlwings").origin).parent / "quickstart_addin.xlam")
    assert found is not None and "INTERPRETER_WIN" in found


BOMB = '<!DOCTYPE a [<!ENTITY b "b">]><worksheet/>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"not a zip",
        xlam(versions(), sheet="Sheet1"),
        xlam(versions(), extra={"xl/workbook.xml": "<not closed"}),
        xlam(versions(), extra={"xl/worksheets/sheet1.xml": BOMB}),
        xlam(versions(), extra={"xl/worksheets/sheet1.xml": "<a>" + " " * 5_000_000 + "</a>"}),
        xlam(versions(), shared=True, extra={"xl/sharedStrings.xml": "<sst/>"}),
        xlam(versions(), extra={"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        xlam(versions())[:-200],
    ],
    ids=range(10),
)
def test_what_is_no_add_in_of_lexp(tmp_path, content):
    path = tmp_path / "lexp.xlam"
    path.write_bytes(content)
    assert settings_of(path) is None and not is_lexps(path)


def test_no_file_and_a_folder(tmp_path):
    assert settings_of(tmp_path / "none.xlam") is None
    assert settings_of(tmp_path) is None


def test_an_encrypted_part(tmp_path):
    path = tmp_path / "lexp.xlam"
    content = bytearray(xlam(versions()))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        places = [each.header_offset for each in package.infolist()]
    for each in places:
        content[each + 6] |= 1  # the bit that says so, in each header
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 8] |= 1
        start += 4
    path.write_bytes(content)
    assert settings_of(path) is None
