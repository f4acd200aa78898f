"""A term loan: drawn once at closing, repaid in instalments and a balance at maturity."""

from datetime import date
from decimal import Decimal
from typing import Literal

from lexp_calc.amortization import Repayment
from lexp_calc.periods import due_date
from lexp_calc.scenario import Scenario
from lexp_calc.terms import Day, Identifier, Terms, choice
from lexp_calc.tranches.tranche import Conditions, LentAtClosing


class SpringingMaturity(Terms):
    """An earlier maturity that holds unless another tranche is extended."""

    maturity: Day
    unless_extended: Identifier


class TermLoan(LentAtClosing):
    """Principal lent at closing; `springing` brings the maturity forward."""

    type: Literal["term loan"]
    repayment: Repayment
    springing: SpringingMaturity | None = None
    prepayment: choice("at par with accrued interest")

    def contradictions(self):
        """What all tranches check; an earlier springing maturity."""
        yield from super().contradictions()
        if self.springing and self.springing.maturity >= self.maturity:
            yield (
                "springing.maturity",
                f"{self.springing.maturity}, not before maturity on {self.maturity}",
                "an earlier date",
            )

    def contradictions_from(self, closing: date):
        """Instalments that do not add up, run past maturity, or fall in a long last period."""
        regular = self.regular_dates(closing)
        count = self.repayment.instalments_due(regular, self.maturity, extended=False)
        if count and due_date(self.payments, regular, count, self.maturity) > regular.date(count):
            yield (
                "payments.last_period",
                f'"long", which leaves out instalment {count} due on {regular.date(count)}',
                "instalments that end before it",
            )
        for field, found, expected in self.repayment.mismatches(
            self.principal, regular, self.maturity
        ):
            yield f"repayment.{field}", found, expected

    def maturity_in(self, tranche_id: str, scenario: Scenario) -> date:
        """The maturity that the scenario's extensions give, this loan's and the other's."""
        if self.springing and not scenario.is_extended(self.springing.unless_extended):
            return self.springing.maturity
        return super().maturity_in(tranche_id, scenario)

    def instalments(self, conditions: Conditions) -> tuple[Decimal, int]:
        """The instalment and how many fall due; they go on while the loan is extended."""
        count = self.repayment.instalments_due(
            conditions.regular_dates, conditions.maturity, conditions.extended
        )
        return self.repayment.instalment_amount, count
