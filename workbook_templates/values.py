"""Values as a workbook may hold them: numbers, dates and safe text.

A sheet holds 15 significant digits, days from 1900, and text of at most 32,767
characters; what does not fit is refused here, before it can be cut, turned or repaired.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from lexp_calc.errors import OutOfRange, WrongKind

SIGNIFICANT_DIGITS = 15
LONGEST_TEXT = 32_767  # UTF-16 units

# Excel counts a 29 February 1900 that never was, so earlier days differ between programs.
FIRST_DAY = date(1900, 3, 1)
_DAY_ZERO = date(1899, 12, 30).toordinal()

# Control characters but for the line break; marks that turn the direction of writing and
# so can make text read otherwise than it is; half characters that no file can hold.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def number_text(value: int | Decimal | float, where: str = "number") -> str:
    """A number as the file spells it, without an exponent or needless zeros.

    int and Decimal are exact, so more than 15 significant digits are refused: the sheet
    would lose the rest. A float is what a sheet holds itself and is written in full.
    bool, NaN and infinity are refused.
    """
    if type(value) is int:
        text = str(value)
        if len(text) > SIGNIFICANT_DIGITS:
            _check_digits(text, where)
        return text
    if type(value) is Decimal:
        if not value.is_finite():
            raise _not_a_number(value, where)
        text = str(value)
        if "E" in text:
            text = format(value, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if len(text) > SIGNIFICANT_DIGITS:
            _check_digits(text, where)
        return "0" if text == "-0" else text
    # numpy's floats are floats too, and spell themselves in another way.
    if isinstance(value, float):
        if not isfinite(value):
            raise _not_a_number(value, where)
        text = float.__repr__(value)
        if text.endswith(".0"):
            return "0" if text == "-0.0" else text[:-2]
        return text
    raise WrongKind(
        where,
        f"found {value!r} ({type(value).__name__})",
        "an int, Decimal or float would be right",
    )


def _not_a_number(value, where: str) -> OutOfRange:
    return OutOfRange(where, f"found {value}", "a finite number would be right")


def _check_digits(text: str, where: str) -> None:
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    if "." not in text:
        digits = digits.rstrip("0")
    if len(digits) > SIGNIFICANT_DIGITS or len(text) > 300:
        raise OutOfRange(
            where,
            f"found {text if len(text) <= 40 else text[:40] + '...'}",
            f"at most {SIGNIFICANT_DIGITS} significant digits would be right",
        )


def date_serial(day: date, where: str = "date") -> int:
    """A date as a sheet counts it: days since 30 December 1899, from 1 March 1900 on."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise WrongKind(where, f"found {day!r}", "a date without a time of day would be right")
    if day < FIRST_DAY:
        raise OutOfRange(where, f"found {day:%Y-%m-%d}", f"{FIRST_DAY} or later would be right")
    return day.toordinal() - _DAY_ZERO


def safe_text(text: str, where: str = "text") -> str:
    """Text that a cell can show as it is; control and direction characters are refused."""
    if type(text) is not str:
        raise WrongKind(where, f"found {text!r}", "text would be right")
    unsafe = _UNSAFE.search(text)
    if unsafe:
        raise OutOfRange(
            where,
            f"found the character U+{ord(unsafe[0]):04X} at position {unsafe.start() + 1}",
            "text without control or direction characters would be right",
        )
    # A character outside the basic plane counts twice, so half the length is always safe.
    if 2 * len(text) > LONGEST_TEXT and len(text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        raise OutOfRange(
            where,
            f"found {len(text):,} characters",
            f"at most {LONGEST_TEXT:,} would be right",
        )
    return text
