"""LibreOffice as second engine: recalculates a workbook's every formula cell.

One LibreOffice runs, hidden, for as long as the `with` block; each workbook then costs a
fraction of a second. LibreOffice's Python interface exists only for the interpreter that it was
built for, so `libreoffice_bridge.py` runs under that one.
"""

import contextlib
import functools
import glob
import os
import shutil
import subprocess
from pathlib import Path

from lexp_calc.errors import NotThere
from workbook_templates.engine_process import EngineProcess

BRIDGE = Path(__file__).with_name("libreoffice_bridge.py")

SOFFICE_CANDIDATES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/opt/libreoffice*/program/soffice",
)
# Beside LibreOffice's own Python, Debian's and its kin's system interpreter has `uno`.
PYTHON_CANDIDATES = (
    "/usr/bin/python3",
    "/Applications/LibreOffice.app/Contents/Resources/python",
    r"C:\Program Files\LibreOffice\program\python.exe",
    "/opt/libreoffice*/program/python",
)
HOW_TO_INSTALL = "install LibreOffice 7.4 or newer (Debian: libreoffice-calc and python3-uno)"


def engine_environment():
    """The environment for LibreOffice: no other Python's paths, no display, English texts."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "LC_", "LANG"))
    }
    return kept | {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


@functools.cache
def find_soffice():
    """The path of LibreOffice's program; NotThere, naming what to install, if there is none."""
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    for pattern in SOFFICE_CANDIDATES:
        if paths := sorted(glob.glob(pattern)):
            return paths[-1]
    raise NotThere("LibreOffice", "not found on this machine", HOW_TO_INSTALL)


@functools.cache
def find_python_with_uno():
    """The path of an interpreter that can import `uno`; NotThere if no candidate can."""
    for pattern in PYTHON_CANDIDATES:
        for path in sorted(glob.glob(pattern)):
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                trial = subprocess.run(
                    [path, "-c", "import uno"],
                    env=engine_environment(),
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=30,
                )
                if trial.returncode == 0:
                    return path
    raise NotThere("LibreOffice", "no Python here can import its module uno", HOW_TO_INSTALL)


class LibreOffice(EngineProcess):
    """A hidden LibreOffice with a profile of its own; use it in a `with` block.

        with LibreOffice() as engine:
            values = engine.recalculate("term-loan.xlsx", {("Terms", "C7"): 0.055})

    It has no truth values of its own: TRUE is 1.0.
    """

    name = "LibreOffice"

    def command(self, directory):
        """The bridge, under the interpreter that has `uno`."""
        soffice, python = find_soffice(), find_python_with_uno()
        return [python, str(BRIDGE), soffice, directory]

    def environment(self, directory):
        """Its temporary files go with the profile, also when it is killed."""
        return engine_environment() | {"TMPDIR": directory}

    def to_pdf(self, path, out_directory):
        """Print the workbook, as stored, to `out_directory`; the path of the PDF."""
        pdf = Path(out_directory).resolve() / f"{Path(path).stem}.pdf"
        self._ask(path, {"do": "to_pdf", "pdf_url": pdf.as_uri()})
        return pdf
