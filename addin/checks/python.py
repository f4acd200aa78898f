"""The Python that Excel starts: the settings that name it, its packages, xlwings' DLL."""

import json
import os
import subprocess
import sys
from pathlib import Path

import addin as this_package
from addin.checks.check import INSTALL, MISSING, NOTE, OK, WRONG, Check
from addin.checks.excel import excel_bits
from addin.configuration import UDF_MODULES, decoded, settings_in
from addin.places import WINDOWS, Places, documents_folder
from addin.versions import XLWINGS_NEEDED, lexp_installed, lexp_version, xlwings_version

NAME = "the packages Excel loads"
TIME_LIMIT = 60.0  # seconds for the start of a Python
PACKAGES = ("addin", "lexp_calc", "xlwings")
# Where a Python would take packages from, and which versions, without loading any.
PROBE = f"""\
import json
from importlib.metadata import distribution
from importlib.util import find_spec
def place(name):
    spec = find_spec(name)
    return spec and (spec.origin or str(list(spec.submodule_search_locations)))
def installed(name):
    try:
        found = distribution(name)
        return found.version, str(found.locate_file(name + "/__init__.py"))
    except Exception:
        return "", ""
print(json.dumps({{"places": {{name: place(name) for name in {PACKAGES!r}}},
                  "versions": {{"lexp": installed("lexp")[0], "xlwings": installed("xlwings")[0]}},
                  "xlwings": installed("xlwings")[1],
                  "matplotlib": bool(place("matplotlib"))}}))
"""


def lexp() -> Check:
    """This lexp."""
    version, installed = lexp_version(), lexp_installed()
    where = Path(this_package.__file__).parent.parent
    if installed != version:
        how = f"is installed as {installed}" if installed else "is not installed"
        todo = "install it (again): python -m pip install lexp"
        return Check("lexp", WRONG, f"{version} runs from {where} and {how}", todo)
    return Check("lexp", OK, f"{version}, Python {sys.version.split()[0]}, {where}")


def xlwings() -> Check:
    """Whether xlwings is here in the one version that the add-in works with."""
    found = xlwings_version()
    todo = f"run `{sys.executable} -m pip install xlwings=={XLWINGS_NEEDED}`"
    if not found:
        return Check("xlwings", MISSING, "not installed in this Python environment", todo)
    if found != XLWINGS_NEEDED:
        words = f"{found}, and lexp works with {XLWINGS_NEEDED} alone"
        return Check("xlwings", WRONG, words, todo)
    return Check("xlwings", OK, found)


def settings(places: Places) -> dict[str, str] | None:
    """The add-in's settings; None if there are none or they cannot be read."""
    try:
        return settings_in(decoded(places.conf.read_bytes(), places))
    except OSError:
        return None


def conf(places: Places) -> Check:
    """Whether the settings name a Python that is there, and this one."""
    name = "the add-in's settings"
    found = settings(places)
    if found is None:
        return Check(name, MISSING, f"not there: {places.conf}", INSTALL)
    interpreter = found.get(places.interpreter_key, "")
    if not interpreter:
        return Check(name, MISSING, f"no {places.interpreter_key} in {places.conf}", INSTALL)
    if not Path(interpreter).is_file():
        return Check(name, WRONG, f"the Python they name is gone: {interpreter}", INSTALL)
    if found.get("UDF MODULES") != UDF_MODULES:
        return Check(name, WRONG, f"UDF MODULES is not {UDF_MODULES} in {places.conf}", INSTALL)
    if not _same_place(interpreter, sys.executable):
        todo = f"{INSTALL} where Excel should use this one, {sys.executable}"
        return Check(name, NOTE, f"Excel starts another Python: {interpreter}", todo)
    return Check(name, OK, f"Excel starts this Python, {interpreter}")


def _same_place(one: str, other: str) -> bool:
    # Not samefile: the pythons of two virtual environments may be links to one program.
    def normal(path: str) -> str:
        return os.path.normcase(os.path.join(os.path.realpath(os.path.dirname(path)), "python"))

    return normal(one) == normal(other)


def dll(places: Places) -> Check | None:
    """xlwings' DLL for this Excel, where the add-in looks for it (Windows)."""
    interpreter = (settings(places) or {}).get(places.interpreter_key)
    if places.system != WINDOWS or not interpreter:
        return None
    bits = excel_bits() or 64
    name = f"xlwings{bits}-{XLWINGS_NEEDED}.dll"
    folder = Path(interpreter).parent
    for each in (folder, folder.parent):
        if (each / name).is_file():
            return Check("xlwings' DLL", OK, f"{each / name}")
    exact = f"xlwings=={XLWINGS_NEEDED}"
    todo = f"run `{interpreter} -m pip install --force-reinstall --no-deps {exact}`"
    found = f"no {name} in {folder} or {folder.parent}"
    return Check("xlwings' DLL", MISSING, found, f"{todo} in a virtual environment")


def packages(places: Places) -> list[Check]:
    """Where the Python that Excel starts takes our packages from, in the folders it starts in."""
    interpreter = (settings(places) or {}).get(places.interpreter_key)
    if not interpreter or not Path(interpreter).is_file():
        return []
    # On Windows the add-in keeps Python from looking into the folder in which Excel happens to
    # be; xlwings' script on macOS does not.
    options = ["-B", "-P"] if places.system == WINDOWS else ["-B"]
    answer, problem = {}, None
    for folder in filter(Path.is_dir, (documents_folder(), Path(interpreter).parent)):
        found = _probe([interpreter, *options], folder)
        if isinstance(found, str):
            todo = f"mend that Python, or {INSTALL} from another environment"
            return [Check(NAME, WRONG, f"{interpreter} does not start: {found}", todo)]
        answer = found
        problem = problem or _absent(answer, interpreter) or _clash(answer, interpreter, folder)
    return [problem or _versions(answer, interpreter), *_slow(answer)]


def _probe(command: list[str], folder: Path) -> dict | str:
    """What the Python answers in that folder; a text where it does not."""
    try:
        done = subprocess.run(
            [*command, "-c", PROBE],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return f"no answer in {TIME_LIMIT:.0f} seconds"
    except OSError as failure:
        return failure.strerror or str(failure)
    except (ValueError, IndexError):
        lines = done.stderr.decode("utf-8", "replace").split("\n")
        return next(filter(None, map(str.strip, reversed(lines))), f"exit {done.returncode}")


def _absent(answer: dict, interpreter: str) -> Check | None:
    """Packages that the Python does not have."""
    absent = [package for package in PACKAGES if not answer["places"][package]]
    if not absent:
        return None
    todo = f"run `{interpreter} -m pip install lexp`, or {INSTALL} from another environment"
    return Check(NAME, MISSING, f"{interpreter} has no {', '.join(absent)}", todo)


def _clash(answer: dict, interpreter: str, folder: Path) -> Check | None:
    """Something else of the name of one of our packages, which Python would find first."""
    found = {package: Path(answer["places"][package]).resolve() for package in PACKAGES}
    ours = Path(this_package.__file__).resolve()
    if not _same_place(interpreter, sys.executable):
        # Another installation of lexp: what is of one folder belongs together.
        ours = found["lexp_calc"].parents[1] / "addin" / "__init__.py"
    expected = {
        "addin": ours,
        "lexp_calc": ours.parents[1] / "lexp_calc" / "__init__.py",
        "xlwings": Path(answer["xlwings"] or found["xlwings"]).resolve(),
    }
    for package in PACKAGES:
        if found[package] != expected[package]:
            words = f"Excel would take {package} from {found[package]}, not {expected[package]}"
            todo = f"give the wrong one another name (looked for in {folder} and PYTHONPATH)"
            return Check(NAME, WRONG, words, todo)
    return None


def _versions(answer: dict, interpreter: str) -> Check:
    """Whether they are those of this lexp."""
    here = {"lexp": lexp_version(), "xlwings": xlwings_version()}
    if answer["versions"] != here:
        found = ", ".join(f"{key} {number or 'none'}" for key, number in answer["versions"].items())
        return Check(NAME, WRONG, f"{interpreter} has {found}", f"{INSTALL} from the right one")
    return Check(NAME, OK, f"those of {Path(answer['places']['addin']).parents[1]}")


def _slow(answer: dict) -> list[Check]:
    if not answer["matplotlib"]:
        return []
    found = "it is there: lexp keeps it out of Excel's start, another xlwings add-in would not"
    return [Check("matplotlib", NOTE, found)]
