"""Recoveries as tables: of a deal's tranches from its pools, and of any ranked claims."""

from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.cell_ranges as cell_ranges
import lexp_calc.kinds as kinds
from lexp_calc.accrued_interest import accrued_interest
from lexp_calc.deal import Deal, Projection
from lexp_calc.deal_cache import DealName, ScenarioName, projection_of
from lexp_calc.errors import LexpError, NotThere, OutOfRange
from lexp_calc.kinds import TABLE, TEXT, Kind
from lexp_calc.money import CENTS, as_decimal
from lexp_calc.recovery import Distribution, OwedTo, Recovered, SecuredOn, by_rank, distribute
from lexp_calc.seniority import turnover_level
from lexp_calc.spelling import expected_one_of, folded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

UNENCUMBERED, OTHER_CLAIMS, TOTAL, LEFT = "unencumbered", "other claims", "total", "left over"


def _once(name: str, column: str, rows: tuple[tuple, ...]) -> None:
    """Refuses a table whose first column has a name twice."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        first = seen.setdefault(folded(row[0]), number)
        if first != number:
            found = f'found "{row[0]}", as in row {first}'
            raise OutOfRange(f"{name}[{number}].{column}", found, "each once would be right")


def _values(name: str, value: object) -> tuple[tuple[str, Decimal], ...]:
    def one(where: str, cells: dict) -> tuple[str, Decimal]:
        return (
            arguments.text(f"{where}.pool", cells["pool"]),
            arguments.amount(f"{where}.value", cells["value"]),
        )

    rows = cell_ranges.read_rows(name, value, ("pool", "value"), 2, one)
    _once(name, "pool", rows)
    return rows


def _claims(name: str, value: object) -> tuple[tuple[str, int, Decimal], ...]:
    def one(where: str, cells: dict) -> tuple[str, int, Decimal]:
        return (
            arguments.text(f"{where}.claim", cells["claim"]),
            arguments.count(f"{where}.rank", cells["rank"]),
            arguments.amount(f"{where}.amount", cells["amount"]),
        )

    rows = cell_ranges.read_rows(name, value, ("claim", "rank", "amount"), 3, one)
    _once(name, "claim", rows)
    arguments.below_limit(name, sum(amount for _, _, amount in rows))
    return rows


Values = Annotated[
    tuple[tuple[str, Decimal], ...],
    Kind('rows of pool id, or "unencumbered", and value', TEXT, _values, TABLE),
]
RankedClaims = Annotated[
    tuple[tuple[str, int, Decimal], ...],
    Kind("rows of claim, rank (1 is paid first) and amount", TEXT, _claims, TABLE),
]


@spreadsheet_function
def waterfall(claims: RankedClaims, value: kinds.Amount) -> kinds.TableResult:
    """A value paid out on claims by rank: what each recovers, to the cent, and what is left.

    All of a rank is paid before the next gets anything; equal ranks share in proportion to
    their amounts, the last cents to the largest remainders. Recovery is a share of the claim,
    empty for a claim of 0. Rows are by rank, then as given.
    """
    cents = [(name, rank, CENTS.minor_units(amount)) for name, rank, amount in claims]
    paid = by_rank(CENTS.minor_units(value), cents)
    rows = [
        (name, rank, CENTS.amount(owed), CENTS.amount(paid[name]), _part(paid[name], owed))
        for name, rank, owed in sorted(cents, key=lambda each: each[1])
    ]
    owed, got = sum(each[2] for each in cents), sum(paid.values())
    rows.append((TOTAL, None, CENTS.amount(owed), CENTS.amount(got), _part(got, owed)))
    rows.append((LEFT, None, None, value - CENTS.amount(got), None))
    return Table(("claim", "rank", "amount", "recovered", "recovery"), tuple(rows))


def _part(recovered: int, owed: int) -> Decimal | None:
    return as_decimal(Fraction(recovered, owed)) if owed else None


@spreadsheet_function
def recovery(
    deal: DealName,
    values: Values,
    date: kinds.Day | None = None,
    scenario: ScenarioName | None = None,
    other_claims: kinds.Amount = Decimal(0),
) -> kinds.TableResult:
    """What each tranche of a deal recovers of given values of its pools and of all else.

    `values` has a row for each pool of collateral; "unencumbered" may be left out, for
    nothing. Claims are the principal owed at the end of `date`, of the closing if left out, and
    the interest accrued on it until then and not paid (11 U.S.C. 502(b)(2)), fees aside.
    Pools pay their liens by rank; deficiencies, unsecured tranches and `other_claims` (trade,
    which is senior to nothing) share the rest pro rata; what subordinated tranches get of that
    is turned over to senior ones until they are paid in full (11 U.S.C. 506(a), 510(a)).
    """
    projection = projection_of(deal, scenario)
    terms = projection.deal
    money = terms.money
    day = _day_of(projection, date)
    amounts = _by_pool(terms, values)
    interest = {each: accrued_interest(projection, each, day) for each in terms.tranche}
    claims = _claims_of(projection, day, interest, money.minor_units(other_claims, "other_claims"))
    unencumbered = amounts.pop(UNENCUMBERED, 0)
    found = distribute(amounts, unencumbered, claims)
    return _table(projection, interest, found)


def _day_of(projection: Projection, day: Date | None) -> Date:
    """The day of the claims: within the life of the deal."""
    closing = projection.deal.closing_date
    if day is None:
        return closing
    last = max(each.maturity_row.payment_date for each in projection.schedules.values())
    if not closing <= day <= last:
        expected = f"a date from the closing on {closing} to {last} would be right"
        raise OutOfRange("date", f"found {day}", expected)
    return day


def _by_pool(deal: Deal, values: Iterable[tuple[str, Decimal]]) -> dict[str, int]:
    """Values in minor units by the ids of pools; each pool must have one."""
    if UNENCUMBERED in deal.collateral:
        found = f'found a pool of collateral with the id "{UNENCUMBERED}"'
        raise OutOfRange("deal", found, "another id for it would be right")
    known = {folded(each): each for each in (*deal.collateral, UNENCUMBERED)}
    amounts: dict[str, int] = {}
    problems: list[LexpError] = []
    for number, (pool, value) in enumerate(values, 1):
        here = f"values[{number}]"
        pool_id = known.get(folded(pool))
        if pool_id is None:
            expected = expected_one_of(pool, known.values())
            problems.append(NotThere(f"{here}.pool", f'found "{pool}"', expected))
            continue
        amounts[pool_id] = deal.money.minor_units(value, f"{here}.value")
    cell_ranges.refuse_some(problems)
    missing = [each for each in deal.collateral if each not in amounts]
    if missing:
        listed = ", ".join(f'"{each}"' for each in missing)
        raise NotThere("values", f"found no value of {listed}", "a row for each would be right")
    return amounts


def _claims_of(
    projection: Projection, day: Date, interest: dict[str, int], other: int
) -> tuple[OwedTo, ...]:
    tranches = projection.deal.tranche
    claims = [
        OwedTo(
            tranche_id,
            projection[tranche_id].balance(day) + interest[tranche_id],
            tuple(SecuredOn(lien.collateral, lien.rank) for lien in tranche.liens),
            turnover_level(tranche.seniority),
        )
        for tranche_id, tranche in tranches.items()
    ]
    return (*claims, OwedTo(OTHER_CLAIMS, other)) if other else tuple(claims)


def _table(projection: Projection, interest: dict[str, int], found: Distribution) -> Table:
    pools, money = tuple(projection.deal.collateral), projection.deal.money
    headings = (
        "tranche",
        "claim",
        "interest in it",
        *pools,
        UNENCUMBERED,
        "turned over",
        "recovered",
        "recovery",
    )
    lines = [
        (each.claim.name, _figures(each, interest.get(each.claim.name, 0), pools))
        for each in found.recovered
    ]
    sums = [sum(column) for column in zip(*(figures for _, figures in lines), strict=True)]
    rows = [
        (name, *map(money.amount, figures), _part(figures[-1], figures[0]))
        for name, figures in (*lines, (TOTAL, sums))
    ]
    blanks = [None] * (len(pools) + 4)
    rows.append((LEFT, *blanks, money.amount(found.left), None))
    return Table(headings, tuple(rows))


def _figures(each: Recovered, interest: int, pools: tuple[str, ...]) -> list[int]:
    """Claim, interest in it, what each pool and all else bring, turnover, and what is recovered."""
    from_pools = [each.from_pools.get(pool, 0) for pool in pools]
    return [each.claim.amount, interest, *from_pools, each.unsecured, each.turned_over, each.total]
