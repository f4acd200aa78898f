"""The figures of the built-in deal, each through a spreadsheet function by its name.

The values are those of the press release, or arithmetic on it by hand, beside each.
"""

from datetime import date
from decimal import Decimal

import pytest

import lexp_calc
from lexp_calc.facts import facts_of
from lexp_calc.functions import function_named
from lexp_calc.spreadsheet_function import Table

# figure: (function, arguments, value as it is printed or worked out by hand)
EXCHANGE = {
    "ratio, 1,000 + 127.50 x 1,577 / 360": (
        "LEXP_EXCHANGE_RATIO",
        (0.1275, "1999-08-01", "2003-12-18", "30/360 US"),
        "1558.5208",
    ),
    "new principal by the rounded ratio": (
        "LEXP_NEW_NOTES",
        (27_254_000, Decimal("1558.52")),
        "42475904.08",
    ),
    "new principal by the exact ratio": (
        "LEXP_NEW_NOTES",
        (27_254_000, 1558.5208333333333),
        "42475926.79",
    ),
    "participation, 27,254 / 27,412": ("LEXP_PARTICIPATION", (27_254_000, 27_412_000), "0.994"),
    "not tendered": ("LEXP_HOLDOUTS", (27_254_000, 27_412_000), "158000"),
    "outstanding by the printed 99.4 %, 27,254 / 0.9945 and / 0.9935": (
        "LEXP_IMPLIED_OUTSTANDING",
        (27_254_000, 0.994),
        ("27404725.99", "27432310.02"),
    ),
}
REPURCHASE = {
    "below face": ("LEXP_REPURCHASE_GAIN", (7_500_000, 0, 5_810_000), "1690000.00"),
    "price of face": ("LEXP_PRICE_OF_FACE", (5_810_000, 7_500_000), "0.7747"),
    "claim if the price is returned": (
        "LEXP_REINSTATED_CLAIM",
        (7_500_000, 0, 5_810_000, 5_810_000),
        "7500000.00",
    ),
    "claim while nothing is returned": (
        "LEXP_REINSTATED_CLAIM",
        (7_500_000, 0, 5_810_000, 0),
        "0.00",
    ),
}
STOCK = {
    "price of a share, 235,000 / 103,731": (
        "LEXP_SHARE_ISSUE_PRICE",
        (235_000, 103_731),
        "2.2655",
    ),
    "shares after": ("LEXP_SHARES_AFTER", (4_828_036, 103_731), "4931767"),
    "ownership of the new shares, 103,731 / 4,931,767": (
        "LEXP_DEBT_FOR_EQUITY",
        (235_000, 103_731, 4_828_036),
        {
            "issue price": "2.2655",
            "shares after": "4931767",
            "new holders own": "0.0210",
        },
    ),
}
DEAL = "lexp-2003"
LOANS = {
    "term loan: balloon, 13,500,000 - 29 x 300,000": (
        "LEXP_BALLOON",
        (13_500_000, 300_000, "2004-02-01", 12, "2006-06-30"),
        "4800000",
    ),
    "term loan: 45 instalments repay it": (
        "LEXP_BALLOON",
        (13_500_000, 300_000, "2004-02-01", 12, "2007-10-01"),
        "0",
    ),
    "term loan: balance before its maturity": (
        "LEXP_BALANCE",
        (DEAL, "term-loan", "2006-06-29"),
        "4800000.00",
    ),
    "secured term loan: balance at maturity": (
        "LEXP_BALLOON",
        (11_500_000, 96_000, "2004-01-01", 12, "2006-06-30"),
        "8620000",
    ),
    "secured term loan: balance at the extended maturity": (
        "LEXP_BALLOON",
        (11_500_000, 96_000, "2004-01-01", 12, "2007-06-30"),
        "7468000",
    ),
    "fee at closing": ("LEXP_FEE", (11_500_000, 0.01875), "215625.00"),
    "fee of 2004, on 10,348,000": ("LEXP_FEE", (10_348_000, 0.01875), "194025.00"),
    "fee of 2005, on 9,196,000": ("LEXP_FEE", (9_196_000, 0.01875), "172425.00"),
    "fee of 2006, on 8,044,000": ("LEXP_FEE", (8_044_000, 0.01875), "150825.00"),
    "fees paid by 2005-12-31, in the debt service of the day": (
        "LEXP_DEBT_SERVICE",
        (DEAL, "secured-term-loan", "2005-12-18", "2005-12-18"),
        "172425.00",
    ),
    "prime + 4.00 % at a prime of 4.00 %: the floor": (
        "LEXP_ALL_IN_RATE",
        (0.04, 0.04, 0.0825),
        "0.0825",
    ),
    "at a prime of 4.25 %: equal to the floor": (
        "LEXP_ALL_IN_RATE",
        (0.0425, 0.04, 0.0825),
        "0.0825",
    ),
    "prime on the closing date": ("LEXP_INDEX", ("prime", "2003-12-18"), "0.0400"),
    "prime on 2004-06-30": ("LEXP_INDEX", ("prime", "2004-06-30"), "0.0425"),
    "prime on 2004-08-10": ("LEXP_INDEX", ("prime", "2004-08-10"), "0.0450"),
    "the extended maturity, a Saturday": (
        "LEXP_BUSINESS_DAY",
        ("2007-06-30", "Following"),
        "2007-07-02",
    ),
    "revolver: limit of 88 % and 65 %": (
        "LEXP_BORROWING_BASE",
        (10_000_000, 5_000_000),
        "12050000.00",
    ),
}
NOTES = {
    "days of accrued interest": ("LEXP_DAYS", ("1999-08-01", "2003-12-18", "30/360 US"), "1577"),
    "first coupon, 43 days": (
        "LEXP_ACCRUED",
        (42_476_000, 0.12, "2003-12-18", "2004-02-01"),
        "608822.67",
    ),
    "regular coupon": (
        "LEXP_ACCRUED",
        (42_476_000, 0.12, "2004-02-01", "2004-05-01"),
        "1274280.00",
    ),
    "interest a year": (
        "LEXP_DEBT_SERVICE",
        (DEAL, "senior-notes", "2005-01-01", "2005-12-31"),
        "5097120.00",
    ),
    "redemption at par": (
        "LEXP_REDEMPTION_AMOUNT",
        (42_476_000, 0.12, "2004-02-01", "2004-02-01"),
        "42476000.00",
    ),
}
WARRANTS = {
    "warrants by the rule": ("LEXP_WARRANTS_BY_RULE", (42_476_000, 10), "424760"),
    "junior warrants by the rule": ("LEXP_WARRANTS_BY_RULE", (347_000, 10), "3470"),
    "strike money of all": ("LEXP_WARRANT_STRIKE_MONEY", (428_248,), "1498868.00"),
    "before the window": (
        "LEXP_WARRANT_EXERCISE_VALUE",
        (5, 424_781, 3.5, "2005-07-31"),
        "0",
    ),
    "in the window, 1.50 each": (
        "LEXP_WARRANT_EXERCISE_VALUE",
        (5, 424_781, 3.5, "2005-08-01"),
        "637171.50",
    ),
    "retired with all notes": (
        "LEXP_WARRANTS_RETIRED",
        (42_476_000, 42_476_000, 424_781, "2005-07-31"),
        "424781",
    ),
    "detached, none retired": (
        "LEXP_WARRANTS_RETIRED",
        (42_476_000, 42_476_000, 424_781, "2005-08-01"),
        "0",
    ),
}
COUPON_DATES = lexp_calc.payment_dates("2003-12-18", "2009-08-01", 4)
PAYMENTS = [608822.67, *[1_274_280] * 21, 1_274_280 + 42_476_000]
RESTRUCTURING = {
    "no gain, for 71,118,982.67 is paid": (
        "LEXP_RESTRUCTURING_GAIN",
        (42_475_926.79, PAYMENTS),
        "0.00",
    ),
    "effective rate": (
        "LEXP_EFFECTIVE_RATE",
        (42_475_926.79, "2003-12-18", PAYMENTS, COUPON_DATES),
        "0.1254",
    ),
}
FIGURES = {
    **EXCHANGE,
    **REPURCHASE,
    **STOCK,
    **LOANS,
    **NOTES,
    **WARRANTS,
    **RESTRUCTURING,
}


def as_written(number, value):
    """The number with as many decimals as the value has; a date as it is."""
    if isinstance(number, date):
        return number.isoformat()
    return f"{round(Decimal(number), len(value.partition('.')[2])):f}"


@pytest.mark.parametrize("figure", FIGURES)
def test_the_figure_through_its_function(figure):
    name, arguments, value = FIGURES[figure]
    found = function_named(name).plain(*arguments)
    if isinstance(found, Table):
        found = dict(found.rows)
        assert {key: as_written(found[key], value[key]) for key in value} == value
    elif isinstance(value, tuple):
        assert tuple(map(as_written, found, value)) == value
    else:
        assert as_written(found, value) == value


# Total interest on unadjusted dates, rounded once a payment: (instalment, first payment,
# maturity, ACT/360, 30/360 US). Worked out apart from the product.
TOTAL_INTEREST = {
    "term loan": (13_500_000, 0.055, 300_000, "2004-02-01", "2006-06-30"),
    "term loan, all 45": (13_500_000, 0.055, 300_000, "2004-02-01", "2007-10-01"),
    "secured term loan": (11_500_000, 0.0825, 96_000, "2004-01-01", "2006-06-30"),
    "secured term loan, extended": (11_500_000, 0.0825, 96_000, "2004-01-01", "2007-06-30"),
}
SUMS = {
    "term loan": ("1303545.84", "1284204.17"),
    "term loan, all 45": ("1472075.01", "1449937.50"),
    "secured term loan": ("2127670.47", "2097260.00"),
    "secured term loan, extended": ("2796953.58", "2757194.00"),
}


@pytest.mark.parametrize("loan", TOTAL_INTEREST)
@pytest.mark.parametrize(("number", "day_count"), enumerate(("ACT/360", "30/360 US")))
def test_the_total_interest_of_a_loan(loan, number, day_count):
    principal, rate, instalment, first_payment, maturity = TOTAL_INTEREST[loan]
    table = lexp_calc.amortization(
        principal, rate, instalment, "2003-12-18", first_payment, 12, maturity, day_count
    )
    column = table.headings.index("interest")
    assert sum(row[column] for row in table.rows) == Decimal(SUMS[loan][number])


def test_payments_on_the_new_notes_are_as_worked_out():
    assert len(COUPON_DATES) == 23 and COUPON_DATES[0] == date(2004, 2, 1)
    assert sum(map(Decimal, map(str, PAYMENTS))) == Decimal("71118982.67")


def test_every_fact_is_there_through_a_function():
    projection = lexp_calc.project(lexp_calc.builtin_deal(DEAL))
    for each in facts_of(projection):
        assert lexp_calc.fact(DEAL, each.id) == each.value
