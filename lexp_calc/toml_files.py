"""A file in TOML read into tables: its decimals exact, its size and nesting within limits."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, printable

LARGEST_FILE = 1_000_000  # bytes
DEEPEST_NESTING = 20
LARGEST_NUMBER = 10**80  # Python cannot show much larger ones
TERM_SHEET = "a term sheet"


def read_tables(path: Path, what: str = TERM_SHEET) -> dict:
    """The tables of a TOML file, with decimals exact; `what` it should be stands in messages."""
    if path.suffix.casefold() in (".xlsx", ".xls"):
        expected = f"{what} in TOML would be right; as workbooks they are not there yet"
        raise WrongKind("file", f'found the ending "{path.suffix}"', expected)
    try:
        content = path.read_bytes()
    except OSError as failure:
        found = f"found no way to read it ({failure.strerror})"
        raise NotThere("file", found, "a file that may be read would be right") from None
    if len(content) > LARGEST_FILE:
        raise OutOfRange(
            "file", f"found {len(content):,} bytes", "at most 1,000,000 would be right"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        found = f"found a byte that is not UTF-8 at position {failure.start:,}"
        raise WrongKind("file", found, "text in UTF-8 would be right") from None
    if not text.strip():
        raise WrongKind("file", "found an empty file", f"{what} in TOML would be right")
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except ValueError as failure:  # also a whole number of more than 4,300 digits
        raise WrongKind("file", _not_toml(failure, text), "TOML would be right") from None
    except RecursionError:
        raise nested_too_deeply(what) from None
    level = [tables]
    for _ in range(DEEPEST_NESTING):
        inner = [each.values() if isinstance(each, dict) else each for each in level]
        values = [each for table in inner for each in table]
        if any(isinstance(each, int) and abs(each) >= LARGEST_NUMBER for each in values):
            found = "found a number of more than 80 digits"
            raise OutOfRange("file", found, "an amount below 10,000,000,000,000 would be right")
        level = [each for each in values if isinstance(each, (dict, list))]
    if level:
        raise nested_too_deeply(what)
    return tables


def nested_too_deeply(what: str = TERM_SHEET) -> LexpError:
    """Tables within tables beyond what any term sheet needs."""
    found = "found tables nested too deeply"
    return WrongKind("file", found, f"the tables of {what} would be right")


def _not_toml(failure: tomllib.TOMLDecodeError, text: str) -> str:
    """What the reader of TOML says, with the line that it stopped at."""
    said = str(failure)
    place = re.search(r"at line (\d+)", said)
    line = text.splitlines()[int(place[1]) - 1].strip() if place else ""
    return f"found {said[:1].lower()}{said[1:]}" + (f': "{printable(line[:80])}"' if line else "")
