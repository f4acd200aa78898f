"""The eight day counts: what part of a year lies between two days, as an exact fraction.

Days are counted by QuantLib; the two whose year changes its length (ACT/ACT) go night by
night, so that a period across two years, or a stub, needs no rule of its own.
"""

import calendar
from fractions import Fraction

import QuantLib as ql

from tests.lexp_calc.simulation.dates import ql_date

THIRTY = {
    "30/360 US": ql.Thirty360(ql.Thirty360.USA),
    "30E/360": ql.Thirty360(ql.Thirty360.European),
    "30/360 ISDA": ql.Thirty360(ql.Thirty360.BondBasis),
}


def thirty(start, end):
    """Days by 30/360 US."""
    return THIRTY["30/360 US"].dayCount(ql_date(start), ql_date(end))


class DayCount:
    """A day count of one tranche: ICMA looks at its regular dates, 30E/360 ISDA at its end."""

    def __init__(self, name, dates, maturity):
        self.name, self.dates = name, dates
        self.thirty = THIRTY.get(name)
        if name == "30E/360 ISDA":
            self.thirty = ql.Thirty360(ql.Thirty360.ISDA, ql_date(maturity))
        self.notional = None

    def days(self, start, end):
        """Days between two days."""
        if self.thirty:
            return self.thirty.dayCount(ql_date(start), ql_date(end))
        return (end - start).days

    def night(self, start, day):
        """What the night after `day` adds to a period that began on `start`."""
        following = day.fromordinal(day.toordinal() + 1)
        if self.thirty:
            return Fraction(self.days(start, following) - self.days(start, day), 360)
        if self.name == "ACT/360":
            return Fraction(1, 360)
        if self.name == "ACT/365F":
            return Fraction(1, 365)
        if self.name == "ACT/ACT ISDA":
            return Fraction(1, 366 if calendar.isleap(day.year) else 365)
        assert self.name == "ACT/ACT ICMA"
        if self.notional is None or not self.notional[0] <= day < self.notional[1]:
            self.notional = self.dates.notional_period(day)
        before, after = self.notional
        return Fraction(1, (after - before).days * self.dates.payments_a_year)

    def fraction(self, start, end):
        """The part of a year from `start` to `end`, night by night."""
        total, day = Fraction(0), start
        while day < end:
            total += self.night(start, day)
            day = day.fromordinal(day.toordinal() + 1)
        return total
