"""Arguments of functions: values taken exactly or refused by the argument's name.

Rates are decimals here (0.055 for 5.5 per cent), frequencies payments a year. A binary
float counts as the shortest decimal number that it stands for; an amount that needs more
than 15 digits, such as 0.1 + 0.2, has lost its last cent already and is refused.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lexp_calc.calendars import Calendar
from lexp_calc.csv_files import csv_text
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, quoted
from lexp_calc.holiday_file import calendar_from_csv
from lexp_calc.money import CENTS, LARGEST_AMOUNT
from lexp_calc.regular_dates import FREQUENCIES, Frequency
from lexp_calc.terms import (
    LARGEST_COUNT,
    RATE_DECIMALS,
    SIGNIFICANT_DIGITS,
    not_negative,
    read_amount,
    read_calendar,
    read_day,
)

LARGEST = f"{LARGEST_AMOUNT:,.0f}"
LARGEST_VOLATILITY = 5
MOST_DECIMALS = 400  # what the smallest binary float needs
# What a spreadsheet shows where a cell has no value.
ERROR_VALUES = ("#N/A", "#VALUE!", "#REF!", "#NUM!", "#DIV/0!", "#NAME?", "#NULL!")
BY_PAYMENTS_A_YEAR: dict[int, Frequency] = {
    FREQUENCIES[name].payments_a_year: FREQUENCIES[name]
    for name in ("annual", "semiannual", "quarterly", "monthly")
}


def below_limit(name: str, result: Any) -> Any:
    """A result below 1e13; a larger one is refused by the argument that made it so."""
    if abs(result) >= LARGEST_AMOUNT:
        expected = f"a value that gives less than {LARGEST} would be right"
        raise OutOfRange(name, "found a value that gives a result over the limit", expected)
    return result


def is_blank(value: object) -> bool:
    """Whether a cell is empty."""
    return value is None or (isinstance(value, str) and not value.strip())


def wrong_kind(name: str, value: object, expected: str) -> WrongKind:
    """The refusal of a value of another kind; a blank and an error cell are called so."""
    found = quoted(value)
    if is_blank(value):
        found = "found nothing (a blank)"
    elif isinstance(value, str) and value in ERROR_VALUES:
        found = f"found the error {value}"
    elif isinstance(value, str):
        expected = expected.replace(" would", ", not text, would", 1)
    return WrongKind(name, found, expected)


def shortest_decimal(value: float) -> Decimal:
    """The shortest decimal number that a binary float stands for."""
    return Decimal(repr(float(value)))  # float(): numpy's floats write their type into repr


def exact(name: str, value: object) -> Decimal:
    """A finite number below 1e13 with all the digits it has; text is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise wrong_kind(name, value, "a number would be right")
    if isinstance(value, float):
        value = shortest_decimal(value)
    elif isinstance(value, int):
        if abs(value) >= LARGEST_AMOUNT:
            raise OutOfRange(name, quoted(value), f"a number below {LARGEST} would be right")
        value = Decimal(value)
    if not value.is_finite():
        raise OutOfRange(name, quoted(value), "a finite number would be right")
    if value and value.adjusted() >= LARGEST_AMOUNT.adjusted():
        raise OutOfRange(name, quoted(value), f"a number below {LARGEST} would be right")
    if value.as_tuple().exponent < -MOST_DECIMALS:
        found = f"found a number of more than {MOST_DECIMALS} decimals"
        raise OutOfRange(name, found, "a shorter one would be right")
    return value


def number(name: str, value: object) -> Decimal:
    """A finite number below 1e13 of at most 15 significant digits; text is none."""
    exact(name, value)
    if isinstance(value, float):
        value = shortest_decimal(value)
        if value.is_finite() and len(value.normalize().as_tuple().digits) > SIGNIFICANT_DIGITS:
            raise OutOfRange(
                name,
                f"found the binary number {value}",
                f"a Decimal, or a number of at most {SIGNIFICANT_DIGITS} digits, would be right",
            )
    try:
        return read_amount(value)
    except LexpError as problem:
        raise problem.at(name, "") from None


def amount(name: str, value: object) -> Decimal:
    """An amount of 0 or more in currency units, to the cent."""
    read = number(name, value)
    try:
        not_negative(read)
    except LexpError as problem:
        raise problem.at(name, "") from None
    CENTS.minor_units(read, name)
    return read


def signed_amount(name: str, value: object) -> Decimal:
    """An amount of either sign in currency units, to the cent."""
    read = number(name, value)
    CENTS.minor_units(read, name)
    return read


def positive_amount(name: str, value: object) -> Decimal:
    """An amount above 0 in currency units, to the cent."""
    read = amount(name, value)
    if not read:
        raise OutOfRange(name, "found 0", "an amount above 0 would be right")
    return read


def rate(name: str, value: object) -> Decimal:
    """A rate as a decimal, from -1 to 1."""
    read = exact(name, value)
    if abs(read) > 1:
        expected = "a decimal from -1 to 1, such as 0.055 for 5.5 per cent, would be right"
        raise OutOfRange(name, f"found {read}", expected)
    return read


def fee_rate(name: str, value: object) -> Decimal:
    """A rate as a decimal, from 0 to 1."""
    read = rate(name, value)
    if read < 0:
        raise OutOfRange(name, f"found {read}", "a rate of 0 or more would be right")
    return read


def share(name: str, value: object) -> Decimal:
    """A share as a decimal from 0 to 1, of at most eight decimals as in a term sheet."""
    read = number(name, value)
    if not 0 <= read <= 1:
        raise OutOfRange(name, f"found {read}", "a share from 0 to 1 would be right")
    if read != round(read, RATE_DECIMALS):
        expected = f"at most {RATE_DECIMALS} decimals would be right"
        raise OutOfRange(name, f"found {read}", expected)
    return read


def _whole(name: str, value: object, expected: str) -> int:
    read = number(name, value)
    if read != read.to_integral_value() or read < 0:
        raise OutOfRange(name, f"found {read}", expected)
    return int(read)


def whole_days(name: str, value: object) -> int:
    """A whole number of days, 0 or more."""
    return _whole(name, value, "0 or more whole days would be right")


def count(name: str, value: object) -> int:
    """A whole number from 1 to 1,200."""
    expected = f"a whole number from 1 to {LARGEST_COUNT:,} would be right"
    read = _whole(name, value, expected)
    if not 1 <= read <= LARGEST_COUNT:
        raise OutOfRange(name, f"found {read}", expected)
    return read


def frequency(name: str, value: object) -> Frequency:
    """The frequency of 1, 2, 4 or 12 payments a year."""
    read = number(name, value)
    if read not in BY_PAYMENTS_A_YEAR:
        expected = "1, 2, 4 or 12 payments a year would be right"
        raise OutOfRange(name, f"found {read}", expected)
    return BY_PAYMENTS_A_YEAR[int(read)]


def ratio(name: str, value: object) -> Decimal:
    """A number of 0 or more with all its digits."""
    read = exact(name, value)
    if read < 0:
        raise OutOfRange(name, f"found {read}", "a number of 0 or more would be right")
    return read


def units(name: str, value: object) -> int:
    """A whole number of shares or warrants, 0 or more."""
    return _whole(name, value, "a whole number of 0 or more would be right")


def whole_units(name: str, value: object) -> int:
    """A whole number of shares or warrants, 1 or more."""
    read = units(name, value)
    if not read:
        raise OutOfRange(name, "found 0", "a whole number of 1 or more would be right")
    return read


def unit_price(name: str, value: object) -> Decimal:
    """A price of one share, 0 or more, in currency units; it may have parts of a cent."""
    read = number(name, value)
    if read < 0:
        raise OutOfRange(name, f"found {read}", "a price of 0 or more would be right")
    return read


def strike(name: str, value: object) -> Decimal:
    """A price of one share above 0, in currency units."""
    read = unit_price(name, value)
    if not read:
        raise OutOfRange(name, "found 0", "a price above 0 would be right")
    return read


def real(name: str, value: object) -> float:
    """A finite number below 1e13, as a binary float."""
    return float(exact(name, value))


def positive_real(name: str, value: object) -> float:
    """A number above 0, as a binary float."""
    read = real(name, value)
    if read <= 0:
        raise OutOfRange(name, f"found {value}", "a number above 0 would be right")
    return read


def real_price(name: str, value: object) -> float:
    """A price of 0 or more, as a binary float."""
    read = real(name, value)
    if read < 0:
        raise OutOfRange(name, f"found {value}", "a price of 0 or more would be right")
    return read


def real_rate(name: str, value: object) -> float:
    """A rate or yield as a decimal from -1 to 1, as a binary float."""
    return float(rate(name, value))


def dividend_yield(name: str, value: object) -> float:
    """A dividend yield as a decimal from 0 to 1, as a binary float."""
    return float(fee_rate(name, value))


def volatility(name: str, value: object) -> float:
    """A volatility as a decimal a year from 0 to 5, as a binary float."""
    read = real(name, value)
    if not 0 <= read <= LARGEST_VOLATILITY:
        expected = f"a decimal from 0 to {LARGEST_VOLATILITY}, such as 0.45 for 45 per cent,"
        raise OutOfRange(name, f"found {value}", f"{expected} would be right")
    return read


def text(name: str, value: object) -> str:
    """Text that is not empty, and no error of a spreadsheet."""
    if not isinstance(value, str) or is_blank(value) or value in ERROR_VALUES:
        raise wrong_kind(name, value, "text would be right")
    return value


def yes_or_no(name: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong_kind(name, value, "true or false would be right")
    return value


def calendar(name: str, value: object) -> Calendar:
    """A calendar by its name, or that of a file of holidays."""
    try:
        return read_calendar(value if isinstance(value, Calendar) else text(name, value))
    except NotThere as unknown:
        if not str(value).casefold().endswith(".csv"):
            raise unknown.at(name, "") from None
    except LexpError as problem:
        raise problem.at(name, "") if not problem.where else problem from None
    try:
        return calendar_from_csv(csv_text(Path(), str(value)), Path(str(value)).name)
    except LexpError as problem:
        raise problem.at(name) from None


def day(name: str, value: object) -> date:
    """A date from 1900-03-01 to 2199-12-31, or its ISO form."""
    if is_blank(value) or value in ERROR_VALUES:
        raise wrong_kind(name, value, "a date such as 2006-06-30 would be right")
    try:
        return read_day(value)
    except LexpError as problem:
        raise problem.at(name, "") from None
