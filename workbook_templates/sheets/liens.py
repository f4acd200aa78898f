"""Liens: which tranche is paid in which order out of each pool of collateral."""

from lexp_calc.capital_structure import Claim, liens
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.sheets.summary import balance_on_as_of
from workbook_templates.sheets.terms import where_stated
from workbook_templates.table import Column, Table

NOTE = (
    "Rank 1 is paid first; tranches of one rank share alike. Owed at the end of the as-of date; "
    "a revolver owes only what draws on the Inputs give."
)
HEAD_HEIGHT = 30


def write(contents: Contents) -> None:
    """In the deal's workbook: a block for each pool, by rank."""
    claims = liens(contents.deal)
    if contents.tranche_id is not None or not claims:
        return
    sheet = contents.sheet("Liens", "results", "Liens by pool of collateral")
    sheet.text(3, 1, NOTE, "note")
    row = 5
    for pool_id, pool in contents.deal.collateral.items():
        ranked = [claim for claim in claims if claim.collateral_id == pool_id]
        if ranked:
            sheet.text(row, 1, pool.name, "heading")
            row = _pool(sheet, row + 1, contents, ranked) + 2
    sheet.print_setup(Area(1, 1, row - 2, 6), pages_tall=1)
    sheet.freeze(4, 1)


def _pool(sheet, head_row: int, contents: Contents, claims: list[Claim]) -> int:
    """The tranches with a lien on one pool; gives back the last row."""
    deal, as_of = contents.deal, contents.projection.as_of
    names = {part.tranche_id: part.name for part in contents.parts}
    digits = deal.money.digits
    first, last = head_row + 1, head_row + len(claims)

    def owed(claim: Claim):
        return deal.money.amount(contents.projection[claim.tranche_id].balance(as_of))

    def ahead(claim: Claim):
        return sum(owed(each) for each in claims if each.rank < claim.rank)

    def through(claim: Claim):
        return sum(owed(each) for each in claims if each.rank <= claim.rank)

    def stated(claim: Claim) -> str:
        return where_stated(deal, deal.tranche[claim.tranche_id], "liens")

    columns = (
        Column("rank", "Rank", "year", None, lambda claim: claim.rank, 8),
        Column("tranche", "Tranche", "text", None, lambda claim: claim.tranche, 44),
        Column("source", "Source", "text", None, stated, 24),
        Column("owed", f"Owed, {deal.currency}", "money", balance_on_as_of(digits), owed, 20),
        Column(
            "ahead",
            f"Ranks ahead, {deal.currency}",
            "money",
            f'ROUND(SUMIFS(D${first}:D${last},A${first}:A${last},"<"&[rank]),{digits})',
            ahead,
            20,
        ),
        Column(
            "through",
            f"Owed up to this rank, {deal.currency}",
            "money",
            f'ROUND(SUMIFS(D${first}:D${last},A${first}:A${last},"<="&[rank]),{digits})',
            through,
            20,
        ),
    )
    sheet.heights({head_row: HEAD_HEIGHT})
    table = Table(sheet, columns, head_row, 1, str)
    return table.write(claims, lambda claim: names[claim.tranche_id]).last_row
