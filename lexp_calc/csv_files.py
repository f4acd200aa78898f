"""The text of a CSV file that a term sheet names: holidays, rates of an index, an ageing."""

from os.path import isfile
from pathlib import Path

from lexp_calc.errors import NotThere, OutOfRange, WrongKind, quoted

LARGEST_FILE = 1_000_000  # bytes


def csv_text(folder: Path, file: str, where: str = "file") -> str:
    """What stands in the file, whose path is relative to the term sheet's folder.

    Refused where there is no such file (at `where`, the term that names it), where it is
    too large, or no text in UTF-8.
    """
    path = folder / file
    if not isfile(path):  # also of a name that no file can have
        named = quoted(file).removeprefix("found ")
        raise NotThere(where, f"found no file {named}", "a CSV file would be right")
    if path.stat().st_size > LARGEST_FILE:
        found = f"found {path.stat().st_size:,} bytes"
        raise OutOfRange(path.name, found, f"at most {LARGEST_FILE:,} would be right")
    try:
        return path.read_text("utf-8-sig")
    except OSError as failure:
        found = f"found no way to read it ({failure.strerror})"
        raise NotThere(path.name, found, "a file that may be read would be right") from None
    except UnicodeDecodeError:
        found = "found a byte that is not UTF-8"
        raise WrongKind(path.name, found, "text in UTF-8 would be right") from None
