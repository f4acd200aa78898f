"""A tranche lent once: at closing, at later closings, or at the borrower's call until a day."""

from datetime import date
from decimal import Decimal

from lexp_calc.call_protection import CallProtection, call_protection_mismatches
from lexp_calc.fees import LetterOfCreditFee, UnusedFee
from lexp_calc.in_kind import PaymentInKind
from lexp_calc.level_repayment import Repayment
from lexp_calc.money import LARGEST_AMOUNT, Currency
from lexp_calc.terms import Amount, Day, PositiveAmount, Terms, dates_in_order
from lexp_calc.tranches.plan import BULLET, INVERSE_ORDER, Conditions, Plan
from lexp_calc.tranches.tranche import Tranche


class Drawing(Terms):
    """A later closing or increase that the contract fixes: its business day and amount."""

    date: Day
    amount: PositiveAmount


class Lent(Tranche):
    """Principal lent or issued at closing, more on later days, and not drawn again once repaid.

    `drawings` are fixed by the contract; up to `commitment` more may be drawn at the
    borrower's call (a scenario's `draw`) until `available_until`.
    """

    principal: Amount
    drawings: tuple[Drawing, ...] = ()
    commitment: PositiveAmount | None = None
    available_until: Day | None = None
    in_kind: PaymentInKind | None = None
    call_protection: CallProtection | None = None

    def contradictions(self):
        """What all tranches check; something is lent; drawings in order; the commitment holds."""
        yield from super().contradictions()
        if not self.principal and not self.drawings and not self.commitment:
            yield "principal", "0", "an amount above 0, or drawings or a commitment,"
        days = [each.date for each in self.drawings]
        yield from dates_in_order(days, "drawings[{}].date")
        if days and days[-1] >= self.maturity:
            yield "drawings", f"{days[-1]}, not before maturity on {self.maturity}", "earlier dates"
        has_make_whole = self.call_protection and self.call_protection.make_whole
        if has_make_whole and self.in_kind and self.in_kind.rate is not None:
            found = "a make-whole, which is worked out from the cash coupon, beside a rate in kind"
            yield "call_protection.make_whole", found, "steps alone, or no rate in kind,"
        if (self.commitment is None) != (self.available_until is None):
            named = "available_until" if self.commitment is None else "commitment"
            missing = "commitment" if self.commitment is None else "available_until"
            yield missing, f"none beside {named}", "both, or none of the two,"
        elif self.commitment is not None:
            if self.commitment < self.fixed_principal:
                yield (
                    "commitment",
                    f"{self.commitment:,} below the {self.fixed_principal:,} that is lent",
                    "a larger one",
                )
            if days and self.available_until < days[-1]:
                found = f"{self.available_until}, before the drawing on {days[-1]}"
                yield "available_until", found, "a later date"
            if self.available_until > self.maturity:
                found = f"{self.available_until}, after maturity on {self.maturity}"
                yield "available_until", found, "an earlier date"

        if self.size >= LARGEST_AMOUNT:
            yield "drawings", f"{self.size:,} lent in all", "less than 10,000,000,000,000"
        yield from self._fee_contradictions()

    def _fee_contradictions(self):
        """Fees on what this tranche does not have."""
        for fee_id, each in self.fees.items():
            if isinstance(each, LetterOfCreditFee):
                yield f"fees.{fee_id}.type", f'"{each.type}" of a {self.type}', "a revolver's fee"
            is_drawn = self.commitment is None and not self.drawings
            if isinstance(each, UnusedFee) and is_drawn:
                found = f'"{each.type}" where all is lent at closing'
                yield f"fees.{fee_id}.type", found, "a commitment, drawings, or no such fee,"

    def contradictions_from(self, closing: date):
        """What a make-whole premium needs of the coupon's dates."""
        if self.call_protection:
            for field, found, expected in call_protection_mismatches(
                self.call_protection, self.coupon, self.payments, self.regular_dates(closing)
            ):
                yield f"call_protection.{field}", found, expected

    @property
    def is_drawn_or_charged_by_days(self) -> bool:
        """Whether it is drawn after closing, or a fee runs by days."""
        return self.last_draw is not None or super().is_drawn_or_charged_by_days

    @property
    def fixed_principal(self) -> Decimal:
        """What the contract lends in any scenario: at closing and at later closings."""
        return self.principal + sum(each.amount for each in self.drawings)

    @property
    def size(self) -> Decimal:
        """All that may be lent: what the tranche adds to its facility."""
        return self.fixed_principal if self.commitment is None else self.commitment

    @property
    def last_draw(self) -> date | None:
        """The last day on which anything can be drawn; None where all is lent at closing."""
        if self.available_until is not None:
            return self.available_until
        return self.drawings[-1].date if self.drawings else None

    def repayment_terms(self) -> Repayment:
        """How principal is repaid before maturity: not at all."""
        return BULLET

    def applied(self) -> str:
        """Which instalments a prepayment counts against."""
        return INVERSE_ORDER

    def plan(self, conditions: Conditions, closing_date: date, currency: Currency) -> Plan:
        """Principal, drawings and repayment in minor units."""
        size = currency.minor_units(self.size, "principal")
        commitments = ((closing_date, size),)
        if self.last_draw is not None:
            commitments += ((self.last_draw, 0),)
        repayment = self.repayment_terms()
        return Plan(
            principal=currency.minor_units(self.principal, "principal"),
            size=size,
            commitments=commitments,
            is_revolving=False,
            drawings=tuple(
                (each.date, currency.minor_units(each.amount, "drawings")) for each in self.drawings
            ),
            last_draw=self.last_draw,
            repayment=repayment,
            instalments=repayment.numbers(
                conditions.regular_dates, conditions.maturity, conditions.extended
            ),
            prepayments_applied=self.applied(),
            in_kind=self.in_kind,
            call_protection=self.call_protection,
            fees=self.fees,
        )
