"""A revolver: drawn and repaid at will up to a limit, due at expiry."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from lexp_calc.borrowing_base import Certificate, class_base, lending_base
from lexp_calc.cash_flows import Schedule
from lexp_calc.collateral_terms import BaseLimit, BaseStructure, CollateralClass
from lexp_calc.money import Currency
from lexp_calc.scenario import TOTAL_RESERVE, Scenario, amount_on
from lexp_calc.terms import Amount, Day, Identifier, Name, Terms, dates_in_order
from lexp_calc.tranches.plan import Conditions, Plan
from lexp_calc.tranches.tranche import Tranche


class CommitmentStep(Terms):
    """The commitment from a day on: an increase or a reduction that the contract fixes."""

    start: Day = Field(alias="from")
    commitment: Amount


class Revolver(Tranche):
    """A commitment that is drawn and repaid; `borrowing_base` limits it by collateral class.

    `reserves` names the reserves that the certificate lists; without names it has one
    amount. `minimum_availability` is a block that stays undrawn.
    """

    type: Literal["revolver"]
    commitment: Amount
    commitment_steps: tuple[CommitmentStep, ...] = ()
    borrowing_base: dict[Identifier, CollateralClass] = Field(default_factory=dict)
    borrowing_base_limits: dict[Identifier, BaseLimit] = Field(default_factory=dict)
    reserves: dict[Identifier, Name] = Field(default_factory=dict)
    letter_of_credit_sublimit: Amount | None = None
    minimum_availability: Amount | None = None

    def contradictions(self):
        """Caps and sub-limits that fit together, amounts within the commitment, steps in order."""
        yield from super().contradictions()
        days = [step.start for step in self.commitment_steps]
        yield from dates_in_order(days, "commitment_steps[{}].from")
        yield from self.base_structure.contradictions()
        if TOTAL_RESERVE in self.reserves:
            yield f"reserves.{TOTAL_RESERVE}", f'the id "{TOTAL_RESERVE}"', "another id"
        for field in ("reserves", "minimum_availability"):
            if getattr(self, field) and not self.borrowing_base:
                yield field, "them without a borrowing base", "a borrowing_base beside them"
        most = max([self.commitment, *(step.commitment for step in self.commitment_steps)])
        for field in ("letter_of_credit_sublimit", "minimum_availability"):
            amount = getattr(self, field)
            if amount is not None and amount > most:
                found = f"{amount:,}, above the commitment of {most:,}"
                yield field, found, "an amount up to the commitment"

    @property
    def is_drawn_or_charged_by_days(self) -> bool:
        """Always: it is drawn and repaid at will."""
        return True

    @property
    def base_structure(self) -> BaseStructure:
        """The classes and sub-limits of the borrowing base."""
        return BaseStructure(self.borrowing_base, self.borrowing_base_limits)

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
        classes = tuple(
            class_base(
                f"{where}.{class_id}",
                terms,
                {
                    line: units(amount, f"{where}.{class_id}.{line}")
                    for line, amount in given.get(class_id, {}).items()
                },
                scenario.appraisal.get(tranche_id, {}).get(class_id),
                schedule.currency,
            )
            for class_id, terms in self.borrowing_base.items()
        )
        base = lending_base(self.base_structure, classes, schedule.currency)
        letters = scenario.letters_of_credit_path(tranche_id, schedule.rows[0].payment_date)
        return Certificate(
            classes=base.classes,
            reserves=sum(
                units(amount, f"reserves.{tranche_id}")
                for amount in scenario.reserves.get(tranche_id, {}).values()
            ),
            commitment=units(self.commitment_on(as_of)),
            outstanding=schedule.balance(as_of),
            letters_of_credit=units(amount_on(letters, as_of), f"letters_of_credit.{tranche_id}"),
            limits=base.limits,
            minimum_availability=units(self.minimum_availability or 0),
        )
