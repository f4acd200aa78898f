"""Borrowing base: the certificate of a revolver, from collateral to what may still be drawn.

Blank collateral is not zero collateral: without the gross amount of every class the sheet
says in words what it needs and shows no borrowing base.
"""

from math import ceil

from lexp_calc.borrowing_base import Certificate
from lexp_calc.collateral_terms import GROSS
from lexp_calc.scenario import amount_on
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets import certificate_form
from workbook_templates.sheets.base_limits import BaseLines
from workbook_templates.sheets.collateral_classes import NONE_REPORTED, key, shown, write_class
from workbook_templates.sheets.terms import where_stated
from workbook_templates.statement import LABEL, VALUE, Line, Statement

NOTE = 3
WORDS_BESIDE_A_NAME = 20  # characters
LINES_A_PAGE = 80
COMPLETE, NO_GROSS = "complete", "needs the gross amount"
TOO_MUCH = "ineligibles exceed the gross amount"
NO_DRAWS, DRAWS = "none on the Inputs: nothing counts as drawn", "as on the Inputs"
INCOMPLETE = "needs collateral: no borrowing base"
WITHIN, OVER = "within the limit", "over the limit: repay"
IN_SHORT = {
    "limit": "the lesser of borrowing base and commitment",
    "used": "on the as-of date",
}


def write(contents: Contents) -> None:
    """A certificate for each revolver that a borrowing base limits."""
    for part in contents.parts:
        if part.is_revolver and part.tranche.borrowing_base:
            _certificate(contents, part)


def _certificate(contents: Contents, part: Part) -> None:
    title = contents.title("Borrowing base", part)
    sheet = contents.sheet(title, "results", "Borrowing base certificate")
    structure = part.tranche.base_structure
    longest = max(len(structure.part(each).name) for each in structure.order())
    sheet.widths({LABEL: max(50, longest + WORDS_BESIDE_A_NAME), VALUE: 22, NOTE: 58})
    lines = Statement(sheet, 4, part.name)
    certificate_form.write_address(lines, contents, part)
    given = contents.projection.certificate(part.tranche_id)
    lines.heads("In short", contents.deal.currency, "Note")
    _in_short(lines, part, given)
    lines.row += 1
    lines.heads(part.tranche.name, contents.deal.currency, "Note")
    classes = given.classes if given else (None,) * len(part.tranche.borrowing_base)
    for class_id, base in zip(part.tranche.borrowing_base, classes, strict=True):
        lines.row += 1
        write_class(lines, part, class_id, base)
    lines.row += 1
    between = BaseLines(lines, part, given)
    between.write_caps()
    between.write_limit()
    lines.row += 1
    _use(lines, part, given)
    lines.row += 1
    _missing(lines, part, classes)
    lines.row += 1
    certificate_form.write_certification(lines, contents, part)
    for base in ("borrowing_base", "limit", "used", "availability", "over_advance", "result"):
        lines.define(f"certificate_{base}", base)
    certificate_form.press(sheet, lines.row)
    # Beyond so many lines one page would be too small to read.
    pages = ceil(lines.row / LINES_A_PAGE)
    sheet.print_setup(lines.printed, (1, 2), orientation="portrait", pages_tall=pages)
    sheet.freeze(5, 1)


def _result(given: Certificate | None) -> str:
    if given is None:
        return INCOMPLETE
    return OVER if given.over_advance else WITHIN


def _in_short(lines: Statement, part: Part, given: Certificate | None) -> None:
    """What a lender looks for first, before how it comes about."""
    as_of = part.projection.as_of
    used = part.money(part.schedule.balance(as_of)) + amount_on(part.letters, as_of)
    for base, label, style, value in (
        ("borrowing_base", "Borrowing base", "money", shown(part, given and given.borrowing_base)),
        ("limit", "Limit: with the commitment", "money", shown(part, given and given.limit)),
        ("used", "Loans and letters of credit", "money", used),
        ("availability", "Availability", "money", shown(part, given and given.availability)),
        ("over_advance", "Over-advance", "money", shown(part, given and given.over_advance)),
        ("result", "Result", "word", _result(given)),
    ):
        name = f"{{certificate_{base}}}"
        lines.write(Line(f"short_{base}", label, style, name, value, IN_SHORT.get(base, "")))


def _use(lines: Statement, part: Part, given: Certificate | None) -> None:
    """What is used of the limit, and what may still be drawn or must be repaid."""
    digits = part.currency.digits
    as_of = part.projection.as_of
    outstanding = part.money(part.schedule.balance(as_of))
    letters = amount_on(part.letters, as_of)
    usable, words, above = "limit", "limit", "the limit"
    if part.tranche.minimum_availability is not None:
        usable, words, above = "usable", "what may be used", "what may be used"
    lines.heading("Use and availability")
    lines.write(
        Line(
            "outstanding",
            "Loans outstanding on the as-of date",
            "money",
            f'ROUND(SUMIFS({{schedule_balance_change}},{{schedule_payment_date}},"<="&as_of),{digits})',
            outstanding,
            "from the schedule: the draws and repayments on the Inputs",
        ),
        Line(
            "letters",
            "Letters of credit",
            "money",
            f'IF({{letter_no}}=0,"{NONE_REPORTED}",INDEX({{letter_amounts}},{{letter_no}}))',
            letters if part.letter_entries else NONE_REPORTED,
            "an input",
        ),
    )
    if part.tranche.letter_of_credit_sublimit is not None:
        _sublimit(lines, part)
    lines.write(
        Line(
            "used",
            "Used",
            "money",
            f"ROUND(SUM([outstanding],[letters]),{digits})",
            outstanding + letters,
        ),
        Line(
            "availability",
            f"Availability: {words} less use, not below zero",
            "money_total",
            f"IF(COUNT([{usable}])=0,[{usable}],MAX(ROUND([{usable}]-[used],{digits}),0))",
            shown(part, given and given.availability),
        ),
        Line(
            "over_advance",
            f"Over-advance: use above {above}",
            "money",
            f"IF(COUNT([{usable}])=0,[{usable}],MAX(ROUND([used]-[{usable}],{digits}),0))",
            shown(part, given and given.over_advance),
        ),
        Line(
            "result",
            "Result",
            "word",
            f'IF(COUNT([limit])=0,"{INCOMPLETE}",IF([over_advance]>0,"{OVER}","{WITHIN}"))',
            _result(given),
        ),
    )


def _sublimit(lines: Statement, part: Part) -> None:
    """Letters of credit against their own limit."""
    lines.write(
        Line(
            "sublimit",
            "Letter-of-credit sublimit",
            "money",
            "{letter_of_credit_sublimit}",
            part.tranche.letter_of_credit_sublimit,
            where_stated(part.projection.deal, part.tranche, "letter_of_credit_sublimit"),
            "label_indented",
        ),
        Line(
            "sublimit_left",
            "Left of the sublimit",
            "money",
            f"ROUND([sublimit]-SUM([letters]),{part.currency.digits})",
            part.tranche.letter_of_credit_sublimit - amount_on(part.letters, part.projection.as_of),
            "",
            "label_indented",
        ),
    )


def _missing(lines: Statement, part: Part, classes) -> None:
    """What the certificate still needs, class by class."""
    lines.heading("What is still needed")
    for (class_id, terms), base in zip(part.tranche.borrowing_base.items(), classes, strict=True):
        gross, eligible = key(class_id, GROSS), key(class_id, "eligible")
        lines.write(
            Line(
                key(class_id, "needed"),
                terms.name,
                "word",
                f'IF(COUNT([{gross}])=0,"{NO_GROSS}",'
                f'IF(COUNT([{eligible}])=0,"{TOO_MUCH}","{COMPLETE}"))',
                NO_GROSS if base is None else COMPLETE,
            )
        )
    needed = [(lines.rows[key(each, "needed")], VALUE) for each in part.tranche.borrowing_base]
    lines.sheet.book.name(part.name("collateral_needed"), lines.sheet, needed[0], needed[-1])
    drawn = len(part.moves) > 0
    lines.write(
        Line(
            "draws_needed",
            "Draws and repayments",
            "word",
            f'IF(COUNT({{move_dates}})=0,"{NO_DRAWS}","{DRAWS}")',
            DRAWS if drawn else NO_DRAWS,
        )
    )
