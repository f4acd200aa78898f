"""What a term may be: the strict scalar types of a term sheet, and the base of every term type.

People write rates with the per-cent sign and dates in ISO form; amounts are whole
numbers or decimals. Everything else is refused with what would be right.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, CALENDARS, Calendar
from lexp_calc.day_count import day_count
from lexp_calc.errors import NotThere, OutOfRange, Problems, WrongKind, quoted
from lexp_calc.money import LARGEST_AMOUNT
from lexp_calc.spelling import named

EARLIEST_DATE = date(1900, 3, 1)  # before it, spreadsheets count days wrongly
LATEST_DATE = date(2199, 12, 31)
LARGEST_COUNT = 1200
SIGNIFICANT_DIGITS = 15
LARGEST_LEVERAGE = 1_000  # exclusive
LEVERAGE_DECIMALS = 6
LARGEST_VOLATILITY = Decimal(5)
RATE_DECIMALS = 8  # a rate is a whole number of millionths of a per cent
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
RESERVED_FILE_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)
}


def read_amount(value: object) -> Decimal:
    """An amount in currency units: a whole number, a decimal, or plain text of one."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        expected = "a Decimal or text such as 1250000.50 would be right"
        if not isinstance(value, float):
            expected = "an amount such as 1250000.50 would be right"
        raise WrongKind("", quoted(value), expected)
    if isinstance(value, str) and not PLAIN_NUMBER.fullmatch(value):
        raise WrongKind(
            "", quoted(value), "an amount without separators, such as 1250000.50, would be right"
        )
    amount = Decimal(value)
    if not amount.is_finite():
        raise OutOfRange("", quoted(value), "a finite amount would be right")
    if abs(amount) >= LARGEST_AMOUNT:
        raise OutOfRange("", quoted(value), "an amount below 10,000,000,000,000 would be right")
    if len("".join(map(str, amount.as_tuple().digits)).strip("0")) > SIGNIFICANT_DIGITS:
        expected = f"at most {SIGNIFICANT_DIGITS} significant digits, as a spreadsheet holds,"
        raise OutOfRange("", quoted(value), f"{expected} would be right")
    return amount


def not_negative(amount: Decimal) -> Decimal:
    """Refuses an amount below zero."""
    if amount < 0:
        raise OutOfRange("", f"found {amount}", "an amount of 0 or more would be right")
    return amount


def positive(amount: Decimal) -> Decimal:
    """Refuses an amount of zero or below."""
    if amount <= 0:
        raise OutOfRange("", f"found {amount}", "an amount above 0 would be right")
    return amount


def positive_rate(rate: Decimal) -> Decimal:
    """Refuses a rate of zero or below."""
    if rate <= 0:
        raise OutOfRange("", f"found {rate:%}", "a rate above 0% would be right")
    return rate


def not_negative_rate(rate: Decimal) -> Decimal:
    """Refuses a rate below zero."""
    if rate < 0:
        raise OutOfRange("", f"found {rate:%}", "a rate of 0% or more would be right")
    return rate


def whole(number: Decimal) -> Decimal:
    """Refuses a number that is broken, or not above zero."""
    if positive(number) != number.to_integral_value():
        raise OutOfRange("", f"found {number}", "a whole number would be right")
    return number


def read_rate(value: object) -> Decimal:
    """A rate written with its per-cent sign, as a decimal: "5.50%" is 0.055."""
    expected = "a rate between -100% and 100% would be right (not basis points)"
    return _read_per_cent(value, Decimal(1), expected)


def read_volatility(value: object) -> Decimal:
    """A volatility written with its per-cent sign: "35%" is 0.35; above 0%, at most 500%."""
    expected = f"a volatility above 0%, at most {LARGEST_VOLATILITY:%}, would be right"
    volatility = _read_per_cent(value, LARGEST_VOLATILITY, expected)
    if volatility <= 0:
        raise OutOfRange("", quoted(value), expected)
    return volatility


def read_share(value: object) -> Decimal:
    """A share written with its per-cent sign: "60%" is 0.6; above 0%, at most 100%."""
    expected = "a share above 0%, at most 100%, would be right"
    share = _read_per_cent(value, Decimal(1), expected)
    if share <= 0:
        raise OutOfRange("", quoted(value), expected)
    return share


def _read_per_cent(value: object, most: Decimal, out_of_range: str) -> Decimal:
    """Per cent as a decimal, refused where further from 0 than `most`."""
    if isinstance(value, str) and value.endswith("%") and PLAIN_NUMBER.fullmatch(value[:-1]):
        rate = Decimal(value[:-1]).scaleb(-2)
        if abs(rate) > most:
            raise OutOfRange("", quoted(value), out_of_range)
        if rate != round(rate, RATE_DECIMALS):
            raise OutOfRange("", quoted(value), "at most six decimals of a per cent would be right")
        return rate
    expected = 'a rate with its per-cent sign, such as "5.50%", would be right'
    is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    if is_number or (isinstance(value, str) and PLAIN_NUMBER.fullmatch(value)):
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
        if number.is_finite() and (number == 0 or Decimal("1e-8") <= abs(number) <= 100):
            # Below 1 it is taken for a decimal: 0.0825 for 8.25 per cent.
            is_decimal = 0 < abs(number) < 1
            per_cent = f"{(number * 100 if is_decimal else number).normalize():f}"
            as_typed = isinstance(value, str) and not is_decimal
            expected += f'; did you mean "{value if as_typed else per_cent}%"?'
    raise WrongKind("", quoted(value), expected)


def read_leverage(value: object) -> Decimal:
    """Debt over earnings as a plain number, such as 3.25; 0 or more, below 1,000."""
    expected = "a leverage such as 3.25 would be right"
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise WrongKind("", quoted(value), expected)
    if isinstance(value, str) and not PLAIN_NUMBER.fullmatch(value):
        raise WrongKind("", quoted(value), expected)
    leverage = Decimal(value)
    if not leverage.is_finite() or not 0 <= leverage < LARGEST_LEVERAGE:
        found, limits = quoted(value), f"from 0 to less than {LARGEST_LEVERAGE:,}"
        raise OutOfRange("", found, f"a leverage {limits}, such as 3.25, would be right")
    if leverage != round(leverage, LEVERAGE_DECIMALS):
        expected = f"at most {LEVERAGE_DECIMALS} decimals would be right"
        raise OutOfRange("", quoted(value), expected)
    return leverage


def read_day(value: object) -> date:
    """A calendar date, written as in ISO 8601: 2006-06-30."""
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise OutOfRange("", quoted(value), "a date that exists would be right") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise WrongKind(
            "", quoted(value), "a date without time, such as 2006-06-30, would be right"
        )
    if not EARLIEST_DATE <= value <= LATEST_DATE:
        raise OutOfRange(
            "", f"found {value}", f"a date from {EARLIEST_DATE} to {LATEST_DATE} would be right"
        )
    return value


TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
# Marks of direction, and what is no character, which a workbook refuses too.
UNSEEN_MARKS = "\u061c\u200e\u200f\ufffe\uffff"


def read_text(value: object, largest_bytes: int) -> str:
    """Text to be shown: no control characters, none that turn the writing direction."""
    if not isinstance(value, str):
        raise WrongKind("", quoted(value), "text would be right")
    for character in value:
        unseen = unicodedata.category(character) in ("Cc", "Cs") or character in UNSEEN_MARKS
        if unseen or unicodedata.bidirectional(character) in TURNING:
            raise OutOfRange(
                "",
                f"{quoted(value)} with the character U+{ord(character):04X}",
                "text without control or direction characters would be right",
            )
    if not value.strip():
        raise OutOfRange("", quoted(value), "text that is not empty would be right")
    if value != value.strip():
        raise OutOfRange("", quoted(value), "text without spaces at its ends would be right")
    if len(value.encode()) > largest_bytes:
        raise OutOfRange(
            "",
            f"{quoted(value)} of {len(value.encode()):,} bytes",
            f"at most {largest_bytes:,} bytes would be right",
        )
    return value


def read_name(value: object) -> str:
    """A name or title, of one line."""
    return read_text(value, 200)


def read_long_text(value: object) -> str:
    """A passage or a reason, still shorter than a spreadsheet's cell may be."""
    return read_text(value, 32_000)


def read_day_count(value: object) -> str:
    """The name of a day count convention."""
    return day_count(value, "").name


def read_identifier(value: object) -> str:
    """An id: it names files, sheets and scenario inputs, so a-z, 0-9 and hyphens alone."""
    expected = (
        "an id of a-z, 0-9 and single hyphens, a letter first, at most 40 long, would be right"
    )
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value) or len(value) > 40:
        raise WrongKind("", quoted(value), expected)
    if value in RESERVED_FILE_NAMES:
        raise OutOfRange("", f"{quoted(value)}, which names a device on Windows", expected)
    return value


def read_whole_number(value: object) -> int:
    """A count from 1 to 1,200."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongKind("", quoted(value), "a whole number would be right")
    if not 1 <= value <= LARGEST_COUNT:
        raise OutOfRange("", quoted(value), f"a number from 1 to {LARGEST_COUNT:,} would be right")
    return value


@dataclass(frozen=True)
class OneOf:
    """The reader of a term that is one of a few names."""

    names: tuple[str, ...]

    def __call__(self, value: object) -> str:
        """The name as it is spelled here; case does not matter."""
        if not isinstance(value, str):
            raise WrongKind("", quoted(value), "text would be right")
        return named(self.names, value, "")


def read_calendar(value: object) -> Calendar:
    """A calendar by its name, or one that was read from a file."""
    if isinstance(value, Calendar):
        return value
    try:
        return CALENDARS[OneOf(tuple(CALENDARS))(value)]
    except NotThere as unknown:
        expected = f"{unknown.expected}; or the path of a CSV file of holidays"
        raise NotThere("", unknown.found, expected) from None


def choice(*names: str) -> Any:
    """The type of a term that is one of a few names."""
    return Annotated[str, BeforeValidator(OneOf(names))]


def read_yes_or_no(value: object) -> bool:
    """true or false, as TOML writes them."""
    if not isinstance(value, bool):
        raise WrongKind("", quoted(value), "true or false would be right")
    return value


def dates_in_order(days: list[date], path: str) -> Iterator[tuple[str, str, str]]:
    """Dates of a list that do not follow the one before; `path` has the entry's number as {}."""
    for number, (before, after) in enumerate(pairwise(days), 2):
        if after <= before:
            found = f"{after} twice" if after == before else f"{after} after {before}"
            yield path.format(number), found, "dates once each, in order"


@dataclass(frozen=True)
class Unit:
    """What a number of a term means, where its Python type does not tell."""

    name: str


AMOUNT, RATE, NUMBER, PRICE = Unit("amount"), Unit("rate"), Unit("count"), Unit("price")
MULTIPLE = Unit("multiple")

Amount = Annotated[Decimal, BeforeValidator(read_amount), AfterValidator(not_negative), AMOUNT]
PositiveAmount = Annotated[Decimal, BeforeValidator(read_amount), AfterValidator(positive), AMOUNT]
Rate = Annotated[Decimal, BeforeValidator(read_rate), RATE]
PositiveRate = Annotated[Decimal, BeforeValidator(read_rate), AfterValidator(positive_rate), RATE]
ChargedRate = Annotated[
    Decimal, BeforeValidator(read_rate), AfterValidator(not_negative_rate), RATE
]
Volatility = Annotated[Decimal, BeforeValidator(read_volatility), RATE]
# What a lender holds of a tranche.
Share = Annotated[Decimal, BeforeValidator(read_share), RATE]
# A number of shares or warrants, and a price a share or for 1,000 of notes.
WholeUnits = Annotated[Decimal, BeforeValidator(read_amount), AfterValidator(whole), NUMBER]
UnitPrice = Annotated[Decimal, BeforeValidator(read_amount), AfterValidator(positive), PRICE]
# Debt over earnings, as a plain number such as 3.25.
Leverage = Annotated[Decimal, BeforeValidator(read_leverage), MULTIPLE]
Day = Annotated[date, BeforeValidator(read_day)]
Name = Annotated[str, BeforeValidator(read_name)]
LongText = Annotated[str, BeforeValidator(read_long_text)]
Identifier = Annotated[str, BeforeValidator(read_identifier)]
Count = Annotated[int, BeforeValidator(read_whole_number)]
YesOrNo = Annotated[bool, BeforeValidator(read_yes_or_no)]
DayCountName = Annotated[str, BeforeValidator(read_day_count)]
DealCalendar = Annotated[Any, BeforeValidator(read_calendar)]
BusinessDayName = choice(*BUSINESS_DAY_CONVENTIONS)


class Terms(BaseModel):
    """A group of terms: frozen, strict, no unknown keys.

    `source` names, by field, the passage of the document that states the term;
    `assumption` says, by field, why a term was taken that no document states.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    source: dict[str, str] = Field(default_factory=dict, repr=False)
    assumption: dict[str, LongText] = Field(default_factory=dict, repr=False)

    def contradictions(self) -> Iterator[tuple[str, object, str]]:
        """Terms that cannot both hold: (field to look at, what was found, what would be right)."""
        return iter(())

    @model_validator(mode="after")
    def _consistent(self):
        found = tuple(
            OutOfRange(field, f"found {found}", f"{expected} would be right")
            for field, found, expected in self.contradictions()
        )
        if found:
            raise Problems(found)
        return self
