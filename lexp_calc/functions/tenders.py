"""The functions of tenders: participation, proration, priority, cash pools and auctions."""

from lexp_calc.cash_pools import cash_per_thousand, cash_pool
from lexp_calc.dutch_auction import clearing_price, dutch_auction
from lexp_calc.functions.categories import NOTES_AND_EXCHANGE as CATEGORY
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.tenders import (
    holdouts,
    implied_outstanding,
    participation,
    priority_acceptance,
    proration,
    proration_factor,
    tender_consideration,
)

PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"
IRSA = "IRSA, exchange offer for the 8.75% Notes due 2023, final results of 7 July 2022"
DENOMINATION = "Whole multiples that notes come in; 1,000 if left out."
MAXIMUM = "Most principal that is accepted of all tenders together."

TENDER_FUNCTIONS = (
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
)
