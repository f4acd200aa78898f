"""Value of a warrant before it expires: Black and Scholes, step by step."""

from math import log

from lexp_calc.option_values import normal_distribution
from lexp_calc.ownership import shares_after_closing
from lexp_calc.warrants import Warrants
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.warrant_dilution import DILUTED, write_diluted
from workbook_templates.sheets.warrant_inputs import (
    COMPLETE,
    FIGURE_WIDTH,
    LABEL_WIDTH,
    Given,
    write_inputs,
)
from workbook_templates.statement import LABEL, VALUE, Line, Statement

NOTE = 3
LAST_COLUMN = 8
NO_TIME = "no time left"


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
    write_inputs(lines, given)
    lines.row += 1
    _heads(lines, "After Black and Scholes", "Figure", "Working")
    _black_scholes(lines, given)
    row = lines.row - 1
    shares = shares_after_closing(contents.deal)
    if shares:
        lines.row += 1
        _heads(lines, "Diluted, after Galai and Schneller", "Figure", "Working")
        write_diluted(lines, contents, given, shares)
        _whole_line(lines, DILUTED)
        row = lines.row - 1
    sheet.print_setup(Area(1, 1, row, LAST_COLUMN), pages_tall=1)
    sheet.freeze(4, 1)


def _heads(lines: Statement, *heads: str) -> None:
    """Column heads over the whole width."""
    for column in range(NOTE + 1, LAST_COLUMN + 1):
        lines.sheet.blank(lines.row, column, "column_head_text")
    lines.heads(*heads)


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
