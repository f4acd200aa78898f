"""Deals for the tests of workbooks: the built-in one, and others made from its term sheet.

Each change takes the tables of the built-in term sheet and turns them into a deal with
other conventions, so that no formula is right for the built-in deal alone.
"""

import copy
from datetime import date
from decimal import Decimal

from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path

LOANS = ("revolver", "term-loan", "secured-term-loan")


def built_in(tables):
    """As it is."""


def thirty_day_months(tables):
    """Floating loans on 30/360 US with a daily reset inside the period."""
    for tranche in LOANS:
        tables["tranche"][tranche]["coupon"]["day_count"] = "30/360 US"


def other_thirty_day_months(tables):
    """30E/360 and 30/360 ISDA, with payments at the month's end."""
    for tranche in LOANS:
        tables["tranche"][tranche]["coupon"]["day_count"] = "30E/360"
    tables["tranche"]["term-loan"]["payments"]["first_payment"] = date(2004, 1, 31)
    tables["tranche"]["revolver"]["coupon"]["day_count"] = "30/360 ISDA"
    tables["tranche"]["senior-notes"]["coupon"]["day_count"] = "30/360 ISDA"
    tables["tranche"]["junior-notes"]["coupon"]["day_count"] = "30E/360"
    tables["exchange"]["senior"]["day_count"] = "30E/360"


def unadjusted_with_a_cap(tables):
    """Dates as the contract names them, a cap, and prime read once a period."""
    for tranche in tables["tranche"].values():
        tranche["payments"] |= {"business_day": "Unadjusted", "interest_for_delay": "none"}
    coupon = tables["tranche"]["secured-term-loan"]["coupon"]
    coupon["cap"] = "9.00%"
    coupon["options"][0]["reset"] = "per period"


def modified_following_at_month_end(tables):
    """Modified Following, instalments at the month's end, ACT/365F, no interest for delay."""
    for tranche in tables["tranche"].values():
        tranche["payments"]["business_day"] = "Modified Following"
    loan = tables["tranche"]["term-loan"]
    loan["payments"] |= {"first_payment": date(2004, 1, 31), "interest_for_delay": "none"}
    loan["coupon"]["day_count"] = "ACT/365F"


def earlier_business_days(tables):
    """Conventions that pay before the date due, with and without interest to the day paid."""
    conventions = ("Preceding", "Modified Preceding", "Nearest", "Preceding", "Nearest")
    for tranche, convention in zip(tables["tranche"].values(), conventions, strict=True):
        tranche["payments"]["business_day"] = convention
    tables["tranche"]["secured-term-loan"]["payments"]["interest_for_delay"] = "none"
    tables["tranche"]["senior-notes"]["payments"]["interest_for_delay"] = "to the day paid"


def yen(tables):
    """A currency without a minor unit."""
    tables["currency"] = "JPY"


def odd_cents(tables):
    """Amounts whose sums are not exact in binary."""
    loans = tables["tranche"]
    loans["term-loan"]["repayment"] = {
        "type": "instalments",
        "amount": Decimal("299999.97"),
        "count": 45,
        "unpaid_balance_at_maturity": True,
    }
    loans["secured-term-loan"]["principal"] = Decimal("11500000.37")


def asset_based_lending(tables):
    """A revolver on six classes, with caps of every kind, sub-limits in one another, reserves.

    The other lines of the term sheet stay as they are.
    """
    revolver = tables["tranche"]["revolver"]
    receivables = revolver["borrowing_base"]["receivables"]

    def collateral(name, rate, *lines, **more):
        ineligible = {line: line.replace("-", " ").capitalize() for line in lines}
        return {"name": name, "advance_rate": rate, "ineligible": ineligible} | more

    revolver["borrowing_base"] = {
        "in-transit": collateral(
            "Goods in transit", "40%", cap_share={"of": "finished-goods", "rate": "12.5%"}
        ),
        "receivables": receivables,
        "foreign": collateral(
            "Insured foreign receivables", "80%", "over-90-days", cap=Decimal("1500000.50")
        ),
        "raw-materials": collateral("Raw materials", "45.125%", "obsolete", cap=2_500_000),
        "finished-goods": collateral(
            "Finished goods",
            "85%",
            "slow-moving",
            "consigned",
            net_orderly_liquidation_value="61.37%",
            advance_rate_on_cost="52.5%",
        ),
        "equipment": collateral(
            "Equipment", "80%", cap=4_000_000, cap_share={"of": "total", "rate": "20%"}
        ),
    }
    revolver["borrowing_base_limits"] = {
        "stock": {
            "name": "Stock",
            "classes": ["raw-materials", "finished-goods"],
            "limits": ["afloat"],
            "cap_share": {"of": "receivables", "rate": "75%"},
        },
        "afloat": {"name": "Afloat", "classes": ["in-transit"], "cap": 500_000},
    }
    revolver["reserves"] = {"rent": "Rent reserve", "dilution": "Dilution reserve"}
    revolver["letter_of_credit_sublimit"] = 2_000_000
    revolver["minimum_availability"] = 750_000


CHANGES = (
    built_in,
    thirty_day_months,
    other_thirty_day_months,
    unadjusted_with_a_cap,
    modified_following_at_month_end,
    earlier_business_days,
    yen,
    odd_cents,
)


def changed_deal(change):
    """The built-in deal after a change of its tables."""
    path = term_sheet_path("lexp-2003")
    tables = copy.deepcopy(read_tables(path))
    change(tables)
    return deal_from_tables(tables, path.parent)
