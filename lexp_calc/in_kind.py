"""Interest paid in kind: added to the principal instead of paid in cash.

Two forms, alone or together: a rate of its own beside the cash coupon, and a toggle by
which the borrower chooses, for each interest period, which part of the coupon is paid in
kind, at a premium.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pydantic import Field

from lexp_calc.rates import PeriodRate, units
from lexp_calc.terms import ChargedRate, Day, PositiveRate, Terms


class Toggle(Terms):
    """The borrower's choice: the shares of the coupon that it may pay in kind.

    `premium` is added to the coupon on the part paid in kind; the choice ends with the
    interest periods that begin before `until`.
    """

    shares: tuple[PositiveRate, ...] = Field(min_length=1)
    premium: ChargedRate = Decimal(0)
    until: Day | None = None

    def contradictions(self):
        """Shares in whole per cent, once each."""
        for number, share in enumerate(self.shares, 1):
            if share * 100 != int(share * 100):
                yield f"shares[{number}]", f"{share:%}", "a whole number of per cent"
        if len(set(self.shares)) != len(self.shares):
            yield "shares", ", ".join(f"{each:.0%}" for each in self.shares), "each share once"


class PaymentInKind(Terms):
    """What of the interest is added to the principal on the payment dates.

    In kind: rate x days, and share x (coupon + premium) x days; in cash: the rest of the
    coupon. What is prepaid between, and the last of a loan prepaid, pays both in cash.
    """

    rate: PositiveRate | None = None
    toggle: Toggle | None = None

    def contradictions(self):
        """At least one of the two."""
        if self.rate is None and self.toggle is None:
            yield "rate", "neither a rate nor a toggle", "one of them, or both,"


@dataclass(frozen=True)
class InKind:
    """Payment in kind with the borrower's choices: (from, share of the coupon), in date order."""

    terms: PaymentInKind
    choices: tuple[tuple[date, Decimal], ...]

    def share(self, start: date) -> Fraction:
        """The share chosen for the interest period that begins on `start`."""
        toggle = self.terms.toggle
        if toggle is None or (toggle.until and start >= toggle.until):
            return Fraction(0)
        chosen = [share for day, share in self.choices if day <= start]
        return Fraction(chosen[-1]) if chosen else Fraction(0)

    def unit_days(self, start: date, rate: PeriodRate) -> tuple[Fraction | int, Fraction | int]:
        """The rate-days paid in cash and in kind, of an interest period."""
        share = self.share(start)
        in_kind = units(self.terms.rate or Decimal(0)) * rate.length
        if not share:
            return rate.unit_days, in_kind
        premium = units(self.terms.toggle.premium) * rate.length
        return (1 - share) * rate.unit_days, in_kind + share * (rate.unit_days + premium)
