"""Payment dates of a loan, and the business days on which they are paid, as functions."""

from datetime import date

import lexp_calc.kinds as kinds
from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS
from lexp_calc.errors import OutOfRange
from lexp_calc.regular_dates import RegularDates
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.terms import LARGEST_COUNT


@spreadsheet_function
def business_day(
    date: kinds.Day,
    convention: kinds.BusinessDay,
    calendar: kinds.BusinessCalendar = "US Federal Reserve",
) -> kinds.DayResult:
    """The business day on which what falls due on a date is paid.

    The date itself where it is one, or the convention is Unadjusted. `calendar` may be the
    path of a CSV file of holidays. Source: 2006 ISDA Definitions 4.12.
    """
    return BUSINESS_DAY_CONVENTIONS[convention](date, calendar)


@spreadsheet_function
def payment_dates(
    start: kinds.Day,
    end: kinds.Day,
    frequency: kinds.Frequency,
    first_date: kinds.Day | None = None,
    convention: kinds.BusinessDay = "Unadjusted",
    calendar: kinds.BusinessCalendar = "US Federal Reserve",
) -> kinds.DayColumn:
    """The dates on which a loan pays, from after `start` up to and with `end`, as a column.

    With `first_date` they step forward from it and leave a short last period; without it
    back from `end` and leave a short first one. Always counted from the date where they
    begin: a day past a month's end is that end, and the next month has the day again. Two
    dates that a convention moves to one day are one payment date; one that it moves to the
    start or before is none.
    """
    _check_order(start, end, first_date)
    if first_date is None:
        regular = RegularDates(end, frequency, anchor_number=0)
        first, last = regular.number_until(start) + 1, 0
    else:
        regular = RegularDates(first_date, frequency)
        first, last = 1, regular.number_until(end)
    due = [regular.date(number) for number in range(first, last + 1)]
    if due[-1:] != [end]:
        due.append(end)
    check_number(len(due), "end", end)
    adjust = BUSINESS_DAY_CONVENTIONS[convention]
    paid = dict.fromkeys(adjust(day, calendar) for day in due)
    found = tuple(day for day in paid if day > start)
    if not found:
        moved = f"found {end}, paid on {adjust(end, calendar)}"
        raise OutOfRange("end", moved, f"a date paid after {start}, the start, would be right")
    return found


def _check_order(start: date, end: date, first_date: date | None) -> None:
    if end <= start:
        raise OutOfRange("end", f"found {end}", f"a date after {start}, the start, would be right")
    if first_date is not None and not start < first_date <= end:
        expected = f"a date after {start}, the start, up to {end}, the end, would be right"
        raise OutOfRange("first_date", f"found {first_date}", expected)


def check_number(payments: int, name: str, day: date) -> None:
    """Refuses a date that would take more than 1,200 payments."""
    if payments > LARGEST_COUNT:
        found = f"found {day}, after {payments:,} payments"
        expected = f"a date of at most {LARGEST_COUNT:,} payments would be right"
        raise OutOfRange(name, found, expected)
