"""The regular date so many steps from its anchor, as a formula."""

from datetime import date

from lexp_calc.regular_dates import MONTHS_IN_A_YEAR
from workbook_templates.part import Part


def regular_date(part: Part, steps: str) -> str:
    """The anchor stepped by months, to the day or to the month's end, or by weeks."""
    regular = part.regular_dates
    anchor = anchor_name(part)
    if regular.frequency.weeks:
        return f"{anchor}+{steps}*{{days_between_payments}}"
    stepping = "EOMONTH" if regular.at_month_ends else "EDATE"
    return f"{stepping}({anchor},{steps}*{{months_between_payments}})"


def steps_to_next(part: Part) -> str:
    """How many steps the next payment is from the anchor: all paid before, if that is the first."""
    return "[payment_number@]" if part.tranche.payments.first_payment else "[regular_steps]"


def steps_to(part: Part, number: str) -> str:
    """How many steps the payment of a number is from the anchor."""
    anchor = "1" if part.tranche.payments.first_payment else "{anchor_number}"
    return f"({number}-{anchor})"


def month_number(day: date) -> int:
    """12 x year + month: where a month stands among all."""
    return day.year * MONTHS_IN_A_YEAR + day.month


def anchor_name(part: Part) -> str:
    """The name of the date from which the regular dates are counted."""
    return "{payments_first_payment}" if part.tranche.payments.first_payment else "{maturity}"
