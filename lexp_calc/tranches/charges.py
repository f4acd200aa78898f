"""The fees of a row: what each fee of the terms charges on its day, and the call premium."""

from fractions import Fraction

from lexp_calc.cash_flows import CashFlow, interest_amount
from lexp_calc.day_count import DayCount
from lexp_calc.fees import Moment
from lexp_calc.money import round_half_away
from lexp_calc.tranches.plan import Conditions, Plan, Setting
from lexp_calc.tranches.tranche import Tranche

CALL_PREMIUM = "call premium"  # no id of a fee has a space


class Charges:
    """The fees of one tranche, charged row by row."""

    def __init__(
        self,
        tranche: Tranche,
        plan: Plan,
        conditions: Conditions,
        setting: Setting,
        day_count: DayCount,
    ):
        self.tranche = tranche
        self.plan = plan
        self.conditions = conditions
        self.setting = setting
        self.day_count = day_count

    def on(self, row: CashFlow, previous: CashFlow | None, is_last: bool) -> dict[str, int]:
        """What a row charges, in minor units, by the id of the fee; nothing where it is 0."""
        moment = self._moment(row, previous, is_last)
        charged = {
            fee_id: self._accrued(row, fee_id) if each.accrues else each.charged(moment)
            for fee_id, each in self.plan.fees.items()
        }
        charged[CALL_PREMIUM] = self._call_premium(row)
        return {fee_id: amount for fee_id, amount in charged.items() if amount}

    def _accrued(self, row: CashFlow, fee_id: str) -> int:
        accrual = row.fee_accruals.get(fee_id)
        return interest_amount(accrual.paid_product, self.day_count) if accrual else 0

    def _call_premium(self, row: CashFlow) -> int:
        protection = self.plan.call_protection
        of_free_will = row.prepayment - row.swept
        if protection is None or not of_free_will:
            return 0
        premium = Fraction(
            protection.premium(
                row.settled_through,
                self.tranche.coupon,
                self.tranche.payments.step,
                self.conditions.treasury_yields,
            )
        )
        return round_half_away(of_free_will * premium.numerator, premium.denominator)

    def _moment(self, row: CashFlow, previous: CashFlow | None, is_last: bool) -> Moment:
        day = row.settled_through
        return Moment(
            day=day if previous is None or day > previous.settled_through else None,
            is_closing=previous is None,
            is_anniversary=previous is not None
            and row.anniversary_number > previous.anniversary_number,
            is_last=is_last,
            drawn=row.drawn,
            commitment=self.plan.size,
            outstanding=row.closing_balance,
            repaid=row.principal,
            repaid_early_or_at_maturity=row.prepayment + row.balloon,
            interest_to_date=row.to_date.interest,
            currency=self.setting.currency,
        )
