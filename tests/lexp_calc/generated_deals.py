"""Deals made up by hypothesis, as the tables of a term sheet, by what they are about.

All are plainly valid, but that a prepayment may be more than is still owed on its day.
"""

from tests.lexp_calc.generated.borrowing import draws, fees, interest_in_kind, repayments
from tests.lexp_calc.generated.mixtures import mixtures
from tests.lexp_calc.generated.revolvers import revolvers
from tests.lexp_calc.generated.structures import (
    call_protection,
    coupons,
    dates_and_day_counts,
    several_tranches,
)
from tests.lexp_calc.simulation.amounts import day_of
from tests.lexp_calc.simulation.dates import calendar


def undisputed(tables):
    """Without a rate that changes on a 31st, by day counts that end a month by its start.

    Where a period of 30/360 US or ISDA starts on a 30th or 31st, a 31st within it is the 30th
    to the simulation, as it would be at the period's end, and a day of its own to the core.
    And without a change of letters or commitment between the day due and the day paid: whether
    the night before it is paid with the one payment or with the next.
    """
    scenario = tables["scenario"]["base"]
    changes = [day_of(key) for path in dated(scenario) for key in path]
    for terms in tables["tranche"].values():
        options = terms["coupon"].get("options", [])
        steps = [step["from"] for each in options for step in each.get("margin_steps", [])]
        clamps_by_its_start = terms["coupon"]["day_count"] in ("30/360 US", "30/360 ISDA")
        is_shifted = any("lookback" in each for each in options)
        if clamps_by_its_start and (is_shifted or any(d.day == 31 for d in (*changes, *steps))):
            return False
        if terms["payments"]["interest_for_delay"] == "none" and changes_when_closed(
            terms, scenario, calendar(tables["calendar"])
        ):
            return False
    return True


def changes_when_closed(terms, scenario, calendar):
    """Whether what a running fee is charged on changes on a day on which banks are closed."""
    days = [step["from"] for step in terms.get("commitment_steps", [])]
    days += [terms["available_until"]] if "available_until" in terms else []
    letters = scenario.get("letters_of_credit", {}).get("only", {})
    days += map(day_of, letters) if isinstance(letters, dict) else []
    return not all(map(calendar.is_open, days))


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
    "mixtures": mixtures().filter(undisputed),
    "revolvers": revolvers().filter(undisputed),
}
