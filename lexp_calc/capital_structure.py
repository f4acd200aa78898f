"""The capital before and after the deal, and which tranche has which lien.

Amounts are minor units. What the documents do not state is None and shown blank, never
zero; each figure says whether it is stated in the terms, derived or a scenario's input.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lexp_calc.deal import Deal, Projection
from lexp_calc.money import Currency
from lexp_calc.restructuring import accrued_on_tendered
from lexp_calc.sources_and_uses import DERIVED, SCENARIO, STATED
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.wording import ordinal


@dataclass(frozen=True)
class CapitalRow:
    """An instrument before and after the closing; None = the documents do not say.

    Debt is in minor units, shares and warrants are counts. `before_basis` and
    `after_basis` are stated, derived, scenario, or None beside a blank.
    """

    instrument: str
    ranking: str | None
    lien: str | None
    before: int | None
    before_basis: str | None
    after: int | None
    after_basis: str | None


@dataclass(frozen=True)
class CapitalStructure:
    """Debt in the order of the term sheet, then what it replaced; shares and warrants apart."""

    debt: tuple[CapitalRow, ...]
    shares: tuple[CapitalRow, ...]
    currency: Currency

    def _repr_html_(self) -> str:
        from lexp_calc.html import table_html

        def amount(minor_units: int | None):
            return None if minor_units is None else self.currency.amount(minor_units)

        rows = [
            (each.instrument, each.ranking, each.lien, amount(each.before), amount(each.after))
            for each in self.debt
        ]
        rows += [(each.instrument, None, None, each.before, each.after) for each in self.shares]
        headings = ("instrument", "ranking", "lien", "before", "after")
        return table_html(headings, rows, "Capital before and after the closing")


def capital_structure(projection: Projection) -> CapitalStructure:
    """The capital at the closing date, before the deal and after it."""
    debt = (*_new_debt(projection), *_replaced_debt(projection.deal))
    shares = tuple(_shares(projection.deal))
    return CapitalStructure(debt, shares, projection.deal.money)


def _new_debt(projection: Projection) -> Iterator[CapitalRow]:
    deal = projection.deal
    for tranche_id, tranche in deal.tranche.items():
        yield CapitalRow(
            instrument=tranche.name,
            ranking=tranche.seniority,
            lien=lien_text(deal, tranche_id),
            before=None,
            before_basis=None,
            after=projection[tranche_id].rows[0].closing_balance,
            after_basis=SCENARIO if isinstance(tranche, Revolver) else STATED,
        )


def _replaced_debt(deal: Deal) -> Iterator[CapitalRow]:
    minor_units = deal.money.minor_units
    for each in deal.repurchase.values():
        face = minor_units(each.face)
        name = each.note or each.name
        yield CapitalRow(name, each.seniority, None, face, STATED, 0, DERIVED)
    for exchange in deal.exchange.values():
        before = after = None
        if exchange.outstanding is not None:
            before = minor_units(exchange.outstanding)
            if exchange.given_up is not None:
                after = before - minor_units(exchange.given_up)
        yield CapitalRow(
            exchange.old_notes,
            exchange.seniority,
            None,
            before,
            None if before is None else STATED,
            after,
            None if after is None else DERIVED,
        )
        if exchange.has_rule:
            accrued = accrued_on_tendered(exchange, minor_units(exchange.given_up))
            name = f"Interest accrued on the {exchange.old_notes} tendered"
            yield CapitalRow(name, exchange.seniority, None, accrued, DERIVED, 0, DERIVED)
    for stock in deal.stock_for_interest.values():
        interest = minor_units(stock.interest)
        yield CapitalRow(stock.name, None, None, interest, STATED, 0, DERIVED)


def _shares(deal: Deal) -> Iterator[CapitalRow]:
    for stock in deal.stock_for_interest.values():
        if stock.shares_before is not None:
            before, issued = int(stock.shares_before), int(stock.shares)
            yield CapitalRow("Common shares", None, None, before, STATED, before + issued, DERIVED)
    for warrant in deal.warrant.values():
        yield CapitalRow(warrant.name, None, None, None, None, int(warrant.issued), STATED)


@dataclass(frozen=True)
class Claim:
    """One tranche's lien on a pool of collateral; rank 1 is paid first out of it."""

    collateral_id: str
    collateral: str
    rank: int
    tranche_id: str
    tranche: str
    source: str | None


def liens(deal: Deal) -> tuple[Claim, ...]:
    """All liens, pool by pool in the term sheet's order, each pool by rank."""
    claims = [
        Claim(pool_id, pool.name, lien.rank, tranche_id, tranche.name, tranche.source.get("liens"))
        for pool_id, pool in deal.collateral.items()
        for tranche_id, tranche in deal.tranche.items()
        for lien in tranche.liens
        if lien.collateral == pool_id
    ]
    order = list(deal.collateral)
    return tuple(sorted(claims, key=lambda claim: (order.index(claim.collateral_id), claim.rank)))


def lien_text(deal: Deal, tranche_id: str) -> str | None:
    """A tranche's liens in words, or None for an unsecured one."""
    words = [
        f"{ordinal(lien.rank)} on {deal.collateral[lien.collateral].name}"
        for lien in deal.tranche[tranche_id].liens
    ]
    return "; ".join(words) or None
