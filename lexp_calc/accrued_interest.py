"""Interest that has run on a tranche up to a day and is not paid yet."""

from datetime import date

from lexp_calc.cash_flows import interest_amount
from lexp_calc.deal import Projection
from lexp_calc.in_kind import InKind
from lexp_calc.tranches.accruals import Accruals


def accrued_interest(projection: Projection, tranche_id: str, day: date) -> int:
    """Interest in cash and in kind accrued by the end of a day, in minor units, rounded once.

    After what the day pays: 0 on the day of a payment to which interest runs. Between the day
    on which a payment is due and the later one on which it is paid, no interest of the next
    period is counted.
    """
    schedule = projection[tranche_id]
    ahead = next((row for row in schedule.rows if row.payment_date > day), None)
    if ahead is None or ahead.accrual is None:
        return 0
    before = schedule.rows[schedule.rows.index(ahead) - 1]
    plan, conditions = projection.plans[tranche_id], projection.conditions[tranche_id]
    in_kind = InKind(plan.in_kind, conditions.in_kind) if plan.in_kind else None
    start = ahead.accrual.start
    end = max(min(day, ahead.accrual.end), start)
    run = Accruals(schedule.rates, in_kind, plan, conditions).run(before, start, end)
    product = run.cash.product + (run.in_kind.product if run.in_kind else 0)
    return interest_amount(product, schedule.day_count)
