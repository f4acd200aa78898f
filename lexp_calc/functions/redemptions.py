"""The functions of notes paid off before maturity: calls, make-whole, redemptions."""

from lexp_calc.call_yields import call_yields, yield_to_call, yield_to_par_call, yield_to_worst
from lexp_calc.functions.categories import NOTES_AND_EXCHANGE as CATEGORY
from lexp_calc.functions.note_words import BOND, COUPON, PRICE, QUANTLIB, REST
from lexp_calc.redemptions import accrued, redemption, redemption_amount
from lexp_calc.spread_prices import fixed_spread_price, make_whole_price
from lexp_calc.spreadsheet_function import Example, Function

CALLS = {"calls": "Rows of call date and call price for 100, in order of dates."}
CALLABLE = {
    "settlement": "2020-01-15",
    "maturity": "2030-01-15",
    "coupon": 0.08,
    "price": 104,
    "frequency": 2,
}
SCHEDULE = [["2023-01-15", 104], ["2024-01-15", 102], ["2025-01-15", 100]]
NEW_NOTES = "New Notes of the built-in deal, 30/360 US, by hand"
OF_ACCRUED = {
    "principal": "Principal of the notes.",
    "coupon": "Coupon, a decimal a year.",
}


REDEMPTION_FUNCTIONS = (
    Function(
        accrued,
        CATEGORY,
        "Interest accrued on notes from one day to another: principal x coupon x day count "
        "fraction, to the cent.",
        OF_ACCRUED
        | {
            "from_date": "First day of interest.",
            "to_date": "Day to which interest runs, itself not included.",
            "day_count": REST["day_count"],
        },
        Example(
            {
                "principal": 42_476_000,
                "coupon": 0.12,
                "from_date": "2003-12-18",
                "to_date": "2004-02-01",
                "day_count": "30/360 US",
            },
            608822.67,
        ),
        f"{NEW_NOTES}: 42,476,000 x 12% x 43/360",
    ),
    Function(
        yield_to_call,
        CATEGORY,
        "Yield if a note is called on a day, at a price for 100 and accrued interest.",
        BOND
        | COUPON
        | PRICE
        | {
            "frequency": REST["frequency"],
            "call_date": "Day of the call.",
            "call_price": "Price paid for 100 of face; 100 if left out.",
            "day_count": REST["day_count"],
        },
        Example(CALLABLE | {"call_date": "2024-01-15", "call_price": 102}, 0.07269428660474236),
        "QuantLib 1.44: coupons to the call and 102, solved for 104",
    ),
    Function(
        yield_to_par_call,
        CATEGORY,
        "Yield to the first call at 100 after settlement.",
        BOND
        | COUPON
        | PRICE
        | {"frequency": REST["frequency"]}
        | CALLS
        | {"day_count": REST["day_count"]},
        Example(CALLABLE | {"calls": SCHEDULE}, 0.07037167810109023),
        QUANTLIB,
    ),
    Function(
        yield_to_worst,
        CATEGORY,
        "Lowest of the yields to each call after settlement and to maturity.",
        BOND
        | COUPON
        | PRICE
        | {"frequency": REST["frequency"]}
        | CALLS
        | {"day_count": REST["day_count"]},
        Example(CALLABLE | {"calls": SCHEDULE}, 0.07037167810109023),
        f"{QUANTLIB}: the lowest of four",
    ),
    Function(
        call_yields,
        CATEGORY,
        "Each call after settlement and maturity with its price and yield, and which of "
        "them is worst.",
        BOND
        | COUPON
        | PRICE
        | {"frequency": REST["frequency"]}
        | CALLS
        | {"day_count": REST["day_count"]},
        Example(
            CALLABLE | {"calls": SCHEDULE},
            [
                ["date", "price", "yield", "worst"],
                ["2023-01-15", 104, 0.07692307692307694, None],
                ["2024-01-15", 102, 0.07269428660474236, None],
                ["2025-01-15", 100, 0.07037167810109023, "worst"],
                ["2030-01-15", 100, 0.07426203043163218, None],
            ],
        ),
        f"{QUANTLIB}; the first is 8/104",
    ),
    Function(
        make_whole_price,
        CATEGORY,
        "Price for 100 of face at which notes are redeemed before a day: what the holder "
        "would have had to that day, at Treasury yield + spread, at least 100.",
        {
            "redemption_date": "Day of the redemption.",
            "until": "First call date, at which the make-whole ends.",
        }
        | COUPON
        | {
            "treasury_yield": "Treasury yield, a decimal a year.",
            "spread": "Spread over it, a decimal.",
            "frequency": REST["frequency"],
            "call_price": "Price at that call; 100 if left out.",
        },
        Example(
            {
                "redemption_date": "2004-03-15",
                "until": "2008-08-01",
                "coupon": 0.12,
                "treasury_yield": 0.03,
                "spread": 0.005,
                "frequency": 4,
            },
            134.3583436515465,
        ),
        f"{QUANTLIB}: the price at 3.50%",
    ),
    Function(
        fixed_spread_price,
        CATEGORY,
        "Price for 100 of face in a tender at a fixed spread over a Treasury yield; it may "
        "be below 100.",
        {"settlement": BOND["settlement"], "maturity": "Maturity, or the call that is assumed."}
        | COUPON
        | {
            "treasury_yield": "Treasury yield, a decimal a year.",
            "spread": "Spread over it, a decimal.",
            "frequency": REST["frequency"],
            "redemption": "Price paid at that day; 100 if left out.",
        },
        Example(
            {
                "settlement": "2008-02-15",
                "maturity": "2017-11-15",
                "coupon": 0.0575,
                "treasury_yield": 0.04,
                "spread": 0.025,
                "frequency": 2,
            },
            94.63436162132218,
        ),
        f"Microsoft, Excel help, PRICE, example, 4.00% + 2.50%; {QUANTLIB}",
    ),
    Function(
        redemption_amount,
        CATEGORY,
        "Principal redeemed at 100% with the interest accrued since the last payment, to the cent.",
        OF_ACCRUED
        | {
            "last_payment_date": "Day to which interest is paid.",
            "redemption_date": "Day of the redemption.",
            "day_count": REST["day_count"],
        },
        Example(
            {
                "principal": 1_000_000,
                "coupon": 0.12,
                "last_payment_date": "2004-02-01",
                "redemption_date": "2004-03-15",
            },
            1014666.67,
        ),
        f"{NEW_NOTES}: 1,000,000 x (1 + 12% x 44/360)",
    ),
    Function(
        redemption,
        CATEGORY,
        "What a redemption pays (principal, premium, accrued interest), and the attached "
        "warrants that it retires.",
        OF_ACCRUED
        | {
            "last_payment_date": "Day to which interest is paid.",
            "redemption_date": "Day of the redemption.",
            "price": "Price for 100; 100 if left out.",
            "notes_outstanding": "Notes outstanding before it.",
            "warrants": "Warrants outstanding before it.",
            "retired_before": "Day from which warrants are detached; 1 August 2005 if left out.",
        },
        Example(
            {
                "principal": 1_000_000,
                "coupon": 0.12,
                "last_payment_date": "2004-02-01",
                "redemption_date": "2004-03-15",
                "price": 101,
                "notes_outstanding": 42_476_000,
                "warrants": 424_781,
            },
            [
                ["item", "value"],
                ["principal", 1000000],
                ["premium", 10000],
                ["accrued interest", 14666.67],
                ["total", 1024666.67],
                ["notes left", 41476000],
                ["warrants retired", 10000],
                ["warrants left", 414781],
            ],
        ),
        f"{NEW_NOTES}; 424,781 / 42.476 = 10,000.49 warrants",
    ),
)
