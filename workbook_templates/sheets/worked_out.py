"""The figures between terms and schedule: formulas where they follow from terms and switches."""

from decimal import Decimal
from typing import NamedTuple

from lexp_calc.compounding import DAYS_IN_INDEX_YEAR, ROUNDED_TO
from lexp_calc.day_count import ActualActualICMA
from lexp_calc.fees import ClosingFee
from lexp_calc.rates import UNITS_PER_ONE, units
from lexp_calc.regular_dates import DAYS_IN_A_WEEK
from lexp_calc.spread_prices import HUNDRED
from workbook_templates.contents import Contents
from workbook_templates.part import Part, extension_name, part_suffix
from workbook_templates.sheets import term_tables
from workbook_templates.sheets.fee_columns import fee_key
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
    return term_tables.write(sheet, row + 2, contents, part) - 1


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
            "count",
            "units x days",
            "{days_in_year}*rate_units",
        ),
        *_springing_figures(part),
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
    if part.in_kind:
        listed += _in_kind_figures(part)
    if part.is_drawn_later or _needs_size(part):
        listed += _drawing_figures(part)
    for fee_id, each in part.running_fees.items():
        listed.append(
            _in_units(f"{each.name} in rate units", f"fees_{fee_key(part, fee_id)}", each.rate)
        )
    protection = part.plan.call_protection
    if protection is not None and protection.make_whole is not None:
        listed += _make_whole_figures(part)
    if part.is_revolver:
        label = "Letters of credit: entries up to the as-of date"
        formula = 'COUNTIF({letter_dates},"<="&as_of)'
        entries = part.letter_entries
        listed.append(Figure(label, "letter_no", entries, "count", "number", formula))
    return listed


def _in_units(label: str, name: str, value: Decimal) -> Figure:
    """A rate in whole rate units; `name` is the term's without its ending."""
    return Figure(
        label,
        f"{name}_units",
        units(value),
        "count",
        "units",
        f"ROUND({{{name}_rate}}*rate_units,0)",
    )


def _in_kind_figures(part: Part) -> list[Figure]:
    terms = part.in_kind.terms
    listed = []
    if terms.rate is not None:
        listed.append(_in_units("Rate in kind in rate units", "in_kind", terms.rate))
    if terms.toggle is not None:
        listed.append(
            Figure(
                "Premium in kind in rate units",
                "premium_units",
                units(terms.toggle.premium),
                "count",
                "units",
                "ROUND({in_kind_toggle_premium}*rate_units,0)",
            )
        )
    return listed


def _needs_size(part: Part) -> bool:
    """Whether a fee looks at all that may be drawn of a loan."""
    if part.is_revolver:
        return False
    return bool(part.running_fees) or any(
        isinstance(each, ClosingFee) and each.base == "commitment"
        for each in part.tranche.fees.values()
    )


def _drawing_figures(part: Part) -> list[Figure]:
    """All that may be drawn of a loan, and until when."""
    tranche = part.tranche
    lent = "{principal}+SUM({drawing_amounts})" if tranche.drawings else "{principal}"
    size = "{lent}" if tranche.commitment is None else "{commitment}"
    code = part.currency.code
    listed = [
        Figure("Lent whatever is drawn", "lent", tranche.fixed_principal, "money", code, lent),
        Figure("All that may be drawn", "size", tranche.size, "money", code, size),
    ]
    if part.is_drawn_later:
        formula = "{available_until}"
        if tranche.available_until is None:
            formula = f"{{drawings_{len(tranche.drawings)}_date}}"
        last = tranche.last_draw
        listed.append(Figure("Last day for draws", "last_draw", last, "date", "date", formula))
    return listed


def _make_whole_figures(part: Part) -> list[Figure]:
    protection = part.plan.call_protection
    until = protection.make_whole.until
    at_call = HUNDRED * (1 + protection.step_premium(until))
    return [
        Figure("Par, in prices", "par", HUNDRED, "price", "per 100"),
        Figure("Days in a year of 30-day months", "days_in_price_year", 360, "count", "days"),
        Figure(
            "Call premiums that ended before the make-whole does",
            "premiums_ended",
            sum(step.until <= until for step in protection.steps),
            "count",
            "number",
            'COUNTIF({call_until},"<="&{call_protection_make_whole_until})',
        ),
        Figure(
            "Price when the make-whole ends",
            "par_at_call",
            at_call,
            "price",
            "per 100",
            "{par}*(1+INDEX({call_premiums},{premiums_ended}+1))",
        ),
        _payments_a_year(part),
        Figure(
            "Coupon payment per 100",
            "coupon_payment",
            HUNDRED * part.tranche.coupon.rate / part.tranche.payments.payments_a_year,
            "price",
            "per 100",
            "{par}*{coupon_rate}/{payments_a_year}",
        ),
        Figure(
            "Part of a coupon period in a day of 30-day months",
            "part_a_day",
            part.tranche.payments.payments_a_year / 360,
            "price",
            "of a period",
            "{payments_a_year}/{days_in_price_year}",
        ),
    ]


def _payments_a_year(part: Part) -> Figure:
    count = part.tranche.payments.payments_a_year
    return Figure("Payments a year", "payments_a_year", count, "count", "number")


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


def maturity_formula(part: Part) -> str:
    """Which maturity holds, from the switches on the inputs and other tranches' balances."""
    tranche = part.tranche
    formula = "{maturity}"
    if tranche.extension:
        switch = extension_name(part.projection.deal, part.tranche_id)
        formula = f'IF({switch}="yes",{{extension_maturity}},{formula})'
    springing = getattr(tranche, "springing", None)
    if springing and springing.unless_extended:
        switch = extension_name(part.projection.deal, springing.unless_extended)
        formula = f'IF({switch}="yes",{formula},{{springing_maturity}})'
    elif springing:
        formula = f'IF({{springs}}="yes",{{springing_maturity}},{formula})'
    return formula


def _springing_figures(part: Part) -> list[Figure]:
    """Whether the other tranche's balance brings the maturity forward, where that is at hand."""
    if part.springs is None or not part.suffix:
        return []
    test = part.tranche.springing.if_outstanding
    other = part_suffix(part.projection.deal, test.tranche)
    changes, days = f"schedule_balance_change{other}", f"schedule_payment_date{other}"
    owed = part.money(part.projection[test.tranche].balance(test.on))
    above = "{springing_if_outstanding_above}"
    return [
        Figure(
            "Day of the test of the other tranche",
            "test_on",
            test.on,
            "date",
            "date",
            "{springing_if_outstanding_on}",
        ),
        Figure(
            "Sum of the changes of its balance until then",
            "tested_sum",
            owed,
            "money",
            part.currency.code,
            f'SUMIF({days},"<="&{{test_on}},{changes})',
        ),
        Figure(
            "Owed of the other tranche on the day of the test",
            "tested_balance",
            owed,
            "money",
            part.currency.code,
            f"ROUND({{tested_sum}},{part.currency.digits})",
        ),
        Figure(
            "Earlier maturity springs",
            "springs",
            "yes" if part.springs else "no",
            "word",
            "yes / no",
            f'IF({{tested_balance}}>{above},"yes","no")',
        ),
    ]


def instalment_figures(part: Part) -> list[Figure]:
    """Which payments bring instalments, extended or not; what a level payment needs."""
    tranche = part.tranche

    def last(maturity, extended: bool) -> int:
        return tranche.repayment.numbers(part.regular_dates, maturity, extended)[-1]

    listed = []
    first = part.plan.instalments.start
    if first > 1 or part.plan.instalments.step > 1:
        listed.append(Figure("First instalment", "first_instalment", first, "count", "number"))
    count = last(tranche.maturity, False)
    listed.append(Figure("Last instalment", "instalments", count, "count", "number"))
    in_force = "{instalments}"
    if tranche.extension:
        longer = last(tranche.extension.maturity, True)
        name = "instalments_if_extended"
        listed.append(Figure("Last instalment if extended", name, longer, "count", "number"))
        switch = extension_name(part.projection.deal, part.tranche_id)
        in_force = f'IF({switch}="yes",{{{name}}},{{instalments}})'
    label, in_all = "Last instalment that the terms allow", part.plan.instalments[-1]
    listed.append(Figure(label, "instalments_in_force", in_all, "count", "number", in_force))
    if part.is_level:
        listed.append(
            Figure("Last level payment", "last_level_payment", in_all, "count", "number", in_force)
        )
        if not part.plan.call_protection or not part.plan.call_protection.make_whole:
            listed.append(_payments_a_year(part))
    return listed
