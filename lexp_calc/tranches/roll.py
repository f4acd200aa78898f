"""The roll: terms and a scenario's conditions carried forward from closing to maturity.

A row is made for each date on which something happens: a payment, an anniversary fee, a
prepayment or draw, the maturity. Interest accrues as balance x rate-days, kept exact
between rows and rounded once where it is paid.
"""

from datetime import date

from lexp_calc.calendars import following
from lexp_calc.cash_flows import Accrual, CashFlow, Schedule, interest_amount
from lexp_calc.errors import OutOfRange
from lexp_calc.fees import AnniversaryFee, ClosingFee, fee, rate_of
from lexp_calc.periods import PaymentDate, anniversaries, payment_dates
from lexp_calc.rate_days import rate_days
from lexp_calc.tranches.tranche import Conditions, Plan, Setting, Tranche, rate_conditions

NO_MORE = date.max  # later than any date of a deal


def roll(
    tranche_id: str, tranche: Tranche, plan: Plan, conditions: Conditions, setting: Setting
) -> Schedule:
    """The schedule of one tranche.

    On a date, in this order: interest to that day, the instalment, the prepayment or
    draw, the balance due at maturity, the anniversary fee on what is then outstanding.
    Sources: the built-in deal's press release for the fee and the balance; the rest is
    the usual order of a credit agreement's payment clause.
    """
    return _Roll(tranche, plan, conditions, setting).schedule(tranche_id)


class _Roll:
    """One tranche on its way from closing to maturity: the rows so far, and what comes next."""

    def __init__(self, tranche: Tranche, plan: Plan, conditions: Conditions, setting: Setting):
        self.plan = plan
        self.setting = setting
        self.rates = rate_days(
            tranche.coupon, rate_conditions(tranche.coupon, conditions, setting.calendar)
        )
        self.closing_fee_rate = rate_of(tranche.fees, ClosingFee)
        self.fee_rate = rate_of(tranche.fees, AnniversaryFee)
        self._check_days(conditions.prepayments, "prepay", conditions.maturity)
        self._check_days(conditions.draws, "draw", conditions.maturity)
        self.prepayments = dict(conditions.prepayments)
        self.draws = dict(conditions.draws)
        self.payments = payment_dates(
            tranche.payments, conditions.regular_dates, setting.calendar, conditions.maturity
        )
        self.fee_days = iter(())
        if self.fee_rate:
            self.fee_days = anniversaries(setting.closing_date, conditions.maturity)

    def schedule(self, tranche_id: str) -> Schedule:
        """Rolls forward until the last payment is made or, for a loan, all is repaid."""
        row = self._closing_row()
        rows = [row]
        accrual_start = self.setting.closing_date
        unit_days_before = 0
        payment = next(self.payments)
        fee_day = next(self.fee_days, NO_MORE)
        move_days = iter(sorted({*self.prepayments, *self.draws}))
        move_day = next(move_days, NO_MORE)
        while payment and not (self.plan.ends_when_repaid and row.closing_balance == 0):
            day = min(payment.paid, fee_day, move_day)
            paying = payment if payment.paid == day else None
            end = payment.accrual_end if paying else day
            # A payment whose interest ended before the day leaves the rest of the day's
            # events to a row of their own, in the interest period that runs already.
            alone = end < day
            is_anniversary = fee_day == day and not alone
            rate = self.rates.period(accrual_start, end)
            new_product = row.closing_balance * (rate.unit_days - unit_days_before)
            accrual = Accrual(
                accrual_start, end, rate, unit_days_before, row.carried_product + new_product, 0
            )
            moves = (0, 0) if alone else self._moves_on(day)
            row = self._row(row, day, paying, accrual, is_anniversary, moves)
            rows.append(row)
            if is_anniversary:
                fee_day = next(self.fee_days, NO_MORE)
            if move_day == day and not alone:
                move_day = next(move_days, NO_MORE)
            unit_days_before = 0 if paying else rate.unit_days
            if paying:
                accrual_start = end
                payment = next(self.payments, None)
        self._check_all_applied()
        return Schedule(tranche_id, self.setting.currency, self.rates, tuple(rows))

    def _closing_row(self) -> CashFlow:
        """What is drawn, and paid, at closing."""
        closing = self.setting.closing_date
        drawn = self.plan.principal + self.draws.pop(closing, 0)
        self._check_balance(closing, drawn)
        return CashFlow(
            event="Closing",
            payment_date=closing,
            due_date=closing,
            accrual=None,
            pays_interest=False,
            payment_number=0,
            anniversary_number=0,
            opening_balance=0,
            drawn=drawn,
            fees=fee(drawn, self.closing_fee_rate),
        )

    def _row(
        self,
        previous: CashFlow,
        day: date,
        payment: PaymentDate | None,
        accrual: Accrual,
        is_anniversary: bool,
        moves: tuple[int, int],
    ) -> CashFlow:
        """One row: `payment` is the payment that falls on it, `moves` are prepayment and draw."""
        opening = previous.closing_balance
        instalment = self._instalment(payment, opening)
        prepayment, draw = moves
        self._check_balance(day, opening + draw)
        if prepayment > opening - instalment:
            raise OutOfRange(
                f"prepay.{day}",
                f"found {self._shown(prepayment)}",
                f"at most the {self._shown(opening - instalment)} then owed would be right",
            )
        prepayment -= min(draw, 0)
        drawn = max(draw, 0)
        remaining = opening + drawn - instalment - prepayment
        balloon = remaining if payment and payment.is_maturity else 0
        outstanding = remaining - balloon
        paid_product = self._paid_product(payment, accrual, prepayment, outstanding)
        return CashFlow(
            event=_event(payment, drawn, draw, prepayment),
            payment_date=day,
            due_date=payment.due if payment else day,
            accrual=Accrual(
                accrual.start,
                accrual.end,
                accrual.rate,
                accrual.unit_days_before,
                accrual.product,
                paid_product,
            ),
            pays_interest=payment is not None or paid_product != 0,
            payment_number=previous.payment_number + (payment is not None),
            anniversary_number=previous.anniversary_number + is_anniversary,
            opening_balance=opening,
            drawn=drawn,
            interest=interest_amount(paid_product, self.rates.day_count),
            scheduled_principal=instalment,
            prepayment=prepayment,
            balloon=balloon,
            fees=fee(outstanding, self.fee_rate) if is_anniversary else 0,
        )

    def _moves_on(self, day: date) -> tuple[int, int]:
        """The prepayment and the draw of a day, taken off the lists of what is to come."""
        return self.prepayments.pop(day, 0), self.draws.pop(day, 0)

    def _instalment(self, payment: PaymentDate | None, opening: int) -> int:
        """The instalment due, the last one no more than is owed."""
        if not payment or not payment.is_regular or payment.number > self.plan.instalments:
            return 0
        return min(self.plan.instalment, opening)

    def _paid_product(self, payment, accrual: Accrual, prepayment: int, outstanding: int) -> int:
        """The accrued interest that the day pays, as an exact product.

        All of it on a payment date and when the last of a loan is repaid; with a
        prepayment, where the terms say so, what has accrued on the part prepaid.
        """
        if payment or (self.plan.ends_when_repaid and outstanding == 0):
            return accrual.product
        if self.plan.accrued_paid_with_prepayment:
            return prepayment * accrual.rate.unit_days
        return 0

    def _shown(self, minor_units: int) -> str:
        return f"{self.setting.currency.amount(minor_units):,}"

    def _check_balance(self, day: date, balance: int) -> None:
        if not 0 <= balance <= self.plan.commitment:
            raise OutOfRange(
                f"draw.{day}",
                f"found a balance of {self._shown(balance)}",
                f"a balance from 0 to {self._shown(self.plan.commitment)} would be right",
            )

    def _check_days(self, moves, field: str, maturity: date) -> None:
        """Prepayments and draws are made on business days from closing to maturity."""
        closing = self.setting.closing_date
        calendar = self.setting.calendar
        for day, _ in moves:
            if not closing <= day <= maturity or (day == closing and field == "prepay"):
                raise OutOfRange(
                    f"{field}.{day}",
                    f"found {day}",
                    f"a date after closing on {closing}, up to maturity on {maturity}, "
                    "would be right",
                )
            if day != closing and not calendar.is_business_day(day):
                raise OutOfRange(
                    f"{field}.{day}",
                    f"found {day}, no business day ({self.setting.calendar})",
                    f"the next one, {following(day, calendar)}, would be right",
                )

    def _check_all_applied(self) -> None:
        """A prepayment after all is repaid is refused, not dropped."""
        for day, amount in self.prepayments.items():
            raise OutOfRange(
                f"prepay.{day}",
                f"found {self._shown(amount)}, when nothing is owed any more",
                "an earlier date or smaller amounts would be right",
            )


def _event(payment: PaymentDate | None, drawn: int, draw: int, prepayment: int) -> str:
    """What the row is called: the most important thing that happens on it."""
    if payment:
        return "Maturity" if payment.is_maturity else "Payment"
    if draw < 0:
        return "Repayment"
    if drawn:
        return "Draw"
    return "Prepayment" if prepayment else "Fee"
