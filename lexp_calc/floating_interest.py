"""Effective interest where the rate floats: which index rate the effective rate looks at.

ASC 310-20-35-18(c) allows two ways. "at inception": the first period's rate is taken to hold
to the end, which fixes how the discount is amortized; interest as it falls due is added to
that. "as it changes": whenever the rate changes, the effective rate is solved anew from the
carrying amount and the payments left at the new rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.effective_rates import face_of, payments_of
from lexp_calc.errors import OutOfRange
from lexp_calc.loan_yields import simple_interest, yield_by_day_count
from lexp_calc.money import CENTS, round_half_away
from lexp_calc.roll_forward import (
    ACTUAL_DAYS,
    CarriedRow,
    Payment,
    RollForward,
    roll_forward,
)
from lexp_calc.spelling import named
from lexp_calc.spreadsheet_function import spreadsheet_function

AT_INCEPTION, AS_IT_CHANGES = "at inception", "as it changes"


def index_rate_in_force(name: str, value: object) -> str:
    """One of the two ways to look at a floating rate."""
    return named((AT_INCEPTION, AS_IT_CHANGES), arguments.text(name, value), name)


IndexRateInForce = Annotated[
    str, kinds.Kind('"at inception" or "as it changes"', kinds.TEXT, index_rate_in_force)
]


@dataclass(frozen=True)
class FloatingPeriod:
    """A period and the payment that ends it, in minor units."""

    payment: Payment  # as the rate of the period makes it
    all_in_rate: Fraction
    interest_at_one: Fraction  # what the period's interest would be at a rate of 100 %

    def at(self, rate: Fraction) -> Payment:
        """The payment, had the period this all-in rate; fees in it stay."""
        change = round_half_away(self.interest_at_one * (rate - self.all_in_rate), 1)
        return replace(self.payment, interest=self.payment.interest + change)


@spreadsheet_function
def floating_effective_interest(
    carrying_amount: kinds.PositiveAmount,
    start: kinds.Day,
    principal_amounts: kinds.Amounts,
    rates: kinds.Rates,
    dates: kinds.Days,
    index_rate: IndexRateInForce,
    day_count: kinds.DayCount = "ACT/360",
) -> kinds.TableResult:
    """The carrying amount of a floating loan from payment to payment.

    `rates` are the all-in rates of the periods that end on `dates`; interest is the principal
    owed x rate x day count fraction, rounded to the cent. `index_rate` is "at inception" or
    "as it changes" (ASC 310-20-35-18(c)). Columns as those of the effective interest table;
    effective rates are decimals a year by the day count, simple within a period, as the loan's
    own: at par without costs they are `rates`.
    """
    refuse_unequal(principal_amounts=principal_amounts, rates=rates, dates=dates)
    for number, rate in enumerate(rates, 1):
        if rate < 0:
            expected = "a rate of 0 or more would be right"
            raise OutOfRange(f"rates[{number}]", f"found {rate}", expected)
    no_interest = [Decimal(0)] * len(dates)
    unpaid = payments_of(start, no_interest, principal_amounts, dates, ACTUAL_DAYS)
    periods, before, face, time = [], start, face_of(unpaid), Fraction(0)
    for payment, rate in zip(unpaid, rates, strict=True):
        length = Fraction(day_count.length(before, payment.day)) / day_count.basis
        at_one, time = face * length, time + length
        interest = round_half_away(at_one * Fraction(rate), 1)
        payment = replace(payment, interest=interest, time=time)
        periods.append(FloatingPeriod(payment, Fraction(rate), at_one))
        before, face = payment.day, payment.face_after
    carrying = CENTS.minor_units(carrying_amount)
    return floating_roll_forward(carrying, periods, index_rate).table(CENTS)


def floating_roll_forward(
    carrying_amount: int, periods: Sequence[FloatingPeriod], index_rate: str
) -> RollForward:
    """The carrying amount over the periods, by either way of ASC 310-20-35-18(c)."""
    if index_rate == AT_INCEPTION:
        return _at_inception(carrying_amount, periods)
    return _as_it_changes(carrying_amount, periods)


def _at_inception(carrying_amount: int, periods: Sequence[FloatingPeriod]) -> RollForward:
    """The discount as the first rate amortizes it; interest as it falls due on top."""
    expected = [period.at(periods[0].all_in_rate) for period in periods]
    amounts = [float(payment.total) for payment in expected]
    guess = float(periods[0].all_in_rate)
    rate = _known(yield_by_day_count(float(carrying_amount), amounts, _lengths(expected), guess))
    face = face_of(expected)
    pattern = roll_forward(
        face, carrying_amount, expected, lambda number, opening: rate, simple_interest
    )
    rows = tuple(
        CarriedRow(
            period.payment,
            row.opening,
            rate,
            row.interest_expense + period.payment.interest - row.payment.interest,
        )
        for period, row in zip(periods, pattern.rows, strict=True)
    )
    return RollForward(face, rows)


def _lengths(payments: Sequence[Payment]) -> list[float]:
    """The day count fractions between the payments."""
    times = [Fraction(0), *(payment.time for payment in payments)]
    return [float(after - before) for before, after in pairwise(times)]


def _as_it_changes(carrying_amount: int, periods: Sequence[FloatingPeriod]) -> RollForward:
    """The effective rate solved anew in each period whose rate is not that of the one before."""
    payments = [period.payment for period in periods]
    rates = [float(period.all_in_rate) for period in periods]
    at_one = [float(period.interest_at_one) for period in periods]
    lengths = _lengths(payments)
    in_force: list[float] = []

    def rate_for(number: int, opening: int) -> float:
        if number and rates[number] == rates[number - 1]:
            return in_force[-1]
        amounts = [
            max(payment.total + interest * (rates[number] - rate), 0.0)
            for payment, rate, interest in zip(
                payments[number:], rates[number:], at_one[number:], strict=True
            )
        ]
        guess = in_force[-1] if in_force else rates[0]
        solved = yield_by_day_count(float(opening), amounts, lengths[number:], guess)
        in_force.append(_known(solved))
        return in_force[-1]

    return roll_forward(face_of(payments), carrying_amount, payments, rate_for, simple_interest)


def _known(rate: float | None) -> float:
    """The rate, if there is one."""
    if rate is None:
        found = "found no rate at which the payments are worth it"
        expected = "an amount nearer to the principal would be right"
        raise OutOfRange("carrying_amount", found, expected)
    return rate
