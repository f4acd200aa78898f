"""Recovery: what each claim gets of a given value, by its liens, then unsecured, then by turnover.

All amounts are whole minor units, so that every sum holds to the cent; shares are whole by
largest remainders. What is assumed:

- A pool pays its liens by rank, those of equal rank in proportion to what they are still owed.
  First liens on all pools come before second liens on any. A claim with liens of equal rank on
  several pools is set against them in proportion to what each still holds.
- What a pool has left, with what is unencumbered, is shared by all claims in proportion to
  what they are still owed: deficiencies of secured claims rank equally with unsecured claims.
- Subordinated debt then turns over what it got of that (not of its liens) to all debt senior
  to it, until that is paid in full. Between senior secured and senior debt only liens differ.
- Claims without a level (trade) neither turn over nor are turned over to.
- No claim gets more than it is owed; what is left is the shareholders'.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lexp_calc.cash_pools import shared


@dataclass(frozen=True)
class SecuredOn:
    """A lien on a pool; rank 1 is paid first."""

    pool: str
    rank: int


@dataclass(frozen=True)
class OwedTo:
    """A claim by name: its amount, its liens, and its level of turnover (0 = senior to all).

    `level` None: neither subordinated nor senior to what is, such as trade claims.
    """

    name: str
    amount: int
    liens: tuple[SecuredOn, ...] = ()
    level: int | None = None


@dataclass(frozen=True)
class Recovered:
    """What a claim gets: of each pool, its share of what is unencumbered, and by turnover.

    `turned_over` is positive for what senior debt receives, negative for what is given up.
    """

    claim: OwedTo
    from_pools: dict[str, int] = field(default_factory=dict)
    unsecured: int = 0
    turned_over: int = 0

    @property
    def secured(self) -> int:
        """What the liens bring."""
        return sum(self.from_pools.values())

    @property
    def total(self) -> int:
        """All that is recovered."""
        return self.secured + self.unsecured + self.turned_over


@dataclass(frozen=True)
class Distribution:
    """What every claim recovers, in the order of the claims, and what is left after all."""

    recovered: tuple[Recovered, ...]
    left: int


def distribute(
    pools: dict[str, int], unencumbered: int, claims: tuple[OwedTo, ...]
) -> Distribution:
    """The values of pools and what is unencumbered, paid out on the claims as said above."""
    held, from_pools = _by_liens(pools, claims)
    free = unencumbered + sum(held.values())
    owed = {
        each.name: each.amount - sum(from_pools[each.name].values())
        for each in claims
        if sum(from_pools[each.name].values()) < each.amount
    }
    own = shares_of(min(free, sum(owed.values())), owed)
    after = _turned_over(own, owed, claims)
    return Distribution(
        tuple(
            Recovered(
                each,
                from_pools[each.name],
                own.get(each.name, 0),
                after.get(each.name, 0) - own.get(each.name, 0),
            )
            for each in claims
        ),
        free - sum(own.values()),
    )


def shares_of(value: int, owed: dict[str, int]) -> dict[str, int]:
    """At most what is owed, in proportion to it; in whole units that add up to the value.

    Equal remainders go by amount and then by name: the order of the claims does not matter.
    """
    names = sorted(owed, reverse=True)
    total = sum(owed.values())
    if value >= total:
        return dict(owed)
    return dict(zip(names, shared(value, [owed[name] for name in names]), strict=True))


def by_rank(value: int, claims: Iterable[tuple[str, int, int]]) -> dict[str, int]:
    """A value on claims (name, rank, amount): all of a rank before the next, pro rata within."""
    ranks: dict[int, dict[str, int]] = {}
    for name, rank, amount in claims:
        ranks.setdefault(rank, {})[name] = amount
    paid: dict[str, int] = {}
    for rank in sorted(ranks):
        got = shares_of(min(value, sum(ranks[rank].values())), ranks[rank])
        paid |= got
        value -= sum(got.values())
    return paid


def _by_liens(
    pools: dict[str, int], claims: tuple[OwedTo, ...]
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """What each pool holds after all its liens, and what each claim got of which pool."""
    held = dict(pools)
    got: dict[str, dict[str, int]] = {each.name: {} for each in claims}
    for rank in sorted({lien.rank for each in claims for lien in each.liens}):
        secured = {
            each: {lien.pool for lien in each.liens if lien.rank == rank}
            for each in claims
            if any(lien.rank == rank for lien in each.liens)
        }
        while True:
            demands = _demands(secured, held, got)
            if not demands:
                break
            for pool, asked in demands.items():
                paid = shares_of(min(held[pool], sum(asked.values())), asked)
                held[pool] -= sum(paid.values())
                for name, amount in paid.items():
                    got[name][pool] = got[name].get(pool, 0) + amount
    return held, got


def _demands(
    secured: dict[OwedTo, set[str]], held: dict[str, int], got: dict[str, dict[str, int]]
) -> dict[str, dict[str, int]]:
    """By pool: what each claim that is still owed asks of it, in proportion to what pools hold."""
    demands: dict[str, dict[str, int]] = {}
    for claim, on_pools in secured.items():
        owed = claim.amount - sum(got[claim.name].values())
        full = {pool: held[pool] for pool in on_pools if held[pool]}
        if not owed or not full:
            continue
        names = sorted(full, reverse=True)
        for pool, asked in zip(names, shared(owed, [full[each] for each in names]), strict=True):
            if asked:
                demands.setdefault(pool, {})[claim.name] = asked
    return demands


def _turned_over(
    own: dict[str, int], owed: dict[str, int], claims: tuple[OwedTo, ...]
) -> dict[str, int]:
    """The unsecured shares after turnover: what debt with a level got, by its levels."""
    ranked = [
        (each.name, each.level, owed[each.name])
        for each in claims
        if each.level is not None and each.name in owed
    ]
    together = sum(own[name] for name, _, _ in ranked)
    return own | by_rank(together, ranked)
