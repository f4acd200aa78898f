"""Conventions on their way through a deal: interest by hand, maturities in force, refusals."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from lexp_calc import LexpError, project
from lexp_calc.exchanges import exchange_ratio
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path

CLOSING = date(2003, 12, 18)
QUARTERLY = {
    "first_payment": date(2004, 2, 1),
    "frequency": "quarterly",
    "business_day": "Unadjusted",
    "interest_for_delay": "none",
}
FIXED = {"type": "fixed", "rate": "12%", "day_count": "ACT/ACT ICMA"}
PRIME = {"type": "floating", "options": [{"index": "prime", "margin": "1%", "reset": "daily"}]}


def deal_with(payments=QUARTERLY, coupon=FIXED, maturity=date(2009, 8, 1), **others):
    """One tranche of notes of 42,476,000, or whatever `others` make of it."""
    tranche = {
        "type": "notes",
        "name": "Notes",
        "seniority": "senior",
        "principal": 42_476_000,
        "redemption": "at par with accrued interest",
        "maturity": maturity,
        "coupon": coupon,
        "payments": payments,
        **others,
    }
    tables = {
        "id": "made-up",
        "name": "A deal",
        "borrower": "Borrower",
        "currency": "USD",
        "closing_date": CLOSING,
        "calendar": "US Federal Reserve",
        "default_scenario": "base",
        "tranche": {"only": {key: each for key, each in tranche.items() if each is not None}},
        "scenario": {"base": {"index": {"prime": {"2003-12-18": "4%", "2004-01-15": "5%"}}}},
    }
    return deal_from_tables(tables, Path())


def rows_of(deal, **inputs):
    return project(deal, inputs=inputs)["only"].rows[1:]


def cents(exact):
    return int(exact * 100 + Fraction(1, 2))


def test_act_act_icma_pays_a_quarter_of_the_coupon_on_every_regular_date():
    """The first period has 45 of the 92 days from 1 November 2003 to 1 February 2004."""
    first, *others = rows_of(deal_with())
    assert first.days == 45
    assert first.interest == cents(Fraction(42_476_000 * 12 * 45, 100 * 4 * 92)) == 62_328_913
    assert {row.interest for row in others} == {127_428_000}
    assert {row.days for row in others} == {89, 90, 92}
    assert {row.all_in_rate for row in others} == {Fraction(12, 100)}


def test_a_long_first_period_of_act_act_icma_is_two_notional_periods():
    """From 18 December 2003 to 1 May 2004: 45/92 of one quarter, and all of the next."""
    payments = QUARTERLY | {"first_period": "long"}
    del payments["first_payment"]
    first, *others = rows_of(deal_with(payments))
    assert (first.due_date, first.days) == (date(2004, 5, 1), 45 + 90)
    assert first.interest == cents(42_476_000 * Fraction(3, 100) * (1 + Fraction(45, 92)))
    assert {row.interest for row in others} == {127_428_000}


def test_a_redemption_in_act_act_icma_pays_what_has_accrued_on_it():
    """On 10 March 2004, 38 of the 90 days of the quarter to 1 May."""
    first, redeemed, following, *_ = rows_of(
        deal_with(), **{"prepay.only.2004-03-10": "1000000", "prepay.only.2004-04-12": "500000"}
    )[:3]
    assert redeemed.payment_date == date(2004, 3, 10)
    assert redeemed.interest == cents(1_000_000 * Fraction(3, 100) * Fraction(38, 90))
    assert following.interest == cents(500_000 * Fraction(3, 100) * Fraction(71, 90))


def test_act_act_isda_counts_the_days_of_each_year_over_its_own():
    """14 days of 2003 over 365 and 31 of 2004 over 366."""
    first, *_ = rows_of(deal_with(coupon=FIXED | {"day_count": "ACT/ACT ISDA"}))
    years = Fraction(14, 365) + Fraction(31, 366)
    assert first.days == 45
    assert first.interest == cents(42_476_000 * Fraction(12, 100) * years)
    assert first.all_in_rate == Fraction(12, 100)


def test_act_act_isda_measures_a_change_of_rate_in_the_year_it_falls_in():
    """Prime goes from 4% to 5% on 15 January 2004: 5% all in for 14 + 14 days, then 6% for 17."""
    first, *_ = rows_of(deal_with(coupon=PRIME | {"day_count": "ACT/ACT ISDA"}))
    years = Fraction(5, 100) * (Fraction(14, 365) + Fraction(14, 366))
    years += Fraction(6, 100) * Fraction(17, 366)
    assert first.interest == cents(42_476_000 * years)
    assert first.all_in_rate == years / (Fraction(14, 365) + Fraction(31, 366))


TO_FEBRUARY = {
    "maturity": date(2009, 2, 28),
    "extension": {"maturity": date(2009, 8, 31)},
    "coupon": FIXED | {"day_count": "30E/360 ISDA"},
    "payments": QUARTERLY
    | {"first_payment": date(2004, 2, 29), "frequency": "semiannual", "end_of_month": True},
}


def test_30e_360_isda_looks_at_the_maturity_in_force():
    """From 31 August 2008 to 28 February 2009: 178 days to maturity, 180 where it is extended."""
    deal = deal_with(**TO_FEBRUARY)
    *others, last = rows_of(deal)
    assert (last.due_date, last.days) == (date(2009, 2, 28), 178)
    assert {row.days for row in others[1:]} == {180}
    extended = rows_of(deal, **{"extend.only": True})
    assert [row.days for row in extended[-2:]] == [180, 180]


@pytest.mark.parametrize(
    ("frequency", "end_of_month", "count", "interest"),
    [
        ("weekly", None, 52, 42_476_000 * 12 * 7),
        ("every two weeks", None, 26, 42_476_000 * 12 * 14),
        ("every four weeks", None, 13, 42_476_000 * 12 * 28),
    ],
)
def test_payments_by_weeks(frequency, end_of_month, count, interest):
    payments = QUARTERLY | {"frequency": frequency}
    _, *others = rows_of(
        deal_with(payments, FIXED | {"day_count": "ACT/360"}, maturity=date(2005, 1, 30))
    )
    assert len(others) == count
    assert {row.interest for row in others} == {cents(Fraction(interest, 100 * 360))}


REFUSED = {
    "icma-floating": (
        {"coupon": PRIME | {"day_count": "ACT/ACT ICMA"}},
        "coupon.day_count: found ACT/ACT ICMA, which counts regular periods, for a rate",
    ),
    "icma-weekly": (
        {"payments": QUARTERLY | {"frequency": "weekly"}},
        "payments.frequency: found payments weekly with ACT/ACT ICMA; a frequency of months",
    ),
    "no-first-payment": (
        {"payments": {key: each for key, each in QUARTERLY.items() if key != "first_payment"}},
        "payments.first_payment: found neither a first payment nor a first period; either",
    ),
    "unknown-frequency": (
        {"payments": QUARTERLY | {"frequency": "fortnightly"}},
        'payments.frequency: found "fortnightly"; one of "weekly", "every two weeks"',
    ),
    "unknown-last-period": (
        {"payments": QUARTERLY | {"last_period": "middling"}},
        'payments.last_period: found "middling"; one of "short", "long" would be right',
    ),
    "end-of-month-as-text": (
        {"payments": QUARTERLY | {"end_of_month": "yes"}},
        'payments.end_of_month: found "yes"; true or false would be right',
    ),
    "too-many-weeks": (
        {
            "payments": QUARTERLY | {"frequency": "weekly"},
            "coupon": FIXED | {"day_count": "ACT/360"},
            "maturity": date(2027, 2, 1),
        },
        "maturity: found 2027-02-01, about 1,203 payments away; at most 1,200 payments",
    ),
    "instalment-in-a-long-last-period": (
        {
            "type": "term loan",
            "redemption": None,
            "prepayment": "at par with accrued interest",
            "principal": 600_000,
            "repayment": {"type": "instalments", "amount": 100_000, "count": 6},
            "payments": QUARTERLY | {"last_period": "long"},
            "maturity": date(2005, 6, 1),
        },
        'payments.last_period: found "long", which leaves out instalment 6 due on 2005-05-01;',
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused(case):
    terms, message = REFUSED[case]
    with pytest.raises(LexpError) as caught:
        deal_with(**terms)
    assert f"tranche.only.{message}" in str(caught.value)


def test_an_exchange_has_no_regular_payments_to_count_in():
    path = term_sheet_path("lexp-2003")
    tables = read_tables(path)
    tables["exchange"]["senior"]["day_count"] = "ACT/ACT ICMA"
    with pytest.raises(
        LexpError, match=r"exchange\.senior\.day_count: found .ACT/ACT ICMA., which"
    ):
        deal_from_tables(tables, path.parent)


def test_an_exchange_accrues_by_the_length_of_its_days():
    """11 days of 1999, all of leap year 2000, 10 of 2001, at 12% on a thousand."""
    ratio = exchange_ratio(Decimal("0.12"), date(1999, 12, 21), date(2001, 1, 11), "ACT/ACT ISDA")
    exact = 1000 + 120 * (Fraction(11, 365) + 1 + Fraction(10, 365))
    assert abs(Fraction(ratio) - exact) < Fraction(1, 10**20)


def test_an_instalment_before_a_long_last_period_is_taken():
    terms = REFUSED["instalment-in-a-long-last-period"][0]
    repayment = {"type": "instalments", "amount": 120_000, "count": 5}
    rows = rows_of(deal_with(**terms | {"repayment": repayment}))
    assert [row.scheduled_principal for row in rows] == [12_000_000] * 5
    assert Decimal(rows[-1].balloon) == 0
