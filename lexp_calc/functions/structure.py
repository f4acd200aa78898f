"""The functions of capital structure: liens, debt service, ratios, ownership, recoveries."""

from lexp_calc.credit_ratios import (
    debt_service_coverage,
    interest_coverage,
    leverage,
    loan_to_value,
)
from lexp_calc.functions.categories import WHOLE_DEAL as CATEGORY
from lexp_calc.functions.recoveries import RECOVERIES
from lexp_calc.lien_tables import liens
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.structure_tables import credit_ratios, debt_service_by_period, ownership

DEAL = {"deal": 'Path of a term sheet, or "lexp-2003" for the built-in deal.'}
SCENARIO = {"scenario": "Scenario of the deal; its default one if left out."}
BUILT_IN = {"deal": "lexp-2003"}
PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"
REAL_PROPERTY = "Substantially all of the company's real property"
OTHER_ASSETS = "Substantially all of the company's assets other than real property"
SECURED_LOAN = ("secured-term-loan", "Secured term loan")
TERM_LOAN, REVOLVER = ("term-loan", "Term loan"), ("revolver", "Revolving credit facility")
NO_LIEN = ("no lien", None, None)
SENIOR = "12% Senior Subordinated Notes due 2009"
JUNIOR = "13% Junior Subordinated Notes due 2009"
OLD_SENIOR, ACCRUED_ON = "12 3/4% Senior Subordinated Notes", "Interest accrued on the"
JUNIOR_INTEREST = "Shares for the interest on the old junior subordinated notes"
SHARES = 4_828_036 + 103_731 + 424_781 + 3_467
SHARES_BOUGHT_BACK = (424_781 + 3_467) / 2

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
        "Debt before and after the closing by pool of collateral and rank of lien, with what is "
        "owed up to each rank; then debt without a lien. A tranche with several liens stands in "
        "each with all that it is owed.",
        DEAL,
        Example(
            BUILT_IN,
            [
                [
                    "pool",
                    "collateral",
                    "rank",
                    "tranche",
                    "instrument",
                    "before",
                    "after",
                    "up to this rank",
                ],
                ["real-property", REAL_PROPERTY, 1, *SECURED_LOAN, None, 11_500_000, 11_500_000],
                ["other-assets", OTHER_ASSETS, 1, *REVOLVER, None, 0, 13_500_000],
                ["other-assets", OTHER_ASSETS, 1, *TERM_LOAN, None, 13_500_000, 13_500_000],
                ["other-assets", OTHER_ASSETS, 2, *SECURED_LOAN, None, 11_500_000, 25_000_000],
                [*NO_LIEN, "senior-notes", SENIOR, None, 42_476_000, None],
                [*NO_LIEN, "junior-notes", JUNIOR, None, 347_000, None],
                [*NO_LIEN, None, "Senior, unsecured note", 7_500_000, 0, None],
                [*NO_LIEN, None, OLD_SENIOR, 27_412_000, 158_000, None],
                [*NO_LIEN, None, f"{ACCRUED_ON} {OLD_SENIOR} tendered", 15_221_926.79, 0, None],
                [*NO_LIEN, None, "14% Junior Subordinated Notes", None, None, None],
                [*NO_LIEN, None, JUNIOR_INTEREST, 235_000, 0, None],
            ],
        ),
        f"{PRESS_RELEASE}, and the offering circular's 27,412,000; by hand 27,254,000 x 12.75% x "
        "1577/360 accrued",
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
        "which earnings are given. No coverage before the first anniversary of the closing.",
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
        DEAL
        | {
            "share_price": "Price of a share for the treasury stock method; the scenario's if left "
            "out.",
            "date": "Day whose warrants count, without retired and expired ones; the closing if "
            "left out.",
        },
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
                    JUNIOR_INTEREST,
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
