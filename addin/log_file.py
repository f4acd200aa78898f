"""The add-in's log: why cells were refused, and the tracebacks of the program's own faults.

One file for all that runs beside a spreadsheet. Whatever happens to it, no call may fail: a
log that cannot be written is no log.
"""

import os
import sys
from functools import lru_cache
from pathlib import Path

NAME = "lexp.log"
LARGEST = 1_000_000  # bytes of one file
KEPT = 3  # files: the log and those before it
REASONS_AT_HAND = 1_000
UNTURNED = 4 * LARGEST  # where another process keeps the file from being turned over


def path() -> Path:
    """Where the log is, in the folder that the system has for such files."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "lexp" / NAME
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / "lexp" / NAME
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else home / ".local" / "state") / "lexp" / NAME


def logger():
    """The add-in's logger: a file of at most 1 MB and two before it, opened at the first line."""
    import logging

    made = logging.getLogger("lexp")
    if not made.handlers:
        handler = _handler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
        made.addHandler(handler)
        made.setLevel(logging.INFO)
        made.propagate = False  # nothing on the console of a spreadsheet's process
    return made


def _handler():
    from logging.handlers import RotatingFileHandler

    class Handler(RotatingFileHandler):
        """Never fails, also where two spreadsheets write to one file."""

        def handleError(self, record):
            """A line that cannot be written is lost."""

        def doRollover(self):
            """Turns the file over; Windows refuses that while another process has it open."""
            try:
                super().doRollover()
            except OSError:
                self.stream = self._open()
                if os.path.getsize(self.baseFilename) > UNTURNED:
                    self.stream.truncate(0)

        def emit(self, record):
            """Writes a line, in a folder that is made for the first one."""
            try:
                if self.stream is None:
                    os.makedirs(os.path.dirname(self.baseFilename), exist_ok=True)
            except OSError:
                return
            super().emit(record)

    return Handler(
        path(),
        maxBytes=LARGEST,
        backupCount=KEPT - 1,
        encoding="utf-8",
        delay=True,
        errors="backslashreplace",
    )


@lru_cache(REASONS_AT_HAND)
def log_reason(reason: str) -> None:
    """Writes down why a call was refused; not again as long as it is among the latest.

    A recalculation asks the same ten thousand cells again.
    """
    logger().info("%s", reason)


def log_fault(failure: BaseException) -> str:
    """Writes down a fault of the program with its traceback; says so in one line."""
    logger().error("a fault of the program", exc_info=failure)
    kind = type(failure).__name__
    return f"{kind}, a fault of the program and not of your input; the details are in {path()}"
