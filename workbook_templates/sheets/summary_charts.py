"""The charts of a tranche's Summary: what is owed, and what is paid in interest and principal."""

from decimal import Decimal
from typing import NamedTuple

from workbook_templates.addresses import Area
from workbook_templates.charts import Points, Series, Words, stacked_columns, step_chart
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.quarters import is_by_quarter, paid_by_quarter, part_quarters
from workbook_templates.sheets.scales import scale_for
from workbook_templates.sheets.timeline import balance_key, month_ends
from workbook_templates.table import Table

TITLES = "Titles of charts say what they found when generated; the charts follow the inputs."
MONTHS_IN_A_QUARTER = 3


def balance_chart(contents: Contents, part: Part, sheet, area: Area) -> None:
    """What is owed at each month's end."""
    table = contents.tables["timeline"]
    ends = month_ends(contents)
    values = tuple(part.money(part.schedule.balance(end)) for end in ends)
    scale = scale_for(max(*values, part.tranche.commitment if part.is_revolver else 0))
    words = Words(
        finding(part),
        "Month's end",
        scale.axis(part.currency.code),
        f"The balance from {ends[0]:%B %Y} to {ends[-1]:%B %Y}, month by month",
        scale.axis_format,
        # A revolver that is not drawn would leave the axis without a scale.
        top=part.tranche.commitment if part.is_revolver else None,
    )
    title = table.sheet.title
    months = Points(title, table.area("month_end"), tuple(ends))
    balances = Points(title, table.area(balance_key(part)), values)
    sheet.chart(step_chart(words, months, (Series("Balance", balances),)), area)


def finding(part: Part) -> str:
    """What the balance does, in a few words, for the chart's title."""
    rows = part.schedule.rows
    last = rows[-1]
    if not any(row.drawn for row in rows):
        return "Nothing is drawn: enter draws on the inputs"
    day = f"{last.payment_date:%d-%b-%Y}"
    if not last.balloon:
        return f"All is repaid by {day}"
    due = part.money(last.balloon)
    said = scale_for(due).said(due)
    if any(row.scheduled_principal for row in rows):
        return f"Balance falls to {said} by {last.payment_date:%b %Y}"
    return f"{said} falls due on {day}"


class Periods(NamedTuple):
    """What the columns stand for: years or quarters, and what is paid in each."""

    word: str
    table: Table
    category: str  # the key of their column
    categories: tuple
    names: tuple[str, ...]
    interest: tuple
    principal: tuple


def payments_chart(contents: Contents, part: Part, sheet, area: Area, years: Table) -> None:
    """Interest and principal paid, one upon the other; by quarter where the tranche is short."""
    periods = _quarters(contents, part) if is_by_quarter(part) else _years(part, years)
    totals = [sum(both) for both in zip(periods.interest, periods.principal, strict=True)]
    scale = scale_for(max(totals) or part.tranche.size)
    words = Words(
        _highest(part, periods, totals),
        f"Calendar {periods.word}",
        scale.axis(part.currency.code),
        f"Interest and principal paid in each {periods.word}, from {periods.names[0]} to "
        f"{periods.names[-1]}, one upon the other",
        scale.axis_format,
    )
    title = periods.table.sheet.title

    def points(key: str, values: tuple) -> Points:
        return Points(title, periods.table.area(key), values)

    series = (
        Series("Interest", points("interest", periods.interest)),
        Series("Principal", points("principal", periods.principal)),
    )
    sheet.chart(stacked_columns(words, points(periods.category, periods.categories), series), area)


def _highest(part: Part, periods: Periods, totals: list[Decimal]) -> str:
    """The period in which most is paid."""
    most = max(totals)
    if not most:
        return "No interest and principal is paid"
    when = periods.names[totals.index(most)]
    return f"Most is paid in {when}: {scale_for(most).said(most)}"


def _quarters(contents: Contents, part: Part) -> Periods:
    table = contents.tables["quarters"]
    ends = part_quarters(part)
    names = tuple(f"Q{-(-end.month // MONTHS_IN_A_QUARTER)} {end.year}" for end in ends)
    paid = (tuple(paid_by_quarter(part, key)) for key in ("interest", "principal"))
    return Periods("quarter", table, "quarter_end", ends, names, *paid)


def _years(part: Part, table: Table) -> Periods:
    years = tuple(range(part.closing_date.year, part.last_day.year + 1))

    def paid(key: str) -> tuple:
        return tuple(
            part.money(
                sum(getattr(r, key) for r in part.schedule.rows if r.payment_date.year == year)
            )
            for year in years
        )

    return Periods(
        "year", table, "year", years, tuple(map(str, years)), paid("interest"), paid("principal")
    )
