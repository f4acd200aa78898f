"""Old notes exchanged for new: the ratio that accrued interest gives, and the new principal.

Where the document prints a figure that a rule also gives, the terms keep the printed one
and the functions here compute the rule; `facts` shows both and the difference.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.arguments import below_limit
from lexp_calc.day_count import day_count
from lexp_calc.errors import OutOfRange
from lexp_calc.exchange_terms import ExchangeOffer
from lexp_calc.money import Currency, as_decimal, rounded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.tenders import whole_multiples


@spreadsheet_function
def exchange_ratio(
    coupon: kinds.Rate,
    accrued_from: kinds.Day,
    accrued_to: kinds.Day,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RatioResult:
    """New principal for 1,000 of old: 1,000 x (1 + coupon x year fraction), not rounded.

    Simple interest from the last date paid (included) to the accrual end (excluded).
    Source: the built-in deal's press release, "$1,558.52 for each $1,000 of Old Notes".
    """
    length = day_count.length(accrued_from, accrued_to)
    if length < 0:
        raise OutOfRange("accrued_to", f"found {accrued_to}", "a later date would be right")
    return as_decimal(1000 * (1 + Fraction(coupon) * length / day_count.basis))


@spreadsheet_function
def new_notes(old_principal: kinds.Amount, ratio: kinds.Ratio) -> kinds.Money:
    """Principal of new notes for old: old_principal x ratio / 1,000, to the cent.

    `ratio` is new principal for 1,000 of old, as `exchange_ratio` gives it or as printed.
    """
    return below_limit("ratio", rounded(Fraction(old_principal) * Fraction(ratio) / 1000))


@spreadsheet_function
def new_notes_per_holder(
    holdings: kinds.Amounts, ratio: kinds.Ratio, denomination: kinds.PositiveAmount = 1000
) -> kinds.TableResult:
    """New notes of each holder in whole denominations, and cash for the fraction.

    value = holding x ratio / 1,000; notes = value rounded down to the denomination; cash =
    value - notes, to the cent.
    """
    rows = []
    for holding in holdings:
        value = Fraction(holding) * Fraction(ratio) / 1000
        below_limit("ratio", value)
        notes = whole_multiples(value, denomination)
        rows.append((holding, rounded(value), notes, rounded(value - Fraction(notes))))
    return Table(("old notes", "value", "new notes", "cash for fraction"), tuple(rows))


@dataclass(frozen=True)
class ExchangeRule:
    """What an exchange gives by its rule, step by step; amounts in currency units.

    `ratio` is new principal for 1,000 of old, `ratio_rounded` the same with as many decimals
    as the document prints. New principal is given by either, to the minor unit.
    """

    days: int
    length: int  # on the day count's line: days where it counts days
    basis: int
    ratio: Decimal
    ratio_rounded: Decimal
    new_principal: Decimal
    new_principal_by_rounded: Decimal

    @property
    def interest_per_thousand(self) -> Decimal:
        """Interest accrued on 1,000 of old notes, not rounded."""
        return self.ratio - 1000


def exchange_rule(exchange: ExchangeOffer, currency: Currency) -> ExchangeRule | None:
    """The rule's figures of an exchange; None where the terms give no rule."""
    if not exchange.has_rule:
        return None
    convention = day_count(exchange.day_count)
    exact = 1000 + interest_per_thousand(exchange)
    ratio = as_decimal(exact)
    as_printed = rounded(exact, printed_decimals(exchange.ratio_printed or Decimal("0.01")))
    return ExchangeRule(
        days=convention.days(exchange.accrued_from, exchange.accrued_to),
        length=convention.length(exchange.accrued_from, exchange.accrued_to),
        basis=convention.basis,
        ratio=ratio,
        ratio_rounded=as_printed,
        new_principal=_times(exchange.given_up, exact, currency),
        new_principal_by_rounded=_times(exchange.given_up, as_printed, currency),
    )


def interest_per_thousand(exchange: ExchangeOffer) -> Fraction:
    """Simple interest accrued on 1,000 of old notes, exactly, so that a tie is a tie."""
    convention = day_count(exchange.day_count)
    length = convention.length(exchange.accrued_from, exchange.accrued_to)
    return 1000 * Fraction(exchange.coupon) * length / convention.basis


def _times(old_principal: Decimal, ratio: Decimal | Fraction, currency: Currency) -> Decimal:
    return rounded(Fraction(old_principal) * Fraction(ratio) / 1000, currency.digits)


def printed_decimals(printed: Decimal) -> int:
    """How many decimals a printed figure has."""
    return max(-printed.as_tuple().exponent, 0)


def rounded_as_printed(number: Decimal, printed: Decimal) -> Decimal:
    """Rounded, ties away from zero, to the decimals of a printed figure."""
    return number.quantize(Decimal(1).scaleb(-printed_decimals(printed)), ROUND_HALF_UP)


def half_of_last_digit(printed: Decimal) -> Decimal:
    """Half of one unit in the last place of a printed figure: how far it may be off."""
    return Decimal(5).scaleb(-printed_decimals(printed) - 1)
