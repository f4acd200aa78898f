"""What happens to a tranche on a day of its own: draws, prepayments, sweeps, changed limits.

Prepayments and draws come from the scenario, later closings from the contract; a change of
the commitment, of letters of credit or the day of an amendment asks for a row as well, where
a fee hangs on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lexp_calc.calendars import following
from lexp_calc.errors import OutOfRange
from lexp_calc.fees import AmendmentFee, of_kind
from lexp_calc.periods import PaymentTerms
from lexp_calc.tranches.plan import Conditions, Plan, Setting

NO_MORE = date.max  # later than any date of a deal


@dataclass(frozen=True)
class Happening:
    """What is drawn (below zero: repaid by a revolver), prepaid and offered by the sweep."""

    draw: int = 0
    prepayment: int = 0
    offered: int = 0


NOTHING = Happening()


class Happenings:
    """The days on which something happens, each taken off once it is used."""

    def __init__(
        self, payments: PaymentTerms, plan: Plan, conditions: Conditions, setting: Setting
    ):
        self.setting = setting
        self._check(plan, conditions)
        if plan.accrues_fees and payments.may_delay_without_interest:
            self._check_limits(plan, conditions)
        self.draws = _summed(conditions.draws, plan.drawings)
        self.prepayments = dict(conditions.prepayments)
        self.swept = dict(conditions.swept)
        days = {*self.draws, *self.prepayments, *self.swept, *days_of_fees(plan, conditions)}
        later = sorted(day for day in days if setting.closing_date < day <= conditions.maturity)
        self._days = iter(later)
        self.next_day = next(self._days, NO_MORE)

    def at_closing(self) -> int:
        """What is drawn at closing beside the principal."""
        return self.draws.pop(self.setting.closing_date, 0)

    def take(self, day: date) -> Happening:
        """What happens on a day; nothing unless it is the next one."""
        if day != self.next_day:
            return NOTHING
        self.next_day = next(self._days, NO_MORE)
        return Happening(
            self.draws.pop(day, 0), self.prepayments.pop(day, 0), self.swept.pop(day, 0)
        )

    def refuse_what_is_left(self) -> None:
        """A prepayment or draw after all is repaid is refused, not dropped."""
        for field, left in (("prepay", self.prepayments), ("draw", self.draws)):
            for day, amount in left.items():
                shown = self.setting.currency.amount(amount)
                raise OutOfRange(
                    f"{field}.{day}",
                    f"found {shown:,}, when nothing is owed any more",
                    "an earlier date or smaller amounts would be right",
                )

    def _check(self, plan: Plan, conditions: Conditions) -> None:
        """Money moves on business days, from closing to maturity or the end of availability."""
        last = conditions.maturity
        last_draw = last if plan.is_revolving else min(plan.last_draw or last, last)
        for day, _ in conditions.prepayments:
            self._check_day(day, "prepay", last)
        for day, amount in conditions.draws:
            self._check_day(day, "draw", last_draw)
            if amount < 0 and not plan.is_revolving:
                found = f"found {self.setting.currency.amount(amount):,}"
                expected = "an amount drawn, above 0, (a loan is repaid by prepay) would be right"
                raise OutOfRange(f"draw.{day}", found, expected)
        for day, _ in plan.drawings:
            self._check_day(day, "drawings", last)
        for day, _ in conditions.swept:
            self._check_business_day(day, "excess_cash")

    def _check_limits(self, plan: Plan, conditions: Conditions) -> None:
        """Limits change on business days, where interest may end before a payment is made.

        Between the two days a fee would run in two periods at once.
        """
        for field, table in (
            ("letters_of_credit", conditions.letters_of_credit),
            ("commitment_steps", plan.commitments[1:]),
        ):
            for day, _ in table:
                if self.setting.closing_date < day <= conditions.maturity:
                    self._check_business_day(day, field)

    def _check_day(self, day: date, field: str, last: date) -> None:
        closing = self.setting.closing_date
        if not closing <= day <= last or (day == closing and field != "draw"):
            raise OutOfRange(
                f"{field}.{day}",
                f"found {day}",
                f"a date after closing on {closing}, up to {_end_in_words(field)} on {last}, "
                "would be right",
            )
        if day != closing:
            self._check_business_day(day, field)

    def _check_business_day(self, day: date, field: str) -> None:
        calendar = self.setting.calendar
        if not calendar.is_business_day(day):
            raise OutOfRange(
                f"{field}.{day}",
                f"found {day}, no business day ({calendar.name})",
                f"the next one, {following(day, calendar)}, would be right",
            )


def _end_in_words(field: str) -> str:
    return "the last day for draws" if field == "draw" else "maturity"


def _summed(*tables: tuple[tuple[date, int], ...]) -> dict[date, int]:
    summed: dict[date, int] = {}
    for table in tables:
        for day, amount in table:
            summed[day] = summed.get(day, 0) + amount
    return summed


def days_of_fees(plan: Plan, conditions: Conditions) -> Iterator[date]:
    """Days on which a fee is charged, or from which it runs on another amount."""
    for each in of_kind(plan.fees, AmendmentFee).values():
        yield each.date
    if plan.accrues_fees:
        yield from (day for day, _ in plan.commitments)
        yield from (day for day, _ in conditions.letters_of_credit)
