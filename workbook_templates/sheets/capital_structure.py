"""Capital structure: debt, shares and warrants before the closing and after it.

An amount that no document states is a word, never a zero.
"""

from lexp_calc.capital_structure import CapitalRow, CapitalStructure, capital_structure
from workbook_templates.addresses import Area
from workbook_templates.charts import Points, Series, Words, columns
from workbook_templates.contents import Contents, unique
from workbook_templates.sheets.terms import group_name
from workbook_templates.table import Column, Table, write_constant

INSTRUMENT, RANKING, BEFORE, BEFORE_BASIS, AFTER, AFTER_BASIS, LIEN = range(1, 8)
WIDTHS = {INSTRUMENT: 66, RANKING: 22, BEFORE: 19, BEFORE_BASIS: 11, AFTER: 19, AFTER_BASIS: 11}
LIEN_WIDTH = 62
LIEN_LINE, LINE_HEIGHT = 66, 13.5
HEAD_ROW = 4
CHART_ROWS = 18
MILLION = 1_000_000
NOT_STATED, NEW, NOT_RANKED = "not stated", "new", "not ranked"


def write(contents: Contents) -> None:
    """In the deal's workbook: instruments, the sums by ranking with a chart, and the shares."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Capital structure", "results", "Capital structure before and after")
    sheet.widths({**WIDTHS, LIEN: LIEN_WIDTH})
    structure = capital_structure(contents.projection)
    row = _instruments(sheet, HEAD_ROW, contents, structure) + 2
    rows = _by_ranking(sheet, row, contents, structure)
    row = rows.last_row + 2
    if structure.shares:
        row = _shares(sheet, row, contents, structure) + 2
    _chart(contents, rows, structure, row)
    sheet.print_setup(Area(1, 1, row + CHART_ROWS, LIEN), pages_tall=1)
    sheet.freeze(HEAD_ROW + 1, 2)


def _heads(sheet, row: int, heads: tuple[str, ...]) -> None:
    text = {INSTRUMENT: "column_head_text", RANKING: "column_head_text", LIEN: "column_head_unit"}
    for column, head in enumerate(heads, 1):
        sheet.text(row, column, head, text.get(column, "column_head"))


def _formulas(contents: Contents):
    """(before, after) of each instrument in the core's order; None where it is a constant."""
    deal = contents.deal
    names = {part.tranche_id: part.name for part in contents.parts}
    for part in contents.parts:
        changes, days = part.name("schedule_balance_change"), part.name("schedule_payment_date")
        yield None, f"SUMIFS({changes},{days},closing_date)"
    for repurchase_id in deal.repurchase:
        yield group_name("repurchase", repurchase_id, "face"), None
    for exchange in deal.exchange.values():
        name = names[exchange.new_tranche]
        outstanding, tendered = name("exchange_outstanding"), name("exchange_tendered")
        yield outstanding, f"{outstanding}-{tendered}"
        if exchange.has_rule:
            yield f"{name('exchange_new_principal_by_rule')}-{tendered}", None
    for stock_id in deal.stock_for_interest:
        yield group_name("stock_for_interest", stock_id, "interest"), None


def _instruments(sheet, head_row: int, contents: Contents, structure: CapitalStructure) -> int:
    """A line an instrument and the sum of what is stated; gives back the last row."""
    currency, money = contents.deal.currency, contents.deal.money.amount
    heads = ("Debt", "Ranking", f"Before, {currency}", "Basis", f"After, {currency}", "Basis")
    _heads(sheet, head_row, (*heads, "Lien"))
    row = head_row
    new = len(contents.parts)
    for place, (line, formulas) in enumerate(
        zip(structure.debt, _formulas(contents), strict=True)
    ):
        row += 1
        sheet.text(row, INSTRUMENT, line.instrument)
        sheet.text(row, RANKING, line.ranking or NOT_RANKED)
        absent = NEW if place < new else NOT_STATED
        _amount(sheet, row, BEFORE, formulas[0], line.before, absent, money)
        _amount(sheet, row, AFTER, formulas[1], line.after, NOT_STATED, money)
        for column, basis in ((BEFORE_BASIS, line.before_basis), (AFTER_BASIS, line.after_basis)):
            sheet.text(row, column, basis or "-", "count")
        if line.lien:
            sheet.text(row, LIEN, line.lien, "wrapped_text")
            sheet.heights({row: LINE_HEIGHT * -(-len(line.lien) // LIEN_LINE)})
    first, last = head_row + 1, row
    for name, column in (("ranking", RANKING), ("before", BEFORE), ("after", AFTER)):
        contents.book.name(f"capital_{name}", sheet, (first, column), (last, column))
    row += 1
    sheet.text(row, INSTRUMENT, "All debt, as far as it is stated", "label_total")
    for column in range(RANKING, LIEN + 1):
        if column not in (BEFORE, AFTER):
            sheet.blank(row, column, "label_total")
    before = sum(line.before or 0 for line in structure.debt)
    sheet.formula(row, BEFORE, "SUM(capital_before)", money(before), "money_total")
    sheet.formula(row, AFTER, "SUM(capital_after)", money(structure.debt_after), "money_total")
    return row


def _amount(sheet, row, column, formula, amount, absent, money, style="money") -> None:
    """An amount as a formula, a constant zero, or the word for one that is not stated."""
    if amount is None:
        write_constant(sheet, row, column, absent, style)
    elif formula is None:
        write_constant(sheet, row, column, money(amount), style)
    else:
        linked = f"link_{style}" if formula.isidentifier() else style
        sheet.formula(row, column, formula, money(amount), linked)


def _ranking(line: CapitalRow) -> str:
    return line.ranking or NOT_RANKED


def _by_ranking(sheet, head_row: int, contents: Contents, structure: CapitalStructure) -> Table:
    """The debt summed by ranking."""
    rankings = unique(_ranking(line) for line in structure.debt)

    def summed(side: str):
        def value(ranking: str):
            amounts = [
                getattr(line, side) for line in structure.debt if _ranking(line) == ranking
            ]
            stated = [amount for amount in amounts if amount is not None]
            return contents.deal.money.amount(sum(stated)) if stated else NOT_STATED

        formula = (
            f'IF(COUNTIFS(capital_ranking,[ranking],capital_{side},">=0")=0,"{NOT_STATED}",'
            f"SUMIFS(capital_{side},capital_ranking,[ranking]))"
        )
        head = f"{side.capitalize()}, {contents.deal.currency}"
        return Column(side, head, "money", formula, value, WIDTHS[BEFORE])

    blanks = (
        Column(f"blank_{number}", "", "text", None, lambda ranking: None, width)
        for number, width in enumerate((WIDTHS[RANKING], WIDTHS[BEFORE_BASIS]))
    )
    listed = (
        Column("ranking", "Debt by ranking", "text", None, lambda ranking: ranking, 66),
        next(blanks),
        summed("before"),
        next(blanks),
        summed("after"),
    )
    return Table(sheet, listed, head_row, 1, str).write(rankings)
