"""A real LibreOffice with the extension in its profile, for tests."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from addin.calc import build_oxt
from lexp_calc.errors import NotThere
from workbook_templates import libreoffice
from workbook_templates.engine_process import EngineProcess
from workbook_templates.libreoffice import (
    engine_environment,
    find_python_with_uno,
    find_soffice,
)

BRIDGE = Path(__file__).with_name("calc_bridge.py")
NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


def install(extension, profile):
    """Put the extension into a profile with unopkg, which refuses root: then as nobody."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    unopkg = shutil.which("unopkg") or str(Path(find_soffice()).resolve().with_name("unopkg"))
    with tempfile.TemporaryDirectory(
        prefix="lexp-unopkg-", dir="/tmp" if is_root else None
    ) as home:
        shutil.copy(extension, Path(home, "lexp.oxt"))
        if is_root:
            os.chown(home, NOBODY, NOBODY)
        made = Path(home, "profile")
        command = [unopkg, "add", f"-env:UserInstallation={made.as_uri()}", f"{home}/lexp.oxt"]
        done = subprocess.run(
            [*AS_NOBODY, *command] if is_root else command,
            env=engine_environment() | {"HOME": home, "TMPDIR": home},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        shutil.copytree(made, profile, dirs_exist_ok=True)


class Calc(EngineProcess):
    """LibreOffice with the functions; its first document is open."""

    name = "LibreOffice"

    def __init__(self, **environment):
        super().__init__(time_limit=120)
        self._environment = environment

    def command(self, directory):
        """The bridge, once the extension is in the profile."""
        soffice, python = find_soffice(), find_python_with_uno()
        extension = Path(directory, "lexp.oxt")
        build_oxt(extension)
        install(extension, directory)
        folder = Path(libreoffice.__file__).parent
        return [python, str(BRIDGE), str(folder), soffice, directory]

    def environment(self, directory):
        """That of the second engine, and a home that has no settings of a person."""
        return engine_environment() | {"TMPDIR": directory, "HOME": directory} | self._environment

    def ask(self, do, **request):
        """What the bridge answers."""
        with contextlib.suppress(OSError):
            self._send({"do": do} | request)
        return self._next_answer(do)

    def put(self, document=0, **cells):
        """Fill cells by their addresses."""
        self.ask("put", document=document, cells=list(cells.items()))

    def values(self, area, document=0):
        """The rows of a range."""
        return self.ask("read", range=area, document=document)["rows"]

    def value(self, formula, document=0, cell="AZ1"):
        """What a formula comes to: a number, a text, or the text of an error."""
        self.ask("put", document=document, cells=[[cell, {"formula": formula}]])
        found = self.values(cell, document)[0][0]
        return found["error"] if isinstance(found, dict) else found

    def open(self, null_date=None, url=None, shown=False):
        """The number of a new document, or of one that is loaded."""
        return self.ask("open", null_date=null_date, url=url, shown=shown)["document"]

    def workers(self):
        """The process numbers of its workers; of Linux alone."""
        parents = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    status = (folder / "stat").read_text().rpartition(") ")[2].split()
                    parents[int(folder.name)] = int(status[1])
        below = {self._process.pid}
        for _ in range(10):
            below |= {child for child, parent in parents.items() if parent in below}
        found = []
        for number in sorted(below):
            with contextlib.suppress(OSError):
                if b"addin.calc.worker" in Path(f"/proc/{number}/cmdline").read_bytes():
                    found.append(number)
        return found


@contextlib.contextmanager
def running_calc(**environment):
    """A session with its first document; a skip where LibreOffice is not installed."""
    calc = Calc(**environment)
    try:
        calc.start()
    except NotThere as problem:
        pytest.skip(str(problem))
    try:
        calc.open()
        yield calc
    finally:
        calc.close()
