"""Deals about dates, call protection, coupons, and several tranches, made up by hypothesis."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated.borrowing import ANNIVERSARY, primes
from tests.lexp_calc.generated.coupons import floating_coupons, in_default
from tests.lexp_calc.generated.loans import (
    LARGEST,
    ONE_DAY,
    instalments,
    lent,
    loans,
    prepayments,
)
from tests.lexp_calc.generated.revolvers import drawn_and_repaid
from tests.lexp_calc.generated.terms import (
    DAY_COUNTS,
    business_days,
    dates_of_the_drawn,
    deal_tables,
    fixed_coupons,
    flat_or_by_date,
    frames,
    payment_dates,
    prime_coupons,
    rates,
    scenario_of,
)
from tests.lexp_calc.simulation.amounts import day_of

ICMA = "ACT/ACT ICMA"  # the day count of fixed coupons alone


@st.composite
def dates_and_day_counts(draw):
    """A bullet on any dates, by any day count, with a fee on anniversaries, perhaps extended."""
    frame = draw(frames())
    dates = draw(payment_dates(frame))
    kind = draw(st.sampled_from(["notes", "term loan"]))
    counts = (*DAY_COUNTS, ICMA) if dates.in_months else DAY_COUNTS
    coupon = draw(st.one_of(fixed_coupons(counts), prime_coupons()))
    principal = draw(st.integers(1000, LARGEST))
    terms = lent(kind, dates, coupon, principal, frame)
    if kind == "term loan":
        terms["repayment"] = {"type": "bullet"}
    if draw(st.booleans()):
        terms["fees"] = {"yearly": {"name": "Fee", "rate": draw(rates(0, 300)), **ANNIVERSARY}}
    maturity, extend = dates.maturity, {}
    if draw(st.integers(0, 2)) == 0:
        maturity += timedelta(days=draw(st.integers(1, 300)))
        terms["extension"] = {"maturity": maturity}
        extend = {"only": True}
    scenario = scenario_of(
        extend=extend,
        prepay={"only": draw(prepayments(frame, dates, maturity, principal))},
        index=primes(draw, frame, maturity),
    )
    return deal_tables(frame, {"only": terms}, scenario)


@st.composite
def call_protection(draw):
    """Premiums in steps, and a make-whole on fixed coupons."""
    frame = draw(frames())
    yearly = ("quarterly", "semiannual", "annual")
    dates = draw(payment_dates(frame, yearly).filter(lambda each: each.regular))
    is_fixed = draw(st.booleans())
    coupon = draw(fixed_coupons((*DAY_COUNTS, ICMA)) if is_fixed else prime_coupons())
    principal = draw(st.integers(10**6, LARGEST))
    terms = lent("notes", dates, coupon, principal, frame)
    untils = sorted(
        draw(st.sets(st.integers(1, (dates.maturity - frame.closing).days), max_size=3))
    )
    steps = [
        {"until": frame.closing + timedelta(days=n), "premium": draw(rates(0, 600))} for n in untils
    ]
    protection = {"steps": steps} if steps else {}
    treasury = None
    if is_fixed or not steps:
        if not is_fixed:
            terms["coupon"] = draw(fixed_coupons())
        until = draw(st.sampled_from(dates.regular))
        protection["make_whole"] = {"until": until, "spread": draw(rates(0, 100))}
        treasury = draw(flat_or_by_date(frame.closing, dates.maturity, rates(0, 900)))
    terms["call_protection"] = protection
    scenario = scenario_of(
        prepay={"only": draw(prepayments(frame, dates, dates.maturity, principal))},
        index=primes(draw, frame, dates.maturity),
    )
    if treasury:
        scenario["treasury_yield"] = treasury
    return deal_tables(frame, {"only": terms}, scenario)


@st.composite
def coupons(draw):
    """Fixed and floating coupons of every kind, on loans, notes and revolvers."""
    frame = draw(frames())
    kind = draw(st.sampled_from(["notes", "term loan", "revolver"]))
    dates_of = dates_of_the_drawn if kind == "revolver" else payment_dates
    dates = draw(dates_of(frame).filter(lambda dates: dates.regular))
    principal = draw(st.integers(1000, LARGEST))
    if draw(st.integers(0, 5)) == 0:
        coupon, scenario = draw(in_default(frame, dates, draw(fixed_coupons()), {}))
    else:
        coupon, scenario = draw(floating_coupons(frame, dates))
    if kind == "revolver":
        terms, changes = draw(drawn_and_repaid(frame, dates, coupon))
        return deal_tables(frame, {"only": terms}, scenario_of(draw={"only": changes}, **scenario))
    terms = lent(kind, dates, coupon, principal, frame)
    if kind == "term loan":
        terms["repayment"] = draw(instalments(frame, dates, principal))
    rest = principal // 3 if terms.get("repayment", {}).get("unpaid_balance_at_maturity") else 0
    rest = principal if kind == "notes" else rest
    prepay = draw(prepayments(frame, dates, dates.maturity, rest)) if rest else {}
    return deal_tables(frame, {"only": terms}, scenario_of(prepay={"only": prepay}, **scenario))


@st.composite
def several_tranches(draw):
    """Two or three loans under one sweep; the last may spring on what the first owes."""
    frame = draw(frames())
    tranches, scenario, last, prepayable = {}, {"prepay": {}}, frame.closing, []
    for name in ("first", "second", "third")[: draw(st.integers(2, 3))]:
        dates, terms, rest, principal = draw(loans(frame))
        # Where a sweep leaves less than the balloon, what a level payment is has two readings.
        terms["repayment"].pop("balloon", None)
        tranches[name] = terms
        last = max(last, dates.maturity)
        prepayable += [(name, dates, rest)] if rest else []
    order = draw(st.permutations(sorted(tranches)))
    if order.index("first") < order.index(sorted(tranches)[-1]):  # else they wait for one another
        scenario["extend"] = spring(draw, frame, tranches)
    for name, dates, rest in prepayable:  # not much: the sweep takes its part
        until = tranches[name].get("springing", tranches[name])["maturity"]
        table = draw(prepayments(frame, dates, until, rest // 6, 1)) if draw(st.booleans()) else {}
        scenario["prepay"] |= {name: table} if table else {}
    sweep = {
        "percentage": draw(st.sampled_from(["50%", "75%", "100%", "33.33%"])),
        "order": order[: draw(st.integers(1, len(order)))],
    }
    latest = max(tranches[name]["maturity"] for name in sweep["order"])
    cash = draw(excess_cash(frame, tranches, latest, prepaid_on(scenario)))
    scenario = scenario_of(**scenario, index=primes(draw, frame, last + timedelta(days=100)))
    if cash:
        scenario["excess_cash"] = cash
    return deal_tables(frame, tranches, scenario, excess_cash_sweep=sweep)


@st.composite
def excess_cash(draw, frame, tranches, last, prepaid):
    """Cash flows of either sign up to a day; where something is prepaid, perhaps large ones."""
    largest = int(max(terms["principal"] for terms in tranches.values()) * 10**frame.digits)
    days = dict.fromkeys(draw(business_days(frame, frame.closing + ONE_DAY, last, 6)), largest // 2)
    for day in prepaid:
        if day <= last and draw(st.booleans()):
            days[day] = 2 * largest
    return {
        day.isoformat(): frame.amount(draw(st.integers(-most // 4, most)))
        for day, most in sorted(days.items())
    }


def prepaid_on(scenario):
    """The days on which something is prepaid."""
    return sorted({day_of(key) for table in scenario["prepay"].values() for key in table})


def spring(draw, frame, tranches):
    """The last tranche may fall due early: for what the first owes, or unless it is extended."""
    last, first = tranches[sorted(tranches)[-1]], tranches["first"]
    first_due = last["payments"].get("first_payment", frame.closing + ONE_DAY)
    spare = (last["maturity"] - first_due).days
    if spare < 2:
        return {}
    early = first_due + timedelta(days=draw(st.integers(1, spare - 1)))
    if draw(st.integers(0, 2)) == 0:
        first["extension"] = {
            "maturity": first["maturity"] + timedelta(days=draw(st.integers(1, 90)))
        }
        last["springing"] = {"maturity": early, "unless_extended": "first"}
        return {"first": draw(st.booleans())}
    latest = min(early, first["maturity"]) - ONE_DAY
    on = frame.closing + timedelta(days=draw(st.integers(0, (latest - frame.closing).days)))
    share = draw(st.integers(0, 100))
    above = int(first["principal"] * 10**frame.digits) * share // 100
    test = {"tranche": "first", "on": on, "above": frame.amount(above)}
    last["springing"] = {"maturity": early, "if_outstanding": test}
    return {}
