"""What the workings of a schedule share: columns that begin after the closing."""

from fractions import Fraction

from workbook_templates.row import Row
from workbook_templates.table import CONSTANT, Column


def working(key, head, style, formula, value, width=13.0, first=CONSTANT) -> Column:
    """A working whose value exists from the first row after closing on."""
    return Column(
        key, head, style, formula, lambda row: value(row) if row.before else 0, width, first
    )


def day_numbers(row: Row) -> tuple[int | Fraction, int | Fraction]:
    """The ends of the running period as the day count numbers them."""
    accrual = row.flow.accrual
    return row.part.schedule.day_count.numbers(accrual.start, accrual.end)
