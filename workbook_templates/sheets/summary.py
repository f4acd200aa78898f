"""Summary of one tranche: what is owed, what is due next, at what rate, until when."""

from datetime import date
from decimal import Decimal

from lexp_calc.cash_flows import CashFlow
from lexp_calc.shared_schedule import shared_flow
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.collateral_classes import NEEDED
from workbook_templates.sheets.key_dates import write_key_dates
from workbook_templates.sheets.summary_charts import TITLES, balance_chart, payments_chart
from workbook_templates.table import Column, Table, with_names

COLUMNS = 8  # one grid for tiles, charts and tables
WIDTHS = {column: 19 for column in range(1, COLUMNS + 1)} | {7: 25}
CHART_COLUMNS = 3
FIRST_TILES, TILE_ROWS, TILE_HEIGHT = 4, 3, 24
CHART_ROWS = 17
NEXT_DATE = "Next payment on"
# One row has it; the rest are zeros, and a rate may be below zero.
RATE_NOW = "MAX({schedule_rate_now})+MIN({schedule_rate_now})"
NEXT_PAYMENT_DATE = "IFERROR(SMALL({schedule_date_ahead},COUNTIF({schedule_date_ahead},0)+1),0)"


def write(contents: Contents) -> None:
    """Key figures, two charts, the key dates, and the years as a table, on one page."""
    if contents.tranche_id is None:
        return
    part = contents.parts[0]
    sheet = contents.sheet("Summary", "results", part.tranche.name)
    sheet.widths(WIDTHS)
    contents.as_of(sheet, COLUMNS - 1)
    if contents.lender:
        sheet.text(3, 1, f"Copy for {contents.lender.name}", "subtitle")
    top = _tiles(contents, sheet, part)
    last_date = write_key_dates(sheet, top, COLUMNS - 1, part)
    bottom = max(top + CHART_ROWS - 1, last_date)
    sheet.text(bottom + 1, 1, TITLES, "note")
    years = _years(sheet, bottom + 3, part)
    balance_chart(contents, part, sheet, Area(top, 1, bottom, CHART_COLUMNS))
    beside = Area(top, CHART_COLUMNS + 1, bottom, 2 * CHART_COLUMNS)
    payments_chart(contents, part, sheet, beside, years)
    # One large amount widens all columns alike.
    widest = max(sheet.widest_amounts.values(), default=0)
    sheet.widths({column: max(width, widest) for column, width in WIDTHS.items()})
    sheet.print_setup(Area(1, 1, years.last_row + 1, COLUMNS), pages_tall=1)


def _tiles(contents: Contents, sheet, part: Part) -> int:
    """The key figures, so many a row as there are columns; the first row below them."""
    row = FIRST_TILES
    listed = [*figures(part), *(share_figures(part, contents.share) if contents.share else ())]
    for number, (label, formula, value, style) in enumerate(listed):
        column = 1 + number % COLUMNS
        row = FIRST_TILES + TILE_ROWS * (number // COLUMNS)
        sheet.text(row, column, label, "figure_label")
        sheet.formula(row + 1, column, formula, value, style)
        if label == NEXT_DATE:
            contents.book.name(part.name("next_payment_date"), sheet, (row + 1, column))
        sheet.heights({row + 1: TILE_HEIGHT})
        if style == "figure_check":
            sheet.check_words(Area(row + 1, column, row + 1, column))
    return row + TILE_ROWS


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
        (NEXT_DATE, NEXT_PAYMENT_DATE, ahead.payment_date if ahead else 0, "figure_date"),
        _due("Next payment", "total_payment", part, ahead),
        _due("of it interest", "interest", part, ahead),
        _due("of it principal", "principal", part, ahead),
        ("All-in rate now", RATE_NOW, rate_on(part, as_of), "figure_rate"),
        ("Maturity", "{maturity_in_force}", part.maturity, "figure_date"),
        ("Checks", "master_check", "OK", "figure_check"),
        (word, f"{{{size}}}", getattr(part.tranche, size), "figure_money"),
        ("Due at maturity", "SUM({schedule_balloon})", schedule.total("balloon"), "figure_money"),
    ]
    if part.has_fees:
        listed.append(_due("Fees in next payment", "fees", part, ahead))
    if part.is_revolver and part.tranche.borrowing_base:
        listed += _borrowing_figures(part)
    return [
        (label, with_names(formula, part.name), value, style)
        for label, formula, value, style in listed
    ]


def share_figures(part: Part, share: Decimal) -> list[tuple[str, str, object, str]]:
    """The same of one lender's share of the tranche."""
    as_of, digits = part.projection.as_of, part.currency.digits
    before = [row for row in part.schedule.rows if row.payment_date <= as_of]
    owed = shared_flow(before[-1], share).closing_balance if before else 0
    ahead = next_row(part, as_of)
    due = sum(
        shared_flow(row, share).total_payment
        for row in part.schedule.rows
        if ahead and row.payment_date == ahead.payment_date
    )
    balance = f"ROUND({balance_on_as_of(digits)}*lender_share,{digits})"
    payment = "SUMIFS({share_total_payment},{share_payment_date},{next_payment_date})"
    return [
        (label, with_names(formula, part.name), value, style)
        for label, formula, value, style in (
            ("Your share", "lender_share", share, "figure_rate"),
            ("Your balance", balance, part.money(owed), "figure_money"),
            ("Your next payment", payment, part.money(due), "figure_money"),
        )
    ]


def _due(label: str, key: str, part: Part, ahead: CashFlow | None) -> tuple:
    """A part of all that is paid on the next payment's day."""
    rows = (row for row in part.schedule.rows if ahead and row.payment_date == ahead.payment_date)
    due = part.money(sum(getattr(row, key) for row in rows))
    formula = f"SUMIFS({{schedule_{key}}},{{schedule_payment_date}},{{next_payment_date}})"
    return label, formula, due, "figure_money"


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


def _years(sheet, head_row: int, part: Part) -> Table:
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
        return Column(key, head, "money", formula, total(key), WIDTHS[1], total=True)

    columns = [
        Column("year", "Year", "year", "[year@]+1", lambda year: year, WIDTHS[1],
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
            WIDTHS[1],
        ),
    ]  # fmt: skip
    table = Table(sheet, columns, head_row, 1, part.name).write(range(first, last + 1))
    keys = ("drawn", "interest", "pik_interest", "principal", "fees", "total_payment")
    table.totals("Total", {key: part.schedule.total(key) for key in keys})
    sheet.widths(WIDTHS)
    return table
