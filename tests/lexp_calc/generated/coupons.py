"""Floating coupons made up by hypothesis, with the rates, elections and leverage of a scenario."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.lexp_calc.generated.terms import (
    DAY_COUNTS,
    flat_or_by_date,
    maybe,
    paths,
    rates,
    with_limits,
)

INDICES = ("prime", "LIBOR 1M", "LIBOR 3M", "Term SOFR 1M", "Term SOFR 3M", "SOFR")
BEFORE_CLOSING = timedelta(days=60)  # for lookbacks


@st.composite
def options(draw, frame, dates, index):
    """One index: reset, lookback, limits, fallback, a margin that may change."""
    resets = ["daily", "per period"]
    if index == "SOFR":
        resets += ["compounded in arrears"] * 4
    reset = draw(st.sampled_from(resets))
    option = {"index": index, "margin": draw(rates(0, 500)), "reset": reset}
    if draw(st.booleans()):
        option["lookback"] = draw(st.integers(0, 7))
    if draw(st.integers(0, 2)) == 0:
        option["floor"] = draw(rates(0, 300))
    if draw(st.integers(0, 2)) == 0:
        option["cap"] = draw(rates(300, 900))
    span = (dates.maturity - frame.closing).days
    if span > 1 and reset == "per period" and draw(st.integers(0, 2)) == 0:
        option["fallback"] = {
            "from": frame.closing + timedelta(days=draw(st.integers(1, span - 1))),
            "index": draw(st.sampled_from([each for each in INDICES if each != index])),
            "spread_adjustment": draw(st.sampled_from(["0.11448%", "0.26161%", "0.05%"])),
        }
    changes = draw(st.sampled_from(["none", "none", "steps", "grid"] if span > 1 else ["none"]))
    if changes == "steps":
        starts = sorted(draw(st.sets(st.integers(1, span - 1), min_size=1, max_size=4)))
        option["margin_steps"] = [
            {"from": frame.closing + timedelta(days=n), "margin": draw(rates(0, 500))}
            for n in starts
        ]
    elif changes == "grid":
        option["margin_grid"] = grid(draw)
    return option


def grid(draw):
    """Levels of leverage, the last one open."""
    bound = draw(st.sampled_from(["up_to", "below"]))
    bounds = sorted(draw(st.sets(st.integers(1, 14), min_size=1, max_size=3)))
    levels = [{bound: LEVERAGES[each], "margin": draw(rates(0, 500))} for each in bounds]
    return [*levels, {"margin": draw(rates(0, 500))}]


LEVERAGES = [str(n / 2) for n in range(0, 16)]


@st.composite
def floating_coupons(draw, frame, dates):
    """A coupon over one to three indices, and the tables of the scenario that it needs."""
    names = draw(st.permutations(INDICES))
    if draw(st.integers(0, 2)) == 0:
        names = ["SOFR", *(name for name in names if name != "SOFR")]
    names = names[: draw(st.sampled_from([1, 1, 2, 3]))]
    coupon = {
        "type": "floating",
        "options": [draw(options(frame, dates, name)) for name in names],
        "day_count": draw(st.sampled_from(DAY_COUNTS)),
    }
    if any(each["reset"] == "compounded in arrears" for each in coupon["options"]):
        coupon["day_count"] = "ACT/360"
    coupon = with_limits(draw, coupon)
    first, last = frame.closing, dates.maturity
    scenario = {"index": {}}
    fallbacks = [each["fallback"]["index"] for each in coupon["options"] if "fallback" in each]
    lowest = -50 if "floor" in coupon else 0  # a negative all-in rate is refused
    for name in sorted({*names, *fallbacks}):
        values = flat_or_by_date(first - BEFORE_CLOSING, last, rates(lowest, 900))
        scenario["index"][name] = draw(values)
    if len(names) > 1:
        elected = draw(maybe(flat_or_by_date(first, last, st.sampled_from(names))))
        scenario |= {"elect": {"only": elected}} if elected else {}
    if any("margin_grid" in each for each in coupon["options"]):
        leverage = draw(maybe(flat_or_by_date(first, last, st.sampled_from(LEVERAGES))))
        scenario |= {"leverage": {"only": leverage}} if leverage else {}
    return draw(in_default(frame, dates, coupon, scenario))


@st.composite
def in_default(draw, frame, dates, coupon, scenario):
    """Perhaps a default margin, and days in default."""
    if draw(st.integers(0, 2)) == 0:
        coupon["default_margin"] = draw(rates(1, 300))
        days = draw(maybe(paths(frame.closing, dates.maturity, st.booleans(), 4)))
        scenario |= {"default": {"only": days}} if days else {}
    return coupon, scenario
