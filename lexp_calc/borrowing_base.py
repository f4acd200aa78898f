"""The borrowing base: collateral less ineligibles, advance rates, caps, limit, availability."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lexp_calc.collateral_terms import GROSS, TOTAL, BaseLimit, BaseStructure, CollateralClass
from lexp_calc.errors import LexpError, NotThere, OutOfRange
from lexp_calc.money import Currency, round_half_away
from lexp_calc.rates import UNITS_PER_ONE, units
from lexp_calc.spelling import expected_one_of


@dataclass(frozen=True)
class Caps:
    """What a part is held to, in minor units; None where the contract names no such cap."""

    amount: int | None = None
    share: int | None = None

    def least(self, value: int) -> int:
        """The value, no more than either cap."""
        return min(each for each in (value, self.amount, self.share) if each is not None)


@dataclass(frozen=True)
class ClassBase:
    """One class of a certificate, in minor units."""

    class_id: str
    gross: int
    ineligibles: tuple[tuple[str, int], ...]  # (id, amount), in the terms' order
    advance_rate: int  # rate units
    liquidation_value: int = UNITS_PER_ONE  # of the eligible amount, in rate units
    cost_rate: int | None = None  # rate units; no more than this of the eligible amount
    caps: Caps = Caps()

    @property
    def eligible(self) -> int:
        """Gross less all ineligibles."""
        return self.gross - sum(amount for _, amount in self.ineligibles)

    @property
    def value(self) -> int:
        """Eligible x advance rate (x net orderly liquidation value), rounded once.

        With a rate on cost beside it, eligible x the lesser of the two rates.
        """
        rate = self.advance_rate * self.liquidation_value
        if self.cost_rate is not None:
            rate = min(rate, self.cost_rate * UNITS_PER_ONE)
        return round_half_away(self.eligible * rate, UNITS_PER_ONE**2)

    @property
    def lendable(self) -> int:
        """The value within the class's caps."""
        return self.caps.least(self.value)


@dataclass(frozen=True)
class LimitBase:
    """One sub-limit of a certificate: what its members come to, and its caps, in minor units."""

    limit_id: str
    members: tuple[str, ...]
    value: int
    caps: Caps

    @property
    def lendable(self) -> int:
        """The members' sum within the caps."""
        return self.caps.least(self.value)


@dataclass(frozen=True)
class Certificate:
    """A borrowing base certificate, in minor units.

    Limit = min(commitment, borrowing base); what may be used is the limit less the minimum
    availability, not below 0; availability = that less loans and letters of credit, not
    below 0; what is used above it is the over-advance.
    """

    classes: tuple[ClassBase, ...]
    reserves: int
    commitment: int
    outstanding: int
    letters_of_credit: int
    limits: tuple[LimitBase, ...] = ()
    minimum_availability: int = 0

    @property
    def outermost(self) -> tuple[ClassBase | LimitBase, ...]:
        """The classes and sub-limits that add up to the base."""
        inside = {member for limit in self.limits for member in limit.members}
        free = [each for each in self.classes if each.class_id not in inside]
        return (*free, *(each for each in self.limits if each.limit_id not in inside))

    @property
    def lendable(self) -> int:
        """The sum of what is lent against all classes, within caps and sub-limits."""
        return sum(each.lendable for each in self.outermost)

    @property
    def borrowing_base(self) -> int:
        """What is lent against the collateral less reserves, not below 0."""
        return max(self.lendable - self.reserves, 0)

    @property
    def limit(self) -> int:
        """The lesser of the commitment and the borrowing base."""
        return min(self.commitment, self.borrowing_base)

    @property
    def used(self) -> int:
        """Loans and letters of credit."""
        return self.outstanding + self.letters_of_credit

    @property
    def usable(self) -> int:
        """The limit less the minimum availability, not below 0."""
        return max(self.limit - self.minimum_availability, 0)

    @property
    def availability(self) -> int:
        """What can still be borrowed."""
        return max(self.usable - self.used, 0)

    @property
    def over_advance(self) -> int:
        """What is used above what may be used, and must be repaid."""
        return max(self.used - self.usable, 0)


def unknown_lines(
    base: dict[str, CollateralClass], given: dict[str, dict[str, object]]
) -> Iterator[LexpError]:
    """Classes and lines that the borrowing base does not have."""
    for class_id, lines in given.items():
        if class_id not in base:
            yield NotThere(class_id, f'found "{class_id}"', expected_one_of(class_id, base))
            continue
        known = [GROSS, *base[class_id].ineligible]
        for line in lines:
            if line not in known:
                where = f"{class_id}.{line}"
                yield NotThere(where, f'found "{line}"', expected_one_of(line, known))


def class_base(
    class_id: str,
    terms: CollateralClass,
    lines: dict[str, int],
    appraised: Decimal | None,
    currency: Currency,
) -> ClassBase:
    """One class, not yet capped, from its lines in minor units: "gross" and ineligibles.

    `appraised`: a later net orderly liquidation value than that of the terms, if any.
    """
    if GROSS not in lines:
        raise NotThere(f"{class_id}.{GROSS}", "found nothing", "the gross amount would be right")
    ineligibles = tuple((line, lines.get(line, 0)) for line in terms.ineligible)
    if appraised is None:
        appraised = terms.net_orderly_liquidation_value
    base = ClassBase(
        class_id.rpartition(".")[2],
        lines[GROSS],
        ineligibles,
        units(terms.advance_rate),
        UNITS_PER_ONE if appraised is None else units(appraised),
        None if terms.advance_rate_on_cost is None else units(terms.advance_rate_on_cost),
    )
    if base.eligible < 0:
        raise OutOfRange(
            class_id,
            f"found ineligibles {currency.amount(-base.eligible):,} above the gross amount",
            "ineligibles up to the gross amount would be right",
        )
    return base


@dataclass(frozen=True)
class LendingBase:
    """Classes and sub-limits with their caps worked out, each in the terms' order."""

    classes: tuple[ClassBase, ...]
    limits: tuple[LimitBase, ...]


def lending_base(
    structure: BaseStructure, classes: tuple[ClassBase, ...], currency: Currency
) -> LendingBase:
    """Caps and sub-limits applied, each part after those that it depends on."""
    given = {each.class_id: each for each in classes}
    done: dict[str, ClassBase | LimitBase] = {}
    for part_id in structure.order():
        part = structure.part(part_id)
        caps = _caps(structure, part_id, part, done, currency)
        if isinstance(part, BaseLimit):
            value = sum(done[member].lendable for member in part.members)
            done[part_id] = LimitBase(part_id, part.members, value, caps)
        else:
            done[part_id] = replace(given[part_id], caps=caps)
    return LendingBase(
        tuple(done[each] for each in structure.classes),
        tuple(done[each] for each in structure.limits),
    )


def _caps(structure: BaseStructure, part_id: str, part, done: dict, currency: Currency) -> Caps:
    """Both caps of a part; a share is rounded once."""
    amount = None if part.cap is None else currency.minor_units(part.cap)
    share = part.cap_share
    if share is None:
        return Caps(amount)
    rate = units(share.rate)
    if share.of == TOTAL:
        rest = sum(done[each].lendable for each in structure.outermost if each != part_id)
        return Caps(amount, round_half_away(rest * rate, UNITS_PER_ONE - rate))
    return Caps(amount, round_half_away(done[share.of].lendable * rate, UNITS_PER_ONE))
