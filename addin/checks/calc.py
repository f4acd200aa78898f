"""LibreOffice Calc: is it here, can it run Python, has it the extension of this version."""

import json
import os
import shutil
import tempfile
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
WORKER_TIME_LIMIT = 60.0  # seconds
# 1 % of 1,000.
QUESTION = {"fn": "LEXP_FEE", "cells": [1000, 0.01], "day_zero": "1899-12-30"}
ANSWER = {"value": 10.0}


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


def worker() -> Check:
    """Whether the process that computes for Calc starts and gives a right answer."""
    from addin.calc.extension import SETTINGS, worker_settings
    from addin.calc.lexp_worker_process import NoAnswer, WorkerProcess

    name = "the worker for Calc"
    with tempfile.TemporaryDirectory(prefix="lexp-") as folder:
        Path(folder, SETTINGS).write_text(json.dumps(worker_settings()), encoding="utf-8")
        process = WorkerProcess(folder, WORKER_TIME_LIMIT)
        try:
            answer = process.ask(QUESTION)
        except NoAnswer as problem:
            found, _, todo = str(problem).partition("; ")
            return Check(name, WRONG, found, todo or INSTALL)
        finally:
            process.end()
    if answer != ANSWER:
        return Check(name, WRONG, f"it answered {answer}", INSTALL)
    return Check(name, OK, "it starts and answers")


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
    if version != here:
        return Check(NAME, WRONG, f"{identifier} {version}, and lexp is {here}", INSTALL)
    return Check(NAME, OK, f"{identifier} {version}")
