"""Facts across tranches: facility totals, and who ranks where on which collateral."""

from collections.abc import Iterator

from lexp_calc.capital_structure import liens
from lexp_calc.deal import Deal
from lexp_calc.facts.fact import COUNT, Fact, source_of
from lexp_calc.wording import amount_text, ordinal


def facility_facts(deal: Deal) -> Iterator[Fact]:
    """Each facility as the sum of its tranches, against its printed amount."""
    money = deal.money
    for facility_id, facility in deal.facility.items():
        sizes = [money.minor_units(deal.tranche[each].size) for each in facility.tranches]
        total = money.amount(sum(sizes))
        printed = money.amount(money.minor_units(facility.amount))
        yield Fact(
            f"facility.{facility_id}",
            facility.name,
            "Total",
            total,
            deal.currency,
            " + ".join(amount_text(money.amount(each)) for each in sizes),
            printed,
            printed - total,
            source_of(facility, "amount"),
        )


def lien_facts(deal: Deal) -> Iterator[Fact]:
    """The rank of each lien, pool by pool."""
    for claim in liens(deal):
        tranche = deal.tranche[claim.tranche_id]
        yield Fact(
            f"lien.{claim.collateral_id}.{claim.tranche_id}",
            f"Liens on {claim.collateral}",
            f"Rank of {claim.tranche}",
            claim.rank,
            COUNT,
            f"{ordinal(claim.rank)} on {claim.collateral}",
            source=source_of(tranche, "liens"),
        )
