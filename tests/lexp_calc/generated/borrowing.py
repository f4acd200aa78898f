"""Loans that are drawn later, paid in kind or charged with fees, made up by hypothesis."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated.loans import (
    LARGEST,
    ONE_DAY,
    lent,
    loans,
    prepayments,
)
from tests.lexp_calc.generated.terms import (
    business_days,
    dates_of_the_drawn,
    deal_tables,
    flat_or_by_date,
    frames,
    rates,
    scenario_of,
)
from tests.lexp_calc.simulation.amounts import Refused
from tests.lexp_calc.simulation.deals import simulate

ANNIVERSARY = {"type": "anniversary", "base": "balance at the end of the day"}


def primes(draw, frame, last):
    """The prime rate from closing to the last payment."""
    return {"prime": draw(flat_or_by_date(frame.closing, last, rates(0, 1200)))}


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
    if with_commitment:  # when a loan that may be drawn again is repaid has two readings
        del fees["least"]
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
