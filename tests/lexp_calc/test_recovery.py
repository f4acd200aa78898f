"""Recoveries: by hand, and laws over any claims, liens and values."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.recovery import OwedTo, SecuredOn, by_rank, distribute, shares_of
from lexp_calc.seniority import (
    JUNIOR_SUBORDINATED,
    SENIOR,
    SENIOR_SECURED,
    SENIOR_SUBORDINATED,
    seniority_class,
    turnover_level,
)

POOLS = ("inventory", "plant", "land")
NAMES = ("a", "b", "c", "d", "e")


def totals(found):
    return {each.claim.name: each.total for each in found.recovered}


# ------------------------------------------------------------------- by hand


def test_a_deficiency_shares_with_the_unsecured():
    """Plant 60 for a claim of 100; 40 short and 40 unsecured share 20 as 10 and 10."""
    claims = (OwedTo("loan", 100, (SecuredOn("plant", 1),), 0), OwedTo("notes", 40, (), 0))
    found = distribute({"plant": 60}, 20, claims)
    assert totals(found) == {"loan": 70, "notes": 10} and found.left == 0
    assert found.recovered[0].from_pools == {"plant": 60}


def test_a_subordinated_share_goes_to_senior_debt_and_not_to_trade():
    """300 on 200 senior, 200 subordinated, 200 trade: 100 each; turned over 100."""
    claims = (OwedTo("senior", 200, (), 0), OwedTo("sub", 200, (), 1), OwedTo("trade", 200))
    found = distribute({}, 300, claims)
    assert totals(found) == {"senior": 200, "sub": 0, "trade": 100}
    assert [each.turned_over for each in found.recovered] == [100, -100, 0]


def test_turnover_ends_when_senior_debt_is_paid():
    """480 of 600 is 160 each: the senior claim lacks 40, the subordinated one keeps 120."""
    claims = (OwedTo("senior", 200, (), 0), OwedTo("sub", 200, (), 1), OwedTo("trade", 200))
    assert totals(distribute({}, 480, claims)) == {"senior": 200, "sub": 120, "trade": 160}


def test_junior_subordinated_debt_turns_over_before_senior_subordinated():
    """90 on 3 x 60: 30 each; the senior claim takes 30 of it all, 30 are left for the next."""
    claims = tuple(OwedTo(name, 60, (), level) for level, name in enumerate("abc"))
    assert totals(distribute({}, 90, claims)) == {"a": 60, "b": 30, "c": 0}


def test_crossed_first_and_second_liens():
    """X first on plant, second on land; Y the other way round: surpluses go to second liens."""
    claims = (
        OwedTo("x", 100, (SecuredOn("plant", 1), SecuredOn("land", 2)), 0),
        OwedTo("y", 50, (SecuredOn("land", 1), SecuredOn("plant", 2)), 0),
    )
    found = distribute({"plant": 80, "land": 65}, 0, claims)
    assert found.recovered[0].from_pools == {"plant": 80, "land": 15}
    assert found.recovered[1].from_pools == {"land": 50}
    assert found.left == 0


def test_one_claim_on_two_pools_takes_of_each_by_what_it_holds():
    """90 owed, pools of 100 and 50: 60 and 30, and 40 of the second left for its second lien."""
    first = OwedTo("first", 90, (SecuredOn("plant", 1), SecuredOn("land", 1)), 0)
    second = OwedTo("second", 30, (SecuredOn("land", 2),), 0)
    found = distribute({"plant": 100, "land": 50}, 0, (first, second))
    assert found.recovered[0].from_pools == {"plant": 60, "land": 30}
    assert found.recovered[1].from_pools == {"land": 20}
    assert found.recovered[1].unsecured == 10 and found.left == 30


def test_cents_go_to_the_largest_remainders():
    """100 on 1, 1, 1: 33 each and one more; on 50 and 25: 66.67 and 33.33."""
    assert sorted(shares_of(2, {"a": 1, "b": 1, "c": 1}).values()) == [0, 1, 1]
    assert shares_of(10_000 // 100, {"a": 5000, "b": 2500}) == {"a": 67, "b": 33}


def test_a_cent_that_no_pool_has_a_better_claim_to_is_always_of_the_same():
    """1 owed on pools of 5 each: by name, so that no run differs from another."""
    pools = {name: 5 for name in ("a", "b", "c", "d", "e", "f")}
    liens = tuple(SecuredOn(name, 1) for name in pools)
    (found,) = distribute(pools, 0, (OwedTo("loan", 1, liens, 0),)).recovered
    assert found.from_pools == {"f": 1}


@pytest.mark.parametrize(
    ("words", "expected", "level"),
    [
        ("senior secured", SENIOR_SECURED, 0),
        ("Senior Secured, second lien", SENIOR_SECURED, 0),
        ("senior, unsecured", SENIOR, 0),
        ("senior unsecured, structurally subordinated", SENIOR, 0),
        ("senior subordinated", SENIOR_SUBORDINATED, 1),
        ("secured, subordinated", SENIOR_SUBORDINATED, 1),
        ("mezzanine", SENIOR_SUBORDINATED, 1),
        ("junior subordinated", JUNIOR_SUBORDINATED, 2),
    ],
)
def test_how_debt_ranks_by_its_words(words, expected, level):
    assert (seniority_class(words), turnover_level(words)) == (expected, level)


# ---------------------------------------------------------------------- laws

amounts = st.integers(0, 4) | st.integers(0, 10**9)  # small ones tie
levels = st.sampled_from([None, 0, 1, 2])


@st.composite
def estates(draw, level=levels):
    """Pools, unencumbered value and claims with liens on some of the pools."""
    pools = {pool: draw(amounts) for pool in POOLS[: draw(st.integers(0, 3))]}
    claims = []
    for name in NAMES[: draw(st.integers(1, 5))]:
        secured = draw(st.lists(st.sampled_from(sorted(pools)), unique=True)) if pools else []
        liens = tuple(SecuredOn(pool, draw(st.integers(1, 3))) for pool in secured)
        claims.append(OwedTo(name, draw(amounts), liens, draw(level)))
    return pools, draw(amounts), tuple(claims)


@given(estates())
def test_nobody_gets_more_than_the_claim_and_nothing_is_lost(estate):
    pools, free, claims = estate
    found = distribute(*estate)
    value, owed = sum(pools.values()) + free, sum(each.amount for each in claims)
    assert all(0 <= each.total <= each.claim.amount for each in found.recovered)
    assert all(each.secured >= 0 and each.unsecured >= 0 for each in found.recovered)
    assert sum(totals(found).values()) == min(value, owed)
    assert found.left == max(value - owed, 0)
    assert sum(each.turned_over for each in found.recovered) == 0
    assert all(each.turned_over == 0 for each in found.recovered if each.claim.level is None)
    for pool, held in pools.items():
        assert sum(each.from_pools.get(pool, 0) for each in found.recovered) <= held


@given(estates())
def test_a_pool_pays_no_lien_while_a_better_one_is_owed(estate):
    found = distribute(*estate)
    for pool in estate[0]:
        ranked = [
            (lien.rank, each)
            for each in found.recovered
            for lien in each.claim.liens
            if lien.pool == pool
        ]
        for rank, each in ranked:
            if each.from_pools.get(pool):
                better = [other for its_rank, other in ranked if its_rank < rank]
                assert all(other.secured == other.claim.amount for other in better)


@given(estates())
def test_subordinated_debt_keeps_nothing_unsecured_while_senior_debt_is_owed(estate):
    found = distribute(*estate)
    for each in found.recovered:
        level = each.claim.level
        if level and each.unsecured + each.turned_over > 0:
            senior = [
                other
                for other in found.recovered
                if other.claim.level is not None and other.claim.level < level
            ]
            assert all(other.total == other.claim.amount for other in senior)


@given(estates(), st.randoms(use_true_random=False))
def test_the_order_of_claims_liens_and_pools_does_not_matter(estate, random):
    pools, free, claims = estate
    mixed = [
        replace(each, liens=tuple(random.sample(each.liens, len(each.liens)))) for each in claims
    ]
    random.shuffle(mixed)
    turned = dict(random.sample(sorted(pools.items()), len(pools)))
    assert totals(distribute(turned, free, tuple(mixed))) == totals(distribute(*estate))


@given(estates(), amounts)
def test_more_unencumbered_value_hurts_nobody(estate, more):
    """But for the last unit, which the largest remainder may give to another."""
    pools, free, claims = estate
    before, after = totals(distribute(*estate)), totals(distribute(pools, free + more, claims))
    assert all(after[name] >= before[name] - 1 for name in before)


@given(estates(level=st.just(0)), amounts, st.data())
def test_more_of_a_pool_hurts_nobody_where_none_is_subordinated(estate, more, data):
    """But for the last units of pools and unsecured shares."""
    pools, free, claims = estate
    if not pools:
        return
    pool = data.draw(st.sampled_from(sorted(pools)))
    richer = pools | {pool: pools[pool] + more}
    before, after = totals(distribute(*estate)), totals(distribute(richer, free, claims))
    rounding = 2 * (len(pools) + 1)
    assert all(after[name] >= before[name] - rounding for name in before)


@given(st.lists(st.tuples(st.integers(1, 4), amounts), min_size=1, max_size=8), amounts)
def test_a_waterfall_pays_rank_by_rank(ranked, value):
    claims = [(str(number), rank, owed) for number, (rank, owed) in enumerate(ranked)]
    paid = by_rank(value, claims)
    assert sum(paid.values()) == min(value, sum(owed for _, _, owed in claims))
    for name, rank, owed in claims:
        assert 0 <= paid[name] <= owed
        if paid[name]:
            assert all(paid[other] == due for other, its_rank, due in claims if its_rank < rank)
