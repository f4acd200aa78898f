"""The functions of what the borrower books: carrying amounts, restructurings, extinguishments."""

from lexp_calc.carrying_amounts import carrying_amount
from lexp_calc.debt_restructuring import restructured_debt, restructuring_gain
from lexp_calc.extinguishment import extinguishment_gain, ten_percent_test
from lexp_calc.functions.carrying_amount_example import NOTES_AT_A_DISCOUNT
from lexp_calc.functions.categories import ACCOUNTING as CATEGORY
from lexp_calc.issue_proceeds import proceeds_to_warrants
from lexp_calc.spreadsheet_function import Example, Function

# Kieso, Intermediate Accounting, E14-21 and E14-23: after three years at 10 %.
KIESO_DATES = ["2021-12-31", "2022-12-31", "2023-12-31"]
EQUITY_HELP = "Fair value of shares or warrants granted to the creditor; it is taken off first."

ACCOUNTING_FUNCTIONS = (
    Function(
        carrying_amount,
        CATEGORY,
        "The carrying amount of a deal's term loan or notes from payment to payment by effective "
        "interest: fees at closing and issue costs are its discount.",
        {
            "deal": 'A term sheet, or "lexp-2003".',
            "tranche": "Id of a term loan or of notes.",
            "issue_costs": "Costs, original discount and value of warrants beside the tranche's "
            "own fees at closing; a premium is below 0.",
            "scenario": "The deal's default if left out.",
            "index_rate": 'Where the rate floats: "as it changes" (the default) or "at '
            'inception" (ASC 310-20-35-18).',
        },
        Example(
            {"deal": "lexp-2003", "tranche": "senior-notes", "issue_costs": 100000},
            NOTES_AT_A_DISCOUNT,
        ),
        "The coupons of the press release of 18 December 2003 and an assumed cost of 100,000; "
        "yield by bisection and rows in decimals of 60 digits, apart from this program",
    ),
    Function(
        proceeds_to_warrants,
        CATEGORY,
        "The part of the proceeds of notes with warrants that pays for the warrants, by relative "
        "fair value; it is a discount of the notes.",
        {
            "proceeds": "What the notes and warrants brought together.",
            "fair_value_of_notes": "Value of the notes without warrants.",
            "fair_value_of_warrants": "Value of the warrants alone.",
        },
        Example(
            {
                "proceeds": 152000,
                "fair_value_of_notes": 136000,
                "fair_value_of_warrants": 24000,
            },
            22800,
        ),
        "By hand: 152,000 x 24,000 / 160,000; an exercise after ASC 470-20-25-2",
    ),
    Function(
        restructuring_gain,
        CATEGORY,
        "The debtor's gain on a troubled debt restructuring: carrying amount less equity granted "
        "less all future payments, undiscounted; else 0 (ASC 470-60).",
        {
            "carrying_amount": "Principal and accrued interest, less unamortized costs.",
            "amounts": "All payments under the new terms.",
            "fair_value_of_equity": EQUITY_HELP,
        },
        Example({"carrying_amount": 2000000, "amounts": [130000, 130000, 1430000]}, 310000),
        "Kieso, Intermediate Accounting, E14-23 in a variant: 2,000,000 less 1,690,000",
    ),
    Function(
        restructured_debt,
        CATEGORY,
        "The carrying amount after a troubled debt restructuring, from payment to payment: no "
        "interest after a gain, else one new effective rate (ASC 470-60).",
        {
            "carrying_amount": "Principal and accrued interest, less unamortized costs.",
            "start": "The day of the restructuring.",
            "amounts": "All payments under the new terms.",
            "dates": "The date of each payment, rising.",
            "fair_value_of_equity": EQUITY_HELP,
            "period_lengths": 'Whether the rate is one a year, by "actual days" (the default), '
            'or one a period, of "equal periods".',
        },
        Example(
            {
                "carrying_amount": 2000000,
                "start": "2020-12-31",
                "amounts": [130000, 130000, 1430000],
                "dates": KIESO_DATES,
            },
            [
                [
                    "payment_date",
                    "opening_carrying_amount",
                    "effective_rate",
                    "interest_expense",
                    "payment",
                    "reduction",
                    "closing_carrying_amount",
                ],
                ["2021-12-31", 1690000, 0, 0, 130000, 130000, 1560000],
                ["2022-12-31", 1560000, 0, 0, 130000, 130000, 1430000],
                ["2023-12-31", 1430000, 0, 0, 1430000, 1430000, 0],
            ],
        ),
        "By hand, after SFAS 15, paragraph 17: every payment reduces what is owed",
    ),
    Function(
        extinguishment_gain,
        CATEGORY,
        "Gain on debt extinguished: net carrying amount less reacquisition price; a loss is "
        "below 0 (ASC 470-50-40-2).",
        {
            "principal": "Face of what is extinguished.",
            "unamortized": "Discount and issue costs not yet amortized; a premium is below 0.",
            "reacquisition_price": "What is paid with any call premium, or the fair value of new "
            "debt or shares given.",
            "other_costs": "Fees to the creditor and costs of reacquisition; received: below 0.",
        },
        Example(
            {"principal": 1000000, "unamortized": 16000, "reacquisition_price": 1010000}, -26000
        ),
        "By hand: 984,000 less 1,010,000; a question of the CPA examination",
    ),
    Function(
        ten_percent_test,
        CATEGORY,
        "The 10 per cent cash flow test: present values of the old and the new terms at the old "
        "effective rate, their ratio, and whether they differ substantially.",
        {
            "old_amounts": "Payments left under the old terms.",
            "old_dates": "The date of each.",
            "new_amounts": "Payments under the new terms.",
            "new_dates": "The date of each.",
            "effective_rate": "The old debt's, a decimal a year (ACT/365F).",
            "as_of": "The day of the change.",
            "fees": "Paid that day by the debtor to the creditor; received: below 0.",
        },
        Example(
            {
                "old_amounts": [1100],
                "old_dates": ["2022-01-01"],
                "new_amounts": [1331],
                "new_dates": ["2024-01-01"],
                "effective_rate": 0.1,
                "as_of": "2021-01-01",
                "fees": 100,
            },
            [
                [
                    "present_value_old",
                    "present_value_new",
                    "difference",
                    "ratio",
                    "substantially_different",
                ],
                [1000, 1100, 100, 0.1, "yes"],
            ],
        ),
        "By hand: 1,100 / 1.1 and 1,331 / 1.1 ^ 3 + 100; 10 per cent is enough",
    ),
)
