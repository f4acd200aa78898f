"""Deals made up by hypothesis, as the tables of a term sheet, by what they are about.

All are plainly valid, but that a prepayment may be more than is still owed on its day.
"""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated_coupons import floating_coupons, in_default
from tests.lexp_calc.generated_loans import (
    LARGEST,
    ONE_DAY,
    instalments,
    lent,
    loans,
    prepayments,
)
from tests.lexp_calc.generated_revolvers import drawn_and_repaid, revolvers
from tests.lexp_calc.generated_terms import (
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
from tests.lexp_calc.simulation.amounts import Refused, day_of
from tests.lexp_calc.simulation.deals import simulate

ANNIVERSARY = {"type": "anniversary", "base": "balance at the end of the day"}
# The day count of fixed coupons alone.
ICMA = "ACT/ACT ICMA"


def primes(draw, frame, last):
    """The prime rate from closing to the last payment."""
    return {"prime": draw(flat_or_by_date(frame.closing, last, rates(0, 1200)))}


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
def repayments(draw):
    """Every kind of repayment, with prepayments in every order, perhaps extended."""
    frame = draw(frames())
    dates, terms, rest, principal = draw(loans(frame))
    maturity, extend = dates.maturity, {}
    if terms["repayment"]["type"] == "instalments" and draw(st.booleans()):
        if terms["repayment"].get("unpaid_balance_at_maturity"):
            maturity += timedelta(days=draw(st.integers(1, 300)))
            terms["extension"] = {"maturity": maturity}
            extend = {"only": draw(st.booleans())}
    prepay = draw(prepayments(frame, dates, dates.maturity, rest)) if rest else {}
    scenario = scenario_of(
        extend=extend, prepay={"only": prepay}, index=primes(draw, frame, maturity)
    )
    tables = deal_tables(frame, {"only": terms}, scenario)
    if draw(st.integers(0, 7)) == 0:
        repay_in_full(draw, tables, frame, dates)
    return tables


def repay_in_full(draw, tables, frame, dates):
    """Prepays all that is still owed on a day, and nothing after it."""
    days = draw(business_days(frame, frame.closing + ONE_DAY, dates.maturity - ONE_DAY, 1))
    scenario = tables["scenario"]["base"]
    for day in days:
        try:
            rows = simulate(tables)["only"]
        except Refused:
            return
        before = [row for row in rows if row["payment_date"] <= day]
        if before[-1]["payment_date"] == day or not before[-1]["closing_balance"]:
            continue
        kept = scenario.get("prepay", {}).get("only", {})
        kept = {key: each for key, each in kept.items() if key < day.isoformat()}
        kept[day.isoformat()] = frame.amount(before[-1]["closing_balance"])
        scenario["prepay"] = {"only": kept}


@st.composite
def draws(draw):
    """Later closings, and a commitment that the scenario draws, with its unused fee."""
    frame = draw(frames())
    kinds = ("instalments", "per cent of original", "steps", "custom")
    dates, terms, rest, principal = draw(loans(frame, kinds, dates_of_the_drawn))
    terms["repayment"]["unpaid_balance_at_maturity"] = True
    last = dates.maturity - ONE_DAY
    days = draw(business_days(frame, frame.closing + ONE_DAY, last, 3))
    if days:
        terms["drawings"] = [
            {"date": day, "amount": frame.amount(draw(st.integers(1, LARGEST)))} for day in days
        ]
    called = {}
    has_time = max([frame.closing, *days]) < last
    if has_time and (not days or draw(st.booleans())):
        called = delayed_draws(draw, frame, dates, terms)
    scenario = scenario_of(
        prepay={"only": draw(prepayments(frame, dates, dates.maturity, rest))},
        draw={"only": called},
        index=primes(draw, frame, dates.maturity),
    )
    return deal_tables(frame, {"only": terms}, scenario)


def delayed_draws(draw, frame, dates, terms):
    """A commitment on top, its fees; what the scenario draws of it."""
    lent = terms["principal"] + sum(each["amount"] for each in terms.get("drawings", []))
    commitment = draw(st.integers(4, LARGEST))
    last = dates.maturity - ONE_DAY
    until = max([frame.closing, *(each["date"] for each in terms.get("drawings", []))])
    until += timedelta(days=draw(st.integers(1, (last - until).days)))
    terms |= {"commitment": lent + frame.amount(commitment), "available_until": until}
    if draw(st.booleans()):
        terms["fees"] = {
            "unused": {"type": "unused", "name": "Ticking", "rate": draw(rates(1, 100))}
        }
    days = draw(business_days(frame, frame.closing + ONE_DAY, until, 4))
    return {
        day.isoformat(): frame.amount(draw(st.integers(1, commitment // len(days)))) for day in days
    }


@st.composite
def interest_in_kind(draw):
    """A rate in kind beside the coupon, or a toggle that the scenario turns by period."""
    frame = draw(frames())
    dates, terms, rest, principal = draw(loans(frame, ("instalments", "custom", "steps")))
    if draw(st.booleans()):
        terms = lent("notes", dates, terms["coupon"], principal, frame)
    else:
        terms["repayment"]["unpaid_balance_at_maturity"] = True
    in_kind, shares = {}, None
    if draw(st.booleans()):
        in_kind["rate"] = draw(rates(1, 800))
    if not in_kind or draw(st.booleans()):
        allowed = draw(st.sampled_from([["100%"], ["50%", "100%"], ["25%", "33%", "75%"]]))
        in_kind["toggle"] = {"shares": allowed, "premium": draw(rates(0, 200))}
        last = dates.maturity
        if draw(st.booleans()):
            span = (dates.maturity - frame.closing).days
            until = frame.closing + timedelta(days=draw(st.integers(1, span)))
            in_kind["toggle"]["until"] = until
            last = until - ONE_DAY
        choice = st.sampled_from(["0%", *allowed])
        shares = draw(flat_or_by_date(frame.closing, last, choice))
    terms["in_kind"] = in_kind
    if terms.get("prepayments_applied") == "pro rata":
        del terms["prepayments_applied"]
    if draw(st.booleans()):
        at_least = {"type": "minimum interest", "name": "At least"}
        terms["fees"] = {
            "least": {**at_least, "amount": frame.amount(draw(st.integers(1, LARGEST)))}
        }
    scenario = scenario_of(
        prepay={"only": draw(prepayments(frame, dates, dates.maturity, principal // 4))},
        pay_in_kind={"only": shares} if shares else {},
        index=primes(draw, frame, dates.maturity),
    )
    tables = deal_tables(frame, {"only": terms}, scenario)
    if draw(st.integers(0, 7)) == 0:
        repay_in_full(draw, tables, frame, dates)
    return tables


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


def fee_terms(draw, frame, dates, with_commitment):
    """Some of the fees of a loan, in any number."""
    bases = ["drawn at closing", "commitment"] if with_commitment else ["drawn at closing"]
    span = (dates.maturity - frame.closing).days
    amended = frame.closing + timedelta(days=draw(st.integers(1, max(span - 1, 1))))
    rate = rates(0, 300)
    fees = {
        "closing": {"type": "closing", "rate": draw(rate), "base": draw(st.sampled_from(bases))},
        "discount": {"type": "discount", "rate": draw(rate)},
        "yearly": {"rate": draw(rate), **ANNIVERSARY},
        "agency": {"type": "agency", "amount": frame.amount(draw(st.integers(1, 10**6)))},
        "amendment": {"type": "amendment", "date": amended, "rate": draw(rate)},
        "exit": {
            "type": "exit",
            "rate": draw(rate),
            "base": draw(
                st.sampled_from(["all principal repaid", "principal prepaid or due at maturity"])
            ),
        },
        "least": {"type": "minimum interest", "amount": frame.amount(draw(st.integers(1, 10**9)))},
    }
    if amended >= dates.maturity:
        del fees["amendment"]
    taken = draw(st.sets(st.sampled_from(sorted(fees)), min_size=1))
    return {name: {"name": name, **fees[name]} for name in sorted(taken)}


@st.composite
def fees(draw):
    """Every fee of a loan."""
    frame = draw(frames())
    dates, terms, rest, principal = draw(loans(frame, dates_of=dates_of_the_drawn))
    called = {}
    has_time = frame.closing + ONE_DAY < dates.maturity
    if has_time and draw(st.booleans()) and terms["repayment"]["type"] != "level payment":
        terms["repayment"]["unpaid_balance_at_maturity"] = True
        called = delayed_draws(draw, frame, dates, terms)
    charged = fee_terms(draw, frame, dates, "commitment" in terms)
    terms["fees"] = {**terms.get("fees", {}), **charged}
    prepay = draw(prepayments(frame, dates, dates.maturity, rest)) if rest else {}
    scenario = scenario_of(
        prepay={"only": prepay},
        draw={"only": called},
        index=primes(draw, frame, dates.maturity),
    )
    tables = deal_tables(frame, {"only": terms}, scenario)
    if not called and draw(st.integers(0, 7)) == 0:
        repay_in_full(draw, tables, frame, dates)
    return tables


@st.composite
def several_tranches(draw):
    """Two or three loans under one sweep; the last may spring on what the first owes."""
    frame = draw(frames())
    tranches, scenario, last = {}, {"prepay": {}}, frame.closing
    for name in ("first", "second", "third")[: draw(st.integers(2, 3))]:
        dates, terms, rest, principal = draw(loans(frame))
        tranches[name] = terms
        last = max(last, dates.maturity)
        if rest and draw(st.booleans()):
            table = draw(prepayments(frame, dates, dates.maturity, rest // 2, 2))
            scenario["prepay"] |= {name: table} if table else {}
    order = draw(st.permutations(sorted(tranches)))
    if order.index("first") < order.index(sorted(tranches)[-1]):  # else they wait for one another
        spring(draw, frame, tranches)
    sweep = {
        "percentage": draw(st.sampled_from(["50%", "75%", "100%", "33.33%"])),
        "order": order[: draw(st.integers(1, len(order)))],
    }
    latest = max(tranches[name]["maturity"] for name in sweep["order"])
    days = draw(business_days(frame, frame.closing + ONE_DAY, latest, 6))
    most = int(max(terms["principal"] for terms in tranches.values()) * 10**frame.digits)
    cash = {day.isoformat(): frame.amount(draw(st.integers(-most // 4, most))) for day in days}
    scenario = scenario_of(**scenario, index=primes(draw, frame, last + timedelta(days=400)))
    if cash:
        scenario["excess_cash"] = cash
    return deal_tables(frame, tranches, scenario, excess_cash_sweep=sweep)


def spring(draw, frame, tranches):
    """The last tranche may fall due early, if too much of the first is owed on a day."""
    last, first = tranches[sorted(tranches)[-1]], tranches["first"]
    if "unpaid_balance_at_maturity" not in last["repayment"] or draw(st.booleans()):
        return
    span = (last["maturity"] - frame.closing).days
    first_due = last["payments"].get("first_payment", frame.closing + ONE_DAY)
    earliest = max((first_due - frame.closing).days, 2)
    if earliest + 1 >= span or last["repayment"]["type"] != "custom":
        return
    dues = [each["due"] for each in last["repayment"]["instalments"]]
    earliest = max(earliest, (max(dues) - frame.closing).days)
    if earliest + 1 >= span:
        return
    early = frame.closing + timedelta(days=draw(st.integers(earliest, span - 1)))
    latest = min(early, first["maturity"]) - ONE_DAY
    on = frame.closing + timedelta(days=draw(st.integers(0, (latest - frame.closing).days)))
    share = draw(st.integers(0, 100))
    above = int(first["principal"] * 10**frame.digits) * share // 100
    test = {"tranche": "first", "on": on, "above": frame.amount(above)}
    last["springing"] = {"maturity": early, "if_outstanding": test}


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


def undisputed(tables):
    """Without a rate that changes on a 31st, by day counts that end a month by its start.

    Where a period of 30/360 US or ISDA starts on a 30th or 31st, a 31st within it is the 30th
    to the simulation, as it would be at the period's end, and a day of its own to the core.
    """
    scenario = tables["scenario"]["base"]
    changes = [day_of(key) for path in dated(scenario) for key in path]
    for terms in tables["tranche"].values():
        options = terms["coupon"].get("options", [])
        steps = [step["from"] for each in options for step in each.get("margin_steps", [])]
        clamps_by_its_start = terms["coupon"]["day_count"] in ("30/360 US", "30/360 ISDA")
        if clamps_by_its_start and any(day.day == 31 for day in (*changes, *steps)):
            return False
    return True


def dated(scenario):
    """The tables by date of rates, leverage and defaults."""
    tables = [
        each
        for name in ("index", "leverage", "default")
        for each in scenario.get(name, {}).values()
    ]
    return [each for each in tables if isinstance(each, dict)]


DEALS = {
    "dates and day counts": dates_and_day_counts().filter(undisputed),
    "coupons": coupons().filter(undisputed),
    "repayments": repayments().filter(undisputed),
    "draws": draws().filter(undisputed),
    "interest in kind": interest_in_kind().filter(undisputed),
    "call protection": call_protection().filter(undisputed),
    "fees": fees().filter(undisputed),
    "several tranches": several_tranches().filter(undisputed),
    "revolvers": revolvers().filter(undisputed),
}
