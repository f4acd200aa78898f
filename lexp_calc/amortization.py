"""How principal is repaid: a bullet, or fixed instalments with what is left at maturity."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from lexp_calc.regular_dates import RegularDates
from lexp_calc.terms import Count, Day, PositiveAmount, Terms, YesOrNo


class Bullet(Terms):
    """Nothing before maturity, everything then."""

    type: Literal["bullet"]

    def instalments_due(self, regular: RegularDates, maturity: date, extended: bool) -> int:
        """No instalment."""
        return 0

    @property
    def instalment_amount(self) -> Decimal:
        """No instalment."""
        return Decimal(0)

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """A bullet contradicts nothing."""
        return iter(())


class Instalments(Terms):
    """Equal instalments of principal on the payment dates, interest on top.

    They end after `count` of them, or with the one due on `last`. What they leave is due
    at maturity where `unpaid_balance_at_maturity` says so; else they must add up.
    """

    type: Literal["instalments"]
    amount: PositiveAmount
    count: Count | None = None
    last: Day | None = None
    unpaid_balance_at_maturity: YesOrNo = False

    def contradictions(self):
        """The end of the instalments is named once."""
        if (self.count is None) == (self.last is None):
            found = "neither a count nor a last date" if self.count is None else "both"
            yield "count", found, "either a count or a last date"

    @property
    def instalment_amount(self) -> Decimal:
        """The instalment, in currency units."""
        return self.amount

    def instalments_due(self, regular: RegularDates, maturity: date, extended: bool) -> int:
        """How many instalments the terms ask for; an extension carries them on to maturity."""
        if self.count is not None:
            return self.count
        return max(regular.number_until(maturity if extended else self.last), 0)

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """What the instalments say that principal and dates do not allow: (field, found, right)."""
        if self.last is not None and self.last < regular.date(1):
            yield (
                "last",
                f"{self.last}, before the first payment on {regular.date(1)}",
                "a later date",
            )
            return
        count = self.instalments_due(regular, maturity, extended=False)
        total = self.amount * count
        if total > principal:
            yield (
                "amount",
                f"{count} instalments of {self.amount:,} = {total:,}, "
                f"{total - principal:,} more than the principal of {principal:,}",
                "instalments that add up to the principal or less",
            )
        elif total < principal and not self.unpaid_balance_at_maturity:
            yield (
                "unpaid_balance_at_maturity",
                f"{count} instalments of {self.amount:,} = {total:,}, "
                f"which leave {principal - total:,} of {principal:,} unpaid",
                "instalments that add up, or unpaid_balance_at_maturity = true,",
            )
        last = regular.date(count)
        if last > maturity:
            yield (
                "count",
                f"an instalment {count} due on {last}, after maturity on {maturity}",
                "instalments that end by maturity",
            )


Repayment = Annotated[Bullet | Instalments, Field(discriminator="type")]
