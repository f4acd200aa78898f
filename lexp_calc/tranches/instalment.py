"""The instalment of a payment date: what the contract asks for, and what prepayments left of it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lexp_calc.cash_flows import CashFlow
from lexp_calc.errors import OutOfRange
from lexp_calc.level_repayment import LevelDates, LevelPayment, level_amount
from lexp_calc.money import Currency, round_half_away
from lexp_calc.periods import PaymentDate
from lexp_calc.rates import PeriodRate
from lexp_calc.rates import rate as rate_of_units
from lexp_calc.tranches.plan import DIRECT_ORDER, PRO_RATA, Plan


@dataclass(frozen=True)
class Instalment:
    """What a payment brings, in minor units.

    `asked` is the contract's instalment had nothing been prepaid; `credit` the part of
    earlier prepayments that is left to count against later ones; `level` the level payment
    in force and `level_units` the rate that it was set for.
    """

    amount: int = 0
    asked: int = 0
    credit: int = 0
    level: int = 0
    level_units: int = 0


def instalment(
    plan: Plan, currency: Currency, previous: CashFlow, payment: PaymentDate | None
) -> Instalment:
    """The instalment on a payment date of a loan that does not pay by level payments."""
    to_date, owed = previous.to_date, previous.closing_balance
    if not _is_due(plan, payment):
        return Instalment(credit=to_date.credit)
    drawn = currency.amount(to_date.drawn)
    contractual = Fraction(plan.repayment.asked(payment.due, drawn)) * 10**currency.digits
    contractual = round_half_away(contractual.numerator, contractual.denominator)
    asked = min(contractual, to_date.unprepaid)
    if plan.prepayments_applied == DIRECT_ORDER:
        counted = min(asked, to_date.credit)
        return Instalment(min(asked - counted, owed), asked, to_date.credit - counted)
    if plan.prepayments_applied == PRO_RATA:
        share = round_half_away(asked * owed, to_date.unprepaid) if to_date.unprepaid else 0
        return Instalment(min(share, owed), asked, to_date.credit)
    return Instalment(min(contractual, owed), asked, to_date.credit)


@dataclass(frozen=True)
class LevelSetting:
    """What a level payment is set from: the terms, and the dates on which it falls."""

    repayment: LevelPayment
    dates: LevelDates
    currency: Currency

    def level(self, number: int, start: date, owed: int, units: int) -> int:
        """The level payment that repays what is owed, at a rate, from a payment on."""
        balloon = self.currency.minor_units(self.repayment.balloon, "repayment.balloon")
        growth = self.repayment.growth(self.dates, start, number)
        if any(1 + units * each <= 0 for each in growth):
            found = f"found an all-in rate of {rate_of_units(units):%} from {start}"
            raise OutOfRange(
                "repayment.method", found, "a rate above -100% a period would be right"
            )
        return level_amount(owed, units, growth, min(balloon, owed))


def level_instalment(
    plan: Plan,
    setting: LevelSetting,
    previous: CashFlow,
    payment: PaymentDate | None,
    start: date,
    rate: PeriodRate,
    interest: int,
) -> Instalment:
    """The principal in a level payment: the payment less the interest that it pays."""
    to_date, owed = previous.to_date, previous.closing_balance
    held = Instalment(level=to_date.level, level_units=to_date.level_units)
    if not _is_due(plan, payment):
        return held
    level, level_units = to_date.level, to_date.level_units
    moved = setting.repayment.relevel != "never" and rate.units_at_start != level_units
    if not level or moved:
        level_units = rate.units_at_start
        level = setting.level(payment.number, start, owed, level_units)
    if payment.number == plan.instalments[-1]:
        balloon = setting.currency.minor_units(setting.repayment.balloon)
        amount = max(owed - balloon, 0)
    else:
        amount = min(max(level - interest, 0), owed)
    return Instalment(amount, amount, 0, level, level_units)


def _is_due(plan: Plan, payment: PaymentDate | None) -> bool:
    return payment is not None and payment.is_regular and payment.number in plan.instalments
