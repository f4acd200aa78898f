"""A fact: one derived figure with its derivation in words, and the printed figure beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.term_list import passage_stating
from lexp_calc.terms import Terms

RATE, COUNT, DAYS, DATE, TEXT = "rate", "count", "days", "date", "text"
TIMES = "times"  # a ratio
ASSUMPTION = "assumption"
AS_PRINTED = Decimal("0.000001")  # ratios and prices are shown to six decimals


@dataclass(frozen=True)
class Fact:
    """One figure of a deal.

    `unit` is the deal's currency ("USD", "USD a share", "USD per 1,000") or one of rate
    (a decimal), count, days, date, text, times. `printed` is the figure in the source, where it
    prints one, and `difference` is printed less value. `source` is the id of the passage
    that states the terms, or "assumption".
    """

    id: str
    group: str
    figure: str
    value: Decimal | int | date | str
    unit: str
    derivation: str
    printed: Decimal | int | date | None = None
    difference: Decimal | int | None = None
    source: str = ASSUMPTION


def source_of(terms: Terms, *paths: str) -> str:
    """The passage that states the first of these terms that has one; else "assumption"."""
    stated = (passage_stating(terms, path) for path in paths)
    return next((passage for passage in stated if passage), ASSUMPTION)
