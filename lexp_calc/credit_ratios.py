"""Leverage and coverage: debt and what is paid on it, over earnings or value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.deal import Projection
from lexp_calc.money import as_decimal
from lexp_calc.periods import add_months
from lexp_calc.seniority import SENIOR_SECURED, seniority_class
from lexp_calc.spreadsheet_function import spreadsheet_function

MONTHS_BEFORE = 12


@spreadsheet_function
def leverage(debt: kinds.Amount, earnings: kinds.PositiveAmount) -> kinds.RatioResult:
    """Debt as a multiple of earnings: debt / earnings, not rounded.

    Earnings are those that the covenant means, most often EBITDA of twelve months; leverage
    of a loss means nothing and is refused.
    """
    return as_decimal(Fraction(debt) / Fraction(earnings))


@spreadsheet_function
def interest_coverage(
    earnings: kinds.SignedAmount, interest: kinds.PositiveAmount
) -> kinds.RatioResult:
    """How often earnings cover interest of the same time: earnings / interest, not rounded."""
    return as_decimal(Fraction(earnings) / Fraction(interest))


@spreadsheet_function
def debt_service_coverage(
    earnings: kinds.SignedAmount, debt_service: kinds.PositiveAmount
) -> kinds.RatioResult:
    """How often earnings cover interest and principal due: earnings / debt service, not rounded.

    Of property, earnings are the net operating income.
    """
    return as_decimal(Fraction(earnings) / Fraction(debt_service))


@spreadsheet_function
def loan_to_value(debt: kinds.Amount, value: kinds.PositiveAmount) -> kinds.RatioResult:
    """Debt as a part of the value of what secures it: debt / value, not rounded; 0.8 is 80 %."""
    return as_decimal(Fraction(debt) / Fraction(value))


@dataclass(frozen=True)
class CreditRatios:
    """A deal's debt, payments and ratios on a day for which earnings are given.

    Amounts are minor units. `interest` and `debt_service` are what was paid after `since` up
    to and with `day`: twelve months, less where the closing is nearer; then there is no
    coverage yet. A ratio is None where what it divides by is not above 0.
    """

    day: date
    since: date
    earnings: int
    total_debt: int
    senior_secured_debt: int
    interest: int
    debt_service: int

    @property
    def total_leverage(self) -> Fraction | None:
        """Total debt / earnings."""
        return _ratio(self.total_debt, self.earnings)

    @property
    def senior_secured_leverage(self) -> Fraction | None:
        """Senior secured debt / earnings."""
        return _ratio(self.senior_secured_debt, self.earnings)

    @property
    def interest_coverage(self) -> Fraction | None:
        """Earnings / interest of twelve months; None in the first year."""
        return None if self.is_short else _ratio(self.earnings, self.interest)

    @property
    def debt_service_coverage(self) -> Fraction | None:
        """Earnings / interest and scheduled principal of twelve months; None in the first year."""
        return None if self.is_short else _ratio(self.earnings, self.debt_service)

    @property
    def is_short(self) -> bool:
        """Whether the closing is less than twelve months before.

        Payments since then say nothing of a year: coupons and instalments come in lumps.
        """
        return self.since > add_months(self.day, -MONTHS_BEFORE)


def _ratio(of: int, over: int) -> Fraction | None:
    return Fraction(of, over) if over > 0 else None


def credit_ratios_by_date(
    projection: Projection, earnings: Iterable[tuple[date, Decimal]]
) -> tuple[CreditRatios, ...]:
    """The ratios on each date for which earnings of the twelve months before are given.

    Debt is the principal owed at the end of the day, interest in kind included; senior secured
    is what the documents' words say is. Interest is what was paid in cash, debt service that
    and the principal due: instalments and what was due at maturity, neither prepayments nor
    fees.
    """
    return tuple(
        _on(projection, day, projection.deal.money.minor_units(each, f"earnings.{day}"))
        for day, each in earnings
    )


def _on(projection: Projection, day: date, earnings: int) -> CreditRatios:
    deal = projection.deal
    since = max(add_months(day, -MONTHS_BEFORE), deal.closing_date)
    owed = {each: schedule.balance(day) for each, schedule in projection.schedules.items()}
    secured = [
        each
        for each, tranche in deal.tranche.items()
        if seniority_class(tranche.seniority) == SENIOR_SECURED
    ]
    rows = [
        row
        for schedule in projection.schedules.values()
        for row in schedule.rows
        if since < row.payment_date <= day
    ]
    interest = sum(row.interest for row in rows)
    principal = sum(row.scheduled_principal + row.balloon for row in rows)
    return CreditRatios(
        day,
        since,
        earnings,
        sum(owed.values()),
        sum(owed[each] for each in secured),
        interest,
        interest + principal,
    )


def decimal_or_blank(ratio: Fraction | None) -> Decimal | None:
    """A ratio as a decimal, or an empty cell."""
    return None if ratio is None else as_decimal(ratio)
