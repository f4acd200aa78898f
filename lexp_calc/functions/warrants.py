"""The functions of warrants: exercise, number, retirement and dilution; their values beside."""

from lexp_calc.dilution import (
    warrant_cashless_shares,
    warrant_diluted_shares,
    warrant_ownership,
    warrant_shares,
)
from lexp_calc.functions.warrant_values import CATEGORY, WARRANT_VALUE_FUNCTIONS
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.warrant_counts import (
    warrant_strike_money,
    warrants_by_rule,
    warrants_for_holders,
)
from lexp_calc.warrant_retirement import warrant_retirements, warrants_retired
from lexp_calc.warrants import warrant_exercise_value, warrant_status

SHARE_PRICE = {"share_price": "Price of one share."}
WARRANTS = {"warrants": "Number of warrants, one share each."}
STRIKE = {"strike": "Price paid for one share on exercise; 3.50 if left out."}
SHARES = {"shares_outstanding": "Number of shares before any exercise."}
WINDOW = {
    "exercisable_from": "First day of exercise; 2005-08-01 if left out.",
    "expires": "Last day of exercise; 2009-08-01 if left out.",
}
NOTES_BEFORE = "Principal of the notes before the redemption."
PER_THOUSAND = {"per_thousand": "Warrants for each 1,000 of notes."}
RETIRED_BEFORE = {
    "retired_before": "From this day on warrants are detached and none retire; 2005-08-01 if "
    "left out."
}
ROUNDING = '"none", "down", "up" or "nearest"; "down" if left out.'
PRESS_RELEASE = "Press release of 18 December 2003"
ISSUED = 424_781

WARRANT_FUNCTIONS = (
    Function(
        warrant_exercise_value,
        CATEGORY,
        "What exercise of warrants is worth: max(share price - strike, 0) x warrants; 0 before "
        "the window opens, an error after it closes.",
        SHARE_PRICE
        | WARRANTS
        | STRIKE
        | {"as_of": "Day of exercise; a day within the window if left out."}
        | WINDOW,
        Example(
            {"share_price": 4.25, "warrants": ISSUED, "strike": 3.5, "as_of": "2005-08-01"},
            318585.75,
        ),
        f"{PRESS_RELEASE}, paragraph 5: 424,781 warrants at 3.50; 0.75 x 424,781 by hand",
    ),
    Function(
        warrant_status,
        CATEGORY,
        'What warrants are on a day: "attached to the notes", "not yet exercisable", '
        '"exercisable" or "expired".',
        {"as_of": "The day asked about."}
        | WINDOW
        | {
            "detached_from": "First day on which warrants trade without their notes; "
            "2005-08-01 if left out."
        },
        Example({"as_of": "2005-07-31"}, "attached to the notes"),
        f"{PRESS_RELEASE}, paragraph 5, sentence 7: prior to August 1, 2005 with the note alone",
    ),
    *WARRANT_VALUE_FUNCTIONS,
    Function(
        warrant_shares,
        CATEGORY,
        "New shares by the treasury stock method: warrants x (1 - strike / share price), or 0; "
        "not rounded.",
        {"share_price": "Average price of one share in the period."} | WARRANTS | STRIKE,
        Example({"share_price": 40, "warrants": 20000, "strike": 30}, 5000),
        "AnalystNotes, CFA question LIGMT4X8R: 20,000 less 600,000 / 40 = 5,000",
    ),
    Function(
        warrant_diluted_shares,
        CATEGORY,
        "Shares outstanding plus the new ones by the treasury stock method; not rounded.",
        SHARES | {"share_price": "Average price of one share in the period."} | WARRANTS | STRIKE,
        Example(
            {"shares_outstanding": 100000, "share_price": 40, "warrants": 20000, "strike": 30},
            105000,
        ),
        "By hand: 100,000 + 20,000 - 600,000 / 40",
    ),
    Function(
        warrant_cashless_shares,
        CATEGORY,
        "Shares for warrants given up instead of paying the strike: warrants x (share price - "
        "strike) / share price, or 0, made whole.",
        SHARE_PRICE | WARRANTS | STRIKE | {"rounding": ROUNDING},
        Example({"share_price": 15, "warrants": 10000, "strike": 10}, 3333),
        "By hand: 10,000 x 5 / 15 = 3,333.33, the fraction dropped",
    ),
    Function(
        warrant_ownership,
        CATEGORY,
        "The part of the company that holders of warrants own once all are exercised for cash: "
        "warrants / (shares + warrants).",
        WARRANTS | SHARES,
        Example({"warrants": 250, "shares_outstanding": 750}, 0.25),
        "By hand: 250 of 1,000 shares",
    ),
    Function(
        warrant_strike_money,
        CATEGORY,
        "What the company receives if all warrants are exercised for cash: warrants x strike.",
        WARRANTS | STRIKE,
        Example({"warrants": 428248, "strike": 3.5}, 1498868),
        "By hand: 428,248 x 3.50, all warrants of the built-in deal",
    ),
    Function(
        warrants_by_rule,
        CATEGORY,
        "Warrants issued with notes: so many for each 1,000 of principal, made whole once.",
        {"notes_issued": "Principal of the notes."} | PER_THOUSAND | {"rounding": ROUNDING},
        Example({"notes_issued": 42476000, "per_thousand": 10}, 424760),
        f"{PRESS_RELEASE}, paragraph 5: ten for each 1,000 of 42,476,000; by hand 424,760",
    ),
    Function(
        warrants_for_holders,
        CATEGORY,
        "Warrants issued with notes where the number of each holder is made whole.",
        {"holdings": "Principal of the notes of each holder, a column."}
        | PER_THOUSAND
        | {"rounding": ROUNDING},
        Example({"holdings": [1550, 1234, 1000], "per_thousand": 10, "rounding": "up"}, 39),
        "By hand: 15.5, 12.34 and 10 become 16, 13 and 10",
    ),
    Function(
        warrants_retired,
        CATEGORY,
        "Warrants retired with redeemed notes: warrants x redeemed / outstanding, to the nearest "
        "whole; none once detached.",
        {"notes_redeemed": "Principal redeemed.", "notes_outstanding": NOTES_BEFORE}
        | {"warrants": "Number of warrants before the redemption."}
        | {"redemption_date": "Day of the redemption."}
        | RETIRED_BEFORE,
        Example(
            {
                "notes_redeemed": 10000000,
                "notes_outstanding": 42476000,
                "warrants": ISSUED,
                "redemption_date": "2005-03-15",
            },
            100005,
        ),
        "By hand: 424,781 x 10,000,000 / 42,476,000 = 100,004.94",
    ),
    Function(
        warrant_retirements,
        CATEGORY,
        "Redemptions of notes in turn and the warrants that each retires, pro rata to what the "
        "ones before have left.",
        {
            "redemption_dates": "Days of the redemptions in order, a column.",
            "notes_redeemed": "Principal redeemed on each day, a column.",
            "notes_outstanding": "Principal of the notes before the first redemption.",
            "warrants": "Number of warrants before the first redemption.",
        }
        | RETIRED_BEFORE,
        Example(
            {
                "redemption_dates": ["2005-03-15", "2005-08-01"],
                "notes_redeemed": [10000000, 1000000],
                "notes_outstanding": 42476000,
                "warrants": ISSUED,
            },
            [
                [
                    "redemption_date",
                    "notes_before",
                    "notes_redeemed",
                    "notes_after",
                    "warrants_before",
                    "warrants_retired",
                    "warrants_after",
                ],
                ["2005-03-15", 42476000, 10000000, 32476000, 424781, 100005, 324776],
                ["2005-08-01", 32476000, 1000000, 31476000, 324776, 0, 324776],
            ],
        ),
        "By hand: 424,781 x 10 / 42.476 = 100,004.94; none from 1 August 2005 on",
    ),
)
