"""Facts of a tranche's rates: each option's all-in rate, when the floor binds, the limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lexp_calc.collateral_terms import TOTAL, BaseLimit, BaseStructure
from lexp_calc.deal import Projection
from lexp_calc.facts.fact import ASSUMPTION, DATE, RATE, TEXT, Fact, source_of
from lexp_calc.rates import FloatingCoupon, IndexOption, all_in_units, rate, units
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.wording import amount_text, per_cent_text


def rate_facts(projection: Projection, tranche_id: str) -> Iterator[Fact]:
    """For a floating coupon: all-in rates at closing, at each observation, and the floor."""
    tranche = projection.deal.tranche[tranche_id]
    if not isinstance(tranche.coupon, FloatingCoupon):
        return
    for option in tranche.coupon.options:
        yield from _at_closing(projection, tranche_id, option)
        yield from _observed(projection, tranche_id, option)
        yield from _floor(projection, tranche_id, option)


@dataclass(frozen=True)
class _AllIn:
    """Index plus margin within floor and cap, as a number and in words."""

    rate: Decimal
    words: str


def _all_in(coupon: FloatingCoupon, option: IndexOption, index_rate: Decimal) -> _AllIn:
    floor = None if coupon.floor is None else units(coupon.floor)
    cap = None if coupon.cap is None else units(coupon.cap)
    all_in = rate(all_in_units(units(index_rate), units(option.margin), floor, cap))
    total = index_rate + option.margin
    words = f"{option.index} {per_cent_text(index_rate)} + {per_cent_text(option.margin)}"
    if all_in != total:
        bound = "floor" if all_in > total else "cap"
        words += f" = {per_cent_text(total)}; the {bound} of {per_cent_text(all_in)} binds"
    return _AllIn(all_in, words)


def _slug(option: IndexOption) -> str:
    return option.index.lower().replace(" ", "-")


def _at_closing(projection: Projection, tranche_id: str, option: IndexOption) -> Iterator[Fact]:
    deal = projection.deal
    tranche = deal.tranche[tranche_id]
    path = projection.conditions[tranche_id].index_paths[option.index]
    if path is None or path.dates[0] > deal.closing_date:
        return
    all_in = _all_in(tranche.coupon, option, path.rates[0])
    yield Fact(
        f"{tranche_id}.rate.{_slug(option)}",
        tranche.name,
        f"Rate at closing, {option.index} + {per_cent_text(option.margin)}",
        all_in.rate,
        RATE,
        all_in.words,
        source=source_of(option, "margin"),
    )


def _observed(projection: Projection, tranche_id: str, option: IndexOption) -> Iterator[Fact]:
    tranche = projection.deal.tranche[tranche_id]
    for seen in projection.deal.observation.values():
        if seen.index == option.index:
            all_in = _all_in(tranche.coupon, option, seen.rate)
            yield Fact(
                f"{tranche_id}.rate.{_slug(option)}.{seen.date}",
                tranche.name,
                f"Rate on {seen.date}, {option.index} + {per_cent_text(option.margin)}",
                all_in.rate,
                RATE,
                f"{all_in.words} (the index as observed that day)",
                source=source_of(option, "margin"),
            )


def _floor(projection: Projection, tranche_id: str, option: IndexOption) -> Iterator[Fact]:
    """The days on which index + margin comes to lie below, at or above the floor."""
    tranche = projection.deal.tranche[tranche_id]
    floor = tranche.coupon.floor
    path = projection.conditions[tranche_id].index_paths[option.index]
    if floor is None or path is None:
        return
    words = {-1: "binds", 0: "is equalled", 1: "is exceeded"}
    endings = {-1: "binds", 0: "equal", 1: "above"}
    sides = {-1: "below", 0: "equal to", 1: "above"}
    state, seen = None, set()
    for day, index_rate in zip(path.dates, path.rates, strict=True):
        day = max(day, projection.deal.closing_date)
        total = index_rate + option.margin
        now = (total > floor) - (total < floor)
        if day > tranche.last_maturity or now == state:
            continue
        state = now
        ending = f"{endings[now]}-from" + (f".{day}" if now in seen else "")
        seen.add(now)
        yield Fact(
            f"{tranche_id}.floor.{_slug(option)}.{ending}",
            tranche.name,
            f"The floor of {per_cent_text(floor)} {words[now]} from",
            day,
            DATE,
            f"{option.index} {per_cent_text(index_rate)} + {per_cent_text(option.margin)} = "
            f"{per_cent_text(total)}, {sides[now]} the floor, "
            f"scenario {projection.scenario_name}",
            source=source_of(tranche.coupon, "floor"),
        )


def limit_facts(projection: Projection, tranche_id: str) -> Iterator[Fact]:
    """A revolver's limit as a formula, and as amounts once the collateral is known."""
    deal = projection.deal
    revolver = deal.tranche[tranche_id]
    if not isinstance(revolver, Revolver) or not revolver.borrowing_base:
        return
    first, *_ = revolver.borrowing_base.values()
    source = source_of(first, "advance_rate")
    commitment = amount_text(deal.money.amount(deal.money.minor_units(revolver.commitment)))
    structure = revolver.base_structure
    parts = " + ".join(_part_text(structure, each) for each in structure.outermost)
    yield Fact(
        f"{tranche_id}.limit-rule",
        revolver.name,
        "Limit of the loans",
        f"min({commitment}, {parts})",
        TEXT,
        "the lesser of the commitment and the borrowing base",
        source=source,
    )
    certificate = projection.certificate(tranche_id)
    if certificate is None:
        return
    amount = deal.money.amount
    base = amount(certificate.borrowing_base)
    limit = amount(certificate.limit)
    block = ""
    if revolver.minimum_availability is not None:
        block = f" - {amount_text(revolver.minimum_availability)} that stays undrawn"
    figures = (
        ("borrowing-base", "Borrowing base", base, f"{parts} - reserves"),
        ("limit", "Limit", limit, f"min({commitment}, {amount_text(base)})"),
        (
            "availability",
            "Availability",
            amount(certificate.availability),
            f"max({amount_text(limit)}{block} - {amount_text(amount(certificate.used))} used, 0)",
        ),
    )
    for ending, figure, value, derivation in figures:
        yield Fact(
            f"{tranche_id}.{ending}",
            revolver.name,
            f"{figure} on {projection.as_of}",
            value,
            deal.currency,
            derivation,
            source=ASSUMPTION,
        )


def _part_text(structure: BaseStructure, part_id: str) -> str:
    """What is lent against a class or within a sub-limit: '60% x eligible inventories'."""
    part = structure.part(part_id)
    if isinstance(part, BaseLimit):
        text = " + ".join(_part_text(structure, each) for each in part.members)
    else:
        rates = [part.advance_rate, part.net_orderly_liquidation_value]
        rate = " x ".join(per_cent_text(each, fewest=0) for each in rates if each is not None)
        if part.advance_rate_on_cost is not None:
            rate = f"min({rate}, {per_cent_text(part.advance_rate_on_cost, fewest=0)})"
        text = f"{rate} x eligible {_lower_first(part.name)}"
    caps = [] if part.cap is None else [amount_text(part.cap)]
    if part.cap_share is not None:
        of = part.cap_share.of
        whole = "the base before reserves"
        if of != TOTAL:
            whole = f"what is lent on {_lower_first(structure.part(of).name)}"
        caps.append(f"{per_cent_text(part.cap_share.rate, fewest=0)} of {whole}")
    return f"min({', '.join([text, *caps])})" if caps else text


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
