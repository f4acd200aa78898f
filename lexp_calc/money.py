"""Exact money: whole minor units (cents; yen), rounded once, half away from zero.

Inside the core an amount is a Python `int` of minor units, so sums are exact and a
tie is a tie. `Currency` says how many digits a minor unit has and turns amounts
into `Decimal` at the edges.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lexp_calc.errors import OutOfRange
from lexp_calc.spelling import named

# ISO 4217 codes with the number of digits after the point.
MINOR_UNIT_DIGITS = {
    "USD": 2, "EUR": 2, "GBP": 2, "CHF": 2, "CAD": 2, "AUD": 2, "NZD": 2, "SEK": 2,
    "NOK": 2, "DKK": 2, "MXN": 2, "BRL": 2, "SGD": 2, "HKD": 2, "CNY": 2, "INR": 2,
    "ZAR": 2, "PLN": 2, "CZK": 2, "ILS": 2, "TRY": 2, "THB": 2,
    "JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0,
}  # fmt: skip

LARGEST_AMOUNT = Decimal("1e13")  # exclusive; keeps 15 significant digits in a spreadsheet


def round_half_away(numerator: int | Fraction, denominator: int) -> int:
    """numerator / denominator as a whole number, ties away from zero; both exact."""
    if denominator <= 0:
        raise OutOfRange("denominator", f"found {denominator}", "a number above 0 would be right")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def rounded(number: Decimal | Fraction, digits: int = 2) -> Decimal:
    """An exact number with so many decimals, ties away from zero."""
    numerator, denominator = number.as_integer_ratio()
    return Decimal(round_half_away(numerator * 10**digits, denominator)).scaleb(-digits)


def as_decimal(number: Fraction) -> Decimal:
    """An exact number as a decimal of 28 digits, which spreadsheets cut to 15."""
    return Decimal(number.numerator) / Decimal(number.denominator)


@dataclass(frozen=True)
class Currency:
    """A currency by its ISO 4217 code, and the digits of its minor unit."""

    code: str
    digits: int

    def minor_units(self, amount: Decimal, where: str = "amount") -> int:
        """An amount in currency units as whole minor units; a broken minor unit is refused."""
        scaled = Decimal(amount).scaleb(self.digits)
        if scaled != scaled.to_integral_value():
            smallest = Decimal(1).scaleb(-self.digits)
            raise OutOfRange(
                where,
                f"found {amount}",
                f"a whole multiple of {smallest} {self.code} would be right",
            )
        return int(scaled)

    def amount(self, minor_units: int) -> Decimal:
        """Whole minor units as an amount in currency units."""
        return Decimal(minor_units).scaleb(-self.digits)


CENTS = Currency("currency units", 2)  # of functions, which name no currency


def currency(code: str, where: str = "currency") -> Currency:
    """The currency with this ISO 4217 code (case does not matter)."""
    known = named(MINOR_UNIT_DIGITS, code, where)
    return Currency(known, MINOR_UNIT_DIGITS[known])
