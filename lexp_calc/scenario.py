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
    Rate,
    Terms,
    Volatility,
    YesOrNo,
    not_negative,
    quoted,
    read_amount,
    read_day,
    read_identifier,
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


def read_index(value: object) -> str:
    """The name of an index."""
    if not isinstance(value, str):
        raise WrongKind("", quoted(value), "the name of an index would be right")
    return named(INDICES, value, "")


def read_move(value: object) -> Decimal:
    """What is prepaid or redeemed: above 0."""
    amount = read_amount(value)
    if amount <= 0:
        raise OutOfRange("", f"found {amount}", "an amount above 0 would be right")
    return amount


def read_draw(value: object) -> Decimal:
    """What is drawn; below zero, what is repaid."""
    amount = read_amount(value)
    if amount == 0:
        raise OutOfRange("", "found 0", "an amount drawn, or repaid below zero, would be right")
    return amount


def read_outstanding(value: object) -> Decimal:
    """What is outstanding: 0 or more."""
    return not_negative(read_amount(value))


RatePath = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_rate, True, '2004-06-30 = "4.25%"')
]
Elections = Annotated[
    tuple[tuple[date, str], ...], _by_date(read_index, True, '2004-06-30 = "prime"')
]
Prepayments = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_move, False, "2005-02-01 = 500_000")
]
Amounts = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_amount, False, "2026-03-31 = 4_000_000")
]
Shares = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_rate, True, '2026-01-15 = "50%"')
]
Draws = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_draw, False, "2004-02-15 = 1_000_000")
]
AmountPath = Annotated[
    tuple[tuple[date, Decimal], ...],
    _by_date(read_outstanding, True, "2004-02-15 = 1_000_000"),
]
TOTAL_RESERVE = "total"  # the id of an amount that stands for all reserves


def read_reserves(value: object) -> dict[str, Decimal]:
    """Reserves by their ids, or one amount for all."""
    if not isinstance(value, dict):
        return {TOTAL_RESERVE: not_negative(read_amount(value))}
    reserves = {}
    for key, each in value.items():
        try:
            reserves[read_identifier(key)] = not_negative(read_amount(each))
        except (WrongKind, OutOfRange) as problem:
            raise problem.at(str(key), "") from None
    return reserves


Reserves = Annotated[dict[str, Decimal], BeforeValidator(read_reserves)]


def amount_on(path: tuple[tuple[date, Decimal], ...], day: date) -> Decimal:
    """What is outstanding on a day of amounts that each hold from their date on; first nothing."""
    held = [amount for since, amount in path if since <= day]
    return held[-1] if held else Decimal(0)


LeverageByDate = Annotated[
    tuple[tuple[date, Decimal], ...], _by_date(read_leverage, True, "2004-06-30 = 3.25")
]
InDefault = Annotated[
    tuple[tuple[date, bool], ...], _by_date(read_yes_or_no, True, "2004-06-30 = true")
]


class Scenario(Terms):
    """One named set of inputs; the tables from `elect` to `pay_in_kind` are by tranche id.

    `leverage` moves a margin grid; `default` says from which dates on a tranche is in
    default, and no longer.

    A draw below zero is a repayment of the revolver. `collateral` is by class, then by
    line: "gross", and each ineligible that the borrowing base names. `reserves` is one
    amount, or by the ids that the revolver names. `letters_of_credit` is what is
    outstanding, flat or from each date on. `appraisal` is a class's net orderly liquidation
    value by a later appraisal than the contract's. `earnings` are those of the twelve months
    up to a date, as the covenants mean them. `volatility` is the share's, a year, and
    `riskless_rate` is compounded continuously: with the share price, for the warrants' value.
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
    appraisal: dict[Identifier, dict[Identifier, Rate]] = Field(default_factory=dict)
    reserves: dict[Identifier, Reserves] = Field(default_factory=dict)
    letters_of_credit: dict[Identifier, AmountPath] = Field(default_factory=dict)
    pay_in_kind: dict[Identifier, Shares] = Field(default_factory=dict)
    excess_cash: Amounts = ()
    earnings: Amounts = ()
    treasury_yield: RatePath = ()
    share_price: PositiveAmount | None = None
    volatility: Volatility | None = None
    riskless_rate: Rate | None = None

    def index_path(self, index: str, first: date, last: date) -> IndexPath | None:
        """The index from `first` to `last`; None where the scenario knows no rate of it.

        A flat rate is dated from `first`: the closing, or the first day that is read.
        """
        steps = self.index.get(index)
        if steps is None:
            return None
        days = tuple(first if day == EARLIEST_DATE else day for day, _ in steps)
        return IndexPath(index, days, tuple(rate for _, rate in steps)).within(first, last)

    def letters_of_credit_path(
        self, tranche_id: str, closing: date
    ) -> tuple[tuple[date, Decimal], ...]:
        """Letters of credit outstanding from each date on; a flat amount is dated from closing."""
        steps = self.letters_of_credit.get(tranche_id, ())
        return tuple((closing if day == EARLIEST_DATE else day, amount) for day, amount in steps)

    def is_extended(self, tranche_id: str) -> bool:
        """Whether the tranche's extension is exercised."""
        return self.extend.get(tranche_id, False)
