"""Calls as QuantLib values them: an oracle for values, greeks and windows of exercise."""

import math
from dataclasses import dataclass
from datetime import timedelta

import QuantLib as ql

TODAY = ql.Date(1, 1, 2005)
DAY_COUNT = ql.Actual365Fixed()


@dataclass(frozen=True)
class Case:
    """One call: days from the valuation day, decimals a year."""

    share_price: float
    strike: float
    days: int
    volatility: float
    rate: float
    dividend_yield: float = 0.0
    opens: int = 0  # days to the first exercise

    @property
    def years(self):
        return self.days / 365

    def dates(self, as_of):
        """First day of exercise, expiry and valuation day, for a valuation on a date."""
        days = self.opens, self.days, 0
        return tuple(as_of + timedelta(each) for each in days)


class Market:
    """A share, a rate, a yield and a volatility that a case can set."""

    def __init__(self):
        ql.Settings.instance().evaluationDate = TODAY
        self.quotes = [ql.SimpleQuote(0.1) for _ in range(4)]
        spot, rate, dividend_yield, volatility = map(ql.QuoteHandle, self.quotes)
        self.process = ql.BlackScholesMertonProcess(
            spot,
            ql.YieldTermStructureHandle(ql.FlatForward(TODAY, dividend_yield, DAY_COUNT)),
            ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, DAY_COUNT)),
            ql.BlackVolTermStructureHandle(
                ql.BlackConstantVol(TODAY, ql.NullCalendar(), volatility, DAY_COUNT)
            ),
        )
        self.closed = ql.AnalyticEuropeanEngine(self.process)
        accurate = ql.QdFpAmericanEngine.accurateScheme()
        self.american = ql.QdFpAmericanEngine(self.process, accurate)

    def set(self, case):
        values = case.share_price, case.rate, case.dividend_yield, case.volatility
        for quote, value in zip(self.quotes, values, strict=True):
            quote.setValue(value)

    def option(self, case, exercise, engine):
        self.set(case)
        option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Call, case.strike), exercise)
        option.setPricingEngine(engine)
        return option

    def european(self, case):
        return self.option(case, ql.EuropeanExercise(TODAY + case.days), self.closed)

    def on_any_day(self, case):
        """Exercise from today on, by QuantLib's integral equation for the boundary."""
        exercise = ql.AmericanExercise(TODAY, TODAY + case.days)
        return self.option(case, exercise, self.american).NPV()

    def in_window(self, case):
        """Exercise from a later day on: the mean of what it is then worth, by the same engine.

        Taken as a part of the share price and under the measure of the share, so that no
        far price counts for much.
        """
        exercise = ql.AmericanExercise(TODAY, TODAY + case.days - case.opens)
        then = self.option(case, exercise, self.american)
        years = case.opens / 365
        deviation = case.volatility * math.sqrt(years)
        drift = (case.rate - case.dividend_yield) * years + deviation**2 / 2
        step, total = 0.1, 0.0
        for place in range(-65, 66):
            z = step * place
            price = case.share_price * math.exp(drift + deviation * z)
            self.quotes[0].setValue(price)
            total += math.exp(-z * z / 2) * then.NPV() / price
        mean = total * step / math.sqrt(2 * math.pi)
        return mean * case.share_price * math.exp(-case.dividend_yield * years)

    def on_lattice(self, case, steps):
        """QuantLib's own lattice (Leisen and Reimer) with the window."""
        exercise = ql.AmericanExercise(TODAY + case.opens, TODAY + case.days)
        engine = ql.BinomialVanillaEngine(self.process, "lr", steps)
        return self.option(case, exercise, engine).NPV()
