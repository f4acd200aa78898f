"""A user's own calendar: the holidays listed in a CSV file, beside Saturdays and Sundays."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta

from lexp_calc.calendars import SATURDAY, Calendar, Holiday, ListedHolidays
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, refuse_all
from lexp_calc.terms import read_day, read_text

UNNAMED = "Holiday"
LONGEST_NAME = 200  # bytes
MOST_REPORTED = 20  # lines; a file of another kind would fill the screen
LONGEST_CLOSING = 14  # days: more than any holiday season, weekends included


def calendar_from_csv(text: str, name: str) -> Calendar:
    """The calendar of a file: a date (2004-07-05), and perhaps a name, on each line.

    Lines with # are notes; a first line without a figure in its first column is a heading.
    Dates stand once each, in any order. Every line that is wrong is reported, by its number.
    """
    found: dict = {}
    problems: list[LexpError] = []
    is_first = True
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip(", \t"):
            continue
        where = f"{name}: line {number}"
        try:
            cells = next(csv.reader([line], strict=True))
            is_heading = is_first and not any(c.isdigit() for c in cells[0])
            is_first = False
            if not is_heading:
                holiday = _holiday(cells)
                if holiday.day in found:
                    expected = "each date once would be right"
                    raise OutOfRange("", f"found {holiday.day} again", expected)
                found[holiday.day] = holiday
        except csv.Error as failure:
            problems.append(
                WrongKind(where, f"found: {failure}", "a date and a name would be right")
            )
        except LexpError as problem:
            problems.append(problem.at(where, ""))
    refuse_all(problems[:MOST_REPORTED])
    if not found:
        raise NotThere(name, "found no holidays", "a date a line would be right")
    days = sorted(found)
    _check_closings(found, name)
    holidays = ListedHolidays(tuple(found[day] for day in days))
    source = f"the file {name}, which lists {len(days):,} days from {days[0]} to {days[-1]}"
    return Calendar(name, source, holidays)


def _check_closings(closed: Iterable[date], name: str) -> None:
    """A payment waits for a few days at the most: a longer closing is no list of holidays."""
    run: list[date] = []
    for day in sorted(closed):
        weekdays = (day - run[-1]).days - 1 if run else 0
        between = [run[-1] + timedelta(days=n + 1) for n in range(min(weekdays, 3))] if run else []
        if run and (weekdays > 2 or any(each.weekday() < SATURDAY for each in between)):
            run = []
        run.append(day)
        if (day - run[0]).days >= LONGEST_CLOSING:
            raise OutOfRange(
                name,
                f"found no business day from {run[0]} to {day}",
                f"closings of at most {LONGEST_CLOSING} days would be right",
            )


def _holiday(cells: list[str]) -> Holiday:
    day = read_day(cells[0].strip())
    if len(cells) > 2:
        found = f"found {len(cells)} columns"
        raise WrongKind("", found, "a date and a name would be right")
    name = cells[1].strip() if len(cells) == 2 else ""
    return Holiday(day, read_text(name, LONGEST_NAME) if name else UNNAMED)
