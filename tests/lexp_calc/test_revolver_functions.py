"""Unused fees, over-advances and ineligibles as functions: by hand, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.ageing import eligible_receivables, ineligible_receivables
from lexp_calc.errors import LexpError
from lexp_calc.revolver_functions import availability, borrowing_base, over_advance, unused_fee

JANUARY = {"start": "2004-01-01", "end": "2004-02-01"}
FEE = {"commitment": 23_500_000, "outstanding": 10_000_000, "fee_rate": 0.005, **JANUARY}
BASE = {"eligible_receivables": 1000, "eligible_inventory": 500}
USE = {"borrowing_base": 900, "commitment": 1000, "outstanding": 100}

# By hand: what is not used x rate x days / 360.
FEES = [
    ({}, "5812.50"),  # 13,500,000 x 0.5 % x 31 / 360
    ({"outstanding": 23_500_000}, "0.00"),
    ({"commitment": 0, "outstanding": 0}, "0.00"),
    ({"end": "2004-01-01"}, "0.00"),
    (
        {"outstanding": 0, "commitment": 360, "fee_rate": 0.005, "end": "2004-01-02"},
        "0.01",
    ),  # a tie
]


@pytest.mark.parametrize(("changes", "fee"), FEES)
def test_the_unused_fee_by_hand(changes, fee):
    assert unused_fee(**{**FEE, **changes}) == Decimal(fee)


# base, commitment, outstanding, letters of credit; over-advance.
OVER = [
    ((900, 1000, 950, 0), "50"),
    ((1100, 1000, 900, 150), "50"),
    ((900, 1000, 900, 0), "0"),
    ((900, 1000, 100, 0), "0"),
]


@pytest.mark.parametrize(("given", "amount"), OVER)
def test_the_over_advance_by_hand(given, amount):
    assert over_advance(*given) == Decimal(amount)


CENTS = st.integers(0, 10**14).map(lambda cents: Decimal(cents).scaleb(-2))


@given(CENTS, CENTS, CENTS, CENTS)
def test_what_is_available_and_what_is_over_add_up(base, commitment, outstanding, letters):
    free = availability(base, commitment, outstanding, letters)
    over = over_advance(base, commitment, outstanding, letters)
    assert min(free, over) == 0
    assert free - over == min(base, commitment) - outstanding - letters


def test_the_ineligibles_by_criterion():
    """Cross-aged A; of B 500 and four of 100, 900 in all, at most 20 % each: 320 too much."""
    rows = [["A", 1000, 30], ["A", 1200, 95], ["B", 500, 20]]
    rows += [[name, 100, 1] for name in "CDEF"]
    found = dict(ineligible_receivables(rows).rows)
    taken = {name: amount for name, amount in found.items() if amount}
    assert taken == {
        "gross": 3100,
        "over_days": 1200,
        "cross_aged": 1000,
        "concentration": 320,
        "eligible": 580,
    }
    assert found["eligible"] == eligible_receivables(rows)


BAD = [
    (unused_fee, FEE, "outstanding", 23_500_000.01, "above the commitment of 23,500,000"),
    (unused_fee, FEE, "commitment", -1, "0 or more"),
    (unused_fee, FEE, "fee_rate", 50, "from -1 to 1"),
    (unused_fee, FEE, "fee_rate", -0.005, "0 or more"),
    (unused_fee, FEE, "end", "2003-12-31", "or a later day"),
    (unused_fee, FEE, "start", "1 January 2004", "a date"),
    (borrowing_base, BASE, "eligible_receivables", -0.01, "0 or more"),
    (borrowing_base, BASE, "eligible_receivables", float("nan"), "finite"),
    (borrowing_base, BASE, "eligible_receivables", 0.1 + 0.2, "binary number"),
    (borrowing_base, BASE, "eligible_inventory", "1,000", "not text"),
    (borrowing_base, BASE, "receivables_rate", 85, "a decimal"),
    (borrowing_base, BASE, "inventory_rate", True, "a number"),
    (borrowing_base, BASE, "reserves", 0.001, "0.01"),
    (availability, USE, "borrowing_base", None, "a blank"),
    (availability, USE, "commitment", "#N/A", "the error #N/A"),
    (availability, USE, "outstanding", 1e308, "below 10,000,000,000,000"),
    (over_advance, USE, "letters_of_credit", [1, 2], "a list of 2"),
]


@pytest.mark.parametrize(("function", "good", "name", "value", "said"), BAD)
def test_a_bad_argument_is_refused_by_its_name(function, good, name, value, said):
    with pytest.raises(LexpError) as caught:
        function(**{**good, name: value})
    assert str(caught.value).startswith(f"{name}: found ") and said in str(caught.value)
