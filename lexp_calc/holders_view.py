"""An exchange as its holders see it: the value of what they give and of what they get.

All for 1,000 of old notes, before accrued interest that is paid alike either way. Prices are
per 100 of face.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.spread_prices import Names, bond_on_thirty_day_months, price_to
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

HUNDRED = 100
THOUSAND = 1000


@dataclass(frozen=True)
class Received:
    """What 1,000 of old notes brings: principal of new notes, cash, and securities' values."""

    new_notes: float
    cash: float
    shares: float
    warrants: float


def _view(old_price: float, new_price: float, received: Received) -> Table:
    """Given, got and the difference, line by line."""
    given = old_price * THOUSAND / HUNDRED
    notes = received.new_notes * new_price / HUNDRED
    got = notes + received.cash + received.shares + received.warrants
    rows = (
        ("old notes given", given),
        ("new notes", notes),
        ("cash", received.cash),
        ("shares", received.shares),
        ("warrants", received.warrants),
        ("received", got),
        ("gain", got - given),
    )
    return Table(("for 1,000 of old notes", "value"), rows)


@spreadsheet_function
def holder_value(
    old_price: kinds.Price,
    new_price: kinds.Price,
    new_notes: kinds.Ratio,
    cash: kinds.Ratio = 0,
    shares: kinds.Ratio = 0,
    share_price: kinds.Ratio = 0,
    warrants: kinds.Ratio = 0,
    warrant_value: kinds.Ratio = 0,
) -> kinds.TableResult:
    """What 1,000 of old notes is worth kept, and what it brings exchanged; the gain or loss.

    received = new notes x new price / 100 + cash + shares x share price + warrants x their
    value; gain = received - 10 x old price.
    """
    received = Received(
        float(new_notes), float(cash), float(shares * share_price), float(warrants * warrant_value)
    )
    return _view(old_price, new_price, received)


@spreadsheet_function
def holder_value_at_yield(
    settlement: kinds.Day,
    old_maturity: kinds.Day,
    old_coupon: kinds.Rate,
    new_maturity: kinds.Day,
    new_coupon: kinds.Rate,
    bond_yield: kinds.Rate,
    new_notes: kinds.Ratio,
    cash: kinds.Ratio = 0,
    securities: kinds.Ratio = 0,
    frequency: kinds.Frequency = 2,
) -> kinds.TableResult:
    """The holder's view with old and new notes priced at one yield.

    Clean prices per 100 by the street convention, 30/360 US, redemption at 100; `securities`
    is the value of shares and warrants for 1,000 of old notes.
    """
    for name, maturity in (("old_maturity", old_maturity), ("new_maturity", new_maturity)):
        if maturity <= settlement:
            expected = f"a date after the settlement on {settlement} would be right"
            raise OutOfRange(name, f"found {maturity}", expected)

    def price(maturity: date, coupon: Decimal) -> float:
        bond = bond_on_thirty_day_months(maturity, coupon, frequency)
        names = Names(bond_yield="bond_yield")
        return float(price_to(bond, settlement, bond_yield, Decimal(HUNDRED), names))

    received = Received(float(new_notes), float(cash), float(securities), 0.0)
    old, new = price(old_maturity, old_coupon), price(new_maturity, new_coupon)
    return _view(old, new, received)
