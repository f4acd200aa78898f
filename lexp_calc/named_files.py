"""The files that a term sheet names: rates, holidays, ageings, lenders."""

from collections.abc import Iterator
from os.path import isfile
from pathlib import Path

LONGEST_PATH = 4096  # characters


def files_named(tables: dict, folder: Path) -> tuple[str, ...]:
    """Each text of a term sheet's tables that names a file, relative to its folder; each once.

    A text that happens to be the name of a file counts too: better one file too many.
    """
    return tuple(each for each in dict.fromkeys(_texts(tables)) if isfile(folder / each))


def _texts(value: object) -> Iterator[str]:
    """Every text in nested tables and lists that may be a path."""
    if isinstance(value, str) and 0 < len(value) <= LONGEST_PATH:
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
