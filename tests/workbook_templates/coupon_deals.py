"""Deals whose coupons have what the built-in deal's have not, with inputs that move it.

Each change takes the tables of the built-in term sheet; `INPUTS` says under which inputs
the workbook is written, and which others are then typed in.
"""

from datetime import date, timedelta
from decimal import Decimal

from lexp_calc.calendars import CALENDARS

CALENDAR = CALENDARS["US Federal Reserve"]
STEPS = [{"from": date(2004, 6, 15), "margin": "2.00%"}, {"from": date(2005, 3, 1), "margin": "1%"}]
GRID = [
    {"up_to": Decimal("2.5"), "margin": "1.00%"},
    {"up_to": 4, "margin": "1.75%"},
    {"margin": "2.25%"},
]
PREPAID = {
    "prepay.term-loan.2004-07-15": "1234567",
    "prepay.secured-term-loan.2004-12-20": "2000000",
    "prepay.senior-notes.2005-03-15": "10000000",
}


def coupon(tables, tranche):
    return tables["tranche"][tranche]["coupon"]


def margins_by_date_and_leverage(tables):
    """Daily prime with margin steps; a grid by leverage, daily and per period; 30/360 too."""
    coupon(tables, "term-loan")["options"][0]["margin_steps"] = STEPS
    coupon(tables, "term-loan")["options"][1]["margin_grid"] = GRID
    coupon(tables, "revolver")["options"][0]["margin_grid"] = [
        {"below": 3, "margin": "1.00%"},
        {"margin": "3.00%"},
    ]
    secured = coupon(tables, "secured-term-loan")
    secured["options"][0]["margin_grid"] = GRID
    secured["options"][0]["reset"] = "per period"
    secured["day_count"] = "30/360 US"
    secured["floor"] = "5%"


def lookbacks_and_limits(tables):
    """Term rates read two days before, prime five; floors and caps on the index."""
    for option in coupon(tables, "term-loan")["options"][1:]:
        option |= {"lookback": 2, "floor": "1.50%", "cap": "2.50%"}
    coupon(tables, "term-loan")["options"][0]["lookback"] = 5
    coupon(tables, "revolver")["options"][0] |= {"floor": "4.10%"}
    secured = coupon(tables, "secured-term-loan")
    secured["options"][0] |= {"lookback": 1, "cap": "5%"}
    secured["day_count"] = "30E/360"


def fallbacks(tables):
    """LIBOR falls back to Term SOFR with a spread adjustment, read two days before."""
    for option in coupon(tables, "term-loan")["options"][1:]:
        tenor = option["index"][-2:]
        option |= {
            "lookback": 2,
            "margin_steps": STEPS,
            "fallback": {
                "from": date(2005, 1, 1),
                "index": f"Term SOFR {tenor}",
                "spread_adjustment": "0.11448%" if tenor == "1M" else "0.26161%",
            },
        }
    secured = coupon(tables, "secured-term-loan")
    secured["options"][0] |= {
        "index": "LIBOR 3M",
        "reset": "per period",
        "fallback": {
            "from": date(2004, 7, 1),
            "index": "Term SOFR 3M",
            "spread_adjustment": "0.26161%",
        },
    }


def default_margins(tables):
    """2 % on days in default, on a floating loan, on a loan of 30-day months and on notes."""
    for tranche in ("term-loan", "secured-term-loan", "senior-notes"):
        coupon(tables, tranche)["default_margin"] = "2.00%"
    coupon(tables, "secured-term-loan")["day_count"] = "30/360 US"


def compounded_sofr(tables):
    """SOFR compounded in arrears: alone with lookback and floor, and as an option beside prime."""
    secured = coupon(tables, "secured-term-loan")
    secured["options"] = [
        {
            "index": "SOFR",
            "margin": "4.00%",
            "reset": "compounded in arrears",
            "lookback": 5,
            "floor": "1.05%",
            "margin_grid": GRID,
        }
    ]
    secured["default_margin"] = "2.00%"
    loan = coupon(tables, "term-loan")
    loan["options"][1] = {
        "index": "SOFR",
        "margin": "3.00%",
        "reset": "compounded in arrears",
        "margin_steps": STEPS,
    }
    # Periods that start and end on holidays.
    tables["tranche"]["term-loan"]["payments"] |= {
        "business_day": "Unadjusted",
        "interest_for_delay": "none",
    }


def sofr(first, days, base):
    """A rate of every business day, up and down by hundredths of a per cent."""
    each_day = (first + timedelta(days=n) for n in range(days))
    return {
        f"SOFR.{day}": f"{Decimal(base + n % 7 * 3 - n % 11 * 2 + n // 40 * 5).scaleb(-2)}%"
        for n, day in enumerate(each_day)
        if CALENDAR.is_business_day(day)
    }


TERM_RATES = {
    "LIBOR 1M.2003-12-01": "1.17%",
    "LIBOR 1M.2004-06-28": "1.37%",
    "LIBOR 1M.2004-08-30": "1.67%",
    "LIBOR 3M.2003-12-01": "1.27%",
    "LIBOR 3M.2004-03-30": "2.17%",
    "LIBOR 3M.2005-03-05": "2.97%",
}
ELECTED = {"elect.term-loan.2004-05-01": "LIBOR 1M", "elect.term-loan.2005-07-03": "LIBOR 3M"}
LEVERAGE = {
    "leverage.term-loan.2004-01-15": "2.5",
    "leverage.term-loan.2004-08-15": "4.25",
    "leverage.revolver.2004-03-31": "3",
    "leverage.secured-term-loan.2004-03-01": "3.1",
    "leverage.secured-term-loan.2004-10-01": "2.1",
}
FALLBACK_RATES = TERM_RATES | {
    "Term SOFR 1M.2004-12-29": "1.88%",
    "Term SOFR 1M.2005-02-25": "2.01%",
    "Term SOFR 3M.2004-06-29": "1.44%",
    "Term SOFR 3M.2005-01-31": "2.44%",
}
DRAWN = {"draw.revolver.2003-12-18": "5000000", "draw.revolver.2004-04-14": "-700000"}

# The change: inputs when written, inputs typed in.
INPUTS = {
    margins_by_date_and_leverage: (
        {"prime.2004-06-30": "4.25%"},
        TERM_RATES | ELECTED | LEVERAGE | PREPAID | DRAWN | {"prime.2005-02-02": "5.25%"},
    ),
    lookbacks_and_limits: (
        TERM_RATES,
        TERM_RATES | ELECTED | PREPAID | DRAWN | {"prime.2004-07-02": "4.5%"},
    ),
    fallbacks: (
        FALLBACK_RATES,
        FALLBACK_RATES | ELECTED | PREPAID | {"LIBOR 3M.2004-04-30": "2.27%"},
    ),
    default_margins: (
        {},
        PREPAID
        | {
            "prime.2004-08-10": "4.5%",
            "default.term-loan.2004-07-20": True,
            "default.term-loan.2004-09-30": False,
            "default.term-loan.2005-11-15": True,
            "default.secured-term-loan.2004-02-29": True,
            "default.secured-term-loan.2004-03-31": False,
            "default.senior-notes.2005-01-31": True,
            "default.senior-notes.2006-01-31": False,
        },
    ),
    compounded_sofr: (
        sofr(date(2003, 12, 8), 400, 120),
        PREPAID
        | sofr(date(2003, 12, 8), 400, 101)
        | {
            "elect.term-loan.2004-05-01": "SOFR",
            "elect.term-loan.2005-05-01": "prime",
            "elect.term-loan.2005-08-01": "SOFR",
            "leverage.secured-term-loan.2004-03-01": "3.1",
            "leverage.secured-term-loan.2004-10-01": "2.1",
            "default.secured-term-loan.2004-09-15": True,
            "default.secured-term-loan.2004-10-15": False,
        },
    ),
}
