"""Sources and uses: the cash of the closing, and the exchanges that moved none.

Amounts are minor units. What the documents do not state is None, never zero; each line
says whether it is stated in the terms, derived from them or a scenario's input.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lexp_calc.deal import Deal, Projection
from lexp_calc.exchange_offers import settlements_of, totals
from lexp_calc.restructuring import accrued_on_tendered
from lexp_calc.tranches.revolver import Revolver

STATED, DERIVED, SCENARIO = "stated", "derived", "scenario"
CASH_TO_HOLDERS = "cash to holders"
NOT_ITEMISED_USE = "Debt repaid, purchases and expenses (not itemised in the source)"
NOT_ITEMISED_SOURCE = "Cash of the borrower (not itemised in the source)"


@dataclass(frozen=True)
class CashLine:
    """One source or use of cash: `basis` is stated, derived or scenario."""

    name: str
    amount: int
    basis: str
    source: str | None  # the passage that states it


@dataclass(frozen=True)
class NonCashExchange:
    """What holders gave up and received where no cash moved; None = not stated.

    `units` counts the warrants or shares issued beside or in place of new debt.
    """

    name: str
    given_up: str
    given_up_amount: int | None
    received: str
    received_amount: int | None
    units: int | None
    source: str | None


@dataclass(frozen=True)
class SourcesAndUses:
    """Cash at closing, sources equal to uses, and the exchanges that moved no cash."""

    sources: tuple[CashLine, ...]
    uses: tuple[CashLine, ...]
    exchanges: tuple[NonCashExchange, ...]

    @property
    def total(self) -> int:
        """The sum of the sources, which is that of the uses."""
        return sum(line.amount for line in self.sources)


def sources_and_uses_of(projection: Projection) -> SourcesAndUses:
    """Where the cash of the closing came from and went to.

    What the documents do not itemise balances the two sides, in one line marked as derived.
    """
    deal = projection.deal
    exchanged = {exchange.new_tranche for exchange in deal.exchange.values()}
    sources, uses = [], []
    for tranche_id, tranche in deal.tranche.items():
        closing = projection[tranche_id].rows[0]
        if tranche_id not in exchanged:
            basis = SCENARIO if isinstance(tranche, Revolver) else STATED
            passage = tranche.source.get("principal")
            sources.append(CashLine(tranche.name, closing.drawn, basis, passage))
        if closing.fees:
            name = f"{tranche.name}: fees at closing"
            uses.append(CashLine(name, closing.fees, DERIVED, None))
    repurchases = [
        CashLine(each.name, deal.money.minor_units(each.price), STATED, each.source.get("price"))
        for each in deal.repurchase.values()
    ]
    uses = [*repurchases, *_paid_in_exchanges(deal), *uses]
    rest = sum(line.amount for line in sources) - sum(line.amount for line in uses)
    if rest > 0:
        uses.append(CashLine(NOT_ITEMISED_USE, rest, DERIVED, None))
    elif rest < 0:
        sources.append(CashLine(NOT_ITEMISED_SOURCE, -rest, DERIVED, None))
    return SourcesAndUses(tuple(sources), tuple(uses), tuple(_exchanges(deal)))


def _paid_in_exchanges(deal: Deal) -> Iterator[CashLine]:
    """Cash to holders who exchanged, where their tenders are listed."""
    for exchange in deal.exchange.values():
        cash = totals(settlements_of(exchange, deal.money)).cash_in_all
        if cash:
            name = f"{exchange.name}: {CASH_TO_HOLDERS}"
            yield CashLine(name, deal.money.minor_units(cash), DERIVED, None)


def _exchanges(deal: Deal) -> Iterator[NonCashExchange]:
    minor_units = deal.money.minor_units
    for exchange in deal.exchange.values():
        warrants = deal.warrant[exchange.warrants] if exchange.warrants else None
        tendered = None
        if exchange.has_rule:
            tendered = minor_units(exchange.given_up)
            tendered += accrued_on_tendered(exchange, tendered)
        yield NonCashExchange(
            name=exchange.name,
            given_up=f"{exchange.old_notes} with accrued interest"
            if exchange.has_rule
            else exchange.old_notes,
            given_up_amount=tendered,
            received=deal.tranche[exchange.new_tranche].name,
            received_amount=minor_units(exchange.new_principal_printed),
            units=int(warrants.issued) if warrants else None,
            source=exchange.source.get("new_principal_printed"),
        )
    for stock in deal.stock_for_interest.values():
        yield NonCashExchange(
            name=stock.name,
            given_up="Accrued interest",
            given_up_amount=minor_units(stock.interest),
            received="Shares",
            received_amount=None,
            units=int(stock.shares),
            source=stock.source.get("shares"),
        )
