"""One batch at a time in a folder, and nothing of a dead one that still writes into it.

The lock is the system's own on an open file: it goes with the process, however that ends. Worker
processes may outlive a driver that was killed, for the one workbook in their hands. So each run
writes a mark of its own into the lock's file before it sweeps, and each worker looks for its
run's mark between writing the temporary file and renaming it: what it wrote before the sweep is
swept, and what it writes after meets the other mark. No clock is asked.
"""

import os
import re
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lexp_batch.system_lock import is_locked_now
from lexp_calc.errors import LexpError, OutOfRange
from workbook_templates.files import TEMPORARY

LOCK = ".lexp-lock"
LEFT_OVER = re.compile(re.escape(TEMPORARY).replace(r"\{\}", "[0-9a-f]{16}"))


@dataclass(frozen=True)
class Run:
    """One run of a batch: the lock's file and the run's mark in it."""

    lock: str
    mark: str

    def is_current(self) -> bool:
        """Whether no other run has begun in the folder, and this one has not ended."""
        try:
            return Path(self.lock).read_text("utf-8").startswith(self.mark)
        except OSError:
            return False

    def check(self) -> None:
        """Refuses to go on for a run that is over."""
        if not self.is_current():
            found = "found that the run that this was made for is over"
            raise OutOfRange(self.lock, found, "the same command again would be right")


class RunLock:
    """The folder for one run, in a `with` block that gives the `Run`.

    The folder is made; refused where another run is at work in it.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        self.path = self.folder / LOCK
        self._file = None
        self._made: list[Path] = []

    def __enter__(self) -> Run:
        self._make_folder()
        try:
            while self._file is None:
                self._file = self._locked()
            mark = secrets.token_hex(16)
            host = socket.gethostname()
            self._file.seek(0)
            self._file.truncate()
            self._file.write(f"{mark}\nprocess {os.getpid()} on {host}\n".encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as failure:
            self.__exit__()
            raise _refused(self.path, failure) from None
        return Run(str(self.path.absolute()), mark)

    def __exit__(self, *exception) -> None:
        if self._file is not None:
            # Windows removes no file that is open; elsewhere its name goes before its lock.
            for step in (
                (self._file.close, self.path.unlink)
                if os.name == "nt"
                else (self.path.unlink, self._file.close)
            ):
                with suppress(OSError):
                    step()
            self._file = None
        for folder in reversed(self._made):
            with suppress(OSError):  # something was written into it
                folder.rmdir()

    def _make_folder(self) -> None:
        missing = [each for each in (self.folder, *self.folder.parents) if not each.exists()]
        try:
            for folder in reversed(missing):
                folder.mkdir(exist_ok=True)
                self._made.append(folder)
        except OSError as failure:
            raise LexpError(
                str(self.folder),
                f"the folder cannot be made ({failure.strerror})",
                "choose another with --out",
            ) from None

    def _locked(self):
        """The lock's file, locked; None if it was removed by the run that had it before."""
        file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | _BINARY, 0o666), "r+b")
        try:
            if not is_locked_now(file):
                holder = file.read(500).decode("utf-8", "replace").partition("\n")[2].strip()
                raise OutOfRange(
                    str(self.folder),
                    f"found another run at work in it ({holder or 'just begun'})",
                    "to wait until that has ended, or another --out, would be right",
                )
            is_there = self.path.exists() and os.path.samestat(
                os.fstat(file.fileno()), self.path.stat()
            )
        except BaseException:
            file.close()
            raise
        if not is_there:
            file.close()
            return None
        return file


_BINARY = getattr(os, "O_BINARY", 0)


def _refused(path: Path, failure: OSError) -> LexpError:
    found = f"it cannot be written ({failure.strerror})"
    return LexpError(str(path), found, "a folder that may be written would be right")


def sweep(folder: Path) -> int:
    """Removes what killed writes left in a deal's folder and its lenders'; how many they were."""
    swept = 0
    for place in (folder, *folder.glob("lenders/*")):
        with suppress(OSError):
            for name in os.listdir(place):
                if LEFT_OVER.fullmatch(name):
                    with suppress(OSError):
                        os.remove(place / name)
                        swept += 1
    return swept
