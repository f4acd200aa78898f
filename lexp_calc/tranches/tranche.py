"""What all tranches share: their common terms, and what a scenario decides about them."""

from datetime import date

from pydantic import Field

from lexp_calc.calendars import Calendar
from lexp_calc.coupons import Coupon
from lexp_calc.day_count import ActualActualICMA, day_count
from lexp_calc.fees import Fee
from lexp_calc.periods import PaymentTerms
from lexp_calc.rate_paths import RateConditions
from lexp_calc.regular_dates import RegularDates
from lexp_calc.scenario import Scenario
from lexp_calc.terms import Count, Day, Identifier, Name, Terms
from lexp_calc.tranches.plan import Conditions


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
        if self._pays_before_interest_ends and self.is_drawn_or_charged_by_days:
            yield (
                "payments.interest_for_delay",
                f'"none" with {self.payments.business_day}, by which a payment comes before its '
                "interest ends",
                '"to the day paid", as the tranche is drawn later or has fees by days,',
            )
        if self.extension and self.extension.maturity <= self.maturity:
            yield (
                "extension.maturity",
                f"{self.extension.maturity}, not after maturity on {self.maturity}",
                "a later date",
            )

    @property
    def _pays_before_interest_ends(self) -> bool:
        earlier = ("Modified Following", "Preceding", "Modified Preceding", "Nearest")
        payments = self.payments
        return payments.business_day in earlier and payments.interest_for_delay == "none"

    @property
    def is_drawn_or_charged_by_days(self) -> bool:
        """Whether its balance may rise after closing, or a fee runs by days."""
        return any(each.accrues for each in self.fees.values())

    def contradictions_from(self, closing: date):
        """Terms that cannot both hold once the closing date is known, as `contradictions`."""
        return iter(())

    def regular_dates(self, closing: date) -> RegularDates:
        """The regular payment dates, the first payment after `closing` numbered 1."""
        return self.payments.regular_dates(closing, self.maturity)

    def maturity_in(self, tranche_id: str, scenario: Scenario, schedules: dict) -> date:
        """The maturity that the scenario's extensions give, and other tranches' schedules."""
        return self.last_maturity if scenario.is_extended(tranche_id) else self.maturity

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The tranches whose schedules this one's terms look at."""
        return ()

    @property
    def last_maturity(self) -> date:
        """The latest maturity that any scenario can give."""
        return self.extension.maturity if self.extension else self.maturity


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
