"""Excel directed over COM, on a stand-in that fails at each of its calls in turn."""

import sys
import zipfile
from enum import Enum
from types import ModuleType, SimpleNamespace

import pytest

from addin.addin_file import settings_of
from addin.excel_makes_addin import make_with_excel
from addin.ribbon_part import with_ribbon
from lexp_calc.errors import LexpError, NotThere
from tests.addin.excel_over_com import Book, Excel, Recorder, installed
from tests.addin.installed_machine import versions, xlam

RIBBON = b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>'
CALLS = 90  # more than there are


class ModuleKind(Enum):
    """As the build has it."""

    STANDARD = ".bas"
    CLASS = ".cls"
    DOCUMENT = "document"


def module(name, kind, code):
    attribute = f'Attribute VB_Name = "{name}"\r\n'
    return SimpleNamespace(
        name=name, kind=kind, code=code, exported=attribute + code, file_name=f"{name}.x"
    )


@pytest.fixture(autouse=True)
def build(monkeypatch):
    """The build's entry points, with little code."""
    build, kinds = ModuleType("addin.build"), ModuleType("addin.build.vba_module")
    kinds.ModuleKind, kinds.CODE_PAGE = ModuleKind, "cp1252"
    build.build_xlam = lambda path: path.write_bytes(xlam(versions(), ribbon=RIBBON))
    modules = [
        module("ThisWorkbook", ModuleKind.DOCUMENT, "Private Sub Workbook_Open()\r\nEnd Sub\r\n"),
        module("LexpSettings", ModuleKind.DOCUMENT, "\r\n"),
        module("xlwings", ModuleKind.STANDARD, "' über\r\n"),
        module("Dictionary", ModuleKind.CLASS, "Option Explicit\r\n"),
    ]
    build.vba_sources = lambda: {each.name: each for each in modules}
    monkeypatch.setitem(sys.modules, "addin.build", build)
    monkeypatch.setitem(sys.modules, "addin.build.vba_module", kinds)


def made(monkeypatch, tmp_path, excel, fails_at=None):
    recorder = Recorder(fails_at)
    installed(monkeypatch, excel, recorder)
    path = tmp_path / "lexp.xlam"
    try:
        make_with_excel(path, lambda line: None)
    finally:
        recorder.path = path
    return recorder


def test_excel_makes_the_add_in(monkeypatch, tmp_path):
    excel = Excel()
    recorder = made(monkeypatch, tmp_path, excel)
    path = tmp_path / "lexp.xlam"
    assert settings_of(path) == versions()
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.read("customUI/customUI14.xml") == RIBBON
        links = package.read("_rels/.rels").decode()
    assert links.count("/ui/extensibility") == 1 and 'Target="customUI/customUI14.xml"' in links
    components = excel.books[0].project.VBComponents
    code = {each.Name: each.CodeModule.text for each in components}
    assert code["DieseArbeitsmappe"] == "Private Sub Workbook_Open()\r\nEnd Sub\r\n"
    assert code["Tabelle1"] == ""
    assert components.imported["xlwings.x"].endswith("' über\r\n".encode("cp1252"))
    assert set(components.imported) == {"xlwings.x", "Dictionary.x"}
    assert excel.books[0].project.Name == "lexp"
    assert (excel.Visible, excel.DisplayAlerts, excel.EnableEvents) == (False, False, False)
    assert excel.AutomationSecurity == 3 and excel.ended == 1
    assert all(cell.NumberFormat == "@" for cell in excel.books[0].cells.values())
    assert len(recorder.calls) < CALLS


@pytest.mark.parametrize("number", range(CALLS))
def test_whichever_call_fails(monkeypatch, tmp_path, number):
    excel = Excel()
    try:
        recorder = made(monkeypatch, tmp_path, excel, number)
    except LexpError as problem:
        text = str(problem)
        assert text.startswith("Excel: found that it refused") and "\n" not in text
        assert "a reason of Excel's own" in text
        assert not (tmp_path / "lexp.xlam").exists()
        assert excel.ended == (0 if number == 0 else 1)
    else:
        # Ending Excel is the last call, and the file is made by then.
        assert number >= len(recorder.calls) - 1
        assert (tmp_path / "lexp.xlam").exists()


def test_a_workbook_that_does_not_know_its_module(monkeypatch, tmp_path):
    excel = Excel()
    monkeypatch.setattr(Book, "CodeName", "")
    made(monkeypatch, tmp_path, excel)
    code = {each.Name: each.CodeModule.text for each in excel.books[0].project.VBComponents}
    assert "Workbook_Open" in code["DieseArbeitsmappe"] and code["Tabelle1"] == ""
    real = Book.Worksheets

    def nameless(book, number):
        book.sheet.CodeName = ""
        return real(book, number)

    monkeypatch.setattr(Book, "Worksheets", nameless)
    with pytest.raises(LexpError, match="which VBA module"):
        made(monkeypatch, tmp_path, excel)
    assert excel.ended == 2


def test_without_leave_to_change_vba(monkeypatch, tmp_path):
    excel = Excel()
    excel.is_trusted = False
    with pytest.raises(LexpError) as refused:
        made(monkeypatch, tmp_path, excel)
    text = str(refused.value)
    assert "Trust access to the VBA project object model" in text
    assert "VB-Projekt ist nicht sicher" in text and excel.ended == 1


@pytest.mark.parametrize(
    "saved",
    [b"no zip", xlam({"A": "B"}, ribbon=None), xlam({})[:300]],
    ids=["no zip", "without a ribbon", "cut"],
)
def test_a_file_that_is_none(monkeypatch, tmp_path, saved):
    excel = Excel()
    excel.saves = saved
    with pytest.raises(LexpError, match="Excel: found that"):
        made(monkeypatch, tmp_path, excel)
    assert excel.ended == 1


def test_without_pywin32(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "win32com", None)
    monkeypatch.setitem(sys.modules, "win32com.client", None)
    with pytest.raises(NotThere, match="pip install pywin32"):
        make_with_excel(tmp_path / "lexp.xlam", lambda line: None)


def test_an_interruption_ends_excel_too(monkeypatch, tmp_path):
    excel = Excel()

    def interrupted(kind):
        raise KeyboardInterrupt

    excel.Workbooks.Add = interrupted
    with pytest.raises(KeyboardInterrupt):
        made(monkeypatch, tmp_path, excel)
    assert excel.ended == 1


def test_a_ribbon_in_place_of_another(tmp_path):
    one, other = tmp_path / "one.xlam", tmp_path / "other.xlam"
    one.write_bytes(xlam(versions(), ribbon=b"<old/>", extra={"customUI/images/a.png": "old"}))
    picture = {
        "[Content_Types].xml": '<Types xmlns="x"><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "customUI/images/b.png": "new",
    }
    other.write_bytes(xlam(versions(), ribbon=RIBBON, extra=picture))
    one.write_bytes(with_ribbon(one, other))
    with zipfile.ZipFile(one) as package:
        names = package.namelist()
        assert len(names) == len(set(names)) and "customUI/images/a.png" not in names
        assert package.read("customUI/images/b.png") == b"new"
        assert package.read("_rels/.rels").count(b"/ui/extensibility") == 1
        types = package.read("[Content_Types].xml")
    assert types.count(b'Extension="png"') == types.count(b'Extension="xml"') == 1
