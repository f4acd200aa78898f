"""The functions of exchanges, tenders, repurchases and stock for interest."""

from lexp_calc.cash_pools import cash_per_thousand, cash_pool
from lexp_calc.dutch_auction import clearing_price, dutch_auction
from lexp_calc.exchange_tables import (
    exchange_consideration,
    new_notes_per_holder,
    tender_consideration,
)
from lexp_calc.exchanges import exchange_ratio, new_notes
from lexp_calc.holders_view import holder_value, holder_value_at_yield
from lexp_calc.repurchases import price_of_face, reinstated_claim, repurchase_gain
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.stock_for_debt import (
    cash_for_fraction,
    debt_for_equity,
    share_issue_price,
    shares_after,
    shares_for_debt,
    shares_to_own,
)
from lexp_calc.tenders import (
    holdouts,
    implied_outstanding,
    participation,
    priority_acceptance,
    proration,
    proration_factor,
)

CATEGORY = "Notes and exchange"
PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"
IRSA = "IRSA, exchange offer for the 8.75% Notes due 2023, final results of 7 July 2022"
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
        tender_consideration,
        CATEGORY,
        "Cash for notes tendered: principal x (consideration + early premium + accrued interest) "
        "/ 1,000, to the cent.",
        {
            "principal": "Principal of the notes accepted.",
            "consideration": "Cash for 1,000 of notes, without the early premium.",
            "early_premium": "Cash for 1,000 on top for early tenders.",
            "tendered_on": "Day of the tender.",
            "early_until": "Last day for the early premium.",
            "accrued_per_thousand": "Interest accrued on 1,000 of notes.",
        },
        Example(
            {
                "principal": 545_079_000,
                "consideration": 989.25,
                "early_premium": 30,
                "tendered_on": "2021-06-07",
                "early_until": "2021-06-07",
            },
            555571770.75,
        ),
        "545,079 x 1,019.25 by hand, of figures in Bausch Health's press release of 7 June 2021: "
        "total consideration 1,019.25 with an early tender premium of 30",
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

TENDERS = (
    Function(
        participation,
        CATEGORY,
        "Share of the notes outstanding that was tendered: tendered / outstanding, not rounded.",
        {"tendered": "Principal tendered.", "outstanding": "Principal outstanding before."},
        Example({"tendered": 238_985_000, "outstanding": 360_000_000}, 0.6638472222222222),
        f"{IRSA}: 66.38%; 238,985 / 360,000 by hand",
    ),
    Function(
        holdouts,
        CATEGORY,
        "Principal of the holders who did not tender: outstanding - tendered.",
        {"tendered": "Principal tendered.", "outstanding": "Principal outstanding before."},
        Example({"tendered": 27_254_000, "outstanding": 27_412_000}, 158000),
        f"{PRESS_RELEASE}, and the company's offering circular; by hand",
    ),
    Function(
        implied_outstanding,
        CATEGORY,
        "What a printed participation says was outstanding: the least and the most, tendered / "
        "(participation + or - half a unit of its last decimal).",
        {
            "tendered": "Principal tendered.",
            "participation": "Participation as printed: 0.994 for 99.4 %.",
            "decimals": "Decimals of the printed percentage; 1 for 99.4 %.",
        },
        Example({"tendered": 27_254_000, "participation": 0.994}, [27404725.99, 27432310.02]),
        f"{PRESS_RELEASE}: 27,254,000 and 99.4%; 27,254,000 / 0.9945 and / 0.9935 by hand",
    ),
    Function(
        proration_factor,
        CATEGORY,
        "Share of each tender that is accepted: maximum / tendered, 1 at the most; 0 where less "
        "than the minimum was tendered.",
        {
            "tendered": "Principal tendered by all.",
            "maximum": MAXIMUM,
            "minimum": "Least principal tendered; below it nothing is accepted.",
        },
        Example({"tendered": 302_618_000, "maximum": 150_000_000}, 0.4956744146085163),
        "Warrior Met Coal, offer of August 2023: 49.5674%; 150,000 / 302,618 by hand",
    ),
    Function(
        proration,
        CATEGORY,
        "What is accepted of each tender where an offer has a maximum: tender x proration factor, "
        "rounded down to the denomination; the rest is returned.",
        {
            "tenders": "Principal tendered by each holder.",
            "maximum": MAXIMUM,
            "minimum": "Least principal tendered; below it nothing is accepted.",
            "denomination": DENOMINATION,
        },
        Example({"tenders": [100000, 50000, 33000], "maximum": 100000}, [54000, 27000, 18000]),
        "By hand: factor 100 / 183; 54,644.81, 27,322.40 and 18,032.79 rounded down to 1,000",
    ),
    Function(
        priority_acceptance,
        CATEGORY,
        "What is accepted of each tender where acceptance priority levels rank: level 1 whole "
        "before level 2, the level that the maximum cuts prorated.",
        {
            "tenders": "Principal tendered.",
            "levels": "Acceptance priority level of each: 1 comes first.",
            "maximum": MAXIMUM,
            "denomination": DENOMINATION,
        },
        Example(
            {"tenders": [100000, 60000, 40000], "levels": [2, 1, 3], "maximum": 110000},
            [50000, 60000, 0],
        ),
        "By hand: 60,000, then 50,000 of the 110,000 are left for level 2",
    ),
    Function(
        cash_per_thousand,
        CATEGORY,
        "Cash from a pool for each 1,000 tendered: 1,000 x pool / tendered, not rounded.",
        {
            "pool": "Cash shared among those who tendered.",
            "tendered": "Principal tendered for it.",
            "most_per_thousand": "Most that is paid for each 1,000; no limit if left out.",
        },
        Example({"pool": 71_695_500, "tendered": 145_373_500}, 493.18135698734636),
        f"{IRSA}: 493.18 in cash for 1,000, of 30% of 238,985,000; the quotient by hand",
    ),
    Function(
        cash_pool,
        CATEGORY,
        "Each holder's cash from a pool shared pro rata; the column adds up to the pool, the last "
        "cents to the largest remainders.",
        {
            "pool": "Cash shared among those who tendered.",
            "tenders": "Principal tendered by each holder.",
            "most_per_thousand": "Most that is paid for each 1,000; no limit if left out.",
        },
        Example({"pool": 100, "tenders": [1000, 2000]}, [33.33, 66.67]),
        "By hand: 33.333.. and 66.666..; the cent left goes to the larger remainder",
    ),
    Function(
        clearing_price,
        CATEGORY,
        "Price that clears a modified Dutch auction: the lowest at which the bids up to it reach "
        "the maximum, the highest bid if none does.",
        {
            "tenders": "Principal of each bid.",
            "prices": "Price of each bid for 1,000.",
            "maximum": MAXIMUM,
        },
        Example(
            {"tenders": [100000, 200000, 50000], "prices": [900, 950, 910], "maximum": 200000},
            950,
        ),
        "By hand: 100,000 at 900, 150,000 up to 910, 350,000 up to 950",
    ),
    Function(
        dutch_auction,
        CATEGORY,
        "What each bid of a modified Dutch auction gets at the clearing price: below it whole, at "
        "it prorated, above it nothing.",
        {
            "tenders": "Principal of each bid.",
            "prices": "Price of each bid for 1,000.",
            "maximum": MAXIMUM,
            "denomination": DENOMINATION,
        },
        Example(
            {"tenders": [100000, 200000, 50000], "prices": [900, 950, 910], "maximum": 200000},
            [
                ["price bid", "tendered", "accepted", "cash"],
                [900, 100000, 100000, 95000],
                [950, 200000, 50000, 47500],
                [910, 50000, 50000, 47500],
            ],
        ),
        "By hand: all are paid 950 for 1,000; 50,000 of the maximum are left for the bid at 950",
    ),
)

REPURCHASES = (
    Function(
        price_of_face,
        CATEGORY,
        "Price of notes bought back as a share of their face amount: price / face, before accrued "
        "interest.",
        {"price": "What was paid.", "face": "Principal bought."},
        Example({"price": 5_810_000, "face": 7_500_000}, 0.7746666666666667),
        f"581 / 750 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        repurchase_gain,
        CATEGORY,
        "Debt given up less what was paid for it: face + accrued interest - price; below 0 a loss.",
        {
            "face": "Principal bought.",
            "accrued": "Interest accrued on it and bought with it; 0 if not known.",
            "price": "What was paid for both.",
        },
        Example({"face": 7_500_000, "accrued": 0, "price": 5_810_000}, 1690000),
        f"7,500,000 - 5,810,000 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        reinstated_claim,
        CATEGORY,
        "Claim that comes back if the price must be returned: (face + accrued) x returned / price, "
        "to the cent; 0 after the last day on which it may.",
        {
            "face": "Principal bought.",
            "accrued": "Interest accrued on it and bought with it; 0 if not known.",
            "price": "What was paid for both.",
            "returned": "What of the price is returned.",
            "returned_on": "Day of the return; needed with reinstatement_until alone.",
            "reinstatement_until": "Last day on which the claim comes back; no end if left out.",
        },
        Example(
            {"face": 7_500_000, "accrued": 0, "price": 5_810_000, "returned": 5_810_000}, 7500000
        ),
        f"{PRESS_RELEASE}: the claim is reinstated if the price is returned",
    ),
    Function(
        share_issue_price,
        CATEGORY,
        "Price of a share at which debt or interest was settled: debt / shares, not rounded.",
        {"debt": "Debt or interest given up.", "shares": "Shares issued for it."},
        Example({"debt": 235_000, "shares": 103_731}, 2.265475123155084),
        f"235,000 / 103,731 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        shares_for_debt,
        CATEGORY,
        "Shares issued for debt or interest: debt / share price, made whole.",
        {
            "debt": "Debt or interest given up.",
            "share_price": "Price of a share.",
            "fractions": 'What becomes of a fraction: "down" if left out.',
        },
        Example({"debt": 19_000, "share_price": 3.40}, 5588),
        "SEC filer 1072725, Form 10-Q for September 2012, subsequent events: 5,588 shares",
    ),
    Function(
        cash_for_fraction,
        CATEGORY,
        "Cash in place of the fraction of a share: debt - whole shares x share price.",
        {"debt": "Debt or interest given up.", "share_price": "Price of a share."},
        Example({"debt": 19_000, "share_price": 3.40}, 0.80),
        "19,000 - 5,588 x 3.40 by hand",
    ),
    Function(
        shares_after,
        CATEGORY,
        "Shares outstanding after an issue: before + issued.",
        {"shares_before": "Shares outstanding before.", "shares_issued": "Shares issued."},
        Example({"shares_before": 4_828_036, "shares_issued": 103_731}, 4931767),
        "Lexington Precision, covers of the 10-Q for September and the 10-K for December 2003",
    ),
    Function(
        debt_for_equity,
        CATEGORY,
        "Debt given up for shares: the price of a share, shares after, and what new and old "
        "holders own of the company.",
        {
            "debt": "Debt given up.",
            "shares": "Shares issued for it.",
            "shares_before": "Shares outstanding before.",
        },
        Example(
            {"debt": 3_000_000, "shares": 600_000, "shares_before": 400_000},
            [
                ["figure", "value"],
                ["debt given up", 3000000],
                ["shares issued", 600000],
                ["issue price", 5],
                ["shares before", 400000],
                ["shares after", 1000000],
                ["new holders own", 0.6],
                ["old holders own", 0.4],
            ],
        ),
        "By hand",
    ),
    Function(
        shares_to_own,
        CATEGORY,
        "Shares to issue so that their holders own a share of the company after: before x share / "
        "(1 - share), made whole.",
        {
            "ownership": "Share of the company after the issue.",
            "shares_before": "Shares outstanding before.",
            "fractions": 'What becomes of a fraction: "up" if left out.',
        },
        Example({"ownership": 0.95, "shares_before": 1_000_000}, 19000000),
        "By hand: 19 of 20",
    ),
)

EXCHANGE_FUNCTIONS = (*EXCHANGES, *TENDERS, *REPURCHASES)
