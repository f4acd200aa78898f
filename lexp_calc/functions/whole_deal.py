"""The functions of a whole deal: schedules, balances, debt service, terms, facts."""

from lexp_calc.cash_flows import SCHEDULE_COLUMNS
from lexp_calc.functions.categories import WHOLE_DEAL as CATEGORY
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.whole_deal import balance, debt_service, fact, facts, schedule, terms

DEAL = {"deal": 'Path of a term sheet, or "lexp-2003" for the built-in deal.'}
TRANCHE = {"tranche": "Id of the tranche, as in the term sheet."}
SCENARIO = {"scenario": "Scenario of the deal; its default one if left out."}
JUNIOR = {"deal": "lexp-2003", "tranche": "junior-notes"}
PRESS_RELEASE = "Press release of 18 December 2003"
PAID_LATER = {  # due on a Saturday or Sunday, paid on the Monday
    "2004-02-01": "2004-02-02",
    "2004-05-01": "2004-05-03",
    "2004-08-01": "2004-08-02",
    "2005-05-01": "2005-05-02",
    "2008-11-01": "2008-11-03",
    "2009-02-01": "2009-02-02",
    "2009-08-01": "2009-08-03",
    "2009-11-01": "2009-11-02",
}
DUE = [f"{year}-{month}-01" for year in range(2004, 2010) for month in ("02", "05", "08", "11")]
PARAGRAPH_6 = (
    "Finally, the company exchanged units consisting of $347,000 of new 13% Junior Subordinated "
    "Notes due November 1, 2009, and 3,467 Warrants for its outstanding 14% Junior Subordinated "
    "Notes and exchanged 103,731 shares of its common stock for the $235,000 of interest that "
    "was accrued and unpaid on the old junior subordinated notes."
)
STATED = ["Lexington Precision Completes Debt Refinancing, paragraph 6", PARAGRAPH_6]


def _coupon(start: str, end: str, days: int, interest: float, principal: int) -> list:
    """A row of the junior notes' schedule, by hand."""
    paid = [interest, 0, 0, 0, principal, 0, interest + principal, 347_000 - principal]
    return [PAID_LATER.get(end, end), start, end, days, 347_000, 0, 0, 0.13, *paid]


JUNIOR_NOTES = [
    list(SCHEDULE_COLUMNS),
    [*["2003-12-18"] * 3, 0, 0, 347_000, *[0] * 9, 347_000],
    _coupon("2003-12-18", DUE[0], 43, 5_388.14, 0),
    *(_coupon(start, end, 90, 11_277.5, 0) for start, end in zip(DUE, DUE[1:-1], strict=False)),
    _coupon(DUE[-2], DUE[-1], 90, 11_277.5, 347_000),
]
ASSUMED = [
    ["coupon.day_count", "30/360 US", "text", "assumption", "as the New Notes"],
    [
        "payments.first_payment",
        "2004-02-01",
        "date",
        "assumption",
        "interest dates not stated: as the New Notes",
    ],
    [
        "payments.frequency",
        "quarterly",
        "text",
        "assumption",
        "interest dates not stated: as the New Notes",
    ],
    ["payments.business_day", "Following", "text", "assumption", "US note practice"],
    ["payments.interest_for_delay", "none", "text", "assumption", "US note practice"],
]

WHOLE_DEAL_FUNCTIONS = (
    Function(
        schedule,
        CATEGORY,
        "Schedule of one tranche of a deal, a row a payment, in the columns of every schedule.",
        DEAL | TRANCHE | SCENARIO,
        Example(JUNIOR, JUNIOR_NOTES),
        f"{PRESS_RELEASE}: 347,000 x 13% x 43/360 and 90/360 by hand; days paid by a calendar",
    ),
    Function(
        balance,
        CATEGORY,
        "What is owed on a tranche at the end of a day, after what that day pays.",
        DEAL | TRANCHE | {"date": "Day, the closing or later."} | SCENARIO,
        Example({"deal": "lexp-2003", "tranche": "term-loan", "date": "2006-06-29"}, 4_800_000),
        f"{PRESS_RELEASE}: 13,500,000 less 29 instalments of 300,000",
    ),
    Function(
        debt_service,
        CATEGORY,
        "Interest, principal and fees paid on a tranche from one day to another, both included.",
        DEAL
        | TRANCHE
        | {"from_date": "First day, included.", "to_date": "Last day, included."}
        | SCENARIO,
        Example(
            {
                "deal": "lexp-2003",
                "tranche": "senior-notes",
                "from_date": "2005-01-01",
                "to_date": "2005-12-31",
            },
            5_097_120,
        ),
        f"{PRESS_RELEASE}: 12% of 42,476,000",
    ),
    Function(
        terms,
        CATEGORY,
        "Every term of a tranche with its value, unit, and the sentence that states it, or why "
        "it is assumed.",
        DEAL | TRANCHE,
        Example(
            JUNIOR,
            [
                ["term", "value", "unit", "source", "says"],
                ["name", "13% Junior Subordinated Notes due 2009", "text", *STATED],
                ["seniority", "junior subordinated", "text", *STATED],
                ["coupon.rate", 0.13, "rate", *STATED],
                *ASSUMED,
                ["maturity", "2009-11-01", "date", *STATED],
                ["principal", 347_000, "amount", *STATED],
                [
                    "redemption",
                    "at par with accrued interest",
                    "text",
                    "assumption",
                    "as the New Notes",
                ],
            ],
        ),
        f"{PRESS_RELEASE}, paragraph 6",
    ),
    Function(
        fact,
        CATEGORY,
        "One derived figure of a deal, by its id in `lexp facts --format json`.",
        DEAL | {"fact": 'Id of the figure, such as "exchange.senior.ratio".'} | SCENARIO,
        Example({"deal": "lexp-2003", "fact": "exchange.senior.ratio"}, 1558.52),
        f"{PRESS_RELEASE}: 1,558.52 for each 1,000 of Old Notes",
    ),
    Function(
        facts,
        CATEGORY,
        "Derived figures of a deal: how each was derived, what the source prints, the difference.",
        DEAL | {"starting_with": "Start of the ids that are wanted; all if left out."} | SCENARIO,
        Example(
            {"deal": "lexp-2003", "starting_with": "warrants."},
            [
                [
                    "id",
                    "figure",
                    "value",
                    "unit",
                    "derivation",
                    "printed",
                    "difference",
                    "source",
                ],
                [
                    "warrants.number",
                    "All warrants: Warrants issued",
                    428_248,
                    "count",
                    "424,781 + 3,467",
                    None,
                    None,
                    "p5-3",
                ],
                [
                    "warrants.strike-money",
                    "All warrants: Strike money",
                    1_498_868,
                    "USD",
                    "424,781 x 3.50 + 3,467 x 3.50",
                    None,
                    None,
                    "p5-6",
                ],
            ],
        ),
        f"{PRESS_RELEASE}: 424,781 and 3,467 warrants at 3.50",
    ),
)
