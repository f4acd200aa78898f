"""Figures as people read them: thousands separators, rates as per cent."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FINEST_PER_CENT = 6  # decimals of a per cent


def amount_text(amount: Decimal) -> str:
    """1250000.50 as 1,250,000.50; the digits are those that the amount has."""
    return f"{amount:,f}"


def per_cent_text(rate: Decimal | Fraction, fewest: int = 2, most: int = FINEST_PER_CENT) -> str:
    """0.0825 as 8.25%; no fewer decimals than `fewest`, rounded at `most`."""
    exact = Fraction(rate) * 100
    per_cent = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = per_cent.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP).normalize()
    digits = max(fewest, -rounded.as_tuple().exponent)
    return f"{rounded:,.{digits}f}%"


def decimal_text(number: Decimal) -> str:
    """A plain decimal without exponent and without zeros at its end: 0.055, 0."""
    plain = f"{Decimal(number):f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def counted(number: int, thing: str) -> str:
    """'1 fee', '3 fees'."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
