"""Maturity wall: the principal of each tranche by the calendar year in which it falls due."""

from lexp_calc.maturity_wall import maturity_wall_by_year
from workbook_templates.addresses import Area
from workbook_templates.charts import Points, Series, Words, stacked_columns
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.statement import Line, Statement
from workbook_templates.table import Column, Table

HEAD_ROW = 7
CHART_ROWS = 20
MILLION = 1_000_000


def write(contents: Contents) -> None:
    """In the deal's workbook: the wall as a table and as a chart, and its highest year."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Maturity wall", "results", "Maturity wall: principal by year")
    years, due = _wall(contents)
    totals = [sum(due.get((year, part.tranche_id), 0) for part in contents.parts) for year in years]
    table = Table(sheet, _columns(contents, due), HEAD_ROW, 1, str).write(years)
    table.fit_heads()
    amount = contents.deal.money.amount
    sums = {
        _key(part): amount(sum(due.get((year, part.tranche_id), 0) for year in years))
        for part in contents.parts
    }
    last_row = table.totals("Total", {**sums, "total": amount(sum(totals))})
    table.define("wall_years", "year")
    table.define("wall_totals", "total")
    year, highest = highest_year(contents)
    lines = Statement(sheet, 4, str)
    lines.write(
        Line(
            "year",
            "Year in which most falls due",
            "exact",
            "INDEX(wall_years,MATCH(MAX(wall_totals),wall_totals,0))",
            year,
        ),
        Line("due", "Principal due in it", "money", "MAX(wall_totals)", amount(highest)),
    )
    title = (
        f"Most principal falls due in {year}: {amount(highest) / MILLION:,.1f} million "
        "(as generated)"
    )
    contents.tables["maturity_wall"] = table
    area = Area(last_row + 2, 1, last_row + CHART_ROWS + 1, len(table.columns))
    wall_chart(contents, sheet, title, area)
    sheet.print_setup(Area(1, 1, last_row + CHART_ROWS + 2, len(table.columns)), pages_tall=1)
    sheet.freeze(HEAD_ROW + 1, 2)


def _key(part: Part) -> str:
    return part.tranche_id.replace("-", "_")


def _columns(contents: Contents, due: dict) -> tuple[Column, ...]:
    amount, digits = contents.deal.money.amount, contents.deal.money.digits

    def of_tranche(part: Part) -> Column:
        years, principal = part.name("schedule_payment_year"), part.name("schedule_principal")
        return Column(
            _key(part),
            part.tranche.name,
            "money",
            f"ROUND(SUMIFS({principal},{years},[year]),{digits})",
            lambda year: amount(due.get((year, part.tranche_id), 0)),
            19,
            total=True,
        )

    def in_all(year: int):
        return amount(sum(due.get((year, part.tranche_id), 0) for part in contents.parts))

    return (
        Column("year", "Year", "year", "[year@]+1", lambda year: year, 30, "YEAR(closing_date)"),
        *(of_tranche(part) for part in contents.parts),
        Column(
            "total",
            "Total",
            "money",
            f"SUM([{_key(contents.parts[0])}]:[{_key(contents.parts[-1])}])",
            in_all,
            19,
            total=True,
        ),
    )


def wall_chart(contents: Contents, sheet, title: str, area: Area) -> None:
    """The tranches one upon the other, a column a year, on this sheet or another."""
    table = contents.tables["maturity_wall"]
    years, due = _wall(contents)
    amount, source = contents.deal.money.amount, table.sheet.title
    words = Words(
        title,
        "Calendar year of payment",
        f"{contents.deal.currency} million",
        f"Principal of each tranche due in each year from {years[0]} to {years[-1]}, stacked",
    )
    series = tuple(
        Series(
            part.tranche.name,
            Points(
                source,
                table.area(_key(part)),
                tuple(amount(due.get((year, part.tranche_id), 0)) for year in years),
            ),
        )
        for part in contents.parts
    )
    categories = Points(source, table.area("year"), tuple(years))
    sheet.chart(stacked_columns(words, categories, series), area)


def _wall(contents: Contents) -> tuple[range, dict[tuple[int, str], int]]:
    """The years, and what falls due in each by tranche, in minor units."""
    wall = maturity_wall_by_year(contents.projection)
    due = {(each.year, each.tranche_id): each.total for each in wall}
    last = max(part.last_day for part in contents.parts).year
    return range(contents.deal.closing_date.year, last + 1), due


def highest_year(contents: Contents) -> tuple[int, int]:
    """The year in which most falls due, and how much, in minor units."""
    years, due = _wall(contents)
    totals = [sum(due.get((year, part.tranche_id), 0) for part in contents.parts) for year in years]
    return years[totals.index(max(totals))], max(totals)
