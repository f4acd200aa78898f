"""On which day an index is read for a day of interest, and from which day a fixing counts.

A period's index with a lookback of two is that of the second business day before the
period's first day. A daily index with one is, for a business day, that of so many business
days before it; any other day has the index of the business day before it. Sources: ARRC,
SOFR loan conventions (Daily Simple SOFR; Term SOFR "two U.S. Government Securities Business
Days prior to the first day of such Interest Period").
"""

from datetime import date

from lexp_calc.calendars import ONE_DAY, Calendar, preceding


def business_day_before(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th business day before a day; WORKDAY(day, -count)."""
    while count:
        day -= ONE_DAY
        count -= calendar.is_business_day(day)
    return day


def business_day_from(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th business day on or after a day; WORKDAY(day - 1, count)."""
    day -= ONE_DAY
    while count:
        day += ONE_DAY
        count -= calendar.is_business_day(day)
    return day


def read_for_period(start: date, lookback: int, calendar: Calendar) -> date:
    """The reset date of a period that begins on `start`."""
    return business_day_before(start, lookback, calendar)


def read_for_day(day: date, lookback: int, calendar: Calendar) -> date:
    """The day whose index an overnight rate takes for a day."""
    return business_day_before(preceding(day, calendar), lookback, calendar)


def counts_for_periods_from(day: date, lookback: int, calendar: Calendar) -> date:
    """The first day of a period whose reset date is `day` or later."""
    if not lookback:
        return day
    return business_day_from(day, lookback, calendar) + ONE_DAY


def counts_for_days_from(day: date, lookback: int, calendar: Calendar) -> date:
    """The first day that a daily index read on `day` or later counts for.

    Without a lookback that is `day` itself, a holiday or not.
    """
    return business_day_from(day, 1 + lookback, calendar) if lookback else day
