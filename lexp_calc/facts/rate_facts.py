"""Facts of a tranche's rates: each option's all-in rate, when the floor binds, the limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lexp_calc.collateral_terms import TOTAL, BaseLimit, BaseStructure
from lexp_calc.coupons import FloatingCoupon, IndexOption
from lexp_calc.deal import Projection
from lexp_calc.facts.fact import ASSUMPTION, DATE, RATE, TEXT, Fact, source_of
from lexp_calc.rate_paths import OptionPath, all_in, limited
from lexp_calc.rates import rate, units
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.tranches.tranche import Tranche
from lexp_calc.wording import amount_text, per_cent_text


def rate_facts(projection: Projection, tranche_id: str) -> Iterator[Fact]:
    """For a floating coupon: all-in rates at closing, at each observation, and the floor."""
    tranche = projection.deal.tranche[tranche_id]
    if not isinstance(tranche.coupon, FloatingCoupon):
        return
    paths = projection[tranche_id].rates.paths
    for option, path in zip(tranche.coupon.options, paths, strict=True):
        if isinstance(path, OptionPath):
            yield from _at_closing(projection, tranche_id, path)
        yield from _observed(projection, tranche_id, option)
        if isinstance(path, OptionPath):
            yield from _floor(projection, tranche_id, path)


@dataclass(frozen=True)
class _AllIn:
    """Index plus margin within floor and cap, as a number and in words."""

    rate: Decimal
    words: str


def _all_in(coupon: FloatingCoupon, option: IndexOption, index: int, margin: int) -> _AllIn:
    """The all-in rate of an index and a margin in units."""
    limited_index = limited(option, index)
    found = rate(all_in(coupon, limited_index, margin))
    total = rate(limited_index + margin)
    words = f"{option.index} {per_cent_text(rate(index))}"
    if limited_index != index:
        words += f", the index {_bound(limited_index > index)} at {_shown(limited_index)}"
    words += f" + {_shown(margin)}"
    if found != total:
        bound = _bound(found > total)
        words += f" = {per_cent_text(total)}; the {bound} of {per_cent_text(found)} binds"
    return _AllIn(found, words)


def _bound(is_floor: bool) -> str:
    return "floor" if is_floor else "cap"


def _shown(whole_units: int) -> str:
    return per_cent_text(rate(whole_units))


def _margin_source(tranche: Tranche, option: IndexOption) -> str:
    number = tranche.coupon.options.index(option) + 1
    return source_of(tranche, f"coupon.options.{number}.margin")


def _slug(option: IndexOption) -> str:
    return option.index.lower().replace(" ", "-")


def _at_closing(projection: Projection, tranche_id: str, path: OptionPath) -> Iterator[Fact]:
    tranche = projection.deal.tranche[tranche_id]
    option = path.option
    index = path.index_at(projection.deal.closing_date)
    if index is None:
        return
    margin = path.margins[path.steps.position(projection.deal.closing_date) - 1]
    found = _all_in(tranche.coupon, option, index, margin)
    yield Fact(
        f"{tranche_id}.rate.{_slug(option)}",
        tranche.name,
        f"Rate at closing, {option.index} + {_shown(margin)}",
        found.rate,
        RATE,
        found.words,
        source=_margin_source(tranche, option),
    )


def _observed(projection: Projection, tranche_id: str, option: IndexOption) -> Iterator[Fact]:
    tranche = projection.deal.tranche[tranche_id]
    margins = option.margins(projection.conditions[tranche_id].leverage)
    for seen in projection.deal.observation.values():
        if seen.index == option.index:
            margin = margins.on(seen.date)
            found = _all_in(tranche.coupon, option, units(seen.rate), margin)
            yield Fact(
                f"{tranche_id}.rate.{_slug(option)}.{seen.date}",
                tranche.name,
                f"Rate on {seen.date}, {option.index} + {_shown(margin)}",
                found.rate,
                RATE,
                f"{found.words} (the index as observed that day)",
                source=_margin_source(tranche, option),
            )


def _floor(projection: Projection, tranche_id: str, path: OptionPath) -> Iterator[Fact]:
    """The days on which index + margin comes to lie below, at or above the floor."""
    tranche = projection.deal.tranche[tranche_id]
    option = path.option
    if tranche.coupon.floor is None:
        return
    floor = units(tranche.coupon.floor)
    words = {-1: "binds", 0: "is equalled", 1: "is exceeded"}
    endings = {-1: "binds", 0: "equal", 1: "above"}
    sides = {-1: "below", 0: "equal to", 1: "above"}
    state, seen = None, set()
    for day, index, margin in zip(path.dates, path.index_units, path.margins, strict=True):
        day = max(day, projection.deal.closing_date)
        if index is None or day > tranche.last_maturity:
            continue
        total = limited(option, index) + margin
        now = (total > floor) - (total < floor)
        if now == state:
            continue
        state = now
        ending = f"{endings[now]}-from" + (f".{day}" if now in seen else "")
        seen.add(now)
        yield Fact(
            f"{tranche_id}.floor.{_slug(option)}.{ending}",
            tranche.name,
            f"The floor of {_shown(floor)} {words[now]} from",
            day,
            DATE,
            f"{option.index} {_shown(limited(option, index))} + {_shown(margin)} = "
            f"{_shown(total)}, {sides[now]} the floor, "
            f"scenario {projection.scenario_name}",
            source=source_of(tranche, "coupon.floor"),
        )


def limit_facts(projection: Projection, tranche_id: str) -> Iterator[Fact]:
    """A revolver's limit as a formula, and as amounts once the collateral is known."""
    deal = projection.deal
    revolver = deal.tranche[tranche_id]
    if not isinstance(revolver, Revolver) or not revolver.borrowing_base:
        return
    first, *_ = revolver.borrowing_base
    source = source_of(revolver, f"borrowing_base.{first}.advance_rate")
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
    """A name within a sentence; an abbreviation such as AR stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
