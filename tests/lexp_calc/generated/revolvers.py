"""Revolvers made up by hypothesis: drawn, repaid, with letters of credit and their fees."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated.terms import (
    business_days,
    dates_of_the_drawn,
    deal_tables,
    flat_or_by_date,
    frames,
    rates,
    scenario_of,
    simple_coupons,
)

LARGEST = 10**10  # minor units


@st.composite
def drawn_and_repaid(draw, frame, dates, coupon):
    """A plain revolver with its coupon, and what the scenario draws and repays."""
    commitment = draw(st.integers(1000, LARGEST))
    terms = {
        "type": "revolver",
        "commitment": frame.amount(commitment),
        "maturity": dates.maturity,
        "coupon": coupon,
        "payments": dates.payments,
    }
    return terms, draw(changes_within(frame, dates, commitment))


@st.composite
def changes_within(draw, frame, dates, most):
    """Draws and repayments by day, the balance from nothing to `most`."""
    days = draw(business_days(frame, frame.closing, dates.maturity, 8))
    levels = [draw(st.integers(0, most)) for _ in days]
    return {
        day.isoformat(): frame.amount(level - before)
        for day, level, before in zip(days, levels, [0, *levels], strict=False)
        if level != before
    }


@st.composite
def revolvers(draw):
    """Loans and letters within the commitment of each day."""
    frame = draw(frames())
    dates = draw(dates_of_the_drawn(frame))
    commitment = draw(st.integers(1000, LARGEST))
    terms = {
        "type": "revolver",
        "commitment": frame.amount(commitment),
        "maturity": dates.maturity,
        "coupon": draw(simple_coupons()),
        "payments": dates.payments,
    }
    least = commitment
    span = (dates.maturity - frame.closing).days
    if span > 1 and draw(st.booleans()):
        starts = sorted(draw(st.sets(st.integers(1, span - 1), min_size=1, max_size=3)))
        sizes = [draw(st.integers(commitment // 2, commitment * 2)) for _ in starts]
        least = min(commitment, *sizes)
        terms["commitment_steps"] = [
            {"from": frame.closing + timedelta(days=n), "commitment": frame.amount(size)}
            for n, size in zip(starts, sizes, strict=True)
        ]
    letters = None
    most_letters = draw(st.integers(0, least))
    if draw(st.booleans()):
        amounts = st.integers(0, most_letters).map(frame.amount)
        letters = draw(flat_or_by_date(frame.closing, dates.maturity, amounts))
    else:
        most_letters = 0
    terms |= fees_of_revolvers(draw, frame)
    changes = draw(changes_within(frame, dates, least - most_letters))
    scenario = scenario_of(
        draw={"only": changes},
        letters_of_credit={"only": letters} if letters is not None else {},
        index={"prime": draw(flat_or_by_date(frame.closing, dates.maturity, rates(0, 1200)))},
    )
    return deal_tables(frame, {"only": terms}, scenario)


def fees_of_revolvers(draw, frame):
    """Fees on what is not used, on letters, for the commitment, for the agent."""
    fees = {
        "closing": {"type": "closing", "rate": draw(rates(0, 200)), "base": "commitment"},
        "unused": {
            "type": "unused",
            "rate": draw(rates(1, 100)),
            "letters_of_credit": draw(st.sampled_from(["count as used", "count as unused"])),
        },
        "letters": {"type": "letter of credit", "rate": draw(rates(1, 400))},
        "agency": {"type": "agency", "amount": frame.amount(draw(st.integers(1, 10**6)))},
        "yearly": {
            "type": "anniversary",
            "rate": draw(rates(0, 200)),
            "base": "balance at the end of the day",
        },
    }
    taken = draw(st.sets(st.sampled_from(sorted(fees))))
    return {"fees": {name: {"name": name, **fees[name]} for name in sorted(taken)}} if taken else {}
