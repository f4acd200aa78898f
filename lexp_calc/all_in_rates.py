"""The all-in rate of a floating loan: index plus margin, within a floor and a cap."""

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.rates import within
from lexp_calc.spreadsheet_function import spreadsheet_function


@spreadsheet_function
def all_in_rate(
    index_rate: kinds.Rate,
    margin: kinds.Rate,
    floor: kinds.Rate | None = None,
    cap: kinds.Rate | None = None,
) -> kinds.RateResult:
    """Index plus margin, not below the floor nor above the cap on the sum.

    All are decimals a year: 0.04 + 0.015 is 0.055, with all digits they have. A floor above
    the cap is refused, and so is a sum below 0 without a floor: a loan pays no interest to
    its borrower unless its contract says so, as a floor below 0 does.
    """
    if floor is not None and cap is not None and floor > cap:
        found = f"found a floor of {floor:%} above the cap of {cap:%}"
        raise OutOfRange("floor", found, "a floor at or below the cap would be right")
    both = index_rate + margin
    if both < 0 and floor is None:
        found = f"found {index_rate}, which gives an all-in rate of {both:%}"
        expected = "a rate of 0 or more, or a floor (a negative one lets it go below zero),"
        raise OutOfRange("index_rate", found, f"{expected} would be right")
    found = within(both, floor, cap)
    if found > 1:
        expected = "an all-in rate of at most 100% would be right"
        raise OutOfRange("margin", f"found {margin}, which gives {found:%}", expected)
    return found
