"""The functions of notes: price and yield, duration, odd coupons."""

from lexp_calc.functions.categories import NOTES_AND_EXCHANGE as CATEGORY
from lexp_calc.functions.note_words import BOND, COUPON, PRICE, PRICED, QUANTLIB, REST, YIELD
from lexp_calc.functions.redemptions import REDEMPTION_FUNCTIONS
from lexp_calc.note_values import (
    note_accrued,
    note_convexity,
    note_dirty_price,
    note_duration,
    note_modified_duration,
    note_price,
    note_yield,
)
from lexp_calc.odd_coupons import (
    odd_first_price,
    odd_first_yield,
    odd_last_price,
    odd_last_yield,
)
from lexp_calc.spreadsheet_function import Example, Function

AT_YIELD = BOND | COUPON | YIELD | REST
EXCEL_DURATION = {
    "settlement": "2018-07-01",
    "maturity": "2048-01-01",
    "coupon": 0.08,
    "yield": 0.09,
    "frequency": 2,
    "day_count": "ACT/ACT ICMA",
}
EXCEL_ODD_FIRST = {
    "settlement": "2008-11-11",
    "maturity": "2021-03-01",
    "issue": "2008-10-15",
    "first_coupon": "2009-03-01",
    "coupon": 0.0785,
}
EXCEL_ODD_LAST = {
    "settlement": "2008-02-07",
    "maturity": "2008-06-15",
    "last_coupon": "2007-10-15",
    "coupon": 0.0375,
}

NOTE_VALUES = (
    Function(
        note_price,
        CATEGORY,
        "Clean price of a note for 100 of face at a yield, street convention, redemption at"
        " 100, as PRICE; not rounded.",
        AT_YIELD,
        Example(PRICED, 94.63436162132218),
        f"Microsoft, Excel help, PRICE, example (94.63436162); {QUANTLIB}",
    ),
    Function(
        note_yield,
        CATEGORY,
        "Yield at which a note has a clean price, a decimal a year compounded with the "
        "coupons, as YIELD; not rounded.",
        BOND | COUPON | PRICE | REST,
        Example(
            {
                "settlement": "2008-02-15",
                "maturity": "2016-11-15",
                "coupon": 0.0575,
                "price": 95.04287,
                "frequency": 2,
            },
            0.06500000688075461,
        ),
        f"Microsoft, Excel help, YIELD, example (6.5%); {QUANTLIB}",
    ),
    Function(
        note_accrued,
        CATEGORY,
        "Interest accrued since the last coupon for 100 of face; not rounded.",
        BOND | COUPON | REST,
        Example({name: value for name, value in PRICED.items() if name != "yield"}, 1.4375),
        "100 x 5.75% / 2 x 90/180 by hand",
    ),
    Function(
        note_dirty_price,
        CATEGORY,
        "Price with accrued interest for 100 of face at a yield: what a buyer pays; not rounded.",
        AT_YIELD,
        Example(PRICED, 96.07186162132218),
        QUANTLIB,
    ),
    Function(
        note_duration,
        CATEGORY,
        "Macaulay duration of a note in years, as DURATION.",
        AT_YIELD,
        Example(EXCEL_DURATION, 10.9191452815919),
        "Microsoft, Excel help, DURATION, example",
    ),
    Function(
        note_modified_duration,
        CATEGORY,
        "Modified duration of a note in years, as MDURATION: the part of the price lost for"
        " 1 of yield, compounded in the last coupon period too.",
        AT_YIELD,
        Example(PRICED, 7.183036025521137),
        QUANTLIB,
    ),
    Function(
        note_convexity,
        CATEGORY,
        "Convexity of a note in years squared: the second derivative of the price by the "
        "yield, over the price.",
        AT_YIELD,
        Example(PRICED, 64.89774457314353),
        QUANTLIB,
    ),
    Function(
        odd_first_price,
        CATEGORY,
        "Clean price for 100 of face of a note settled in an odd first coupon period, short"
        " or long, as ODDFPRICE.",
        BOND
        | {
            "issue": "Day from which interest accrues.",
            "first_coupon": "First coupon date, a coupon date counted back from maturity.",
        }
        | COUPON
        | YIELD
        | REST,
        Example(
            EXCEL_ODD_FIRST
            | {"coupon": 0.0785, "yield": 0.0625, "frequency": 2, "day_count": "ACT/ACT ICMA"},
            113.597717474079,
        ),
        "Microsoft, Excel help, ODDFPRICE, example",
    ),
    Function(
        odd_first_yield,
        CATEGORY,
        "Yield of a note settled in an odd first coupon period, as ODDFYIELD.",
        BOND
        | {
            "issue": "Day from which interest accrues.",
            "first_coupon": "First coupon date, a coupon date counted back from maturity.",
        }
        | COUPON
        | PRICE
        | REST,
        Example(
            EXCEL_ODD_FIRST | {"coupon": 0.0575, "price": 84.5, "frequency": 2}, 0.0772455415972
        ),
        "Microsoft, Excel help, ODDFYIELD, example",
    ),
    Function(
        odd_last_price,
        CATEGORY,
        "Clean price for 100 of face of a note whose last coupon is odd, as ODDLPRICE.",
        BOND | {"last_coupon": "Last coupon date before maturity."} | COUPON | YIELD | REST,
        Example(EXCEL_ODD_LAST | {"yield": 0.0405, "frequency": 2}, 99.8782860147213),
        "Microsoft, Excel help, ODDLPRICE, example",
    ),
    Function(
        odd_last_yield,
        CATEGORY,
        "Yield of a note whose last coupon is odd, as ODDLYIELD.",
        BOND | {"last_coupon": "Last coupon date before maturity."} | COUPON | PRICE | REST,
        Example(
            {
                "settlement": "2008-04-20",
                "maturity": "2008-06-15",
                "last_coupon": "2007-12-24",
                "coupon": 0.0375,
                "price": 99.875,
                "frequency": 2,
            },
            0.0451922356291692,
        ),
        "Microsoft, Excel help, ODDLYIELD, example",
    ),
)

NOTE_FUNCTIONS = (*NOTE_VALUES, *REDEMPTION_FUNCTIONS)
