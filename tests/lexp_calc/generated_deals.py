"""Deals made up by hypothesis: one tranche each, with a scenario that fits it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from lexp_calc.calendars import CALENDARS, following
from lexp_calc.regular_dates import FREQUENCIES, RegularDates
from lexp_calc.term_sheet import deal_from_tables

CALENDAR = "US Federal Reserve"
FREQUENCY = st.sampled_from(sorted(FREQUENCIES))
BASE = "balance at the end of the day"


def cents(whole_cents):
    return Decimal(whole_cents).scaleb(-2)


def rates(lowest, highest):
    """Rates as people write them, in hundredths of a per cent."""
    return st.integers(lowest, highest).map(lambda hundredths: f"{hundredths / 100:.2f}%")


@st.composite
def business_days(draw, first, last, most):
    """Up to `most` business days from `first` to `last`, both included, in order."""
    offsets = draw(st.lists(st.integers(0, (last - first).days), max_size=most))
    days = {following(first + timedelta(days=n), CALENDARS[CALENDAR]) for n in offsets}
    return sorted(day for day in days if day <= last)


@st.composite
def coupons(draw):
    """Fixed, or floating over prime, perhaps with a floor and a cap."""
    day_count = draw(st.sampled_from(["ACT/360", "ACT/365F", "30/360 US"]))
    if draw(st.booleans()):
        return {"type": "fixed", "rate": draw(rates(0, 2000)), "day_count": day_count}
    coupon = {
        "type": "floating",
        "options": [
            {
                "index": "prime",
                "margin": draw(rates(0, 500)),
                "reset": draw(st.sampled_from(["daily", "per period"])),
            }
        ],
        "day_count": day_count,
    }
    if draw(st.booleans()):
        coupon["floor"] = draw(rates(0, 800))
    if draw(st.booleans()):
        coupon["cap"] = draw(rates(800, 1500))
    return coupon


@st.composite
def payment_terms(draw, closing):
    """Payment dates from a first one up to 200 days after closing."""
    return {
        "first_payment": closing + timedelta(days=draw(st.integers(1, 200))),
        "frequency": draw(FREQUENCY),
        "business_day": draw(st.sampled_from(["Following", "Modified Following", "Unadjusted"])),
        "interest_for_delay": draw(st.sampled_from(["to the day paid", "none"])),
    }


@st.composite
def prime_paths(draw, closing, last):
    """Prime from closing on, changed now and then."""
    span = (last - closing).days
    later = draw(st.dictionaries(st.integers(1, span), rates(0, 1200), max_size=8))
    path = {closing: draw(rates(0, 1200))}
    path |= {closing + timedelta(days=n): each for n, each in later.items()}
    return {day.isoformat(): each for day, each in path.items()}


@st.composite
def moves(draw, closing, last, largest):
    """Up to four prepayments on business days."""
    days = draw(business_days(closing + timedelta(days=1), last, 4))
    return {day.isoformat(): cents(draw(st.integers(1, largest))) for day in days}


def deal_of(closing, tranche, scenario):
    return deal_from_tables(
        {
            "id": "generated",
            "name": "A generated deal",
            "borrower": "Borrower",
            "currency": "USD",
            "closing_date": closing,
            "calendar": CALENDAR,
            "default_scenario": "base",
            "tranche": {"only": {"name": "Only", "seniority": "senior", **tranche}},
            "scenario": {"base": scenario},
        },
        Path(),
    )


CLOSINGS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@st.composite
def term_loans(draw):
    """Instalments for a while, a balance at maturity, perhaps extended, fees, prepayments."""
    closing = draw(CLOSINGS)
    payments = draw(payment_terms(closing))
    regular = RegularDates(payments["first_payment"], FREQUENCIES[payments["frequency"]])
    count = draw(st.integers(1, 24))
    last = regular.date(count)
    maturity = last + timedelta(days=draw(st.one_of(st.just(0), st.integers(1, 300))))
    instalment = draw(st.integers(1, 10**8))
    rest = draw(st.one_of(st.just(0), st.integers(0, 10**9)))
    principal = instalment * count + rest
    tranche = {
        "type": "term loan",
        "principal": cents(principal),
        "maturity": maturity,
        "coupon": draw(coupons()),
        "payments": payments,
        "prepayment": "at par with accrued interest",
        "repayment": {
            "type": "instalments",
            "amount": cents(instalment),
            "unpaid_balance_at_maturity": True,
            **draw(st.sampled_from([{"count": count}, {"last": last}])),
        },
    }
    if draw(st.booleans()):
        fee = {"name": "Fee", "rate": draw(rates(0, 300))}
        tranche["fees"] = {
            "closing": {"type": "closing", **fee},
            "anniversary": {"type": "anniversary", "base": BASE, **fee},
        }
    scenario = {}
    if draw(st.booleans()):
        maturity += timedelta(days=draw(st.integers(1, 700)))
        tranche["extension"] = {"maturity": maturity}
        scenario["extend"] = {"only": True}
    scenario["prepay"] = {"only": draw(moves(closing, maturity, max(principal // 8, 1)))}
    scenario["index"] = {"prime": draw(prime_paths(closing, maturity))}
    return deal_of(closing, tranche, {key: each for key, each in scenario.items() if _full(each)})


@st.composite
def notes(draw):
    """A bullet with coupons, perhaps redeemed in part."""
    closing = draw(CLOSINGS)
    payments = draw(payment_terms(closing))
    maturity = payments["first_payment"] + timedelta(days=draw(st.integers(0, 3000)))
    principal = draw(st.integers(1, 10**12))
    tranche = {
        "type": "notes",
        "principal": cents(principal),
        "maturity": maturity,
        "coupon": draw(coupons()),
        "payments": payments,
        "redemption": "at par with accrued interest",
    }
    scenario = {
        "prepay": {"only": draw(moves(closing, maturity, max(principal // 4, 1)))},
        "index": {"prime": draw(prime_paths(closing, maturity))},
    }
    return deal_of(closing, tranche, {key: each for key, each in scenario.items() if _full(each)})


@st.composite
def revolvers(draw):
    """Drawn and repaid on business days, never above the commitment nor below nothing."""
    closing = draw(CLOSINGS)
    payments = draw(payment_terms(closing))
    maturity = payments["first_payment"] + timedelta(days=draw(st.integers(0, 900)))
    commitment = draw(st.integers(1, 10**11))
    days = draw(business_days(closing, maturity, 8))
    levels = [draw(st.integers(0, commitment)) for _ in days]
    changes = {
        day.isoformat(): cents(level - before)
        for day, level, before in zip(days, levels, [0, *levels], strict=False)
        if level != before
    }
    tranche = {
        "type": "revolver",
        "commitment": cents(commitment),
        "maturity": maturity,
        "coupon": draw(coupons()),
        "payments": payments,
    }
    scenario = {
        "draw": {"only": changes},
        "index": {"prime": draw(prime_paths(closing, maturity))},
    }
    return deal_of(closing, tranche, {key: each for key, each in scenario.items() if _full(each)})


def _full(table):
    return all(each for each in table.values())


DEALS = {"term loans": term_loans(), "notes": notes(), "revolvers": revolvers()}
