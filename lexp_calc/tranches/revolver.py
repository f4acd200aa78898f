"""A revolver: drawn and repaid at will up to a limit, due at expiry."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from lexp_calc.borrowing_base import Certificate, CollateralClass, class_base
from lexp_calc.cash_flows import Schedule
from lexp_calc.money import Currency
from lexp_calc.scenario import Scenario
from lexp_calc.terms import Amount, Identifier
from lexp_calc.tranches.tranche import Conditions, Plan, Tranche


class Revolver(Tranche):
    """A commitment that is drawn and repaid; `borrowing_base` limits it by collateral class."""

    type: Literal["revolver"]
    commitment: Amount
    borrowing_base: dict[Identifier, CollateralClass] = Field(default_factory=dict)

    @property
    def size(self) -> Decimal:
        """The commitment: what the tranche adds to its facility."""
        return self.commitment

    def plan(self, conditions: Conditions, currency: Currency) -> Plan:
        """Nothing drawn but what the scenario draws."""
        return Plan(
            principal=0,
            commitment=currency.minor_units(self.commitment, "commitment"),
            instalment=0,
            instalments=0,
            accrued_paid_with_prepayment=False,
            ends_when_repaid=False,
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
                {line: units(amount) for line, amount in given.get(class_id, {}).items()},
                schedule.currency,
            )
            for class_id, terms in self.borrowing_base.items()
        )
        return Certificate(
            classes=classes,
            reserves=units(scenario.reserves.get(tranche_id, 0)),
            commitment=units(self.commitment),
            outstanding=schedule.balance(as_of),
            letters_of_credit=units(scenario.letters_of_credit.get(tranche_id, 0)),
        )
