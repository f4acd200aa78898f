"""Loans with many kinds of terms at once under one sweep, made up by hypothesis."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated.borrowing import fee_terms
from tests.lexp_calc.generated.coupons import floating_coupons
from tests.lexp_calc.generated.loans import ONE_DAY, lent, loans, prepayments
from tests.lexp_calc.generated.structures import excess_cash, prepaid_on
from tests.lexp_calc.generated.terms import (
    dates_of_the_drawn,
    deal_tables,
    flat_or_by_date,
    frames,
    rates,
    scenario_of,
)

KINDS = ("instalments", "per cent of original", "steps", "custom")


@st.composite
def mixtures(draw):
    """Two tranches, each with a floating coupon, fees, call protection and interest in kind."""
    frame = draw(frames())
    tranches, scenario, last = {}, {"prepay": {}, "pay_in_kind": {}}, frame.closing
    for name in ("first", "second"):
        dates, terms, rest, principal = draw(loans(frame, KINDS, dates_of_the_drawn))
        coupon, rates_of_it = draw(floating_coupons(frame, dates, name))
        for table, entries in rates_of_it.items():
            scenario[table] = {**scenario.get(table, {}), **entries}
        if draw(st.integers(0, 2)) == 0:
            terms, rest = lent("notes", dates, coupon, principal, frame), principal
        terms["coupon"] = coupon
        if "repayment" in terms:
            terms["repayment"]["unpaid_balance_at_maturity"] = True
        if draw(st.booleans()):
            terms["fees"] = fee_terms(draw, frame, dates, False)
        if draw(st.booleans()):
            terms["call_protection"] = {"steps": premiums(draw, frame, dates)}
        if terms.get("prepayments_applied") != "pro rata" and draw(st.booleans()):
            in_kind(draw, frame, dates, terms, name, scenario)
        tranches[name] = terms
        last = max(last, dates.maturity)
        if rest:
            table = draw(prepayments(frame, dates, dates.maturity, rest // 6, 1))
            scenario["prepay"] |= {name: table} if table else {}
    order = draw(st.permutations(sorted(tranches)))
    cash = draw(excess_cash(frame, tranches, last, prepaid_on(scenario)))
    scenario = scenario_of(**scenario)
    if cash:
        scenario["excess_cash"] = cash
    sweep = {"percentage": draw(st.sampled_from(["25%", "50%", "100%"])), "order": order}
    return deal_tables(frame, tranches, scenario, excess_cash_sweep=sweep)


def premiums(draw, frame, dates):
    """One or two steps."""
    span = (dates.maturity - frame.closing).days
    untils = sorted(draw(st.sets(st.integers(1, span), min_size=1, max_size=2)))
    return [
        {"until": frame.closing + timedelta(days=n), "premium": draw(rates(1, 500))} for n in untils
    ]


def in_kind(draw, frame, dates, terms, name, scenario):
    """A rate in kind or a toggle that the scenario turns."""
    if draw(st.booleans()):
        terms["in_kind"] = {"rate": draw(rates(1, 800))}
        return
    terms["in_kind"] = {"toggle": {"shares": ["50%", "100%"], "premium": draw(rates(0, 200))}}
    chosen = st.sampled_from(["0%", "50%", "100%"])
    last = dates.maturity - ONE_DAY
    scenario["pay_in_kind"][name] = draw(flat_or_by_date(frame.closing, last, chosen))
