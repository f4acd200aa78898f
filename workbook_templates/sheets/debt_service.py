"""Debt service: interest, principal and fees by quarter, in all and tranche by tranche."""

from textwrap import wrap

from lexp_calc.service_by_period import PeriodOfService, debt_service, quarter_ends
from workbook_templates.addresses import Area, column_letters
from workbook_templates.charts import Points, Series, Words, stacked_columns
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.table import Column, Table

HEAD_ROW = 4
LINE_HEIGHT, HEAD_LINE = 13.5, 13  # points of a head's line, and its characters
CHART_ROWS = 20
WIDTH = 13.5
MOST_QUARTERS_ACROSS, MOST_COLUMNS_UPRIGHT = 32, 13
MILLION = 1_000_000
KINDS = {"interest": "Interest", "principal": "Principal", "fees": "Fees"}


def write(contents: Contents) -> None:
    """In the deal's workbook: a line a quarter from closing to the last possible maturity."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Debt service", "results", "Debt service by quarter")
    last = max(part.last_day for part in contents.parts)
    ends = quarter_ends(contents.deal.closing_date, last)
    quarters: dict = {end: [] for end in ends}
    for each in debt_service(contents.projection, ends):
        quarters[each.period_end].append(each)
    rows = list(quarters.items())
    table = Table(sheet, _columns(contents), HEAD_ROW, 1, str).write(rows)
    longest = max(len(wrap(column.head, HEAD_LINE)) for column in table.columns)
    sheet.heights({HEAD_ROW: LINE_HEIGHT * longest + 4})
    sums = {
        column.key: sum(column.value(row) for row in rows)
        for column in table.columns
        if column.total
    }
    last_row = table.totals("Total", sums)
    _chart(contents, table, rows, last_row + 2)
    area = Area(1, 1, last_row + CHART_ROWS + 2, len(table.columns))
    is_tall = len(rows) > MOST_QUARTERS_ACROSS and len(table.columns) <= MOST_COLUMNS_UPRIGHT
    orientation = "portrait" if is_tall else "landscape"
    sheet.print_setup(area, orientation=orientation, pages_tall=1)
    sheet.freeze(HEAD_ROW + 1, 2)


def _columns(contents: Contents) -> tuple[Column, ...]:
    """The quarter, the sums of all tranches, then each tranche's own columns, kind by kind."""
    listed = [
        (part, kind) for kind in KINDS for part in contents.parts if kind != "fees" or part.has_fees
    ]
    kinds = [kind for kind in KINDS if any(kind == each for _, each in listed)]
    quarter = Column("quarter", "Quarter to", "date", None, lambda row: row[0], 13)
    sums = [_sum(contents, kind, [part for part, each in listed if each == kind]) for kind in kinds]
    all_kinds = "+".join(f"[all_{kind}]" for kind in kinds)
    amount = contents.deal.money.amount
    total = Column(
        "total",
        "All debt service",
        "money",
        all_kinds,
        lambda row: amount(sum(each.total for each in row[1])),
        WIDTH,
        total=True,
    )
    first = 1 + len((quarter, *sums, total))
    own = [_own(part, kind, first + place) for place, (part, kind) in enumerate(listed)]
    return (quarter, *sums, total, *own)


def _key(part: Part, kind: str) -> str:
    return f"{kind}_{part.tranche_id.replace('-', '_')}"


def _sum(contents: Contents, kind: str, parts: list[Part]) -> Column:
    amount = contents.deal.money.amount
    return Column(
        f"all_{kind}",
        f"All: {KINDS[kind].lower()}",
        "money",
        f"SUM([{_key(parts[0], kind)}]:[{_key(parts[-1], kind)}])",
        lambda row: amount(sum(getattr(each, kind) for each in row[1])),
        WIDTH,
        total=True,
    )


def _own(part: Part, kind: str, position: int) -> Column:
    """Paid up to the quarter's end, less what the quarters above hold."""
    paid, days = part.name(f"schedule_{kind}"), part.name("schedule_payment_date")
    key = _key(part, kind)
    above = f"{column_letters(position)}${HEAD_ROW}:[{key}@]"

    def value(row):
        return part.money(getattr(_of(part, row[1]), kind))

    return Column(
        key,
        f"{part.tranche.name}: {KINDS[kind].lower()}",
        "money",
        f'ROUND(SUMIFS({paid},{days},"<="&[quarter])-SUM({above}),{part.currency.digits})',
        value,
        WIDTH,
        total=True,
    )


def _of(part: Part, quarter: list[PeriodOfService]) -> PeriodOfService:
    return next(each for each in quarter if each.tranche_id == part.tranche_id)


def _chart(contents: Contents, table: Table, rows, row: int) -> None:
    """Interest, principal and fees of all tranches, one upon the other."""
    sheet = table.sheet
    totals = [sum(each.total for each in quarter) for _, quarter in rows]
    highest = max(totals)
    end = rows[totals.index(highest)][0]
    peak = contents.deal.money.amount(highest) / MILLION
    words = Words(
        f"Debt service peaks in the quarter to {end:%B %Y}: {peak:,.1f} million (as generated)",
        "Quarter to",
        f"{contents.deal.currency} million",
        f"Interest, principal and fees paid in each quarter to {rows[-1][0]:%B %Y}, stacked",
    )
    series = tuple(
        Series(
            KINDS[kind],
            Points(
                sheet.title,
                table.area(f"all_{kind}"),
                tuple(column.value(each) for each in rows),
            ),
        )
        for column in table.columns
        for kind in KINDS
        if column.key == f"all_{kind}"
    )
    categories = Points(sheet.title, table.area("quarter"), tuple(end for end, _ in rows))
    area = Area(row, 1, row + CHART_ROWS - 1, len(table.columns))
    sheet.chart(stacked_columns(words, categories, series), area)
