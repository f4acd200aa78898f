"""Extinguishment and the 10 per cent test, by hand and by law."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.extinguishment import extinguishment_gain, ten_percent_test
from lexp_calc.issue_proceeds import proceeds_to_warrants

AS_OF = date(2021, 1, 1)
LATER = date(2022, 1, 1)


def row_of(new, fees=0, rate=0.1):
    (row,) = ten_percent_test([1100], [LATER], [new], [LATER], rate, AS_OF, fees).rows
    return row


@pytest.mark.parametrize(
    ("new", "fees", "ratio", "verdict"),
    [
        (1100, 0, "0", "no"),
        (1210, 0, "0.1", "yes"),  # 1,210 / 1.1 = 1,100: just 10 per cent
        ("1209.99", 0, "0.099990909090909090909", "no"),  # 109.99 / 1,100
        (990, 0, "0.1", "yes"),  # less is different too
        (1100, "99.99", "0.09999", "no"),
        (1100, 100, "0.1", "yes"),
        (1100, -100, "0.1", "yes"),  # received from the creditor
    ],
)
def test_the_limit_is_ten_per_cent_itself(new, fees, ratio, verdict):
    old_worth, new_worth, difference, found, said = row_of(Decimal(new), Decimal(fees))
    assert (old_worth, found, said) == (1000, Decimal(ratio), verdict)
    assert difference == new_worth - old_worth


def test_what_is_due_on_the_day_counts_in_full():
    (row,) = ten_percent_test([1000], [AS_OF], [700, 330], [AS_OF, LATER], 0.1, AS_OF).rows
    assert row[:2] == (1000, 1000)


@given(st.integers(1, 10**12), st.integers(-(10**10), 10**10), st.integers(0, 10**12))
@settings(max_examples=100, deadline=None)
def test_gain_price_and_what_was_carried_add_up(face, unamortized, price):
    face, unamortized, price = (Decimal(each) / 100 for each in (face, unamortized, price))
    gain = extinguishment_gain(face, unamortized, price)
    assert gain + price == face - unamortized
    assert extinguishment_gain(face, unamortized, price, 5) == gain - 5


@given(*[st.integers(1, 10**12)] * 3)
@settings(max_examples=100, deadline=None)
def test_warrants_and_notes_share_the_proceeds(proceeds, notes, warrants):
    proceeds, notes, warrants = (Decimal(each) / 100 for each in (proceeds, notes, warrants))
    to_warrants = proceeds_to_warrants(proceeds, notes, warrants)
    to_notes = proceeds_to_warrants(proceeds, warrants, notes)
    assert 0 <= to_warrants <= proceeds
    assert abs(to_warrants + to_notes - proceeds) <= Decimal("0.01")  # both may round up at a tie


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"old_dates": [AS_OF, LATER]}, "old_amounts, old_dates"),
        ({"new_dates": [AS_OF, LATER]}, "new_amounts, new_dates"),
        ({"old_dates": [date(2020, 12, 31)]}, "old_dates"),
        ({"new_dates": [date(2020, 12, 31)]}, "new_dates"),
        ({"old_amounts": [0]}, "old_amounts"),
        ({"effective_rate": -1}, "effective_rate"),
        ({"effective_rate": -0.9999999, "new_dates": [date(2150, 1, 1)]}, "effective_rate"),
        ({"fees": Decimal("0.001")}, "fees"),
    ],
)
def test_what_is_wrong_is_refused_by_name(changes, where):
    right = {
        "old_amounts": [1100],
        "old_dates": [LATER],
        "new_amounts": [1100],
        "new_dates": [LATER],
        "effective_rate": 0.1,
        "as_of": AS_OF,
    }
    with pytest.raises(LexpError) as refused:
        ten_percent_test(**(right | changes))
    assert refused.value.where == where


# Old and new payment on one day: the discount factor cancels, so the ratio is known at any rate.
@pytest.mark.parametrize(
    ("old", "new", "day", "rate", "verdict"),
    [
        (100_000_000, 110_000_000, "2022-01-01", 0.0833, "yes"),  # 10 % exactly
        (1_000_000_000, 900_000_000, "2031-01-01", 0.0833, "yes"),
        (1_000_000, Decimal("1099999.99"), "2022-01-01", 9, "no"),  # 9.999999 %
        (1_000, 1_090, "2041-01-01", 0.5, "no"),  # worth 0.30 and 0.33, but 9 % apart
        (Decimal("0.01"), Decimal("0.02"), "2051-01-01", 0.9, "yes"),  # worth less than a cent
    ],
)
def test_the_verdict_hangs_on_values_before_they_are_rounded(old, new, day, rate, verdict):
    table = ten_percent_test([old], [day], [new], [day], rate, "2021-01-01")
    (row,) = table.rows
    assert row[4] == verdict
    assert row[3] == pytest.approx(abs(new - old) / Decimal(old), abs=Decimal("1e-20"))
