"""The modified Dutch auction: holders name their prices, and one price clears the offer.

All bids below the clearing price are accepted whole, those at it are prorated, and everyone
accepted is paid the clearing price.
"""

from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.tenders import Acceptance


def _clearing_price(
    tenders: tuple[Decimal, ...], prices: tuple[Decimal, ...], maximum: Decimal
) -> Decimal:
    reached = Decimal(0)
    for price, tender in sorted(zip(prices, tenders, strict=True)):
        reached += tender
        if reached >= maximum:
            return price
    return max(prices)


@spreadsheet_function
def clearing_price(
    tenders: kinds.Amounts, prices: kinds.UnitPrices, maximum: kinds.PositiveAmount
) -> kinds.RatioResult:
    """The lowest price at which bids up to it reach the maximum; the highest bid if none does."""
    refuse_unequal(tenders=tenders, prices=prices)
    return _clearing_price(tenders, prices, maximum)


@spreadsheet_function
def dutch_auction(
    tenders: kinds.Amounts,
    prices: kinds.UnitPrices,
    maximum: kinds.PositiveAmount,
    denomination: kinds.PositiveAmount = 1000,
) -> kinds.TableResult:
    """What each bid gets: principal accepted and cash, at the clearing price per 1,000.

    Bids below the clearing price whole; those at it share what is left of the maximum, rounded
    down to the denomination; those above it nothing.
    """
    refuse_unequal(tenders=tenders, prices=prices)
    clearing = _clearing_price(tenders, prices, maximum)
    bids = tuple(zip(tenders, prices, strict=True))
    below = sum(tender for tender, price in bids if price < clearing)
    at_clearing = Acceptance(maximum - below, denomination=denomination)
    prorated = iter(at_clearing.accepted([tender for tender, price in bids if price == clearing]))
    rows = []
    for tender, price in bids:
        accepted = tender if price < clearing else Decimal(0)
        if price == clearing:
            accepted = next(prorated)
        cash = rounded(Fraction(accepted) * Fraction(clearing) / 1000)
        rows.append((price, tender, accepted, cash))
    return Table(("price bid", "tendered", "accepted", "cash"), tuple(rows))
