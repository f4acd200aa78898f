"""The coupon, day by day: which index is read when, and what it comes to.

Lookbacks as ARRC's conventions have them: daily, a day on which banks are closed bears the
rate of the business day before it; for a period, business days are counted back from its
first day, whatever that is. A fallback takes the index's place for the settings made from
its date on.
"""

from fractions import Fraction

from tests.lexp_calc.simulation.amounts import ByDate, Refused, per_cent, rounded
from tests.lexp_calc.simulation.dates import ONE_DAY

COMPOUNDED = "compounded in arrears"
FIVE_DECIMALS_OF_A_PER_CENT = 10**7


def held(value, floor, cap):
    """A rate between its floor and its cap, where they are given."""
    if floor is not None:
        value = max(value, per_cent(floor))
    if cap is not None:
        value = min(value, per_cent(cap))
    return value


class Coupon:
    """The rate of one tranche under one scenario."""

    def __init__(self, tranche_id, terms, scenario, calendar):
        self.terms, self.calendar = terms, calendar
        self.is_fixed = terms["type"] == "fixed"
        self.elections = ByDate(scenario.get("elect", {}).get(tranche_id), str, before=None)
        self.paths = {
            name: ByDate(path, per_cent) for name, path in scenario.get("index", {}).items()
        }
        leverage = scenario.get("leverage", {}).get(tranche_id)
        self.leverage = ByDate(leverage, lambda each: Fraction(str(each)), before=None)
        self.default = ByDate(scenario.get("default", {}).get(tranche_id), bool, before=False)
        self.compounded = {}  # (index, start): products up to each business day
        # (start, day): (compounded rate + margin) x part of a year, and that part.
        self.reached = {}

    def option(self, start):
        """The option that holds for the period that begins on `start`."""
        elected = self.elections.on(start)
        for option in self.terms["options"]:
            if elected is None or option["index"] == elected:
                return option
        raise AssertionError(elected)

    def fixing(self, name, day):
        """The index as published for a day."""
        return self.paths[name].on(day)

    def shown_index(self, start, end):
        """The index that a schedule shows: as published, or what compounding comes to."""
        if self.is_fixed:
            return Fraction(0)
        option = self.option(start)
        if option["reset"] != COMPOUNDED:
            return self.read_index(option, start, start)
        if start == end:  # two payments on one day
            return self.limited_index(option, start, start)
        return self.compounded_index(option, start, end)

    def read_index(self, option, start, day):
        """The index as it is read for one day."""
        lookback = option.get("lookback", 0)
        if option["reset"] == "per period":
            read_on = self.calendar.business_days_before(start, lookback)
        else:
            by_business_days = lookback or option["reset"] == COMPOUNDED
            read_on = self.calendar.last_open(day) if by_business_days else day
            read_on = self.calendar.business_days_before(read_on, lookback)
        name, adjustment = option["index"], Fraction(0)
        fallback = option.get("fallback")
        if fallback and read_on >= fallback["from"]:
            name, adjustment = fallback["index"], per_cent(fallback["spread_adjustment"])
        return self.fixing(name, read_on) + adjustment

    def limited_index(self, option, start, day):
        """The index of a day between its floor and its cap."""
        index = self.read_index(option, start, day)
        return held(index, option.get("floor"), option.get("cap"))

    def margin(self, start, day):
        """The margin of a day: steps by date or levels of leverage; fixed for the period or not."""
        option = self.option(start)
        on = day if option["reset"] == "daily" else start
        margin = per_cent(option["margin"])
        for step in option.get("margin_steps", []):
            if step["from"] <= on:
                margin = per_cent(step["margin"])
        leverage = self.leverage.on(on)
        if option.get("margin_grid") and leverage is not None:
            for level in option["margin_grid"]:
                is_in = "up_to" not in level or leverage <= Fraction(str(level["up_to"]))
                if is_in and ("below" not in level or leverage < Fraction(str(level["below"]))):
                    return per_cent(level["margin"])
        return margin

    def all_in(self, start, day):
        """Index and margin between floor and cap, and the default margin on top."""
        if self.is_fixed:
            return per_cent(self.terms["rate"]) + self.default_margin(day)
        rate = self.limited_index(self.option(start), start, day) + self.margin(start, day)
        return self.limited(rate) + self.default_margin(day)

    def limited(self, rate):
        """The all-in rate between its floor and its cap; not below zero, unless a floor is."""
        rate = held(rate, self.terms.get("floor"), self.terms.get("cap"))
        if rate < 0 and "floor" not in self.terms:
            raise Refused(f"an all-in rate of {rate}")
        return rate

    def default_margin(self, day):
        """What a day in default adds."""
        on_top = self.terms.get("default_margin")
        return per_cent(on_top) if on_top and self.default.on(day) else Fraction(0)

    def of_the_night(self, start, day, part):
        """rate x part of a year that the night after `day` adds to the period from `start`."""
        if self.is_fixed or self.option(start)["reset"] != COMPOUNDED:
            return self.all_in(start, day) * part
        so_far, elapsed = self.reached.pop((start, day), (Fraction(0), Fraction(0)))
        elapsed += part
        index = self.compounded_index(self.option(start), start, day + ONE_DAY)
        reached = self.limited(index + self.margin(start, start)) * elapsed
        self.reached[start, day + ONE_DAY] = reached, elapsed
        return reached - so_far + self.default_margin(day) * part

    def compounded_index(self, option, start, end):
        """The rate that daily compounding from `start` to `end` comes to, rounded.

        Each business day's rate counts for the calendar days until the next one. The rate is
        that of `lookback` business days before, the weights stay (no observation shift).
        """
        if end == start:
            return Fraction(0)
        products = self.compounded.setdefault((option["index"], start), [(start, Fraction(1))])
        while True:
            day, product = products[-1]
            following = self.calendar.step(day, 1)
            if following >= end:
                break
            factor = self.factor(option, day, following)
            products.append((following, product * factor))
        day, product = next(each for each in reversed(products) if each[0] < end)
        total = product * self.factor(option, day, end)
        rate = (total - 1) * 360 / (end - start).days
        return Fraction(rounded(rate * FIVE_DECIMALS_OF_A_PER_CENT), FIVE_DECIMALS_OF_A_PER_CENT)

    def factor(self, option, day, end):
        """What one business day's rate grows to by the next, or by the end."""
        return 1 + self.limited_index(option, day, day) * Fraction((end - day).days, 360)
