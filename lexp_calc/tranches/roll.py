"""The roll: terms and a scenario's conditions carried forward from closing to maturity.

A row is made for each date on which something happens: a payment, an anniversary, a draw, a
prepayment, a sweep, the maturity. Interest accrues as balance x rate-days, kept exact
between rows and rounded once where it is paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lexp_calc.calendars import ONE_DAY
from lexp_calc.cash_flows import CashFlow, Schedule, ToDate, interest_amount
from lexp_calc.errors import OutOfRange
from lexp_calc.fees import YEARLY_FEES, of_kind
from lexp_calc.in_kind import InKind
from lexp_calc.level_repayment import LevelDates
from lexp_calc.money import LARGEST_AMOUNT
from lexp_calc.periods import PaymentDate, anniversaries, payment_dates
from lexp_calc.rate_days import rate_days
from lexp_calc.tranches.accruals import Accruals
from lexp_calc.tranches.charges import Charges
from lexp_calc.tranches.happenings import NO_MORE, NOTHING, Happening, Happenings
from lexp_calc.tranches.instalment import (
    Instalment,
    LevelSetting,
    instalment,
    level_instalment,
)
from lexp_calc.tranches.plan import Conditions, Plan, Setting, in_force
from lexp_calc.tranches.tranche import Tranche, rate_conditions


def roll(
    tranche_id: str, tranche: Tranche, plan: Plan, conditions: Conditions, setting: Setting
) -> Schedule:
    """The schedule of one tranche.

    On a date, in this order: interest to that day, what is drawn, the instalment, the
    prepayment, the sweep, the balance due at maturity, fees on what is then outstanding.
    Sources: the built-in deal's press release for the fee and the balance; the rest is
    the usual order of a credit agreement's payment clause.
    """
    return _Roll(tranche, plan, conditions, setting).schedule(tranche_id)


@dataclass(frozen=True)
class Day:
    """A day of the schedule: the payment that falls on it, and what else happens.

    `is_alone`: interest of the payment ended before the day, so the rest of what happens
    waits for a row of its own, in the interest period that runs already.
    """

    day: date
    payment: PaymentDate | None
    accrual_start: date
    accrual_end: date
    is_anniversary: bool
    happening: Happening

    @property
    def is_alone(self) -> bool:
        """Whether the payment has the row for itself."""
        return self.payment is not None and self.accrual_end < self.day

    @property
    def settled_through(self) -> date:
        """The last day whose draws, prepayments and fees are accounted for."""
        return self.day - ONE_DAY if self.is_alone else self.day


class _Roll:
    """One tranche on its way from closing to maturity."""

    def __init__(self, tranche: Tranche, plan: Plan, conditions: Conditions, setting: Setting):
        self.tranche = tranche
        self.plan = plan
        self.conditions = conditions
        self.setting = setting
        self.rates = rate_days(
            tranche.coupon, rate_conditions(tranche.coupon, conditions, setting.calendar)
        )
        in_kind = InKind(plan.in_kind, conditions.in_kind) if plan.in_kind else None
        self.accruals = Accruals(self.rates, in_kind, plan, conditions)
        self.charges = Charges(tranche, plan, conditions, setting, self.rates.day_count)
        self.happenings = Happenings(tranche.payments, plan, conditions, setting)
        self.level = None
        if plan.repayment.is_level:
            dates = LevelDates(
                tranche.payments, conditions.regular_dates, setting.calendar, self.rates.day_count
            )
            self.level = LevelSetting(plan.repayment, dates, setting.currency)

    def schedule(self, tranche_id: str) -> Schedule:
        """Rolls forward until the last payment is made or, for a loan, all is repaid."""
        rows = [self._closing_row()]
        for day in self._days(rows):
            rows.append(self._row(rows[-1], day))
        self.happenings.refuse_what_is_left()
        return Schedule(tranche_id, self.setting.currency, self.rates, tuple(rows))

    def _days(self, rows: list[CashFlow]) -> Iterator[Day]:
        """Each day with a row, found when the row before it is in `rows`."""
        payments = payment_dates(
            self.tranche.payments,
            self.conditions.regular_dates,
            self.setting.calendar,
            self.conditions.maturity,
        )
        closing = self.setting.closing_date
        fee_days = iter(())
        if of_kind(self.plan.fees, *YEARLY_FEES):
            fee_days = anniversaries(closing, self.conditions.maturity)
        start = closing
        payment, fee_day = next(payments), next(fee_days, NO_MORE)
        while payment and not self._is_finished(rows[-1]):
            day = min(payment.paid, fee_day, self.happenings.next_day)
            paying = payment if payment.paid == day else None
            # Between the day due and a later day paid the next period's interest runs already.
            end = payment.accrual_end if paying else max(min(day, payment.accrual_end), start)
            waits = paying is not None and end < day
            is_anniversary = fee_day == day and not waits
            happening = NOTHING if waits else self.happenings.take(day)
            yield Day(day, paying, start, end, is_anniversary, happening)
            if paying:
                start, payment = end, next(payments, None)
            if is_anniversary:
                self._check_one_payment(day, payment if paying else None)
                fee_day = next(fee_days, NO_MORE)

    def _check_one_payment(self, day: date, following: PaymentDate | None) -> None:
        """What is outstanding at the end of an anniversary is not known between two payments."""
        if following and following.paid == day:
            raise OutOfRange(
                "maturity",
                f"found two payments on {day}, an anniversary with a fee",
                "another maturity, or a long last period, would be right",
            )

    def _is_finished(self, row: CashFlow) -> bool:
        """Whether nothing follows the row."""
        return self._is_over(row.closing_balance, row.to_date.drawn, row.settled_through)

    def _is_over(self, balance: int, drawn: int, day: date) -> bool:
        """Whether a loan is repaid and can't be drawn any more; a revolver ends at maturity."""
        last_draw = self.plan.last_draw
        may_draw = last_draw is not None and day < last_draw and drawn < self.plan.size
        return balance == 0 and not may_draw and not self.plan.is_revolving

    def _closing_row(self) -> CashFlow:
        """What is drawn, and paid, at closing."""
        closing = self.setting.closing_date
        drawn = self.plan.principal + self.happenings.at_closing()
        self._check_drawn(closing, drawn, drawn)
        row = CashFlow(
            event="Closing",
            payment_date=closing,
            due_date=closing,
            accrual=None,
            is_payment=False,
            pays_interest=False,
            payment_number=0,
            anniversary_number=0,
            opening_balance=0,
            drawn=drawn,
            to_date=ToDate(drawn=drawn, unprepaid=drawn),
        )
        return replace(row, charges=self.charges.on(row, None, False))

    def _row(self, previous: CashFlow, day: Day) -> CashFlow:
        """The row of one day."""
        opening = previous.closing_balance
        drawn = max(day.happening.draw, 0)
        self._check_limits_between(previous, day.day)
        self._check_drawn(
            day.day,
            opening + day.happening.draw,
            previous.to_date.drawn + drawn,
            is_draw=day.happening.draw != 0,
        )
        run = self.accruals.run(previous, day.accrual_start, day.accrual_end)
        # Interest comes before the instalment: a level payment is what interest leaves of it.
        due = self._instalment(previous, day, run)
        prepayment, swept = self._repaid_early(day, opening + drawn - due.amount)
        remaining = opening + drawn - due.amount - prepayment
        is_maturity = day.payment is not None and day.payment.is_maturity
        balloon = remaining if is_maturity else 0
        outstanding = remaining - balloon
        drawn_to_date = previous.to_date.drawn + drawn
        is_last = is_maturity or self._is_over(outstanding, drawn_to_date, day.settled_through)
        paid = run.paid(day.payment is not None, is_last, outstanding == 0, prepayment)
        row = CashFlow(
            event=_event(day, prepayment, swept),
            payment_date=day.day,
            due_date=day.payment.due if day.payment else day.day,
            accrual=paid.cash,
            in_kind=paid.in_kind,
            fee_accruals=paid.fees,
            is_payment=day.payment is not None,
            pays_interest=day.payment is not None or paid.cash_product != 0,
            payment_number=previous.payment_number + (day.payment is not None),
            anniversary_number=previous.anniversary_number + day.is_anniversary,
            opening_balance=opening,
            drawn=drawn,
            interest=interest_amount(paid.cash_product, self.rates.day_count),
            pik_interest=interest_amount(paid.capitalised_product, self.rates.day_count),
            scheduled_principal=due.amount,
            prepayment=prepayment,
            swept=swept,
            balloon=balloon,
        )
        self._check_size(row)
        row = replace(row, to_date=self._to_date(previous, row, due))
        return replace(row, charges=self.charges.on(row, previous, is_last))

    def _instalment(self, previous: CashFlow, day: Day, run) -> Instalment:
        if self.level is None:
            return instalment(self.plan, self.setting.currency, previous, day.payment)
        interest = interest_amount(run.cash.product, self.rates.day_count)
        return level_instalment(
            self.plan, self.level, previous, day.payment, day.accrual_start, run.rate, interest
        )

    def _repaid_early(self, day: Day, owed: int) -> tuple[int, int]:
        """All that is repaid of free will or by the sweep, and what the sweep takes."""
        asked = day.happening.prepayment
        if asked > owed:
            raise OutOfRange(
                f"prepay.{day.day}",
                f"found {self._shown(asked)}",
                f"at most the {self._shown(owed)} then owed would be right",
            )
        swept = min(day.happening.offered, owed - asked)
        return asked + swept + max(-day.happening.draw, 0), swept

    def _to_date(self, previous: CashFlow, row: CashFlow, due: Instalment) -> ToDate:
        before = previous.to_date
        return ToDate(
            drawn=before.drawn + row.drawn,
            unprepaid=before.unprepaid + row.drawn + row.pik_interest - due.asked,
            credit=due.credit + row.prepayment,
            interest=before.interest + row.interest + row.pik_interest,
            level=due.level,
            level_units=due.level_units,
        )

    def _check_limits_between(self, previous: CashFlow, day: date) -> None:
        """Commitment and letters of credit that change between two rows: the balance holds."""
        if not self.plan.is_revolving:
            return
        changes = (*self.plan.commitments, *self.conditions.letters_of_credit)
        for change in sorted(start for start, _ in changes):
            if previous.settled_through < change < day:
                self._check_drawn(change, previous.closing_balance, 0, is_draw=False)

    def _check_drawn(self, day: date, balance: int, drawn: int, is_draw: bool = True) -> None:
        """A revolver's balance and letters of credit, or all drawings of a loan, have a limit.

        Where nothing moves on the day, the commitment or the letters of credit have changed.
        """
        if not self.plan.is_revolving:
            self._check_drawings(day, drawn)
            return
        limit = self.plan.commitment(day)
        letters = in_force(self.conditions.letters_of_credit, day)
        if balance >= 0 and balance + letters <= limit:
            return
        if letters > limit:
            expected = f"at most the commitment of {self._shown(limit)} would be right"
            found = f"found {self._shown(letters)}"
            raise OutOfRange(f"letters_of_credit.{day}", found, expected)
        found = f"found a balance of {self._shown(balance)}"
        if letters:
            found += f" beside letters of credit of {self._shown(letters)}"
        changed = "draw"
        if not is_draw:
            found += f" when the commitment is {self._shown(limit)}"
            moves = day in dict(self.conditions.letters_of_credit)
            changed = "letters_of_credit" if moves else "commitment"
        raise OutOfRange(
            f"{changed}.{day}",
            found,
            f"a balance from 0 to {self._shown(limit - letters)} would be right",
        )

    def _check_drawings(self, day: date, drawn: int) -> None:
        """All that was ever drawn of a loan, for what is repaid is not drawn again."""
        if drawn > self.plan.size:
            raise OutOfRange(
                f"draw.{day}",
                f"found drawings of {self._shown(drawn)} in all",
                f"at most the {self._shown(self.plan.size)} that may be drawn would be right",
            )

    def _check_size(self, row: CashFlow) -> None:
        """What interest in kind adds must stay an amount that a spreadsheet holds."""
        if row.closing_balance >= self.setting.currency.minor_units(LARGEST_AMOUNT):
            raise OutOfRange(
                f"in_kind.{row.payment_date}",
                f"found a balance of {self._shown(row.closing_balance)}",
                "one below 10,000,000,000,000 would be right",
            )

    def _shown(self, minor_units: int) -> str:
        return f"{self.setting.currency.amount(minor_units):,}"


def _event(day: Day, prepayment: int, swept: int) -> str:
    """What the row is called: the most important thing that happens on it."""
    if day.payment:
        return "Maturity" if day.payment.is_maturity else "Payment"
    if day.happening.draw:
        return "Draw" if day.happening.draw > 0 else "Repayment"
    if prepayment > swept:
        return "Prepayment"
    if day.happening.offered:
        return "Sweep"
    return "Fee" if day.is_anniversary else "Change"
