"""An installation as a list of steps: each says in a line what it did, and can be undone."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from addin.whole_files import unwritable, write_whole
from lexp_calc.errors import LexpError

Say = Callable[[str], None]


class Step(Protocol):
    """One thing to do. `undo` is called only after `do`, and puts back what was there."""

    def do(self) -> str:
        """Does it, and gives the line that says what was done."""

    def undo(self) -> str:
        """Puts back what was there, and gives the line that says so; "" if nothing was done."""


def carry_out(steps: Iterable[Step], say: Say) -> None:
    """Takes the steps in order. When one fails, those before it are undone, the last first."""
    done: list[Step] = []
    try:
        for step in steps:
            line = step.do()
            done.append(step)
            say(line)
    except BaseException:  # an interruption from the keyboard too leaves nothing half done
        for step in reversed(done):
            _undo(step, say)
        raise


def _undo(step: Step, say: Say) -> None:
    try:
        line = step.undo()
    except LexpError as problem:
        say(f"could not be undone: {problem}")
    else:
        if line:
            say(f"undone: {line}")


class WriteFile:
    """Writes a file whole, and makes its folder; undone, the old file is back."""

    def __init__(self, path: Path, content: bytes, what: str, work_folder: Path | None = None):
        self.path = path
        self.content = content
        self.what = what
        self.work_folder = work_folder
        self._before: bytes | None = None
        self._changed = False
        self._made_folders: list[Path] = []

    def do(self) -> str:
        """Writes it, unless it is there already, byte by byte."""
        self._before = content_of(self.path)
        if self._before == self.content:
            return f"{self.what}: {self.path} is as it should be"
        try:
            self._make_folders()
            write_whole(self.path, self.content, self.work_folder)
        except OSError as failure:
            self._remove_folders()
            raise unwritable(self.path, failure) from failure
        self._changed = True
        done = "replaced" if self._before is not None else "put in place"
        return f"{self.what}: {done}, {self.path}"

    def undo(self) -> str:
        """The old file, or none where there was none."""
        if not self._changed:
            return ""
        try:
            if self._before is None:
                self.path.unlink(missing_ok=True)
            else:
                write_whole(self.path, self._before, self.work_folder)
        except OSError as failure:
            raise unwritable(self.path, failure) from failure
        self._remove_folders()
        return f"{self.path} is {'gone' if self._before is None else 'the old file'} again"

    def _make_folders(self) -> None:
        missing, folder = [], self.path.parent
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            self._made_folders.append(each)

    def _remove_folders(self) -> None:
        for each in reversed(self._made_folders):
            with suppress(OSError):
                each.rmdir()
        self._made_folders.clear()


class RemoveFile:
    """Takes a file away; undone, it is back."""

    def __init__(self, path: Path, what: str, work_folder: Path | None = None):
        self.path = path
        self.what = what
        self.work_folder = work_folder
        self._before: bytes | None = None

    def do(self) -> str:
        """Takes it away."""
        self._before = content_of(self.path)
        try:
            self.path.unlink(missing_ok=True)
        except OSError as failure:
            raise unwritable(self.path, failure) from failure
        return f"{self.what}: taken out, {self.path}"

    def undo(self) -> str:
        """Puts the file back."""
        if self._before is None:
            return ""
        try:
            write_whole(self.path, self._before, self.work_folder)
        except OSError as failure:
            raise unwritable(self.path, failure) from failure
        return f"{self.path} is there again"


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None if there is none. A folder of that name is refused."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except NotADirectoryError as failure:
        raise unwritable(path, failure) from failure
    except OSError as failure:
        if os.path.isdir(path):
            found = "found a folder of this name"
            raise LexpError(os.fspath(path), found, "to move it away would be right") from failure
        raise unwritable(path, failure) from failure
