"""The capital before and after a deal by pool of collateral and rank of lien, as a table."""

from collections.abc import Iterator

import lexp_calc.capital_structure as capital_structure
import lexp_calc.kinds as kinds
from lexp_calc.deal import Projection
from lexp_calc.deal_cache import DealName, projection_of
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

NO_LIEN = "no lien"  # no id of a pool has a blank
HEADINGS = (
    "pool",
    "collateral",
    "rank",
    "tranche",
    "instrument",
    "before",
    "after",
    "up to this rank",
)


@spreadsheet_function
def liens(deal: DealName) -> kinds.TableResult:
    """Debt before and after the closing by pool of collateral and by rank of lien.

    Rank 1 is paid first out of the pool; equal ranks share pro rata. `up to this rank` is what
    is owed after the closing on the pool by liens of this rank and better ones. A tranche with
    liens on several pools stands in each with all that it is owed. Debt without a lien comes
    last, replaced debt too; empty = the documents do not say.
    """
    projection = projection_of(deal)
    return Table(HEADINGS, (*_secured(projection), *_unsecured(projection)))


def _secured(projection: Projection) -> Iterator[tuple]:
    """A row a lien, pool by pool in the term sheet's order, each by rank."""
    claims = capital_structure.liens(projection.deal)
    amount = projection.deal.money.amount

    def owed(tranche_id: str) -> int:
        return projection[tranche_id].rows[0].closing_balance

    for each in claims:
        up_to = sum(
            owed(other.tranche_id)
            for other in claims
            if other.collateral_id == each.collateral_id and other.rank <= each.rank
        )
        place = (each.collateral_id, each.collateral, each.rank, each.tranche_id, each.tranche)
        yield *place, None, amount(owed(each.tranche_id)), amount(up_to)


def _unsecured(projection: Projection) -> Iterator[tuple]:
    """Tranches without a lien, then what the deal replaced."""
    deal = projection.deal
    debt = capital_structure.capital_structure(projection).debt
    ids = [*deal.tranche] + [None] * (len(debt) - len(deal.tranche))
    for tranche_id, row in zip(ids, debt, strict=True):
        if row.lien is None:
            amounts = [
                None if each is None else deal.money.amount(each)
                for each in (row.before, row.after)
            ]
            yield NO_LIEN, None, None, tranche_id, row.instrument, *amounts, None
