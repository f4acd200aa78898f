"""The commands `lexp addin` and `lexp doctor`: streams, exit status, wrong usage."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

import addin.calc_extension as calc_extension
import addin.doctor as doctor_module
import addin.install as installing
from addin.addin_file import settings_of
from addin.checks.check import Check
from lexp_batch.cli import main
from lexp_calc.errors import LexpError
from tests.addin.installed_machine import tree, versions, windows, xlam

ROOT = Path(installing.__file__).parents[1]


@pytest.fixture
def built(monkeypatch):
    """Builds that write a few bytes."""
    for name, entry, content in (
        ("addin.build", "build_xlam", xlam(versions())),
        ("addin.calc", "build_oxt", b"an extension"),
    ):
        module = ModuleType(name)
        setattr(module, entry, lambda path, content=content: Path(path).write_bytes(content))
        monkeypatch.setitem(sys.modules, name, module)


def lexp(*words):
    return CliRunner().invoke(main, words)


def test_build_prints_each_path(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = lexp("addin", "build")
    assert (result.exit_code, result.stderr) == (0, "")
    files = [os.path.join("build", "lexp.xlam"), os.path.join("build", "lexp.oxt")]
    assert result.stdout.splitlines() == files
    assert all((tmp_path / each).is_file() for each in files)
    result = lexp("addin", "build", "--out", "a b/Zoë's & c")
    assert result.exit_code == 0 and (tmp_path / "a b" / "Zoë's & c" / "lexp.oxt").is_file()


def test_build_where_nothing_can_be_written(built, tmp_path):
    (tmp_path / "file").write_text("")
    result = lexp("addin", "build", "--out", str(tmp_path / "file" / "below"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1 and "cannot be written" in result.stderr


def test_install_and_uninstall(built, tmp_path, monkeypatch):
    monkeypatch.setattr(installing, "places_here", lambda: windows(tmp_path))
    monkeypatch.setattr(sys, "executable", "/env/python")
    before = tree(tmp_path)
    result = lexp("addin", "install")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "lexp.xlam" in result.stdout and "start Excel again" in result.stdout
    result = lexp("addin", "uninstall")
    assert result.exit_code == 0 and result.stdout.count("taken out") == 3
    result = lexp("addin", "uninstall")
    assert (result.exit_code, result.stdout) == (0, "there was nothing to take out\n")
    assert {name for name in tree(tmp_path) if name[-1] != "/"} == {
        name for name in before if name[-1] != "/"
    }


def test_a_reader_that_stops_early_does_not_stop_the_installation(built, tmp_path, monkeypatch):
    places = windows(tmp_path)
    monkeypatch.setattr(installing, "places_here", lambda: places)
    monkeypatch.setattr(sys, "executable", "/env/python")

    def closed(line, err=False):
        raise BrokenPipeError

    monkeypatch.setattr("lexp_batch.addin_commands.click.echo", closed)
    assert lexp("addin", "install").exit_code == 0
    assert places.addin.is_file() and places.conf.is_file()


@pytest.mark.parametrize(
    "words",
    [
        ("addin", "install", "--calc", "--with-excel"),
        ("addin", "install", "now"),
        ("addin", "uninstall", "--with-excel"),
        ("addin", "build", "--out"),
        ("addin", "remove"),
        ("doctor", "--all"),
    ],
)
def test_wrong_usage(built, words):
    result = lexp(*words)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_calc(built, monkeypatch, command):
    asked = []
    monkeypatch.setattr(calc_extension, "install_in_calc", lambda say: asked.append("install"))
    monkeypatch.setattr(
        calc_extension, "uninstall_from_calc", lambda say: asked.append("uninstall")
    )
    assert lexp("addin", command, "--calc").exit_code == 0
    assert asked == [command]


def test_the_doctor_s_streams(monkeypatch):
    checks = [
        Check("one", "ok", "well", "never said"),
        Check("another", "missing", "not there", "get it"),
        Check("third", "note", "by the way", "perhaps"),
        Check("fourth", "wrong", "an old one", "renew it"),
    ]
    monkeypatch.setattr(doctor_module, "examine", lambda: checks)
    result = lexp("doctor")
    assert result.exit_code == 1
    assert result.stderr == "another: not there; get it\nfourth: an old one; renew it\n"
    assert len(result.stdout.splitlines()) == 7 and "never said" not in result.stdout
    monkeypatch.setattr(doctor_module, "examine", lambda: [checks[0], checks[2]])
    result = lexp("doctor")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_fault_of_the_program(monkeypatch):
    def fault(say):
        raise ZeroDivisionError

    monkeypatch.setattr(installing, "uninstall", fault)
    result = lexp("addin", "uninstall")
    assert result.exit_code == 1 and result.stderr.count("\n") == 1


def test_a_refusal_is_one_line(monkeypatch):
    def refused(say, with_excel):
        raise LexpError("x", "found y", "z would be right")

    monkeypatch.setattr(installing, "install", refused)
    result = lexp("addin", "install")
    assert (result.exit_code, result.stderr) == (1, "x: found y; z would be right\n")


def process(*words, folder, **environment):
    return subprocess.run(
        [sys.executable, "-m", "lexp_batch", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(folder)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_doctor_as_a_process_of_its_own(tmp_path):
    done = process("doctor", folder=tmp_path)
    assert done.returncode == (1 if done.stderr else 0)
    assert done.stdout.startswith("ok       lexp ") and "Traceback" not in done.stderr
    wrong = [line for line in done.stdout.splitlines() if line.startswith(("missing", "wrong"))]
    assert len(done.stderr.splitlines()) == len(wrong)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Excel may run here")
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_where_excel_does_not_run(tmp_path, command):
    done = process("addin", command, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "on which Excel does not run" in done.stderr and "--calc" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_build_as_a_process_of_its_own(tmp_path):
    """The real files, in an empty folder, and the same ones again."""
    pytest.importorskip("addin.build")
    pytest.importorskip("addin.calc")
    done = process("addin", "build", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["build/lexp.xlam", "build/lexp.oxt"]
    first = tree(tmp_path)
    assert set(first) == {"build/", "build/lexp.xlam", "build/lexp.oxt"}
    done = process("addin", "build", folder=tmp_path)
    assert (done.returncode, tree(tmp_path)) == (0, first)
    versions_made = settings_of(tmp_path / "build" / "lexp.xlam")
    assert versions_made["LEXP VERSION"] == "0.1.0"
    assert versions_made["XLWINGS VERSION"] == "0.37.8"


@pytest.mark.parametrize("command", [["doctor"], ["addin", "build"]])
def test_another_package_of_the_name_is_said(tmp_path, command):
    other = tmp_path / "others" / "addin.py"
    other.parent.mkdir()
    other.write_text("x = 1\n")
    environment = os.environ | {"PYTHONPATH": f"{other.parent}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "lexp_batch", *command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert f"the package addin: found {other}; " in done.stderr
    assert len(done.stderr.splitlines()) == 1
