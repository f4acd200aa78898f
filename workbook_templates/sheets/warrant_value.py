"""Value of a warrant before it expires: Black and Scholes, step by step; diluted, by iteration."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from lexp_calc.deal import Deal
from lexp_calc.dilution import DilutedStep, diluted_step
from lexp_calc.option_values import Call, normal_distribution
from lexp_calc.ownership import shares_after_closing
from lexp_calc.warrant_retirement import retirements_under, warrants_left
from lexp_calc.warrant_values import DAYS_A_YEAR, warrant_value
from lexp_calc.warrants import EXPIRED, Warrants
from workbook_templates.addresses import Area, cell_name
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.terms import group_name
from workbook_templates.statement import LABEL, VALUE, Line, Statement
from workbook_templates.table import Column, Table

NOTE = 3
LAST_COLUMN = 8
LABEL_WIDTH, FIGURE_WIDTH = 56, 18
STEPS = 10  # Newton's steps reach the last digit in 8 at the most, however large the dilution
NEEDS_PRICE = "needs a share price"
NEEDS_VOLATILITY = "needs a volatility"
NEEDS_RATE = "needs a riskless rate"
COMPLETE, NO_TIME = "complete", "no time left"


def write(contents: Contents) -> None:
    """A sheet for each issue of warrants whose notes the workbook shows."""
    for part in contents.parts:
        for warrants in contents.deal.warrant.values():
            if warrants.tranche == part.tranche_id:
                _write_issue(contents, part, warrants)


def _write_issue(contents: Contents, part: Part, warrants: Warrants) -> None:
    title = contents.title("Warrant value", part)
    sheet = contents.sheet(title, "results", f"{warrants.name}: value of one")
    sheet.widths({LABEL: LABEL_WIDTH, **dict.fromkeys(range(VALUE, LAST_COLUMN + 1), FIGURE_WIDTH)})
    given = Given(part, warrants)
    lines = Statement(sheet, 4, part.name, NOTE)
    _heads(lines, "Inputs", "Figure", "Note")
    _inputs(lines, given)
    lines.row += 1
    _heads(lines, "After Black and Scholes", "Figure", "Working")
    _black_scholes(lines, given)
    row = lines.row - 1
    shares = shares_after_closing(contents.deal)
    if shares:
        lines.row += 1
        _heads(lines, "Diluted, after Galai and Schneller", "Figure", "Working")
        row = _diluted(lines, contents, given, shares)
    sheet.print_setup(Area(1, 1, row, LAST_COLUMN), pages_tall=1)
    sheet.freeze(4, 1)


def _heads(lines: Statement, *heads: str) -> None:
    """Column heads over the whole width."""
    for column in range(NOTE + 1, LAST_COLUMN + 1):
        lines.sheet.blank(lines.row, column, "column_head_text")
    lines.heads(*heads)


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


def _inputs(lines: Statement, given: Given) -> None:
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


def _black_scholes(lines: Statement, given: Given) -> None:
    """S N(d1) - K e^(-rT) N(d2), a line a step."""
    call, state = given.call, given.state
    price = float(given.price) if call else 0.0

    def when_complete(formula: str) -> str:
        return f'IF([state]="{COMPLETE}",{formula},[state])'

    def when_in_time(key: str, formula: str) -> str:
        return f"IF(COUNT([{key}])=0,[{key}],{formula})"

    def step(figure) -> float | str:
        """A figure that needs everything."""
        return figure() if call else state

    def timed(figure) -> float | str:
        """A figure that needs time too: none is left on the last day."""
        return step(lambda: figure() if call.deviation else NO_TIME)

    d1 = "([log]+[rate]*[years])/[deviation]+[deviation]/2"
    discounting = when_complete("[strike]*EXP(-[rate]*[years])")
    lines.write(
        Line(
            "strike_today",
            "Strike as of the day",
            "price",
            discounting,
            step(lambda: call.strike_today),
            "strike x e^(-rate x years)",
        ),
        Line(
            "certain",
            "Worth for certain: the share less that strike",
            "price",
            when_complete("MAX([price]-[strike_today],0)"),
            step(lambda: max(price - call.strike_today, 0.0)),
            "never less than 0; no warrant is worth less",
        ),
        Line(
            "log",
            "Logarithm of share price / strike",
            "factor",
            when_complete("LN([price]/[strike])"),
            step(lambda: log(price) - log(call.strike)),
        ),
        Line(
            "deviation",
            "Deviation to the last day",
            "factor",
            when_complete("[volatility]*SQRT([years])"),
            step(lambda: call.deviation),
            "volatility x square root of years",
        ),
        Line(
            "d1",
            "d1",
            "factor",
            when_in_time("deviation", f'IF([deviation]=0,"{NO_TIME}",{d1})'),
            timed(lambda: call.d1(price)),
            "(logarithm + rate x years) / deviation + deviation / 2",
        ),
        Line(
            "d2",
            "d2",
            "factor",
            when_in_time("d1", "[d1]-[deviation]"),
            timed(lambda: call.d1(price) - call.deviation),
            "d1 - deviation",
        ),
        Line(
            "n1",
            "N(d1)",
            "factor",
            when_in_time("d1", "NORMSDIST([d1])"),
            timed(lambda: call.delta(price)),
            "the part of a normal distribution below d1: shares that hedge one warrant",
        ),
        Line(
            "n2",
            "N(d2)",
            "factor",
            when_in_time("d2", "NORMSDIST([d2])"),
            timed(lambda: normal_distribution(call.d1(price) - call.deviation)),
            "the chance, without risk premium, that the share ends above the strike",
        ),
        Line(
            "value",
            "Value of a warrant",
            "price_total",
            "IF(COUNT([n2])=0,[certain],MAX([price]*[n1]-[strike_today]*[n2],[certain]))",
            given.value(),
            f"{given.part.currency.code}: share price x N(d1) - strike as of the day x N(d2)",
        ),
    )
    _whole_line(lines, "value")
    lines.define("warrants_value_of_one", "value")


def _whole_line(lines: Statement, key: str) -> None:
    for column in range(NOTE + 1, LAST_COLUMN + 1):
        lines.sheet.blank(lines.rows[key], column, "label_total")


def _diluted(lines: Statement, contents: Contents, given: Given, shares: int) -> int:
    """New shares dilute what they are worth: W = N / (N + M) x C(S + W x M / N), by steps."""
    counts = (given.left, shares)
    kept, each = shares / (shares + given.left), given.left / shares
    lines.write(
        Line(
            "shares",
            "N: shares outstanding after the closing",
            "count",
            _shares_formula(contents),
            shares,
            "before any exercise",
        ),
        Line(
            "left",
            "M: warrants of this issue not retired",
            "count",
            "{warrants_outstanding}",
            given.left,
            "one share a warrant; other issues are not counted",
        ),
        Line("kept", "N / (N + M)", "factor", "[shares]/([shares]+[left])", kept),
        Line("each", "M / N", "factor", "[left]/[shares]", each),
    )
    lines.row += 1
    steps = tuple(_steps(given, *counts))
    table = Table(lines.sheet, _step_columns(lines), lines.row, LABEL, lines.name).write(steps)
    lines.sheet.heights({lines.row: 30})
    lines.row = table.last_row + 1
    last = cell_name(table.last_row, table.position["following"])
    lines.write(
        Line(
            "diluted",
            "Diluted value of a warrant",
            "price_total",
            f'IF([state]="{COMPLETE}",{last},[state])',
            given.value(*counts),
            f"{given.part.currency.code}: the last step; the volatility is then that of shares "
            "and warrants together",
        )
    )
    _whole_line(lines, "diluted")
    lines.define("warrants_diluted_value", "diluted")
    return lines.row - 1


def _shares_formula(contents: Contents) -> str | None:
    """The terms that say how many shares there are; none in a lender's workbook."""
    return "+".join(shares_terms(contents.deal)) if contents.tranche_id is None else None


def shares_terms(deal: Deal) -> list[str]:
    """The names of the shares before the deal and of those issued for interest."""
    stocks = deal.stock_for_interest
    existing = "shares_outstanding"
    if deal.shares_outstanding is None:
        first = next(key for key, each in stocks.items() if each.shares_before is not None)
        existing = group_name(deal, "stock_for_interest", first, "shares_before")
    return [existing, *(group_name(deal, "stock_for_interest", key, "shares") for key in stocks)]


@dataclass(frozen=True)
class _Step:
    """A row of the iteration, zeros where an input is lacking."""

    number: int
    step: DilutedStep
    d1: float
    n2: float


def _steps(given: Given, warrants: int, shares: int) -> Iterator[_Step]:
    call, value = given.call, 0.0
    for number in range(1, STEPS + 1):
        if call is None:
            yield _Step(number, DilutedStep(0.0, 0.0, 0.0, 0.0, 0.0), 0.0, 0.0)
            continue
        step = diluted_step(call, float(given.price), warrants, shares, value)
        d1 = call.d1(step.backed) if call.deviation else 0.0
        n2 = normal_distribution(d1 - call.deviation) if call.deviation else step.delta
        yield _Step(number, step, d1, n2)
        value = step.following


def _step_columns(lines: Statement) -> tuple[Column, ...]:
    """Newton's steps: each row takes the value of the one above."""

    def at(key: str) -> str:
        return cell_name(lines.rows[key], VALUE, absolute=True)

    price, strike, today = at("price"), at("strike"), at("strike_today")
    deviation, kept, each = at("deviation"), at("kept"), at("each")
    d1 = f"LN([backed]/{strike})/{deviation}+{at('rate')}*{at('years')}/{deviation}+{deviation}/2"
    # On the last day all or nothing of the share is in the value, half at the strike.
    last_day = f"SIGN([backed]-{strike})/2+1/2"
    figures = (
        ("value", "W", "factor", "[following@]", lambda row: row.step.value),
        (
            "backed",
            "Share price + W x M / N",
            "factor",
            f'IF({at("state")}="{COMPLETE}",{price}+[value]*{each},0)',
            lambda row: row.step.backed,
        ),
        ("d1", "d1", "factor", f"IF([backed]=0,0,IF({deviation}=0,0,{d1}))", lambda row: row.d1),
        (
            "n1",
            "N(d1)",
            "factor",
            f"IF([backed]=0,0,IF({deviation}=0,{last_day},NORMSDIST([d1])))",
            lambda row: row.step.delta,
        ),
        (
            "n2",
            "N(d2)",
            "factor",
            f"IF([backed]=0,0,IF({deviation}=0,[n1],NORMSDIST([d1]-{deviation})))",
            lambda row: row.n2,
        ),
        (
            "undiluted",
            "C: value without dilution",
            "factor",
            f"IF([backed]=0,0,MAX([backed]*[n1]-{today}*[n2],[backed]-{today},0))",
            lambda row: row.step.undiluted,
        ),
        (
            "following",
            "Next W",
            "factor",
            f"[value]+({kept}*[undiluted]-[value])/(1-{kept}*{each}*[n1])",
            lambda row: row.step.following,
        ),
    )
    return (
        Column("number", "Step", "year", None, lambda row: row.number, LABEL_WIDTH),
        *(
            Column(key, head, style, formula, value, FIGURE_WIDTH, "" if key == "value" else None)
            for key, head, style, formula, value in figures
        ),
    )
