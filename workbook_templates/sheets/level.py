"""Level payment: the periods that a payment solved exactly by days has to repay.

Their discount factors, at the coupon and by each period's own length, add up to what a
payment of 1 repays.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from lexp_calc.level_repayment import BY_ACTUAL_DAYS, LevelDates
from lexp_calc.rates import UNITS_PER_ONE, units
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.date_columns import ADJUSTED_DATE
from workbook_templates.sheets.line_columns import line_columns
from workbook_templates.sheets.rate_columns import length
from workbook_templates.sheets.regular_date import regular_date, steps_to
from workbook_templates.table import Column, Table

ANNUITY_ROW, LAST_ROW, HEAD_ROW = 4, 5, 7
SHOWN = 5  # columns that are printed


@dataclass(frozen=True)
class Span:
    """An interest period, as the columns of day counts look at it."""

    start: date
    end: date
    days: int
    length: int | Fraction


@dataclass(frozen=True)
class Period:
    """One payment of the table; `flow` and `before` are what a row of a schedule has."""

    part: Part
    number: int
    due: date
    paid: date
    accrual: Span
    discount: Fraction
    counts: bool
    before: bool = True

    @property
    def flow(self) -> "Period":
        """Where the columns of day counts find the accrual."""
        return self

    @property
    def rate(self) -> Span:
        """Where they find days and length."""
        return self.accrual


def write(contents: Contents) -> None:
    """A table for each tranche whose level payment is solved by days."""
    for part in contents.parts:
        if part.is_level and part.plan.repayment.method == BY_ACTUAL_DAYS:
            _write(contents, part)


def periods(part: Part) -> list[Period]:
    """Every payment from the first to the last that the level payment repays."""
    convention = part.schedule.day_count
    numbers = part.plan.instalments
    dates = LevelDates(
        part.tranche.payments, part.regular_dates, part.projection.deal.calendar, convention
    )
    coupon = units(part.tranche.coupon.rate)
    start, discount, found = part.closing_date, Fraction(1), []
    for payment in dates.until(numbers[-1]):
        end = payment.accrual_end
        span = Span(start, end, convention.days(start, end), convention.length(start, end))
        counts = payment.number >= numbers.start
        if counts:
            discount /= 1 + Fraction(coupon * span.length) / (convention.basis * UNITS_PER_ONE)
        found.append(
            Period(part, payment.number, payment.due, payment.paid, span, discount, counts)
        )
        start = end
    return found


def _write(contents: Contents, part: Part) -> None:
    title = contents.title("Level payment", part)
    sheet = contents.sheet(title, "calculation", f"Level payment: {part.tranche.name}")
    rows = periods(part)
    table = Table(sheet, _columns(part), HEAD_ROW, 1, part.name).write(rows)
    factors = {key: table.area(key).name() for key in ("counts", "discount")}
    annuity = float(sum(row.discount for row in rows if row.counts))
    _figure(
        sheet,
        ANNUITY_ROW,
        part,
        "level_annuity",
        "Repaid by a payment of 1",
        f"SUMPRODUCT({factors['counts']},{factors['discount']})",
        annuity,
    )
    _figure(
        sheet,
        LAST_ROW,
        part,
        "level_last_discount",
        "Last discount factor",
        f"MIN({factors['discount']})",
        float(rows[-1].discount),
    )
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, 2)
    sheet.print_setup(Area(1, 1, table.last_row, SHOWN), (HEAD_ROW, HEAD_ROW), "portrait")


def _figure(sheet, row: int, part: Part, name: str, label: str, formula: str, value) -> None:
    sheet.text(row, 1, label, "label")
    sheet.formula(row, SHOWN, formula, value, "factor")
    sheet.book.name(part.name(name), sheet, (row, SHOWN))


def _columns(part: Part) -> tuple[Column, ...]:
    to_the_day_paid = part.tranche.payments.interest_for_delay == "to the day paid"
    end = "[paid_date]" if to_the_day_paid else "[due_date]"
    first = "{first_instalment}" if part.plan.instalments.start > 1 else "1"
    discounted = f"/(1+[counts]*{{coupon_units}}*{length(part)}/{{interest_divisor}})"
    return (
        Column("number", "Payment no.", "count", None, lambda row: row.number, 11),
        Column(
            "due_date",
            "Due",
            "date",
            regular_date(part, steps_to(part, "[number]")),
            lambda row: row.due,
            13,
        ),
        Column(
            "paid_date",
            "Paid",
            "date",
            ADJUSTED_DATE[part.tranche.payments.business_day],
            lambda row: row.paid,
            13,
        ),
        Column(
            "counts",
            "Level (1)",
            "count",
            f"IF([number]>={first},1,0)",
            lambda row: int(row.counts),
            10,
        ),
        Column(
            "discount",
            "Discount factor",
            "factor",
            f"[discount@]{discounted}",
            lambda row: float(row.discount),
            42,
            f"1{discounted}",
        ),
        Column("is_active", "Active", "count", None, lambda row: 1, 7),
        Column(
            "run_start",
            "Accrues from",
            "date",
            "[run_end@]",
            lambda row: row.accrual.start,
            13,
            "closing_date",
        ),
        Column("run_end", "Accrues to", "date", end, lambda row: row.accrual.end, 13),
        *(_from_the_first(column) for column in line_columns(part)),
    )


def _from_the_first(column: Column) -> Column:
    """A working of the schedule that here has its formula in the first row too."""
    return replace(column, first=None)
