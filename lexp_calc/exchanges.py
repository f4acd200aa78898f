"""What was exchanged: old notes for new with warrants, a claim for cash, interest for shares.

Where the document prints a figure that a rule also gives, the terms keep the printed one
and the functions here compute the rule; `facts` shows both and the difference.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.day_count import ActualActualICMA, day_count
from lexp_calc.errors import OutOfRange
from lexp_calc.money import Currency, rounded
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.terms import (
    Amount,
    Day,
    DayCountName,
    Identifier,
    LongText,
    Name,
    PositiveAmount,
    Rate,
    Terms,
    UnitPrice,
    WholeUnits,
)


class ExchangeOffer(Terms):
    """Old notes tendered for units of new notes and warrants.

    With `coupon` and the accrual dates the new principal is old principal plus simple
    interest; without them the new principal is a term of its own.
    """

    name: Name
    old_notes: Name
    seniority: Name | None = None
    tendered: PositiveAmount | None = None
    outstanding: PositiveAmount | None = None
    participation_printed: Rate | None = None
    coupon: Rate
    accrued_from: Day | None = None
    accrued_to: Day | None = None
    day_count: DayCountName | None = None
    ratio_printed: UnitPrice | None = None
    new_tranche: Identifier
    new_principal_printed: PositiveAmount
    warrants: Identifier | None = None

    @property
    def has_rule(self) -> bool:
        """Whether coupon, dates and tendered principal give the new principal by rule."""
        return None not in (self.accrued_from, self.accrued_to, self.day_count, self.tendered)

    def contradictions(self):
        """Accrual dates in order, a day count for them, no more tendered than outstanding."""
        if self.day_count and isinstance(day_count(self.day_count), ActualActualICMA):
            found = f'"{self.day_count}", which counts in regular payments, and none are given'
            yield "day_count", found, "another day count"
        if self.accrued_from and self.accrued_to and self.accrued_to <= self.accrued_from:
            yield "accrued_to", f"{self.accrued_to}", f"a date after {self.accrued_from}"
        if self.outstanding and self.tendered and self.tendered > self.outstanding:
            yield "tendered", f"{self.tendered:,}", f"at most {self.outstanding:,}"


class NoteRepurchase(Terms):
    """A note bought back below face; the claim may come back if the price must be returned."""

    name: Name
    note: Name | None = None
    seniority: Name | None = None
    face: PositiveAmount
    accrued: Amount | None = None
    price: PositiveAmount
    reinstatement: LongText | None = None


class StockForInterest(Terms):
    """Accrued interest settled in new shares."""

    name: Name
    interest: PositiveAmount
    shares: WholeUnits
    shares_before: WholeUnits | None = None
    shares_after_printed: WholeUnits | None = None


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
    return 1000 * (1 + coupon * length / day_count.basis)


def new_notes(old_principal: Decimal, ratio: Decimal) -> Decimal:
    """old_principal x ratio / 1,000, to the cent."""
    return rounded(Fraction(old_principal) * Fraction(ratio) / 1000)


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
    ratio = exchange_ratio(
        exchange.coupon, exchange.accrued_from, exchange.accrued_to, exchange.day_count
    )
    rounded = rounded_as_printed(ratio, exchange.ratio_printed or Decimal("0.01"))
    return ExchangeRule(
        days=convention.days(exchange.accrued_from, exchange.accrued_to),
        length=convention.length(exchange.accrued_from, exchange.accrued_to),
        basis=convention.basis,
        ratio=ratio,
        ratio_rounded=rounded,
        new_principal=_times(exchange.tendered, ratio, currency),
        new_principal_by_rounded=_times(exchange.tendered, rounded, currency),
    )


def _times(old_principal: Decimal, ratio: Decimal, currency: Currency) -> Decimal:
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


def accrued(
    principal: Decimal,
    coupon: Decimal,
    from_date: date,
    to_date: date,
    day_count_name: str = "30/360 US",
) -> Decimal:
    """Interest from `from_date` to `to_date`, to the cent: principal x coupon x years."""
    convention = day_count(day_count_name)
    length = convention.length(from_date, to_date)
    if length < 0:
        raise OutOfRange("to_date", f"found {to_date}", f"a date from {from_date} would be right")
    return rounded(Fraction(principal) * Fraction(coupon) * length / convention.basis)


def redemption_amount(
    principal: Decimal,
    coupon: Decimal,
    last_payment_date: date,
    redemption_date: date,
    day_count_name: str = "30/360 US",
) -> Decimal:
    """100 % of the principal redeemed plus interest accrued since the last payment, to the cent."""
    interest = accrued(principal, coupon, last_payment_date, redemption_date, day_count_name)
    return Decimal(principal) + interest


def repurchase_gain(face: Decimal, accrued_interest: Decimal, price: Decimal) -> Decimal:
    """face + accrued interest - price: the debt given up less what was paid for it."""
    return Decimal(face) + Decimal(accrued_interest) - Decimal(price)


def reinstated_claim(
    face: Decimal, accrued_interest: Decimal, price: Decimal, returned: Decimal
) -> Decimal:
    """The claim that comes back when part of the price is returned, to the cent.

    (face + accrued interest) x returned / price: the whole claim for the whole price. The
    share for a part is an assumption; the document speaks of the whole alone.
    """
    if not 0 <= returned <= price:
        raise OutOfRange(
            "returned",
            f"found {returned}",
            f"an amount from 0 to the price of {price} would be right",
        )
    claim = Fraction(face) + Fraction(accrued_interest)
    return rounded(claim * Fraction(returned) / Fraction(price))
