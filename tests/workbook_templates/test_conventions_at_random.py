"""Workbooks of deals whose conventions are drawn at random, recalculated by a second engine.

Every formula cell as written, and after an extension, prepayments and a change of rate were
typed in: which formulas stand in a workbook depends on the conventions, so their
combinations are tried.
"""

import copy
import random
from datetime import date
from decimal import Decimal

import pytest

from lexp_calc import project
from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.regular_dates import FREQUENCIES
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path
from tests.workbook_templates.deals import LOANS
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes

DEALS = 8
ICMA = "ACT/ACT ICMA"
FIRST_PAYMENTS = (date(2004, 1, 31), date(2004, 2, 1), date(2004, 2, 29), date(2004, 5, 30))
MATURITIES = {
    True: (date(2006, 2, 28), date(2006, 5, 31), date(2006, 6, 30)),
    False: (date(2009, 2, 28), date(2009, 8, 1), date(2010, 1, 31)),
}
CHANGES = {
    "extend.revolver": True,
    "extend.secured-term-loan": True,
    "prepay.term-loan.2004-03-10": "1000000",
    "prepay.senior-notes.2008-02-29": "1000000",
    "prepay.junior-notes.2006-06-14": "47000",
    "prime.2005-02-28": "5.60%",
}

# By these a payment may come before its interest ends, which no revolver may have.
MAY_PAY_EARLIER = ("Modified Following", "Preceding", "Modified Preceding", "Nearest")


def draw_conventions(chance, tranche, is_loan):
    """Frequency, anchor, stubs, business days and day count of one tranche."""
    frequency = chance.choice(sorted(FREQUENCIES))
    in_weeks = FREQUENCIES[frequency].weeks > 0
    counts = [each for each in DAY_COUNTS if each != ICMA]
    if not is_loan and not in_weeks:
        counts += [ICMA] * len(counts)
    tranche["coupon"]["day_count"] = chance.choice(counts)
    tranche["maturity"] = chance.choice(MATURITIES[is_loan])
    tranche["payments"] = {
        "frequency": frequency,
        "business_day": chance.choice(sorted(BUSINESS_DAY_CONVENTIONS)),
        "interest_for_delay": chance.choice(["none", "to the day paid"]),
        **chance.choice([{}, {"last_period": "short"}, {"last_period": "long"}]),
        **chance.choice(
            [
                {"first_payment": chance.choice(FIRST_PAYMENTS)},
                {"first_period": "short"},
                {"first_period": "long"},
            ]
        ),
    }
    if not in_weeks and chance.random() < 0.5:
        tranche["payments"]["end_of_month"] = True
    if tranche["type"] == "revolver" and tranche["payments"]["business_day"] in MAY_PAY_EARLIER:
        tranche["payments"]["interest_for_delay"] = "to the day paid"
    if "repayment" in tranche:
        tranche["repayment"] = {
            "type": "instalments",
            "amount": Decimal(200_000),
            "count": chance.randint(1, 2),
            "unpaid_balance_at_maturity": True,
        }


def random_deal(seed):
    """The built-in deal with every tranche's conventions drawn anew."""
    chance = random.Random(seed)
    path = term_sheet_path("lexp-2003")
    tables = copy.deepcopy(read_tables(path))
    for name, tranche in tables["tranche"].items():
        draw_conventions(chance, tranche, name in LOANS)
    springing = date(2005, 2, 28)
    tables["tranche"]["term-loan"]["springing"]["maturity"] = springing
    known = [each for each in DAY_COUNTS if each != ICMA]
    tables["exchange"]["senior"]["day_count"] = chance.choice(known)
    return deal_from_tables(tables, path.parent)


@pytest.mark.parametrize("seed", range(DEALS))
def test_every_formula_cell_of_a_deal_with_random_conventions(tmp_path, libreoffice, seed):
    deal = random_deal(seed)
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    write_workbook(project(deal), before)
    write_workbook(project(deal, "historical", CHANGES), after)
    changes = input_changes(before, after)
    for found in (
        compare(before, libreoffice),
        compare(before, libreoffice, changes, expected=after),
    ):
        assert found.differences == ()
        assert found.cells_compared >= 5_000
