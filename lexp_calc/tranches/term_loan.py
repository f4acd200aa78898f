"""A term loan: drawn at closing or later, repaid in instalments and a balance at maturity."""

from datetime import date
from typing import Literal

from lexp_calc.level_repayment import BY_ACTUAL_DAYS, BY_PAYMENTS_A_YEAR, Repayment
from lexp_calc.periods import due_date
from lexp_calc.regular_dates import RegularDates
from lexp_calc.scenario import Scenario
from lexp_calc.terms import Amount, Day, Identifier, Terms, choice
from lexp_calc.tranches.lent import Lent
from lexp_calc.tranches.plan import DIRECT_ORDER, INVERSE_ORDER, PRO_RATA


class Outstanding(Terms):
    """A test of another tranche: whether more than `above` of it is owed at the end of a day."""

    tranche: Identifier
    on: Day
    above: Amount


class SpringingMaturity(Terms):
    """An earlier maturity: unless another tranche is extended, or if too much of it is owed."""

    maturity: Day
    unless_extended: Identifier | None = None
    if_outstanding: Outstanding | None = None

    def contradictions(self):
        """One test, made before the maturity that it brings."""
        if (self.unless_extended is None) == (self.if_outstanding is None):
            found = "no condition" if self.unless_extended is None else "two conditions"
            yield "unless_extended", found, "either unless_extended or if_outstanding"
        if self.if_outstanding and self.if_outstanding.on >= self.maturity:
            yield (
                "if_outstanding.on",
                f"{self.if_outstanding.on}, not before {self.maturity}",
                "an earlier date",
            )


class TermLoan(Lent):
    """Principal lent at closing or later; `springing` brings the maturity forward."""

    type: Literal["term loan"]
    repayment: Repayment
    springing: SpringingMaturity | None = None
    prepayment: choice("at par with accrued interest")
    prepayments_applied: choice(INVERSE_ORDER, DIRECT_ORDER, PRO_RATA) = INVERSE_ORDER

    def contradictions(self):
        """What all lent tranches check; an earlier springing maturity."""
        yield from super().contradictions()
        if self.repayment.is_level and self.prepayments_applied != INVERSE_ORDER:
            expected = f'"{INVERSE_ORDER}", as level payments stay what they are,'
            yield "prepayments_applied", f'"{self.prepayments_applied}"', expected
        if self.prepayments_applied == PRO_RATA and self.in_kind:
            expected = f'"{INVERSE_ORDER}" or "{DIRECT_ORDER}" beside interest in kind'
            yield "prepayments_applied", f'"{PRO_RATA}"', expected
        adds_up = getattr(self.repayment, "unpaid_balance_at_maturity", None) is False
        if self.in_kind and adds_up and not self.repayment.is_level:
            found = "false beside interest in kind, which no instalment repays"
            expected = "unpaid_balance_at_maturity = true"
            yield "repayment.unpaid_balance_at_maturity", found, expected
        if self.springing and self.springing.maturity >= self.maturity:
            yield (
                "springing.maturity",
                f"{self.springing.maturity}, not before maturity on {self.maturity}",
                "an earlier date",
            )

    def contradictions_from(self, closing: date):
        """Instalments that do not add up, run past maturity, or fall in a long last period."""
        yield from super().contradictions_from(closing)
        regular = self.regular_dates(closing)
        yield from self._left_out(regular)
        for field, found, expected in self.repayment.mismatches(self.size, regular, self.maturity):
            yield f"repayment.{field}", found, expected
        if not self.repayment.is_level:
            return
        if self.repayment.method == BY_ACTUAL_DAYS and self.coupon.options:
            found = f'"{BY_ACTUAL_DAYS}" with a floating coupon'
            yield "repayment.method", found, f'a fixed coupon, or "{BY_PAYMENTS_A_YEAR}",'
        first = self.repayment.first or regular.date(1)
        if self.last_draw is not None and self.last_draw >= first:
            found = f"draws until {self.last_draw}, and level payments from {first}"
            yield "repayment.first", found, "level payments after the last draw"

    def _left_out(self, regular: RegularDates):
        """The last instalment, where a long last period leaves its date out."""
        last = max(self.repayment.numbers(regular, self.maturity, extended=False), default=0)
        if last > regular.number_until(self.maturity):
            return  # after maturity: a mismatch of its own
        if last and due_date(self.payments, regular, last, self.maturity) > regular.date(last):
            yield (
                "payments.last_period",
                f'"long", which leaves out instalment {last} due on {regular.date(last)}',
                "instalments that end before it",
            )

    def repayment_terms(self) -> Repayment:
        """How principal is repaid before maturity."""
        return self.repayment

    def applied(self) -> str:
        """Which instalments a prepayment counts against."""
        return self.prepayments_applied

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The tranche whose balance decides on the maturity."""
        test = self.springing.if_outstanding if self.springing else None
        return (test.tranche,) if test else ()

    def maturity_in(self, tranche_id: str, scenario: Scenario, schedules: dict) -> date:
        """The maturity that extensions and the other tranche's balance give."""
        if self.springing and self.springs(scenario, schedules):
            return self.springing.maturity
        return super().maturity_in(tranche_id, scenario, schedules)

    def springs(self, scenario: Scenario, schedules: dict) -> bool:
        """Whether the springing maturity holds; `schedules` has those of other tranches."""
        test = self.springing.if_outstanding
        if test is None:
            return not scenario.is_extended(self.springing.unless_extended)
        other = schedules[test.tranche]
        return other.balance(test.on) > other.currency.minor_units(test.above)
