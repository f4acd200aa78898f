"""Prices set by a Treasury yield and a spread: make-whole redemptions, fixed-spread tenders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.bond_yields import exact_price
from lexp_calc.bonds import Bond
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import OutOfRange
from lexp_calc.regular_dates import Frequency
from lexp_calc.spreadsheet_function import spreadsheet_function

HUNDRED = Decimal(100)
THIRTY_DAY_MONTHS = DAY_COUNTS["30/360 US"]


@dataclass(frozen=True)
class Names:
    """How the arguments of a price are called in a refusal."""

    settlement: str = "settlement"
    maturity: str = "maturity"
    bond_yield: str = "treasury_yield"


SPREAD_NAMES = Names()
MAKE_WHOLE_NAMES = Names("redemption_date", "until")


def price_to(
    bond: Bond,
    settlement: date,
    bond_yield: Decimal,
    redemption: Decimal,
    names: Names = SPREAD_NAMES,
) -> Decimal:
    """The clean price of a bond redeemed at maturity at so much for 100, to 40 digits."""
    days = (names.settlement, names.maturity)
    flows = bond.flows(settlement, days).redeemed_at(Fraction(redemption))
    return exact_price(flows, bond_yield, names.bond_yield)


def bond_on_thirty_day_months(maturity: date, coupon: Decimal, frequency: Frequency) -> Bond:
    """A bond of the US market: 30/360 US."""
    return Bond(maturity, Fraction(coupon), frequency, THIRTY_DAY_MONTHS)


@spreadsheet_function
def make_whole_price(
    redemption_date: kinds.Day,
    until: kinds.Day,
    coupon: kinds.ChargedRate,
    treasury_yield: kinds.Rate,
    spread: kinds.ChargedRate,
    frequency: kinds.Frequency,
    call_price: kinds.Price = 100,
) -> kinds.PriceResult:
    """The price for 100 of face at which notes are redeemed before `until`, at least 100.

    What the holder would have had to `until`, the first call at `call_price`, discounted at
    Treasury yield + spread, 30/360 US, compounded with the coupons; accrued interest comes on
    top. Not rounded. Source: "Applicable Premium" and "Make-Whole Amount" of indentures.
    """
    bond = bond_on_thirty_day_months(until, coupon, frequency)
    if redemption_date >= until:
        found = f"found {redemption_date}, not before {until}"
        raise OutOfRange("redemption_date", found, "an earlier date would be right")
    redemption = Decimal(repr(call_price))
    bond_yield = treasury_yield + spread
    price = price_to(bond, redemption_date, bond_yield, redemption, MAKE_WHOLE_NAMES)
    return float(max(price, HUNDRED))


@spreadsheet_function
def fixed_spread_price(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    treasury_yield: kinds.Rate,
    spread: kinds.Rate,
    frequency: kinds.Frequency,
    redemption: kinds.Price = 100,
) -> kinds.PriceResult:
    """The price for 100 of face in a tender at a fixed spread over a Treasury yield.

    The payments to `maturity`, or to the call assumed, at Treasury yield + spread, 30/360 US;
    accrued interest comes on top. It may be below 100. Not rounded. Source: fixed-spread
    tender offers, "Total Consideration".
    """
    bond = bond_on_thirty_day_months(maturity, coupon, frequency)
    paid = Decimal(repr(redemption))
    return float(price_to(bond, settlement, treasury_yield + spread, paid))
