"""What all tranches share: their common terms, and what a scenario decides about them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pydantic import Field

from lexp_calc.calendars import Calendar
from lexp_calc.coupons import Coupon
from lexp_calc.day_count import ActualActualICMA, day_count
from lexp_calc.fees import Fee
from lexp_calc.money import Currency
from lexp_calc.periods import PaymentTerms
from lexp_calc.rate_paths import RateConditions
from lexp_calc.rates import IndexPath
from lexp_calc.regular_dates import RegularDates
from lexp_calc.scenario import Scenario
from lexp_calc.terms import Count, Day, Identifier, Name, PositiveAmount, Terms


class Lien(Terms):
    """A claim on a pool of collateral; rank 1 is paid first out of it."""

    collateral: Identifier
    rank: Count


class Extension(Terms):
    """The borrower's option to run the tranche, on the same terms, to a later maturity."""

    maturity: Day


class Tranche(Terms):
    """The terms that every tranche has."""

    name: Name
    seniority: Name
    lender: Name | None = None
    liens: tuple[Lien, ...] = ()
    coupon: Coupon
    payments: PaymentTerms
    fees: dict[Identifier, Fee] = Field(default_factory=dict)
    maturity: Day
    extension: Extension | None = None

    def contradictions(self):
        """First payment, maturity and extension in order."""
        if self.payments.first_payment and self.payments.first_payment > self.maturity:
            yield (
                "payments.first_payment",
                f"{self.payments.first_payment}, after maturity on {self.maturity}",
                "an earlier date",
            )
        is_icma = isinstance(day_count(self.coupon.day_count), ActualActualICMA)
        if is_icma and self.payments.step.weeks:
            yield (
                "payments.frequency",
                f"payments {self.payments.frequency} with {self.coupon.day_count}",
                "a frequency of months, or another day count,",
            )
        if self.extension and self.extension.maturity <= self.maturity:
            yield (
                "extension.maturity",
                f"{self.extension.maturity}, not after maturity on {self.maturity}",
                "a later date",
            )

    def contradictions_from(self, closing: date):
        """Terms that cannot both hold once the closing date is known, as `contradictions`."""
        return iter(())

    def regular_dates(self, closing: date) -> RegularDates:
        """The regular payment dates, the first payment after `closing` numbered 1."""
        return self.payments.regular_dates(closing, self.maturity)

    def maturity_in(self, tranche_id: str, scenario: Scenario) -> date:
        """The maturity that the scenario's extensions give."""
        return self.last_maturity if scenario.is_extended(tranche_id) else self.maturity

    @property
    def last_maturity(self) -> date:
        """The latest maturity that any scenario can give."""
        return self.extension.maturity if self.extension else self.maturity


@dataclass(frozen=True)
class Setting:
    """Where a tranche stands: what the deal says of all tranches."""

    closing_date: date
    calendar: Calendar
    currency: Currency


@dataclass(frozen=True)
class Conditions:
    """What a scenario says of one tranche. Amounts are minor units; dates in order."""

    maturity: date
    extended: bool
    index_paths: dict[str, IndexPath | None]
    elections: tuple[tuple[date, str], ...] = ()
    prepayments: tuple[tuple[date, int], ...] = ()
    draws: tuple[tuple[date, int], ...] = ()
    leverage: tuple[tuple[date, Decimal], ...] = ()
    in_default: tuple[tuple[date, bool], ...] = ()
    regular_dates: RegularDates = field(kw_only=True)


@dataclass(frozen=True)
class Plan:
    """What the roll needs of a tranche, whatever its type. Amounts are minor units."""

    principal: int
    commitment: int  # the balance may never exceed it
    instalment: int
    instalments: int  # how many, counted from the first payment
    accrued_paid_with_prepayment: bool
    ends_when_repaid: bool


class LentAtClosing(Tranche):
    """A tranche whose whole principal is lent or issued at closing, and not drawn again."""

    principal: PositiveAmount

    @property
    def size(self) -> Decimal:
        """The principal: what the tranche adds to its facility."""
        return self.principal

    def instalments(self, conditions: Conditions) -> tuple[Decimal, int]:
        """The instalment in currency units, and how many fall due."""
        return Decimal(0), 0

    def plan(self, conditions: Conditions, currency: Currency) -> Plan:
        """Principal and instalments in minor units; a prepayment pays its accrued interest."""
        principal = currency.minor_units(self.principal, "principal")
        instalment, count = self.instalments(conditions)
        return Plan(
            principal=principal,
            commitment=principal,
            instalment=currency.minor_units(instalment, "repayment.amount"),
            instalments=count,
            accrued_paid_with_prepayment=True,
            ends_when_repaid=True,
        )


def rate_conditions(coupon: Coupon, conditions: Conditions, calendar: Calendar) -> RateConditions:
    """What the tranche's rates depend on besides its coupon."""
    convention = day_count(coupon.day_count)
    return RateConditions(
        index_paths=conditions.index_paths,
        calendar=calendar,
        day_count=convention.bound(conditions.regular_dates, conditions.maturity),
        elections=conditions.elections,
        leverage=conditions.leverage,
        in_default=conditions.in_default,
    )
