"""The figures of the built-in deal, each through a spreadsheet function by its name.

The values are those of the press release, or arithmetic on it by hand, beside each.
"""

from decimal import Decimal

import pytest

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
FIGURES = {**EXCHANGE, **REPURCHASE, **STOCK}


def as_written(number, value):
    """The number with as many decimals as the value has."""
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
