"""The functions of one loan: interest, fees, payments, schedules."""

from lexp_calc.cash_flows import SCHEDULE_COLUMNS
from lexp_calc.functions.categories import LOANS as CATEGORY
from lexp_calc.level_payment import level_payment
from lexp_calc.loan_functions import balloon, fee, interest
from lexp_calc.loan_schedules import amortization, level_amortization
from lexp_calc.spreadsheet_function import Example, Function

PRINCIPAL = {"principal": "Principal of the loan."}
RATE = {"rate": "Interest, a decimal a year."}
INSTALMENTS = {
    "first_payment": "Day of the first payment.",
    "frequency": "Payments a year: 1, 2, 4 or 12.",
    "maturity": "Day on which what is then owed is due.",
}
PRESS_RELEASE = "Press release of 18 December 2003"
DRAWN = ["2004-01-01", "2004-01-01", "2004-01-01", 0, 0]


def _payment(month, opening, rate, interest, principal, balloon, closing):
    """A row of a monthly schedule on months of 30 days, of the year 2004."""
    start, end = f"2004-0{month - 1}-01", f"2004-0{month}-01"
    total = round(interest + principal + balloon, 2)
    paid = [interest, 0, principal, 0, balloon, 0, total, closing]
    return [end, start, end, 30, opening, 0, 0, rate, *paid]


LOAN_FUNCTIONS = (
    Function(
        interest,
        CATEGORY,
        "Simple interest from one day to another, rounded once to the cent.",
        PRINCIPAL
        | RATE
        | {
            "start": "First day of interest, included.",
            "end": "Day to which interest runs, not included.",
            "day_count": 'Day count, such as "ACT/360".',
        },
        Example(
            {
                "principal": 2_354_900,
                "rate": 0.055,
                "start": "2004-02-01",
                "end": "2004-05-01",
                "day_count": "ACT/360",
            },
            32379.88,
        ),
        "2,354,900 x 5.50% x 90/360 = 32,379.875 by hand, a tie",
        by_row=True,
    ),
    Function(
        fee,
        CATEGORY,
        "Fee on a principal, rounded once to the cent.",
        PRINCIPAL | {"fee_rate": "Fee, a decimal: 0.01875 is 1.875%."},
        Example({"principal": 11_500_000, "fee_rate": 0.01875}, 215625),
        f"{PRESS_RELEASE}: 1.875% of 11,500,000",
    ),
    Function(
        level_payment,
        CATEGORY,
        "Level payment of interest and principal of a loan of equal periods, to the cent, as PMT.",
        PRINCIPAL
        | RATE
        | {"periods": "Number of payments.", "frequency": "Payments a year: 1, 2, 4 or 12."},
        Example({"principal": 10_000, "rate": 0.08, "periods": 10, "frequency": 12}, 1037.03),
        "Microsoft, Excel help, PMT, example",
    ),
    Function(
        balloon,
        CATEGORY,
        "What equal instalments of principal leave to be paid at maturity.",
        PRINCIPAL | {"instalment": "Principal paid at each payment."} | INSTALMENTS,
        Example(
            {
                "principal": 13_500_000,
                "instalment": 300_000,
                "first_payment": "2004-02-01",
                "frequency": 12,
                "maturity": "2006-06-30",
            },
            4_800_000,
        ),
        f"{PRESS_RELEASE}: 13,500,000 less 29 instalments of 300,000",
    ),
    Function(
        amortization,
        CATEGORY,
        "Schedule of a loan repaid by equal instalments of principal, interest on top, with what "
        "they leave as a balloon at maturity. Dates are unadjusted.",
        PRINCIPAL
        | RATE
        | {
            "instalment": "Principal paid at each payment.",
            "start": "Day on which the principal is drawn.",
        }
        | INSTALMENTS
        | {"day_count": "Day count; ACT/360 if left out."},
        Example(
            {
                "principal": 1_000_000,
                "rate": 0.06,
                "instalment": 300_000,
                "start": "2004-01-01",
                "first_payment": "2004-02-01",
                "frequency": 12,
                "maturity": "2004-04-01",
                "day_count": "30/360 US",
            },
            [
                list(SCHEDULE_COLUMNS),
                [*DRAWN, 1_000_000, *[0] * 9, 1_000_000],
                _payment(2, 1_000_000, 0.06, 5_000, 300_000, 0, 700_000),
                _payment(3, 700_000, 0.06, 3_500, 300_000, 0, 400_000),
                _payment(4, 400_000, 0.06, 2_000, 300_000, 100_000, 0),
            ],
        ),
        "By hand: 0.5% of what is owed, and what three instalments leave",
    ),
    Function(
        level_amortization,
        CATEGORY,
        "Schedule of a loan repaid by level payments of interest and principal, with what is "
        "owed at an earlier maturity as a balloon. Dates are unadjusted.",
        PRINCIPAL
        | RATE
        | {
            "periods": "Number of level payments that would repay the loan.",
            "start": "Day on which the principal is drawn.",
        }
        | INSTALMENTS
        | {"day_count": "Day count; 30/360 US if left out."},
        Example(
            {
                "principal": 1_200,
                "rate": 0.12,
                "periods": 3,
                "start": "2004-01-01",
                "first_payment": "2004-02-01",
                "frequency": 12,
                "maturity": "2004-04-01",
            },
            [
                list(SCHEDULE_COLUMNS),
                [*DRAWN, 1_200, *[0] * 9, 1_200],
                _payment(2, 1_200, 0.12, 12, 396.03, 0, 803.97),
                _payment(3, 803.97, 0.12, 8.04, 399.99, 0, 403.98),
                _payment(4, 403.98, 0.12, 4.04, 403.98, 0, 0),
            ],
        ),
        "By hand: 12 / (1 - 1.01^-3) = 408.03, interest 1% of what is owed",
    ),
)
