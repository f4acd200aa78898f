"""Summary of one tranche: what is owed, what is due next, at what rate, until when."""

from datetime import date

from lexp_calc.cash_flows import CashFlow
from workbook_templates.addresses import Area
from workbook_templates.charts import Points, Series, Words, step_chart
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.collateral_classes import NEEDED
from workbook_templates.sheets.timeline import balance_key, month_ends
from workbook_templates.table import Column, Table, with_names

TILE_WIDTH = 20
TILES_A_ROW = 4
CHART_ROWS = 17
NEXT_DATE = "Next payment on"
# One row has it; the rest are zeros, and a rate may be below zero.
RATE_NOW = "MAX({schedule_rate_now})+MIN({schedule_rate_now})"
NEXT_PAYMENT_DATE = "IFERROR(SMALL({schedule_date_ahead},COUNTIF({schedule_date_ahead},0)+1),0)"


def write(contents: Contents) -> None:
    """Key figures, the balance as a chart, and the years as a table, on one page."""
    if contents.tranche_id is None:
        return
    part = contents.parts[0]
    sheet = contents.sheet("Summary", "results", part.tranche.name)
    sheet.widths(dict.fromkeys(range(1, 9), TILE_WIDTH))
    contents.as_of(sheet, 6)
    row = 4
    for number, (label, formula, value, style) in enumerate(figures(part)):
        column = 1 + 2 * (number % TILES_A_ROW)
        row = 4 + 3 * (number // TILES_A_ROW)
        sheet.text(row, column, label, "figure_label")
        sheet.formula(row + 1, column, formula, value, style)
        if label == NEXT_DATE:
            contents.book.name(part.name("next_payment_date"), sheet, (row + 1, column))
        sheet.heights({row + 1: 24})
        if style == "figure_check":
            sheet.check_words(Area(row + 1, column, row + 1, column))
    chart_row = row + 3
    _balance_chart(contents, part, sheet, Area(chart_row, 1, chart_row + CHART_ROWS - 1, 8))
    last = _years(sheet, chart_row + CHART_ROWS + 1, part)
    sheet.print_setup(Area(1, 1, last, 8), pages_tall=1)


def figures(part: Part) -> list[tuple[str, str, object, str]]:
    """(label, formula, value, style) of each key figure, as of the day on the inputs."""
    as_of, schedule = part.projection.as_of, part.schedule
    ahead = next_row(part, as_of)
    size = "size" if part.is_drawn_later else "principal"
    size = "commitment" if part.is_revolver else size
    word = "Principal" if size == "principal" else "Commitment"
    listed = [
        (
            "Outstanding",
            balance_on_as_of(part.currency.digits),
            part.money(schedule.balance(as_of)),
            "figure_money",
        ),
        (
            NEXT_DATE,
            NEXT_PAYMENT_DATE,
            ahead.payment_date if ahead else 0,
            "figure_date",
        ),
        (
            "Next payment",
            "SUMIFS({schedule_total_payment},{schedule_payment_date},{next_payment_date})",
            part.money(_due_on(part, ahead)),
            "figure_money",
        ),
        (
            "All-in rate now",
            RATE_NOW,
            rate_on(part, as_of),
            "figure_rate",
        ),
        ("Maturity", "{maturity_in_force}", part.maturity, "figure_date"),
        (
            "Due at maturity",
            "SUM({schedule_balloon})",
            schedule.total("balloon"),
            "figure_money",
        ),
        (word, f"{{{size}}}", getattr(part.tranche, size), "figure_money"),
        ("Checks", "master_check", "OK", "figure_check"),
    ]
    if part.is_revolver and part.tranche.borrowing_base:
        listed += _borrowing_figures(part)
    return [
        (label, with_names(formula, part.name), value, style)
        for label, formula, value, style in listed
    ]


def _due_on(part: Part, ahead: CashFlow | None) -> int:
    if ahead is None:
        return 0
    return part.schedule.debt_service(ahead.payment_date, ahead.payment_date)


def _borrowing_figures(part: Part) -> list[tuple[str, str, object, str]]:
    """What can still be drawn, and what is drawn too much; words while collateral is blank."""
    certificate = part.projection.certificate(part.tranche_id)

    def shown(minor_units: int | None):
        return NEEDED if minor_units is None else part.money(minor_units)

    availability = shown(certificate and certificate.availability)
    over_advance = shown(certificate and certificate.over_advance)
    return [
        ("Availability", "{certificate_availability}", availability, "figure_money"),
        ("Over-advance", "{certificate_over_advance}", over_advance, "figure_money"),
    ]


def balance_on_as_of(digits: int) -> str:
    """What is owed at the end of the as-of date, as a formula."""
    return (
        f'ROUND(SUMIFS({{schedule_balance_change}},{{schedule_payment_date}},"<="&as_of),{digits})'
    )


def next_row(part: Part, day: date) -> CashFlow | None:
    """The first payment after a day: what is drawn between payments is none."""
    return next(
        (
            row
            for row in part.schedule.rows
            if row.payment_date > day and (row.is_payment or row.total_payment > 0)
        ),
        None,
    )


def rate_on(part: Part, day: date) -> float:
    """The all-in rate of the interest period in which a day lies; 0 outside all of them."""
    rows = part.schedule.rows
    running = (row for row in rows if row.accrual_start <= day < row.accrual_end)
    return max((float(row.all_in_rate) for row in running), default=0.0)


def _balance_chart(contents: Contents, part: Part, sheet, area: Area) -> None:
    table = contents.tables["timeline"]
    months = table.area("month_end")
    balances = table.area(balance_key(part))
    ends = month_ends(contents)
    values = tuple(part.money(part.schedule.balance(end)) for end in ends)
    title = table.sheet.title
    words = Words(
        f"{finding(part)} (as generated)",
        "Month's end",
        f"{part.currency.code} million",
        f"The balance from {ends[0]:%B %Y} to {ends[-1]:%B %Y}, month by month",
        # A revolver that is not drawn would leave the axis without a scale.
        top=part.tranche.commitment if part.is_revolver else None,
    )
    chart = step_chart(
        words,
        Points(title, months, tuple(ends)),
        (Series("Balance", Points(title, balances, values)),),
    )
    sheet.chart(chart, area)


def finding(part: Part) -> str:
    """What the balance does, in a few words, for the chart's title."""
    rows = part.schedule.rows
    last = rows[-1]
    if not any(row.drawn for row in rows):
        return "Nothing is drawn: enter draws on the inputs"
    if last.balloon:
        millions = part.money(last.balloon) / 1_000_000
        return f"{millions:,.1f} million falls due on {last.payment_date:%d-%b-%Y}"
    return f"All is repaid by {last.payment_date:%d-%b-%Y}"


def _years(sheet, head_row: int, part: Part) -> int:
    """Interest, principal and fees a calendar year, and what is owed at its end."""
    first, last = part.closing_date.year, part.last_day.year
    bounds = (
        '{schedule_payment_date},">="&DATE([year],1,1),'
        '{schedule_payment_date},"<"&DATE([year]+1,1,1)'
    )

    def total(key):
        def of_year(year: int):
            rows = (row for row in part.schedule.rows if row.payment_date.year == year)
            return part.money(sum(getattr(row, key) for row in rows))

        return of_year

    def flow(key: str, head: str) -> Column:
        formula = f"SUMIFS({{schedule_{key}}},{bounds})"
        return Column(key, head, "money", formula, total(key), TILE_WIDTH, total=True)

    columns = [
        Column("year", "Year", "year", "[year@]+1", lambda year: year, TILE_WIDTH,
               "YEAR(closing_date)"),
        flow("drawn", "Drawn"),
        flow("interest", "Interest"),
        *([flow("pik_interest", "Added in kind")] if part.in_kind else []),
        flow("principal", "Principal repaid"),
        *([flow("fees", "Fees")] if part.has_fees else []),
        flow("total_payment", "Total payment"),
        Column(
            "balance",
            "Balance at year's end",
            "money",
            'ROUND(SUMIFS({schedule_balance_change},{schedule_payment_date},'
            f'"<"&DATE([year]+1,1,1)),{part.currency.digits})',
            lambda year: part.money(part.schedule.balance(date(year, 12, 31))),
            TILE_WIDTH,
        ),
    ]  # fmt: skip
    table = Table(sheet, columns, head_row, 1, part.name).write(range(first, last + 1))
    keys = ("drawn", "interest", "pik_interest", "principal", "fees", "total_payment")
    return table.totals("Total", {key: part.schedule.total(key) for key in keys})
