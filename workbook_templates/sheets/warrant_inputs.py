"""What a warrant is valued with: the inputs that the reader types, and what of them is lacking."""

from lexp_calc.option_values import Call
from lexp_calc.warrant_retirement import retirements_under, warrants_left
from lexp_calc.warrant_values import DAYS_A_YEAR, warrant_value
from lexp_calc.warrants import EXPIRED, Warrants
from workbook_templates.part import Part
from workbook_templates.statement import Line, Statement

NEEDS_PRICE = "needs a share price"
NEEDS_VOLATILITY = "needs a volatility"
NEEDS_RATE = "needs a riskless rate"
COMPLETE = "complete"
LABEL_WIDTH, FIGURE_WIDTH = 56, 18  # of the columns of all sheets on warrants


class Given:
    """What an issue of warrants is valued with on the as-of date; words for what is lacking."""

    def __init__(self, part: Part, warrants: Warrants):
        scenario = part.projection.scenario
        self.part = part
        self.warrants = warrants
        self.day = part.projection.as_of
        self.price = _known(scenario.share_price, NEEDS_PRICE)
        self.volatility = _known(scenario.volatility, NEEDS_VOLATILITY)
        self.rate = _known(scenario.riskless_rate, NEEDS_RATE)
        retired = retirements_under(warrants, part.schedule)
        self.left = warrants_left(warrants, retired, self.day)

    @property
    def years(self) -> float | str:
        """From the day to the last day of exercise."""
        days = (self.warrants.expires - self.day).days
        return days / DAYS_A_YEAR if days >= 0 else EXPIRED

    @property
    def state(self) -> str:
        """Complete, or in words what is lacking."""
        given = (self.years, self.price, self.volatility, self.rate)
        return next((each for each in given if isinstance(each, str)), COMPLETE)

    @property
    def call(self) -> Call | None:
        """The right to buy one share; None where anything is lacking."""
        if self.state != COMPLETE:
            return None
        strike, volatility, rate = map(float, (self.warrants.strike, self.volatility, self.rate))
        return Call(strike, self.years, volatility, rate)

    def value(self, *counts: int) -> float | str:
        """A warrant's value by the core, diluted where both counts are given."""
        if self.call is None:
            return self.state
        window = (self.warrants.expires, self.day)
        inputs = (float(self.price), self.call.strike, *window, self.call.volatility)
        return warrant_value(*inputs, self.call.rate, *counts)


def _known(value, words: str):
    return words if value is None else value


def write_inputs(lines: Statement, given: Given) -> None:
    """What is typed in, and whether all of it is there."""
    currency = given.part.currency.code
    volatility = f'IF(COUNT(share_volatility)=0,"{NEEDS_VOLATILITY}",share_volatility)'
    lacking = f'IF(COUNT([volatility])=0,[volatility],IF(COUNT([rate])=0,[rate],"{COMPLETE}"))'
    both = next((each for each in (given.volatility, given.rate) if isinstance(each, str)), None)
    lines.write(
        Line("day", "As-of date", "date", "as_of", given.day, "an input"),
        Line(
            "price",
            "Share price",
            "price",
            f'IF(COUNT(share_price)=0,"{NEEDS_PRICE}",share_price)',
            given.price,
            f"{currency} a share, an input",
        ),
        Line(
            "volatility", "Volatility", "rate", volatility, given.volatility, "a year, an input"
        ),
        Line(
            "rate",
            "Riskless rate",
            "rate",
            f'IF(COUNT(riskless_rate)=0,"{NEEDS_RATE}",riskless_rate)',
            given.rate,
            "a year, compounded continuously, an input",
        ),
        Line("both", "Volatility and rate", "count", lacking, both or COMPLETE),
        Line(
            "strike", "Strike", "price", "{warrant_strike}", given.warrants.strike,
            f"{currency} a share",
        ),
        Line("to", "Last day of exercise", "date", "{warrant_expires}", given.warrants.expires),
        Line("basis", "Days in a year", "count", None, DAYS_A_YEAR, "ACT/365F"),
        Line(
            "years",
            "Years to the last day of exercise",
            "factor",
            f'IF([day]>[to],"{EXPIRED}",([to]-[day])/[basis])',
            given.years,
        ),
        Line(
            "state",
            "All that the value needs",
            "count",
            "IF(COUNT([years])=0,[years],IF(COUNT([price])=0,[price],[both]))",
            given.state,
        ),
    )  # fmt: skip
