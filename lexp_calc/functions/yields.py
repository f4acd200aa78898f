"""The functions of rates of return, average life and effective interest."""

from lexp_calc.effective_rates import effective_interest, effective_rate
from lexp_calc.floating_interest import floating_effective_interest
from lexp_calc.functions.categories import LOANS
from lexp_calc.functions.categories import YIELDS as CATEGORY
from lexp_calc.internal_rates import average_life, xirr, xnpv
from lexp_calc.spreadsheet_function import Example, Function

DISCOUNT_TABLE = [
    "payment_date",
    "opening_carrying_amount",
    "effective_rate",
    "interest_expense",
    "interest_paid",
    "principal_paid",
    "amortization",
    "closing_carrying_amount",
    "unamortized_discount",
]
# Microsoft's example of both XIRR and XNPV.
AMOUNTS = [-10000, 2750, 4250, 3250, 2750]
DATES = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
PERIOD_LENGTHS_HELP = (
    '"actual days": the rate is one a year, ACT/365F (the default); "equal periods": one a '
    "period, as textbooks have it."
)

YIELD_FUNCTIONS = (
    Function(
        xirr,
        LOANS,
        "The annual rate (ACT/365F) at which dated amounts are worth nothing. Dates in any "
        "order; of several rates the one nearest zero.",
        {
            "amounts": "Amounts, those paid and those received of opposite signs.",
            "dates": "The date of each amount.",
        },
        Example({"amounts": AMOUNTS, "dates": DATES}, 0.3733625335188315),
        "Microsoft, XIRR, prints 0.373362535, to Excel's 0.000001 %; the digits by bisection of "
        "the equation in decimals of 40 digits",
    ),
    Function(
        xnpv,
        LOANS,
        "What dated amounts are worth on the first date given, at an annual rate above -1 "
        "(ACT/365F).",
        {
            "rate": "Decimal a year above -1.",
            "amounts": "Amounts of either sign.",
            "dates": "The date of each; the value is as of the one that stands first.",
        },
        Example({"rate": 0.09, "amounts": AMOUNTS, "dates": DATES}, 2086.6476020315365707),
        "Microsoft, XNPV, prints 2086.6476; the digits from the sum in decimals of 40 digits",
    ),
    Function(
        average_life,
        LOANS,
        "Weighted average life of principal in years from a start: sum of principal x days / "
        "365, over the sum of principal.",
        {
            "dates": "Dates on which principal is repaid, in any order.",
            "principal_amounts": "Principal repaid on each date.",
            "start": "The day from which years count.",
        },
        Example(
            {
                "dates": ["2007-01-01", "2008-01-01"],
                "principal_amounts": [100, 300],
                "start": "2006-01-01",
            },
            1.75,
        ),
        "By hand: (100 x 1 + 300 x 2) / 400",
    ),
    Function(
        effective_rate,
        CATEGORY,
        "The rate at which all payments after a start are worth the carrying amount at the "
        "start, discount, fees and costs included.",
        {
            "carrying_amount": "What the debt is carried at on the start.",
            "start": "The day of the carrying amount.",
            "amounts": "All that is paid, interest and principal.",
            "dates": "The date of each payment, rising.",
            "period_lengths": PERIOD_LENGTHS_HELP,
        },
        Example(
            {
                "carrying_amount": 1000,
                "start": "2006-01-01",
                "amounts": [0, 1210],
                "dates": ["2007-01-01", "2008-01-01"],
            },
            0.1,
        ),
        "By hand: 1,000 x 1.1 ^ 2 = 1,210",
    ),
    Function(
        effective_interest,
        CATEGORY,
        "The carrying amount of a debt from payment to payment by the effective interest "
        "method; the discount (or premium) is amortized, the end is 0.",
        {
            "carrying_amount": "Proceeds less fees, costs, and value of warrants.",
            "start": "The day of the carrying amount.",
            "interest_amounts": "Interest, and fees to the lender, paid on each date.",
            "principal_amounts": "Principal paid on each date.",
            "dates": "Payment dates, rising.",
            "period_lengths": PERIOD_LENGTHS_HELP,
        },
        Example(
            {
                "carrying_amount": 10000,
                "start": "2006-01-01",
                "interest_amounts": [0, 0],
                "principal_amounts": [0, 12100],
                "dates": ["2007-01-01", "2008-01-01"],
            },
            [
                DISCOUNT_TABLE,
                ["2007-01-01", 10000, 0.1, 1000, 0, 0, 1000, 11000, 1100],
                ["2008-01-01", 11000, 0.1, 1100, 0, 12100, 1100, 0, 0],
            ],
        ),
        "By hand: 10 % of 10,000 and of 11,000",
    ),
    Function(
        floating_effective_interest,
        CATEGORY,
        "The carrying amount of a floating loan from payment to payment, by the rate at "
        "inception or as it changes (ASC 310-20-35-18).",
        {
            "carrying_amount": "Proceeds less fees, costs, and value of warrants.",
            "start": "The day of the carrying amount.",
            "principal_amounts": "Principal paid on each date.",
            "rates": "All-in rate of the period that ends on each date.",
            "dates": "Payment dates, rising.",
            "index_rate": '"at inception": the first rate fixes how the discount is amortized; '
            '"as it changes": the effective rate is solved anew whenever the rate changes.',
            "day_count": "Day count of the interest.",
        },
        Example(
            {
                "carrying_amount": 10000,
                "start": "2006-01-01",
                "principal_amounts": [0, 12100],
                "rates": [0, 0.05],
                "dates": ["2007-01-01", "2008-01-01"],
                "index_rate": "at inception",
                "day_count": "ACT/365F",
            },
            [
                DISCOUNT_TABLE,
                ["2007-01-01", 10000, 0.1, 1000, 0, 0, 1000, 11000, 1100],
                ["2008-01-01", 11000, 0.1, 1705, 605, 12100, 1100, 0, 0],
            ],
        ),
        "By hand: no interest at first, so 10 % amortizes 1,000 and 1,100; 5 % of 12,100 on top",
    ),
)
