"""Every schedule of the built-in deal against a day-by-day simulation that shares no code.

The terms are written out again from the press release, so a term misread is found too.
"""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import QuantLib as ql

import lexp_calc
from lexp_calc import project
from tests.lexp_calc.simulation.amounts import rounded
from tests.lexp_calc.simulation.dates import FEDERAL_RESERVE, ql_date
from tests.lexp_calc.simulation.deals import simulate
from tests.lexp_calc.variants import UNADJUSTED, lexington, with_term, with_terms

H15 = Path(lexp_calc.__file__).parent / "data" / "prime-h15.csv"
CLOSING = date(2003, 12, 18)
FIRST_FEBRUARY = date(2004, 2, 1)
JUNE_2006 = date(2006, 6, 30)
AT_PAR = "at par with accrued interest"


def bank_payments(first_payment):
    """Monthly, interest to the day paid."""
    return {
        "first_payment": first_payment,
        "frequency": "monthly",
        "business_day": "Following",
        "interest_for_delay": "to the day paid",
    }


def options(over_prime, over_libor):
    """Prime loans float from day to day, LIBOR loans are fixed for a period."""
    return (
        {"index": "prime", "margin": over_prime, "reset": "daily"},
        {"index": "LIBOR 1M", "margin": over_libor, "reset": "per period"},
        {"index": "LIBOR 3M", "margin": over_libor, "reset": "per period"},
    )


def notes(principal, rate, maturity):
    """Quarterly coupons that a holiday delays and does not raise."""
    return {
        "type": "notes",
        "principal": principal,
        "maturity": maturity,
        "coupon": {"type": "fixed", "rate": rate, "day_count": "30/360 US"},
        "payments": {
            "first_payment": FIRST_FEBRUARY,
            "frequency": "quarterly",
            "business_day": "Following",
            "interest_for_delay": "none",
        },
        "redemption": AT_PAR,
    }


FEE = {"name": "Fee", "rate": "1.875%"}
TERMS = {
    "revolver": {
        "type": "revolver",
        "commitment": 23_500_000,
        "maturity": JUNE_2006,
        "extension": {"maturity": date(2007, 10, 1)},
        "coupon": {"type": "floating", "options": options("1%", "3.25%"), "day_count": "ACT/360"},
        "payments": bank_payments(FIRST_FEBRUARY),
    },
    "term-loan": {
        "type": "term loan",
        "principal": 13_500_000,
        "maturity": date(2007, 10, 1),
        "springing": {"maturity": JUNE_2006, "unless_extended": "revolver"},
        "repayment": {"type": "instalments", "amount": 300_000, "count": 45},
        "coupon": {"type": "floating", "options": options("1.5%", "3.75%"), "day_count": "ACT/360"},
        "payments": bank_payments(FIRST_FEBRUARY),
        "prepayment": AT_PAR,
    },
    "secured-term-loan": {
        "type": "term loan",
        "principal": 11_500_000,
        "maturity": JUNE_2006,
        "extension": {"maturity": date(2007, 6, 30)},
        "repayment": {
            "type": "instalments",
            "amount": 96_000,
            "last": date(2006, 6, 1),
            "unpaid_balance_at_maturity": True,
        },
        "coupon": {
            "type": "floating",
            "options": [{"index": "prime", "margin": "4%", "reset": "daily"}],
            "floor": "8.25%",
            "day_count": "ACT/360",
        },
        "payments": bank_payments(date(2004, 1, 1)),
        "prepayment": AT_PAR,
        "fees": {
            "closing": {"type": "closing", **FEE},
            "anniversary": {"type": "anniversary", "base": "balance at the end of the day", **FEE},
        },
    },
    "senior-notes": notes(42_476_000, "12%", date(2009, 8, 1)),
    "junior-notes": notes(347_000, "13%", date(2009, 11, 1)),
}


def prime_of_h15():
    """The Federal Reserve's table of changes."""
    with open(H15, encoding="utf-8") as file:
        table = list(csv.reader(line for line in file if not line.startswith("#")))[1:]
    return {day: f"{rate}%" for day, rate in table}


PRIME = {"closing": "4.00%", "historical": prime_of_h15()}
INDICES = ("prime", "LIBOR 1M", "LIBOR 3M")
EXTENDED = {
    "revolver": {"extend.revolver": True},
    "term-loan": {"extend.revolver": True},
    "secured-term-loan": {"extend.secured-term-loan": True},
}


def scenario_of(prime, inputs):
    """The scenario that single inputs make: "draw.revolver.2004-02-17" and the like."""
    scenario = {"index": {"prime": prime}}
    for path, value in inputs.items():
        names = ["index", *path.split(".")] if path.startswith(INDICES) else path.split(".")
        value = Decimal(value) if names[0] in ("draw", "prepay") else value
        table = scenario
        for name in names[:-1]:
            inner = table.get(name)
            table[name] = dict(inner) if isinstance(inner, dict) else {}
            if isinstance(inner, str):  # held flat from closing, until it changes
                table[name][CLOSING.isoformat()] = inner
            table = table[name]
        table[names[-1]] = value
    return scenario


def assert_same(schedule, expected):
    """Every column of every row."""
    found = [{name: getattr(row, name) for name in expected[0]} for row in schedule.rows]
    for number, (ours, theirs) in enumerate(zip(found, expected, strict=False), 1):
        assert ours == theirs, f"row {number} of {schedule.tranche_id}"
    assert len(found) == len(expected)


def compare(tranche_id, scenario="closing", inputs=None, changes=None):
    """The schedule of one tranche, projected and simulated; terms changed in both."""
    inputs, changes = inputs or {}, changes or {}
    terms = TERMS
    for path, value in changes.items():
        steps = [int(step) if step.isdigit() else step for step in path.split(".")]
        terms = with_term(terms, [tranche_id, *steps], value)
    expected = simulate(
        {
            "currency": "USD",
            "closing_date": CLOSING,
            "calendar": "US Federal Reserve",
            "tranche": terms,
            "scenario": {scenario: scenario_of(PRIME[scenario], inputs)},
        },
        scenario,
    )[tranche_id]
    deal = with_terms(lexington(), tranche_id, changes)
    assert_same(project(deal, scenario, inputs)[tranche_id], expected)
    return expected


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("tranche_id", TERMS)
def test_each_tranche_in_each_scenario(tranche_id, scenario):
    compare(tranche_id, scenario)


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("tranche_id", EXTENDED)
def test_each_extension_in_each_scenario(tranche_id, scenario):
    compare(tranche_id, scenario, EXTENDED[tranche_id])


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("extended", [False, True])
@pytest.mark.parametrize("tranche_id", TERMS)
def test_each_tranche_with_unadjusted_dates(tranche_id, extended, scenario):
    inputs = EXTENDED.get(tranche_id, {}) if extended else {}
    compare(tranche_id, scenario, inputs, UNADJUSTED)


@pytest.mark.parametrize("scenario", ["closing", "historical"])
@pytest.mark.parametrize("tranche_id", ["term-loan", "secured-term-loan"])
def test_each_loan_without_interest_for_the_delay(tranche_id, scenario):
    compare(tranche_id, scenario, {}, {"payments.interest_for_delay": "none"})


LIBOR_STEPS = {
    "2003-12-18": "1.14875",
    "2004-03-10": "1.09",
    "2004-07-01": "1.36375",
    "2005-01-03": "2.4",
    "2005-11-15": "4.1",
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
    compare("term-loan", scenario, inputs)


@pytest.mark.parametrize("reset", ["daily", "per period"])
def test_a_changing_libor_is_read_as_its_option_says(reset):
    inputs = {f"LIBOR 1M.{day}": f"{rate}%" for day, rate in LIBOR_STEPS.items()}
    inputs["elect.term-loan"] = "LIBOR 1M"
    compare("term-loan", "closing", inputs, {"coupon.options.1.reset": reset})


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
    if tranche_id == "revolver":
        draws = {CLOSING: 5_000_000_00, date(2004, 2, 17): 1_234_567_89, JUNE_2006: 1_000_000_00}
        inputs |= draw_inputs(draws)
    compare(tranche_id, "closing", inputs)


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
    rows = compare("revolver", scenario, draw_inputs(draws))
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
    compare(tranche_id, scenario, inputs)


@pytest.mark.parametrize("day", [date(2005, 3, 9), date(2005, 3, 1)])
def test_a_loan_prepaid_in_full_ends_there(day):
    owed = 13_500_000_00 - (13 if day.day == 9 else 14) * 300_000_00
    owed -= 300_000_00 if day.day == 9 else 0
    inputs = {f"prepay.term-loan.{day}": f"{owed / 100:.2f}"}
    rows = compare("term-loan", "historical", inputs)
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
    compare("senior-notes", "closing", inputs)


@pytest.mark.parametrize("moves", MOVED_REDEMPTIONS.values(), ids=MOVED_REDEMPTIONS)
def test_redemptions_of_the_notes_on_a_day_to_which_a_coupon_was_moved(moves):
    inputs = {f"prepay.senior-notes.{day}": f"{cents / 100:.2f}" for day, cents in moves.items()}
    compare("senior-notes", "closing", inputs)


def test_a_draw_on_a_day_to_which_a_payment_was_moved_owes_no_interest_for_the_delay():
    """1 May 2005 is a Sunday; what is drawn on Monday accrues from Monday."""
    draws = {CLOSING: 1_000_000_00, date(2005, 5, 2): 9_000_000_00}
    changes = {"payments.interest_for_delay": "none"}
    compare("revolver", "closing", draw_inputs(draws), changes)


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
        ql_date(CLOSING),
        ql_date(maturity),
        ql.Period(3, ql.Months),
        FEDERAL_RESERVE,
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        False,
        ql_date(FIRST_FEBRUARY),
    )
    bond = ql.FixedRateBond(
        0, face, schedule, [coupon], ql.Thirty360(ql.Thirty360.USA), ql.Following
    )
    flows = [(flow.date(), flow.amount()) for flow in bond.cashflows()]
    rows = project(lexington())[tranche_id].rows[1:]
    assert len(rows) == count == len(flows) - 1  # the last of theirs is the redemption
    for row, (paid, amount) in zip(rows, flows[:-1], strict=True):
        assert ql_date(row.payment_date) == paid
        assert row.interest == rounded(Fraction(repr(round(amount * 100, 6))))
    assert rows[0].days == 43
    assert {row.days for row in rows[1:]} == {90}
    assert rows[-1].balloon == flows[-1][1] * 100
