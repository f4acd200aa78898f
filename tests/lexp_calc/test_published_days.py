"""Days and year fractions that others printed: ISDA, Ecma, Microsoft, Apple, QuantLib."""

from datetime import date
from fractions import Fraction

import pytest

from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.regular_dates import FREQUENCIES, RegularDates
from tests.lexp_calc.published import as_printed, figures, inputs, title

FIGURES = figures("day-counts.csv")


def convention(case):
    """The day count, bound to the regular dates and the termination date where a case has any."""
    regular = RegularDates(
        date.fromisoformat(case.get("anchor", case["end"])),
        FREQUENCIES[case.get("frequency", "annual")],
        case.get("end_of_month") == "true",
    )
    termination = date.fromisoformat(case.get("termination", "2199-12-31"))
    return DAY_COUNTS[case["day_count"]].bound(regular, termination)


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_printed_figure(row):
    case = inputs(row)
    start, end = date.fromisoformat(case["start"]), date.fromisoformat(case["end"])
    counted = convention(case)
    if row["figure"] == "days":
        assert counted.days(start, end) == int(row["value"])
    else:
        fraction = Fraction(counted.length(start, end)) / counted.basis
        assert as_printed(fraction, row) == row["value"]


def test_all_eight_conventions_have_a_published_figure():
    assert {inputs(row)["day_count"] for row in FIGURES} == set(DAY_COUNTS)
