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
    """A convention: `days(start, end)` over `basis`; `clause` is its legal definition.

    `month_days` gives D1 and D2 of a convention in which every month has 30 days, after
    its rules for month ends; None where calendar days count.
    """

    name: str
    clause: str
    basis: int
    month_days: Callable[[date, date], tuple[int, int]] | None = None

    @property
    def is_actual(self) -> bool:
        """Whether calendar days count."""
        return self.month_days is None

    def numbers(self, start: date, end: date) -> tuple[int, int]:
        """Where a period starts and ends on the convention's line of days."""
        if self.month_days is None:
            return start.toordinal(), end.toordinal()
        start_day, end_day = self.month_days(start, end)
        return _thirty_day_number(start, start_day), _thirty_day_number(end, end_day)

    def day_number(self, day: date) -> int:
        """Where a day within a period stands on that line."""
        return day.toordinal() if self.month_days is None else _thirty_day_number(day, day.day)

    def days(self, start: date, end: date) -> int:
        """Days of interest from `start` (included) to `end` (excluded)."""
        start_number, end_number = self.numbers(start, end)
        return end_number - start_number

    def year_fraction(self, start: date, end: date) -> float:
        """days(start, end) / basis, as a decimal number of years."""
        return self.days(start, end) / self.basis


def _thirty_day_number(day: date, day_of_month: int) -> int:
    """360 x year + 30 x month + day of the month."""
    return 360 * day.year + 30 * day.month + day_of_month


def is_last_of_february(day: date) -> bool:
    """Whether `day` is 28 February of a common year or 29 February of a leap year."""
    return day.month == 2 and date.fromordinal(day.toordinal() + 1).month == 3


def thirty_360_us_month_days(start: date, end: date) -> tuple[int, int]:
    """D1 and D2 after the US rules for month ends.

    In this order: both dates the last of February -> D2 = 30; start the last of February
    -> D1 = 30; D2 = 31 and D1 >= 30 -> D2 = 30; D1 = 31 -> D1 = 30. Sources: NASD Rule
    11620(b) (now FINRA Rule 11620) and SIFMA, Standard Securities Calculation Methods,
    for February.
    """
    start_day, end_day = start.day, end.day
    if is_last_of_february(start):
        if is_last_of_february(end):
            end_day = 30
        start_day = 30
    if end_day == 31 and start_day >= 30:
        end_day = 30
    return min(start_day, 30), end_day


def thirty_360_isda_month_days(start: date, end: date) -> tuple[int, int]:
    """D1 = 31 -> 30; D2 = 31 and D1 >= 30 -> 30; February is as it is."""
    return min(start.day, 30), 30 if end.day == 31 and start.day >= 30 else end.day


def thirty_e_360_month_days(start: date, end: date) -> tuple[int, int]:
    """D1 = 31 -> 30; D2 = 31 -> 30."""
    return min(start.day, 30), min(end.day, 30)


DAY_COUNTS: dict[str, DayCount] = {
    convention.name: convention
    for convention in (
        DayCount("ACT/360", "2006 ISDA Definitions 4.16(e)", 360),
        DayCount("ACT/365F", "2006 ISDA Definitions 4.16(d)", 365),
        DayCount(
            "30/360 US",
            "FINRA Rule 11620(b), February as in SIFMA's Standard Securities Calculation Methods",
            360,
            thirty_360_us_month_days,
        ),
        DayCount("30/360 ISDA", "2006 ISDA Definitions 4.16(f)", 360, thirty_360_isda_month_days),
        DayCount("30E/360", "2006 ISDA Definitions 4.16(g)", 360, thirty_e_360_month_days),
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
