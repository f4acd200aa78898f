"""The functions of exchanges, with those of tenders and of claims settled otherwise."""

from lexp_calc.exchange_tables import exchange_consideration
from lexp_calc.exchanges import exchange_ratio, new_notes, new_notes_per_holder
from lexp_calc.functions.categories import NOTES_AND_EXCHANGE as CATEGORY
from lexp_calc.functions.settled_claims import SETTLED_CLAIM_FUNCTIONS
from lexp_calc.functions.tenders import TENDER_FUNCTIONS
from lexp_calc.holders_view import holder_value, holder_value_at_yield
from lexp_calc.spreadsheet_function import Example, Function

PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"
DENOMINATION = "Whole multiples that notes come in; 1,000 if left out."
MAXIMUM = "Most principal that is accepted of all tenders together."

EXCHANGES = (
    Function(
        exchange_ratio,
        CATEGORY,
        "New principal for 1,000 of old notes: 1,000 x (1 + coupon x year fraction), simple "
        "interest from the last date paid, not rounded.",
        {
            "coupon": "Coupon of the old notes.",
            "accrued_from": "Date to which interest was last paid.",
            "accrued_to": "Date to which accrued interest is exchanged.",
            "day_count": "Day count of the old notes.",
        },
        Example(
            {
                "coupon": 0.1275,
                "accrued_from": "1999-08-01",
                "accrued_to": "2003-12-18",
                "day_count": "30/360 US",
            },
            1558.5208333333333,
        ),
        "Press release of 18 December 2003 prints 1,558.52; 1,000 + 127.50 x 1577/360 by hand",
    ),
    Function(
        new_notes,
        CATEGORY,
        "Principal of new notes for old: old principal x ratio / 1,000, to the cent.",
        {
            "old_principal": "Principal of old notes exchanged.",
            "ratio": "New principal for 1,000 of old notes.",
        },
        Example({"old_principal": 27_254_000, "ratio": 1558.52}, 42475904.08),
        f"27,254 x 1,558.52 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        new_notes_per_holder,
        CATEGORY,
        "New notes of each holder in whole denominations, and cash for the fraction: holding x "
        "ratio / 1,000, rounded down.",
        {
            "holdings": "Principal of old notes of each holder.",
            "ratio": "New principal for 1,000 of old notes.",
            "denomination": DENOMINATION,
        },
        Example(
            {"holdings": [10000, 7000], "ratio": 1558.52},
            [
                ["old notes", "value", "new notes", "cash for fraction"],
                [10000, 15585.20, 15000, 585.20],
                [7000, 10909.64, 10000, 909.64],
            ],
        ),
        "10 x 1,558.52 and 7 x 1,558.52 by hand",
    ),
    Function(
        exchange_consideration,
        CATEGORY,
        "What each holder gets in an exchange or tender offer with options: principal accepted "
        "(after proration) and returned, cash, accrued interest, new notes, cash for the "
        "fraction, shares, warrants.",
        {
            "holders": "Rows, a holder each: name, option, principal tendered, day of the tender "
            "(needed for an early premium alone).",
            "options": "Rows, an option each: name, then for 1,000 of old notes: cash, new notes, "
            "shares, warrants, cash for early tenders on top, new notes for early tenders on top.",
            "early_until": "Last day for the early premium.",
            "maximum": MAXIMUM + " Any and all if left out.",
            "minimum": "Least principal tendered; below it nothing is accepted.",
            "denomination": DENOMINATION,
            "accrued_per_thousand": "Interest accrued on 1,000 of old notes.",
            "accrued_paid": '"cash", or "new notes" to add the interest to the new notes.',
        },
        Example(
            {
                "holders": [
                    ["First", "cash", 300000, "2024-03-01"],
                    ["Second", "notes", 500500, "2024-03-11"],
                ],
                "options": [["cash", 870, 0, 0, 0, 30], ["notes", 0, 950, 2.5, 10, 0]],
                "early_until": "2024-03-08",
                "maximum": 400000,
                "accrued_per_thousand": 12.50,
            },
            [
                [
                    "holder",
                    "option",
                    "tendered",
                    "accepted",
                    "returned",
                    "cash",
                    "accrued interest",
                    "new notes",
                    "cash for fraction",
                    "shares",
                    "warrants",
                    "cash in all",
                ],
                ["First", "cash", 300000, 149000, 151000, 134100, 1862.50, 0, 0, 0, 0, 135962.50],
                ["Second", "notes", 500500, 250000, 250500, 0, 3125, 237000, 500, 625, 2500, 3625],
            ],
        ),
        "By hand: factor 400,000 / 800,500; 149 x (870 + 30), 149 x 12.50; 250 x 950 = 237,500",
    ),
    Function(
        holder_value,
        CATEGORY,
        "The holder's view of an exchange, for 1,000 of old notes: what is given at its price, "
        "what is got (notes, cash, shares, warrants) at theirs, and the gain or loss.",
        {
            "old_price": "Price of the old notes per 100.",
            "new_price": "Price of the new notes per 100.",
            "new_notes": "New principal for 1,000 of old notes.",
            "cash": "Cash for 1,000 of old notes.",
            "shares": "Shares for 1,000 of old notes.",
            "share_price": "Value of a share.",
            "warrants": "Warrants for 1,000 of old notes.",
            "warrant_value": "Value of a warrant.",
        },
        Example(
            {
                "old_price": 70,
                "new_price": 50,
                "new_notes": 1558.5,
                "warrants": 15.5,
                "warrant_value": 0.5,
            },
            [
                ["for 1,000 of old notes", "value"],
                ["old notes given", 700],
                ["new notes", 779.25],
                ["cash", 0],
                ["shares", 0],
                ["warrants", 7.75],
                ["received", 787],
                ["gain", 87],
            ],
        ),
        "By hand: 1,558.5 x 0.50 + 15.5 x 0.50 - 10 x 70",
    ),
    Function(
        holder_value_at_yield,
        CATEGORY,
        "The holder's view of an exchange, for 1,000 of old notes, with old and new notes priced "
        "at one yield: clean, street convention, 30/360 US.",
        {
            "settlement": "Day of the exchange.",
            "old_maturity": "Maturity of the old notes.",
            "old_coupon": "Coupon of the old notes.",
            "new_maturity": "Maturity of the new notes.",
            "new_coupon": "Coupon of the new notes.",
            "bond_yield": "Yield at which both are priced.",
            "new_notes": "New principal for 1,000 of old notes.",
            "cash": "Cash for 1,000 of old notes.",
            "securities": "Value of shares and warrants for 1,000 of old notes.",
            "frequency": "Coupons a year of both, and compounding of the yield.",
        },
        Example(
            {
                "settlement": "2024-01-01",
                "old_maturity": "2025-01-01",
                "old_coupon": 0.05,
                "new_maturity": "2026-01-01",
                "new_coupon": 0.10,
                "bond_yield": 0.10,
                "new_notes": 900,
                "cash": 50,
                "securities": 10,
                "frequency": 1,
            },
            [
                ["for 1,000 of old notes", "value"],
                ["old notes given", 954.5454545454545],
                ["new notes", 900],
                ["cash", 50],
                ["shares", 10],
                ["warrants", 0],
                ["received", 960],
                ["gain", 5.454545454545455],
            ],
        ),
        "By hand: 1,050 / 1.10 given; a coupon at the yield is worth par",
    ),
)

EXCHANGE_FUNCTIONS = (*EXCHANGES, *TENDER_FUNCTIONS, *SETTLED_CLAIM_FUNCTIONS)
