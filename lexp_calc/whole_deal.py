"""What a spreadsheet asks of a whole deal: schedules, balances, debt service, terms, facts."""

from datetime import date as Date
from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.cash_flows import Schedule
from lexp_calc.deal import Deal, Projection
from lexp_calc.deal_cache import (
    DealName,
    ScenarioName,
    deal_named,
    projection_of,
    worked_out_of,
)
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.facts import Fact, facts_of
from lexp_calc.loan_schedules import as_table
from lexp_calc.spelling import nearest
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.term_list import listed_terms


def _schedule(deal: str, tranche: str, scenario: str | None) -> Schedule:
    deal_named(deal).tranche_named(tranche)
    return projection_of(deal, scenario)[tranche]


@spreadsheet_function
def schedule(
    deal: DealName, tranche: kinds.Text, scenario: ScenarioName | None = None
) -> kinds.TableResult:
    """The schedule of one tranche of a deal: a row a payment, in the columns of every schedule.

    Amounts in currency units, rates decimals; the first row is the closing. `scenario` is one
    of the deal's; its default one if left out.
    """
    return as_table(_schedule(deal, tranche, scenario))


@spreadsheet_function
def balance(
    deal: DealName,
    tranche: kinds.Text,
    date: kinds.Day,
    scenario: ScenarioName | None = None,
) -> kinds.Money:
    """What is owed on a tranche at the end of a day, after what that day pays; 0 after the last.

    A day before the closing is refused.
    """
    found = _schedule(deal, tranche, scenario)
    closing = found.rows[0].payment_date
    if date < closing:
        expected = f"a date from the closing on {closing} would be right"
        raise OutOfRange("date", f"found {date}", expected)
    return found.currency.amount(found.balance(date))


@spreadsheet_function
def debt_service(
    deal: DealName,
    tranche: kinds.Text,
    from_date: kinds.Day,
    to_date: kinds.Day,
    scenario: ScenarioName | None = None,
) -> kinds.Money:
    """Interest, principal and fees paid on a tranche from one day to another, both included."""
    if to_date < from_date:
        expected = f"a date from {from_date} would be right"
        raise OutOfRange("to_date", f"found {to_date}", expected)
    found = _schedule(deal, tranche, scenario)
    return found.currency.amount(found.debt_service(from_date, to_date))


@spreadsheet_function
def terms(deal: DealName, tranche: kinds.Text) -> kinds.TableResult:
    """Every term of a tranche: its value, unit, and the sentence that states it.

    Where no document states a term, `source` is "assumption" and `says` why it was taken.
    Rates are decimals; amounts currency units.
    """
    known = deal_named(deal)
    rows = []
    for term in listed_terms(known.tranche_named(tranche)):
        source, says = "assumption", term.assumption
        if term.source:
            source, says = _paragraph(known, term.source), known.passage[term.source].shown
        rows.append((term.path, _cell(term.value), term.unit, source, says))
    return Table(("term", "value", "unit", "source", "says"), tuple(rows))


def _paragraph(deal: Deal, passage_id: str) -> str:
    passage = deal.passage[passage_id]
    return f"{deal.document[passage.document].title}, paragraph {passage.paragraph}"


def _cell(value: object) -> object:
    """A term's value as a cell: numbers, dates and yes or no as they are, all else as text."""
    return value if isinstance(value, (bool, int, Decimal, Date)) else str(value)


@spreadsheet_function
def fact(deal: DealName, fact: kinds.Text, scenario: ScenarioName | None = None) -> kinds.AnyResult:
    """One derived figure of a deal by its id, as `lexp facts --format json` lists them.

    An amount in currency units, a rate as a decimal, a number, a date or a text.
    """
    found = worked_out_of(deal, scenario, _facts_by_id)
    if fact not in found:
        expected = "an id of `lexp facts --format json` would be right"
        raise NotThere("fact", f'found "{fact}"', f"{expected}{nearest(fact, found)}")
    return found[fact].value


@spreadsheet_function
def facts(
    deal: DealName, starting_with: kinds.Text | None = None, scenario: ScenarioName | None = None
) -> kinds.TableResult:
    """Every derived figure of a deal: how it was derived, what the source prints, the difference.

    `starting_with` keeps the figures whose id starts so. `difference` is printed less value;
    `source` the id of a passage, or "assumption".
    """
    found = worked_out_of(deal, scenario, _facts_by_id)
    kept = [each for each in found.values() if each.id.startswith(starting_with or "")]
    if not kept:
        expected = "the start of an id, such as one of `lexp facts --format json`, would be right"
        raise NotThere("starting_with", f'found "{starting_with}"', expected)
    headings = ("id", "figure", "value", "unit", "derivation", "printed", "difference", "source")
    return Table(headings, tuple(map(_fact_row, kept)))


def _facts_by_id(projection: Projection) -> dict[str, Fact]:
    return {each.id: each for each in facts_of(projection)}


def _fact_row(each: Fact) -> tuple:
    return (
        each.id,
        f"{each.group}: {each.figure}",
        each.value,
        each.unit,
        each.derivation,
        each.printed,
        each.difference,
        each.source,
    )
