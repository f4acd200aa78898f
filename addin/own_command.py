"""The command `lexp` run by the add-in's ribbon: what it said, without a window of its own."""

import subprocess
import sys
from dataclasses import dataclass

from lexp_calc.errors import LexpError

TIME_LIMIT = 900.0  # seconds


@dataclass(frozen=True)
class Said:
    """What a command answered: its lines on either stream, and whether it did all of it."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]
    did_all: bool


def run_lexp(*arguments: str) -> Said:
    """Runs `lexp` with these arguments under this Python."""
    command = [sys.executable, "-m", "lexp_batch", *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        found = f"found no end after {TIME_LIMIT / 60:.0f} minutes"
        expected = "to run it in a command prompt would be right"
        raise LexpError(f"lexp {arguments[0]}", found, expected) from None
    return Said(_lines(done.stdout), _lines(done.stderr), done.returncode == 0)


def _lines(content: bytes) -> tuple[str, ...]:
    return tuple(filter(None, content.decode("utf-8", "replace").splitlines()))
