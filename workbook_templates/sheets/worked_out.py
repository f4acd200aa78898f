"""The figures between terms and schedule: formulas where they follow from terms and switches."""

from typing import NamedTuple

from lexp_calc.fees import AnniversaryFee, ClosingFee
from lexp_calc.rates import rate, units
from lexp_calc.tranches.term_loan import TermLoan
from workbook_templates.contents import Contents
from workbook_templates.part import Part, extension_name
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
    months, days = tranche.payments.months, part.days_in_year
    listed = [
        Figure("Months between payments", "months_between_payments", months, "count", "months"),
        Figure("Days in a year of the day count", "days_in_year", days, "count", "days"),
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
    if part.has_instalments:
        listed += instalment_figures(part)
    if part.is_revolver:
        label = "Letters of credit: entries up to the as-of date"
        formula = 'COUNTIF({letter_dates},"<="&as_of)'
        entries = part.letter_entries
        listed.append(Figure(label, "letter_entries", entries, "count", "number", formula))
    if part.has_fees:
        listed.append(_fee_rate(part, ClosingFee, "closing_fee_rate", "Fee at closing, in all"))
        label = "Fee on each anniversary, in all"
        listed.append(_fee_rate(part, AnniversaryFee, "anniversary_fee_rate", label))
    return listed


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
    count = due(tranche.payments, tranche.maturity, False)
    listed = [Figure("Instalments", "instalments", count, "count", "number")]
    in_force = "{instalments}"
    if tranche.extension:
        longer = due(tranche.payments, tranche.extension.maturity, True)
        name = "instalments_if_extended"
        listed.append(Figure("Instalments if extended", name, longer, "count", "number"))
        switch = extension_name(part.tranche_id)
        in_force = f'IF({switch}="yes",{{{name}}},{{instalments}})'
    label, in_all = "Instalments that the terms allow", part.plan.instalments
    listed.append(Figure(label, "instalments_in_force", in_all, "count", "number", in_force))
    return listed
