"""What bonds are worth by others: QuantLib, and Microsoft's printed formulas worked out apart.

QuantLib has no bond that counts coupon periods for ACT/360 and ACT/365F as spreadsheets do,
and its coupon of a period from 31 January to 28 February has 28 days of 30-day months where
a note pays equal coupons: these are held to Microsoft's formulas, in fractions of periods.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import QuantLib as ql

from lexp_calc.regular_dates import add_months, month_end

FAR_FROM_MONTH_ENDS = 27  # a day of the month that no rule for their ends touches


def ql_date(day):
    return ql.Date(day.day, day.month, day.year)


def py_date(day):
    return date(day.year(), day.month(), day.dayOfMonth())


THIRTY_DAY_MONTHS = {
    "30/360 US": ql.Thirty360(ql.Thirty360.USA),
    "30E/360": ql.Thirty360(ql.Thirty360.European),
}
CONVENTIONS = (*THIRTY_DAY_MONTHS, "ACT/ACT ICMA")


def quantlib_counter(convention, schedule):
    if convention in THIRTY_DAY_MONTHS:
        return THIRTY_DAY_MONTHS[convention]
    return ql.ActualActual(ql.ActualActual.ISMA, schedule)


class QuantLibBond:
    """A bond of QuantLib on a schedule, priced as the street does."""

    def __init__(self, schedule, coupon, frequency, convention):
        self.dates = [py_date(day) for day in schedule]
        self.frequency = frequency
        self.day_count = quantlib_counter(convention, schedule)
        self.bond = ql.FixedRateBond(0, 100.0, schedule, [coupon], self.day_count)

    def coupons_left(self, settlement):
        return sum(day > settlement for day in self.dates)

    def rate(self, settlement, bond_yield):
        """Compounded with the coupons; simple interest where one is left."""
        compounding = ql.Compounded if self.coupons_left(settlement) > 1 else ql.Simple
        return ql.InterestRate(bond_yield, self.day_count, compounding, self.frequency)

    def clean_price(self, settlement, bond_yield, called_at=100):
        """Redeemed, or called on the last day, at a price for 100."""
        rate, when = self.rate(settlement, bond_yield), ql_date(settlement)
        price = ql.BondFunctions.cleanPrice(self.bond, rate, when)
        if called_at == 100:
            return price
        discount = rate.discountFactor(when, ql_date(self.dates[-1]))
        return price + (called_at - 100) * discount

    def accrued(self, settlement):
        return self.bond.accruedAmount(ql_date(settlement))

    def measures(self, settlement, bond_yield):
        """Macaulay and modified duration and convexity, compounded."""
        rate = ql.InterestRate(bond_yield, self.day_count, ql.Compounded, self.frequency)
        when = ql_date(settlement)
        return (
            ql.BondFunctions.duration(self.bond, rate, ql.Duration.Macaulay, when),
            ql.BondFunctions.duration(self.bond, rate, ql.Duration.Modified, when),
            ql.BondFunctions.convexity(self.bond, rate, when),
        )


def regular_schedule(maturity, frequency, periods):
    """So many coupon periods before maturity, on month ends where it is one."""
    months = 12 // frequency
    start = add_months(maturity, -months * periods)
    if maturity == month_end(maturity):
        start = month_end(start)
    return ql.Schedule(
        ql_date(start),
        ql_date(maturity),
        ql.Period(months, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        True,
    )


def odd_schedule(issue, maturity, frequency, first=None, last=None):
    """A schedule with an odd first coupon, or an odd last one."""
    return ql.Schedule(
        ql_date(issue),
        ql_date(maturity),
        ql.Period(12 // frequency, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward if last is None else ql.DateGeneration.Forward,
        False,
        ql_date(first) if first else ql.Date(),
        ql_date(last) if last else ql.Date(),
    )


# ------------------------------------------------------------------ Microsoft's formulas


def days_counted(convention, start, end):
    """Days on which interest runs: actual ones, or those of months of 30 days."""
    if convention in THIRTY_DAY_MONTHS:
        return THIRTY_DAY_MONTHS[convention].dayCount(ql_date(start), ql_date(end))
    return (end - start).days


@dataclass(frozen=True)
class CouponDates:
    """Coupon dates on both sides of one of them, and parts of the periods between."""

    anchor: date
    frequency: int
    convention: str

    def at(self, number):
        day = add_months(self.anchor, 12 // self.frequency * number)
        return month_end(day) if self.anchor == month_end(self.anchor) else day

    def before(self, day):
        """The number of the last coupon date on or before a day."""
        number = (day.year - self.anchor.year - 2) * self.frequency
        while self.at(number + 1) <= day:
            number += 1
        return number

    def length(self, number):
        """E of Microsoft's formulas for the period after a coupon date."""
        if self.convention in THIRTY_DAY_MONTHS or self.convention == "ACT/360":
            return Fraction(360, self.frequency)
        if self.convention == "ACT/365F":
            return Fraction(365, self.frequency)
        return Fraction((self.at(number + 1) - self.at(number)).days)

    def accrued(self, day):
        """A / E."""
        number = self.before(day)
        days = days_counted(self.convention, self.at(number), day)
        return days / self.length(number)

    def left(self, day):
        """DSC / E."""
        number = self.before(day)
        if self.convention in ("ACT/360", "ACT/365F"):
            return (self.at(number + 1) - day).days / self.length(number)
        return 1 - self.accrued(day)

    def days_part(self, start, end):
        """Days from one to another of one period over its length."""
        if self.convention in ("ACT/360", "ACT/365F"):
            return (end - start).days / self.length(self.before(start))
        return self.periods(start, end)

    def periods(self, start, end):
        """Notional periods from one day to a later one, period by period."""
        total = Fraction(0)
        for number in range(self.before(start), self.before(end) + 1):
            low, high = self.at(number), self.at(number + 1)
            until = Fraction(1) if end >= high else self.accrued(end)
            since = self.accrued(start) if start > low else Fraction(0)
            total += until - since
        return total


def worth(flows, bond_yield, frequency):
    """Amounts and their periods at a yield; one alone at simple interest."""
    if len(flows) == 1:
        ((amount, time),) = flows
        return float(amount) / (1 + float(time) * bond_yield / frequency)
    growth = 1 + bond_yield / frequency
    return sum(float(amount) * growth ** -float(time) for amount, time in flows)


def price_by_microsoft(settlement, maturity, coupon, bond_yield, frequency, convention):
    """PRICE as its help page gives it; None where more than the coupon has accrued."""
    dates = CouponDates(maturity, frequency, convention)
    count, left = -dates.before(settlement), dates.left(settlement)
    if left < 0:
        return None
    payment = 100 * Fraction(coupon) / frequency
    flows = [(payment, left + number) for number in range(count)]
    flows[-1] = (payment + 100, left + count - 1)
    return worth(flows, bond_yield, frequency) - float(payment * dates.accrued(settlement))


def odd_first_by_microsoft(settlement, maturity, issue, first, coupon, bond_yield, frequency, name):
    """ODDFPRICE: quasi-coupon periods back from the first coupon date, one by one.

    DCi / NLi, Ai / NLi and Nq + DSC / E of its help page.
    """
    dates = CouponDates(maturity, frequency, name)
    payment, last = 100 * Fraction(coupon) / frequency, dates.before(first)
    odd = accrued = left = Fraction(0)
    for number in range(dates.before(issue), last):
        low, high = dates.at(number), dates.at(number + 1)
        odd += 1 if issue < low else dates.days_part(issue, high)
        if settlement > low:
            accrued += dates.days_part(max(low, issue), min(high, settlement))
        if settlement < high:
            left += 1 if settlement < low else dates.days_part(settlement, high)
    flows = [(payment * odd, left)]
    flows += [(payment, left + number) for number in range(1, -last + 1)]
    flows[-1] = (flows[-1][0] + 100, left - last)
    return worth(flows, bond_yield, frequency) - float(payment * accrued)


def odd_last_by_microsoft(settlement, maturity, last, coupon, bond_yield, frequency, name):
    """ODDLPRICE, and the regular coupons before the last one."""
    dates = CouponDates(last, frequency, name)
    payment = 100 * Fraction(coupon) / frequency
    redemption = 100 + payment * dates.periods(last, maturity)
    to_the_end = dates.periods(settlement, maturity)
    if settlement >= last:
        flows, accrued = [(redemption, to_the_end)], dates.periods(last, settlement)
    else:
        count, left = -dates.before(settlement), dates.left(settlement)
        flows = [(payment, left + number) for number in range(count)]
        flows.append((redemption, to_the_end))
        accrued = dates.accrued(settlement)
    return worth(flows, bond_yield, frequency) - float(payment * accrued)


def day_after(chance, start, most):
    """A random day after a start."""
    return start + timedelta(days=chance.randrange(1, most))


def clamped(day):
    """The day, moved away from the month's end."""
    return day.replace(day=min(day.day, FAR_FROM_MONTH_ENDS))
