"""Capital structure: debt, shares and warrants before the closing and after it.

An amount that no document states is a word, never a zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lexp_calc.capital_structure import CapitalRow, capital_structure
from workbook_templates.addresses import Area
from workbook_templates.charts import Points, Series, Words, columns
from workbook_templates.contents import Contents, unique
from workbook_templates.sheets.sources_and_uses import at_closing, unless_no_draws
from workbook_templates.sheets.terms import group_name
from workbook_templates.table import Column, Table, write_constant

INSTRUMENT, RANKING, LIEN, BEFORE, BEFORE_BASIS, AFTER, AFTER_BASIS = range(1, 8)
WIDTHS = {INSTRUMENT: 60, RANKING: 22, LIEN: 62, BEFORE: 19, AFTER: 19}
BASIS_WIDTH = 11
LIEN_LINE, LINE_HEIGHT = 76, 13.5
HEAD_ROW = 4
CHART_ROWS = 18
MILLION = 1_000_000
NOT_STATED, NEW, NOT_RANKED = "not stated", "new", "not ranked"


@dataclass(frozen=True)
class Figure:
    """A cell: a formula with its value; without a formula a constant, or a word."""

    formula: str | None
    value: object

    @property
    def amount(self):
        """The value where it is a number, else nothing to add."""
        return 0 if isinstance(self.value, str) else self.value

    def write(self, sheet, row: int, column: int, style: str) -> None:
        """The cell, a formula or a constant."""
        if self.formula is None:
            write_constant(sheet, row, column, self.value, style)
        else:
            sheet.formula(row, column, self.formula, self.value, style)


@dataclass(frozen=True)
class Instrument:
    """A line of the sheet: the core's row and how its two figures are written."""

    line: CapitalRow
    before: Figure
    after: Figure

    @property
    def ranking(self) -> str:
        """The ranking in words."""
        return self.line.ranking or NOT_RANKED


def write(contents: Contents) -> None:
    """In the deal's workbook: instruments, the sums by ranking with a chart, and the shares."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Capital structure", "results", "Capital structure before and after")
    sheet.widths({**WIDTHS, BEFORE_BASIS: BASIS_WIDTH, AFTER_BASIS: BASIS_WIDTH})
    structure = capital_structure(contents.projection)
    debt = tuple(_debt(contents, iter(structure.debt)))
    shares = tuple(_equity(contents, iter(structure.shares)))
    row = _instruments(sheet, HEAD_ROW, contents, debt) + 2
    rankings = _by_ranking(sheet, row, contents, debt)
    row = rankings.last_row + 2
    if shares:
        row = _shares(sheet, row, shares) + 2
    _chart(contents, rankings, debt, row)
    sheet.print_setup(Area(1, 1, row + CHART_ROWS, AFTER_BASIS), pages_tall=1)
    sheet.freeze(HEAD_ROW + 1, 2)


def _debt(contents: Contents, lines: Iterator[CapitalRow]) -> Iterator[Instrument]:
    """New debt and old, in the core's order, with formulas."""
    deal, money = contents.deal, contents.deal.money.amount
    names = {part.tranche_id: part.name for part in contents.parts}

    def figure(formula: str, amount: int | None) -> Figure:
        return Figure(None, NOT_STATED) if amount is None else Figure(formula, money(amount))

    for part in contents.parts:
        line = next(lines)
        owed = at_closing(part, "closing_balance"), money(line.after)
        if part.is_revolver:
            owed = unless_no_draws(part, *owed)
        yield Instrument(line, Figure(None, NEW), Figure(*owed))
    for repurchase_id in deal.repurchase:
        line = next(lines)
        face = figure(group_name(deal, "repurchase", repurchase_id, "face"), line.before)
        yield Instrument(line, face, Figure(None, money(line.after)))
    for exchange in deal.exchange.values():
        name, line = names[exchange.new_tranche], next(lines)
        outstanding = name("exchange_outstanding")
        given_up = name(f"exchange_{'tendered' if exchange.accepted is None else 'accepted'}")
        left = figure(f"{outstanding}-{given_up}", line.after)
        yield Instrument(line, figure(outstanding, line.before), left)
        if exchange.has_rule:
            line = next(lines)
            accrued = f"{name('exchange_new_principal_by_rule')}-{given_up}"
            yield Instrument(line, figure(accrued, line.before), Figure(None, money(line.after)))
    for stock_id in deal.stock_for_interest:
        line = next(lines)
        settled = figure(group_name(deal, "stock_for_interest", stock_id, "interest"), line.before)
        yield Instrument(line, settled, Figure(None, money(line.after)))


def _equity(contents: Contents, lines: Iterator[CapitalRow]) -> Iterator[Instrument]:
    """Shares and warrants, in the core's order, with formulas."""
    deal = contents.deal
    names = {part.tranche_id: part.name for part in contents.parts}
    for stock_id, stock in deal.stock_for_interest.items():
        if stock.shares_before is not None:
            line = next(lines)
            before = group_name(deal, "stock_for_interest", stock_id, "shares_before")
            after = f"{before}+{group_name(deal, 'stock_for_interest', stock_id, 'shares')}"
            yield Instrument(line, Figure(before, line.before), Figure(after, line.after))
    for warrants in deal.warrant.values():
        line = next(lines)
        issued = names[warrants.tranche]("warrant_issued")
        yield Instrument(line, Figure(None, NEW), Figure(issued, line.after))


def _heads(sheet, row: int, heads: tuple[str, ...]) -> None:
    for column, head in enumerate(heads, 1):
        style = "column_head_text" if column <= LIEN else "column_head"
        if head:
            sheet.text(row, column, head, style)
        else:
            sheet.blank(row, column, style)


def _figures(sheet, row: int, instrument: Instrument, style: str) -> None:
    """Before and after, each with its basis."""
    line = instrument.line
    instrument.before.write(sheet, row, BEFORE, style)
    instrument.after.write(sheet, row, AFTER, style)
    sheet.text(row, BEFORE_BASIS, line.before_basis or "-", "count")
    sheet.text(row, AFTER_BASIS, line.after_basis or "-", "count")


def _instruments(sheet, head_row: int, contents: Contents, debt: tuple[Instrument, ...]) -> int:
    """A line an instrument and the sum of what is stated; gives back the last row."""
    currency = contents.deal.currency
    amounts = (f"Before, {currency}", "Basis", f"After, {currency}", "Basis")
    _heads(sheet, head_row, ("Debt", "Ranking", "Lien", *amounts))
    row = head_row
    for row, each in enumerate(debt, head_row + 1):
        sheet.text(row, INSTRUMENT, each.line.instrument)
        sheet.text(row, RANKING, each.ranking)
        _figures(sheet, row, each, "money")
        lien = each.line.lien
        if lien:
            sheet.text(row, LIEN, lien, "wrapped_text")
            sheet.heights({row: LINE_HEIGHT * -(-len(lien) // LIEN_LINE)})
    for name, column in (("ranking", RANKING), ("before", BEFORE), ("after", AFTER)):
        contents.book.name(f"capital_{name}", sheet, (head_row + 1, column), (row, column))
    row += 1
    sheet.text(row, INSTRUMENT, "All debt, as far as it is stated", "label_total")
    for column in (RANKING, LIEN, BEFORE_BASIS, AFTER_BASIS):
        sheet.blank(row, column, "label_total")
    for column, side in ((BEFORE, "before"), (AFTER, "after")):
        stated = sum((getattr(each, side).amount for each in debt), Decimal(0))
        sheet.formula(row, column, f"SUM(capital_{side})", stated, "money_total")
    return row


def _of_ranking(debt: tuple[Instrument, ...], side: str, ranking: str) -> list[Figure]:
    return [getattr(each, side) for each in debt if each.ranking == ranking]


def _by_ranking(sheet, head_row: int, contents: Contents, debt: tuple[Instrument, ...]) -> Table:
    """The debt summed by ranking."""

    def summed(side: str) -> Column:
        def value(ranking: str):
            figures = _of_ranking(debt, side, ranking)
            if all(isinstance(each.value, str) for each in figures):
                return NOT_STATED
            return sum(each.amount for each in figures)

        formula = (
            f'IF(COUNTIFS(capital_ranking,[ranking],capital_{side},">=0")=0,"{NOT_STATED}",'
            f"SUMIFS(capital_{side},capital_ranking,[ranking]))"
        )
        head = f"{side.capitalize()}, {contents.deal.currency}"
        return Column(side, head, "money", formula, value, WIDTHS[BEFORE])

    def blank(key: str, width: float) -> Column:
        return Column(key, "", "text", None, lambda ranking: None, width)

    width = WIDTHS[INSTRUMENT]
    listed = (
        Column("ranking", "Debt by ranking", "text", None, lambda ranking: ranking, width),
        blank("no_ranking", WIDTHS[RANKING]),
        blank("no_lien", WIDTHS[LIEN]),
        summed("before"),
        blank("no_basis", BASIS_WIDTH),
        summed("after"),
    )
    for column in (RANKING, LIEN, BEFORE_BASIS, AFTER_BASIS):
        sheet.blank(head_row, column, "column_head")
    return Table(sheet, listed, head_row, 1, str).write(unique(each.ranking for each in debt))


def _shares(sheet, head_row: int, shares: tuple[Instrument, ...]) -> int:
    """Shares and warrants, and all shares if every warrant is exercised; the last row."""
    _heads(sheet, head_row, ("Shares and warrants", "", "", "Before", "Basis", "After", "Basis"))
    row = head_row
    for row, each in enumerate(shares, head_row + 1):
        sheet.text(row, INSTRUMENT, each.line.instrument)
        _figures(sheet, row, each, "count")
    area = Area(head_row + 1, AFTER, row, AFTER)
    row += 1
    sheet.text(row, INSTRUMENT, "Shares if every warrant is exercised", "label_total")
    for column in (RANKING, LIEN, BEFORE, BEFORE_BASIS, AFTER_BASIS):
        sheet.blank(row, column, "label_total")
    after = sum(each.after.amount for each in shares)
    sheet.formula(row, AFTER, f"SUM({area.name()})", after, "count_total")
    return row


def _chart(contents: Contents, table: Table, debt: tuple[Instrument, ...], row: int) -> None:
    """Before and after side by side, a pair of columns a ranking."""
    title = table.sheet.title
    rankings = unique(each.ranking for each in debt)

    def amounts(side: str) -> tuple:
        return tuple(
            sum(each.amount for each in _of_ranking(debt, side, ranking)) for ranking in rankings
        )

    after = amounts("after")
    largest = max(after)
    words = Words(
        f"{rankings[after.index(largest)].capitalize()} debt is the largest layer after the "
        f"closing: {largest / MILLION:,.1f} million (as generated)",
        "Ranking; no column where no amount is stated",
        f"{contents.deal.currency} million",
        "Debt by ranking before and after the closing, as far as the documents state it",
    )
    series = tuple(
        Series(name, Points(title, table.area(side), amounts(side)))
        for side, name in (("before", "Before"), ("after", "After"))
    )
    categories = Points(title, table.area("ranking"), tuple(rankings))
    area = Area(row, 1, row + CHART_ROWS - 1, AFTER_BASIS)
    table.sheet.chart(columns(words, categories, series), area)
