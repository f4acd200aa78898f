"""The functions in LibreOffice Calc: put in and taken out by its own program `unopkg`."""

import glob
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from addin.steps import Say
from lexp_calc.errors import LexpError, NotThere, quoted

NAME = "lexp.oxt"
SYSTEM_PATH = "/usr/bin:/bin"
TIME_LIMIT = 180.0  # seconds; the first start makes a profile
HOW_TO_INSTALL = "install LibreOffice 7.4 or newer (Debian: libreoffice-calc and python3-uno)"
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/unopkg",
    r"C:\Program Files\LibreOffice\program\unopkg.com",
    r"C:\Program Files (x86)\LibreOffice\program\unopkg.com",
    "/usr/lib/libreoffice/program/unopkg",
    "/opt/libreoffice*/program/unopkg",
)
_DESCRIPTION = "{http://openoffice.org/extensions/description/2006}"
_LISTED = re.compile(
    r"^Identifier: *(?P<id>\S+)\s*\n(?P<details>(?:[ \t].*\n?|\s*\n)*)", re.MULTILINE
)


def install_in_calc(say: Say) -> None:
    """Adds the extension for this user, over an older one; LibreOffice must be closed."""
    program = find_unopkg()
    refuse_root()
    with tempfile.TemporaryDirectory(prefix="lexp-") as folder:
        path = Path(folder) / NAME
        identifier, version = _built(path)
        say(f"the extension: made, {identifier} {version}")
        try:
            run_unopkg(program, "add", "--force", "--suppress-license", str(path))
        except LexpError:
            # unopkg leaves what it could not put in half registered.
            with suppress(LexpError):
                run_unopkg(program, "remove", identifier)
            raise
    say(
        "LibreOffice: the extension is put in; start LibreOffice again and type =LEXP_FEE(100;0.01)"
    )


def uninstall_from_calc(say: Say) -> None:
    """Takes the extension out of this user's LibreOffice."""
    program = find_unopkg()
    refuse_root()
    with tempfile.TemporaryDirectory(prefix="lexp-") as folder:
        identifier, _ = _built(Path(folder) / NAME)
    if identifier not in listed_extensions(program):
        say("there was nothing to take out")
        return
    run_unopkg(program, "remove", identifier)
    say(f"LibreOffice: the extension {identifier} is taken out")


def find_unopkg() -> str:
    """The path of LibreOffice's program for extensions; NotThere says what to install."""
    if path := shutil.which("unopkg"):
        return path
    for pattern in _PLACES:
        if found := sorted(glob.glob(pattern)):
            return found[-1]
    raise NotThere("LibreOffice", "not found on this machine", HOW_TO_INSTALL)


def is_root() -> bool:
    """Whether this runs as the system's administrator, for whom `unopkg` does nothing."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def refuse_root() -> None:
    """Refuses root: LibreOffice's extensions belong to a user."""
    if is_root():
        found = "found the user root, for whom LibreOffice's unopkg puts nothing in"
        raise LexpError("lexp addin --calc", found, "to run it as yourself would be right")


def listed_extensions(program: str) -> dict[str, str]:
    """The extensions of this user, identifier to version."""
    found = {}
    for each in _LISTED.finditer(run_unopkg(program, "list")):
        version = re.search(r"^\s*Version: *(\S+)", each["details"], re.MULTILINE)
        found[each["id"]] = version[1] if version else ""
    return found


def run_unopkg(program: str, *arguments: str) -> str:
    """What `unopkg` prints; a failure, or no answer in time, is refused in its own words."""
    where = f"unopkg {arguments[0]}"
    try:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,  # it may ask; no is the answer
            capture_output=True,
            timeout=TIME_LIMIT,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        found = f"found no answer in {TIME_LIMIT:.0f} seconds"
        raise LexpError(where, found, "to close LibreOffice and try again would be right") from None
    except OSError as failure:
        found = f"found that {program} cannot be started ({failure.strerror})"
        raise LexpError(where, found, HOW_TO_INSTALL) from failure
    if done.returncode:
        raise LexpError(where, quoted(_reason(done)), "to close LibreOffice and try again may help")
    return done.stdout.decode("utf-8", "replace")


def _reason(done: subprocess.CompletedProcess) -> str:
    lines = (done.stderr + b"\n" + done.stdout).decode("utf-8", "replace").splitlines()
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return next(filter(None, [*errors, *map(str.strip, lines)]), f"exit {done.returncode}")


def _environment() -> dict[str, str]:
    """No other Python's paths, which LibreOffice's own would take for its own.

    It looks for its libraries beside the first Python of PATH, in an activated virtual
    environment beside ours, and ends where that is another build.
    """
    unwanted = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    if os.name == "posix":
        kept["PATH"] = os.pathsep.join((SYSTEM_PATH, kept.get("PATH", "")))
    return kept


def _built(path: Path) -> tuple[str, str]:
    """Builds the extension; its identifier and version, as its description has them."""
    from addin.calc import build_oxt

    build_oxt(path)
    with zipfile.ZipFile(path) as package:
        description = ElementTree.fromstring(package.read("description.xml"))
    names = ("identifier", "version")
    identifier, version = (description.find(f"{_DESCRIPTION}{name}") for name in names)
    return identifier.get("value"), version.get("value")
