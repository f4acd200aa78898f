"""A lock of the operating system on an open file, which ends with the process that holds it."""

import os

FAR = 1 << 30  # Windows locks bytes against readers too: one beyond the text

if os.name == "nt":
    import msvcrt

    def is_locked_now(file) -> bool:
        """Locks it; False where another holds it, OSError where it cannot be locked at all."""
        file.seek(FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def is_locked_now(file) -> bool:
        """Locks it; False where another holds it, OSError where it cannot be locked at all."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
