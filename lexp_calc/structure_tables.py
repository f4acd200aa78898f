"""A deal's structure as tables: liens, debt service by period, ratios by date, ownership."""

from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.capital_structure as capital_structure
import lexp_calc.cell_ranges as cell_ranges
import lexp_calc.kinds as kinds
from lexp_calc.credit_ratios import credit_ratios_by_date, decimal_or_blank
from lexp_calc.deal import Projection
from lexp_calc.deal_cache import DealName, ScenarioName, deal_named, projection_of
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.kinds import TABLE, TEXT, Kind
from lexp_calc.money import as_decimal
from lexp_calc.ownership import shares_of_deal
from lexp_calc.service_by_period import PERIODS, debt_service, period_ends
from lexp_calc.spelling import named
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

TOTAL = "total"
RATIO_HEADINGS = (
    "date",
    "since",
    "earnings",
    "total debt",
    "senior secured debt",
    "interest",
    "debt service",
    "total leverage",
    "senior secured leverage",
    "interest coverage",
    "debt service coverage",
)


def _period(name: str, value: object) -> str:
    return named(PERIODS, arguments.text(name, value), name)


Period = Annotated[str, Kind('"month", "quarter" or "year"', TEXT, _period)]


def _earnings(name: str, value: object) -> tuple[tuple[Date, Decimal], ...]:
    def one(where: str, cells: dict) -> tuple[Date, Decimal]:
        return (
            arguments.day(f"{where}.date", cells["date"]),
            arguments.signed_amount(f"{where}.earnings", cells["earnings"]),
        )

    rows = cell_ranges.read_rows(name, value, ("date", "earnings"), 2, one)
    for number, (day, _) in enumerate(rows, 1):
        if number > 1 and day <= rows[number - 2][0]:
            found = f"found {day}, not after the date before it"
            raise OutOfRange(f"{name}[{number}].date", found, "dates in order would be right")
    return rows


Earnings = Annotated[
    tuple[tuple[Date, Decimal], ...],
    Kind("rows of date and earnings of the twelve months before", TEXT, _earnings, TABLE),
]


@spreadsheet_function
def liens(deal: DealName) -> kinds.TableResult:
    """The liens of a deal, pool by pool and by rank: rank 1 is paid first out of the pool.

    Pools are in the order of the term sheet; equal ranks share pro rata. Headings alone where
    nothing is secured.
    """
    rows = tuple(
        (each.collateral_id, each.collateral, each.rank, each.tranche_id, each.tranche)
        for each in capital_structure.liens(deal_named(deal))
    )
    return Table(("pool", "collateral", "rank", "tranche", "instrument"), rows)


@spreadsheet_function
def debt_service_by_period(
    deal: DealName,
    period: Period,
    scenario: ScenarioName | None = None,
    tranche: kinds.Text | None = None,
) -> kinds.TableResult:
    """What is paid in each calendar month, quarter or year: interest, principal, fees, total.

    By the day paid, over all tranches or of one; from the period of the closing to the last
    with a payment, periods without one included. Draws are not set off.
    """
    projection = projection_of(deal, scenario)
    terms = projection.deal
    asked = tuple(terms.tranche) if tranche is None else (named(terms.tranche, tranche, "tranche"),)
    last = max(projection[each].maturity_row.payment_date for each in asked)
    ends = period_ends(terms.closing_date, last, PERIODS[period])
    sums = {end: [0, 0, 0] for end in ends}
    for each in debt_service(projection, ends):
        if each.tranche_id in asked:
            paid = (each.interest, each.principal, each.fees)
            sums[each.quarter_end] = [
                one + other for one, other in zip(sums[each.quarter_end], paid, strict=True)
            ]
    lines = [*sums.items(), (TOTAL, [sum(column) for column in zip(*sums.values(), strict=True)])]
    rows = [(end, *map(terms.money.amount, (*paid, sum(paid)))) for end, paid in lines]
    return Table(("period end", "interest", "principal", "fees", TOTAL), tuple(rows))


@spreadsheet_function
def credit_ratios(
    deal: DealName, scenario: ScenarioName | None = None, earnings: Earnings | None = None
) -> kinds.TableResult:
    """Leverage and coverage on each date for which earnings are given.

    `earnings` are those of the twelve months up to a date; left out, the scenario's. Debt is
    the principal owed that day; interest, and debt service (interest and principal due, neither
    prepayments nor fees), are what was paid after `since`: twelve months before, or the closing.
    In the first year coverage takes payments since closing as if of twelve months, by days. A
    ratio is empty where what it divides by is not above 0.
    """
    projection = projection_of(deal, scenario)
    amount = projection.deal.money.amount
    found = credit_ratios_by_date(projection, _earnings_of(projection, earnings))
    rows = []
    for each in found:
        amounts = (
            each.earnings,
            each.total_debt,
            each.senior_secured_debt,
            each.interest,
            each.debt_service,
        )
        ratios = (
            each.total_leverage,
            each.senior_secured_leverage,
            each.interest_coverage,
            each.debt_service_coverage,
        )
        rows.append((each.day, each.since, *map(amount, amounts), *map(decimal_or_blank, ratios)))
    return Table(RATIO_HEADINGS, tuple(rows))


def _earnings_of(
    projection: Projection, given: tuple[tuple[Date, Decimal], ...] | None
) -> tuple[tuple[Date, Decimal], ...]:
    """The earnings given, all within the life of the deal, or else the scenario's."""
    if given is None:
        if not projection.scenario.earnings:
            name = projection.scenario_name
            expected = f"rows of date and earnings, or scenario.{name}.earnings, would be right"
            raise NotThere("earnings", "found none", expected)
        return projection.scenario.earnings
    deal = projection.deal
    first, last = deal.closing_date, max(each.last_maturity for each in deal.tranche.values())
    for number, (day, each) in enumerate(given, 1):
        where = f"earnings[{number}]"
        if not first <= day <= last:
            expected = f"a date from the closing on {first} to {last} would be right"
            raise OutOfRange(f"{where}.date", f"found {day}", expected)
        deal.money.minor_units(each, f"{where}.earnings")
    return given


@spreadsheet_function
def ownership(deal: DealName, share_price: kinds.Strike | None = None) -> kinds.TableResult:
    """Who owns how much of the borrower once all warrants are exercised, one share a warrant.

    Shares outstanding before the deal, shares issued for interest, warrants of each issue, and
    their total. With `share_price`, two columns more: the shares by the treasury stock method,
    warrants x (1 - strike / share price) or 0, not rounded (ASC 260-10-45-23), and their parts.
    """
    holders = shares_of_deal(deal_named(deal))
    columns = [[Fraction(each.shares) for each in holders]]
    headings = ("shares of", "shares", "ownership")
    if share_price is not None:
        headings += ("treasury stock shares", "treasury stock ownership")
        columns.append([each.shares_at(share_price) for each in holders])
    rows: list[tuple] = [(each.name,) for each in holders] + [(TOTAL,)]
    for column in columns:
        total = sum(column)
        for place, shares in enumerate([*column, total]):
            rows[place] += (as_decimal(shares), as_decimal(shares / total))
    return Table(headings, tuple(rows))
