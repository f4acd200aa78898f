"""How principal is repaid before maturity: a bullet, instalments, shares, steps, a list.

Each kind says which payments bring an instalment (`numbers`) and what the contract asks
for then (`asked`, in currency units, not rounded yet); how prepayments change that is the
loan's own term. Level payments stand in `level_repayment.py`.
"""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from lexp_calc.calendars import ONE_DAY
from lexp_calc.regular_dates import RegularDates
from lexp_calc.terms import (
    LATEST_DATE,
    Count,
    Day,
    PositiveAmount,
    PositiveRate,
    Terms,
    YesOrNo,
    dates_in_order,
)


class Bullet(Terms):
    """Nothing before maturity, everything then."""

    type: Literal["bullet"]
    is_level: ClassVar[bool] = False

    def numbers(self, regular: RegularDates, maturity: date, extended: bool) -> range:
        """No instalment."""
        return range(1, 1)

    def asked(self, due: date, drawn: Decimal) -> Decimal:
        """Nothing."""
        return Decimal(0)

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """A bullet contradicts nothing."""
        return iter(())


class Instalments(Terms):
    """Equal instalments of principal on the payment dates, interest on top.

    They begin with the first payment, or with the first one on or after `first` (interest
    alone before it), fall due with every payment or every so many, and end after `count` of
    them or with the last one on or before `last`. What they leave is due at maturity where
    `unpaid_balance_at_maturity` says so; else they must add up.
    """

    type: Literal["instalments"]
    amount: PositiveAmount
    first: Day | None = None
    every: Count = 1
    count: Count | None = None
    last: Day | None = None
    unpaid_balance_at_maturity: YesOrNo = False
    is_level: ClassVar[bool] = False

    def contradictions(self):
        """The end of the instalments is named once."""
        yield from end_named_once(self)

    def numbers(self, regular: RegularDates, maturity: date, extended: bool) -> range:
        """The payments that bring an instalment; an extension carries them on to maturity."""
        return instalment_numbers(self, regular, maturity, extended)

    def asked(self, due: date, drawn: Decimal) -> Decimal:
        """The instalment, in currency units."""
        return self.amount

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """What the instalments say that principal and dates do not allow: (field, found, right)."""
        yield from mismatches(self, "amount", principal, regular, maturity)


class PercentOfOriginal(Terms):
    """A share of the principal drawn on each payment date: 0.25 % a quarter is 1 % a year.

    round(rate x all principal drawn before the date), in minor units; `first`, `every`,
    `count`, `last` and the unpaid balance as in instalments of a fixed amount.
    """

    type: Literal["per cent of original"]
    rate: PositiveRate
    first: Day | None = None
    every: Count = 1
    count: Count | None = None
    last: Day | None = None
    unpaid_balance_at_maturity: YesOrNo = False
    is_level: ClassVar[bool] = False

    def contradictions(self):
        """The end of the instalments is named once."""
        yield from end_named_once(self)

    def numbers(self, regular: RegularDates, maturity: date, extended: bool) -> range:
        """The payments that bring an instalment."""
        return instalment_numbers(self, regular, maturity, extended)

    def asked(self, due: date, drawn: Decimal) -> Decimal:
        """rate x all principal drawn before the date, not rounded yet."""
        return drawn * self.rate

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """Instalments over the principal, short of it without a balloon, or after maturity."""
        yield from mismatches(self, "rate", principal, regular, maturity)


class Step(Terms):
    """What each instalment is from a date on: an amount, or a share of the principal drawn."""

    start: Day = Field(alias="from")
    amount: PositiveAmount | None = None
    rate: PositiveRate | None = None

    def contradictions(self):
        """One of the two."""
        if (self.amount is None) == (self.rate is None):
            found = "neither an amount nor a rate" if self.amount is None else "both"
            yield "amount", found, "either an amount or a rate of the principal"


class SteppedInstalments(Terms):
    """Instalments that change on dates: 5 % a year in the first year, 10 % in the second.

    Before the first step nothing is due; the last step holds until maturity or `last`.
    """

    type: Literal["steps"]
    steps: tuple[Step, ...] = Field(min_length=1)
    every: Count = 1
    last: Day
    unpaid_balance_at_maturity: YesOrNo = False
    is_level: ClassVar[bool] = False
    count: ClassVar[None] = None

    def contradictions(self):
        """Steps in order of their dates, none after the last instalment."""
        yield from dates_in_order([step.start for step in self.steps], "steps[{}].from")
        for number, step in enumerate(self.steps, 1):
            if step.start > self.last:
                found = f"{step.start}, after the last instalment on {self.last}"
                yield f"steps[{number}].from", found, "an earlier date"

    @property
    def first(self) -> date:
        """The first step: interest alone before it."""
        return self.steps[0].start

    def numbers(self, regular: RegularDates, maturity: date, extended: bool) -> range:
        """The payments that bring an instalment."""
        return instalment_numbers(self, regular, maturity, extended)

    def asked(self, due: date, drawn: Decimal) -> Decimal:
        """What the step in force on the date asks for."""
        step = [each for each in self.steps if each.start <= due][-1]
        return step.amount if step.rate is None else drawn * step.rate

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """Instalments over the principal, short of it without a balloon, or after maturity."""
        yield from mismatches(self, "steps", principal, regular, maturity)


class Instalment(Terms):
    """One instalment of a list: the payment date on which it falls due, and its amount."""

    due: Day
    amount: PositiveAmount


class CustomRepayments(Terms):
    """Instalments as a list of payment dates and amounts."""

    type: Literal["custom"]
    instalments: tuple[Instalment, ...] = Field(min_length=1)
    unpaid_balance_at_maturity: YesOrNo = False
    is_level: ClassVar[bool] = False
    every: ClassVar[int] = 1
    count: ClassVar[None] = None

    def contradictions(self):
        """Dates once each and in order."""
        yield from dates_in_order([each.due for each in self.instalments], "instalments[{}].due")

    @property
    def first(self) -> date:
        """The first date of the list."""
        return self.instalments[0].due

    @property
    def last(self) -> date:
        """The last date of the list."""
        return self.instalments[-1].due

    def numbers(self, regular: RegularDates, maturity: date, extended: bool) -> range:
        """The payments from the first date of the list to its last; it does not go on."""
        return instalment_numbers(self, regular, maturity, extended=False)

    def asked(self, due: date, drawn: Decimal) -> Decimal:
        """The amount listed for the date, 0 where the list has none."""
        return {each.due: each.amount for each in self.instalments}.get(due, Decimal(0))

    def mismatches(self, principal: Decimal, regular: RegularDates, maturity: date):
        """Dates that are no payment dates, and a sum that is not the principal."""
        for number, each in enumerate(self.instalments, 1):
            if not is_payment_date(each.due, regular) and each.due <= maturity:
                yield f"instalments[{number}].due", f"{each.due}, no payment date", "one of them"
        yield from mismatches(self, "instalments", principal, regular, maturity)


def end_named_once(terms):
    """The end of instalments is a count or a date, and not before they begin."""
    if (terms.count is None) == (terms.last is None):
        found = "neither a count nor a last date" if terms.count is None else "both"
        yield "count", found, "either a count or a last date"
    if terms.first and terms.last and terms.last < terms.first:
        yield "last", f"{terms.last}, before the first one on {terms.first}", "a later date"


def is_payment_date(day: date, regular: RegularDates) -> bool:
    """Whether a day is a regular payment date."""
    number = regular.number_until(day)
    return number >= 1 and regular.date(number) == day


def instalment_numbers(terms, regular: RegularDates, maturity: date, extended: bool) -> range:
    """The numbers of the payments that bring an instalment, in steps of `every`."""
    first = 1
    if terms.first:
        first = max(regular.number_until(terms.first - ONE_DAY) + 1, 1)
    if terms.count is not None:
        return range(first, first + terms.count * terms.every, terms.every)
    last = regular.number_until(maturity if extended else terms.last)
    return range(first, last + 1, terms.every)


def mismatches(terms, field: str, principal: Decimal, regular: RegularDates, maturity: date):
    """What instalments say that principal and dates do not allow: (field, found, right)."""
    field_of_last = "last" if "last" in type(terms).model_fields else field
    if terms.last is not None and terms.last < regular.date(1):
        yield (
            field_of_last,
            f"{terms.last}, before the first payment on {regular.date(1)}",
            "a later date",
        )
        return
    numbers = terms.numbers(regular, maturity, extended=False)
    if numbers and numbers[-1] > regular.number_until(LATEST_DATE):
        # No calendar has the date: its year may have six figures.
        found = f"an instalment {len(numbers)} due after {LATEST_DATE}"
        yield "count", found, "instalments that end by maturity"
        return
    days = [regular.date(each) for each in numbers]
    asked = [each for each in (terms.asked(day, principal) for day in days) if each]
    total = sum(asked)
    count = len(asked)
    each = f" of {asked[0]:,}" if len(set(asked)) == 1 else ""
    what = f"{count} instalments{each} = {total:,}"
    if total > principal:
        yield (
            field,
            f"{what}, {total - principal:,} more than the principal of {principal:,}",
            "instalments that add up to the principal or less",
        )
    elif total < principal and not terms.unpaid_balance_at_maturity:
        yield (
            "unpaid_balance_at_maturity",
            f"{what}, which leave {principal - total:,} of {principal:,} unpaid",
            "instalments that add up, or unpaid_balance_at_maturity = true,",
        )
    last = max(days, default=regular.date(1))
    if last > maturity:
        yield (
            "count" if terms.count is not None else field_of_last,
            f"an instalment {count} due on {last}, after maturity on {maturity}",
            "instalments that end by maturity",
        )
