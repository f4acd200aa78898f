"""Regular dates: an anchor stepped by a frequency, always from the anchor itself."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

MONTHS_IN_A_YEAR = 12
DAYS_IN_A_WEEK = 7


def add_months(anchor: date, months: int) -> date:
    """The day `months` later; a day past the month's end is clamped to it.

    Always reckoned from the anchor, so that 31 January gives 28 February and then
    31 March, as EDATE(anchor, months) does.
    """
    month_index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(month_index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Frequency:
    """How far a regular date is from the next: so many months, or so many weeks.

    `payments_a_year` is the number that a rate is divided by: 52 for weekly.
    """

    payments_a_year: int
    months: int = 0
    weeks: int = 0


FREQUENCIES: dict[str, Frequency] = {
    "weekly": Frequency(52, weeks=1),
    "every two weeks": Frequency(26, weeks=2),
    "every four weeks": Frequency(13, weeks=4),
    "monthly": Frequency(12, months=1),
    "every two months": Frequency(6, months=2),
    "quarterly": Frequency(4, months=3),
    "every four months": Frequency(3, months=4),
    "semiannual": Frequency(2, months=6),
    "annual": Frequency(1, months=12),
}


@dataclass(frozen=True)
class RegularDates:
    """The regular dates on both sides of an anchor, numbered; `anchor` has `anchor_number`.

    With `end_of_month` they are all month ends where the anchor is one.
    """

    anchor: date
    frequency: Frequency
    end_of_month: bool = False
    anchor_number: int = 1

    @cached_property
    def at_month_ends(self) -> bool:
        """Whether every regular date is the last day of its month."""
        return self.end_of_month and self.anchor == month_end(self.anchor)

    def date(self, number: int) -> date:
        """The regular date of a number, stepped from the anchor in one go."""
        steps = number - self.anchor_number
        if self.frequency.weeks:
            return self.anchor + timedelta(days=DAYS_IN_A_WEEK * self.frequency.weeks * steps)
        stepped = add_months(self.anchor, self.frequency.months * steps)
        return month_end(stepped) if self.at_month_ends else stepped

    def number_until(self, day: date) -> int:
        """The number of the last regular date on or before `day`; below 1 before the first."""
        if self.frequency.weeks:
            step = DAYS_IN_A_WEEK * self.frequency.weeks
            return self.anchor_number + (day - self.anchor).days // step
        months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
        number = self.anchor_number + months // self.frequency.months
        return number if self.date(number) <= day else number - 1
