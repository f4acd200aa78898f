"""The functions of exchanges and repurchases of notes."""

from lexp_calc.exchanges import exchange_ratio
from lexp_calc.spreadsheet_function import Example, Function

CATEGORY = "Notes and exchange"

EXCHANGE_FUNCTIONS = (
    Function(
        exchange_ratio,
        CATEGORY,
        "New principal for 1,000 of old notes: 1,000 x (1 + coupon x year fraction), simple "
        "interest from the last date paid, not rounded.",
        {
            "coupon": "Coupon of the old notes.",
            "accrued_from": "Date to which interest was last paid.",
            "accrued_to": "Date to which accrued interest is exchanged.",
            "day_count": "Day count of the old notes.",
        },
        Example(
            {
                "coupon": 0.1275,
                "accrued_from": "1999-08-01",
                "accrued_to": "2003-12-18",
                "day_count": "30/360 US",
            },
            1558.5208333333333,
        ),
        "Press release of 18 December 2003 prints 1,558.52; 1,000 + 127.50 x 1577/360 by hand",
    ),
)
