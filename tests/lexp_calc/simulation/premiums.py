"""Call protection: what a prepayment pays on top of par.

The make-whole's price is Excel's PRICE on 30/360 US, in 60 digits; QuantLib's bond is
beside it in the tests.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

import QuantLib as ql

from tests.lexp_calc.simulation.amounts import ByDate, per_cent, rounded
from tests.lexp_calc.simulation.dates import py_date, ql_date
from tests.lexp_calc.simulation.day_counts import thirty


def decimal(fraction):
    """A fraction in the digits of the moment."""
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def coupon_date(until, frequency, number):
    """The coupon so many before the last, as PRICE has them: month ends, if the last is one."""
    moved = ql_date(until) - ql.Period(number * 12 // frequency, ql.Months)
    ends_months = ql.Date.isEndOfMonth(ql_date(until))
    return py_date(ql.Date.endOfMonth(moved) if ends_months else moved)


def price(day, until, coupon, market_yield, redemption, frequency):
    """Clean price per 100 on `day` of a bond redeemed on `until`, a coupon date."""
    count = 1
    while coupon_date(until, frequency, count) > day:
        count += 1
    accrued = thirty(coupon_date(until, frequency, count), day)
    year_part = Fraction(360, frequency)
    rest = (year_part - accrued) / year_part
    with localcontext() as context:
        context.prec = 60
        payment = decimal(100 * coupon / frequency)
        per_period = decimal(market_yield / frequency)
        redemption = decimal(Fraction(redemption))
        paid_for_accrued = payment * decimal(accrued / year_part)
        if count == 1:
            return (payment + redemption) / (1 + per_period * decimal(rest)) - paid_for_accrued
        discount = 1 + per_period
        total = redemption / discount ** decimal(count - 1 + rest)
        for number in range(count):
            total += payment / discount ** decimal(number + rest)
        return total - paid_for_accrued


class CallProtection:
    """The premium on what is prepaid of free will."""

    def __init__(self, terms, coupon, dates, scenario):
        self.terms, self.coupon = terms or {}, coupon
        self.frequency = dates.payments_a_year
        self.treasury = ByDate(scenario.get("treasury_yield"), per_cent)

    def step(self, day):
        """The premium by steps: the first whose day has not come."""
        for step in self.terms.get("steps", []):
            if day < step["until"]:
                return per_cent(step["premium"])
        return Fraction(0)

    def premium(self, day, amount):
        """What is paid on top of an amount prepaid on a day."""
        make_whole = self.terms.get("make_whole")
        if not amount or not make_whole or day >= make_whole["until"]:
            return rounded(self.step(day) * amount)
        until = make_whole["until"]
        market_yield = self.treasury.on(day) + per_cent(make_whole["spread"])
        redemption = 100 + 100 * self.step(until)
        coupon = per_cent(self.coupon["rate"])
        found = price(day, until, coupon, market_yield, redemption, self.frequency)
        return rounded(max(Fraction(found) / 100 - 1, Fraction(0)) * amount)
