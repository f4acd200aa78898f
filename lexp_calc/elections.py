"""Elections compared: what each interest period costs under each index option.

The balances stay as they are in the projection; only the option changes, so that the
figures say which election would have been cheapest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lexp_calc.cash_flows import CashFlow, Schedule, interest_amount
from lexp_calc.rate_days import FloatingRateDays


@dataclass(frozen=True)
class ElectionRow:
    """One interest period under each option. Amounts are minor units.

    `interest` has one amount an option, in the coupon's order, None where the scenario
    knows no rate for the period's first day. `cheapest` is the option of the least
    interest, the elected one where several are; `saving` is what it would have saved
    against the one elected, 0 or more.
    """

    accrual_start: date
    accrual_end: date
    balance: int  # outstanding at the period's start
    elected: str  # the index in force
    interest: tuple[int | None, ...]
    cheapest: str
    saving: int


def compared_elections(schedule: Schedule) -> tuple[ElectionRow, ...]:
    """The interest periods of a floating tranche, in order; none for a fixed coupon.

    Interest is all that accrues in the period, also what a prepayment pays within it,
    rounded once: balance x rate-days of each part of the period, each on its own balance.
    """
    if not isinstance(schedule.rates, FloatingRateDays):
        return ()
    rows = (_compared(schedule, flows) for flows in _periods(schedule))
    return tuple(row for row in rows if row.accrual_end > row.accrual_start)


def _periods(schedule: Schedule) -> Iterator[list[CashFlow]]:
    """The rows of each interest period together."""
    period: list[CashFlow] = []
    for row in schedule.rows:
        if row.accrual is None:
            continue
        if period and row.accrual.start != period[0].accrual.start:
            yield period
            period = []
        period.append(row)
    if period:
        yield period


def _compared(schedule: Schedule, flows: list[CashFlow]) -> ElectionRow:
    rates = schedule.rates
    start = flows[0].accrual.start
    options = rates.coupon.options
    interest = tuple(
        interest_amount(_product(rates, number, flows), schedule.day_count)
        if rates.knows(number, start)
        else None
        for number in range(1, len(options) + 1)
    )
    elected = rates.option_number(start) - 1
    known = [number for number, each in enumerate(interest) if each is not None]
    cheapest = min(known, key=lambda number: (interest[number], number != elected))
    return ElectionRow(
        accrual_start=start,
        accrual_end=flows[-1].accrual.end,
        balance=flows[0].opening_balance,
        elected=options[elected].index,
        interest=interest,
        cheapest=options[cheapest].index,
        saving=interest[elected] - interest[cheapest],
    )


def _product(rates: FloatingRateDays, number: int, flows: list[CashFlow]) -> int | Fraction:
    """balance x rate-days of a period under an option, the balance being that of each part."""
    product = before = 0
    for row in flows:
        until = rates.period_under(number, row.accrual.start, row.accrual.end).unit_days
        product += row.opening_balance * (until - before)
        before = until
    return product
