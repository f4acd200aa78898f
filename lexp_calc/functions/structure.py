"""The functions of capital structure: recoveries, liens, debt service, ratios, ownership."""

from lexp_calc.credit_ratios import (
    debt_service_coverage,
    interest_coverage,
    leverage,
    loan_to_value,
)
from lexp_calc.functions.categories import WHOLE_DEAL as CATEGORY
from lexp_calc.recovery_tables import recovery, waterfall
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.structure_tables import credit_ratios, debt_service_by_period, liens, ownership

DEAL = {"deal": 'Path of a term sheet, or "lexp-2003" for the built-in deal.'}
SCENARIO = {"scenario": "Scenario of the deal; its default one if left out."}
BUILT_IN = {"deal": "lexp-2003"}
PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"
REAL_PROPERTY = "Substantially all of the company's real property"
OTHER_ASSETS = "Substantially all of the company's assets other than real property"
SHARES = 4_828_036 + 103_731 + 424_781 + 3_467
SHARES_BOUGHT_BACK = (424_781 + 3_467) / 2

RECOVERIES = (
    Function(
        recovery,
        CATEGORY,
        "What each tranche recovers of given values of the deal's pools and of all else: liens by "
        "rank, deficiencies pro rata with unsecured claims, subordinated shares turned over to "
        "senior debt.",
        DEAL
        | {
            "values": 'Rows of pool id, or "unencumbered", and value: one for each pool; '
            "unencumbered is nothing if left out.",
            "date": "Day at whose end principal owed is the claim; the closing if left out.",
        }
        | SCENARIO
        | {
            "other_claims": "Unsecured claims outside the deal, such as trade: they share pro "
            "rata, and nothing is turned over to them. 0 if left out."
        },
        Example(
            BUILT_IN
            | {
                "values": [
                    ["real-property", 8_000_000],
                    ["other-assets", 20_000_000],
                    ["unencumbered", 1_000_000],
                ]
            },
            [
                [
                    "tranche",
                    "claim",
                    "real-property",
                    "other-assets",
                    "unencumbered",
                    "turned over",
                    "recovered",
                    "recovery",
                ],
                ["revolver", 0, 0, 0, 0, 0, 0, None],
                ["term-loan", 13_500_000, 0, 13_500_000, 0, 0, 13_500_000, 1],
                ["secured-term-loan", 11_500_000, 8_000_000, 3_500_000, 0, 0, 11_500_000, 1],
                [
                    "senior-notes",
                    42_476_000,
                    0,
                    0,
                    3_967_587.51,
                    32_412.49,
                    4_000_000,
                    4_000_000 / 42_476_000,
                ],
                ["junior-notes", 347_000, 0, 0, 32_412.49, -32_412.49, 0, 0],
                [
                    "total",
                    67_823_000,
                    8_000_000,
                    17_000_000,
                    4_000_000,
                    0,
                    29_000_000,
                    29_000_000 / 67_823_000,
                ],
                ["left over", None, None, None, None, None, 0, None],
            ],
        ),
        "By hand: 8,000,000 and 3,500,000 for the secured term loan; 3,000,000 + 1,000,000 shared "
        "as 42,476 to 347, and the junior notes' share turned over",
    ),
    Function(
        waterfall,
        CATEGORY,
        "A value paid out on claims by rank: what each recovers, to the cent, and what is left. "
        "Equal ranks share pro rata.",
        {
            "claims": "Rows of claim, rank (1 is paid first) and amount.",
            "value": "What there is to pay out.",
        },
        Example(
            {
                "claims": [["notes", 2, 50], ["term loan", 1, 100], ["trade", 2, 25]],
                "value": 140.01,
            },
            [
                ["claim", "rank", "amount", "recovered", "recovery"],
                ["term loan", 1, 100, 100, 1],
                ["notes", 2, 50, 26.67, 0.5334],
                ["trade", 2, 25, 13.34, 0.5336],
                ["total", None, 175, 140.01, 140.01 / 175],
                ["left over", None, None, 0, None],
            ],
        ),
        "By hand: 40.01 x 50/75 = 26.6733 and 40.01 x 25/75 = 13.3367, the last cent to the second",
    ),
)

OVER_TIME = (
    Function(
        debt_service_by_period,
        CATEGORY,
        "What is paid in each calendar month, quarter or year: interest, principal, fees and "
        "their total, over all tranches or of one.",
        DEAL
        | {"period": '"month", "quarter" or "year".'}
        | SCENARIO
        | {"tranche": "Id of one tranche; all of them if left out."},
        Example(
            BUILT_IN | {"period": "year", "tranche": "junior-notes"},
            [
                ["period end", "interest", "principal", "fees", "total"],
                ["2003-12-31", 0, 0, 0, 0],
                ["2004-12-31", 39_220.64, 0, 0, 39_220.64],
                ["2005-12-31", 45_110, 0, 0, 45_110],
                ["2006-12-31", 45_110, 0, 0, 45_110],
                ["2007-12-31", 45_110, 0, 0, 45_110],
                ["2008-12-31", 45_110, 0, 0, 45_110],
                ["2009-12-31", 45_110, 347_000, 0, 392_110],
                ["total", 264_770.64, 347_000, 0, 611_770.64],
            ],
        ),
        "By hand: 347,000 x 13% = 45,110 a year; first 43 days of 360, 5,388.14, and three "
        "quarters of 11,277.50",
    ),
    Function(
        liens,
        CATEGORY,
        "The liens of a deal, pool by pool and by rank: rank 1 is paid first out of the pool.",
        DEAL,
        Example(
            BUILT_IN,
            [
                ["pool", "collateral", "rank", "tranche", "instrument"],
                ["real-property", REAL_PROPERTY, 1, "secured-term-loan", "Secured term loan"],
                ["other-assets", OTHER_ASSETS, 1, "revolver", "Revolving credit facility"],
                ["other-assets", OTHER_ASSETS, 1, "term-loan", "Term loan"],
                ["other-assets", OTHER_ASSETS, 2, "secured-term-loan", "Secured term loan"],
            ],
        ),
        PRESS_RELEASE,
    ),
)

RATIOS = (
    Function(
        leverage,
        CATEGORY,
        "Debt as a multiple of earnings: debt / earnings.",
        {
            "debt": "Debt: total, or senior secured alone.",
            "earnings": "Earnings of twelve months as the covenant has them, such as EBITDA.",
        },
        Example({"debt": 67_823_000, "earnings": 16_000_000}, 4.2389375),
        f"By hand, of the debt in {PRESS_RELEASE}",
    ),
    Function(
        interest_coverage,
        CATEGORY,
        "How often earnings cover interest: earnings / interest.",
        {
            "earnings": "Earnings as the covenant has them, such as EBIT.",
            "interest": "Interest of the same time.",
        },
        Example({"earnings": 100_000, "interest": 20_000}, 5),
        "calc-verse.com, interest coverage: 100k and 20k give 5.0x",
    ),
    Function(
        debt_service_coverage,
        CATEGORY,
        "How often earnings cover interest and principal due: earnings / debt service.",
        {
            "earnings": "Earnings; of property its net operating income.",
            "debt_service": "Interest and principal of the same time.",
        },
        Example({"earnings": 450_000, "debt_service": 300_000}, 1.5),
        "refugeinvestments.com, terminology: 450,000 and 300,000 give 1.5",
    ),
    Function(
        loan_to_value,
        CATEGORY,
        "Debt as a part of the value that secures it: debt / value; 0.8 is 80 %.",
        {"debt": "Debt secured by it.", "value": "Value of what secures the debt."},
        Example({"debt": 80_000, "value": 100_000}, 0.8),
        "jdcu.org, how to calculate the loan to value: 80,000 of 100,000 is 80%",
    ),
    Function(
        credit_ratios,
        CATEGORY,
        "Total and senior secured leverage, interest and debt service coverage on each date for "
        "which earnings are given. In the first year payments since closing count as if of "
        "twelve months, by days.",
        DEAL
        | SCENARIO
        | {
            "earnings": "Rows of date and earnings of the twelve months before; the scenario's "
            "own if left out."
        },
        Example(
            BUILT_IN | {"earnings": [["2003-12-18", 12_000_000], ["2008-12-31", 12_000_000]]},
            [
                [
                    "date",
                    "since",
                    "earnings",
                    "total debt",
                    "senior secured debt",
                    "interest",
                    "debt service",
                    "total leverage",
                    "senior secured leverage",
                    "interest coverage",
                    "debt service coverage",
                ],
                [
                    "2003-12-18",
                    "2003-12-18",
                    12_000_000,
                    67_823_000,
                    25_000_000,
                    0,
                    0,
                    67_823 / 12_000,
                    25 / 12,
                    None,
                    None,
                ],
                [
                    "2008-12-31",
                    "2007-12-31",
                    12_000_000,
                    42_823_000,
                    0,
                    5_142_230,
                    5_142_230,
                    42_823 / 12_000,
                    0,
                    12_000_000 / 5_142_230,
                    12_000_000 / 5_142_230,
                ],
            ],
        ),
        "By hand: 42,476,000 x 12% + 347,000 x 13% = 5,142,230 of interest in a year",
    ),
)

SHARES_OWNED = (
    Function(
        ownership,
        CATEGORY,
        "Who owns how much once all warrants are exercised: existing shares, shares issued for "
        "interest, warrants of each issue; with a share price also by the treasury stock method.",
        DEAL | {"share_price": "Price of a share for the treasury stock method."},
        Example(
            BUILT_IN | {"share_price": 7},
            [
                [
                    "shares of",
                    "shares",
                    "ownership",
                    "treasury stock shares",
                    "treasury stock ownership",
                ],
                [
                    "Common shares outstanding before",
                    4_828_036,
                    4_828_036 / SHARES,
                    4_828_036,
                    4_828_036 / (SHARES - SHARES_BOUGHT_BACK),
                ],
                [
                    "Shares for the interest on the old junior subordinated notes",
                    103_731,
                    103_731 / SHARES,
                    103_731,
                    103_731 / (SHARES - SHARES_BOUGHT_BACK),
                ],
                [
                    "Warrants issued with the 12% Senior Subordinated Notes",
                    424_781,
                    424_781 / SHARES,
                    212_390.5,
                    212_390.5 / (SHARES - SHARES_BOUGHT_BACK),
                ],
                [
                    "Warrants issued with the 13% Junior Subordinated Notes",
                    3_467,
                    3_467 / SHARES,
                    1_733.5,
                    1_733.5 / (SHARES - SHARES_BOUGHT_BACK),
                ],
                ["total", 5_360_015, 1, 5_145_891, 1],
            ],
        ),
        f"{PRESS_RELEASE} and the cover of the 10-Q of 2003: half of the warrants at a strike of "
        "3.50 against a price of 7, by hand",
    ),
)

STRUCTURE_FUNCTIONS = (*RECOVERIES, *OVER_TIME, *RATIOS, *SHARES_OWNED)
