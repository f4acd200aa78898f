"""Day counts: how many days of interest lie between two dates, and out of how many.

One entry of `DAY_COUNTS` a convention. `days` is the numerator, `basis` the
denominator of the day count fraction. A convention counts on a line of whole numbers:
`numbers` places the ends of a period on it, month-end rules applied, and `day_number`
a day within, so that interest up to a change of rate adds up to the period's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lexp_calc.errors import NotThere
from lexp_calc.spelling import folded, named


@dataclass(frozen=True)
class DayCount:
    """A convention: `days(start, end)` over `basis`; `clause` is its legal definition."""

    name: str
    clause: str
    basis: int
    numbers: Callable[[date, date], tuple[int, int]]
    day_number: Callable[[date], int]

    def days(self, start: date, end: date) -> int:
        """Days of interest from `start` to `end`."""
        start_number, end_number = self.numbers(start, end)
        return end_number - start_number

    def year_fraction(self, start: date, end: date) -> float:
        """days(start, end) / basis, as a decimal number of years."""
        return self.days(start, end) / self.basis


def actual_numbers(start: date, end: date) -> tuple[int, int]:
    """Calendar days: `start` is included, `end` excluded."""
    return start.toordinal(), end.toordinal()


def is_last_of_february(day: date) -> bool:
    """Whether `day` is 28 February of a common year or 29 February of a leap year."""
    return day.month == 2 and date.fromordinal(day.toordinal() + 1).month == 3


def thirty_360_us_numbers(start: date, end: date) -> tuple[int, int]:
    """Two dates where each month has 30 days, with the US rules for month ends.

    360 x Y + 30 x M + D of each date after, in this order: both dates the
    last of February -> D2 = 30; start the last of February -> D1 = 30; D2 = 31 and
    D1 >= 30 -> D2 = 30; D1 = 31 -> D1 = 30. Sources: NASD Rule 11620(b) (now FINRA
    Rule 11620) and SIFMA, Standard Securities Calculation Methods, for February.
    """
    start_day, end_day = thirty_360_us_month_days(start, end)
    return (
        360 * start.year + 30 * start.month + start_day,
        360 * end.year + 30 * end.month + end_day,
    )


def thirty_360_us_month_days(start: date, end: date) -> tuple[int, int]:
    """The days of the month, D1 and D2, after the US rules for month ends."""
    start_day, end_day = start.day, end.day
    if is_last_of_february(start):
        if is_last_of_february(end):
            end_day = 30
        start_day = 30
    if end_day == 31 and start_day >= 30:
        end_day = 30
    if start_day == 31:
        start_day = 30
    return start_day, end_day


def thirty_day_month_number(day: date) -> int:
    """360 x year + 30 x month + day: an additive count for months of 30 days."""
    return 360 * day.year + 30 * day.month + day.day


DAY_COUNTS: dict[str, DayCount] = {
    convention.name: convention
    for convention in (
        DayCount("ACT/360", "2006 ISDA Definitions 4.16(e)", 360, actual_numbers, date.toordinal),
        DayCount("ACT/365F", "2006 ISDA Definitions 4.16(d)", 365, actual_numbers, date.toordinal),
        DayCount(
            "30/360 US",
            "FINRA Rule 11620(b), February as in SIFMA's Standard Securities Calculation Methods",
            360,
            thirty_360_us_numbers,
            thirty_day_month_number,
        ),
    )
}

# Spellings that the market uses for more than one convention.
AMBIGUOUS_SPELLINGS = {
    "30/360": ("30/360 US", "30E/360", "30E/360 ISDA", "30/360 ISDA"),
    "bond basis": ("30/360 US", "30/360 ISDA"),
    "act/365": ("ACT/365F", "ACT/ACT ISDA"),
    "actual/365": ("ACT/365F", "ACT/ACT ISDA"),
    "act/act": ("ACT/ACT ISDA", "ACT/ACT ICMA"),
}


def day_count(name: str, where: str = "day_count") -> DayCount:
    """The convention of this name (case does not matter); ambiguous spellings are refused."""
    if folded(name) in AMBIGUOUS_SPELLINGS:
        candidates = " or ".join(f'"{each}"' for each in AMBIGUOUS_SPELLINGS[folded(name)])
        raise NotThere(where, f'found "{name}", which is ambiguous', f"{candidates} would be right")
    return DAY_COUNTS[named(DAY_COUNTS, name, where)]
