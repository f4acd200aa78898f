"""Carrying amounts from payment to payment: laws over made-up debts, and cases done by hand."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lexp_calc import builtin_deal, project
from lexp_calc.carrying_amounts import carrying_amount
from lexp_calc.debt_restructuring import restructured_debt, restructuring_gain
from lexp_calc.effective_rates import effective_interest, effective_rate
from lexp_calc.errors import LexpError
from lexp_calc.floating_interest import floating_effective_interest
from lexp_calc.internal_rates import xnpv

START = date(2003, 12, 18)
EXAMPLES = Path(__file__).parents[2] / "examples"
CENT = Decimal("0.01")


def cents(low, high):
    return st.integers(low, high).map(lambda units: Decimal(units) / 100)


@st.composite
def debts(draw):
    """Payments of one to forty periods of 5 to 200 days, and what the debt is carried at."""
    count = draw(st.integers(1, 40))
    steps = draw(st.lists(st.integers(5, 200), min_size=count, max_size=count))
    days = [START + timedelta(days=sum(steps[: number + 1])) for number in range(count)]
    interest = draw(st.lists(cents(0, 10**7), min_size=count, max_size=count))
    principal = draw(st.lists(cents(10**5, 10**8), min_size=count, max_size=count))
    share = draw(st.decimals("0.6", "1", places=4))
    carried = (sum(principal) * share).quantize(CENT)
    return carried, interest, principal, days


def columns(table):
    return {name: [row[at] for row in table.rows] for at, name in enumerate(table.headings)}


def assert_rolls(table, carried, paid):
    """Each row opens where the last closed, adds up, and the last closes at 0."""
    of = columns(table)
    assert of["opening_carrying_amount"] == [carried, *of["closing_carrying_amount"][:-1]]
    each = zip(
        of["opening_carrying_amount"],
        of["interest_expense"],
        paid,
        of["closing_carrying_amount"],
        strict=True,
    )
    for opening, expense, payment, closing in each:
        assert opening + expense - payment == closing
    assert of["closing_carrying_amount"][-1] == 0
    assert sum(of["interest_expense"]) == sum(paid) - carried


def by_rate(row, length):
    """Interest expense by the row's own opening amount and rate, not rounded."""
    _, opening, rate, *_ = row
    return float(opening) * ((1 + rate) ** length - 1)


@given(debts(), st.sampled_from(("actual days", "equal periods")))
@settings(max_examples=200, deadline=None)
def test_a_debt_rolls_to_nothing_and_earns_its_rate(debt, lengths):
    carried, interest, principal, days = debt
    table = effective_interest(carried, START, interest, principal, days, lengths)
    paid = [one + other for one, other in zip(interest, principal, strict=True)]
    assert_rolls(table, carried, paid)
    of, before, drift = columns(table), START, 1.0
    for number, (row, day) in enumerate(zip(table.rows, days, strict=True), 1):
        length = 1 if lengths == "equal periods" else (day - before).days / 365
        drift = drift * (1 + row[2]) ** length + 1
        allowed = 0.0051 if number < len(days) else 0.0051 * drift
        assert abs(float(row[3]) - by_rate(row, length)) <= allowed + 1e-6
        before = day
    assert of["unamortized_discount"][-1] == 0
    assert sum(of["amortization"]) == sum(principal) - carried
    if lengths == "actual days" and table.rows[0][2] < 1e12:  # what XNPV takes
        worth = xnpv(table.rows[0][2], [0, *paid], [START, *days])
        assert worth == pytest.approx(float(carried), rel=1e-10)


@given(debts(), cents(0, 10**9))
@settings(max_examples=100, deadline=None)
def test_a_restructured_debt_has_a_gain_or_interest_and_never_both(debt, equity):
    _, interest, principal, days = debt
    paid = [one + other for one, other in zip(interest, principal, strict=True)]
    carried = sum(principal)
    assume(equity < carried)
    gain = restructuring_gain(carried, paid, equity)
    table = restructured_debt(carried, START, paid, days, equity)
    assert_rolls(table, carried - equity - gain, paid)
    earned = sum(columns(table)["interest_expense"])
    assert gain == 0 or earned == 0
    assert earned - gain == sum(paid) - (carried - equity)


@st.composite
def floating_loans(draw):
    _, _, principal, days = draw(debts())
    rates = draw(st.lists(cents(0, 20), min_size=len(days), max_size=len(days)))
    discount = draw(st.decimals("0", "0.1", places=3))
    return (sum(principal) * (1 - discount)).quantize(CENT), principal, rates, days


@given(floating_loans(), st.sampled_from(("at inception", "as it changes")))
@settings(max_examples=100, deadline=None)
def test_a_floating_loan_rolls_to_nothing_either_way(loan, index_rate):
    carried, principal, rates, days = loan
    table = floating_effective_interest(carried, START, principal, rates, days, index_rate)
    of = columns(table)
    paid = [one + two for one, two in zip(of["interest_paid"], principal, strict=True)]
    assert_rolls(table, carried, paid)
    assert sum(of["amortization"]) == sum(principal) - carried
    left, before = sum(principal), START
    for due, rate, day, repaid in zip(of["interest_paid"], rates, days, principal, strict=True):
        exact = left * rate * (day - before).days / 360
        assert abs(due - exact) <= CENT / 2
        left, before = left - repaid, day


@given(floating_loans(), cents(0, 20))
@settings(max_examples=50, deadline=None)
def test_a_rate_that_never_changes_gives_both_ways_alike(loan, rate):
    carried, principal, rates, days = loan
    both = [
        floating_effective_interest(carried, START, principal, [rate] * len(days), days, way)
        for way in ("at inception", "as it changes")
    ]
    assert both[0] == both[1]


# ---------------------------------------------------------------- the built-in deal


def of_schedule(tranche, scenario=None):
    rows = project(builtin_deal("lexp-2003"), scenario)[tranche].records()
    return rows[0], rows[1:]


def test_the_new_notes_earn_about_12_54_per_cent_of_the_old_carrying_amount():
    deal = builtin_deal("lexp-2003")
    schedule = project(deal)["senior-notes"]
    paid = [(row.due_date, row.total_payment) for row in schedule.rows[1:]]
    rate = effective_rate(
        Decimal("42475926.79"),
        START,
        [Decimal(amount) / 100 for _, amount in paid],
        [day for day, _ in paid],
    )
    assert round(rate, 4) == 0.1254
    assert (
        restructuring_gain(Decimal("42475926.79"), [Decimal(each) / 100 for _, each in paid]) == 0
    )


@pytest.mark.parametrize("index_rate", ["at inception", "as it changes"])
@pytest.mark.parametrize("scenario", [None, "historical"])
@pytest.mark.parametrize(
    "tranche", ["term-loan", "secured-term-loan", "senior-notes", "junior-notes"]
)
def test_a_tranche_is_carried_from_its_proceeds_to_nothing(tranche, scenario, index_rate):
    closing, rows = of_schedule(tranche, scenario)
    table = carrying_amount("lexp-2003", tranche, 1234.56, scenario, index_rate)
    by_day = {}
    for row in rows:
        day = row["payment_date"]
        by_day[day] = by_day.get(day, 0) + row["total_payment"]
    paid = {day: amount for day, amount in by_day.items() if amount}
    assert columns(table)["payment_date"] == list(paid)
    carried = closing["drawn"] - closing["fees"] - Decimal("1234.56")
    assert_rolls(table, carried, list(paid.values()))
    assert columns(table)["unamortized_discount"][-1] == 0


def test_the_closing_fee_of_the_secured_loan_is_its_discount():
    table = carrying_amount("lexp-2003", "secured-term-loan")
    assert table.rows[0][1] == Decimal("11500000") - Decimal("215625")


# What is lent at par, without a fee, yields its own rate: there is nothing to amortize. A cent
# here and there is the contract's own rounding of interest.
AT_PAR = [
    ("lexp-2003", "senior-notes", 0.12, 0),
    ("lexp-2003", "junior-notes", 0.13, 0),
    ("lexp-2003", "term-loan", 0.055, 0),
    ("exchange-offer", "new-notes", 0.105, 0),
    ("exchange-offer", "bank-loan", 0.0725, 0),
    ("term-loan-b", "senior-notes", 0.0825, 0),
    ("commercial-mortgage", "improvement-loan", 0.071, 5),
]


@pytest.mark.parametrize("index_rate", ["at inception", "as it changes"])
@pytest.mark.parametrize(("deal", "tranche", "rate", "cents_off"), AT_PAR)
def test_debt_at_par_without_costs_yields_its_own_rate(deal, tranche, rate, cents_off, index_rate):
    path = deal if deal == "lexp-2003" else str(EXAMPLES / f"{deal}.toml")
    of = columns(carrying_amount(path, tranche, 0, None, index_rate))
    assert of["effective_rate"][0] == pytest.approx(rate, abs=1e-8)
    assert max(map(abs, of["amortization"])) <= cents_off * CENT


def test_a_floating_loan_at_par_yields_its_own_rate_as_it_changes():
    of = columns(carrying_amount("lexp-2003", "term-loan", 0, "historical"))
    assert len(set(of["effective_rate"])) > 10
    assert max(map(abs, of["amortization"])) == 0


# ---------------------------------------------------------------- what is refused

DAYS = [date(2004, 12, 18), date(2005, 12, 18)]
# A rate that fits 20 days, over which the next ten years compound.
BEYOND_NUMBERS = [date(2004, 1, 7), date(2014, 1, 7), date(2014, 1, 8)]
REFUSED = (
    (effective_rate, (100, START, [50, 40], DAYS), "amounts", "90.00 on 100.00"),
    (effective_rate, (100, START, [60], DAYS), "amounts, dates", "1 in amounts and 2 in dates"),
    (effective_rate, (100, START, [60, 60], DAYS[::-1]), "dates[2]", "2004-12-18"),
    (effective_rate, (100, START, [60, 60], [START, DAYS[0]]), "dates[1]", "2003-12-18"),
    (effective_rate, (100, START, [60, 60], [DAYS[0]] * 2), "dates[2]", "2004-12-18"),
    (effective_rate, (100, START, [160, 0], DAYS), "dates", "no payment"),
    (effective_rate, (100, START, [60, 60], DAYS, "months"), "period_lengths", "equal periods"),
    (effective_rate, (0, START, [60, 60], DAYS), "carrying_amount", "0"),
    (
        effective_interest,
        (100, START, [1, 1], [50], DAYS),
        "interest_amounts, principal_amounts, dates",
        "2 in interest_amounts and 1 in principal_amounts and 2 in dates",
    ),
    (
        floating_effective_interest,
        (100, START, [0, 100], [0.05, 0.05], DAYS, "sometimes"),
        "index_rate",
        "at inception",
    ),
    (
        floating_effective_interest,
        (100, START, [0, 100], [0.05, -0.05], DAYS, "at inception"),
        "rates[2]",
        "-0.05",
    ),
    (
        floating_effective_interest,
        (100, START, [0, 100], [0.05, 0.05], DAYS, "at inception", "ACT/ACT ICMA"),
        "day_count",
        "another day count",
    ),
    (
        effective_interest,
        (1, START, [999_999_999_998, 0, 0], [1, 0, 1], BEYOND_NUMBERS),
        "carrying_amount",
        "interest is beyond all numbers",
    ),
    (restructuring_gain, (100, [50], 101), "fair_value_of_equity", "101"),
    (restructured_debt, (100, START, [50, 50], DAYS, 100), "fair_value_of_equity", "100"),
    (carrying_amount, ("lexp-2003", "revolver"), "tranche", "revolver"),
    (carrying_amount, ("lexp-2003", "term-lon"), "tranche", "term-loan"),
    (carrying_amount, ("lexp-2003", "term-loan", 14_000_000), "issue_costs", "13,500,000.00"),
    (carrying_amount, ("lexp-2003", "term-loan", 0, "closng"), "scenario", "closing"),
    (carrying_amount, ("lexp-2004", "term-loan"), "deal: lexp-2004", "lexp-2003"),
)


@pytest.mark.parametrize(("function", "given_arguments", "where", "words"), REFUSED)
def test_what_is_wrong_is_refused_by_name(function, given_arguments, where, words):
    with pytest.raises(LexpError) as refused:
        function(*given_arguments)
    assert refused.value.where == where and words in str(refused.value)
