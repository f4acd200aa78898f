"""Summary of the whole deal: a line a tranche, totals; all debt and the maturity wall as charts."""

from workbook_templates.addresses import Area
from workbook_templates.charts import Points, Series, Words, area_chart
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.maturity_wall import highest_year, wall_chart
from workbook_templates.sheets.summary import (
    NEXT_PAYMENT_DATE,
    RATE_NOW,
    balance_on_as_of,
    next_row,
    rate_on,
)
from workbook_templates.sheets.timeline import balance_key, month_ends
from workbook_templates.table import Column, Table

HEAD_ROW = 7
CHART_ROWS = 22
DEBT_CHART_COLUMNS = 4
MILLION = 1_000_000


def write(contents: Contents) -> None:
    """What is owed on each tranche, what comes next, and whether the model is sound."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Summary", "results", contents.deal.name)
    contents.as_of(sheet, 7)
    sheet.text(4, 1, "Checks of all tranches", "figure_label")
    sheet.formula(5, 1, "master_check", "OK", "figure_check")
    sheet.check_words(Area(5, 1, 5, 1))
    sheet.heights({5: 24, HEAD_ROW: 30})
    table = _lines(sheet, contents)
    top = table.last_row + 3
    bottom = top + CHART_ROWS - 1
    _debt_chart(contents, sheet, Area(top, 1, bottom, DEBT_CHART_COLUMNS))
    year, due = highest_year(contents)
    title = f"{contents.deal.money.amount(due) / MILLION:,.1f} million falls due in {year}"
    area = Area(top, DEBT_CHART_COLUMNS + 1, bottom, len(table.columns))
    wall_chart(contents, sheet, f"{title} (as generated)", area)
    area = Area(1, 1, top + CHART_ROWS, len(table.columns))
    sheet.print_setup(area, pages_tall=1)


def _lines(sheet, contents: Contents) -> Table:
    """A line a tranche, each with its own tranche's names in its formulas, and the totals."""
    as_of, parts = contents.projection.as_of, contents.parts
    table = Table(
        sheet, _columns(as_of, contents.deal.money.digits), HEAD_ROW, 1, parts[0].name
    ).write(parts, lambda part: part.name)
    table.totals(
        "Total",
        {
            "outstanding": sum(part.money(part.schedule.balance(as_of)) for part in parts),
            "interest": sum(part.schedule.total("interest") for part in parts),
            "payments": sum(part.schedule.total("total_payment") for part in parts),
            "balloon": sum(part.schedule.total("balloon") for part in parts),
        },
    )
    return table


def _columns(as_of, digits: int) -> tuple[Column, ...]:
    def paid_next(part: Part):
        row = next_row(part, as_of)
        day = row.payment_date if row else None
        return part.money(part.schedule.debt_service(day, day)) if row else 0

    return (
        Column("name", "Tranche", "text", None, lambda part: part.tranche.name, 40),
        Column(
            "outstanding",
            "Outstanding as of the day",
            "money",
            balance_on_as_of(digits),
            lambda part: part.money(part.schedule.balance(as_of)),
            17,
            total=True,
        ),
        Column(
            "rate",
            "All-in rate now",
            "rate",
            RATE_NOW,
            lambda part: rate_on(part, as_of),
            12,
        ),
        Column(
            "next_date",
            "Next payment on",
            "date",
            NEXT_PAYMENT_DATE,
            lambda part: row.payment_date if (row := next_row(part, as_of)) else 0,
            13,
        ),
        Column(
            "next_payment",
            "Next payment",
            "money",
            "SUMIFS({schedule_total_payment},{schedule_payment_date},[next_date])",
            paid_next,
            15,
        ),
        Column(
            "maturity",
            "Maturity",
            "date",
            "{maturity_in_force}",
            lambda part: part.maturity,
            13,
        ),
        Column(
            "balloon",
            "Due at maturity",
            "money",
            "SUM({schedule_balloon})",
            lambda part: part.schedule.total("balloon"),
            16,
            total=True,
        ),
        Column(
            "interest",
            "Interest in all",
            "money",
            "SUM({schedule_interest})",
            lambda part: part.schedule.total("interest"),
            16,
            total=True,
        ),
        Column(
            "payments",
            "Payments in all",
            "money",
            "SUM({schedule_total_payment})",
            lambda part: part.schedule.total("total_payment"),
            17,
            total=True,
        ),
    )


def _debt_chart(contents: Contents, sheet, area: Area) -> None:
    table = contents.tables["timeline"]
    ends = tuple(month_ends(contents))
    title = table.sheet.title
    series = tuple(
        Series(
            part.tranche.name,
            Points(
                title,
                table.area(balance_key(part)),
                tuple(part.money(part.schedule.balance(end)) for end in ends),
            ),
        )
        for part in contents.parts
    )
    words = Words(
        "Debt outstanding at each month's end",
        "Month's end",
        f"{contents.deal.currency} million",
        f"All debt by tranche from {ends[0]:%B %Y} to {ends[-1]:%B %Y}",
    )
    months = Points(title, table.area("month_end"), ends)
    sheet.chart(area_chart(words, months, series), area)
