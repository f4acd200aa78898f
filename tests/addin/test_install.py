"""Installing and uninstalling on a Windows and a Mac of folders alone; Excel itself ran nowhere."""

import os
import sys
from types import ModuleType

import pytest
import xlwings
from xlwings.utils import read_user_config

import addin.install as installing
import addin.places as places_module
import addin.steps as steps_module
from addin.configuration import decoded, encoded, settings_in, usable_interpreter
from addin.places import places_of
from lexp_calc.errors import LexpError, NotThere
from tests.addin.installed_machine import AWKWARD, macos, tree, versions, windows, xlam


@pytest.fixture
def built(monkeypatch):
    """What the build writes; a test may exchange it."""
    content = [xlam(versions())]
    module = ModuleType("addin.build")
    module.build_xlam = lambda path: path.write_bytes(content[0])
    monkeypatch.setitem(sys.modules, "addin.build", module)
    return content


@pytest.fixture(params=[windows, macos], ids=["Windows", "macOS"])
def places(request, tmp_path, monkeypatch, built):
    found = request.param(tmp_path)
    monkeypatch.setattr(installing, "places_here", lambda: found)
    monkeypatch.setattr(sys, "executable", "/opt/lexp-env/bin/python")
    return found


def done(action, **options):
    said = []
    action(said.append, **options)
    return said


def test_installed_is_what_xlwings_reads(places, tmp_path, built, monkeypatch):
    said = done(installing.install)
    assert places.addin.read_bytes() == built[0]
    monkeypatch.setattr(xlwings, "USER_CONFIG_FILE", str(places.conf))
    read = read_user_config()
    assert read[places.interpreter_key.lower()] == "/opt/lexp-env/bin/python"
    assert read["udf modules"] == "addin.udfs"
    assert read["add_workbook_to_pythonpath"] == read["show console"] == "False"
    for path in (places.addin, places.conf):
        assert sum(str(path) in line for line in said) == 1
    # The start folder holds the add-in alone: Excel opens whatever lies there.
    assert [each.name for each in places.start_folder.iterdir()] == ["lexp.xlam"]


def test_the_files_of_windows(tmp_path, built, monkeypatch):
    found = windows(tmp_path)
    monkeypatch.setattr(installing, "places_here", lambda: found)
    done(installing.install)
    files = {name for name in tree(tmp_path) if not name.endswith("/")}
    assert files == {
        f"{AWKWARD}/AppData/Roaming/Microsoft/Excel/XLSTART/lexp.xlam",
        f"{AWKWARD}/.lexp/lexp.conf",
        f"{AWKWARD}/.lexp/lexp-installed.json",
    }
    assert b"\r\n" in found.conf.read_bytes()


def test_a_half_written_file_never_lies_where_excel_would_open_it(places, built, monkeypatch):
    done(installing.install)
    built[0] = xlam(versions("0.2.0"))
    renamed = []
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda a, b: (renamed.append(str(a)), real(a, b)))
    done(installing.install)
    assert len(renamed) == 2 and not any(str(places.start_folder) in each for each in renamed)


def test_a_second_time_changes_nothing(places, tmp_path):
    done(installing.install)
    before = tree(tmp_path)
    said = done(installing.install)
    assert tree(tmp_path) == before
    assert f"the add-in: {places.addin} is as it should be" in said


def test_taken_out_nothing_is_left(places, tmp_path):
    before = tree(tmp_path)
    done(installing.install)
    said = done(installing.uninstall)
    left = {name for name in tree(tmp_path) if not name.endswith("/")}
    assert left == {name for name in before if not name.endswith("/")} == set()
    assert not (places.conf_folder.exists() and places.system == "win32")
    assert any("the add-in: taken out" in line for line in said)
    assert done(installing.uninstall) == ["there was nothing to take out"]


def test_the_users_own_settings_stay(places, tmp_path):
    places.conf_folder.mkdir(parents=True, exist_ok=True)
    own = '"ONEDRIVE_CONSUMER_WIN","D:\\One Drive\\Zoë"\n"interpreter_win","old"\n"TEMP DIR","X"'
    own += '\n"Interpreter_Mac","old"\n'
    places.conf.write_bytes(encoded(own, places))
    done(installing.install)
    settings = settings_in(decoded(places.conf.read_bytes(), places))
    assert settings["ONEDRIVE_CONSUMER_WIN"] == "D:\\One Drive\\Zoë"
    assert settings[places.interpreter_key] == "/opt/lexp-env/bin/python"
    done(installing.uninstall)
    settings = settings_in(decoded(places.conf.read_bytes(), places))
    assert settings["TEMP DIR"] == "X" and "UDF MODULES" not in settings
    assert places.interpreter_key not in settings


def test_an_upgrade_replaces_the_file(places, built):
    done(installing.install)
    built[0] = xlam(versions("0.2.0"))
    assert f"the add-in: replaced, {places.addin}" in done(installing.install)
    assert places.addin.read_bytes() == built[0]


def test_a_strangers_file_is_neither_replaced_nor_removed(places, tmp_path):
    places.start_folder.mkdir(parents=True)
    places.addin.write_bytes(b"PK of somebody else")
    before = tree(tmp_path)
    with pytest.raises(LexpError, match="did not put there") as refused:
        done(installing.install)
    assert str(places.addin) in str(refused.value)
    assert done(installing.uninstall)[-1] == "there was nothing to take out"
    assert tree(tmp_path) == before


def failing(monkeypatch, path, failure):
    """Writing to this path fails, as Windows fails where Excel has the file open."""
    real = steps_module.write_whole

    def write(target, content, work_folder=None):
        if target == path:
            raise failure
        real(target, content, work_folder)

    monkeypatch.setattr(steps_module, "write_whole", write)


@pytest.mark.parametrize("part", ["addin", "conf", "record"])
@pytest.mark.parametrize("had_one", [True, False])
def test_a_step_that_fails_undoes_those_before(places, tmp_path, monkeypatch, built, part, had_one):
    if had_one:
        done(installing.install)
        built[0] = xlam(versions("0.2.0"))
        monkeypatch.setattr(sys, "executable", "/opt/other/bin/python")
    before = tree(tmp_path)
    path = getattr(places, part)
    failing(monkeypatch, path, PermissionError(13, "The process cannot access the file"))
    said = []
    with pytest.raises(LexpError, match="close Excel") as refused:
        installing.install(said.append)
    assert str(path) in str(refused.value) and "\n" not in str(refused.value)
    assert tree(tmp_path) == before
    if part == "record":
        undone = [line for line in said if line.startswith("undone: ")]
        assert [line for line in undone if ".applescript" not in line] == [
            f"undone: {places.conf} is {'the old file' if had_one else 'gone'} again",
            f"undone: {places.addin} is {'the old file' if had_one else 'gone'} again",
        ]


def test_an_interruption_undoes_too(places, tmp_path, monkeypatch):
    before = tree(tmp_path)
    failing(monkeypatch, places.record, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        installing.install(lambda line: None)
    assert tree(tmp_path) == before


def test_taking_out_fails_while_excel_has_it_open(places, tmp_path, monkeypatch):
    done(installing.install)
    before = tree(tmp_path)
    real = type(places.record).unlink

    def unlink(path, missing_ok=False):
        if path == places.record:
            raise PermissionError(13, "The process cannot access the file")
        real(path, missing_ok)

    monkeypatch.setattr(type(places.record), "unlink", unlink)
    with pytest.raises(LexpError, match="close Excel"):
        done(installing.uninstall)
    assert tree(tmp_path) == before


def test_a_folder_in_the_place_of_the_file(places):
    places.addin.mkdir(parents=True)
    with pytest.raises(LexpError, match="found a folder of this name"):
        done(installing.install)


def test_a_file_in_the_place_of_the_folder(places):
    places.start_folder.parent.mkdir(parents=True, exist_ok=True)
    places.start_folder.write_text("")
    with pytest.raises(LexpError, match="cannot be written"):
        done(installing.install)


def test_a_record_that_is_none(places):
    done(installing.install)
    places.record.write_bytes(b"\xff[[[")
    done(installing.install)
    places.record.write_text("[1]")
    done(installing.uninstall)
    assert not places.addin.exists() and not places.conf.exists()


def test_xlwings_script_that_was_there_stays(tmp_path, built, monkeypatch):
    found = macos(tmp_path)
    monkeypatch.setattr(installing, "places_here", lambda: found)
    monkeypatch.setattr(sys, "executable", "/opt/env/bin/python")
    name = f"xlwings-{xlwings.__version__}.applescript"
    source = os.path.join(os.path.dirname(xlwings.__file__), name)
    found.script_folder.mkdir(parents=True)
    script = found.script_folder / name
    with open(source, "rb") as file:
        script.write_bytes(file.read())
    done(installing.install)
    done(installing.install)
    done(installing.uninstall)
    assert script.exists()
    script.unlink()
    said = done(installing.install)
    assert script.exists() and any("no" in line and "functions" in line for line in said)
    script.write_text("changed")
    assert any("changed since" in line for line in done(installing.uninstall))
    assert script.read_text() == "changed"


def test_the_script_of_an_earlier_version_goes(tmp_path, built, monkeypatch):
    found = macos(tmp_path)
    monkeypatch.setattr(installing, "places_here", lambda: found)
    monkeypatch.setattr(sys, "executable", "/opt/env/bin/python")
    done(installing.install)
    new = next(found.script_folder.iterdir())
    old = new.with_name("xlwings-0.1.applescript")
    new.rename(old)
    found.record.write_text(found.record.read_text().replace(new.name, old.name))
    done(installing.install)
    assert list(found.script_folder.iterdir()) == [new]


def test_a_path_outside_the_code_page(tmp_path, built, monkeypatch):
    found = windows(tmp_path)
    monkeypatch.setattr(installing, "places_here", lambda: found)
    monkeypatch.setattr(sys, "executable", "C:\\Users\\力\\env\\python.exe")
    before = tree(tmp_path)
    with pytest.raises(LexpError, match='found "力"; letters of the system'):
        done(installing.install)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("make", "path", "said"),
    [
        (windows, 'C:\\a"b\\python.exe', "without quotes"),
        (windows, "C:\\%TEMP%\\python.exe", "without %"),
        (macos, "/Users/Zoë M/env/bin/python", "without spaces"),
        (macos, "/Users/R&D/bin/python", "without spaces"),
        (macos, "/Users/o'neill/bin/python", "without spaces"),
    ],
)
def test_an_interpreter_that_excel_cannot_be_told(tmp_path, make, path, said):
    with pytest.raises(LexpError, match=said):
        usable_interpreter(path, make(tmp_path))


@pytest.mark.parametrize(
    "path", ["C:\\Users\\Zoë's R&D 100%\\.venv\\Scripts\\python.exe", "\\\\server\\env\\python.exe"]
)
def test_an_interpreter_in_an_awkward_folder_of_windows(tmp_path, path):
    assert usable_interpreter(path, windows(tmp_path)) == path


@pytest.mark.parametrize("value", [None, "", "relative"])
@pytest.mark.parametrize("name", ["APPDATA", "USERPROFILE"])
def test_windows_that_does_not_say_its_folders(tmp_path, name, value):
    environment = {"APPDATA": str(tmp_path), "USERPROFILE": str(tmp_path)}
    if value is None:
        del environment[name]
    else:
        environment[name] = value
    with pytest.raises(NotThere, match=f"environment variable {name}"):
        places_of("win32", environment, tmp_path)


def test_the_places_of_each_system(tmp_path):
    environment = {"APPDATA": "/A p/Roaming", "USERPROFILE": "/A p"}
    found = places_of("win32", environment, tmp_path)
    assert str(found.addin) == "/A p/Roaming/Microsoft/Excel/XLSTART/lexp.xlam"
    assert str(found.conf) == "/A p/.lexp/lexp.conf"
    found = places_of("darwin", {}, tmp_path)
    # Where xlwings itself looks, but for the project's name.
    assert found.conf.relative_to(tmp_path).as_posix() == (
        "Library/Containers/com.microsoft.Excel/Data/lexp.conf"
    )
    with pytest.raises(NotThere, match="install --calc"):
        places_of("linux", {}, tmp_path)


def test_another_xlwings_is_refused(places, tmp_path, monkeypatch):
    import addin.versions

    monkeypatch.setattr(addin.versions, "xlwings_version", lambda: "0.33.0")
    before = tree(tmp_path)
    with pytest.raises(NotThere, match=r"found version 0\.33\.0; xlwings==0\.37\.8"):
        done(installing.install)
    assert tree(tmp_path) == before


def test_with_excel_is_for_windows_alone(tmp_path, monkeypatch, built):
    monkeypatch.setattr(installing, "places_here", lambda: macos(tmp_path))
    with pytest.raises(NotThere, match="--with-excel"):
        done(installing.install, with_excel=True)


def test_documents_moved_into_onedrive(monkeypatch):
    from tests.addin.windows_registry_stand_in import registry

    key = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer"
    monkeypatch.setenv("HERE", "/one/drive")
    registry(monkeypatch, {rf"{key}\User Shell Folders": {"Personal": "$HERE/Dokumente"}})
    monkeypatch.setattr(sys, "platform", "win32")
    assert str(places_module.documents_folder()) == "/one/drive/Dokumente"
