"""Day counts: how much of a year of interest lies between two dates.

One entry of `DAY_COUNTS` a convention. A convention counts on a line of numbers: `numbers`
places the ends of a period on it, month-end rules applied, and `day_number` a day within,
so that interest up to a change of rate adds up to the period's. The year fraction is the
`length` on that line over the `basis`; `days` are those that a schedule shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from lexp_calc.errors import NotThere
from lexp_calc.regular_dates import RegularDates
from lexp_calc.spelling import folded, named


@dataclass(frozen=True)
class DayCount:
    """A convention; `clause` is its legal definition, `basis` the length of a year.

    Here: calendar days over a fixed number of them.
    """

    name: str
    clause: str
    basis: int

    @property
    def counts_days(self) -> bool:
        """Whether the line is that of calendar days, so that a length is a number of days."""
        return True

    def bound(self, regular: RegularDates, termination: date) -> "DayCount":
        """The convention for a tranche with these regular dates, which ends on `termination`."""
        return self

    def numbers(self, start: date, end: date) -> tuple[int | Fraction, int | Fraction]:
        """Where a period starts and ends on the convention's line."""
        return self.day_number(start), self.day_number(end)

    def day_number(self, day: date) -> int | Fraction:
        """Where a day within a period stands on that line."""
        return day.toordinal()

    def length(self, start: date, end: date) -> int | Fraction:
        """From `start` (included) to `end` (excluded) on the line; over `basis`, the years."""
        start_number, end_number = self.numbers(start, end)
        return end_number - start_number

    def days(self, start: date, end: date) -> int:
        """Days of interest from `start` (included) to `end` (excluded), as a schedule shows."""
        return (end - start).days

    def year_fraction(self, start: date, end: date) -> float:
        """length(start, end) / basis, as a decimal number of years."""
        return float(Fraction(self.length(start, end)) / self.basis)


@dataclass(frozen=True)
class ThirtyDayMonths(DayCount):
    """Months of 30 days; `rule` gives D1 and D2 after the convention's month-end rules.

    `termination` is the day on which the last period ends, where a rule asks for it.
    """

    rule: Callable[[date, date, date | None], tuple[int, int]]
    looks_at_termination: bool = False
    termination: date | None = None

    @property
    def counts_days(self) -> bool:
        """No: a month has 30 of them."""
        return False

    def bound(self, regular: RegularDates, termination: date) -> DayCount:
        """With the termination date, where the rule looks at it."""
        return replace(self, termination=termination) if self.looks_at_termination else self

    def month_days(self, start: date, end: date) -> tuple[int, int]:
        """D1 and D2: the days of the month of both ends, as the convention counts them."""
        return self.rule(start, end, self.termination)

    def numbers(self, start: date, end: date) -> tuple[int, int]:
        """360 x year + 30 x month + D1 and D2."""
        start_day, end_day = self.month_days(start, end)
        return _thirty_day_number(start, start_day), _thirty_day_number(end, end_day)

    def day_number(self, day: date) -> int:
        """360 x year + 30 x month + the day of the month, as the rule counts an end.

        Of a period that starts on the 1st: what hangs on another start is left out.
        """
        return _thirty_day_number(day, self.rule(day.replace(day=1), day, None)[1])

    def days(self, start: date, end: date) -> int:
        """The length: days of months of 30."""
        return self.length(start, end)


def _thirty_day_number(day: date, day_of_month: int) -> int:
    return 360 * day.year + 30 * day.month + day_of_month


@dataclass(frozen=True)
class ActualActualISDA(DayCount):
    """Days in leap years over 366 and days in common years over 365.

    With the basis 365 x 366 a day of a common year is 366 long and one of a leap year 365,
    so that every length is a whole number.
    """

    @property
    def counts_days(self) -> bool:
        """No: the days of a leap year are shorter."""
        return False

    def day_number(self, day: date) -> int:
        """basis x the year, and the days since its first, each basis / days of the year long."""
        first = date(day.year, 1, 1)
        return self.basis * day.year + (day - first).days * (self.basis // days_of_year(day.year))


def days_of_year(year: int) -> int:
    """366 in a leap year, else 365."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


@dataclass(frozen=True)
class ActualActualICMA(DayCount):
    """Days over days of the regular period times the payments a year.

    The line is that of the regular dates: a day stands at the number of the regular date
    before it and the share of its regular period that has passed. A short or long period is
    so counted by notional regular periods. `basis` is the payments a year.
    """

    regular: RegularDates | None = None

    @property
    def counts_days(self) -> bool:
        """No: a regular period is 1 long, however many days it has."""
        return False

    def bound(self, regular: RegularDates, termination: date) -> DayCount:
        """With the regular dates of the tranche, which are whole months apart."""
        return replace(self, regular=regular, basis=regular.frequency.payments_a_year)

    def day_number(self, day: date) -> Fraction:
        """The number of the regular date on or before the day, and the part of a period since."""
        if self.regular is None:
            raise NotThere(
                "day_count",
                f'found "{self.name}" where no regular payments are given',
                "another day count would be right",
            )
        number = self.regular.number_until(day)
        start, end = self.regular.date(number), self.regular.date(number + 1)
        return number + Fraction((day - start).days, (end - start).days)


def is_last_of_february(day: date) -> bool:
    """Whether `day` is 28 February of a common year or 29 February of a leap year."""
    return day.month == 2 and date.fromordinal(day.toordinal() + 1).month == 3


def thirty_360_us_month_days(start: date, end: date, termination=None) -> tuple[int, int]:
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


def thirty_360_isda_month_days(start: date, end: date, termination=None) -> tuple[int, int]:
    """D1 = 31 -> 30; D2 = 31 and D1 >= 30 -> 30; February is as it is."""
    return min(start.day, 30), 30 if end.day == 31 and start.day >= 30 else end.day


def thirty_e_360_month_days(start: date, end: date, termination=None) -> tuple[int, int]:
    """D1 = 31 -> 30; D2 = 31 -> 30."""
    return min(start.day, 30), min(end.day, 30)


def thirty_e_360_isda_month_days(
    start: date, end: date, termination: date | None
) -> tuple[int, int]:
    """As 30E/360, and the last of February -> 30, for D2 unless that is the termination date."""
    start_day = 30 if is_last_of_february(start) else min(start.day, 30)
    moves = is_last_of_february(end) and end != termination
    return start_day, 30 if moves else min(end.day, 30)


ISDA = "2006 ISDA Definitions"
SIFMA = "SIFMA's Standard Securities Calculation Methods"
DAY_COUNTS: dict[str, DayCount] = {
    convention.name: convention
    for convention in (
        DayCount("ACT/360", f"{ISDA} 4.16(e)", 360),
        DayCount("ACT/365F", f"{ISDA} 4.16(d)", 365),
        ActualActualISDA("ACT/ACT ISDA", f"{ISDA} 4.16(b)", 365 * 366),
        ActualActualICMA("ACT/ACT ICMA", f"ICMA Rule 251.1(iii); {ISDA} 4.16(c)", 1),
        ThirtyDayMonths(
            "30/360 US",
            f"FINRA Rule 11620(b), February as in {SIFMA}",
            360,
            thirty_360_us_month_days,
        ),
        ThirtyDayMonths("30/360 ISDA", f"{ISDA} 4.16(f)", 360, thirty_360_isda_month_days),
        ThirtyDayMonths("30E/360", f"{ISDA} 4.16(g)", 360, thirty_e_360_month_days),
        ThirtyDayMonths(
            "30E/360 ISDA",
            f"{ISDA} 4.16(h)",
            360,
            thirty_e_360_isda_month_days,
            looks_at_termination=True,
        ),
    )
}

# Spellings that the market uses for more than one convention.
AMBIGUOUS_SPELLINGS = {
    "30/360": ("30/360 US", "30E/360", "30E/360 ISDA", "30/360 ISDA"),
    "bond basis": ("30/360 US", "30/360 ISDA"),
    "eurobond basis": ("30E/360", "30E/360 ISDA"),
    "act/365": ("ACT/365F", "ACT/ACT ISDA"),
    "actual/365": ("ACT/365F", "ACT/ACT ISDA"),
    "act/act": ("ACT/ACT ISDA", "ACT/ACT ICMA"),
    "actual/actual": ("ACT/ACT ISDA", "ACT/ACT ICMA"),
}


def day_count(name: str, where: str = "day_count") -> DayCount:
    """The convention of this name (case does not matter); ambiguous spellings are refused."""
    if folded(name) in AMBIGUOUS_SPELLINGS:
        candidates = " or ".join(f'"{each}"' for each in AMBIGUOUS_SPELLINGS[folded(name)])
        raise NotThere(where, f'found "{name}", which is ambiguous', f"{candidates} would be right")
    return DAY_COUNTS[named(DAY_COUNTS, name, where)]
