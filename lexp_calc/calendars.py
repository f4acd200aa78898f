"""Business days: calendars by rule or by list, and the conventions that use them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


@dataclass(frozen=True)
class Holiday:
    """A day on which a calendar is closed, and why."""

    day: date
    name: str


@dataclass(frozen=True)
class Calendar:
    """Saturdays, Sundays and the holidays of each year; `source` says who sets them."""

    name: str
    source: str
    holidays_of: Callable[[int], tuple[Holiday, ...]]

    def __str__(self) -> str:
        return self.name

    def is_business_day(self, day: date) -> bool:
        """Whether payments are made on `day`."""
        return day.weekday() < SATURDAY and day not in self.closed_days(day.year)

    def closed_days(self, year: int) -> frozenset[date]:
        """The holidays of a year that fall on a weekday or not, as dates."""
        return _closed_days(self.holidays_of, year)

    def holidays(self, first: date, last: date) -> tuple[Holiday, ...]:
        """The weekday holidays from `first` to `last`, both included, in order."""
        return tuple(
            holiday
            for year in range(first.year, last.year + 1)
            for holiday in self.holidays_of(year)
            if first <= holiday.day <= last and holiday.day.weekday() < SATURDAY
        )


@dataclass(frozen=True)
class ListedHolidays:
    """Holidays that a list gives, in order, as a calendar asks for them: by year."""

    listed: tuple[Holiday, ...]

    def __hash__(self) -> int:
        return hash((len(self.listed), self.listed[0], self.listed[-1]))  # asked for every day

    def __call__(self, year: int) -> tuple[Holiday, ...]:
        return tuple(holiday for holiday in self.listed if holiday.day.year == year)


@lru_cache(maxsize=2048)
def _closed_days(holidays_of, year: int) -> frozenset[date]:
    return frozenset(holiday.day for holiday in holidays_of(year))


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month (1 = first)."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def last_monday_of_may(year: int) -> date:
    """Memorial Day since 1971."""
    end_of_may = date(year, 5, 31)
    return end_of_may - timedelta(days=end_of_may.weekday())


def observed_on_monday(day: date) -> date:
    """A holiday on a Sunday is kept on Monday; one on a Saturday is not moved."""
    return day + ONE_DAY if day.weekday() == SUNDAY else day


@lru_cache(maxsize=512)
def federal_reserve_holidays(year: int) -> tuple[Holiday, ...]:
    """The days on which the Federal Reserve Banks are closed in `year`, in order.

    For holidays that fall on a Saturday the Banks are open the Friday before; for those
    on a Sunday they are closed the Monday after. Martin Luther King's birthday is kept
    since 1986, Juneteenth since 2022; Veterans Day was the fourth Monday of October from
    1971 to 1977. Sources: Federal Reserve Financial Services, "Holiday Schedules";
    5 U.S.C. 6103(a), with Public Laws 90-363 and 94-97 for Veterans Day. Before 1971 the
    Monday rules did not hold.
    """
    fixed = [(1, 1, "New Year's Day"), (7, 4, "Independence Day"), (12, 25, "Christmas Day")]
    in_october = 1971 <= year <= 1977
    if not in_october:
        fixed.append((11, 11, "Veterans Day"))
    if year >= 2022:
        fixed.append((6, 19, "Juneteenth"))
    holidays = [Holiday(observed_on_monday(date(year, m, d)), name) for m, d, name in fixed]
    if in_october:
        holidays.append(Holiday(nth_weekday(year, 10, MONDAY, 4), "Veterans Day"))
    if year >= 1986:
        king = nth_weekday(year, 1, MONDAY, 3)
        holidays.append(Holiday(king, "Birthday of Martin Luther King, Jr."))
    holidays += [
        Holiday(nth_weekday(year, 2, MONDAY, 3), "Washington's Birthday"),
        Holiday(last_monday_of_may(year), "Memorial Day"),
        Holiday(nth_weekday(year, 9, MONDAY, 1), "Labor Day"),
        Holiday(nth_weekday(year, 10, MONDAY, 2), "Columbus Day"),
        Holiday(nth_weekday(year, 11, THURSDAY, 4), "Thanksgiving Day"),
    ]
    return tuple(sorted(holidays, key=lambda holiday: holiday.day))


CALENDARS: dict[str, Calendar] = {
    calendar.name: calendar
    for calendar in (
        Calendar(
            "US Federal Reserve",
            'Federal Reserve Financial Services, "Holiday Schedules"',
            federal_reserve_holidays,
        ),
        Calendar("weekends", "Saturdays and Sundays alone", lambda year: ()),
    )
}


def following(day: date, calendar: Calendar) -> date:
    """The first business day on or after `day` (2006 ISDA Definitions 4.12(a)(i))."""
    while not calendar.is_business_day(day):
        day += ONE_DAY
    return day


def preceding(day: date, calendar: Calendar) -> date:
    """The last business day on or before `day` (2006 ISDA Definitions 4.12(a)(iii))."""
    while not calendar.is_business_day(day):
        day -= ONE_DAY
    return day


def modified_following(day: date, calendar: Calendar) -> date:
    """Following, unless that is in the next month: then Preceding (4.12(a)(ii))."""
    moved = following(day, calendar)
    return moved if moved.month == day.month else preceding(day, calendar)


def modified_preceding(day: date, calendar: Calendar) -> date:
    """Preceding, unless that is in the month before: then Following."""
    moved = preceding(day, calendar)
    return moved if moved.month == day.month else following(day, calendar)


def nearest(day: date, calendar: Calendar) -> date:
    """Following for a Sunday or Monday, Preceding for any other day (4.12(a)(iv))."""
    ahead = day.weekday() in (SUNDAY, MONDAY)
    return following(day, calendar) if ahead else preceding(day, calendar)


def unadjusted(day: date, calendar: Calendar) -> date:
    """The date as the contract names it."""
    return day


BUSINESS_DAY_CONVENTIONS: dict[str, Callable[[date, Calendar], date]] = {
    "Following": following,
    "Modified Following": modified_following,
    "Preceding": preceding,
    "Modified Preceding": modified_preceding,
    "Nearest": nearest,
    "Unadjusted": unadjusted,
}
