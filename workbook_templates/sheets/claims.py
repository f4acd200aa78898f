"""Old claims settled without new notes: a note bought back, interest paid in shares."""

from lexp_calc.exchange_terms import NoteRepurchase, StockForInterest
from lexp_calc.repurchases import repurchase_gain
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.sheets.exchange import DIFFERENCE, HEADS, NOTE, PRINTED, WIDTHS
from workbook_templates.sheets.terms import group_name, where_stated
from workbook_templates.statement import Line, Statement

ACCRUED_NOT_STATED = "not stated"


def write(contents: Contents) -> None:
    """In the deal's workbook, a block for each claim settled."""
    deal = contents.deal
    if contents.tranche_id is not None or not (deal.repurchase or deal.stock_for_interest):
        return
    sheet = contents.sheet("Claims settled", "results", "Claims settled without new notes")
    sheet.widths(WIDTHS)
    lines = Statement(sheet, 4, str, NOTE)
    for repurchase_id, note in deal.repurchase.items():
        lines.heading(note.name)
        lines.heads(*HEADS)
        _repurchase(lines, deal, repurchase_id, note)
        lines.row += 1
    for stock_id, stock in deal.stock_for_interest.items():
        lines.heading(stock.name)
        lines.heads(*HEADS)
        _stock(lines, deal, stock_id, stock)
        lines.row += 1
    sheet.print_setup(Area(1, 1, lines.row - 2, NOTE), pages_tall=1)
    sheet.freeze(4, 1)


def _repurchase(lines: Statement, deal, repurchase_id: str, note: NoteRepurchase) -> None:
    """Face and price, the discount, and the claim that may come back."""
    is_stated = note.accrued is not None
    accrued = note.accrued or 0

    def term(field: str, label: str) -> Line:
        name = f"{{{group_name(deal, 'repurchase', repurchase_id, field)}}}"
        stated = where_stated(deal, note, field)
        return Line(field, label, "money", name, getattr(note, field), stated)

    unstated = "" if is_stated else "before the accrued interest, of which no amount is stated"
    claim = "[face]+[accrued]" if is_stated else "[face]"
    lines.write(
        term("face", "Face amount"),
        term("accrued", "Accrued interest bought with it")
        if is_stated
        else Line("accrued", "Accrued interest bought with it", "money", None, ACCRUED_NOT_STATED),
        Line("claim", "Claim given up", "money", claim, note.face + accrued, unstated),
        term("price", "Purchase price"),
        Line(
            "discount",
            "Price below the claim",
            "money",
            "[claim]-[price]",
            repurchase_gain(note.face, accrued, note.price),
            unstated,
        ),
        Line(
            "share",
            "Price as a share of the face amount",
            "rate",
            "[price]/[face]",
            float(note.price / note.face),
            "price / face",
        ),
    )
    if note.reinstatement:
        lines.write(
            Line(
                "contingent",
                "Contingent: claim that comes back",
                "money",
                "[claim]",
                note.face + accrued,
                f"if the price must be returned, {where_stated(deal, note, 'reinstatement')}",
            )
        )


def _stock(lines: Statement, deal, stock_id: str, stock: StockForInterest) -> None:
    """Interest and shares: the price of a share, and the shares before and after."""

    def name(field: str) -> str:
        return f"{{{group_name(deal, 'stock_for_interest', stock_id, field)}}}"

    def term(field: str, label: str, style: str) -> Line:
        stated = where_stated(deal, stock, field)
        return Line(field, label, style, name(field), getattr(stock, field), stated)

    lines.write(
        term("interest", "Interest settled", "money"),
        term("shares", "Shares issued for it", "count"),
        Line(
            "share_price",
            "Price of a share",
            "price",
            "[interest]/[shares]",
            float(stock.interest / stock.shares),
            "interest / shares",
        ),
    )
    if stock.shares_before is None:
        return
    after = stock.shares_before + stock.shares
    stated = where_stated(deal, stock, "shares_after_printed")
    lines.write(
        term("shares_before", "Shares outstanding before", "count"),
        Line(
            "shares_after",
            "Shares outstanding after",
            "count",
            "[shares_before]+[shares]",
            after,
            stated if stock.shares_after_printed else "before + issued",
        ),
    )
    if stock.shares_after_printed:
        printed = name("shares_after_printed")
        lines.beside("shares_after", PRINTED, "count", printed, stock.shares_after_printed)
        difference = stock.shares_after_printed - after
        lines.beside("shares_after", DIFFERENCE, "count", f"{printed}-[shares_after]", difference)
