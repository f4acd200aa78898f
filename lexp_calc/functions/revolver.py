"""The functions of a revolver: its borrowing base, what may be drawn, what is paid for it."""

from lexp_calc.ageing import eligible_receivables, ineligible_receivables
from lexp_calc.functions.categories import REVOLVER as CATEGORY
from lexp_calc.revolver_functions import availability, borrowing_base, over_advance, unused_fee
from lexp_calc.spreadsheet_function import Example, Function

USE = {
    "borrowing_base": "Borrowing base.",
    "commitment": "Commitment of the lenders.",
    "outstanding": "Loans outstanding.",
    "letters_of_credit": "Letters of credit outstanding; 0 if left out.",
}
AGEING = {
    "aging": "Rows of a receivables ageing, headed or as customer, amount, days.",
    "over_days": "Age above which a receivable is ineligible; 90 if left out.",
    "cross_age": "Share of a customer's balance over age that takes out all of it; 0.5.",
    "concentration_limit": "Largest share of one customer; 0.2.",
}
ROWS = [["A", 1_000, 30], ["A", 500, 120], ["B", 400, 95], ["B", 300, 10], ["C", 9_000, 15]]
BY_HAND = (
    "By hand: 500 and 400 over age; B cross-aged, for 400 is above half of 700; left are 1,000 "
    "and 9,000, of which one customer counts for 2,000 at most"
)

REVOLVER_FUNCTIONS = (
    Function(
        borrowing_base,
        CATEGORY,
        "Advance rates on eligible receivables and inventory less reserves, not below 0, to the "
        "cent.",
        {
            "eligible_receivables": "Receivables less ineligible ones.",
            "eligible_inventory": "Inventory less ineligible parts.",
            "receivables_rate": "Advance rate on receivables; 0.88 if left out.",
            "inventory_rate": "Advance rate on inventory; 0.65 if left out.",
            "reserves": "What the lender keeps back; 0 if left out.",
        },
        Example(
            {
                "eligible_receivables": 10_000_000,
                "eligible_inventory": 5_000_000,
                "reserves": 1_050_000,
            },
            11_000_000,
        ),
        "Rates of the press release of 18 December 2003: 8.80 + 3.25 - 1.05 million",
    ),
    Function(
        availability,
        CATEGORY,
        "What can still be borrowed: the lesser of commitment and borrowing base, less loans and "
        "letters of credit, not below 0.",
        USE,
        Example(
            {
                "borrowing_base": 11_000_000,
                "commitment": 23_500_000,
                "outstanding": 9_000_000,
                "letters_of_credit": 700_000,
            },
            1_300_000,
        ),
        "By hand: 11.0 - 9.0 - 0.7 million",
    ),
    Function(
        over_advance,
        CATEGORY,
        "What is used above the lesser of commitment and borrowing base, and must be repaid.",
        USE,
        Example(
            {"borrowing_base": 11_000_000, "commitment": 23_500_000, "outstanding": 11_200_000},
            200_000,
        ),
        "By hand: 11.2 - 11.0 million",
    ),
    Function(
        eligible_receivables,
        CATEGORY,
        "Receivables of an ageing less over-age, cross-aged, flagged, contra and concentrated "
        "ones, to the cent.",
        AGEING,
        Example({"aging": ROWS}, 3_000),
        BY_HAND,
    ),
    Function(
        ineligible_receivables,
        CATEGORY,
        "What is taken out of an ageing under each criterion, from the gross amount to the "
        "eligible one.",
        AGEING,
        Example(
            {"aging": ROWS},
            [
                ["line", "amount"],
                ["gross", 11_200],
                ["over_days", 900],
                ["cross_aged", 300],
                ["intercompany", 0],
                ["foreign", 0],
                ["government", 0],
                ["contra", 0],
                ["concentration", 7_000],
                ["eligible", 3_000],
            ],
        ),
        BY_HAND,
    ),
    Function(
        unused_fee,
        CATEGORY,
        "Fee on what of a commitment is not used, ACT/360, rounded once to the cent.",
        {
            "commitment": "Commitment of the lenders.",
            "outstanding": "Loans, and letters of credit that count as used.",
            "fee_rate": "Fee, a decimal a year.",
            "start": "First day of the period, included.",
            "end": "Last day of the period, not included.",
        },
        Example(
            {
                "commitment": 23_500_000,
                "outstanding": 11_500_000,
                "fee_rate": 0.005,
                "start": "2004-02-01",
                "end": "2004-03-01",
            },
            4833.33,
        ),
        "By hand: 12,000,000 x 0.50% x 29/360",
    ),
)
