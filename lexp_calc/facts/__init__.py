"""Every derived figure of a deal, with how it was derived and what the source prints.

Where a printed figure and the rule differ, both stand here and the difference; the rule
is never bent.
"""

from lexp_calc.deal import Projection
from lexp_calc.facts.credit_facts import credit_facts
from lexp_calc.facts.equity_facts import (
    repurchase_facts,
    stock_facts,
    warrant_facts,
    warrant_total_facts,
)
from lexp_calc.facts.exchange_facts import exchange_facts
from lexp_calc.facts.fact import Fact
from lexp_calc.facts.interest_facts import interest_facts
from lexp_calc.facts.ownership_facts import ownership_facts
from lexp_calc.facts.rate_facts import limit_facts, rate_facts
from lexp_calc.facts.structure_facts import facility_facts, lien_facts
from lexp_calc.facts.tranche_facts import tranche_facts
from lexp_calc.facts.variants import Variants

__all__ = ["Fact", "facts_of"]


def facts_of(projection: Projection) -> tuple[Fact, ...]:
    """All facts of a projected deal, in the order of its term sheet."""
    deal = projection.deal
    variants = Variants.of(projection)
    found = [*facility_facts(deal)]
    for tranche_id in deal.tranche:
        found += tranche_facts(variants, tranche_id)
        found += interest_facts(variants, tranche_id)
        found += rate_facts(projection, tranche_id)
        found += limit_facts(projection, tranche_id)
    found += lien_facts(deal)
    for exchange_id in deal.exchange:
        found += exchange_facts(variants, exchange_id)
    for warrant_id in deal.warrant:
        found += warrant_facts(deal, warrant_id)
    found += warrant_total_facts(deal)
    for repurchase_id in deal.repurchase:
        found += repurchase_facts(deal, repurchase_id)
    for stock_id in deal.stock_for_interest:
        found += stock_facts(deal, stock_id)
    found += ownership_facts(projection)
    found += credit_facts(projection)
    return tuple(found)
