"""A deal's structure as tables: debt service by period, ratios by date, ownership."""

from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.cell_ranges as cell_ranges
import lexp_calc.kinds as kinds
from lexp_calc.credit_ratios import credit_ratios_by_date, decimal_or_blank
from lexp_calc.deal import Projection
from lexp_calc.deal_cache import DealName, ScenarioName, projection_of
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
    Kind("rows of date and earnings of the twelve months before", TEXT, _earnings, TABLE, (0,)),
]


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
            sums[each.period_end] = [
                one + other for one, other in zip(sums[each.period_end], paid, strict=True)
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
    Before the first anniversary of the closing there is no coverage, for payments come in lumps;
    a ratio is empty too where what it divides by is not above 0.
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
def ownership(
    deal: DealName, share_price: kinds.Strike | None = None, date: kinds.Day | None = None
) -> kinds.TableResult:
    """Who owns how much of the borrower once all warrants are exercised, one share a warrant.

    Shares outstanding before the deal, shares issued for interest, warrants of each issue, and
    their total. Warrants are those of the end of `date`, of the closing if left out: without
    those retired with redeemed notes under the default scenario, none after they expire. With
    a share price, given or the scenario's, two columns more: the shares by the treasury stock
    method, warrants x (1 - strike / share price) or 0, not rounded (ASC 260-10-45-23), and
    their parts.
    """
    projection = projection_of(deal)
    holders = shares_of_deal(projection, _from_closing(projection, date))
    price = projection.scenario.share_price if share_price is None else share_price
    columns = [[Fraction(each.shares) for each in holders]]
    headings = ("shares of", "shares", "ownership")
    if price is not None:
        headings += ("treasury stock shares", "treasury stock ownership")
        columns.append([each.shares_at(price) for each in holders])
    rows: list[tuple] = [(each.name,) for each in holders] + [(TOTAL,)]
    for column in columns:
        total = sum(column)
        for place, shares in enumerate([*column, total]):
            rows[place] += (as_decimal(shares), as_decimal(shares / total))
    return Table(headings, tuple(rows))


def _from_closing(projection: Projection, day: Date | None) -> Date:
    closing = projection.deal.closing_date
    if day is not None and day < closing:
        expected = f"a date from the closing on {closing} would be right"
        raise OutOfRange("date", f"found {day}", expected)
    return day or closing
