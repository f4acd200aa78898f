"""Payment dates and business days, by QuantLib's dates and holidays."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import QuantLib as ql

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY, MONDAY = 5, 6, 0

FEDERAL_RESERVE = ql.UnitedStates(ql.UnitedStates.FederalReserve)
CALENDARS = {
    "US Federal Reserve": FEDERAL_RESERVE,
    "weekends": ql.WeekendsOnly(),
}
ADJUSTED_BY_QUANTLIB = {
    "Following": ql.Following,
    "Modified Following": ql.ModifiedFollowing,
    "Preceding": ql.Preceding,
    "Modified Preceding": ql.ModifiedPreceding,
    "Unadjusted": ql.Unadjusted,
}
# Frequency: the step from one date to the next, and how many there are a year.
FREQUENCIES = {
    "weekly": (ql.Period(1, ql.Weeks), 52),
    "every two weeks": (ql.Period(2, ql.Weeks), 26),
    "every four weeks": (ql.Period(4, ql.Weeks), 13),
    "monthly": (ql.Period(1, ql.Months), 12),
    "every two months": (ql.Period(2, ql.Months), 6),
    "quarterly": (ql.Period(3, ql.Months), 4),
    "every four months": (ql.Period(4, ql.Months), 3),
    "semiannual": (ql.Period(6, ql.Months), 2),
    "annual": (ql.Period(1, ql.Years), 1),
}


@cache
def ql_date(day):
    """QuantLib's date of a day."""
    return ql.Date(day.day, day.month, day.year)


def py_date(day):
    """Python's date of QuantLib's."""
    return date(day.year(), day.month(), day.dayOfMonth())


@cache
def calendar(name):
    """The calendar of that name, which remembers the days that it was asked for."""
    return Calendar(name)


class Calendar:
    """The business days of a deal."""

    def __init__(self, name):
        self.calendar = CALENDARS[name]
        self.known = {}

    def is_open(self, day):
        """Whether the day is a business day."""
        if day not in self.known:
            self.known[day] = self.calendar.isBusinessDay(ql_date(day))
        return self.known[day]

    def step(self, day, days):
        """The next business day after (+1) or before (-1) a day."""
        day += days * ONE_DAY
        while not self.is_open(day):
            day += days * ONE_DAY
        return day

    def adjusted(self, day, convention):
        """The day itself if banks are open, else another as the convention says.

        "Nearest" by ISDA's definition: a holiday on a Sunday or Monday moves forward, any
        other back; QuantLib's counts the days instead.
        """
        if convention == "Nearest":
            if self.is_open(day):
                return day
            return self.step(day, 1 if day.weekday() in (SUNDAY, MONDAY) else -1)
        return py_date(self.calendar.adjust(ql_date(day), ADJUSTED_BY_QUANTLIB[convention]))

    def business_days_before(self, day, count):
        """`count` business days back from a day; the day itself for none."""
        for _ in range(count):
            day = self.step(day, -1)
        return day

    def last_open(self, day):
        """The day itself or the last business day before it."""
        return day if self.is_open(day) else self.step(day, -1)


@dataclass(frozen=True)
class Payment:
    """One payment: its number, the day the contract names, the day paid, what interest spans."""

    number: int
    due: date
    paid: date
    is_regular: bool
    start: date
    end: date


class Dates:
    """The payment dates of one tranche."""

    def __init__(self, payments, calendar, closing, contract_maturity):
        self.terms, self.calendar, self.closing = payments, calendar, closing
        self.step, self.payments_a_year = FREQUENCIES[payments["frequency"]]
        self.counted_back = "first_payment" not in payments
        self.anchor = contract_maturity if self.counted_back else payments["first_payment"]

    def regular(self, number):
        """The regular date so many steps from the anchor: 0 is the anchor itself."""
        step = ql.Period(number * self.step.length(), self.step.units())
        moved = ql_date(self.anchor) + step
        is_months = self.step.units() != ql.Weeks
        if is_months and self.terms.get("end_of_month") and self.is_month_end(self.anchor):
            moved = ql.Date.endOfMonth(moved)
        return py_date(moved)

    @staticmethod
    def is_month_end(day):
        """Whether the next day is in another month."""
        return (day + ONE_DAY).month != day.month

    def first_number(self):
        """The number of the first regular date on which something is paid."""
        if not self.counted_back:
            return 0
        number = 0
        while self.regular(number - 1) > self.closing:
            number -= 1
        has_rest = self.regular(number - 1) < self.closing
        if self.terms["first_period"] == "long" and has_rest and number < 0:
            number += 1
        return number

    def regular_dates(self, last):
        """The regular payment dates up to a day, itself included."""
        number, found = self.first_number(), []
        while self.regular(number) <= last:
            found.append(self.regular(number))
            number += 1
        return found

    def notional_period(self, day):
        """The regular dates around a day (on or before, after), as if they ran for ever."""
        number = 0
        while self.regular(number) > day:
            number -= 1
        while self.regular(number + 1) <= day:
            number += 1
        return self.regular(number), self.regular(number + 1)

    def payments(self, maturity):
        """All payments of a tranche that falls due on `maturity`."""
        dues = self.regular_dates(maturity)
        is_regular = bool(dues) and dues[-1] == maturity
        if not is_regular:
            if self.terms.get("last_period") == "long" and dues:
                dues.pop()
            dues.append(maturity)
        return self.numbered(dues, is_regular)

    def numbered(self, dues, last_is_regular=True):
        """Payments on these dates one after the other."""
        to_day_paid = self.terms["interest_for_delay"] == "to the day paid"
        found, start = [], self.closing
        for number, due in enumerate(dues, 1):
            paid = self.calendar.adjusted(due, self.terms["business_day"])
            end = paid if to_day_paid else due
            is_regular = last_is_regular or number < len(dues)
            found.append(Payment(number, due, paid, is_regular, start, end))
            start = end
        return found


def anniversaries(closing, last):
    """The days a whole number of years after closing, up to a day."""
    years, found = 1, []
    while (day := py_date(ql_date(closing) + ql.Period(years, ql.Years))) <= last:
        found.append(day)
        years += 1
    return found
