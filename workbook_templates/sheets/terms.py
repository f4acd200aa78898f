"""Terms: what the contract says, where it says so, and what is worked out from it."""

from math import ceil

from lexp_calc.periods import MONTHS_IN_A_YEAR
from lexp_calc.rates import UNITS_PER_ONE
from lexp_calc.term_list import Term, listed_terms, passage_stating
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.row import LAST_DATE
from workbook_templates.sheets import worked_out
from workbook_templates.short_ids import short_ids

LABEL, VALUE, UNIT, WHERE, SAYS = 1, 2, 3, 4, 5
STYLE_OF_UNIT = {
    "amount": "money",
    "rate": "rate",
    "date": "date",
    "count": "count",
    "price": "price",
    "multiple": "price",
}
CHARACTERS_A_LINE = 105
LINE_HEIGHT = 13.5
DAYS_IN_A_THIRTY_DAY_MONTH = 30


def term_name(path: str, words: dict[str, str] | None = None) -> str:
    """The defined name of a term: 'coupon.floor' is coupon_floor; `words` has short ids."""
    fields = [(words or {}).get(each, each) for each in path.split(".")]
    return "_".join(fields).replace("-", "_")


def write(contents: Contents) -> None:
    """The deal's own terms, then each tranche's, each followed by what is worked out."""
    sheet = contents.sheet("Terms", "calculation")
    sheet.widths({LABEL: 52, VALUE: 24, UNIT: 12, WHERE: 26, SAYS: 96})
    sheet.text(3, 1, "Facts of the contract: change them in the term sheet, not here.", "note")
    seen: set[str] = set()
    row = _deal_terms(sheet, 5, contents, seen)
    for part in contents.parts:
        row = _tranche_terms(sheet, row + 1, contents, part, seen)
        row = worked_out.write(sheet, row + 1, contents, part)
    if contents.tranche_id is None:
        row = _without_tranche(sheet, row, contents, seen)
    sheet.print_setup(Area(1, 1, row - 1, SAYS), (1, 2), "either")
    sheet.freeze(5, 2)


def _heads(sheet, row: int, heading: str) -> int:
    sheet.text(row, LABEL, heading, "heading")
    heads = ("Term", "Value", "Unit", "Paragraph", "What the document says, or why it is assumed")
    for column, head in enumerate(heads, 1):
        style = {VALUE: "column_head", UNIT: "column_head_unit"}.get(column, "column_head_text")
        sheet.text(row + 1, column, head, style)
    return row + 2


def _deal_terms(sheet, row: int, contents: Contents, seen: set[str]) -> int:
    deal = contents.deal
    row = _heads(sheet, row, "The deal")
    names = {each: each for each in ("closing_date", "shares_outstanding")}
    own = ("name", "borrower", "currency", "closing_date", "calendar", "shares_outstanding")
    swept = ("excess_cash_sweep",) if contents.tranche_id is None else ()
    for term in listed_terms(deal, only=own + swept):
        if term.path in own:
            row = _term(sheet, row, contents, term, names.get(term.path), seen)
        else:
            name = term_name(term.path) if term.unit in STYLE_OF_UNIT else None
            row = _term(sheet, row, contents, term, name, seen)
    half = contents.parts[0].half_a_minor_unit
    constants = (
        ("Months in a year", MONTHS_IN_A_YEAR, "count", "months", "months_in_year"),
        ("Days in a month of 30", DAYS_IN_A_THIRTY_DAY_MONTH, "count", "days", "days_in_month"),
        ("A thousand: the unit of exchange ratios", 1000, "count", deal.currency, "thousand"),
        ("Rate units in 100 %", UNITS_PER_ONE, "count", "units", "rate_units"),
        ("Tolerance of the checks", half, "price", deal.currency, "tolerance"),
        ("A date that never comes", LAST_DATE, "date", "date", "last_date"),
    )
    for label, value, style, unit, name in constants:
        sheet.text(row, LABEL, label, "label")
        if style == "date":
            sheet.date(row, VALUE, value)
        else:
            sheet.number(row, VALUE, value, style)
        sheet.text(row, UNIT, unit, "unit")
        sheet.text(row, WHERE, "constant", "note")
        contents.book.name(name, sheet, (row, VALUE))
        row += 1
    return row


def _tranche_terms(sheet, row: int, contents: Contents, part: Part, seen: set[str]) -> int:
    row = _heads(sheet, row, part.tranche.name)
    for term in listed_terms(part.tranche):
        has_name = term.unit in STYLE_OF_UNIT
        name = part.name(term_name(term.path, part.words)) if has_name else None
        row = _term(sheet, row, contents, term, name, seen)
    for warrant_id, warrants in contents.deal.warrant.items():
        if warrants.tranche == part.tranche_id:
            row = _group(sheet, row, contents, part, warrants, f"warrant_{warrant_id}", seen)
    for exchange_id, exchange in contents.deal.exchange.items():
        if exchange.new_tranche == part.tranche_id:
            row = _group(sheet, row, contents, part, exchange, f"exchange_{exchange_id}", seen)
    return row


def _group(sheet, row, contents, part, group, prefix, seen) -> int:
    for term in listed_terms(group):
        has_name = term.unit in STYLE_OF_UNIT
        # One set of warrants or one exchange a tranche is the rule: no id in the name.
        name = part.name(f"{prefix.split('_')[0]}_{term_name(term.path)}") if has_name else None
        label = f"{prefix.split('_')[0].capitalize()}: {term.label.lower()}"
        row = _term(sheet, row, contents, term, name, seen, label)
    return row


def _without_tranche(sheet, row: int, contents: Contents, seen: set[str]) -> int:
    """What was done with old claims and gave no tranche: repurchases, shares for interest."""
    deal = contents.deal
    for kind, groups in (
        ("repurchase", deal.repurchase),
        ("stock_for_interest", deal.stock_for_interest),
    ):
        for group_id, group in groups.items():
            row = _heads(sheet, row + 1, group.name)
            for term in listed_terms(group):
                has_name = term.unit in STYLE_OF_UNIT
                name = group_name(deal, kind, group_id, term.path) if has_name else None
                row = _term(sheet, row, contents, term, name, seen)
    return row


def where_stated(deal, terms, path: str) -> str:
    """Where the documents state a term, in a few words, or that it is assumed.

    `path` leads to it from `terms`: coupon.rate of a tranche.
    """
    passage = deal.passage.get(passage_stating(terms, path) or "")
    if passage is None:
        return "an assumption"
    if passage.document == next(iter(deal.document)):
        return f"¶ {passage.paragraph}"
    title = deal.document[passage.document].title.removeprefix(f"{deal.borrower}, ")
    return f"{title}, {passage.paragraph}"


def group_name(deal, kind: str, group_id: str, path: str) -> str:
    """The defined name of a term that belongs to no tranche: repurchase_ID_face."""
    words = short_ids(tuple(getattr(deal, kind)))
    return term_name(f"{kind}.{words[group_id]}.{path}")


def _term(
    sheet, row: int, contents: Contents, term: Term, name: str | None, seen: set[str], label=None
) -> int:
    sheet.text(row, LABEL, label or term.label, "label")
    style = STYLE_OF_UNIT.get(term.unit)
    if term.unit == "date":
        sheet.date(row, VALUE, term.value)
    elif style:
        sheet.number(row, VALUE, term.value, style)
    else:
        shown = {True: "yes", False: "no"}.get(term.value, term.value)
        sheet.text(row, VALUE, str(shown), "wrapped_text")
    sheet.text(row, UNIT, _unit(term, contents), "unit")
    if name and style:
        contents.book.name(name, sheet, (row, VALUE))
    lines = ceil(len(str(term.value)) / 26) if not style else 1
    if term.source:
        passage = contents.deal.passage[term.source]
        sheet.text(row, WHERE, _paragraph(contents, passage), "wrapped_text")
        says = "(as above)" if term.source in seen else contents.words_of(term.source)
        seen.add(term.source)
        sheet.text(row, SAYS, says, "wrapped_text")
    else:
        says = term.assumption or ""
        sheet.text(row, WHERE, "assumption", "note")
        sheet.text(row, SAYS, says, "wrapped_note")
    lines = max(lines, ceil(len(says) / CHARACTERS_A_LINE))
    if lines > 1:
        sheet.heights({row: lines * LINE_HEIGHT})
    return row + 1


def _paragraph(contents: Contents, passage) -> str:
    """The paragraph; of a document other than the first one, with the document's id."""
    main = next(iter(contents.deal.document))
    document = "" if passage.document == main else f"{passage.document} "
    return f"{document}¶ {passage.paragraph}"


def _unit(term: Term, contents: Contents) -> str:
    if term.unit in ("amount", "price"):
        return contents.deal.currency
    if term.unit == "rate":
        return "% a year" if term.path.startswith("coupon") else "%"
    if term.unit == "multiple":
        return "x"
    return {"date": "date", "count": "number", "yes/no": "yes / no"}.get(term.unit, "text")
