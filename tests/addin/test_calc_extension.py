"""lexp.oxt: its parts, made from the registry, whole and the same each time."""

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from addin.calc import build_oxt, extension
from addin.calc.interface import add_in_configuration, interface_definition
from lexp_calc import __version__
from lexp_calc.functions import FUNCTIONS
from lexp_calc.spreadsheet_function import LONGEST_HELP

ROOT = Path(__file__).parents[2]
OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"


@pytest.fixture
def oxt(tmp_path):
    (tmp_path / "made").mkdir()
    build_oxt(tmp_path / "made" / "lexp.oxt")
    return tmp_path / "made" / "lexp.oxt"


def test_it_is_the_same_bytes_each_time(oxt, tmp_path):
    build_oxt(tmp_path / "again.oxt")
    assert oxt.read_bytes() == (tmp_path / "again.oxt").read_bytes()
    assert [each.name for each in oxt.parent.iterdir()] == ["lexp.oxt"]


def test_the_manifest_names_parts_that_are_there(oxt):
    with ZipFile(oxt) as archive:
        names = archive.namelist()
        entries = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
        assert archive.testzip() is None
    listed = [each.get(f"{MANIFEST}full-path") for each in entries]
    assert set(listed) < set(names)
    # The types come before the program, which asks for them as it is loaded.
    assert listed.index("types.rdb") < listed.index("component.py")


def test_it_says_its_version_and_which_python_computes(oxt):
    with ZipFile(oxt) as archive:
        description = archive.read("description.xml").decode()
        settings = json.loads(archive.read("interpreter.json"))
    ElementTree.fromstring(description)
    assert f'<version value="{__version__}"/>' in description
    assert settings == {"interpreter": sys.executable, "path": str(ROOT)}


def test_a_build_that_fails_leaves_the_old_file_and_no_other(oxt, monkeypatch):
    before = oxt.read_bytes()
    monkeypatch.setattr(extension, "TYPES", oxt.parent / "no such types")
    with pytest.raises(FileNotFoundError):
        build_oxt(oxt)
    assert oxt.read_bytes() == before
    assert [each.name for each in oxt.parent.iterdir()] == ["lexp.oxt"]


def named(node, name):
    """The node or property of this name below another."""
    return next(each for each in node if each.get(f"{OOR}name") == name)


def shown(node, name):
    return named(node, name).find("value").text


def test_calc_is_told_each_function_once_as_the_registry_has_it():
    root = ElementTree.fromstring(add_in_configuration())
    functions = root.find("node/node/node")
    names = [each.get(f"{OOR}name") for each in functions]
    assert names == [*FUNCTIONS, "LEXP_WHY"]
    for node, function in zip(functions, FUNCTIONS.values(), strict=False):
        assert shown(node, "DisplayName") == shown(node, "CompatibilityName") == function.name
        assert shown(node, "Description") == function.help
        assert shown(node, "Category") == "Add-In"
        arguments = named(node, "Parameters")
        assert [shown(each, "DisplayName") for each in arguments] == [
            each.name for each in function.arguments
        ]
        for each, argument in zip(arguments, function.arguments, strict=True):
            words = shown(each, "Description")
            assert words.startswith(argument.help)
            assert ("May be left out" in words) == argument.is_optional
            assert len(words) <= LONGEST_HELP + len(" May be left out.")


def test_the_names_of_arguments_are_those_of_the_interface():
    declared = dict(re.findall(r" (LEXP_\w+)\((.*)\);", interface_definition()))
    root = ElementTree.fromstring(add_in_configuration())
    for node in root.find("node/node/node"):
        arguments = [each.get(f"{OOR}name") for each in named(node, "Parameters")]
        in_order = re.findall(r"\[in\] \S+ (\w+)", declared[node.get(f"{OOR}name")])
        assert in_order == ["document", *arguments]
        assert len(set(in_order)) == len(in_order)
        assert all(re.fullmatch("[a-z][A-Za-z0-9]*", each) for each in in_order)


def test_the_types_are_those_of_the_registry(tmp_path):
    fresh = tmp_path / "types.rdb"
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "write_calc_types.py"), str(fresh)],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    if "unoidl-write is not there" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    is_same = fresh.read_bytes() == extension.TYPES.read_bytes()
    assert is_same, "run: python scripts/write_calc_types.py"
