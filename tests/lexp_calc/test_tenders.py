"""Participation, proration, priority levels, cash pools and auctions: by hand, and as laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.cash_pools import cash_per_thousand, cash_pool
from lexp_calc.dutch_auction import clearing_price, dutch_auction
from lexp_calc.errors import LexpError
from lexp_calc.tenders import (
    holdouts,
    implied_outstanding,
    participation,
    priority_acceptance,
    proration,
    proration_factor,
)

PRINCIPAL = st.integers(0, 400).map(lambda half_thousands: Decimal(500 * half_thousands))
CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
TENDERS = st.lists(PRINCIPAL, min_size=1, max_size=30)
MAXIMUM = st.integers(1, 4_000).map(lambda half_thousands: Decimal(500 * half_thousands))
DENOMINATION = st.sampled_from([Decimal(1), Decimal(500), Decimal(1000), Decimal(5000)])


@pytest.mark.parametrize(
    ("tenders", "maximum", "minimum", "denomination", "accepted"),
    [
        # 100 / 183: 54,644.81, 27,322.40 and 18,032.79, each down to a thousand
        ([100_000, 50_000, 33_000], 100_000, 0, 1000, [54_000, 27_000, 18_000]),
        # 2 / 3 exactly: no rounding takes a thousand away
        ([90_000, 60_000], 100_000, 0, 1000, [60_000, 40_000]),
        # within the maximum nothing is cut, odd amounts neither
        ([1_500, 250], 1_750, 0, 1000, [1_500, 250]),
        # the minimum is met to the cent, and then not
        ([1_500, 500], 10_000, 2_000, 1000, [1_500, 500]),
        ([1_500, 500], 10_000, 2_001, 1000, [0, 0]),
        # less than a denomination is accepted of each: nothing
        ([1_000, 1_000], 1_000, 0, 1000, [0, 0]),
        ([1_000, 1_000], 1_000, 0, 1, [500, 500]),
        ([0, 0], 1_000, 0, 1000, [0, 0]),
    ],
)
def test_proration_by_hand(tenders, maximum, minimum, denomination, accepted):
    assert list(proration(tenders, maximum, minimum, denomination)) == accepted


def test_a_factor_is_one_within_the_maximum_and_nothing_below_the_minimum():
    assert proration_factor(100_000, 200_000) == 1
    assert proration_factor(200_000, 50_000) == Decimal("0.25")
    assert proration_factor(99_999, 200_000, 100_000) == 0
    assert proration_factor(0, 200_000) == 0


@given(TENDERS, MAXIMUM, PRINCIPAL, DENOMINATION)
def test_what_is_accepted_stays_within_the_offer(tenders, maximum, minimum, denomination):
    accepted = proration(tenders, maximum, minimum, denomination)
    assert len(accepted) == len(tenders)
    assert sum(accepted) <= maximum
    factor = Fraction(proration_factor(sum(tenders), maximum, minimum))
    for part, tender in zip(accepted, tenders, strict=True):
        assert 0 <= part <= tender
        assert part in (tender, 0) or part % denomination == 0
        # less than a denomination is lost to rounding; the factor has 28 digits
        assert Fraction(tender) * factor - Fraction(part) < denomination
    if sum(tenders) < minimum:
        assert not any(accepted)
    elif sum(tenders) <= maximum:
        assert list(accepted) == tenders


@given(TENDERS, MAXIMUM, DENOMINATION, st.randoms(use_true_random=False))
def test_the_order_of_the_holders_does_not_matter(tenders, maximum, denomination, random):
    places = list(range(len(tenders)))
    random.shuffle(places)
    in_order = proration(tenders, maximum, 0, denomination)
    shuffled = proration([tenders[place] for place in places], maximum, 0, denomination)
    assert [in_order[place] for place in places] == list(shuffled)


@pytest.mark.parametrize(
    ("tenders", "levels", "maximum", "accepted"),
    [
        # 60 of level 1; 50 are left for 100 and 20 of level 2: 41,666.67 and 8,333.33
        (
            [100_000, 60_000, 40_000, 20_000],
            [2, 1, 3, 2],
            110_000,
            [41_000, 60_000, 0, 8_000],
        ),
        # 100 in all are within the maximum
        ([60_000, 40_000], [3, 1], 100_000, [60_000, 40_000]),
        # the maximum is used up to the thousand by level 1
        ([60_000, 40_000], [1, 2], 60_000, [60_000, 0]),
    ],
)
def test_levels_by_hand(tenders, levels, maximum, accepted):
    assert list(priority_acceptance(tenders, levels, maximum)) == accepted


@given(st.lists(st.tuples(PRINCIPAL, st.integers(1, 4)), min_size=1, max_size=20), MAXIMUM)
def test_a_level_gets_nothing_while_a_better_one_is_cut(bids, maximum):
    tenders, levels = zip(*bids, strict=True)
    accepted = priority_acceptance(list(tenders), list(levels), maximum)
    assert sum(accepted) <= maximum
    cut = [level for part, (tender, level) in zip(accepted, bids, strict=True) if part < tender]
    for part, level in zip(accepted, levels, strict=True):
        assert not part or not cut or level <= min(cut)


def test_one_level_is_plain_proration():
    tenders = [100_000, 50_000, 33_000]
    assert priority_acceptance(tenders, [7, 7, 7], 100_000) == proration(tenders, 100_000)


def test_a_printed_participation_and_what_it_says():
    """27,254 / 27,412 = 0.994236; 27,254,000 / 0.9945 and / 0.9935; 158,000 held out."""
    assert round(participation(27_254_000, 27_412_000), 6) == Decimal("0.994236")
    assert holdouts(27_254_000, 27_412_000) == 158_000
    least, most = implied_outstanding(27_254_000, Decimal("0.994"))
    assert (least, most) == (Decimal("27404725.99"), Decimal("27432310.02"))
    assert implied_outstanding(27_254_000, Decimal("0.994"), 2)[0] > least  # 99.40 %: narrower


def test_no_less_was_outstanding_than_was_tendered():
    """1,000,000 is all of what rounds to 100.0 %, or 99.95 % of 1,000,500.25."""
    assert implied_outstanding(1_000_000, 1) == (1_000_000, Decimal("1000500.25"))


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_what_rounds_to_the_printed_participation_lies_within_what_it_says(one, other):
    tendered, outstanding = sorted((Decimal(one), Decimal(other)))
    printed = round(participation(tendered, outstanding), 4)
    if printed:
        least, most = implied_outstanding(tendered, printed, 2)
        assert least - Decimal("0.01") <= outstanding <= most + Decimal("0.01")


@pytest.mark.parametrize(
    ("pool", "tenders", "most", "cash"),
    [
        (100, [1000, 2000], None, ["33.33", "66.67"]),
        # 28571.43 and 42857.14 cents: two cents are left, for the remainders .43 and .43
        (1000, [2000, 2000, 3000], None, ["285.72", "285.71", "428.57"]),
        # at most 300 for 1,000 of 3,000 tendered: 900 of the pool of 1,000
        (1000, [1000, 2000], 300, ["300.00", "600.00"]),
        (0, [1000, 2000], None, ["0.00", "0.00"]),
    ],
)
def test_pools_by_hand(pool, tenders, most, cash):
    assert list(cash_pool(pool, tenders, most)) == [Decimal(each) for each in cash]


@given(CENTS, TENDERS.filter(any), st.randoms(use_true_random=False))
def test_a_pool_is_paid_out_to_the_cent_in_any_order(pool, tenders, random):
    cash = cash_pool(pool, tenders)
    assert sum(cash) == pool
    for part, tender in zip(cash, tenders, strict=True):
        exact = Fraction(pool) * Fraction(tender) / Fraction(sum(tenders))
        assert abs(Fraction(part) - exact) < Fraction(1, 100)
    shuffled = random.sample(tenders, len(tenders))
    by_tender = sorted(zip(tenders, cash, strict=True))
    assert by_tender == sorted(zip(shuffled, cash_pool(pool, shuffled), strict=True))


def test_cash_for_a_thousand_has_a_limit_where_one_is_given():
    assert cash_per_thousand(500, 4_000) == 125
    assert cash_per_thousand(500, 4_000, 100) == 100


def test_a_pool_for_nobody_is_refused():
    with pytest.raises(LexpError, match="tenders: found 0 in all"):
        cash_pool(100, [0, 0])


def test_an_auction_by_hand():
    """200,000 wanted: 100,000 at 900, 50,000 at 910; at 950 60,000 bid for the 50,000 left."""
    tenders, prices = [100_000, 40_000, 50_000, 20_000, 9_000], [900, 950, 910, 950, 960]
    assert clearing_price(tenders, prices, 200_000) == 950
    assert [row[2:] for row in dutch_auction(tenders, prices, 200_000).rows] == [
        (100_000, 95_000),
        (33_000, 31_350),  # 40 x 50 / 60 = 33.33
        (50_000, 47_500),
        (16_000, 15_200),  # 20 x 50 / 60 = 16.67
        (0, 0),
    ]


def test_the_bid_that_reaches_the_maximum_exactly_clears_it():
    assert clearing_price([100_000, 50_000], [900, 910], 100_000) == 900
    assert clearing_price([100_000, 50_000], [900, 910], 900_000) == 910  # not reached


def test_a_bid_s_cash_is_rounded_once():
    """966670114562247 x 849258147569417 = 820952470803849999999999999999, cents x 1e17."""
    tender, price = Decimal("9666701145622.47"), Decimal("8.49258147569417")
    (row,) = dutch_auction([tender], [price], tender).rows
    assert row[-1] == Decimal("82095247080.38")


@given(
    st.lists(st.tuples(PRINCIPAL, st.integers(1, 1200)), min_size=1, max_size=20),
    MAXIMUM,
)
def test_an_auction_pays_nobody_less_than_the_bid_nor_takes_more_than_the_maximum(bids, maximum):
    tenders, prices = ([each[place] for each in bids] for place in (0, 1))
    clearing = clearing_price(tenders, prices, maximum)
    rows = dutch_auction(tenders, prices, maximum).rows
    assert sum(row[2] for row in rows) <= maximum
    for price, tendered, accepted, _ in rows:
        assert not accepted or price <= clearing
        assert price >= clearing or accepted == tendered
    if sum(tenders) <= maximum:
        assert [row[2] for row in rows] == tenders


COLUMNS = {
    "tenders, levels": lambda: priority_acceptance([1000, 2000], [1], 1000),
    "tenders, prices": lambda: dutch_auction([1000, 2000], [900, 910, 920], 1000),
    "tendered": lambda: participation(2, 1),
    "participation": lambda: implied_outstanding(1000, Decimal("0.0005"), 1),
    "decimals": lambda: implied_outstanding(1000, Decimal("0.5"), 7),
    "tenders[2]": lambda: proration([1000, "#N/A"], 1000),
    "maximum": lambda: proration([1000], 0),
    "denomination": lambda: proration([1000], 500, 0, 0),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_what_does_not_fit_is_refused_by_its_name(name):
    with pytest.raises(LexpError) as caught:
        COLUMNS[name]()
    assert str(caught.value).startswith(f"{name}: found")
