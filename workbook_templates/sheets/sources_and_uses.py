"""Sources and uses: the cash of the closing, and the exchanges that moved none."""

from lexp_calc.exchange_offers import settlements_of, totals
from lexp_calc.sources_and_uses import (
    CASH_TO_HOLDERS,
    DERIVED,
    NOT_ITEMISED_SOURCE,
    NOT_ITEMISED_USE,
    SourcesAndUses,
    sources_and_uses_of,
)
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.exchanges_in_kind import exchanges_in_kind
from workbook_templates.sheets.terms import group_name, where_stated
from workbook_templates.statement import LABEL, VALUE, Line, Statement

BASIS, SHARE, SOURCE = 3, 4, 5
BALANCING = "balances the two sides; no document states it"
NO_DRAWS = "no draw entered"
ON_INPUTS = "draws of the closing date on the Inputs"
WORKED_OUT_BY_HOLDER = "what the options give, on the sheet Exchange"
WORKED_OUT = "the fees of the closing date in the schedule"


def write(contents: Contents) -> None:
    """In the deal's workbook: sources, uses, and what was exchanged."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Sources and uses", "results", "Sources and uses at closing")
    sheet.widths({LABEL: 68, VALUE: 20, BASIS: 20, SHARE: 20, SOURCE: 66})
    found = sources_and_uses_of(contents.projection)
    lines = Statement(sheet, 4, str, SOURCE)
    _side(lines, contents, found, "sources", _sources(contents, found))
    lines.row += 1
    _side(lines, contents, found, "uses", _uses(contents, found))
    lines.row += 1
    last = exchanges_in_kind(sheet, lines.row, contents, found)
    sheet.print_setup(Area(1, 1, last, SOURCE), pages_tall=1)
    sheet.freeze(4, 1)


def _side(lines: Statement, contents: Contents, found: SourcesAndUses, side: str, itemised) -> None:
    """One side: what is itemised, what balances it against the other, and the sum."""
    amount = contents.deal.money.amount
    other = "uses" if side == "sources" else "sources"
    rest_name = NOT_ITEMISED_SOURCE if side == "sources" else NOT_ITEMISED_USE
    listed = {line.name: line.amount for line in getattr(found, side)}
    rest = listed.get(rest_name, 0)
    total = amount(found.total)
    lines.heading(f"{side.capitalize()} of cash")
    lines.heads("Line", contents.deal.currency, "Basis", "Share of all", "Source or working")
    for line, _ in itemised:
        lines.write(line)
    keys = [line.key for line, _ in itemised]
    summed = f"SUM([{keys[0]}]:[{keys[-1]}])" if keys else "0"
    lines.write(
        Line(f"itemised_{side}", "Itemised", "money", summed, amount(found.total - rest)),
        Line(
            f"rest_{side}",
            rest_name,
            "money",
            f"MAX(itemised_{other}-[itemised_{side}],0)",
            amount(rest),
            BALANCING,
        ),
        Line(
            f"all_{side}",
            f"All {side}",
            "money_total",
            f"[itemised_{side}]+[rest_{side}]",
            total,
        ),
    )
    lines.define(f"itemised_{side}", f"itemised_{side}")
    for key, basis in [*((line.key, basis) for line, basis in itemised), (f"rest_{side}", DERIVED)]:
        value = 0 if lines.values[key] == NO_DRAWS else lines.values[key]
        lines.beside(key, BASIS, "count", None, basis)
        share = float(value / total) if total else 0
        formula = f"IF([all_{side}]=0,0,MAX([{key}],0)/[all_{side}])"
        lines.beside(key, SHARE, "share", formula, share)


def unless_no_draws(part: Part, formula: str, value) -> tuple[str, object]:
    """A revolver's figure, in words while the inputs hold no draw: blank is not zero."""
    formula = f'IF(COUNT({part.name("move_dates")})=0,"{NO_DRAWS}",{formula})'
    return formula, value if part.moves else NO_DRAWS


def at_closing(part: Part, column: str) -> str:
    """The first row of a schedule, which is the closing."""
    return f"INDEX({part.name(f'schedule_{column}')},1)"


def _sources(contents: Contents, found: SourcesAndUses) -> list[tuple[Line, str]]:
    """What each tranche that was lent in cash brought in, with its basis."""
    deal = contents.deal
    exchanged = {exchange.new_tranche for exchange in deal.exchange.values()}
    lent = [part for part in contents.parts if part.tranche_id not in exchanged]
    listed = []
    for part, given in zip(lent, found.sources, strict=False):
        stated = ON_INPUTS
        if not part.is_revolver:
            stated = where_stated(deal, part.tranche, "principal")
        formula, value = at_closing(part, "drawn"), deal.money.amount(given.amount)
        if part.is_revolver:
            formula, value = unless_no_draws(part, formula, value)
        line = Line(
            f"lent_{part.tranche_id}".replace("-", "_"),
            given.name,
            "money",
            formula,
            value,
            stated,
        )
        listed.append((line, given.basis))
    return listed


def _uses(contents: Contents, found: SourcesAndUses) -> list[tuple[Line, str]]:
    """What was bought back and the fees of the closing, with the basis of each."""
    deal = contents.deal
    bases = {given.name: given.basis for given in found.uses}
    listed = []
    for repurchase_id, note in deal.repurchase.items():
        line = Line(
            f"bought_{repurchase_id}".replace("-", "_"),
            note.name,
            "money",
            f"{{{group_name(deal, 'repurchase', repurchase_id, 'price')}}}",
            note.price,
            where_stated(deal, note, "price"),
        )
        listed.append((line, bases[note.name]))
    for exchange in deal.exchange.values():
        name = f"{exchange.name}: {CASH_TO_HOLDERS}"
        if name in bases:
            part = next(each for each in contents.parts if each.tranche_id == exchange.new_tranche)
            cash = totals(settlements_of(exchange, deal.money)).cash_in_all
            key = f"exchanged_{part.tranche_id}".replace("-", "_")
            formula = part.name("exchange_cash_in_all")
            listed.append((Line(key, name, "money", formula, cash, WORKED_OUT_BY_HOLDER), DERIVED))
    for part in contents.parts:
        if part.has_fees:
            fees = part.money(part.schedule.rows[0].fees)
            name = f"{part.tranche.name}: fees at closing"
            key = f"fees_{part.tranche_id}".replace("-", "_")
            line = Line(key, name, "money", at_closing(part, "fees"), fees, WORKED_OUT)
            listed.append((line, DERIVED))
    return listed
