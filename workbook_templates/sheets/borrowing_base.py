"""Borrowing base: the certificate of a revolver, from collateral to what may still be drawn.

Blank collateral is not zero collateral: without the gross amount of every class the sheet
says in words what it needs and shows no borrowing base.
"""

from lexp_calc.borrowing_base import GROSS, Certificate, ClassBase
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.inputs import class_name
from workbook_templates.sheets.terms import term_name, where_stated
from workbook_templates.statement import LABEL, VALUE, Line, Statement

NOTE = 3
NEEDED, BELOW_ZERO = "needs collateral", "below zero"
NOT_REPORTED, NONE_REPORTED = "not reported", "none reported"
COMPLETE, NO_GROSS = "complete", "needs the gross amount"
TOO_MUCH = "ineligibles exceed the gross amount"
NO_DRAWS, DRAWS = "none on the Inputs: nothing counts as drawn", "as on the Inputs"
INCOMPLETE = "needs collateral: no borrowing base"
WITHIN, OVER = "within the limit", "over the limit: repay"
SIGNATURE_HEIGHT = 32


def write(contents: Contents) -> None:
    """A certificate for each revolver that a borrowing base limits."""
    for part in contents.parts:
        if part.is_revolver and part.tranche.borrowing_base:
            _certificate(contents, part)


def _certificate(contents: Contents, part: Part) -> None:
    title = contents.title("Borrowing base", part)
    sheet = contents.sheet(title, "results", "Borrowing base certificate")
    sheet.widths({LABEL: 50, VALUE: 22, NOTE: 58})
    lines = Statement(sheet, 4, part.name)
    lines.heads(part.tranche.name, contents.deal.currency, "Note")
    as_of = contents.projection.as_of
    lines.write(Line("as_of", "As-of date", "date", "as_of", as_of, "an input"))
    given = contents.projection.certificate(part.tranche_id)
    classes = given.classes if given else (None,) * len(part.tranche.borrowing_base)
    for class_id, base in zip(part.tranche.borrowing_base, classes, strict=True):
        lines.row += 1
        _class(lines, part, class_id, base)
    lines.row += 1
    _limit(lines, part, given)
    lines.row += 1
    _use(lines, part, given)
    lines.row += 1
    _missing(lines, part, classes)
    lines.row += 1
    _certification(lines, contents)
    for base in ("borrowing_base", "limit", "availability", "over_advance"):
        lines.define(f"certificate_{base}", base)
    sheet.print_setup(lines.printed, orientation="portrait", pages_tall=1)
    sheet.freeze(5, 1)


def _class(lines: Statement, part: Part, class_id: str, base: ClassBase | None) -> None:
    """One class: gross less ineligibles, times the advance rate."""
    terms = part.tranche.borrowing_base[class_id]
    digits = part.currency.digits
    reported = part.projection.scenario.collateral.get(part.tranche_id, {}).get(class_id, {})

    def key(figure: str) -> str:
        return f"{class_id}_{figure}".replace("-", "_")

    def line(figure: str, label: str, absent: str) -> Line:
        name = f"{{{class_name(class_id, figure)}}}"
        formula = f'IF(COUNT({name})=0,"{absent}",{name})'
        indented = "label" if figure == GROSS else "label_indented"
        return Line(
            key(figure), label, "money", formula, reported.get(figure, absent), "", indented
        )

    def known(figure: int | None):
        return NEEDED if base is None else part.money(figure)

    ineligible = list(terms.ineligible)
    stated = where_stated(part.projection.deal, terms, "advance_rate")
    gross, eligible = key(GROSS), key("eligible")
    lines.heading(terms.name)
    lines.write(line(GROSS, "Gross", NOT_REPORTED))
    lines.write(
        *(line(each, f"less: {terms.ineligible[each]}", NONE_REPORTED) for each in ineligible)
    )
    taken_off = f"SUM([{key(ineligible[0])}]:[{key(ineligible[-1])}])" if ineligible else "0"
    rate = f"{{borrowing_base_{term_name(class_id)}_advance_rate}}"
    lines.write(
        Line(
            key("ineligibles"),
            "Total ineligibles",
            "money",
            f'IF(COUNT([{gross}])=0,"{NEEDED}",ROUND({taken_off},{digits}))',
            known(base and sum(amount for _, amount in base.ineligibles)),
        ),
        Line(
            eligible,
            "Eligible: gross less ineligibles",
            "money",
            f'IF(COUNT([{gross}])=0,"{NEEDED}",IF([{key("ineligibles")}]>[{gross}],"{BELOW_ZERO}",'
            f"ROUND([{gross}]-[{key('ineligibles')}],{digits})))",
            known(base and base.eligible),
        ),
        Line(key("rate"), "Advance rate", "rate", rate, terms.advance_rate, stated),
        Line(
            key("lendable"),
            "Lendable value: eligible x advance rate",
            "money_total",
            f"IF(COUNT([{eligible}])=0,[{eligible}],ROUND([{eligible}]*[{key('rate')}],{digits}))",
            known(base and base.lendable),
        ),
    )


def _limit(lines: Statement, part: Part, given: Certificate | None) -> None:
    """From the lendable values to the lesser of borrowing base and commitment."""
    digits = part.currency.digits
    scenario = part.projection.scenario
    parts = ",".join(f"[{each.replace('-', '_')}_lendable]" for each in part.tranche.borrowing_base)

    def known(figure: int | None):
        return NEEDED if given is None else part.money(figure)

    lines.heading("Borrowing base and limit")
    lines.write(
        Line(
            "lendable",
            "Lendable value of all classes",
            "money",
            f'IF(COUNT({parts})<COUNTA({parts}),"{NEEDED}",ROUND(SUM({parts}),{digits}))',
            known(given and sum(each.lendable for each in given.classes)),
        ),
        Line(
            "reserves",
            "less: Reserves",
            "money",
            f'IF(COUNT({{reserves}})=0,"{NONE_REPORTED}",{{reserves}})',
            scenario.reserves.get(part.tranche_id, NONE_REPORTED),
            "an input",
            "label_indented",
        ),
        Line(
            "borrowing_base",
            "Borrowing base",
            "money_total",
            f"IF(COUNT([lendable])=0,[lendable],MAX(ROUND([lendable]-{{reserves}},{digits}),0))",
            known(given and given.borrowing_base),
        ),
        Line(
            "commitment",
            "Commitment",
            "money",
            "{commitment}",
            part.tranche.commitment,
            where_stated(part.projection.deal, part.tranche, "commitment"),
        ),
        Line(
            "limit",
            "Limit: the lesser of the two",
            "money_total",
            "IF(COUNT([borrowing_base])=0,[borrowing_base],MIN([borrowing_base],[commitment]))",
            known(given and given.limit),
        ),
    )


def _use(lines: Statement, part: Part, given: Certificate | None) -> None:
    """What is used of the limit, and what may still be drawn or must be repaid."""
    digits = part.currency.digits
    scenario = part.projection.scenario
    outstanding = part.schedule.balance(part.projection.as_of)
    letters = scenario.letters_of_credit.get(part.tranche_id)
    used = part.money(outstanding) + (letters or 0)

    def known(figure: int | None):
        return NEEDED if given is None else part.money(figure)

    lines.heading("Use and availability")
    lines.write(
        Line(
            "outstanding",
            "Loans outstanding on the as-of date",
            "money",
            f'ROUND(SUMIFS({{schedule_balance_change}},{{schedule_payment_date}},"<="&as_of),{digits})',
            part.money(outstanding),
            "from the schedule: the draws and repayments on the Inputs",
        ),
        Line(
            "letters",
            "Letters of credit",
            "money",
            f'IF(COUNT({{letters_of_credit}})=0,"{NONE_REPORTED}",{{letters_of_credit}})',
            NONE_REPORTED if letters is None else letters,
            "an input",
        ),
        Line(
            "used",
            "Used",
            "money",
            f"ROUND([outstanding]+{{letters_of_credit}},{digits})",
            used,
        ),
        Line(
            "availability",
            "Availability: limit less use, not below zero",
            "money_total",
            f"IF(COUNT([limit])=0,[limit],MAX(ROUND([limit]-[used],{digits}),0))",
            known(given and given.availability),
        ),
        Line(
            "over_advance",
            "Over-advance: use above the limit",
            "money",
            f"IF(COUNT([limit])=0,[limit],MAX(ROUND([used]-[limit],{digits}),0))",
            known(given and given.over_advance),
        ),
        Line(
            "status",
            "Result",
            "word",
            f'IF(COUNT([limit])=0,"{INCOMPLETE}",IF([over_advance]>0,"{OVER}","{WITHIN}"))',
            INCOMPLETE if given is None else OVER if given.over_advance else WITHIN,
        ),
    )


def _missing(lines: Statement, part: Part, classes) -> None:
    """What the certificate still needs, class by class."""
    lines.heading("What is still needed")
    for (class_id, terms), base in zip(part.tranche.borrowing_base.items(), classes, strict=True):
        key = class_id.replace("-", "_")
        lines.write(
            Line(
                f"{key}_needed",
                terms.name,
                "word",
                f'IF(COUNT([{key}_{GROSS}])=0,"{NO_GROSS}",'
                f'IF(COUNT([{key}_eligible])=0,"{TOO_MUCH}","{COMPLETE}"))',
                NO_GROSS if base is None else COMPLETE,
            )
        )

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


def _certification(lines: Statement, contents: Contents) -> None:
    """Who stands for the figures: name, title, signature and date, to be filled in by hand."""
    sheet = lines.sheet
    lines.heading("Certification")
    says = (
        f"{contents.deal.borrower} certifies to the lender that the figures above",
        "are true and complete on the as-of date, and are reported as the credit agreement asks.",
    )
    for text in says:
        sheet.text(lines.row, LABEL, text)
        lines.row += 1
    for left, right in (("Name", "Title"), ("Signature", "Date")):
        sheet.heights({lines.row: SIGNATURE_HEIGHT})
        lines.row += 1
        sheet.text(lines.row, LABEL, left, "signature")
        sheet.text(lines.row, NOTE, right, "signature")
        lines.row += 1
