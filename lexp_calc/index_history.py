"""Index rates that come with the product: the published history of the prime rate."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import lexp_calc.arguments as arguments
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.rates import INDICES
from lexp_calc.spelling import named
from lexp_calc.term_sheet import rates_from_csv
from lexp_calc.terms import read_day, read_rate

# The file of each index that may be published again; the others are licensed data.
HISTORIES = {"prime": Path(__file__).parent / "data" / "prime-h15.csv"}


@lru_cache(maxsize=len(HISTORIES))
def _history(index: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
    path = HISTORIES[index]
    table = rates_from_csv(path.read_text("utf-8"), path.name)
    return tuple(map(read_day, table)), tuple(map(read_rate, table.values()))


def index_rate(index: str, day: date) -> Decimal:
    """The rate of an index in force on a day, as a decimal a year: 0.04 for 4 %.

    Published by the Federal Reserve Board, H.15. An index without a history here, and a day
    before the first rate, are refused.
    """
    index = named(INDICES, index, "index")
    if index not in HISTORIES:
        known = ", ".join(f'"{each}"' for each in HISTORIES)
        found = f'found "{index}", whose rates are not with the product ({INDICES[index]})'
        raise NotThere("index", found, f"{known} would be right")
    dates, rates = _history(index)
    asked = arguments.day("date", day)
    position = bisect_right(dates, asked)
    if not position:
        raise OutOfRange("date", f"found {asked}", f"a date from {dates[0]} would be right")
    return rates[position - 1]
