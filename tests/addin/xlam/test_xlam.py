"""lexp.xlam, built, and read back by other programs than the one that wrote it."""

import re
import shutil
import sys
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from oletools.olevba import VBA_Parser

from addin import versions
from addin.build import build_xlam, vba_sources, write_vba_sources, xlwings_parts
from lexp_calc import __version__
from lexp_calc.errors import LexpError, NotThere, OutOfRange
from tests.addin.xlam.compound_files import CompoundFile
from tests.open_xml_sdk import validate_with_open_xml_sdk

ROOT = Path(__file__).parents[3]

PACKAGE = "{http://schemas.openxmlformats.org/package/2006/%s}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
VBA_TYPE = "application/vnd.ms-office.vbaProject"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "lexp.xlam"
    build_xlam(path)
    return path


@pytest.fixture(scope="module")
def parts(built):
    with ZipFile(built) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def read_back(built):
    """The source of each module as olevba finds it."""
    parser = VBA_Parser(str(built))
    try:
        assert parser.detect_vba_macros()
        macros = parser.extract_all_macros()
        return {name.rpartition(".")[0]: code for _, _, name, code in macros}
    finally:
        parser.close()


def test_olevba_reads_the_same_source_of_every_module(read_back):
    assert read_back == {name: each.source for name, each in vba_sources().items()}


def test_olevba_needs_no_part_under_another_licence(built):
    """oletools works without pcodedmp, which is under the GPL."""
    loaded = [name for name in sys.modules if name.startswith(("oletools.olevba", "pcodedmp"))]
    with mock.patch.dict(sys.modules):
        for name in loaded:
            del sys.modules[name]
        sys.modules["pcodedmp"] = sys.modules["pcodedmp.pcodedmp"] = None
        from oletools.olevba import VBA_Parser as AnotherParser

        parser = AnotherParser(str(built))
        assert len(parser.extract_all_macros()) == len(vba_sources())
        parser.close()


def test_the_container_is_sound(parts):
    found = CompoundFile(parts["xl/vbaProject.bin"])
    assert set(found.streams) == {
        *("PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT"),
        *(f"VBA/{name}" for name in vba_sources()),
    }


def test_every_part_is_well_formed_and_of_a_known_type(parts):
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    overrides = {
        each.get("PartName"): each.get("ContentType")
        for each in types.iter(PACKAGE % "content-types" + "Override")
    }
    defaults = {each.get("Extension") for each in types.iter(PACKAGE % "content-types" + "Default")}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
        assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, name
    assert {name.lstrip("/") for name in overrides} <= set(parts)
    assert overrides["/xl/vbaProject.bin"] == VBA_TYPE
    assert overrides["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"


@pytest.mark.parametrize(
    "name, folder", [("_rels/.rels", ""), ("xl/_rels/workbook.xml.rels", "xl/")]
)
def test_every_relationship_leads_to_a_part(parts, name, folder):
    relationships = ElementTree.fromstring(parts[name])
    targets = [folder + each.get("Target") for each in relationships]
    assert targets and set(targets) <= set(parts)
    identities = [each.get("Id") for each in relationships]
    assert len(set(identities)) == len(identities)


def test_every_part_is_reached_by_a_relationship(parts):
    reached = {"[Content_Types].xml"} | {name for name in parts if name.endswith(".rels")}
    for name, folder in (("_rels/.rels", ""), ("xl/_rels/workbook.xml.rels", "xl/")):
        reached |= {folder + each.get("Target") for each in ElementTree.fromstring(parts[name])}
    assert reached == set(parts)


def test_the_documents_of_the_workbook_are_its_modules(parts):
    workbook = ElementTree.fromstring(parts["xl/workbook.xml"])
    sheet = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    names = {
        workbook.find(MAIN + "workbookPr").get("codeName"),
        sheet.find(MAIN + "sheetPr").get("codeName"),
    }
    documents = {name for name, each in vba_sources().items() if each.kind.value == "document"}
    assert names == documents


def test_the_settings_say_what_runs_and_nothing_of_where(parts):
    workbook = ElementTree.fromstring(parts["xl/workbook.xml"])
    assert [each.get("name") for each in workbook.iter(MAIN + "sheet")] == ["lexp.conf"]
    sheet = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    cells = {each.get("r"): "".join(each.itertext()) for each in sheet.iter(MAIN + "c")}
    assert cells == {
        **{"A1": "UDF MODULES", "B1": "addin.udfs"},
        **{"A2": "ADD_WORKBOOK_TO_PYTHONPATH", "B2": "False"},
        **{"A3": "LEXP VERSION", "B3": __version__},
        **{"A4": "XLWINGS VERSION", "B4": "0.37.8"},
    }


def test_the_open_xml_sdk_finds_nothing_wrong(built):
    assert validate_with_open_xml_sdk(built) == []


def test_the_ribbon_is_of_the_kind_that_its_relationship_says(parts):
    """[MS-CUSTOMUI2]: the relationship of 2007 leads to the namespace of 2009/07."""
    relationships = ElementTree.fromstring(parts["_rels/.rels"])
    (kind,) = [e.get("Type") for e in relationships if e.get("Target").startswith("customUI")]
    assert kind == "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
    assert ElementTree.fromstring(parts["customUI/customUI.xml"]).tag == RIBBON + "customUI"


def test_every_button_calls_a_sub_that_takes_it(parts):
    ribbon = ElementTree.fromstring(parts["customUI/customUI.xml"])
    tab = ribbon.find(f".//{RIBBON}tab")
    buttons = list(ribbon.iter(RIBBON + "button"))
    assert tab.get("label") == "LEXP"
    assert [each.get("label") for each in buttons] == [
        *("Insert schedule", "Make workbooks", "Function help", "Log", "About"),
    ]
    for button in buttons:
        module, sub = button.get("onAction").split(".")
        signature = f"\r\nPublic Sub {sub}(control As IRibbonControl)\r\n"
        assert vba_sources()[module].source.count(signature) == 1
        assert re.fullmatch(r"[A-Z]\w+", button.get("imageMso"))
    identities = [each.get("id") for each in ribbon.iter() if each.get("id")]
    assert len(set(identities)) == len(identities)


def test_the_ribbons_actions_are_those_of_python():
    source = vba_sources()["LexpRibbon"].source
    actions = re.findall(r'RunAction "(\w+)"(.*)\r', source)
    assert {name: given.count(",") for name, given in actions} == {
        "insert_schedule": 3,
        "make_workbooks": 1,
        "function_help": 1,
        "show_log": 0,
        "about": 0,
    }


def test_the_same_bytes_come_out_twice(built, tmp_path):
    build_xlam(tmp_path / "again.xlam")
    assert (tmp_path / "again.xlam").read_bytes() == built.read_bytes()
    with ZipFile(built) as package:
        times = {(each.date_time, each.create_system) for each in package.infolist()}
    assert times == {((1980, 1, 1, 0, 0, 0), 0)}


def test_no_part_names_a_folder_or_a_person(parts):
    """The two paths are those of Windows' own libraries, in the stream of the references."""
    texts = [each.source for each in vba_sources().values()]
    texts += [data.decode() for name, data in parts.items() if not name.endswith(".bin")]
    for text in texts:
        assert not re.search(r"absPath|/home/|site-packages", text)
        assert str(ROOT) not in text and str(Path.home()) not in text
        assert not re.search(r"[A-Z]:\\(?!WINDOWS|path\\to)", text)


def test_the_modules_are_written_as_files_that_excel_imports(tmp_path):
    paths = write_vba_sources(tmp_path)
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert len(paths) == len(vba_sources())
    assert (tmp_path / "LexpLoans.bas").read_bytes().startswith(b'Attribute VB_Name = "LexpLoans"')
    assert (tmp_path / "Dictionary.cls").read_bytes().startswith(b"VERSION 1.0 CLASS\r\nBEGIN\r\n")


# ------------------------------------------------------------- what a user can cause


def test_a_missing_xlwings_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(versions, "xlwings_version", lambda: "")
    with pytest.raises(NotThere, match="xlwings: not found .*0.37.8"):
        build_xlam(tmp_path / "lexp.xlam")
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_that_of_the_package_definition():
    assert f"xlwings=={versions.XLWINGS_NEEDED}\n" in (ROOT / "setup.cfg").read_text("utf-8")


def test_another_version_of_xlwings_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(versions, "xlwings_version", lambda: "0.38.0")
    with pytest.raises(NotThere, match="xlwings: found version 0.38.0; .*0.37.8"):
        build_xlam(tmp_path / "lexp.xlam")


def test_vba_of_xlwings_that_somebody_changed_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "xlwings"
    (folder / "addin").mkdir(parents=True)
    installed = xlwings_parts.xlwings_folder()
    for name in ("addin/Dictionary.cls", xlwings_parts.EMPTY_ADD_IN):
        shutil.copy(installed / name, folder / name)
    text = (installed / "xlwings_custom_addin.bas").read_text()
    (folder / "xlwings_custom_addin.bas").write_text(text.replace("$(CLSID)", "$(OTHER)"))
    monkeypatch.setattr(xlwings_parts, "xlwings_folder", lambda: folder)
    with pytest.raises(OutOfRange, match="found .* 0 times"):
        build_xlam(tmp_path / "lexp.xlam")


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(LexpError, match="lexp.xlam: found that it cannot be written"):
        build_xlam(tmp_path / "no such folder" / "lexp.xlam")


def test_a_failed_build_leaves_the_old_file(built, tmp_path, monkeypatch):
    path = tmp_path / "lexp.xlam"
    path.write_bytes(b"old")
    monkeypatch.setattr("os.replace", mock.Mock(side_effect=PermissionError(13, "in use")))
    with pytest.raises(LexpError, match="open in another program"):
        build_xlam(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
