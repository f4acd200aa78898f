"""Loans and notes made up by hypothesis, with what a scenario decides of them."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated.terms import (
    business_days,
    fixed_coupons,
    maybe,
    payment_dates,
    rates,
    simple_coupons,
)

ONE_DAY = timedelta(days=1)
AT_PAR = "at par with accrued interest"
ORDERS = ("inverse order", "direct order", "pro rata")
LARGEST = 10**10  # minor units


@st.composite
def instalments(draw, frame, dates, principal):
    """Equal ones, for a while or to the end, on each payment or every so many."""
    terms = {"type": "instalments", "unpaid_balance_at_maturity": True}
    due = dated(draw, terms, dates)
    if draw(st.integers(0, 4)) == 0 and principal % len(due) == 0:
        del terms["unpaid_balance_at_maturity"]
        return terms | {"amount": frame.amount(principal // len(due))}
    terms["amount"] = frame.amount(draw(st.integers(1, max(principal * 2 // 3 // len(due), 1))))
    return terms


def dated(draw, terms, dates):
    """First, every and the end of instalments; the dates on which they fall due."""
    dues = dates.regular
    if draw(st.booleans()):
        first = draw(st.integers(0, len(dues) - 1))
        terms["first"] = dues[first]
        dues = dues[first:]
    if draw(st.booleans()):
        terms["every"] = draw(st.integers(1, 4))
        dues = dues[:: terms["every"]]
    dues = dues[: draw(st.integers(1, len(dues)))]
    if draw(st.booleans()):
        terms["count"] = len(dues)
    else:
        terms["last"] = dues[-1]
    return dues


@st.composite
def shares_of_original(draw, frame, dates, principal):
    """A per cent of what was drawn with each payment."""
    terms = {"type": "per cent of original", "unpaid_balance_at_maturity": True}
    due = dated(draw, terms, dates)
    terms["rate"] = draw(rates(1, max(6000 // len(due), 1)))
    return terms


@st.composite
def stepped(draw, frame, dates, principal):
    """Instalments that change on dates."""
    dues = dates.regular
    starts = sorted(draw(st.sets(st.sampled_from(dues), min_size=1, max_size=3)))
    steps = []
    for start in starts:
        start = max(start - timedelta(days=draw(st.integers(0, 5))), frame.closing)
        if steps and start <= steps[-1]["from"]:
            continue
        if draw(st.booleans()):
            step = {
                "amount": frame.amount(draw(st.integers(1, principal * 2 // 3 // len(dues) + 1)))
            }
        else:
            step = {"rate": draw(rates(1, max(6000 // len(dues), 1)))}
        steps.append({"from": start, **step})
    last = draw(st.sampled_from([due for due in dues if due >= starts[-1]]))
    terms = {"type": "steps", "steps": steps, "last": last, "unpaid_balance_at_maturity": True}
    if draw(st.booleans()):
        terms["every"] = draw(st.integers(1, 3))
    return terms


@st.composite
def custom(draw, frame, dates, principal):
    """A list of dates and amounts."""
    dues = sorted(draw(st.sets(st.sampled_from(dates.regular), min_size=1, max_size=6)))
    most = max(principal * 2 // 3 // len(dues), 1)
    amounts = [frame.amount(draw(st.integers(1, most))) for _ in dues]
    listed = [{"due": due, "amount": amount} for due, amount in zip(dues, amounts, strict=True)]
    return {"type": "custom", "instalments": listed, "unpaid_balance_at_maturity": True}


@st.composite
def level_payments(draw, frame, dates, principal):
    """Interest and principal together, over more payments than there are, or fewer."""
    terms = {
        "type": "level payment",
        "method": draw(st.sampled_from(["rate by payments a year", "exact by days"])),
        "unpaid_balance_at_maturity": True,
    }
    dues = dates.regular
    if draw(st.booleans()):
        first = draw(st.integers(0, len(dues) - 1))
        terms["first"] = dues[first]
        dues = dues[first:]
    count = draw(st.integers(1, len(dues) + 12))
    if count == len(dues) + 1:  # a long last period may leave that one out
        count -= 1
    terms["amortization_payments"] = count
    if draw(st.booleans()):
        terms["balloon"] = frame.amount(draw(st.integers(0, principal // 2)))
    if terms["method"] != "exact by days" and draw(st.booleans()):
        terms["relevel"] = draw(st.sampled_from(["never", "when the rate changes"]))
    return terms


REPAYMENTS = {
    "instalments": instalments,
    "per cent of original": shares_of_original,
    "steps": stepped,
    "custom": custom,
    "level payment": level_payments,
}


def lent(kind, dates, coupon, principal, frame, **terms):
    """The terms that loans and notes have in common."""
    right = {"redemption": AT_PAR} if kind == "notes" else {"prepayment": AT_PAR}
    return {
        "type": kind,
        "principal": frame.amount(principal),
        "maturity": dates.maturity,
        "coupon": coupon,
        "payments": dates.payments,
        **right,
        **terms,
    }


@st.composite
def prepayments(draw, frame, dates, last, total, most=4):
    """Prepayments on business days, some on payment dates, together `total` at most."""
    days = set(draw(business_days(frame, frame.closing + ONE_DAY, last, most)))
    if dates.regular and draw(st.booleans()):
        due = draw(st.sampled_from(dates.regular))
        paid = frame.open_days().adjusted(due, "Following")
        days |= {paid} if frame.closing < paid <= last else set()
    largest = max(total // max(len(days), 1), 1)
    return {day.isoformat(): frame.amount(draw(st.integers(1, largest))) for day in sorted(days)}


@st.composite
def loans(draw, frame, kinds=tuple(REPAYMENTS), dates_of=payment_dates):
    """A term loan and the rest that is left at maturity at the least."""
    kind = draw(st.sampled_from(kinds))
    dates = draw(dates_of(frame).filter(lambda dates: dates.regular))
    principal = draw(st.integers(1000, LARGEST))
    repayment = draw(REPAYMENTS[kind](frame, dates, principal))
    by_days = repayment.get("method") == "exact by days"
    coupon = draw(fixed_coupons() if by_days else simple_coupons())
    terms = lent("term loan", dates, coupon, principal, frame)
    terms["repayment"] = repayment
    rest = principal // 3 if repayment.get("unpaid_balance_at_maturity") else 0
    if kind != "level payment":
        order = draw(maybe(st.sampled_from(ORDERS)))
        terms |= {"prepayments_applied": order} if order else {}
    elif "first" not in repayment and draw(st.booleans()):
        terms["prepayments_applied"] = "inverse order"
    return dates, terms, rest, principal
