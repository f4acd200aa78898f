"""Replacing a file whole or not at all."""

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from os import PathLike

from lexp_calc.errors import LexpError

# What a write that was killed may leave; whoever owns the folder may sweep it.
TEMPORARY = ".lexp-{}.part"

_ADVICE = {
    errno.ENOSPC: ("the disk is full", "free some space or choose another folder"),
    errno.EDQUOT: ("the disk quota is used up", "free some space or choose another folder"),
    errno.EFBIG: ("the file is larger than allowed here", "choose another folder"),
    errno.EROFS: ("the disk is read-only", "choose another folder"),
    errno.ENOENT: ("the folder is not there", "make the folder or choose another"),
    errno.ENOTDIR: ("a part of the path is a file", "choose another folder"),
    errno.EISDIR: ("it is a folder", "give the name of a file"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter name"),
}
_REFUSED = (
    "no permission to write, or the file is open in another program",
    "close it there, or choose another folder or name",
)


def replace_file(
    path: str | PathLike, content: bytes, before_renaming: Callable[[], None] | None = None
) -> None:
    """Writes `content` under `path`, over a file that is there; on failure that one stays.

    Written beside it first, forced to the disk, then renamed, which is one step: a reader
    or a power cut finds the old file or the new one, never a half. A LexpError names the
    file and says what to do. `before_renaming` may refuse, by an exception, when all is
    written and the old file still stands.
    """
    target = os.path.realpath(path)  # a link stays a link
    temporary = os.path.join(os.path.dirname(target), TEMPORARY.format(secrets.token_hex(8)))
    try:
        if os.path.isdir(target):  # Windows would call this a missing permission
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if before_renaming is not None:
            before_renaming()
        os.replace(temporary, target)
    except OSError as problem:
        found, expected = _ADVICE.get(problem.errno, _REFUSED)
        if problem.errno not in _ADVICE and not isinstance(problem, PermissionError):
            found = f"it cannot be written ({problem.strerror})"
        raise LexpError(os.fspath(path), found, expected) from problem
    finally:
        # Gone already after the renaming; one that a virus scanner still holds is left.
        with suppress(OSError):
            os.remove(temporary)
