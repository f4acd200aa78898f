"""Exchange, repurchase and redemption, by hand; the built-in deal's own stand in its table."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc import builtin_deal
from lexp_calc.errors import LexpError
from lexp_calc.exchanges import (
    accrued,
    exchange_ratio,
    exchange_rule,
    half_of_last_digit,
    new_notes,
    redemption_amount,
    rounded_as_printed,
)
from lexp_calc.repurchases import reinstated_claim, repurchase_gain

FROM, TO = date(1999, 8, 1), date(2003, 12, 18)


def test_the_ratio_is_simple_interest_and_no_other_convention_gives_the_printed_one():
    """Printed: 1,558.52 (press release, paragraph 5, sentence 1)."""
    coupon = Decimal("0.1275")
    assert round(exchange_ratio(coupon, FROM, TO), 2) == Decimal("1558.52")
    # 1,600 actual days: 1,000 + 127.5 x 1,600 / 360 = 1,566.67, and / 365 = 1,558.90
    assert round(exchange_ratio(coupon, FROM, TO, "ACT/360"), 2) == Decimal("1566.67")
    assert round(exchange_ratio(coupon, FROM, TO, "ACT/365F"), 2) == Decimal("1558.90")


def test_no_accrual_gives_a_thousand_for_a_thousand():
    assert exchange_ratio(Decimal("0.1275"), FROM, FROM) == 1000


@pytest.mark.parametrize(
    ("old", "ratio", "expected"),
    [
        ("1000", "1558.52", "1558.52"),
        ("27254000", "1558.52", "42475904.08"),
        ("0.01", "500", "0.01"),  # half a cent, away from zero
        ("0.01", "499.99", "0.00"),
    ],
)
def test_new_notes_are_rounded_once(old, ratio, expected):
    assert new_notes(Decimal(old), Decimal(ratio)) == Decimal(expected)


@pytest.mark.parametrize(
    ("principal", "coupon", "start", "end", "day_count", "expected"),
    [
        ("42476000", "0.12", date(2003, 12, 18), date(2004, 2, 1), "30/360 US", "608822.67"),
        ("42476000", "0.12", date(2004, 2, 1), date(2004, 5, 1), "30/360 US", "1274280.00"),
        ("2354900", "0.055", date(2005, 1, 1), date(2005, 4, 1), "ACT/360", "32379.88"),  # a tie
        ("365000", "0.01", date(2005, 1, 1), date(2005, 1, 2), "ACT/365F", "10.00"),
        ("1000", "0.12", FROM, FROM, "30/360 US", "0.00"),
    ],
)
def test_accrued_interest(principal, coupon, start, end, day_count, expected):
    found = accrued(Decimal(principal), Decimal(coupon), start, end, day_count)
    assert found == Decimal(expected)


def test_a_redemption_pays_par_and_what_has_accrued():
    """10,000,000 + 10,000,000 x 12 % x 38 / 360 = 10,126,666.67; paragraph 5, sentence 5."""
    found = redemption_amount(
        Decimal(10_000_000), Decimal("0.12"), date(2005, 2, 1), date(2005, 3, 9)
    )
    assert found == Decimal("10126666.67")


def test_the_repurchase():
    """7,500,000 and its accrued interest for 5,810,000; paragraph 4."""
    face, price = Decimal(7_500_000), Decimal(5_810_000)
    assert repurchase_gain(face, Decimal(0), price) == 1_690_000
    assert repurchase_gain(face, Decimal("250000.50"), price) == Decimal("1940000.50")
    assert reinstated_claim(face, Decimal("250000.50"), price, price) == Decimal("7750000.50")
    assert reinstated_claim(face, Decimal(0), price, Decimal(0)) == 0
    assert reinstated_claim(face, Decimal(0), price, Decimal(2_905_000)) == 3_750_000


@pytest.mark.parametrize("returned", ["-0.01", "5810000.01"])
def test_no_more_than_the_price_can_be_returned(returned):
    with pytest.raises(LexpError, match="returned: found"):
        reinstated_claim(Decimal(7_500_000), Decimal(0), Decimal(5_810_000), Decimal(returned))


@pytest.mark.parametrize("function", ["ratio", "accrued"])
def test_dates_out_of_order_are_refused(function):
    with pytest.raises(LexpError, match="1999-08-01"):
        if function == "ratio":
            exchange_ratio(Decimal("0.12"), TO, FROM)
        else:
            accrued(Decimal(1000), Decimal("0.12"), TO, FROM)


def test_an_ambiguous_day_count_is_refused():
    with pytest.raises(LexpError, match="ambiguous"):
        accrued(Decimal(1000), Decimal("0.12"), FROM, TO, "30/360")


def test_an_exchange_by_its_rule():
    """1,577 days of 30/360; 27,254,000 x 1,558.52 or x 1,558.5208333 for each 1,000."""
    deal = builtin_deal()
    rule = exchange_rule(deal.exchange["senior"], deal.money)
    assert (rule.days, rule.basis, rule.ratio_rounded) == (1_577, 360, Decimal("1558.52"))
    assert round(rule.interest_per_thousand, 6) == Decimal("558.520833")
    assert rule.new_principal_by_rounded == Decimal("42475904.08")
    assert rule.new_principal == Decimal("42475926.79")
    assert exchange_rule(deal.exchange["junior"], deal.money) is None


def test_a_tie_of_the_exact_ratio_is_rounded_away_from_zero():
    """19,998,000 x (1,000 + 127.5 x 1,577 / 360) / 1,000 = 31,167,299.625 exactly."""
    deal = builtin_deal()
    terms = {"maximum": Decimal(20_000_000), "accepted": Decimal(19_998_000)}
    exchange = deal.exchange["senior"].model_copy(update=terms)
    assert exchange_rule(exchange, deal.money).new_principal == Decimal("31167299.63")


@pytest.mark.parametrize(
    ("printed", "number", "rounded", "half"),
    [
        ("0.994", "0.99424", "0.994", "0.0005"),
        ("12", "12.5", "13", "0.5"),
        ("2.5", "2.45", "2.5", "0.05"),
    ],
)
def test_as_many_decimals_as_are_printed(printed, number, rounded, half):
    assert rounded_as_printed(Decimal(number), Decimal(printed)) == Decimal(rounded)
    assert half_of_last_digit(Decimal(printed)) == Decimal(half)


AMOUNTS = st.integers(1, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))


@given(AMOUNTS, st.integers(1, 10**6))
def test_a_repurchase_splits_the_claim_with_nothing_lost(face, price_in_ppm):
    price = (face * price_in_ppm / 10**6).quantize(Decimal("0.01")) or Decimal("0.01")
    assert repurchase_gain(face, Decimal(0), price) + price == face
    assert reinstated_claim(face, Decimal(0), price, price) == face
