"""Days and year fractions between two dates by any day count, as the functions give them."""

from datetime import date

import lexp_calc.arguments as arguments
from lexp_calc.day_count import ActualActualICMA, day_count
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.regular_dates import FREQUENCIES, Frequency, RegularDates

OF_WHOLE_MONTHS = {each.payments_a_year: each for each in FREQUENCIES.values() if each.months}


def days(start: date, end: date, day_count_name: str, termination: date | None = None) -> int:
    """Days of interest from `start` (included) to `end` (excluded) by a day count.

    Calendar days, or days of months of 30 after the convention's month-end rules.
    `termination`, the date on which the loan ends, matters to 30E/360 ISDA alone.
    """
    convention = day_count(day_count_name)
    start, end = _in_order(start, end)
    if termination is not None:
        regular = RegularDates(end, FREQUENCIES["annual"])
        convention = convention.bound(regular, arguments.day("termination", termination))
    return convention.days(start, end)


def year_fraction(
    start: date,
    end: date,
    day_count_name: str,
    period_start: date | None = None,
    period_end: date | None = None,
    frequency: int | None = None,
) -> float:
    """The part of a year of interest from `start` (included) to `end` (excluded).

    ACT/ACT ICMA asks for the regular period, from `period_start` to `period_end`, and the
    payments a year; what lies outside that period is counted by notional periods before and
    after it (ICMA Rule 251). The other conventions look at neither.
    """
    convention = day_count(day_count_name)
    start, end = _in_order(start, end)
    if isinstance(convention, ActualActualICMA):
        given = {"period_start": period_start, "period_end": period_end, "frequency": frequency}
        for name, value in given.items():
            if value is None:
                expected = f"the regular period and its frequency, for {convention.name},"
                raise NotThere(name, "found nothing", f"{expected} would be right")
        regular = _regular_period(
            arguments.day("period_start", period_start),
            arguments.day("period_end", period_end),
            _frequency(frequency),
        )
        convention = convention.bound(regular, end)
    return convention.year_fraction(start, end)


def _in_order(start: date, end: date) -> tuple[date, date]:
    first, last = arguments.day("start", start), arguments.day("end", end)
    if last < first:
        raise OutOfRange("end", f"found {last}", f"a date from {first} would be right")
    return first, last


def _frequency(payments_a_year: object) -> Frequency:
    """Also three and six a year, for ICMA's rule holds for any whole months."""
    read = arguments.number("frequency", payments_a_year)
    if read not in OF_WHOLE_MONTHS:
        known = ", ".join(map(str, sorted(OF_WHOLE_MONTHS)))
        expected = f"one of {known} payments a year would be right"
        raise OutOfRange("frequency", f"found {read}", expected)
    return OF_WHOLE_MONTHS[int(read)]


def _regular_period(start: date, end: date, frequency: Frequency) -> RegularDates:
    """The regular dates of which `start` and `end` are two that follow each other.

    Where both are month ends, all are.
    """
    at_month_ends = RegularDates(end, frequency, end_of_month=True)
    if at_month_ends.at_month_ends and at_month_ends.date(0) == start:
        return at_month_ends
    for anchor, other in ((end, start), (start, end)):
        regular = RegularDates(anchor, frequency)
        if other in (regular.date(0), regular.date(2)):
            return regular
    expected = f"a day {frequency.months} months after {start}, a regular period, would be right"
    raise OutOfRange("period_end", f"found {end}", expected)
