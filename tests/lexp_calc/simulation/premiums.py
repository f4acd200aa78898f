"""Call protection: what a prepayment pays on top of par.

The make-whole's price is Excel's PRICE on 30/360 US, in 60 digits; QuantLib's bond is
beside it in the tests. As PRICE does, coupons are counted back from the day of redemption,
at month ends where it is one.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

from tests.lexp_calc.simulation.amounts import ByDate, per_cent, rounded
from tests.lexp_calc.simulation.dates import FREQUENCIES, Dates
from tests.lexp_calc.simulation.day_counts import thirty


def decimal(fraction):
    """A fraction in the digits of the moment."""
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def price(day, until, coupon, market_yield, redemption, frequency):
    """Clean price per 100 on `day` of a bond redeemed on `until`, a regular date."""
    every = next(name for name, (_, a_year) in FREQUENCIES.items() if a_year == frequency)
    terms = {"frequency": every, "first_payment": until, "end_of_month": True}
    dates = Dates(terms, None, day, until)
    previous, following = dates.notional_period(day)
    accrued = thirty(previous, day)
    year_part = Fraction(360, frequency)
    rest = (year_part - accrued) / year_part
    count = 1
    while following < until:
        following = dates.notional_period(following)[1]
        count += 1
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

    def __init__(self, terms, coupon, frequency, scenario):
        self.terms, self.coupon, self.frequency = terms or {}, coupon, frequency
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
