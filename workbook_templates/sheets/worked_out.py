"""The figures between terms and schedule: formulas where they follow from terms and switches."""

from typing import NamedTuple

from lexp_calc.compounding import DAYS_IN_INDEX_YEAR, ROUNDED_TO
from lexp_calc.day_count import ActualActualICMA
from lexp_calc.fees import AnniversaryFee, ClosingFee
from lexp_calc.rates import UNITS_PER_ONE, rate, units
from lexp_calc.regular_dates import DAYS_IN_A_WEEK
from lexp_calc.tranches.term_loan import TermLoan
from workbook_templates.contents import Contents
from workbook_templates.part import Part, extension_name
from workbook_templates.sheets.regular_date import anchor_name, month_number
from workbook_templates.table import with_names, write_constant

LABEL, VALUE, UNIT = 1, 2, 3


class Figure(NamedTuple):
    """One line: its value and, where it follows from others, its formula with {names}."""

    label: str
    name: str
    value: object
    style: str
    unit: str
    formula: str | None = None


def write(sheet, row: int, contents: Contents, part: Part) -> int:
    """One line a figure under the terms of its tranche; the next free row."""
    sheet.text(row, LABEL, f"Worked out: {part.tranche.name}", "heading")
    for figure in figures(part):
        row += 1
        sheet.text(row, LABEL, figure.label, "label")
        if figure.formula:
            text = with_names(figure.formula, part.name)
            sheet.formula(row, VALUE, text, figure.value, figure.style)
        else:
            write_constant(sheet, row, VALUE, figure.value, figure.style)
        sheet.text(row, UNIT, figure.unit, "unit")
        contents.book.name(part.name(figure.name), sheet, (row, VALUE))
    return row + 1


def figures(part: Part) -> list[Figure]:
    """What the schedule's formulas need besides the terms as they stand."""
    tranche = part.tranche
    listed = [
        *_steps(part),
        _year(part),
        Figure(
            "Interest divisor",
            "interest_divisor",
            part.interest_divisor,
            "exact",
            "units x days",
            "{days_in_year}*rate_units",
        ),
        Figure(
            "Maturity in force",
            "maturity_in_force",
            part.maturity,
            "date",
            "date",
            maturity_formula(part),
        ),
    ]
    if not part.is_floating:
        coupon = units(tranche.coupon.rate)
        formula = "ROUND({coupon_rate}*rate_units,0)"
        listed.append(
            Figure("Coupon in rate units", "coupon_units", coupon, "count", "units", formula)
        )
    if part.compounded_number:
        label = "Days in a year of the compounded index"
        listed.append(Figure(label, "days_in_index_year", DAYS_IN_INDEX_YEAR, "count", "days"))
        label, steps = "Steps of the compounded rate in 100 %", UNITS_PER_ONE // ROUNDED_TO
        listed.append(Figure(label, "compounding_steps", steps, "count", "number"))
    if part.has_default:
        margin = units(tranche.coupon.default_margin)
        formula = "ROUND({coupon_default_margin}*rate_units,0)"
        label = "Default margin in rate units"
        listed.append(Figure(label, "default_margin_units", margin, "count", "units", formula))
    if part.has_instalments:
        listed += instalment_figures(part)
    if part.has_fees:
        listed.append(_fee_rate(part, ClosingFee, "closing_fee_rate", "Fee at closing, in all"))
        label = "Fee on each anniversary, in all"
        listed.append(_fee_rate(part, AnniversaryFee, "anniversary_fee_rate", label))
    return listed


def _steps(part: Part) -> list[Figure]:
    """How far regular dates are apart, and the number of the one that they are counted from."""
    step, regular = part.tranche.payments.step, part.regular_dates
    if step.weeks:
        days = step.weeks * DAYS_IN_A_WEEK
        listed = [Figure("Days between payments", "days_between_payments", days, "count", "days")]
    else:
        name = "months_between_payments"
        listed = [Figure("Months between payments", name, step.months, "count", "months")]
    if not part.tranche.payments.first_payment:
        label = "Number of the payment at the contract's maturity"
        number = regular.anchor_number
        listed.append(Figure(label, "anchor_number", number, "count", "number"))
    if isinstance(part.schedule.day_count, ActualActualICMA):
        anchor = anchor_name(part)
        formula = f"YEAR({anchor})*months_in_year+MONTH({anchor})"
        label, number = "Month that regular dates are counted from", month_number(regular.anchor)
        listed.append(Figure(label, "anchor_month", number, "count", "number", formula))
    return listed


def _year(part: Part) -> Figure:
    """A year on the day count's line: in days, where it counts days."""
    label, unit = "Days in a year of the day count", "days"
    if part.has_length:
        label = f"A year of {part.schedule.day_count.name}, on its line"
        unit = "periods" if isinstance(part.schedule.day_count, ActualActualICMA) else "units"
    return Figure(label, "days_in_year", part.days_in_year, "count", unit)


def _fee_rate(part: Part, kind: type, name: str, label: str) -> Figure:
    """The sum of the rates of all fees of a kind."""
    charged = {key: each for key, each in part.tranche.fees.items() if isinstance(each, kind)}
    total = sum(units(each.rate) for each in charged.values())
    formula = "+".join(f"{{fees_{key.replace('-', '_')}_rate}}" for key in charged) or None
    return Figure(label, name, rate(total), "rate", "%", formula)


def maturity_formula(part: Part) -> str:
    """Which maturity holds, from the switches on the inputs."""
    tranche = part.tranche
    formula = "{maturity}"
    if tranche.extension:
        switch = extension_name(part.tranche_id)
        formula = f'IF({switch}="yes",{{extension_maturity}},{formula})'
    if isinstance(tranche, TermLoan) and tranche.springing:
        switch = extension_name(tranche.springing.unless_extended)
        formula = f'IF({switch}="yes",{formula},{{springing_maturity}})'
    return formula


def instalment_figures(part: Part) -> list[Figure]:
    """How many instalments the terms ask for, extended or not."""
    tranche = part.tranche
    due = tranche.repayment.instalments_due
    count = due(part.regular_dates, tranche.maturity, False)
    listed = [Figure("Instalments", "instalments", count, "count", "number")]
    in_force = "{instalments}"
    if tranche.extension:
        longer = due(part.regular_dates, tranche.extension.maturity, True)
        name = "instalments_if_extended"
        listed.append(Figure("Instalments if extended", name, longer, "count", "number"))
        switch = extension_name(part.tranche_id)
        in_force = f'IF({switch}="yes",{{{name}}},{{instalments}})'
    label, in_all = "Instalments that the terms allow", part.plan.instalments
    listed.append(Figure(label, "instalments_in_force", in_all, "count", "number", in_force))
    return listed
