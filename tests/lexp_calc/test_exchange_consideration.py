"""What holders get by option, early premium, proration and denomination: by hand, and as laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.exchange_consideration import (
    Acceptance,
    Consideration,
    Offer,
    Option,
    Tender,
    settlements,
)
from lexp_calc.exchange_tables import exchange_consideration
from lexp_calc.exchanges import new_notes_per_holder
from lexp_calc.money import rounded
from lexp_calc.tenders import tender_consideration

OPTIONS = [
    # for 1,000: cash, new notes, shares, warrants, early cash, early new notes
    ["cash", 870, 0, 0, 0, 30, None],
    ["notes", 0, 950, "", 10, 0, 50],
    ["mixed", 100, 500, 12.345, 0, 0, 0],
]


def rows(*holders, **terms):
    """The rows of the answer, without the names and what was tendered."""
    return [row[3:] for row in exchange_consideration(holders, OPTIONS, **terms).rows]


def test_any_and_all_by_hand():
    """50.5 x 900; 20 x 1,000 notes; 7.25 x (100; 500; 12.345)."""
    found = rows(
        ["A", "cash", 50_500, "2024-03-08"],
        ["B", "NOTES", 20_000, "2024-03-08"],
        ["C", "mixed", 7_250, "2024-03-09"],
        early_until="2024-03-08",
    )
    assert found == [
        # accepted, returned, cash, interest, notes, for fraction, shares, warrants, cash in all
        (50_500, 0, 45_450, 0, 0, 0, 0, 0, 45_450),
        (20_000, 0, 0, 0, 20_000, 0, 0, 200, 0),
        (7_250, 0, 725, 0, 3_000, 625, 89, 0, 1_350),  # 89.50 shares, 3,625 of notes
    ]


def test_late_tenders_get_no_premium():
    found = rows(
        ["A", "cash", 50_500, "2024-03-09"],
        ["B", "notes", 20_000, "2024-04-01"],
        early_until="2024-03-08",
    )
    assert [(row[2], row[4]) for row in found] == [(Decimal("43935.00"), 0), (0, 19_000)]


def test_interest_in_cash_or_in_new_notes():
    """20 x 12.345678 = 246.91356; 19,000 + 246.91 of notes are 19,000 and cash."""
    terms = {"early_until": "2024-01-01", "accrued_per_thousand": 12.345678}
    holder = ["B", "notes", 20_000, "2024-03-08"]
    (in_cash,) = rows(holder, **terms)
    (in_notes,) = rows(holder, accrued_paid="new notes", **terms)
    assert in_cash[3:6] == (Decimal("246.91"), 19_000, 0)
    assert in_notes[3:6] == (0, 19_000, Decimal("246.91"))


def test_a_maximum_cuts_all_options_alike():
    """600,000 for 800,000: three quarters, 225.75 -> 225, 300 and 74.25 -> 74 thousand."""
    found = rows(
        ["A", "cash", 301_000, "2024-03-01"],
        ["B", "mixed", 400_000, "2024-03-01"],
        ["C", "cash", 99_000, "2024-03-31"],
        early_until="2024-03-08",
        maximum=600_000,
    )
    assert [row[:3] for row in found] == [
        (225_000, 76_000, 202_500),
        (300_000, 100_000, 30_000),
        (74_000, 25_000, 64_380),
    ]
    assert found[1][4:8] == (150_000, 0, 3_703, 0)  # 300 x 12.345 = 3,703.5


def test_less_than_the_minimum_and_nothing_is_accepted():
    terms = {"early_until": "2024-03-08", "minimum": 100_000}
    for principal, accepted in ((99_999, 0), (100_000, 100_000)):
        (row,) = rows(["A", "cash", principal, "2024-03-01"], **terms)
        assert row[0] == accepted and row[0] + row[1] == principal
        assert row[2] == accepted * Decimal("0.9")


def test_a_pool_and_new_notes_for_what_it_leaves():
    """IRSA's option A in small: 300 of cash for 1,000 tendered, 1,015 of notes for the rest.

    1,000 and 500 accepted: 200 and 100 of cash; notes 800 x 1.015 and 400 x 1.015.
    """
    pool = Option(Consideration(), cash_pool=Decimal(300), rest_in_notes=Decimal(1015))
    offer = Offer({"a": pool}, new_denomination=Decimal(1))
    found = settlements(offer, [Tender("A", "a", Decimal(1000)), Tender("B", "a", Decimal(500))])
    assert [(each.cash, each.new_notes) for each in found] == [(200, 812), (100, 406)]


def test_a_pool_pays_no_more_than_what_was_tendered():
    pool = Option(Consideration(), cash_pool=Decimal(5000), rest_in_notes=Decimal(1015))
    (found,) = settlements(Offer({"a": pool}), [Tender("A", "a", Decimal(1000))])
    assert (found.cash, found.new_notes, found.fraction_cash) == (1000, 0, 0)


def test_new_notes_holder_by_holder():
    """10 x 1,558.52 = 15,585.20 and 7 x 1,558.52 = 10,909.64."""
    table = new_notes_per_holder([10_000, 7_000], Decimal("1558.52"))
    assert table.rows[0][1:] == (Decimal("15585.20"), 15_000, Decimal("585.20"))
    assert table.rows[1][1:] == (Decimal("10909.64"), 10_000, Decimal("909.64"))
    assert new_notes_per_holder([10_000], Decimal("1558.52"), 1).rows[0][2] == 15_585


def test_a_tender_for_cash_by_hand():
    """25 x (985 + 30 + 12.345) = 25,683.625, rounded once and away from zero."""
    early = tender_consideration(25_000, 985, 30, "2024-03-08", "2024-03-08", 12.345)
    late = tender_consideration(25_000, 985, 30, "2024-03-09", "2024-03-08", 12.345)
    assert (early, late) == (Decimal("25683.63"), Decimal("24933.63"))


HOLDERS = st.lists(
    st.builds(
        Tender,
        st.just("holder"),
        st.sampled_from(["cash", "notes", "pool"]),
        st.integers(1, 10**6).map(lambda hundreds: Decimal(100 * hundreds)),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)
PER_THOUSAND = st.integers(0, 2 * 10**6).map(lambda units: Decimal(units).scaleb(-3))
OFFERS = st.builds(
    lambda cash, notes, early, pool, maximum, interest, paid, digits: Offer(
        {
            "cash": Option(Consideration(cash=cash, shares=notes), early_cash=early),
            "notes": Option(Consideration(new_notes=notes, warrants=cash), early_new_notes=early),
            "pool": Option(Consideration(), cash_pool=Decimal(pool), rest_in_notes=notes),
        },
        Acceptance(maximum, Decimal(1000), Decimal(100)),
        Decimal(1000),
        Fraction(interest),
        paid,
        digits,
    ),
    PER_THOUSAND,
    PER_THOUSAND,
    PER_THOUSAND,
    st.integers(0, 10**8),
    st.none() | st.integers(1, 10**8).map(Decimal),
    PER_THOUSAND,
    st.sampled_from(["cash", "new notes"]),
    st.sampled_from([0, 2]),
)


@given(OFFERS, HOLDERS)
def test_what_holders_get_adds_up(offer, tenders):
    found = settlements(offer, tenders)
    whole = settlements(Offer(**vars(offer) | {"acceptance": Acceptance()}), tenders)
    maximum = offer.acceptance.maximum
    assert maximum is None or sum(each.accepted for each in found) <= maximum
    for each, in_full in zip(found, whole, strict=True):
        assert 0 <= each.accepted <= each.tender.principal == each.accepted + each.returned
        # notes and cash for the fraction are the value, to the minor unit
        assert each.new_notes + each.fraction_cash == rounded(each.exact_notes, offer.digits)
        assert each.new_notes % 1000 == 0 and 0 <= each.fraction_cash <= 1000
        assert each.shares <= in_full.shares and each.warrants <= in_full.warrants
        assert each.accrued <= in_full.accrued
        if each.tender.option != "pool":  # the fewer share a pool, the more each gets
            assert each.cash <= in_full.cash and each.new_notes <= in_full.new_notes
    in_pool = [each for each in found if each.tender.option == "pool"]
    if in_pool:
        most = sum(each.accepted for each in in_pool)
        assert sum(each.cash for each in in_pool) == min(offer.options["pool"].cash_pool, most)


@given(OFFERS, HOLDERS, st.randoms(use_true_random=False))
def test_the_order_of_the_holders_does_not_matter(offer, tenders, random):
    def sums(settled):
        return sorted(
            (
                each.tender.option,
                each.tender.principal,
                each.tender.is_early,
                each.accepted,
                each.cash,
                each.exact_notes,
                each.shares,
            )
            for each in settled
        )

    shuffled = random.sample(tenders, len(tenders))
    one, other = sums(settlements(offer, tenders)), sums(settlements(offer, shuffled))
    plain = [each for each in one if each[0] != "pool"]
    assert plain == [each for each in other if each[0] != "pool"]
    # equal tenders may change places for the last unit of a pool
    pooled = [sorted(each[4] for each in some if each[0] == "pool") for some in (one, other)]
    assert pooled[0] == pooled[1]


HOLDER = ["A", "cash", 1_000, "2024-03-01"]
REFUSED = {
    "early_until": ([HOLDER], OPTIONS, None),
    "holders[2].tendered_on": ([HOLDER, ["B", "cash", 1_000, None]], OPTIONS, "2024-03-08"),
    "holders[1].option": ([["A", "cahs", 1_000, "2024-03-01"]], OPTIONS, "2024-03-08"),
    "holders[1].principal": ([["A", "cash", "1,000", "2024-03-01"]], OPTIONS, "2024-03-08"),
    "holders[1].holder": ([["#N/A", "cash", 1_000, "2024-03-01"]], OPTIONS, "2024-03-08"),
    "holders": ([["A", "cash"]], OPTIONS, "2024-03-08"),
    "options": ([HOLDER], [["cash"]], "2024-03-08"),
    "options[1].cash": ([HOLDER], [["cash", True]], "2024-03-08"),
    "options[2].option": ([HOLDER], [["cash", 1], ["CASH", 2]], "2024-03-08"),
    "options[2]": ([HOLDER], [["cash", 1, 0], ["nothing", None, 0]], "2024-03-08"),
    "options[1].shares": ([HOLDER], [["cash", 1, 0, float("nan")]], "2024-03-08"),
}


@pytest.mark.parametrize("where", REFUSED)
def test_a_bad_cell_is_refused_by_its_place(where):
    with pytest.raises(LexpError) as caught:
        exchange_consideration(*REFUSED[where])
    assert str(caught.value).startswith(f"{where}: found")


def test_bad_cells_are_reported_together():
    with pytest.raises(LexpError) as caught:
        exchange_consideration([["", "cash", -1], ["B", "cash", None]], [["cash", 900]])
    assert len(str(caught.value).splitlines()) == 2


def test_an_early_premium_needs_its_day():
    with pytest.raises(LexpError, match="early_until: found nothing"):
        tender_consideration(1_000, 985, 30)
    with pytest.raises(LexpError, match="tendered_on: found nothing"):
        tender_consideration(1_000, 985, 30, None, "2024-03-08")
