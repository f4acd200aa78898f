"""Warrants, by hand from paragraph 5, sentences 1, 6 and 7 of the press release."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError, NotThere
from lexp_calc.warrant_counts import (
    warrant_strike_money,
    warrants_by_rule,
    warrants_for_holders,
)
from lexp_calc.warrant_retirement import (
    retirements,
    warrant_retirements,
    warrants_left,
    warrants_retired,
)
from lexp_calc.warrants import Warrants, warrant_exercise_value, warrant_status

ISSUED, NOTES = 424_781, Decimal(42_476_000)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [("42476000", 424_760), ("347000", 3_470), ("999.99", 9), ("100", 1), ("99.99", 0), ("0", 0)],
)
def test_ten_warrants_for_each_thousand_of_notes(notes, expected):
    assert warrants_by_rule(Decimal(notes), 10) == expected


# share price, warrants, strike, day, value. Strike 3.50, 2005-08-01 to 2009-08-01: sentence 6.
VALUES = [
    ("4.25", ISSUED, "3.50", date(2005, 8, 1), "318585.75"),  # 0.75 x 424,781
    ("4.25", ISSUED, "3.50", date(2009, 8, 1), "318585.75"),  # through August 1, 2009
    ("4.25", ISSUED, "3.50", None, "318585.75"),
    ("4.25", ISSUED, "3.50", date(2005, 7, 31), "0"),  # the window is not open
    ("3.50", ISSUED, "3.50", date(2006, 1, 3), "0"),
    ("2.2655", ISSUED, "3.50", date(2006, 1, 3), "0"),
    ("3.51", 1, "3.50", date(2006, 1, 3), "0.01"),
    ("10", 3_467, "2.50", date(2006, 1, 3), "26002.50"),
]


@pytest.mark.parametrize(("price", "warrants", "strike", "as_of", "expected"), VALUES)
def test_the_exercise_value(price, warrants, strike, as_of, expected):
    found = warrant_exercise_value(Decimal(price), warrants, Decimal(strike), as_of)
    assert found == Decimal(expected)


def test_exercise_after_the_window_is_refused():
    with pytest.raises(LexpError, match="as_of: found 2009-08-02; a date up to 2009-08-01"):
        warrant_exercise_value(Decimal("4"), ISSUED, as_of=date(2009, 8, 2))


@pytest.mark.parametrize(
    ("redeemed", "day", "expected"),
    [
        ("42476000", date(2004, 6, 1), ISSUED),  # all notes, all warrants
        ("21238000", date(2004, 6, 1), 212_391),  # half: 212,390.5, a tie
        ("1000", date(2004, 6, 1), 10),  # 424,781 / 42,476 = 10.0005
        ("0", date(2004, 6, 1), 0),
        ("42476000", date(2005, 7, 31), ISSUED),
        ("42476000", date(2005, 8, 1), 0),  # "Prior to August 1, 2005": detached from then on
    ],
)
def test_warrants_retired_with_redeemed_notes(redeemed, day, expected):
    assert warrants_retired(Decimal(redeemed), NOTES, ISSUED, day) == expected


@pytest.mark.parametrize(
    ("redeemed", "outstanding", "message"),
    [
        ("-1", "10", "notes_redeemed: found -1"),
        ("11", "10", "notes_redeemed: found 11 of 10 outstanding"),
        ("0", "0", "notes_outstanding: found 0"),
    ],
)
def test_more_than_all_or_less_than_none_is_refused(redeemed, outstanding, message):
    with pytest.raises(LexpError, match=message):
        warrants_retired(Decimal(redeemed), Decimal(outstanding), 1, date(2004, 6, 1))


@given(st.integers(0, 42_476), st.integers(0, 42_476))
def test_retired_warrants_grow_with_the_notes_redeemed(one, other):
    day = date(2004, 6, 1)
    fewer, more = (
        warrants_retired(Decimal(1000 * n), NOTES, ISSUED, day) for n in sorted((one, other))
    )
    assert 0 <= fewer <= more <= ISSUED


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"expires": date(2005, 8, 1)}, "expires: found 2005-08-01, not after 2005-08-01"),
        ({"issued": Decimal("3467.5")}, "found 3467.5; a whole number"),
    ],
)
def test_a_window_must_open_before_it_closes_and_warrants_are_whole(change, message):
    terms = {
        "name": "Warrants",
        "tranche": "notes",
        "per_thousand": 10,
        "issued": 3_467,
        "strike": Decimal("3.50"),
        "exercisable_from": date(2005, 8, 1),
        "expires": date(2009, 8, 1),
    }
    Warrants(**terms)
    with pytest.raises(ValueError) as caught:
        Warrants(**(terms | change))
    assert message in str(caught.value)


SENIOR = Warrants(
    name="Warrants",
    tranche="notes",
    per_thousand=10,
    issued=Decimal(ISSUED),
    strike=Decimal("3.50"),
    exercisable_from=date(2005, 8, 1),
    expires=date(2009, 8, 1),
    retired_with_notes_before=date(2005, 8, 1),
)


def redemptions(*days_and_amounts, outstanding=NOTES):
    for day, redeemed in days_and_amounts:
        yield day, Decimal(redeemed), outstanding
        outstanding -= redeemed


def test_each_redemption_counts_on_what_the_one_before_left():
    """424,781 x 10 / 42.476 = 100,004.9; 324,776 / 32.476 = 10,000.49; none when detached."""
    days = date(2005, 3, 15), date(2005, 4, 15), date(2005, 8, 1)
    amounts = 10_000_000, 1_000_000, 1_000_000
    found = retirements(SENIOR, redemptions(*zip(days, amounts, strict=True)))
    assert [each.warrants_retired for each in found] == [100_005, 10_000, 0]
    assert [each.warrants_after for each in found] == [324_776, 314_776, 314_776]
    assert warrants_left(SENIOR, found, date(2005, 3, 14)) == ISSUED
    assert warrants_left(SENIOR, found, date(2005, 3, 15)) == 324_776
    assert warrants_left(SENIOR, found, date(2009, 8, 1)) == 314_776


def test_warrants_never_attached_are_never_retired():
    free = SENIOR.model_copy(update={"retired_with_notes_before": None})
    (found,) = retirements(free, redemptions((date(2004, 6, 1), 42_476_000)))
    assert (found.warrants_retired, found.warrants_after) == (0, ISSUED)
    assert free.status(date(2005, 7, 31)) == "not yet exercisable"


@given(st.lists(st.integers(1, 9_000), max_size=4))
def test_redeeming_all_notes_in_parts_retires_all_warrants(parts):
    amounts = [1000 * each for each in parts]
    amounts.append(int(NOTES) - sum(amounts))
    days = (date(2004, 1, 1 + place) for place in range(len(amounts)))
    found = retirements(SENIOR, redemptions(*zip(days, amounts, strict=True)))
    assert sum(each.warrants_retired for each in found) == ISSUED
    assert found[-1].warrants_after == 0


# Paragraph 5, sentences 6 and 7: attached before, exercisable from 2005-08-01 through 2009-08-01.
STATUSES = [
    (date(2005, 7, 31), "attached to the notes"),
    (date(2005, 8, 1), "exercisable"),
    (date(2009, 8, 1), "exercisable"),
    (date(2009, 8, 2), "expired"),
]


@pytest.mark.parametrize(("day", "status"), STATUSES)
def test_the_status_on_a_day(day, status):
    assert SENIOR.status(day) == status


ROUNDINGS = [
    ("down", "37", "15.5 -> 15, 12.34 -> 12, 10 -> 10"),
    ("Up", "39", "15.5 -> 16, 12.34 -> 13, 10 -> 10"),
    ("nearest", "38", "15.5 -> 16, 12.34 -> 12, 10 -> 10"),
    ("none", "37.84", "15.5 + 12.34 + 10"),
]


@pytest.mark.parametrize(("rounding", "expected", "source"), ROUNDINGS)
def test_each_holders_number_is_made_whole(rounding, expected, source):
    """Holdings of 1,550, 1,234 and 1,000 at ten for 1,000: 15.5, 12.34 and 10 warrants."""
    holdings = (Decimal(1550), Decimal(1234), Decimal(1000))
    assert warrants_for_holders(holdings, 10, rounding) == Decimal(expected), source


@pytest.mark.parametrize(
    ("rounding", "expected"), [("none", "3.784"), ("down", "3"), ("up", "4"), ("nearest", "4")]
)
def test_the_whole_issue_is_made_whole_once(rounding, expected):
    """3,784 of notes at one warrant for 1,000."""
    assert warrants_by_rule(Decimal(3784), 1, rounding) == Decimal(expected)
    assert warrants_by_rule(Decimal(3500), 1, "nearest") == 4  # a tie, away from zero


def test_a_rounding_that_has_no_name_here_is_refused():
    with pytest.raises(NotThere, match='rounding: found "upwards"; one of "none", "down"'):
        warrants_for_holders((Decimal(1000),), 10, "upwards")


def test_a_window_given_with_the_exercise():
    """Another issue: 2001-01-01 to 2001-12-31, strike 10; 3 x 7 = 21."""
    window = date(2001, 1, 1), date(2001, 12, 31)
    assert warrant_exercise_value(13, 7, 10, date(2001, 6, 1), *window) == 21
    assert warrant_exercise_value(13, 7, 10, date(2000, 12, 31), *window) == 0
    with pytest.raises(LexpError, match="as_of: found 2002-01-01; a date up to 2001-12-31"):
        warrant_exercise_value(13, 7, 10, date(2002, 1, 1), *window)
    with pytest.raises(LexpError, match="exercisable_from: found 2001-12-31, after"):
        warrant_exercise_value(13, 7, 10, None, *reversed(window))


@pytest.mark.parametrize(("day", "status"), STATUSES)
def test_the_status_of_the_new_notes_warrants(day, status):
    assert warrant_status(day) == status


def test_warrants_may_be_detached_before_they_are_exercisable():
    """Exercisable in 2006, detached since 2005."""
    dates = date(2006, 1, 1), date(2008, 1, 1), date(2005, 1, 1)
    assert warrant_status(date(2004, 12, 31), *dates) == "attached to the notes"
    assert warrant_status(date(2005, 1, 1), *dates) == "not yet exercisable"
    assert warrant_status(date(2006, 1, 1), *dates) == "exercisable"


def test_a_table_of_redemptions():
    """424,781 x 10 / 42.476 = 100,004.9; 324,776 / 32.476 = 10,000.49; none when detached."""
    days = date(2005, 3, 15), date(2005, 4, 15), date(2005, 8, 1)
    amounts = 10_000_000, 1_000_000, 31_476_000
    table = warrant_retirements(days, amounts, NOTES, ISSUED)
    assert [row[-2:] for row in table.rows] == [(100_005, 324_776), (10_000, 314_776), (0, 314_776)]
    assert [row[3] for row in table.rows] == [32_476_000, 31_476_000, 0]
    assert [row[0] for row in table.rows] == list(days)
    # A redemption of nothing, also when nothing is left, retires nothing.
    then = warrant_retirements(days, (NOTES, 0, 0), NOTES, ISSUED)
    assert [row[-2:] for row in then.rows] == [(ISSUED, 0), (0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("days", "amounts", "message"),
    [
        (("2005-03-15",), (1, 2), "1 in redemption_dates and 2 in notes_redeemed"),
        (("2005-03-15", "2005-03-15"), (1, 2), r"redemption_dates\[2\]: found 2005-03-15"),
        (("2005-03-15", "2005-03-16"), (8, 3), r"notes_redeemed\[2\]: found 3 of 2 outstanding"),
    ],
)
def test_redemptions_that_cannot_be(days, amounts, message):
    with pytest.raises(LexpError, match=message):
        warrant_retirements(days, amounts, 10, 100)


def test_strike_money():
    """428,248 x 3.50 = 1,498,868, all warrants of the built-in deal."""
    assert warrant_strike_money(428_248) == 1_498_868
    assert warrant_strike_money(3, Decimal("0.335")) == Decimal("1.01")  # 1.005, a tie
