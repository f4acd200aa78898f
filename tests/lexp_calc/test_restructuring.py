"""ASC 470-60 on exchanges small enough to be done by hand."""

from datetime import date
from decimal import Decimal

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.restructuring import RestructuringTest, restructuring_test

ONE_YEAR_LATER = date(2004, 12, 18)  # 366 days after the exchange: 2004 is a leap year

CASES = (
    # carrying amount, payments, gain, effective rate, source
    (
        100_000,
        ((ONE_YEAR_LATER, 110_000),),
        0,
        "0.09971",
        "hand: 1.1 ^ (365/366) - 1; payments exceed, so no gain",
    ),
    (100_000, ((ONE_YEAR_LATER, 90_000),), 10_000, None, "470-60-35-6: 100,000 - 90,000"),
    (100_000, ((ONE_YEAR_LATER, 100_000),), 0, None, "equal: neither gain nor interest"),
)


@pytest.mark.parametrize(("carrying", "payments", "gain", "rate", "source"), CASES)
def test_gain_and_effective_rate(carrying, payments, gain, rate, source):
    test = RestructuringTest(carrying, carrying, date(2003, 12, 18), payments)
    assert test.gain == gain, source
    found = test.effective_rate
    assert (None if found is None else round(found, 5)) == (None if rate is None else Decimal(rate))


def test_the_solved_rate_gives_back_the_carrying_amount():
    deal = builtin_deal("lexp-2003")
    new_notes = project(deal)["senior-notes"]
    test = restructuring_test(deal.exchange["senior"], new_notes, deal.money)
    rate = float(test.effective_rate)
    worth = sum(
        amount / (1 + rate) ** ((day - test.exchanged_on).days / 365)
        for day, amount in test.payments
    )
    assert worth == pytest.approx(test.carrying_amount, rel=1e-8)


def test_no_test_where_the_terms_do_not_say_what_was_tendered():
    deal = builtin_deal("lexp-2003")
    new_notes = project(deal)["junior-notes"]
    assert restructuring_test(deal.exchange["junior"], new_notes, deal.money) is None
