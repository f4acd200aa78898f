"""The extension put into LibreOffice: its real `unopkg` once, and one that answers as told."""

import os
import shutil
import stat
import sys
import tempfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

import addin.calc_extension as calc_extension
from addin.calc_extension import install_in_calc, listed_extensions, uninstall_from_calc
from addin.checks import calc
from lexp_calc.errors import LexpError, NotThere

DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
<identifier value="lexp.trial"/><version value="{version}"/>
<display-name><name lang="en">a trial of lexp</name></display-name></description>"""
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"/>'
)


@pytest.fixture(autouse=True)
def extension(monkeypatch):
    """What the build writes: an extension without contents."""
    version = ["0.1.0"]

    def build_oxt(path):
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("description.xml", DESCRIPTION.format(version=version[0]))
            package.writestr("META-INF/manifest.xml", MANIFEST)

    module = ModuleType("addin.calc")
    module.build_oxt = build_oxt
    monkeypatch.setitem(sys.modules, "addin.calc", module)
    monkeypatch.setattr(calc_extension, "is_root", lambda: False)
    monkeypatch.setattr(calc, "is_root", lambda: False)
    return version


def done(action):
    said = []
    action(said.append)
    return said


def program(path, text):
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return path


@pytest.fixture
def answering(monkeypatch, tmp_path):
    """A `unopkg` that writes down what it is asked, and answers as a test says."""
    if os.name == "nt":
        pytest.skip("needs programs that are scripts")

    def make(status=0, out="", err=""):
        asked = tmp_path / "asked"
        text = (
            "import sys\n"
            f"open({str(asked)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
            f"print({out!r})\nprint({err!r}, file=sys.stderr)\nsys.exit({status})\n"
        )
        made = program(tmp_path / "unopkg", text)
        monkeypatch.setattr(calc_extension, "find_unopkg", lambda: str(made))
        monkeypatch.setattr(calc, "find_unopkg", lambda: str(made))
        return asked

    return make


def test_the_real_unopkg(monkeypatch, tmp_path, extension):
    """Put in, put in over itself in a newer version, listed, taken out: as another user."""
    real = "/usr/lib/libreoffice/program/unopkg"
    if not os.path.exists(real) or (os.geteuid() == 0 and not shutil.which("setpriv")):
        pytest.skip("needs LibreOffice, and as root setpriv")
    # Directly below the system's folder, which another user may enter.
    home = Path(tempfile.mkdtemp(prefix="lexp-unopkg-", dir="/tmp"))
    try:
        as_user = ["env", f"HOME={home}", real]
        if os.geteuid() == 0:
            os.chmod(home, 0o777)
            user = ["--reuid=65534", "--regid=65534", "--clear-groups"]
            as_user = ["setpriv", *user, *as_user]
        # The extension lies in a folder of this user's alone.
        text = (
            "import shutil, subprocess, sys\nwords = sys.argv[1:]\n"
            f"if words[-1].endswith('.oxt'): shutil.copy(words[-1], {str(home / 'lexp.oxt')!r})\n"
            f"words = [{str(home / 'lexp.oxt')!r} if w.endswith('.oxt') else w for w in words]\n"
            f"sys.exit(subprocess.call({as_user!r} + words))\n"
        )
        wrapper = program(tmp_path / "unopkg", text)
        monkeypatch.setattr(calc_extension, "find_unopkg", lambda: str(wrapper))
        monkeypatch.setattr(calc, "find_unopkg", lambda: str(wrapper))
        said = done(install_in_calc)
        assert said[0] == "the extension: made, lexp.trial 0.1.0"
        assert listed_extensions(str(wrapper))["lexp.trial"] == "0.1.0"
        assert calc.calc(True)[-1].state == "ok"
        extension[0] = "0.2.0"
        done(install_in_calc)
        assert listed_extensions(str(wrapper))["lexp.trial"] == "0.2.0"
        check = calc.calc(False)[-1]
        assert check.state == "wrong" and "lexp.trial 0.2.0" in check.found
        assert "taken out" in done(uninstall_from_calc)[0]
        assert "lexp.trial" not in listed_extensions(str(wrapper))
        assert done(uninstall_from_calc) == ["there was nothing to take out"]
        assert calc.calc(True)[-1].state == "missing"
        assert calc.calc(False)[-1].state == "note"
    finally:
        shutil.rmtree(home)


def test_what_unopkg_is_asked(answering):
    asked = answering()
    done(install_in_calc)
    words = asked.read_text().split()
    assert words[:-1] == ["add", "--force", "--suppress-license"] and words[-1].endswith("lexp.oxt")
    assert not os.path.exists(words[-1])


def test_unopkg_refuses(answering):
    answering(1, err="\nERROR: unopkg cannot be started. The lock file indicates it runs already.")
    with pytest.raises(LexpError) as refused:
        done(install_in_calc)
    text = str(refused.value)
    assert 'unopkg add: found "unopkg cannot be started' in text and "\n" not in text
    assert "close LibreOffice" in text
    check = calc.calc(True)[-1]
    assert check.state == "note" and "cannot be started" in check.found


def test_unopkg_fails_without_a_word(answering):
    answering(3)
    with pytest.raises(LexpError, match="exit 3"):
        done(install_in_calc)


def test_unopkg_never_answers(answering, monkeypatch, tmp_path):
    answering()
    program(tmp_path / "unopkg", "import time\ntime.sleep(30)\n")
    monkeypatch.setattr(calc_extension, "TIME_LIMIT", 0.3)
    with pytest.raises(LexpError, match="found no answer"):
        done(install_in_calc)


def test_unopkg_that_cannot_be_started(answering, tmp_path):
    answering()
    (tmp_path / "unopkg").write_text("#!/no/such/program\n")
    with pytest.raises(LexpError, match="cannot be started"):
        done(uninstall_from_calc)


def test_root_is_refused(answering, monkeypatch):
    asked = answering()
    monkeypatch.setattr(calc_extension, "is_root", lambda: True)
    monkeypatch.setattr(calc, "is_root", lambda: True)
    for action in (install_in_calc, uninstall_from_calc):
        with pytest.raises(LexpError, match="found the user root"):
            done(action)
    assert not asked.exists()
    assert calc.calc(True)[-1].state == "note"


def test_no_libreoffice(monkeypatch):
    monkeypatch.setattr(calc_extension.shutil, "which", lambda name: None)
    monkeypatch.setattr(calc_extension.glob, "glob", lambda pattern: [])
    for action in (install_in_calc, uninstall_from_calc):
        with pytest.raises(NotThere, match="install LibreOffice"):
            done(action)
    assert [each.state for each in calc.calc(True)] == ["missing"]
    assert [each.state for each in calc.calc(False)] == ["note"]


def test_no_other_pythons_paths_reach_it(answering, monkeypatch, tmp_path):
    answering()
    text = "import os\nprint(sorted({'PYTHONPATH', 'PYTHONHOME'} & set(os.environ)))\n"
    program(tmp_path / "unopkg", text)
    for name in ("PYTHONPATH", "PYTHONHOME"):
        monkeypatch.setenv(name, sys.prefix)
    assert calc_extension.run_unopkg(str(tmp_path / "unopkg"), "list") == "[]\n"


def test_what_could_not_be_put_in_is_taken_out_again(answering):
    asked = answering(status=1, err="ERROR: no")
    with pytest.raises(LexpError, match="unopkg add"):
        install_in_calc(lambda line: None)
    last = asked.read_text().splitlines()[-1]
    assert last == "remove lexp.trial"


@pytest.mark.skipif(os.name == "nt", reason="LibreOffice on Windows has a Python of its own")
def test_libreoffice_finds_the_systems_python_before_an_environments(monkeypatch):
    monkeypatch.setenv("PATH", "/home/me/venv/bin:/usr/bin")
    monkeypatch.setenv("VIRTUAL_ENV", "/home/me/venv")
    environment = calc_extension._environment()
    assert environment["PATH"].split(":")[0] == "/usr/bin"
    assert "VIRTUAL_ENV" not in environment
