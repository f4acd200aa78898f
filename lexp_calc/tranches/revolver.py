"""A revolver: drawn and repaid at will up to a limit, due at expiry."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from lexp_calc.borrowing_base import Certificate, CollateralClass, class_base
from lexp_calc.cash_flows import Schedule
from lexp_calc.money import Currency
from lexp_calc.scenario import Scenario
from lexp_calc.terms import Amount, Day, Identifier, Terms, dates_in_order
from lexp_calc.tranches.plan import Conditions, Plan, in_force
from lexp_calc.tranches.tranche import Tranche


class CommitmentStep(Terms):
    """The commitment from a day on: an increase or a reduction that the contract fixes."""

    start: Day = Field(alias="from")
    commitment: Amount


class Revolver(Tranche):
    """A commitment that is drawn and repaid; `borrowing_base` limits it by collateral class."""

    type: Literal["revolver"]
    commitment: Amount
    commitment_steps: tuple[CommitmentStep, ...] = ()
    borrowing_base: dict[Identifier, CollateralClass] = Field(default_factory=dict)

    def contradictions(self):
        """What all tranches check; commitment steps in order."""
        yield from super().contradictions()
        days = [step.start for step in self.commitment_steps]
        yield from dates_in_order(days, "commitment_steps[{}].from")

    @property
    def size(self) -> Decimal:
        """The commitment at closing: what the tranche adds to its facility."""
        return self.commitment

    def commitment_on(self, day: date) -> Decimal:
        """The commitment at the end of a day, in currency units."""
        reached = [step.commitment for step in self.commitment_steps if step.start <= day]
        return reached[-1] if reached else self.commitment

    def plan(self, conditions: Conditions, closing_date: date, currency: Currency) -> Plan:
        """Nothing drawn but what the scenario draws."""
        size = currency.minor_units(self.commitment, "commitment")
        steps = tuple(
            (step.start, currency.minor_units(step.commitment, "commitment_steps"))
            for step in self.commitment_steps
        )
        return Plan(
            principal=0,
            size=size,
            commitments=((closing_date, size), *steps),
            is_revolving=True,
            fees=self.fees,
        )

    def certificate(
        self, tranche_id: str, scenario: Scenario, schedule: Schedule, as_of
    ) -> Certificate | None:
        """The borrowing base at `as_of`; None until every class has its gross amount."""
        given = scenario.collateral.get(tranche_id, {})
        where = f"collateral.{tranche_id}"
        if not self.borrowing_base or not given:
            return None
        units = schedule.currency.minor_units
        letters = in_force(scenario.letters_of_credit.get(tranche_id, ()), as_of)
        classes = tuple(
            class_base(
                f"{where}.{class_id}",
                terms,
                {line: units(amount) for line, amount in given.get(class_id, {}).items()},
                schedule.currency,
            )
            for class_id, terms in self.borrowing_base.items()
        )
        return Certificate(
            classes=classes,
            reserves=units(scenario.reserves.get(tranche_id, 0)),
            commitment=units(self.commitment_on(as_of)),
            outstanding=schedule.balance(as_of),
            letters_of_credit=units(letters),
        )
