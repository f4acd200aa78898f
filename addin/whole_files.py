"""Files written whole or not at all, and why Windows or macOS would not let one be written."""

import errno
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from lexp_calc.errors import LexpError

# What Windows calls a file that another program has open.
SHARING_VIOLATION, LOCK_VIOLATION = 32, 33
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_whole(path: Path, content: bytes, work_folder: Path | None = None) -> None:
    """Writes a file in one step, over one that is there; a reader never sees a half.

    The half-written file lies in `work_folder`, on the same disk: Excel opens whatever it
    finds in its start folder, so that is no place for it.
    """
    target = Path(os.path.realpath(path))
    temporary = (work_folder or target.parent) / f".lexp-{secrets.token_hex(8)}.part"
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        with suppress(OSError):
            os.remove(temporary)


def unwritable(path: Path, failure: OSError) -> LexpError:
    """The refusal in words: open in Excel, no permission, disk full …"""
    where = os.fspath(path)
    if failure.errno in _DISK_FULL:
        return LexpError(where, "found the disk full", "to free some space would be right")
    winerror = getattr(failure, "winerror", None)
    if not isinstance(failure, PermissionError) and winerror not in (
        SHARING_VIOLATION,
        LOCK_VIOLATION,
    ):
        reason = failure.strerror or type(failure).__name__
        return LexpError(where, f"found that it cannot be written ({reason})", _ADVICE)
    found = "found it open in another program, or no permission to change it"
    expected = "close Excel (every window of it) and run this again"
    if sys.platform == "darwin":
        expected += (
            "; if that does not help, allow your terminal under System Settings, Privacy & "
            "Security, App Management and Full Disk Access"
        )
    return LexpError(where, found, expected)


_ADVICE = "a folder and file that you may write would be right"
