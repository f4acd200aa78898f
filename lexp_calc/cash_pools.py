"""A fixed sum of cash shared among holders in proportion to what they tendered."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.money import as_decimal
from lexp_calc.spreadsheet_function import spreadsheet_function


def pool_paid(pool: Decimal, tendered: Decimal, most_per_thousand: Decimal | None) -> Fraction:
    """What of a pool is paid: all of it, or the most for each 1,000 tendered where that is less."""
    if not tendered:
        return Fraction(0)
    if most_per_thousand is None:
        return Fraction(pool)
    return min(Fraction(pool), Fraction(tendered) * Fraction(most_per_thousand) / 1000)


def shared(total: int, weights: Sequence[Decimal]) -> tuple[int, ...]:
    """A whole number in whole parts in proportion to the weights; the parts add up to it.

    Each part is rounded down, and what is left goes one by one to the largest remainders, the
    larger weight first where they tie: so the order of the weights does not matter.
    """
    whole = sum(map(Fraction, weights))
    exact = [total * Fraction(weight) / whole for weight in weights]
    parts = [each // 1 for each in exact]
    order = sorted(range(len(parts)), key=lambda k: (exact[k] - parts[k], weights[k]), reverse=True)
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


@spreadsheet_function
def cash_per_thousand(
    pool: kinds.Amount,
    tendered: kinds.PositiveAmount,
    most_per_thousand: kinds.UnitPrice | None = None,
) -> kinds.RatioResult:
    """Cash from a pool for each 1,000 tendered, not rounded: 1,000 x pool / tendered.

    `most_per_thousand`, where given, is the most that is paid for each 1,000.
    """
    paid = 1000 * pool_paid(pool, tendered, most_per_thousand) / Fraction(tendered)
    return as_decimal(paid)


@spreadsheet_function
def cash_pool(
    pool: kinds.Amount,
    tenders: kinds.Amounts,
    most_per_thousand: kinds.UnitPrice | None = None,
) -> kinds.MoneyColumn:
    """Each holder's cash from a pool that is shared pro rata; the column adds up to the pool.

    pool x tender / all tenders, rounded down to the cent; the cents left go to the largest
    remainders. Where the pool is more than `most_per_thousand` allows, the rest is not paid.
    """
    total = sum(tenders)
    if not total:
        raise OutOfRange("tenders", "found 0 in all", "a sum above 0 would be right")
    paid = pool_paid(pool, total, most_per_thousand) * 100 // 1
    return tuple(Decimal(cents).scaleb(-2) for cents in shared(paid, tenders))
