"""Proration factors, participation, considerations and issue prices that others printed.

Where an offer's totals differ from ours by the rounding of many holders, both stand here.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from lexp_calc.cash_pools import cash_per_thousand
from lexp_calc.exchange_consideration import Consideration, Offer, Option, Tender, settlements
from lexp_calc.exchanges import exchange_ratio
from lexp_calc.repurchases import price_of_face
from lexp_calc.stock_for_debt import share_issue_price, shares_for_debt
from lexp_calc.tenders import Acceptance, holdouts, participation, proration, proration_factor
from tests.lexp_calc.published import as_printed, figures, inputs, rate, title

FIGURES = figures("exchanges.csv")


def amounts(case, *names):
    return [Decimal(case[name]) for name in names]


def pool(case):
    return rate(case["pool_share"]) * Decimal(case["pool_of"])


def accepted(case):
    """One holder's part, the others together as a second."""
    tender, tendered, maximum, denomination = amounts(
        case, "tender", "tendered", "maximum", "denomination"
    )
    return proration([tender, tendered - tender], maximum, 0, denomination)[0]


def notes_per_thousand(case):
    rest, tendered = amounts(case, "rest_in_notes", "tendered")
    return (1000 - cash_per_thousand(pool(case), tendered)) * rest / 1000


COMPUTED = {
    "proration factor": lambda case: proration_factor(*amounts(case, "tendered", "maximum")),
    "accepted": accepted,
    "participation": lambda case: participation(*amounts(case, "tendered", "outstanding")),
    "holdouts": lambda case: holdouts(*amounts(case, "tendered", "outstanding")),
    "cash per thousand": lambda case: cash_per_thousand(pool(case), Decimal(case["tendered"])),
    "notes per thousand": notes_per_thousand,
    "shares for debt": lambda case: shares_for_debt(*amounts(case, "debt", "share_price")),
    "share issue price": lambda case: share_issue_price(*amounts(case, "debt", "shares")),
    "price of face": lambda case: price_of_face(*amounts(case, "price", "face")),
}


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_figure(row):
    number = COMPUTED[row["figure"]](inputs(row))
    if not row["value"].endswith("%"):
        assert as_printed(number, row) == row["value"]
        return
    per_cent = {"value": row["value"].removesuffix("%")}
    assert as_printed(number * 100, per_cent) == per_cent["value"]


def irsa():
    """The final results of 7 July 2022: option A with a pool of 30%, option B 1,030 of notes."""
    tenders = [
        Tender("A", "a", Decimal(145_373_500)),
        Tender("B", "b", Decimal(93_611_500)),
    ]
    pool = Decimal("0.30") * sum(each.principal for each in tenders)
    options = {
        "a": Option(Consideration(), cash_pool=pool, rest_in_notes=Decimal(1015)),
        "b": Option(Consideration(new_notes=Decimal(1000)), early_new_notes=Decimal(30)),
    }
    accrued = exchange_ratio(Decimal("0.0875"), "2022-03-23", "2022-07-08") - 1000
    offer = Offer(options, Acceptance(), Decimal(1), accrued_per_thousand=Fraction(accrued))
    return settlements(offer, tenders)


def test_a_whole_offer_with_two_options_as_its_issuer_announced_it():
    """IRSA announced 171,202,815 of new notes and 77,794,596.59 in cash, interest included.

    Taken as one holder each option comes to 200 more of notes, in units of 1 (each holder's
    were rounded down), and to 24 cents less of cash (each holder's interest was rounded).
    """
    a, b = irsa()
    assert (a.cash, a.new_notes, b.new_notes) == (71_695_500, 74_783_170, 96_419_845)
    assert a.new_notes + b.new_notes - 171_202_815 == 200
    cash = a.cash_in_all + b.cash_in_all
    assert cash - Decimal("77794596.59") == Decimal("-0.24")
