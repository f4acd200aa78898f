"""Index rates that come with the product: the published history of the prime rate."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import lexp_calc.kinds as kinds
from lexp_calc.errors import NotThere
from lexp_calc.rates import INDICES
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.term_sheet import rates_from_csv
from lexp_calc.terms import read_day, read_rate


@dataclass(frozen=True)
class History:
    """The changes of an index, by file, and the last day to which the file was checked.

    A rate holds until the next change; after `last` there may be changes that the file lacks.
    """

    path: Path
    last: date


# The history of each index that may be published again; the others are licensed data.
HISTORIES = {"prime": History(Path(__file__).parent / "data" / "prime-h15.csv", date(2010, 12, 31))}


@lru_cache(maxsize=len(HISTORIES))
def _changes(index: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
    path = HISTORIES[index].path
    table = rates_from_csv(path.read_text("utf-8"), path.name)
    return tuple(map(read_day, table)), tuple(map(read_rate, table.values()))


@spreadsheet_function
def index(index: kinds.Index, date: kinds.Day) -> kinds.RateResult:
    """The rate of an index in force on a day, as a decimal a year: 0.04 for 4 %.

    Published by the Federal Reserve Board, H.15. An index without a history here, and a day
    before the first rate or after the last day that the history covers, are refused.
    """
    if index not in HISTORIES:
        known = ", ".join(f'"{each}"' for each in HISTORIES)
        found = f'found "{index}", whose rates are not with the product ({INDICES[index]})'
        raise NotThere("index", found, f"{known} would be right")
    dates, rates = _changes(index)
    last = HISTORIES[index].last
    if not dates[0] <= date <= last:
        expected = f"a date from {dates[0]} to {last}, which the history covers, would be right"
        raise NotThere("date", f"found {date}", expected)
    return rates[bisect_right(dates, date) - 1]
