"""The term sheets that the arguments of a batch name: files, folders, patterns, built-in deals."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import escape, glob, has_magic
from os.path import isdir, isfile

from lexp_calc.errors import LexpError, NotThere
from lexp_calc.term_sheet import BUILT_IN_DEALS

LENDERS_KEYS = {"lender", "allow"}


@dataclass(frozen=True)
class TermSheetFile:
    """A term sheet as it was named, or as it was found in a folder or by a pattern."""

    name: str
    is_named: bool


def term_sheet_files(arguments: Iterable[str]) -> Iterator[TermSheetFile | LexpError]:
    """Each term sheet once, in the arguments' order; a problem in the place of an argument.

    A folder stands for the *.toml files directly in it, by name; a pattern (`deals/*.toml`,
    `deals/**/*.toml`) for the files that fit, by path. Hidden files belong to other programs.
    """
    seen = set()
    for argument in arguments:
        try:
            found = _named_by(os.fspath(argument))
        except LexpError as problem:
            yield problem
            continue
        for each in found:
            place = os.path.normcase(os.path.realpath(_file(each.name)))
            if place not in seen:
                seen.add(place)
                yield each


def _file(name: str) -> str:
    return str(BUILT_IN_DEALS / f"{name}.toml") if _is_built_in(name) else name


def _is_built_in(name: str) -> bool:
    return os.path.basename(name) == name and isfile(BUILT_IN_DEALS / f"{name}.toml")


def _named_by(argument: str) -> list[TermSheetFile]:
    if _is_built_in(argument):  # also beside a folder of that name
        return [TermSheetFile(argument, True)]
    if isdir(argument):
        return _all(argument, os.path.join(escape(argument), "*.toml"), "folder")
    if has_magic(argument) and not isfile(argument):
        return _all(argument, argument, "pattern")
    return [TermSheetFile(argument, True)]  # one that is missing is refused when it is read


def _all(argument: str, pattern: str, kind: str) -> list[TermSheetFile]:
    files = sorted(each for each in glob(pattern, recursive=True) if isfile(each))
    if not files:
        found, expected = {
            "folder": ("found no term sheet in this folder", "a folder with *.toml files"),
            "pattern": ("found no file of this pattern", "a pattern such as deals/*.toml"),
        }[kind]
        raise NotThere(argument, found, f"{expected} would be right")
    return [TermSheetFile(each, False) for each in files]


def is_of_lenders(tables: dict) -> bool:
    """Whether a file's tables are those of lenders, which may lie beside the term sheets."""
    return bool(tables) and tables.keys() <= LENDERS_KEYS
