"""One sender for each outbox: a lock of the operating system, which ends with the process.

A process that is killed lets go of it by its death, so whoever holds the lock knows that nobody
else is sending, now or still. The file is never removed: another process may wait at it.
"""

import os
from pathlib import Path

from lexp_batch.system_lock import is_locked_now
from lexp_calc.errors import LexpError, OutOfRange


class SenderLock:
    """Held from `with` on until its end; OutOfRange where another process holds it."""

    def __init__(self, outbox: Path):
        outbox = outbox.resolve()  # one lock, by whatever name or link the outbox is called
        self.path = outbox.with_name(f"{outbox.name}.lock")
        self._file = None

    def __enter__(self) -> "SenderLock":
        try:
            number = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as failure:
            found = f"found no way to open it ({failure.strerror or failure})"
            raise LexpError(str(self.path), found, "a folder to write in would be right") from None
        self._file = os.fdopen(number, "r+b", buffering=0)
        try:
            is_ours = is_locked_now(self._file)
        except OSError as failure:
            self._file.close()
            found = f"found no way to lock it ({failure.strerror or failure})"
            raise LexpError(
                str(self.path), found, "a folder on a local disk would be right"
            ) from None
        if not is_ours:
            found = f"found another sender at work (process {self._holder()})"
            self._file.close()
            expected = "to wait until it has ended would be right"
            raise OutOfRange(str(self.path), found, expected)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"\n{os.getpid()}\n".encode())
        return self

    def __exit__(self, *_) -> None:
        self._file.close()

    def _holder(self) -> str:
        """The number that the holder wrote."""
        try:
            self._file.seek(1)
            return self._file.read(20).decode("ascii", "replace").strip() or "unknown"
        except OSError:
            return "unknown"
