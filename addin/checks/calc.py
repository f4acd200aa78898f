"""LibreOffice Calc: is it here, can it run Python, has it the extension of this version."""

import os
import shutil
from pathlib import Path

from addin.calc_extension import (
    HOW_TO_INSTALL,
    find_unopkg,
    is_root,
    listed_extensions,
)
from addin.checks.check import MISSING, NOTE, OK, WRONG, Check
from addin.versions import lexp_version
from lexp_calc.errors import LexpError

INSTALL = "run `lexp addin install --calc`"
NAME = "the extension for Calc"


def calc(is_only_host: bool) -> list[Check]:
    """The checks of Calc; where Excel runs too, what is not there is no more than a note."""
    absent = MISSING if is_only_host else NOTE
    try:
        program = find_unopkg()
    except LexpError as problem:
        return [Check("LibreOffice", absent, problem.found, HOW_TO_INSTALL)]
    # Debian's unopkg is a script elsewhere, and its soffice a link into the folder.
    folder = Path(os.path.realpath(shutil.which("soffice") or program)).parent
    found = [Check("LibreOffice", OK, str(folder)), _python(folder, absent)]
    return [*found, _extension(program, absent)]


def _python(folder: Path, absent: str) -> Check:
    """What lets LibreOffice run an extension that is written in Python."""
    name = "LibreOffice's Python"
    inside = folder.parent / "Resources" if folder.name == "MacOS" else folder
    if any((each / "pythonloader.py").is_file() for each in (folder, inside)):
        return Check(name, OK, "there")
    found = f"no pythonloader.py in {inside}"
    return Check(name, absent, found, "install it (Debian: python3-uno)")


def _extension(program: str, absent: str) -> Check:
    if is_root():
        found = "not looked at: unopkg answers a user and not root"
        return Check(NAME, NOTE, found, "run `lexp doctor` as yourself")
    try:
        extensions = listed_extensions(program)
    except LexpError as problem:
        return Check(NAME, NOTE, f"not looked at: {problem.found}", "close LibreOffice, try again")
    ours = {each: version for each, version in extensions.items() if "lexp" in each.casefold()}
    if not ours:
        return Check(NAME, absent, "not installed", INSTALL)
    identifier, version = next(iter(ours.items()))
    here = lexp_version()
    if here and version != here:
        return Check(NAME, WRONG, f"{identifier} {version}, and lexp is {here}", INSTALL)
    return Check(NAME, OK, f"{identifier} {version}")
