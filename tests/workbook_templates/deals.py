"""Deals for the tests of workbooks: the built-in one, and others made from its term sheet.

Each change takes the tables of the built-in term sheet and turns them into a deal with
other conventions, so that no formula is right for the built-in deal alone.
"""

import copy
from datetime import date
from decimal import Decimal

from lexp_calc.holiday_file import calendar_from_csv
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


def years_of_their_own_length(tables):
    """ACT/ACT ISDA on floating loans and on an exchange, ACT/ACT ICMA on notes moved by holidays.

    30E/360 ISDA with a first period from the last of February and maturities on it.
    """
    loans = tables["tranche"]
    for tranche in LOANS:
        loans[tranche]["coupon"]["day_count"] = "ACT/ACT ISDA"
    tables["exchange"]["senior"]["day_count"] = "ACT/ACT ISDA"
    for notes in ("senior-notes", "junior-notes"):
        loans[notes]["coupon"]["day_count"] = "ACT/ACT ICMA"
        loans[notes]["payments"]["interest_for_delay"] = "to the day paid"
    loans["junior-notes"]["payments"] |= {"first_payment": date(2004, 5, 31), "end_of_month": True}
    loans["junior-notes"]["payments"]["frequency"] = "quarterly"


def last_days_of_february(tables):
    """30E/360 ISDA, month ends, periods that end on the last of February and maturities on it."""
    loans = tables["tranche"]
    for name, tranche in loans.items():
        tranche["coupon"]["day_count"] = "30E/360 ISDA"
        tranche["payments"] |= {"first_payment": date(2004, 2, 29), "end_of_month": True}
        if name in LOANS:
            tranche["maturity"] = date(2006, 2, 28)
            tranche["payments"] |= {"business_day": "Unadjusted", "interest_for_delay": "none"}
    for loan in ("term-loan", "secured-term-loan"):
        loans[loan]["repayment"] = {
            "type": "instalments",
            "amount": Decimal(300_000),
            "last": date(2006, 2, 28),
            "unpaid_balance_at_maturity": True,
        }
    loans["term-loan"]["springing"]["maturity"] = date(2005, 2, 28)
    loans["senior-notes"]["maturity"] = date(2009, 8, 31)
    tables["exchange"]["senior"] |= {"day_count": "30E/360 ISDA"}
    tables["exchange"]["senior"]["accrued_from"] = date(1999, 2, 28)


def weeks_and_long_periods(tables):
    """Weekly to annual payments; dates counted back from maturity; short and long ends."""
    loans = tables["tranche"]
    for name, frequency in (
        ("revolver", "every four weeks"),
        ("term-loan", "every two weeks"),
        ("secured-term-loan", "every two months"),
        ("senior-notes", "every four months"),
        ("junior-notes", "annual"),
    ):
        loans[name]["payments"]["frequency"] = frequency
    loans["term-loan"]["repayment"] = {
        "type": "instalments",
        "amount": Decimal(150_000),
        "count": 50,
        "unpaid_balance_at_maturity": True,
    }
    for name, first, last in (
        ("term-loan", None, "long"),
        ("secured-term-loan", "long", "long"),
        ("senior-notes", "long", None),
        ("junior-notes", "short", None),
    ):
        payments = loans[name]["payments"]
        if first:
            del payments["first_payment"]
            payments["first_period"] = first
        if last:
            payments["last_period"] = last
    loans["secured-term-loan"]["payments"]["end_of_month"] = True
    loans["senior-notes"]["coupon"]["day_count"] = "ACT/ACT ICMA"
    loans["junior-notes"]["coupon"]["day_count"] = "ACT/ACT ICMA"


def a_calendar_of_one_s_own(tables):
    """Holidays from a file."""
    lines = "2004-02-02,Candlemas\n2004-03-01,First of March\n2004-06-01\n2004-06-02\n"
    tables["calendar"] = calendar_from_csv(lines, "holidays.csv")


def exchanges_with_limits(tables):
    """One exchange cut by its maximum, and one with options, early tenders and both limits."""
    tables["exchange"]["senior"] |= {
        "minimum": 15_000_000,
        "maximum": 20_000_500,
        "accepted": 19_998_000,
    }
    tables["exchange"]["junior"] |= {
        "tendered": 500_000,
        "outstanding": 510_000,
        "accrued_from": date(2003, 11, 1),
        "accrued_to": date(2003, 12, 18),
        "day_count": "30/360 US",
        "accrued_paid": "new notes",
        "early_tender": date(2003, 12, 10),
        "minimum": 300_000,
        "maximum": 400_000,
        "accepted": 399_000,
        "options": {
            "cash": {"name": "Cash", "cash": 400, "early_cash": 50, "shares": Decimal("12.5")},
            "notes": {"name": "New notes", "new_notes": 950, "warrants": 10, "early_new_notes": 50},
            "pool": {"name": "Cash pool", "cash_pool": 25_000, "rest_in_notes": 1_030},
        },
        "holders": [
            {
                "name": name,
                "option": option,
                "principal": principal,
                "tendered_on": date(2003, 12, day),
            }
            for name, option, principal, day in (
                ("First", "cash", 100_000, 10),
                ("Second", "notes", 250_500, 11),
                ("Third", "pool", 149_500, 1),
            )
        ],
    }
    note = tables["repurchase"]["senior-unsecured-note"]
    note |= {"accrued": Decimal("250000.50"), "reinstatement_until": date(2005, 12, 18)}


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
    revolver["commitment_steps"] = [
        {"from": date(2004, 3, 1), "commitment": 20_000_000},
        {"from": date(2004, 7, 1), "commitment": 12_000_000},
    ]


CHANGES = (
    built_in,
    thirty_day_months,
    other_thirty_day_months,
    unadjusted_with_a_cap,
    modified_following_at_month_end,
    earlier_business_days,
    yen,
    odd_cents,
    years_of_their_own_length,
    last_days_of_february,
    weeks_and_long_periods,
    a_calendar_of_one_s_own,
    exchanges_with_limits,
)


BUILT_IN = term_sheet_path("lexp-2003")


def changed_tables(change):
    """The tables of the built-in deal after a change."""
    tables = copy.deepcopy(read_tables(BUILT_IN))
    change(tables)
    return tables


def changed_deal(change):
    """The built-in deal after a change of its tables."""
    return deal_from_tables(changed_tables(change), BUILT_IN.parent)
