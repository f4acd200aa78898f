"""The functions that value warrants before they expire."""

from lexp_calc.functions.categories import WARRANTS as CATEGORY
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.warrant_values import (
    warrant_delta,
    warrant_implied_volatility,
    warrant_sensitivity,
    warrant_value,
    warrant_value_in_window,
    warrant_value_with_dividends,
    warrant_vega,
)

SHARE_PRICE = {"share_price": "Price of one share today."}
OPTION = {
    "strike": "Price paid for one share on exercise.",
    "expiry": "Last day of exercise.",
    "as_of": "Today: the day of the value.",
}
VOLATILITY = {"volatility": "Volatility of the share price a year: 0.45 for 45 %."}
RATE = {"rate": "Riskless rate a year, compounded continuously."}
DIVIDENDS = {
    "dividend_yield": "Dividends a year over the share price, compounded continuously; "
    "0 where it may be left out and is."
}
COUNTS = {
    "warrants": "Number of warrants, one share each; with shares_outstanding for a diluted "
    "value, or neither.",
    "shares_outstanding": "Number of shares before exercise.",
}
A_YEAR = {"strike": 100, "expiry": "2006-01-01", "as_of": "2005-01-01"}
AT_THE_MONEY = {"share_price": 100} | A_YEAR | {"volatility": 0.2, "rate": 0.05}
NEW_NOTES = {"strike": 3.5, "expiry": "2009-08-01", "as_of": "2003-12-18"}
QUANTLIB = "QuantLib 1.44, AnalyticEuropeanEngine, Actual365Fixed"

WARRANT_VALUE_FUNCTIONS = (
    Function(
        warrant_value,
        CATEGORY,
        "Value of one warrant after Black and Scholes, exercise at expiry, no dividends; with "
        "both counts diluted after Galai and Schneller. Not rounded.",
        SHARE_PRICE | OPTION | VOLATILITY | RATE | COUNTS,
        Example(AT_THE_MONEY, 10.450583572185577),
        QUANTLIB,
    ),
    Function(
        warrant_value_with_dividends,
        CATEGORY,
        "Value of one warrant as LEXP_WARRANT_VALUE where the share pays a continuous dividend "
        "yield (Merton). Not rounded.",
        SHARE_PRICE | OPTION | VOLATILITY | RATE | DIVIDENDS | COUNTS,
        Example(AT_THE_MONEY | {"dividend_yield": 0.03}, 8.652528553942728),
        QUANTLIB,
    ),
    Function(
        warrant_value_in_window,
        CATEGORY,
        "Value of one warrant exercisable on any day from a first to expiry: a binomial lattice, "
        "within 0.0002 of the share price; closed where early exercise cannot pay.",
        SHARE_PRICE
        | {"exercisable_from": "First day of exercise; may be past."}
        | OPTION
        | VOLATILITY
        | RATE
        | DIVIDENDS,
        Example(
            {
                "share_price": 2.2655,
                "strike": 3.5,
                "exercisable_from": "2005-08-01",
                "expiry": "2009-08-01",
                "as_of": "2003-12-18",
                "volatility": 0.6,
                "rate": 0.035,
            },
            1.055888069770331,
        ),
        f"{QUANTLIB}: without dividends early exercise adds nothing (Merton, 1973)",
    ),
    Function(
        warrant_delta,
        CATEGORY,
        "How much the value of one warrant moves with the share price: e^(-qT) N(d1); undiluted.",
        SHARE_PRICE | OPTION | VOLATILITY | RATE | DIVIDENDS,
        Example(AT_THE_MONEY, 0.6368306511756194),
        QUANTLIB,
    ),
    Function(
        warrant_vega,
        CATEGORY,
        "How much the value of one warrant moves for 1.00 of volatility: S e^(-qT) n(d1) "
        "sqrt(T); undiluted.",
        SHARE_PRICE | OPTION | VOLATILITY | RATE | DIVIDENDS,
        Example(AT_THE_MONEY, 37.52403469169378),
        QUANTLIB,
    ),
    Function(
        warrant_implied_volatility,
        CATEGORY,
        "The volatility from 0 to 5 at which LEXP_WARRANT_VALUE_WITH_DIVIDENDS gives the price "
        "of a warrant; an error where none does.",
        {"warrant_price": "Price of one warrant today."} | SHARE_PRICE | OPTION | RATE | DIVIDENDS,
        Example(
            {"warrant_price": 12.335998930368715, "share_price": 100} | A_YEAR | {"rate": 0.05},
            0.25,
        ),
        f"{QUANTLIB}: 12.335998930368715 at a volatility of 0.25",
    ),
    Function(
        warrant_sensitivity,
        CATEGORY,
        "Values of one warrant: a row for each share price, a column for each volatility; "
        "diluted where both counts are given.",
        {
            "share_prices": "Prices of one share, a column.",
            "volatilities": "Volatilities a year, a column or row.",
        }
        | OPTION
        | RATE
        | DIVIDENDS
        | COUNTS,
        Example(
            {"share_prices": [2, 4], "volatilities": [0.4, 0.6]} | NEW_NOTES | {"rate": 0.035},
            [
                ["share_price", "volatility 0.4", "volatility 0.6"],
                [2, 0.5104113244316534, 0.8722006553874008],
                [4, 1.885423780429687, 2.401368937213165],
            ],
        ),
        QUANTLIB,
    ),
)
