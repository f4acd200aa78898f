"""Interest and principal by calendar quarter, beside the timeline of one tranche.

The Summary's chart draws them where the tranche is short, and its years where it is long.
"""

from datetime import date

from lexp_calc.service_by_period import quarter_ends
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.table import Column, Table

MOST_QUARTERS = 20
MONTHS_IN_A_YEAR = 12


def is_by_quarter(part: Part) -> bool:
    """Whether the longest scenario has few enough quarters for a chart."""
    return len(part_quarters(part)) <= MOST_QUARTERS


def write_quarters(contents: Contents, sheet, head_row: int, column: int) -> Table | None:
    """A line a quarter of the one tranche; None for the whole deal, which has its debt service."""
    part = contents.parts[0]
    if contents.tranche_id is None:
        return None
    ends = part_quarters(part)
    rows = list(zip(ends, (date.min, *ends), strict=False))
    table = Table(sheet, _columns(part), head_row, column, part.name).write(rows)
    contents.tables["quarters"] = table
    return table


def paid_by_quarter(part: Part, key: str) -> list:
    """What is paid in each quarter, in currency units."""
    ends = part_quarters(part)
    return [
        _paid(part, key, after, end) for after, end in zip((date.min, *ends), ends, strict=False)
    ]


def part_quarters(part: Part) -> tuple[date, ...]:
    """The last days of the quarters from closing to the last possible payment."""
    return quarter_ends(part.closing_date, part.last_day)


def _paid(part: Part, key: str, after: date, end: date):
    rows = (row for row in part.schedule.rows if after < row.payment_date <= end)
    return part.money(sum(getattr(row, key) for row in rows))


def _columns(part: Part) -> list[Column]:
    closing = part.closing_date

    def months(row: tuple[date, date]) -> int:
        end = row[0]
        return (end.year - closing.year) * MONTHS_IN_A_YEAR + end.month - closing.month

    def sums(key: str, head: str) -> Column:
        amounts, until = (
            f"SUMIFS({{schedule_{key}}},{{schedule_payment_date}}",
            '"<="&[quarter_end]',
        )
        return Column(
            key,
            head,
            "money",
            f'{amounts},">"&[quarter_end@],{{schedule_payment_date}},{until})',
            lambda row: _paid(part, key, row[1], row[0]),
            17,
            f"{amounts},{until})",
        )

    return [
        Column("months", "Month no.", "count", None, months, 9),
        Column(
            "quarter_end",
            "Quarter's end",
            "date",
            "EOMONTH(closing_date,[months])",
            lambda row: row[0],
            13,
        ),
        sums("interest", "Interest"),
        sums("principal", "Principal repaid"),
    ]
