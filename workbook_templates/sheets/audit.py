"""Audit: what the workbook was made from, its sources word for word, its assumptions."""

from math import ceil

from lexp_calc import __version__
from lexp_calc.rates import INDICES
from lexp_calc.scenario_checks import TABLES_BY_TRANCHE
from lexp_calc.term_list import listed_terms
from lexp_calc.wording import per_cent_text
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents, unique
from workbook_templates.origin import INPUTS_NAME, LENDER_NAMES, ORIGIN_NAMES

LABEL, TEXT = 1, 2
CHARACTERS_A_LINE, LINE_HEIGHT = 118, 13.5


def write(contents: Contents) -> None:
    """Nothing here but text: it is the record, not a calculation."""
    sheet = contents.sheet("Audit", "checks")
    sheet.widths({LABEL: 44, TEXT: 106})
    deal = contents.deal
    row = 4
    first = row + 1
    row = _block(sheet, row, "Made from", _origin(contents))
    names = ORIGIN_NAMES + (LENDER_NAMES if contents.lender else ())
    for line, name in enumerate(names, first):
        contents.book.name(name, sheet, (line, TEXT))
    first_input = row + 2
    row = _block(
        sheet, row + 1, "Inputs changed from the scenario, when generated", _inputs(contents)
    )
    contents.book.name(INPUTS_NAME, sheet, (first_input, LABEL), (row - 1, TEXT))
    row = _block(sheet, row + 1, "Index rates published by", _publishers(contents))
    row = _block(
        sheet, row + 1, "Assumptions: terms that no document states", _assumptions(contents)
    )
    used = unique(term.source for _, term in _terms(contents) if term.source)
    passages = [(_where(deal, each), contents.words_of(each)) for each in used]
    row = _block(sheet, row + 1, "Sources, word for word unless marked", passages)
    documents = unique(deal.passage[each].document for each in used)
    listed = [(deal.document[each].title, _published(deal.document[each])) for each in documents]
    row = _block(sheet, row + 1, "Documents", listed)
    sheet.print_setup(Area(1, 1, row, TEXT), (1, 2), "either")
    sheet.freeze(4, 1)


def _block(sheet, row: int, heading: str, lines: list[tuple[str, str]]) -> int:
    sheet.text(row, LABEL, heading, "heading")
    row += 1
    for label, text in lines or [("none", "")]:
        sheet.text(row, LABEL, label, "wrapped_text")
        if text:
            sheet.text(row, TEXT, text, "wrapped_text")
        height = max(ceil(len(text) / CHARACTERS_A_LINE), ceil(len(label) / 46))
        sheet.heights({row: max(height, 1) * LINE_HEIGHT})
        row += 1
    return row


def _origin(contents: Contents) -> list[tuple[str, str]]:
    deal = contents.deal
    own_copy = []
    if contents.lender:
        own_copy = [("Lender", contents.lender_id), ("Share", per_cent_text(contents.held, 0))]
    return [
        ("Product", f"lexp {__version__}"),
        ("Deal", f"{deal.id}: {deal.borrower}, {deal.name}"),
        ("Tranche", contents.tranche_id or "all: " + ", ".join(deal.tranche)),
        ("Scenario", contents.projection.scenario_name),
        ("Term sheet, SHA-256", deal.term_sheet_sha256 or "made in Python"),
        *own_copy,
    ]


def _inputs(contents: Contents) -> list[tuple[str, str]]:
    """The single inputs given, without those for tranches that this workbook does not show."""
    own = {part.tranche_id for part in contents.parts}
    switches = {each for part in contents.parts for each in part.switches}
    lines = []
    for path, value in contents.projection.inputs.items():
        parts = path.split(".")
        # Of another tranche a lender sees the switch on which its own maturity turns, no more.
        shown = own | switches if parts[0] == "extend" else own
        if parts[0] not in TABLES_BY_TRANCHE or parts[1] in shown:
            lines.append((path, str(value)))
    return lines


def _publishers(contents: Contents) -> list[tuple[str, str]]:
    indices = unique(
        index for part in contents.parts for option in part.options for index in option.indices
    )
    return [(index, INDICES[index]) for index in indices]


def _terms(contents: Contents):
    """(whose, term) for all that the workbook shows."""
    deal = contents.deal
    own = ("name", "borrower", "currency", "closing_date", "calendar", "shares_outstanding")
    own += ("excess_cash_sweep",) if contents.tranche_id is None else ()
    for term in listed_terms(deal, only=own):
        yield "Deal", term
    for part in contents.parts:
        for term in listed_terms(part.tranche):
            yield part.tranche.name, term
    shown = {part.tranche_id for part in contents.parts}
    for warrants in deal.warrant.values():
        if warrants.tranche in shown:
            for term in listed_terms(warrants):
                yield warrants.name, term
    for exchange in deal.exchange.values():
        if exchange.new_tranche in shown:
            for term in listed_terms(exchange):
                yield exchange.name, term
    if contents.tranche_id is None:
        for each in (*deal.repurchase.values(), *deal.stock_for_interest.values()):
            for term in listed_terms(each):
                yield each.name, term


def _assumptions(contents: Contents) -> list[tuple[str, str]]:
    lines = []
    for whose, term in _terms(contents):
        if term.source is None:
            shown = f"{term.value:%d-%b-%Y}" if term.unit == "date" else term.value
            lines.append((f"{whose}: {term.label.lower()}", f"{shown}: {term.assumption}"))
    scenario = contents.deal.scenario[contents.projection.scenario_name]
    lines += [(f"Scenario: {key}", text) for key, text in scenario.assumption.items()]
    return lines


def _published(document) -> str:
    return f"{document.published}, {document.date}" if document.date else document.published


def _where(deal, passage_id: str) -> str:
    passage = deal.passage[passage_id]
    return f"{deal.document[passage.document].title}, ¶ {passage.paragraph}"
