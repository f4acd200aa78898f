"""What a revolver's contract says of its collateral: classes, caps, sub-limits.

A class or a sub-limit may be capped by an amount, by a share of another part of the base,
or by both: the lesser holds. Classes and sub-limits together form a tree: each stands in
one sub-limit or in none, and what stands in none adds up to the borrowing base.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import Field

from lexp_calc.ageing import AgeingRules
from lexp_calc.errors import OutOfRange
from lexp_calc.terms import Amount, Identifier, Name, Rate, Terms

GROSS = "gross"
TOTAL = "total"
MOST_PARTS = 100


def _one_of(ids: Iterable[str]) -> str:
    return "one of " + ", ".join(f'"{each}"' for each in ids) if ids else "no such id"


class CapShare(Terms):
    """No more than `rate` of another part of the base: a class, a sub-limit or "total".

    Of another part: rate x what is lent against it, within its own caps. Of the total:
    no more than `rate` of the base that results, before reserves, so
    rest x rate / (1 - rate), where rest is all the base beside the capped part.
    """

    of: Identifier
    rate: Rate

    def contradictions(self):
        """A share above nothing; of the total, below all of it."""
        if self.rate <= 0:
            yield "rate", f"{self.rate:%}", "a share above 0%"
        if self.of == TOTAL and self.rate == 1:
            yield "rate", "100% of the total, which caps nothing", "a share below 100%"


class CollateralClass(Terms):
    """One kind of collateral: what counts, and how much is lent against it.

    `ineligible` names the lines that the certificate takes off the gross amount, by id;
    `ageing` says which of them come out of a receivables ageing. Where the advance is on
    what an appraiser expects of an orderly sale, `net_orderly_liquidation_value` is that
    share of the eligible amount, until a scenario's later appraisal: eligible x advance rate
    x this rate, and no more than eligible x `advance_rate_on_cost` where that is given.
    """

    name: Name
    advance_rate: Rate
    net_orderly_liquidation_value: Rate | None = None
    advance_rate_on_cost: Rate | None = None
    cap: Amount | None = None
    cap_share: CapShare | None = None
    ineligible: dict[Identifier, Name] = Field(default_factory=dict)
    ageing: AgeingRules | None = None

    def contradictions(self):
        """Rates of 0 % or more; the ageing's lines among the ineligibles."""
        for field in ("advance_rate", "net_orderly_liquidation_value", "advance_rate_on_cost"):
            rate = getattr(self, field)
            if rate is not None and rate < 0:
                yield field, f"{rate:%}", "a rate from 0% to 100%"
        if self.advance_rate_on_cost is not None and self.net_orderly_liquidation_value is None:
            found = f"a second rate of {self.advance_rate_on_cost:%}"
            yield "advance_rate_on_cost", found, "net_orderly_liquidation_value beside it"
        if GROSS in self.ineligible:
            yield f"ineligible.{GROSS}", f'the line "{GROSS}"', "another id"
        lines = self.ageing.lines.by_criterion if self.ageing else {}
        for criterion, line in lines.items():
            if line not in self.ineligible:
                yield f"ageing.lines.{criterion}", f'"{line}"', _one_of(self.ineligible)


class BaseLimit(Terms):
    """A sub-limit: what is lent in all against several classes, or other sub-limits."""

    name: Name
    classes: tuple[Identifier, ...] = ()
    limits: tuple[Identifier, ...] = ()
    cap: Amount | None = None
    cap_share: CapShare | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of what it limits."""
        return self.classes + self.limits

    def contradictions(self):
        """Something that it limits, and a limit."""
        if not self.members:
            yield "classes", "no class and no sub-limit", "the ids of what it limits"
        if self.cap is None and self.cap_share is None:
            yield "cap", "no cap and no cap_share", "one of the two"


@dataclass(frozen=True)
class BaseStructure:
    """The classes and sub-limits of one revolver, by id."""

    classes: dict[str, CollateralClass]
    limits: dict[str, BaseLimit]

    def part(self, part_id: str) -> CollateralClass | BaseLimit:
        """The class or sub-limit of an id."""
        return self.limits[part_id] if part_id in self.limits else self.classes[part_id]

    def is_capped(self, part_id: str) -> bool:
        """Whether less may be lent against a part than its own value; sub-limits always."""
        part = self.part(part_id)
        return part.cap is not None or part.cap_share is not None

    @property
    def outermost(self) -> tuple[str, ...]:
        """What stands in no sub-limit: the parts that add up to the base."""
        inside = {member for limit in self.limits.values() for member in limit.members}
        return tuple(each for each in (*self.classes, *self.limits) if each not in inside)

    def needs(self, part_id: str) -> tuple[str, ...]:
        """The parts that must be known before this one is."""
        part = self.part(part_id)
        members = self.limits[part_id].members if part_id in self.limits else ()
        if part.cap_share is None:
            return members
        if part.cap_share.of == TOTAL:
            return members + tuple(each for each in self.outermost if each != part_id)
        return (*members, part.cap_share.of)

    def order(self) -> tuple[str, ...]:
        """All parts, each after those that it needs; OutOfRange where they go in a circle."""
        known: dict[str, None] = {}
        for each in (*self.classes, *self.limits):
            self._add(each, known, ())
        return tuple(known)

    def _add(self, part_id: str, known: dict[str, None], above: tuple[str, ...]) -> None:
        if part_id in above:
            circle = " -> ".join((*above[above.index(part_id) :], part_id))
            table = "borrowing_base_limits" if part_id in self.limits else "borrowing_base"
            raise OutOfRange(
                f"{table}.{part_id}",
                f"found a circle of caps and members: {circle}",
                "a cap that does not depend on itself would be right",
            )
        if part_id not in known:
            for each in self.needs(part_id):
                self._add(each, known, (*above, part_id))
            known[part_id] = None

    def contradictions(self) -> Iterator[tuple[str, object, str]]:
        """Ids used twice, members that are not there or in two sub-limits, caps in a circle."""
        found = [*self._id_problems(), *self._member_problems(), *self._share_problems()]
        if not found:
            try:
                self.order()
            except OutOfRange as circle:
                expected = circle.expected.removesuffix(" would be right")
                found = [(circle.where, circle.found.removeprefix("found "), expected)]
        yield from found

    def _id_problems(self):
        count = len(self.classes) + len(self.limits)
        if count > MOST_PARTS:
            yield "borrowing_base", f"{count} classes and sub-limits", f"at most {MOST_PARTS}"
        for table, ids in (("", self.classes), ("_limits", self.limits)):
            if TOTAL in ids:
                field = f"borrowing_base{table}.{TOTAL}"
                yield field, f'the id "{TOTAL}", which stands for the whole base', "another id"
        for each in self.limits:
            if each in self.classes:
                field = f"borrowing_base_limits.{each}"
                yield field, f'"{each}", which a class is called too', "an id of its own"

    def _member_problems(self):
        owners: dict[str, str] = {}
        for limit_id, limit in self.limits.items():
            for field, known in (("classes", self.classes), ("limits", self.limits)):
                for member in getattr(limit, field):
                    where = f"borrowing_base_limits.{limit_id}.{field}"
                    if member not in known:
                        yield where, f'"{member}"', _one_of(known)
                    elif member in owners:
                        found = f'"{member}", which stands in "{owners[member]}" already'
                        yield where, found, "each part in one sub-limit"
                    owners.setdefault(member, limit_id)

    def _share_problems(self):
        known = [*self.classes, *self.limits, TOTAL]
        for table, parts in (("", self.classes), ("_limits", self.limits)):
            for part_id, part in parts.items():
                if part.cap_share is None:
                    continue
                of, field = part.cap_share.of, f"borrowing_base{table}.{part_id}.cap_share.of"
                if of not in known:
                    yield field, f'"{of}"', _one_of(known)
                elif of == TOTAL and self.outermost == (part_id,):
                    # A share of itself alone: nothing could be lent.
                    yield field, f'"{of}" with nothing beside "{part_id}"', "another part"
