"""A user's own calendar: the holidays listed in a CSV file, beside Saturdays and Sundays."""

import csv
from datetime import timedelta

from lexp_calc.calendars import Calendar, Holiday, ListedHolidays, following
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, refuse_all
from lexp_calc.terms import read_day, read_text
from lexp_calc.wording import counted

UNNAMED = "Holiday"
LONGEST_NAME = 200  # bytes
MOST_REPORTED = 20  # lines; a file of another kind would fill the screen
LONGEST_CLOSURE = timedelta(days=12)  # a payment moves by less than deal.LONGEST_MOVE


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
    holidays = ListedHolidays(tuple(found[day] for day in days))
    listed = counted(len(days), "day")
    source = f"the file {name}, which lists {listed} from {days[0]} to {days[-1]}"
    calendar = Calendar(name, source, holidays)
    for day in days:
        opens = following(day, calendar)
        if opens - day > LONGEST_CLOSURE:
            expected = f"at most {LONGEST_CLOSURE.days} days without a business day"
            raise OutOfRange(
                name, f"found all closed from {day} to {opens}", f"{expected} would be right"
            )
    return calendar


def _holiday(cells: list[str]) -> Holiday:
    day = read_day(cells[0].strip())
    if len(cells) > 2:
        found = f"found {len(cells)} columns"
        raise WrongKind("", found, "a date and a name would be right")
    name = cells[1].strip() if len(cells) == 2 else ""
    return Holiday(day, read_text(name, LONGEST_NAME) if name else UNNAMED)
