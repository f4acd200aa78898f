"""What nobody knows at closing: index rates, elections, extensions, prepayments, collateral.

A value that can change over time is written flat (`prime = "4.00%"`) or by date
(`prime.2004-06-30 = "4.25%"`); both are kept as (from, value) in date order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from lexp_calc.errors import OutOfRange, WrongKind
from lexp_calc.rates import INDICES, IndexName, IndexPath
from lexp_calc.spelling import named
from lexp_calc.terms import (
    EARLIEST_DATE,
    Amount,
    Day,
    Identifier,
    PositiveAmount,
    Terms,
    YesOrNo,
    quoted,
    read_amount,
    read_day,
    read_leverage,
    read_rate,
    read_yes_or_no,
)

LARGEST_TABLE = 10_000  # rows of one dated table


@dataclass(frozen=True)
class ByDate:
    """The reader of a table keyed by date, or of one flat value that holds throughout."""

    read: Callable[[object], Any]
    flat_allowed: bool
    example: str

    def __call__(self, value: object) -> tuple[tuple[date, Any], ...]:
        """The values as (from, value) in date order; a flat one is dated from the beginning."""
        if isinstance(value, dict):
            if not value or len(value) > LARGEST_TABLE:
                expected = f"1 to {LARGEST_TABLE:,} dates would be right"
                raise OutOfRange("", f"found a table of {len(value):,} dates", expected)
            dated = {}
            for key, each in value.items():
                day = read_day(key)
                try:
                    dated[day] = self.read(each)
                except (WrongKind, OutOfRange) as problem:
                    raise problem.at(str(day), "") from None
            return tuple(sorted(dated.items()))
        if self.flat_allowed:
            return ((EARLIEST_DATE, self.read(value)),)
        expected = f"a table by date, such as {self.example}, would be right"
        raise WrongKind("", quoted(value), expected)


def _by_date(read: Callable[[object], Any], flat_allowed: bool, example: str) -> BeforeValidator:
    return BeforeValidator(ByDate(read, flat_allowed, example))


def _read_index(value: object) -> str:
    if not isinstance(value, str):
        raise WrongKind("", quoted(value), "the name of an index would be right")
    return named(INDICES, value, "")


def _read_move(value: object) -> Decimal:
    amount = read_amount(value)
    if amount <= 0:
        raise OutOfRange("", f"found {amount}", "an amount above 0 would be right")
    return amount


def _read_draw(value: object) -> Decimal:
    amount = read_amount(value)
    if amount == 0:
        raise OutOfRange("", "found 0", "an amount drawn, or repaid below zero, would be right")
    return amount


RatePath = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_rate, True, '2004-06-30 = "4.25%"')
]
Elections = Annotated[
    tuple[tuple[date, str], ...], _by_date(_read_index, True, '2004-06-30 = "prime"')
]
Prepayments = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(_read_move, False, "2005-02-01 = 500_000")
]
Draws = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(_read_draw, False, "2004-02-15 = 1_000_000")
]


LeverageByDate = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_leverage, True, "2004-06-30 = 3.25")
]
InDefault = Annotated[
    tuple[tuple[date, bool], ...], _by_date(read_yes_or_no, True, "2004-06-30 = true")
]


class Scenario(Terms):
    """One named set of inputs; the tables from `elect` to `letters_of_credit` are by tranche id.

    `leverage` moves a margin grid; `default` says from which dates on a tranche is in
    default, and no longer.

    A draw below zero is a repayment of the revolver. `collateral` is by class, then by
    line: "gross", and each ineligible that the borrowing base names.
    """

    inherits: Identifier | None = None
    as_of: Day | None = None
    index: dict[IndexName, RatePath] = Field(default_factory=dict)
    elect: dict[Identifier, Elections] = Field(default_factory=dict)
    leverage: dict[Identifier, LeverageByDate] = Field(default_factory=dict)
    default: dict[Identifier, InDefault] = Field(default_factory=dict)
    extend: dict[Identifier, YesOrNo] = Field(default_factory=dict)
    prepay: dict[Identifier, Prepayments] = Field(default_factory=dict)
    draw: dict[Identifier, Draws] = Field(default_factory=dict)
    collateral: dict[Identifier, dict[Identifier, dict[Identifier, Amount]]] = Field(
        default_factory=dict
    )
    reserves: dict[Identifier, Amount] = Field(default_factory=dict)
    letters_of_credit: dict[Identifier, Amount] = Field(default_factory=dict)
    share_price: PositiveAmount | None = None

    def index_path(self, index: str, first: date, last: date) -> IndexPath | None:
        """The index from `first` to `last`; None where the scenario knows no rate of it.

        A flat rate is dated from `first`: the closing, or the first day that is read.
        """
        steps = self.index.get(index)
        if steps is None:
            return None
        days = tuple(first if day == EARLIEST_DATE else day for day, _ in steps)
        return IndexPath(index, days, tuple(rate for _, rate in steps)).within(first, last)

    def is_extended(self, tranche_id: str) -> bool:
        """Whether the tranche's extension is exercised."""
        return self.extend.get(tranche_id, False)
