"""Shares for debt, claims that come back, and the holder's view: by hand, and as laws."""

from datetime import date
from decimal import Decimal

import pytest
import QuantLib
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.holders_view import holder_value, holder_value_at_yield
from lexp_calc.repurchases import price_of_face, reinstated_claim
from lexp_calc.stock_for_debt import (
    cash_for_fraction,
    debt_for_equity,
    share_issue_price,
    shares_after,
    shares_for_debt,
    shares_to_own,
)

AMOUNTS = st.integers(1, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))
PRICES = st.integers(1, 10**7).map(lambda units: Decimal(units).scaleb(-4))


def test_interest_for_shares_by_hand():
    """235,000 / 103,731 = 2.265475; at 2.2655 a share 103,729.86 shares."""
    assert round(share_issue_price(235_000, 103_731), 4) == Decimal("2.2655")
    price = Decimal("2.2655")
    assert shares_for_debt(235_000, price) == 103_729
    assert shares_for_debt(235_000, price, "up") == 103_730
    assert shares_for_debt(235_000, price, "Nearest") == 103_730
    # 103,729 x 2.2655 = 234,998.0495
    assert cash_for_fraction(235_000, price) == Decimal("1.95")
    assert shares_for_debt(5, 2, "nearest") == 3  # a tie, away from zero


def test_ownership_after_by_hand():
    rows = dict(debt_for_equity(3_000_000, 600_000, 400_000).rows)
    assert rows["issue price"] == 5
    assert (rows["new holders own"], rows["old holders own"]) == (Decimal("0.6"), Decimal("0.4"))
    assert shares_to_own(Decimal("0.95"), 1_000_000) == 19_000_000
    assert shares_to_own(Decimal("0.333"), 1_000) == 500  # 499.25, up
    assert shares_to_own(Decimal("0.333"), 1_000, "down") == 499


@given(AMOUNTS, PRICES)
def test_whole_shares_and_cash_are_the_debt(debt, price):
    shares = shares_for_debt(debt, price)
    cash = cash_for_fraction(debt, price)
    assert abs(shares * price + cash - debt) <= Decimal("0.005")
    assert shares_for_debt(debt, price, "up") - shares in (0, 1)


@given(st.integers(1, 99_999), st.integers(1, 10**9))
def test_shares_to_own_give_that_share_and_no_share_less_does(hundred_thousandths, before):
    share = Decimal(hundred_thousandths).scaleb(-5)
    issued = shares_to_own(share, before)
    assert issued >= share * shares_after(before, issued)
    assert issued - 1 < share * (before + issued - 1)


def test_a_claim_comes_back_to_its_last_day_and_not_after():
    claim = (7_500_000, Decimal("250000.50"), 5_810_000, 5_810_000)
    until = date(2005, 12, 18)
    assert reinstated_claim(*claim, until, until) == Decimal("7750000.50")
    assert reinstated_claim(*claim, date(2005, 12, 19), until) == 0
    assert reinstated_claim(*claim, date(2099, 1, 1)) == Decimal("7750000.50")
    with pytest.raises(LexpError, match="returned_on: found nothing"):
        reinstated_claim(*claim, None, until)


def test_the_price_of_face():
    assert round(price_of_face(5_810_000, 7_500_000), 4) == Decimal("0.7747")


def test_the_holders_view_by_hand():
    """Given 10 x 70; got 1,558.5 x 0.5 + 20 + 4 x 2.25 + 15.5 x 0.5 = 816."""
    table = holder_value(70, 50, 1558.5, 20, 4, 2.25, 15.5, 0.5)
    assert [value for _, value in table.rows] == [700, 779.25, 20, 9, 7.75, 816, 116]


@pytest.mark.parametrize("frequency", [1, 2, 4])
def test_the_holders_view_at_a_yield_against_quantlib(frequency):
    """Clean prices of both notes on one yield, 30/360."""
    settlement, bond_yield = date(2003, 12, 18), Decimal("0.155")
    old, new = (date(2009, 8, 1), Decimal("0.1275")), (date(2014, 2, 1), Decimal("0.12"))
    table = holder_value_at_yield(settlement, *old, *new, bond_yield, 1558.52, 10, 5, frequency)
    QuantLib.Settings.instance().evaluationDate = QuantLib.Date(18, 12, 2003)
    prices = {}
    for name, (maturity, coupon) in (("old", old), ("new", new)):
        schedule = QuantLib.Schedule(
            QuantLib.Date(1, maturity.month, 1999),
            QuantLib.Date(maturity.day, maturity.month, maturity.year),
            QuantLib.Period(12 // frequency, QuantLib.Months),
            QuantLib.NullCalendar(),
            QuantLib.Unadjusted,
            QuantLib.Unadjusted,
            QuantLib.DateGeneration.Backward,
            False,
        )
        days = QuantLib.Thirty360(QuantLib.Thirty360.BondBasis)
        bond = QuantLib.FixedRateBond(0, 100.0, schedule, [float(coupon)], days)
        prices[name] = bond.cleanPrice(
            float(bond_yield), days, QuantLib.Compounded, schedule.tenor().frequency()
        )
    given, notes, *_, got, gain = (value for _, value in table.rows)
    assert given == pytest.approx(10 * prices["old"], rel=1e-11)
    assert notes == pytest.approx(15.5852 * prices["new"], rel=1e-11)
    assert got == pytest.approx(notes + 15) and gain == pytest.approx(got - given)


REFUSED = {
    "shares": lambda: share_issue_price(1_000, 0),
    "share_price": lambda: shares_for_debt(10**12, 1e-9),
    "rounding": lambda: shares_for_debt(1_000, 1, "half"),
    "ownership": lambda: shares_to_own(1, 1_000),
    "old_maturity": lambda: holder_value_at_yield(
        "2024-01-01", "2024-01-01", 0.1, "2026-01-01", 0.1, 0.1, 1000
    ),
    "bond_yield": lambda: holder_value_at_yield(
        "2024-01-01", "2025-01-01", 0.1, "2026-01-01", 0.1, -1, 1000, frequency=1
    ),
    "face": lambda: price_of_face(1_000, 0),
    "returned": lambda: reinstated_claim(1_000, 0, 900, 901),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_by_its_name(name):
    with pytest.raises(LexpError) as caught:
        REFUSED[name]()
    assert str(caught.value).startswith(f"{name}: found")
