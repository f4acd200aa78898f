"""Ownership: who has which part of the borrower once all warrants are exercised."""

from collections.abc import Iterator

from lexp_calc.ownership import Holding, shares_after_closing, shares_of_deal
from workbook_templates.addresses import column_letters
from workbook_templates.contents import Contents
from workbook_templates.sheets.warrant_dilution import shares_terms
from workbook_templates.sheets.warrant_inputs import FIGURE_WIDTH, LABEL_WIDTH, NEEDS_PRICE
from workbook_templates.table import Column, Table

HEAD_HEIGHT = 45
TITLE = "Ownership if all warrants are exercised, on the as-of date"


def write_ownership(sheet, row: int, contents: Contents) -> int:
    """In the deal's workbook, where shares are known: the last row; else the one before `row`."""
    if contents.tranche_id is not None or not shares_after_closing(contents.deal):
        return row - 2
    holdings = shares_of_deal(contents.projection, contents.projection.as_of)
    formulas = dict(zip(holdings, _formulas(contents), strict=True))
    sheet.text(row, 1, TITLE, "heading")
    head_row = row + 1
    sheet.heights({head_row: HEAD_HEIGHT})
    columns = _columns(contents, holdings, head_row + len(holdings) + 1)
    table = Table(sheet, columns, head_row, 1, str)
    table.write(holdings, lambda holding: lambda base: formulas[holding])
    price = contents.projection.scenario.share_price
    shares = sum(each.shares for each in holdings)
    stock = sum(each.shares_at(price) for each in holdings) if price else 0
    sums = {"shares": shares, "part": 1, "stock": float(stock), "stock_part": int(bool(stock))}
    return table.totals("All", sums)


def _formulas(contents: Contents) -> Iterator[str]:
    """The shares of each holding, in the core's order."""
    yield from shares_terms(contents.deal)
    names = {part.tranche_id: part.name for part in contents.parts}
    for warrants in contents.deal.warrant.values():
        name = names[warrants.tranche]
        yield f"IF(as_of>{name('warrant_expires')},0,{name('warrants_outstanding')})"


def _columns(contents: Contents, holdings: tuple[Holding, ...], total_row: int) -> tuple:
    price = contents.projection.scenario.share_price
    shares = sum(each.shares for each in holdings)
    stock = sum(each.shares_at(price) for each in holdings) if price else 0

    def total(place: int) -> str:
        return f"{column_letters(place)}${total_row}"

    def by_stock_method(figure):
        return lambda holding: NEEDS_PRICE if price is None else float(figure(holding))

    net = "[shares]*MAX(1-[strike]/share_price,0)"
    return (
        Column("name", "Shares of", "text", None, lambda each: each.name, LABEL_WIDTH),
        Column(
            "shares", "Shares", "count", "{holding}", lambda each: each.shares, FIGURE_WIDTH,
            total=True,
        ),
        Column(
            "part",
            "Part of all",
            "share",
            f"[shares]/{total(2)}",
            lambda each: each.shares / shares,
            FIGURE_WIDTH,
            total=True,
        ),
        Column(
            "strike",
            f"Strike ({contents.deal.currency})",
            "price",
            None,
            lambda each: each.strike or 0,
            FIGURE_WIDTH,
        ),
        Column(
            "stock",
            "Shares by the treasury stock method",
            "count",
            f'IF(COUNT(share_price)=0,"{NEEDS_PRICE}",{net})',
            by_stock_method(lambda each: each.shares_at(price)),
            FIGURE_WIDTH,
            total=True,
        ),
        Column(
            "stock_part",
            "Part of all, by that method",
            "share",
            f"IF(COUNT([stock])=0,[stock],[stock]/{total(5)})",
            by_stock_method(lambda each: each.shares_at(price) / stock),
            FIGURE_WIDTH,
            total=True,
        ),
    )  # fmt: skip
