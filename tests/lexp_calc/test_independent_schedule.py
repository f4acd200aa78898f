"""Every schedule of the built-in deal against a day-by-day simulation that shares no code.

The terms are written out again from the press release, so a term misread is found too.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import QuantLib as ql

import lexp_calc
from lexp_calc import project
from tests.lexp_calc import day_by_day
from tests.lexp_calc.day_by_day import Facility, flat, per_cent, simulate, steps
from tests.lexp_calc.variants import UNADJUSTED, lexington, with_terms

H15 = Path(lexp_calc.__file__).parent / "data" / "prime-h15.csv"
CLOSING = date(2003, 12, 18)
FIRST_FEBRUARY = date(2004, 2, 1)
JUNE_2006 = date(2006, 6, 30)

REVOLVER = Facility(
    closing=CLOSING,
    first_payment=FIRST_FEBRUARY,
    maturity=JUNE_2006,
    months=1,
    is_revolver=True,
    margins={"prime": per_cent("1"), "LIBOR 1M": per_cent("3.25"), "LIBOR 3M": per_cent("3.25")},
    first_index="prime",
)
TERM_LOAN = Facility(
    closing=CLOSING,
    first_payment=FIRST_FEBRUARY,
    maturity=JUNE_2006,
    months=1,
    principal=13_500_000_00,
    instalment=300_000_00,
    instalments=45,
    margins={"prime": per_cent("1.5"), "LIBOR 1M": per_cent("3.75"), "LIBOR 3M": per_cent("3.75")},
    first_index="prime",
)
SECURED_TERM_LOAN = Facility(
    closing=CLOSING,
    first_payment=date(2004, 1, 1),
    maturity=JUNE_2006,
    months=1,
    principal=11_500_000_00,
    instalment=96_000_00,
    instalments=30,
    closing_fee=per_cent("1.875"),
    anniversary_fee=per_cent("1.875"),
    floor=per_cent("8.25"),
    margins={"prime": per_cent("4")},
    first_index="prime",
)
SENIOR_NOTES = Facility(
    closing=CLOSING,
    first_payment=FIRST_FEBRUARY,
    maturity=date(2009, 8, 1),
    months=3,
    principal=42_476_000_00,
    interest_for_delay=False,
    days=day_by_day.thirty,
    margins={"fixed": per_cent("12")},
)
JUNIOR_NOTES = replace(
    SENIOR_NOTES,
    maturity=date(2009, 11, 1),
    principal=347_000_00,
    margins={"fixed": per_cent("13")},
)
TERMS = {
    "revolver": REVOLVER,
    "term-loan": TERM_LOAN,
    "secured-term-loan": SECURED_TERM_LOAN,
    "senior-notes": SENIOR_NOTES,
    "junior-notes": JUNIOR_NOTES,
}
PRIME = {"closing": flat("4.00"), "historical": day_by_day.prime_of_h15(H15)}
EXTENDED = {
    "revolver": {"extend.revolver": True},
    "term-loan": {"extend.revolver": True},
    "secured-term-loan": {"extend.secured-term-loan": True},
}
MATURITY_EXTENDED = {
    "revolver": {"maturity": date(2007, 10, 1)},
    "term-loan": {"maturity": date(2007, 10, 1)},
    "secured-term-loan": {"maturity": date(2007, 6, 30), "instalments": 42},
}


def assert_same(schedule, expected):
    """Every column of every row."""
    found = [{name: getattr(row, name) for name in expected[0]} for row in schedule.rows]
    for number, (ours, theirs) in enumerate(zip(found, expected, strict=False), 1):
        assert ours == theirs, f"row {number} of {schedule.tranche_id}"
    assert len(found) == len(expected)


def compare(tranche_id, scenario="closing", inputs=None, deal=None, **changes):
    """The schedule of one tranche, projected and simulated."""
    prime = changes.pop("prime", PRIME[scenario])
    indices = {"prime": prime, **changes.pop("indices", {})}
    expected = simulate(replace(TERMS[tranche_id], indices=indices, **changes))
    assert_same(project(deal or lexington(), scenario, inputs or {})[tranche_id], expected)
    return expected


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("tranche_id", TERMS)
def test_each_tranche_in_each_scenario(tranche_id, scenario):
    compare(tranche_id, scenario)


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("tranche_id", EXTENDED)
def test_each_extension_in_each_scenario(tranche_id, scenario):
    compare(tranche_id, scenario, EXTENDED[tranche_id], **MATURITY_EXTENDED[tranche_id])


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("extended", [False, True])
@pytest.mark.parametrize("tranche_id", TERMS)
def test_each_tranche_with_unadjusted_dates(tranche_id, extended, scenario):
    deal = with_terms(lexington(), tranche_id, UNADJUSTED)
    changes = MATURITY_EXTENDED.get(tranche_id, {}) if extended else {}
    changes = {"adjust": day_by_day.unadjusted, "interest_for_delay": False, **changes}
    inputs = EXTENDED.get(tranche_id, {}) if extended else {}
    compare(tranche_id, scenario, inputs, deal, **changes)


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("tranche_id", ["term-loan", "secured-term-loan"])
def test_each_loan_without_interest_for_the_delay(tranche_id, scenario):
    deal = with_terms(lexington(), tranche_id, {"payments.interest_for_delay": "none"})
    compare(tranche_id, scenario, {}, deal, interest_for_delay=False)


LIBOR_FLAT = {"LIBOR 1M": flat("1.14875"), "LIBOR 3M": flat("1.17")}
LIBOR_STEPS = {
    date(2003, 12, 18): "1.14875",
    date(2004, 3, 10): "1.09",
    date(2004, 7, 1): "1.36375",
    date(2005, 1, 3): "2.4",
    date(2005, 11, 15): "4.1",
}


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize(
    "elections",
    [
        {date(2003, 12, 18): "LIBOR 1M"},
        {date(2004, 9, 1): "LIBOR 1M"},  # a payment date
        {date(2004, 9, 10): "LIBOR 3M"},  # within a period: counts from the next
        {date(2004, 5, 3): "LIBOR 3M", date(2005, 2, 1): "prime", date(2005, 8, 2): "LIBOR 1M"},
    ],
    ids=["at-closing", "on-a-payment-date", "within-a-period", "there-and-back"],
)
def test_an_election_of_libor(elections, scenario):
    inputs = {f"elect.term-loan.{day}": index for day, index in elections.items()}
    inputs |= {"LIBOR 1M": "1.14875%", "LIBOR 3M": "1.17000%"}
    compare("term-loan", scenario, inputs, elections=elections, indices=LIBOR_FLAT)


@pytest.mark.parametrize("reset", ["daily", "per period"])
def test_a_changing_libor_is_read_as_its_option_says(reset):
    inputs = {f"LIBOR 1M.{day}": f"{rate}%" for day, rate in LIBOR_STEPS.items()}
    inputs["elect.term-loan"] = "LIBOR 1M"
    deal = with_terms(lexington(), "term-loan", {"coupon.options.1.reset": reset})
    compare(
        "term-loan",
        "closing",
        inputs,
        deal,
        elections={CLOSING: "LIBOR 1M"},
        indices={"LIBOR 1M": steps(LIBOR_STEPS)},
        daily=("prime", "LIBOR 1M") if reset == "daily" else ("prime",),
    )


@pytest.mark.parametrize(
    "tranche_id", ["revolver", "term-loan", "secured-term-loan", "senior-notes"]
)
def test_prime_changes_on_first_last_and_inner_days_of_periods(tranche_id):
    """1 March 2004 and 3 May 2004 begin periods; 30 April ends in one; the rest is between."""
    changes = {
        date(2003, 12, 18): "4",
        date(2004, 2, 29): "6.25",
        date(2004, 3, 1): "5.5",
        date(2004, 4, 30): "4.123456",
        date(2004, 5, 3): "0",
        date(2004, 5, 4): "-0.5",
        date(2004, 5, 5): "9.75",
        date(2006, 6, 29): "20",
    }
    inputs = {f"prime.{day}": f"{rate}%" for day, rate in changes.items()}
    draws = {}
    if tranche_id == "revolver":
        draws = {CLOSING: 5_000_000_00, date(2004, 2, 17): 1_234_567_89, JUNE_2006: 1_000_000_00}
        inputs |= draw_inputs(draws)
    compare(tranche_id, "closing", inputs, prime=steps(changes), draws=draws)


def draw_inputs(draws):
    return {f"draw.revolver.{day}": f"{cents / 100:.2f}" for day, cents in draws.items()}


@pytest.mark.parametrize("scenario", ["closing", "historical"])
def test_a_revolver_drawn_and_repaid_on_and_between_payment_dates(scenario):
    draws = {
        CLOSING: 9_000_000_00,
        date(2004, 2, 2): 500_000_01,  # a payment date
        date(2004, 2, 12): 3_210_987_65,
        date(2004, 3, 31): -4_000_000_00,
        date(2004, 4, 1): -1_000_000_00,
        date(2005, 1, 3): 12_000_000_00,
        date(2006, 6, 29): -19_710_987_66,  # all of it, the day before expiry
    }
    rows = compare("revolver", scenario, draw_inputs(draws), draws=draws)
    assert rows[-1]["opening_balance"] == 0 and rows[-1]["interest"] > 0


PREPAYMENTS = {
    "on-a-payment-date": {date(2004, 9, 1): 1_000_000_00},
    "between": {date(2004, 9, 10): 1_000_000_00},
    "two-in-a-period-and-a-cent": {date(2004, 9, 10): 333_333_33, date(2004, 9, 13): 1},
    "on-and-between-until-the-end": {
        date(2004, 8, 2): 5_000_000_00,
        date(2005, 3, 9): 2_000_000_00,
    },
    "the-day-after-closing": {date(2003, 12, 19): 250_000_00},
    "the-day-before-maturity": {date(2006, 6, 29): 1_000_000_00},
    "on-maturity": {date(2006, 6, 30): 1_000_000_00},
}


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("moves", PREPAYMENTS.values(), ids=PREPAYMENTS)
@pytest.mark.parametrize("tranche_id", ["term-loan", "secured-term-loan"])
def test_prepayments_of_the_loans(tranche_id, moves, scenario):
    inputs = {f"prepay.{tranche_id}.{day}": f"{cents / 100:.2f}" for day, cents in moves.items()}
    compare(tranche_id, scenario, inputs, prepayments=moves)


@pytest.mark.parametrize("day", [date(2005, 3, 9), date(2005, 3, 1)])
def test_a_loan_prepaid_in_full_ends_there(day):
    owed = 13_500_000_00 - (13 if day.day == 9 else 14) * 300_000_00
    owed -= 300_000_00 if day.day == 9 else 0
    inputs = {f"prepay.term-loan.{day}": f"{owed / 100:.2f}"}
    rows = compare("term-loan", "historical", inputs, prepayments={day: owed})
    assert rows[-1]["payment_date"] == day and rows[-1]["closing_balance"] == 0


REDEMPTIONS = {
    "between": {date(2005, 3, 9): 10_000_000_00},
    "on-a-coupon-date": {date(2005, 2, 1): 10_000_000_00},
    "on-a-31st": {date(2005, 3, 31): 10_000_000_00, date(2005, 8, 31): 1_234_567_89},
    "all-between": {date(2005, 3, 9): 42_476_000_00},
}


MOVED_REDEMPTIONS = {
    # 1 May 2005 is a Sunday: the coupon runs to it, the notes redeemed on Monday one day longer.
    "part": {date(2005, 5, 2): 10_000_000_00},
    "all": {date(2005, 5, 2): 42_476_000_00},
}


@pytest.mark.parametrize("moves", REDEMPTIONS.values(), ids=REDEMPTIONS)
def test_redemptions_of_the_notes(moves):
    inputs = {f"prepay.senior-notes.{day}": f"{cents / 100:.2f}" for day, cents in moves.items()}
    compare("senior-notes", "closing", inputs, prepayments=moves)


@pytest.mark.parametrize("moves", MOVED_REDEMPTIONS.values(), ids=MOVED_REDEMPTIONS)
def test_redemptions_of_the_notes_on_a_day_to_which_a_coupon_was_moved(moves):
    inputs = {f"prepay.senior-notes.{day}": f"{cents / 100:.2f}" for day, cents in moves.items()}
    compare("senior-notes", "closing", inputs, prepayments=moves)


def test_a_draw_on_a_day_to_which_a_payment_was_moved_owes_no_interest_for_the_delay():
    """1 May 2005 is a Sunday; what is drawn on Monday accrues from Monday."""
    draws = {CLOSING: 1_000_000_00, date(2005, 5, 2): 9_000_000_00}
    deal = with_terms(lexington(), "revolver", {"payments.interest_for_delay": "none"})
    compare("revolver", "closing", draw_inputs(draws), deal, draws=draws, interest_for_delay=False)


@pytest.mark.parametrize(
    ("tranche_id", "maturity", "coupon", "face", "count"),
    [
        ("senior-notes", date(2009, 8, 1), 0.12, 42_476_000, 23),
        ("junior-notes", date(2009, 11, 1), 0.13, 347_000, 24),
    ],
)
def test_the_coupons_of_the_notes_are_those_of_a_quantlib_bond(
    tranche_id, maturity, coupon, face, count
):
    """A first stub of 43 days, then whole quarters, paid on the following business day."""
    schedule = ql.Schedule(
        day_by_day.ql_date(CLOSING),
        day_by_day.ql_date(maturity),
        ql.Period(3, ql.Months),
        day_by_day.FEDERAL_RESERVE,
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        False,
        day_by_day.ql_date(FIRST_FEBRUARY),
    )
    bond = ql.FixedRateBond(
        0, face, schedule, [coupon], ql.Thirty360(ql.Thirty360.USA), ql.Following
    )
    flows = [(flow.date(), flow.amount()) for flow in bond.cashflows()]
    rows = project(lexington())[tranche_id].rows[1:]
    assert len(rows) == count == len(flows) - 1  # the last of theirs is the redemption
    for row, (paid, amount) in zip(rows, flows[:-1], strict=True):
        assert day_by_day.ql_date(row.payment_date) == paid
        assert row.interest == day_by_day.rounded(Fraction(repr(round(amount * 100, 6))))
    assert rows[0].days == 43
    assert {row.days for row in rows[1:]} == {90}
    assert rows[-1].balloon == flows[-1][1] * 100
