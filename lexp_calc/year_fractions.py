"""Days and year fractions between two dates by any day count, as the functions give them."""

from datetime import date
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.kinds as kinds
from lexp_calc.day_count import ActualActualICMA
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.regular_dates import FREQUENCIES, Frequency, RegularDates
from lexp_calc.spreadsheet_function import spreadsheet_function

OF_WHOLE_MONTHS = {each.payments_a_year: each for each in FREQUENCIES.values() if each.months}


def _frequency(name: str, value: object) -> Frequency:
    """Also three and six a year, for ICMA's rule holds for any whole months."""
    read = arguments.number(name, value)
    if read not in OF_WHOLE_MONTHS:
        known = ", ".join(map(str, sorted(OF_WHOLE_MONTHS)))
        raise OutOfRange(name, f"found {read}", f"one of {known} payments a year would be right")
    return OF_WHOLE_MONTHS[int(read)]


FrequencyInMonths = Annotated[
    Frequency, kinds.Kind("payments a year: 1, 2, 3, 4, 6 or 12", kinds.NUMBER, _frequency)
]


@spreadsheet_function
def days(
    start: kinds.Day,
    end: kinds.Day,
    day_count: kinds.DayCount,
    termination: kinds.Day | None = None,
) -> kinds.CountResult:
    """Days of interest from `start` (included) to `end` (excluded) by a day count.

    Calendar days, or days of months of 30 after the convention's month-end rules.
    `termination`, the date on which the loan ends, matters to 30E/360 ISDA alone.
    Source: 2006 ISDA Definitions 4.16.
    """
    _check_order(start, end)
    if termination is not None:
        day_count = day_count.bound(RegularDates(end, FREQUENCIES["annual"]), termination)
    return day_count.days(start, end)


@spreadsheet_function
def yearfrac(
    start: kinds.Day,
    end: kinds.Day,
    day_count: kinds.DayCount,
    period_start: kinds.Day | None = None,
    period_end: kinds.Day | None = None,
    frequency: FrequencyInMonths | None = None,
) -> kinds.RealResult:
    """The part of a year of interest from `start` (included) to `end` (excluded).

    ACT/ACT ICMA asks for the regular period, from `period_start` to `period_end`, and the
    payments a year; what lies outside that period is counted by notional periods before and
    after it (ICMA Rule 251). The other conventions look at neither.
    """
    _check_order(start, end)
    if isinstance(day_count, ActualActualICMA):
        given = {"period_start": period_start, "period_end": period_end, "frequency": frequency}
        for name, value in given.items():
            if value is None:
                expected = f"the regular period and its frequency, for {day_count.name},"
                raise NotThere(name, "found nothing", f"{expected} would be right")
        day_count = day_count.bound(_regular_period(period_start, period_end, frequency), end)
    return day_count.year_fraction(start, end)


def _check_order(start: date, end: date) -> None:
    if end < start:
        expected = f"{start}, the start, or a later date would be right"
        raise OutOfRange("end", f"found {end}", expected)


def _regular_period(start: date, end: date, frequency: Frequency) -> RegularDates:
    """The regular dates of which `start` and `end` are two that follow each other.

    Where both are month ends, all are.
    """
    if end <= start:
        raise OutOfRange("period_end", f"found {end}", f"a date after {start} would be right")
    at_month_ends = RegularDates(end, frequency, end_of_month=True)
    if at_month_ends.at_month_ends and at_month_ends.date(0) == start:
        return at_month_ends
    for anchor, other in ((end, start), (start, end)):
        regular = RegularDates(anchor, frequency)
        if other in (regular.date(0), regular.date(2)):
            return regular
    expected = f"a day {frequency.months} months after {start}, a regular period, would be right"
    raise OutOfRange("period_end", f"found {end}", expected)
