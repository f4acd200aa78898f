"""Call protection: what a borrower pays on top of the principal that it prepays of free will."""

from datetime import date
from decimal import Decimal

from lexp_calc.amortization import is_payment_date
from lexp_calc.bonds import Bond
from lexp_calc.coupons import Coupon
from lexp_calc.errors import NotThere
from lexp_calc.periods import PaymentTerms
from lexp_calc.regular_dates import Frequency, RegularDates
from lexp_calc.spread_prices import HUNDRED, bond_on_thirty_day_months, price_to
from lexp_calc.terms import ChargedRate, Day, Terms, dates_in_order

# Payments a year that the spreadsheets' PRICE knows.
MAKE_WHOLE_FREQUENCIES = (1, 2, 4)


class CallStep(Terms):
    """The premium on what is prepaid before a day: 2 % is a price of 102."""

    until: Day
    premium: ChargedRate


class MakeWhole(Terms):
    """Before `until`: what the holder would have earned to that day, at Treasury plus a spread.

    The price of the note redeemed on `until` at the premium that is then in force, at a
    yield of the scenario's Treasury yield + spread, compounded as often as the coupon is
    paid, 30/360 US; not below par.
    Source: the usual definition of "Applicable Premium" in indentures.
    """

    until: Day
    spread: ChargedRate


class CallProtection(Terms):
    """Premiums on prepayments: the make-whole first, then steps, then par.

    Instalments, what the excess-cash sweep takes, and the balance at maturity bear none.
    """

    steps: tuple[CallStep, ...] = ()
    make_whole: MakeWhole | None = None

    def contradictions(self):
        """Something is protected; steps in order of their dates."""
        if not self.steps and not self.make_whole:
            yield "steps", "neither steps nor a make-whole", "one of them, or both,"
        yield from dates_in_order([step.until for step in self.steps], "steps[{}].until")

    def step_premium(self, day: date) -> Decimal:
        """The premium of the step in force on a day; 0 after the last."""
        ahead = (step.premium for step in self.steps if day < step.until)
        return next(ahead, Decimal(0))

    def is_make_whole(self, day: date) -> bool:
        """Whether the make-whole is in force on a day."""
        return self.make_whole is not None and day < self.make_whole.until

    def make_whole_bond(self, coupon: Coupon, step: Frequency) -> Bond:
        """The note as if it were redeemed where the make-whole ends."""
        return bond_on_thirty_day_months(self.make_whole.until, coupon.rate, step)

    def premium(
        self,
        day: date,
        coupon: Coupon,
        step: Frequency,
        treasury_yields: tuple[tuple[date, Decimal], ...],
    ) -> Decimal:
        """The premium on each unit prepaid on a day, a decimal."""
        if not self.is_make_whole(day):
            return self.step_premium(day)
        known = [each for start, each in treasury_yields if start <= day]
        if not known:
            raise NotThere(
                "treasury_yield",
                "found no yield",
                f"one that holds on {day}, for the make-whole premium, would be right",
            )
        until = self.make_whole.until
        redemption = HUNDRED * (1 + self.step_premium(until))
        bond = self.make_whole_bond(coupon, step)
        price = price_to(bond, day, known[-1] + self.make_whole.spread, redemption)
        return max(price / HUNDRED - 1, Decimal(0))


def call_protection_mismatches(
    protection: CallProtection, coupon: Coupon, payments: PaymentTerms, regular: RegularDates
):
    """What a make-whole needs of the coupon and its dates: (field, found, right)."""
    if protection.make_whole is None:
        return
    if coupon.type != "fixed":
        yield "make_whole", "a floating coupon", "a fixed coupon, or steps alone,"
    elif payments.payments_a_year not in MAKE_WHOLE_FREQUENCIES:
        expected = "coupons once, twice or four times a year"
        yield "make_whole", f"coupons {payments.frequency}", expected
    elif not is_payment_date(protection.make_whole.until, regular):
        until = protection.make_whole.until
        yield "make_whole.until", f"{until}, no payment date", "a payment date"
