"""LibreOffice as second engine: recalculates a workbook's every formula cell.

One LibreOffice runs, hidden, for as long as the `with` block; each workbook then costs a
fraction of a second. LibreOffice's Python interface exists only for the interpreter that it was
built for, so `libreoffice_bridge.py` runs under that one and this module talks to it.
"""

import contextlib
import functools
import glob
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from lexp_calc.errors import LexpError, NotThere
from workbook_templates.stored_cells import CellError

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
# Seconds that LibreOffice gets to end in good order.
GRACE = 5.0
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


def end_process_group(process):
    """End a process and all that it started, at once, and wait for it."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, timeout=30
        )
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def read_answers(lines, answers):
    """Queue each line that the bridge writes, and "" when it has ended."""
    for line in lines:
        answers.put(line)
    answers.put("")


class LibreOffice:
    """A hidden LibreOffice with a profile of its own; use it in a `with` block.

        with LibreOffice() as engine:
            values = engine.recalculate("term-loan.xlsx", {("Terms", "C7"): 0.055})

    It starts at once, or raises NotThere where it is not installed. `time_limit` is in seconds,
    for the start and for each call; past it LibreOffice is ended, the call raises a LexpError,
    and the next call starts a fresh one. Not for several threads at a time.
    """

    def __init__(self, time_limit=60.0):
        self.time_limit = time_limit
        self._process = None
        self._answers = None
        self._reader = None
        self._directory = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.close()

    def start(self):
        """Start LibreOffice and wait until it answers; nothing to do if it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        soffice, python = find_soffice(), find_python_with_uno()
        self._directory = tempfile.TemporaryDirectory(
            prefix="lexp-libreoffice-", ignore_cleanup_errors=True
        )
        self._process = subprocess.Popen(
            [python, str(BRIDGE), soffice, self._directory.name],
            # Its temporary files go with the profile, also when it is killed.
            env=engine_environment() | {"TMPDIR": self._directory.name},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            # A group of its own, so that ending it ends soffice's children and nothing else.
            start_new_session=True,
        )
        self._answers = queue.Queue()
        self._reader = threading.Thread(
            target=read_answers, args=(self._process.stdout, self._answers), daemon=True
        )
        self._reader.start()
        try:
            self._next_answer("LibreOffice")
        except LexpError:
            self.close()
            raise

    def close(self):
        """End LibreOffice, in good order if it still answers, and remove its profile."""
        if self._process is not None:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._send({"do": "end"})
                self._process.wait(timeout=GRACE)
            end_process_group(self._process)
            # A line that LibreOffice never read may still stand in the pipe's buffer.
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            self._reader.join(timeout=30)
            self._process.stdout.close()
            self._process = None
        if self._directory is not None:
            self._directory.cleanup()
            self._directory = None

    def recalculate(self, path, changes=None):
        """The value of every formula cell after `changes`: {(sheet title, "B7"): value}.

        `changes` has the same keys; its values are numbers (a date: Excel's serial number),
        texts, or None to clear the cell. The file is not changed, and none of its stored values
        is trusted. Values are float, str, or CellError; LibreOffice has no truth values of its
        own, so TRUE is 1.0. LexpError for a file that does not open or a cell that takes no
        change.
        """
        changes = [[sheet, cell, value] for (sheet, cell), value in (changes or {}).items()]
        answer = self._ask(path, {"do": "recalculate", "changes": changes})
        return {
            (sheet, cell): CellError(value["error"]) if isinstance(value, dict) else value
            for sheet, cell, value in answer["cells"]
        }

    def to_pdf(self, path, out_directory):
        """Print the workbook, as stored, to `out_directory`; the path of the PDF."""
        pdf = Path(out_directory).resolve() / f"{Path(path).stem}.pdf"
        self._ask(path, {"do": "to_pdf", "pdf_url": pdf.as_uri()})
        return pdf

    def _ask(self, path, request):
        path = Path(path)
        if not path.is_file():
            raise NotThere(str(path), "no such file", "the path of an .xlsx workbook")
        self.start()
        # That the bridge has ended is met again, and told, where the answer is read.
        with contextlib.suppress(OSError):
            self._send(request | {"url": path.resolve().as_uri()})
        return self._next_answer(str(path))

    def _send(self, request):
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _next_answer(self, where):
        try:
            line = self._answers.get(timeout=self.time_limit)
        except queue.Empty:
            end_process_group(self._process)
            self.close()
            found = f"LibreOffice gave no answer in {self.time_limit:g} seconds and was ended"
            raise LexpError(where, found, "a smaller workbook or a longer time limit") from None
        if not line:
            self.close()
            raise LexpError(where, "LibreOffice ended unexpectedly", "try the file by hand")
        answer = json.loads(line)
        if "found" in answer:
            raise LexpError(f"{where}: {answer['where']}", answer["found"], answer["expected"])
        return answer
