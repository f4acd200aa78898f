"""Value of a warrant when its new shares dilute what they are worth: Newton's steps, a row each."""

from collections.abc import Iterator
from dataclasses import dataclass

from lexp_calc.deal import Deal
from lexp_calc.dilution import DilutedStep, diluted_step
from lexp_calc.option_values import normal_distribution
from workbook_templates.addresses import cell_name
from workbook_templates.contents import Contents
from workbook_templates.sheets.terms import group_name
from workbook_templates.sheets.warrant_inputs import COMPLETE, FIGURE_WIDTH, LABEL_WIDTH, Given
from workbook_templates.statement import LABEL, VALUE, Line, Statement
from workbook_templates.table import Column, Table

STEPS = 10  # Newton's steps reach the last digit in 8 at the most, however large the dilution
HEAD_HEIGHT = 30
DILUTED = "diluted"


def write_diluted(lines: Statement, contents: Contents, given: Given, shares: int) -> None:
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
    lines.sheet.heights({lines.row: HEAD_HEIGHT})
    lines.row = table.last_row + 1
    last = cell_name(table.last_row, table.position["following"])
    lines.write(
        Line(
            DILUTED,
            "Diluted value of a warrant",
            "price_total",
            f'IF([state]="{COMPLETE}",{last},[state])',
            given.value(*counts),
            f"{given.part.currency.code}: the last step; the volatility is then that of shares "
            "and warrants together",
        )
    )
    lines.define("warrants_diluted_value", DILUTED)


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
