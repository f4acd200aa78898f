"""Large amounts in charts: in which unit an axis counts, and how a title says a sum."""

from decimal import Decimal
from typing import NamedTuple


class Scale(NamedTuple):
    """A unit: its word, its divisor, and the format of a chart's axis in it."""

    word: str
    divisor: int
    axis_format: str

    def said(self, amount: Decimal) -> str:
        """An amount in words: 4.8 million."""
        return f"{amount / self.divisor:,.1f} {self.word}"

    def axis(self, currency: str) -> str:
        """The title of a money axis."""
        return f"{currency} {self.word}"


THOUSANDS = Scale("thousand", 1_000, "thousands")
MILLIONS = Scale("million", 1_000_000, "millions")
BILLIONS = Scale("billion", 1_000_000_000, "billions")


def scale_for(largest: Decimal) -> Scale:
    """The unit in which the largest amount has one to five digits before its point."""
    if largest < MILLIONS.divisor:
        return THOUSANDS
    return MILLIONS if largest < 10 * BILLIONS.divisor else BILLIONS
