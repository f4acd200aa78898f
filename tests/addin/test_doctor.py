"""What `lexp doctor` looks at, on a Windows and a Mac of folders and a registry of a dict.

The names of the registry's keys and values are those of Microsoft's documentation of Office's
policies; the header of a program is that of its description of the PE format.
"""

import os
import struct
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import addin.doctor as doctor
from addin.checks import calc, excel, macros, python
from addin.configuration import encoded, own_settings, with_settings
from addin.places import places_of
from lexp_calc.errors import NotThere
from tests.addin.installed_machine import macos, versions, windows, xlam
from tests.addin.windows_registry_stand_in import registry

USER = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0"
USER_POLICY = r"HKEY_CURRENT_USER\Software\Policies\Microsoft\Office\16.0"
MACHINE = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft"
ROOT = Path(doctor.__file__).parents[1]


def program(path, machine=0x8664):
    """A Windows program, as far as its header says the machine it is for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    start = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80)
    path.write_bytes(start.ljust(0x80, b"\0") + b"PE\0\0" + struct.pack("<H", machine) + b"\0" * 20)
    return path


@pytest.fixture(autouse=True)
def nothing_remembered():
    for found in (excel.excel_program, excel.excel_bits):
        found.cache_clear()
    yield
    for found in (excel.excel_program, excel.excel_bits):
        found.cache_clear()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A Windows user's machine on which all is well; its registry can be changed."""
    places = windows(tmp_path)
    office = tmp_path / "Program Files" / "Office16"
    keys = {
        rf"{MACHINE}\Windows\CurrentVersion\App Paths\excel.exe": {
            "": f'"{program(office / "EXCEL.EXE")}"'
        },
        rf"{MACHINE}\Office\ClickToRun\Configuration": {"VersionToReport": "16.0.17328.20162"},
        r"HKEY_CLASSES_ROOT\Excel.Application\CurVer": {"": "Excel.Application.16"},
    }
    places.start_folder.mkdir(parents=True)
    places.addin.write_bytes(xlam(versions()))
    environment = tmp_path / "env" / "Scripts"
    environment.mkdir(parents=True)
    interpreter = environment / "python.exe"
    interpreter.symlink_to(os.path.realpath(sys.executable))
    (tmp_path / "env" / "xlwings64-0.37.8.dll").write_bytes(b"")
    places.conf_folder.mkdir()
    write_settings(places, own_settings(places, str(interpreter)))
    monkeypatch.setattr(sys, "executable", str(interpreter))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, sys.path)]))
    monkeypatch.setattr(python, "documents_folder", lambda: tmp_path / "Documents")
    (tmp_path / "Documents").mkdir()
    places_found = places
    monkeypatch.setattr(doctor, "places_here", lambda: places_found)
    monkeypatch.setattr(calc, "find_unopkg", no_libreoffice)
    return places, registry(monkeypatch, keys)


def no_libreoffice():
    raise NotThere("LibreOffice", "not found on this machine", "install it")


def write_settings(places, settings):
    places.conf.write_bytes(encoded(with_settings("", settings), places))


def by_name(checks):
    return {each.name: each for each in checks}


def put(keys, key, **content):
    keys.setdefault(key.casefold(), {}).update(content)


def states(checks):
    return {each.name: each.state for each in checks}


def test_a_machine_on_which_all_is_well(machine):
    checks = doctor.examine()
    assert doctor.problems(checks) == []
    found = by_name(checks)
    assert "16.0.17328.20162, 64 bit" in found["Excel"].found
    assert found["the add-in"].state == found["xlwings' DLL"].state == "ok"
    assert found["the packages Excel loads"].state == "ok", found
    assert found["the add-in's settings"].state == "ok"
    # Where Excel runs, Calc is an extra.
    assert found["LibreOffice"].state == "note"


def test_nothing_is_there(tmp_path, monkeypatch):
    registry(monkeypatch, {})
    monkeypatch.setattr(doctor, "places_here", lambda: windows(tmp_path))
    monkeypatch.setattr(calc, "find_unopkg", no_libreoffice)
    found = doctor.problems(doctor.examine())
    names = [line.partition(":")[0] for line in found]
    assert names == ["Excel", "the add-in", "the add-in's settings"]
    assert all("\n" not in line for line in found)
    assert "lexp addin install" in found[1]


@pytest.mark.parametrize(("number", "bits"), [(0x14C, 32), (0x8664, 64), (0xAA64, 64)])
def test_the_bits_of_excel_choose_the_dll(machine, tmp_path, number, bits):
    program(tmp_path / "Program Files" / "Office16" / "EXCEL.EXE", number)
    places, _ = machine
    assert excel.excel_bits() == bits
    check = python.dll(places)
    assert check.state == ("ok" if bits == 64 else "missing")
    assert f"xlwings{bits}-0.37.8.dll" in check.found


def test_a_dll_where_vba_does_not_look(machine, tmp_path):
    (tmp_path / "env" / "xlwings64-0.37.8.dll").unlink()
    (tmp_path / "env" / "Lib").mkdir()
    (tmp_path / "env" / "Lib" / "xlwings64-0.37.8.dll").write_bytes(b"")
    check = by_name(doctor.examine())["xlwings' DLL"]
    assert check.state == "missing" and "--force-reinstall" in check.todo


@pytest.mark.parametrize("content", [b"", b"MZ", b"MZ".ljust(0x3C, b"\0") + b"\xff\xff\xff\x7f"])
def test_a_program_whose_header_says_nothing(machine, tmp_path, content):
    (tmp_path / "Program Files" / "Office16" / "EXCEL.EXE").write_bytes(content)
    assert excel.excel_bits() is None
    assert by_name(doctor.examine())["Excel"].state == "ok"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (xlam(versions("0.0.9")), "lexp 0.0.9"),
        (xlam(versions(xlwings="0.33.1")), "xlwings 0.33.1"),
        (xlam({"LEXP VERSION": "0.1.0"}), "unknown"),
        (xlam({}), "not an add-in of lexp"),
        (b"half a file", "not an add-in of lexp"),
    ],
)
def test_an_add_in_of_another_version(machine, content, said):
    places, _ = machine
    places.addin.write_bytes(content)
    check = by_name(doctor.examine())["the add-in"]
    assert check.state == "wrong" and said in check.found and "lexp addin install" in check.todo


@pytest.mark.parametrize(
    ("key", "name", "value", "state", "said"),
    [
        (rf"{USER}\Excel\Security", "VBAWarnings", 1, "ok", "all macros are enabled"),
        # The start folder is a trusted location, where the setting does not matter.
        (rf"{USER}\Excel\Security", "VBAWarnings", 4, "ok", "without a word"),
        (rf"{USER_POLICY}\Excel\Security", "VBAWarnings", 3, "ok", "without a signature"),
        (rf"{USER_POLICY}\Common", "VBAOff", 1, "wrong", "VBAOff"),
        (rf"{USER_POLICY}\Excel\Security", "DisableAllAddins", 1, "wrong", "DisableAllAddins"),
        (rf"{USER}\Excel\Security", "RequireAddinSig", 1, "wrong", "RequireAddinSig"),
        (rf"{USER}\Excel\Security", "RequireAddinSig", 0, "ok", "asks"),
        (
            rf"{USER_POLICY}\Excel\Security\Trusted Locations",
            "AllLocationsDisabled", 1, "note", "switched off",
        ),
    ],
)  # fmt: skip
def test_what_blocks_macros(machine, key, name, value, state, said):
    places, keys = machine
    put(keys, key, **{name: value})
    first = macros.macros(places)[0]
    assert first.state == state and said in first.found


@pytest.mark.parametrize(("warnings", "state"), [(2, "note"), (3, "wrong"), (4, "wrong")])
def test_without_trusted_locations_the_macro_setting_decides(machine, warnings, state):
    places, keys = machine
    locations = rf"{USER}\Excel\Security\Trusted Locations"
    put(keys, locations, AllLocationsDisabled=1)
    put(keys, rf"{USER_POLICY}\Excel\Security", VBAWarnings=warnings)
    assert macros.macros(places)[0].state == state


def test_a_policy_stands_above_the_users_choice(machine):
    places, keys = machine
    put(keys, rf"{USER}\Excel\Security", RequireAddinSig=1)
    put(keys, rf"{USER_POLICY}\Excel\Security", RequireAddinSig=0)
    assert macros.macros(places)[0].state == "ok"


@pytest.mark.parametrize(("zone", "state"), [("3", "wrong"), ("4", "wrong"), ("0", "ok")])
def test_the_mark_of_the_web(machine, zone, state):
    places, keys = machine
    stream = Path(f"{places.addin}:Zone.Identifier")
    stream.write_text(f"[ZoneTransfer]\r\nZoneId={zone}\r\nReferrerUrl=https://a.b\r\n")
    check = macros.macros(places)[0]
    assert check.state == state
    put(keys, rf"{USER_POLICY}\Excel\Security", blockcontentexecutionfrominternet=1)
    assert ("a policy blocks" in macros.macros(places)[0].found) == (state == "wrong")


def test_excel_has_disabled_it(machine):
    places, keys = machine
    path = r"C:\Users\Z\AppData\Roaming\Microsoft\Excel\XLSTART\LEXP.xlam"
    content = struct.pack("<III", 1, 2, 3) + path.lower().encode("utf-16-le") + b"\0\0"
    put(keys, rf"{USER}\Excel\Resiliency\DisabledItems", A1B2=content)
    check = excel.disabled_by_excel(places)
    assert check.state == "wrong" and "Disabled Items" in check.todo


def test_a_second_add_in(machine, tmp_path):
    places, keys = machine
    second = tmp_path / "Program Files" / "Office16" / "XLSTART" / "Lexp.XLAM"
    second.parent.mkdir()
    second.write_bytes(b"")
    assert str(second) in excel.other_addins(places).found
    second.unlink()
    copy = places.start_folder / "lexp - Copy.xlam"
    copy.write_bytes(xlam(versions()))
    assert str(copy) in excel.other_addins(places).found
    copy.rename(tmp_path / "lexp.xlam")
    put(keys, rf"{USER}\Excel\Options", AltStartup=str(tmp_path))
    assert str(tmp_path / "lexp.xlam") in excel.other_addins(places).found
    put(keys, rf"{USER}\Excel\Options", AltStartup="", OPEN=r'/R "C:\old\lexp.xlam"')
    assert r"C:\old\lexp.xlam" in excel.other_addins(places).found
    put(keys, rf"{USER}\Excel\Options", OPEN=r'/R "C:\old\solver.xlam"')
    assert excel.other_addins(places).state == "ok"


def test_settings_that_name_no_python(machine, tmp_path):
    places, _ = machine
    write_settings(places, {"UDF MODULES": "addin.udfs"})
    assert by_name(doctor.examine())["the add-in's settings"].state == "missing"
    write_settings(places, own_settings(places, str(tmp_path / "gone" / "python.exe")))
    check = by_name(doctor.examine())["the add-in's settings"]
    assert check.state == "wrong" and "gone" in check.found


def test_settings_of_other_functions(machine):
    places, _ = machine
    settings = own_settings(places, sys.executable) | {"UDF MODULES": "my_functions"}
    write_settings(places, settings)
    assert by_name(doctor.examine())["the add-in's settings"].state == "wrong"


def test_a_python_that_does_not_start(machine, tmp_path):
    places, _ = machine
    broken = tmp_path / "broken" / "python.exe"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho no lexp here >&2\nexit 3\n")
    broken.chmod(0o755)
    write_settings(places, own_settings(places, str(broken)))
    found = by_name(doctor.examine())
    assert found["the add-in's settings"].state == "note"
    assert "no lexp here" in found["the packages Excel loads"].found
    broken.chmod(0o644)
    assert by_name(doctor.examine())["the packages Excel loads"].state == "wrong"


def test_a_python_without_lexp(machine, tmp_path, monkeypatch):
    """A real virtual environment in which nothing is installed."""
    places, _ = machine
    monkeypatch.delenv("PYTHONPATH")
    monkeypatch.setattr(sys, "executable", sys._base_executable)
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    write_settings(places, own_settings(places, str(tmp_path / "bare" / "bin" / "python")))
    check = by_name(doctor.examine())["the packages Excel loads"]
    assert check.state == "missing" and "no addin, lexp_calc, xlwings" in check.found


NAMES = ["addin/__init__.py", "xlwings.py", "lexp_calc/__init__.py"]


@pytest.mark.parametrize("name", NAMES)
def test_something_of_our_names_among_the_documents(machine, tmp_path, name):
    """The add-in starts Python with -P on Windows, which does not look there; macOS' does."""
    places, _ = machine
    other = tmp_path / "Documents" / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("")
    assert python.packages(places)[0].state == "ok"
    mac = macos(tmp_path)
    write_settings(mac, own_settings(mac, sys.executable))
    check = python.packages(mac)[0]
    assert check.state == "wrong" and str(other) in check.found


@pytest.mark.parametrize("name", NAMES)
def test_something_of_our_names_on_the_path(machine, tmp_path, monkeypatch, name):
    places, _ = machine
    other = tmp_path / "tools" / name
    other.parent.mkdir(parents=True)
    other.write_text("")
    before = os.environ["PYTHONPATH"]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'tools'}{os.pathsep}{before}")
    check = python.packages(places)[0]
    assert check.state == "wrong" and str(other) in check.found


def test_matplotlib_is_a_note(machine, tmp_path, monkeypatch):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "matplotlib.py").write_text("")
    before = os.environ["PYTHONPATH"]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'there'}{os.pathsep}{before}")
    assert by_name(doctor.examine())["matplotlib"].state == "note"


def test_xlwings_of_another_version_or_none(monkeypatch):
    for found, state in (("0.33.0", "wrong"), ("", "missing"), ("0.37.8", "ok")):
        monkeypatch.setattr(python, "xlwings_version", lambda found=found: found)
        check = python.xlwings()
        assert check.state == state and (state == "ok" or "xlwings==0.37.8" in check.todo)


def test_a_lexp_that_is_not_installed_or_another_is(monkeypatch):
    for found, state in (("0.0.9", "wrong"), ("", "wrong"), ("0.1.0", "ok")):
        monkeypatch.setattr(python, "lexp_installed", lambda found=found: found)
        assert python.lexp().state == state


def test_it_runs_where_xlwings_is_not_installed(tmp_path):
    """In a process of its own, in which importing xlwings fails and its version is unknown."""
    text = (
        "import sys\nfrom importlib import metadata\nsys.modules['xlwings'] = None\n"
        "real = metadata.distribution\n"
        "def distribution(name):\n"
        "    if name == 'xlwings': raise metadata.PackageNotFoundError(name)\n"
        "    return real(name)\n"
        "metadata.distribution = distribution\n"
        "from lexp_batch.cli import main\nmain(['doctor'])\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", text]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "missing  xlwings" in done.stdout and "Traceback" not in done.stderr
    assert "pip install xlwings==0.37.8" in done.stderr


def test_on_linux_excel_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "places_here", lambda: places_of("linux", {}, tmp_path))
    monkeypatch.setattr(calc, "find_unopkg", no_libreoffice)
    checks = doctor.examine()
    assert [each.name for each in checks] == ["lexp", "xlwings", "Excel", "LibreOffice"]
    assert "Excel runs on Windows and macOS" in checks[2].found
    # The one home that the functions have here.
    assert checks[3].state == "missing"


def test_windows_without_its_folders(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "places_here", lambda: places_of("win32", {}, tmp_path))
    monkeypatch.setattr(calc, "find_unopkg", no_libreoffice)
    (problem,) = doctor.problems(doctor.examine())
    assert "APPDATA" in problem


def test_macos(monkeypatch, tmp_path):
    places = macos(tmp_path)
    monkeypatch.setattr(doctor, "places_here", lambda: places)
    monkeypatch.setattr(calc, "find_unopkg", no_libreoffice)
    monkeypatch.setattr(excel, "MAC_APPLICATIONS", (tmp_path / "Applications",))
    assert states(doctor.examine())["Excel"] == "missing"
    contents = tmp_path / "Applications" / "Microsoft Excel.app" / "Contents"
    contents.mkdir(parents=True)
    assert by_name(doctor.examine())["Excel"].found.startswith("version unknown")
    (contents / "Info.plist").write_bytes(
        b'<?xml version="1.0"?><plist version="1.0"><dict>'
        b"<key>CFBundleShortVersionString</key><string>16.89</string></dict></plist>"
    )
    found = doctor.examine()
    assert by_name(found)["Excel"].found.startswith("version 16.89")
    assert "macros" not in states(found)


def test_one_look_that_fails_leaves_the_others(machine, monkeypatch):
    monkeypatch.setattr(excel, "addin", failing_look)
    checks = doctor.examine()
    found = next(each for each in checks if "could not be looked at" in each.found)
    assert found.state == "note" and "fault of the program" in found.found
    assert states(checks)["the packages Excel loads"] == "ok"


def failing_look(places):
    raise RuntimeError("a fault")


def test_the_table_and_the_lines(machine, tmp_path):
    places, _ = machine
    places.addin.unlink()
    checks = doctor.examine()
    text = doctor.table(checks)
    assert f"missing  {'the add-in':<24}  not there: {places.addin}" in text
    assert "-> run `lexp addin install`" in text
    (problem,) = doctor.problems(checks)
    assert problem == f"the add-in: not there: {places.addin}; run `lexp addin install`"
