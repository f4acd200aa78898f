"""Arguments of functions: numbers taken exactly or refused by the argument's name.

Rates are decimals here (0.055 for 5.5 per cent), frequencies payments a year. A binary
float counts as the shortest decimal number that it stands for; one that needs more than 15
digits, such as 0.1 + 0.2, has lost its last cent already and is refused.
"""

from datetime import date
from decimal import Decimal

from lexp_calc.errors import LexpError, OutOfRange, WrongKind, quoted
from lexp_calc.money import currency
from lexp_calc.regular_dates import FREQUENCIES, Frequency
from lexp_calc.terms import (
    LARGEST_COUNT,
    RATE_DECIMALS,
    SIGNIFICANT_DIGITS,
    not_negative,
    read_amount,
    read_day,
)

BY_PAYMENTS_A_YEAR: dict[int, Frequency] = {
    FREQUENCIES[name].payments_a_year: FREQUENCIES[name]
    for name in ("annual", "semiannual", "quarterly", "monthly")
}


def number(name: str, value: object) -> Decimal:
    """A finite number below 1e13 of at most 15 significant digits; text is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        expected = "a number" if not isinstance(value, str) else "a number, not text,"
        raise WrongKind(name, quoted(value), f"{expected} would be right")
    if isinstance(value, float):
        value = Decimal(repr(value))
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
    currency("USD").minor_units(read, name)
    return read


def positive_amount(name: str, value: object) -> Decimal:
    """An amount above 0 in currency units, to the cent."""
    read = amount(name, value)
    if not read:
        raise OutOfRange(name, "found 0", "an amount above 0 would be right")
    return read


def rate(name: str, value: object) -> Decimal:
    """A rate as a decimal, from -1 to 1."""
    read = number(name, value)
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


def whole_days(name: str, value: object) -> int:
    """A whole number of days, 0 or more."""
    read = number(name, value)
    if read != read.to_integral_value() or read < 0:
        raise OutOfRange(name, f"found {read}", "0 or more whole days would be right")
    return int(read)


def count(name: str, value: object) -> int:
    """A whole number from 1 to 1,200."""
    read = number(name, value)
    if read != read.to_integral_value() or not 1 <= read <= LARGEST_COUNT:
        expected = f"a whole number from 1 to {LARGEST_COUNT:,} would be right"
        raise OutOfRange(name, f"found {read}", expected)
    return int(read)


def frequency(name: str, value: object) -> Frequency:
    """The frequency of 1, 2, 4 or 12 payments a year."""
    read = number(name, value)
    if read not in BY_PAYMENTS_A_YEAR:
        expected = "1, 2, 4 or 12 payments a year would be right"
        raise OutOfRange(name, f"found {read}", expected)
    return BY_PAYMENTS_A_YEAR[int(read)]


def day(name: str, value: object) -> date:
    """A date from 1900-03-01 to 2199-12-31, or its ISO form."""
    try:
        return read_day(value)
    except LexpError as problem:
        raise problem.at(name, "") from None
