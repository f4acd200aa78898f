"""Prices, yields and durations of bonds that others printed."""

import pytest

import lexp_calc
from tests.lexp_calc.published import as_printed, figures, inputs, rate, title

FIGURES = figures("bond-prices.csv")
FUNCTIONS = {
    "clean price": lexp_calc.note_price,
    "dirty price": lexp_calc.note_dirty_price,
    "accrued interest": lexp_calc.note_accrued,
    "yield": lexp_calc.note_yield,
    "duration": lexp_calc.note_duration,
    "modified duration": lexp_calc.note_modified_duration,
    "odd first price": lexp_calc.odd_first_price,
    "odd first yield": lexp_calc.odd_first_yield,
    "odd last price": lexp_calc.odd_last_price,
    "odd last yield": lexp_calc.odd_last_yield,
}
RATES = ("coupon", "yield")


def arguments(row):
    """The case as the function takes it; accrued interest needs no yield."""
    case = inputs(row)
    found = {name: rate(text) if name in RATES else text for name, text in case.items()}
    found["frequency"] = int(found["frequency"])
    if "price" in found:
        found["price"] = float(found["price"])
    if row["figure"] == "accrued interest":
        del found["yield"]
    return found


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_price_or_yield(row):
    found = FUNCTIONS[row["figure"]](**arguments(row))
    assert as_printed(found, row) == row["value"]
