"""Level payment: the periods that a payment solved exactly by days has to repay."""

from lexp_calc.level_repayment import BY_ACTUAL_DAYS
from workbook_templates.contents import Contents

HEAD_ROW = 6


def write(contents: Contents) -> None:
    """A table for each tranche whose level payment is solved by days."""
    for part in contents.parts:
        if part.is_level and part.plan.repayment.method == BY_ACTUAL_DAYS:
            _write(contents, part)
