"""Tables of a whole deal: its capital, its maturity wall, its sources and uses.

Amounts are currency units, dates those on which is paid; what the documents do not state is
an empty cell, never zero.
"""

from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.capital_structure import CapitalRow, capital_structure
from lexp_calc.deal_cache import DealName, projection_of
from lexp_calc.errors import OutOfRange
from lexp_calc.maturity_wall import maturity_wall_by_year
from lexp_calc.money import Currency
from lexp_calc.sources_and_uses import sources_and_uses_of
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

TOTAL = "total"


def _amount(money: Currency, minor_units: int | None) -> Decimal | None:
    return None if minor_units is None else money.amount(minor_units)


@spreadsheet_function
def cap_table(deal: DealName, date: kinds.Day | None = None) -> kinds.TableResult:
    """The capital of a deal before and after its closing, and what of it is left on a date.

    The deal's tranches with ranking, lien and their total, the debt that they replaced, then
    shares and warrants as counts. With `date`, a column more: what is owed on each tranche at
    the end of that day, under the deal's default scenario. Empty = the documents do not say.
    """
    projection = projection_of(deal)
    closing = projection.deal.closing_date
    if date is not None and date < closing:
        expected = f"a date from the closing on {closing} would be right"
        raise OutOfRange("date", f"found {date}", expected)
    money = projection.deal.money
    capital = capital_structure(projection)
    count = len(projection.deal.tranche)
    rows = [_row(each, money) for each in capital.debt]
    after = sum(row[-1] for row in rows[:count])
    rows.insert(count, ("total of the tranches", None, None, None, after))
    rows += [(each.instrument, None, None, each.before, each.after) for each in capital.shares]
    headings = ("instrument", "ranking", "lien", "before", "after")
    if date is None:
        return Table(headings, tuple(rows))
    owed = [money.amount(schedule.balance(date)) for schedule in projection.schedules.values()]
    on_date = [*owed, sum(owed)] + [None] * (len(rows) - count - 1)
    rows = [(*row, balance) for row, balance in zip(rows, on_date, strict=True)]
    return Table((*headings, f"on {date}"), tuple(rows))


def _row(row: CapitalRow, money: Currency) -> tuple:
    before, after = _amount(money, row.before), _amount(money, row.after)
    return (row.instrument, row.ranking, row.lien, before, after)


@spreadsheet_function
def maturity_wall(deal: DealName) -> kinds.TableResult:
    """Principal that falls due, by calendar year and tranche, with totals.

    By the day paid, under the deal's default scenario: instalments, prepayments and what is
    due at maturity.
    """
    projection = projection_of(deal)
    money, tranches = projection.deal.money, tuple(projection.deal.tranche)
    due = {(each.year, each.tranche_id): each.total for each in maturity_wall_by_year(projection)}
    years = sorted({year for year, _ in due})
    table = [[due.get((year, each), 0) for each in tranches] for year in years]
    lines = zip((*years, TOTAL), (*table, _totals(table, len(tranches))), strict=True)
    rows = tuple(
        (label, *map(money.amount, amounts), money.amount(sum(amounts))) for label, amounts in lines
    )
    return Table(("year", *tranches, TOTAL), rows)


def _totals(table: list[list[int]], count: int) -> list[int]:
    return [sum(row[number] for row in table) for number in range(count)]


@spreadsheet_function
def sources_and_uses(deal: DealName) -> kinds.TableResult:
    """The cash of the closing, sources equal to uses, and the exchanges that moved none.

    `basis` says whether a line is stated in the documents, derived or a scenario's input;
    `units` counts shares and warrants issued. Of an exchange: what was given up and what was
    received for it, where the documents say.
    """
    projection = projection_of(deal)
    money = projection.deal.money
    found = sources_and_uses_of(projection)
    rows = []
    for side, lines in (("source", found.sources), ("use", found.uses)):
        rows += [(side, each.name, money.amount(each.amount), None, each.basis) for each in lines]
        rows.append((side, TOTAL, money.amount(found.total), None, None))
    for each in found.exchanges:
        given_up = _amount(money, each.given_up_amount)
        received = _amount(money, each.received_amount)
        rows.append(("given up", each.given_up, given_up, None, None))
        rows.append(("received", each.received, received, each.units, None))
    return Table(("side", "item", "amount", "units", "basis"), tuple(rows))
