"""Deals and their projections, kept between calls: a sheet of cells asks for the same one often.

A deal is kept by the path of its term sheet and of the files that the term sheet names
(rates, holidays, ageings), each by its size and the time of its last change: what has changed
is read anew. No more than a few are kept.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

import lexp_calc.arguments as arguments
from lexp_calc.deal import Deal, Projection, project
from lexp_calc.errors import LexpError, NotThere
from lexp_calc.kinds import TEXT, Kind
from lexp_calc.named_files import files_named
from lexp_calc.spelling import named
from lexp_calc.term_sheet import read_term_sheet, term_sheet_path
from lexp_calc.toml_files import read_tables

MOST_DEALS = 16
MOST_PROJECTIONS = 32

# The arguments that name a deal and one of its scenarios.
DealName = Annotated[str, Kind('path of a term sheet, or "lexp-2003"', TEXT, arguments.text)]
ScenarioName = Annotated[str, Kind("scenario of the deal", TEXT, arguments.text)]

Result = TypeVar("Result")
Stamp = tuple[str, int, int, int]  # path, size, time of change, place on the disk


def deal_named(deal: str) -> Deal:
    """The deal of a term sheet's path, or a built-in one by its id; refused as `deal`."""
    return _deal(_stamps(deal))


def projection_of(deal: str, scenario: str | None = None) -> Projection:
    """A deal's projection under one of its scenarios, the default one if none is named.

    Refused as `deal` where the term sheet is missing or broken, as `scenario` where there is
    none of that name or it lacks what the projection needs.
    """
    return worked_out_of(deal, scenario, _itself)


def _itself(projection: Projection) -> Projection:
    return projection


def worked_out_of(deal: str, scenario: str | None, work: Callable[[Projection], Result]) -> Result:
    """What `work` makes of the projection, kept beside it; refused as `projection_of`."""
    stamps = _stamps(deal)
    known = _deal(stamps)
    name = named(known.scenario, scenario or known.default_scenario, "scenario")
    try:
        return _worked_out(stamps, name, work)
    except LexpError as problem:
        raise problem.at("scenario" if scenario else "deal") from None


def _stamps(deal: str) -> tuple[Stamp, ...]:
    """The term sheet and the files that it names, each as it is now."""
    try:
        path = term_sheet_path(deal)
        own = _stamp(path)
        return own, *map(_stamp, _files_named(own))
    except LexpError as problem:
        raise problem.at("deal") from None


def _stamp(path: Path) -> Stamp:
    try:
        state = path.stat()
    except OSError as failure:
        found = f"found no way to read it ({failure.strerror})"
        raise NotThere(str(path), found, "a file that may be read would be right") from None
    return str(path.absolute()), state.st_size, state.st_mtime_ns, state.st_ino


@lru_cache(MOST_DEALS)
def _files_named(term_sheet: Stamp) -> tuple[Path, ...]:
    path = Path(term_sheet[0])
    try:
        tables = read_tables(path)
    except LexpError as problem:
        raise problem.at(str(path)) from None
    return tuple(path.parent / each for each in files_named(tables, path.parent))


@lru_cache(MOST_DEALS)
def _deal(stamps: tuple[Stamp, ...]) -> Deal:
    try:
        return read_term_sheet(stamps[0][0])
    except LexpError as problem:
        # A file that it names may be missing, and there at the next call: then it has a stamp.
        _files_named.cache_clear()
        raise problem.at("deal") from None


@lru_cache(MOST_PROJECTIONS)
def _worked_out(stamps: tuple[Stamp, ...], scenario: str, work: Callable) -> object:
    return work(_projection(stamps, scenario))


@lru_cache(MOST_PROJECTIONS)
def _projection(stamps: tuple[Stamp, ...], scenario: str) -> Projection:
    return project(_deal(stamps), scenario)
