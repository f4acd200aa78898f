"""The carrying amount of a deal's tranche from closing to its end, by effective interest."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.cash_flows import CashFlow, Schedule
from lexp_calc.deal_cache import DealName, ScenarioName, deal_named, projection_of
from lexp_calc.errors import OutOfRange, WrongKind
from lexp_calc.floating_interest import (
    AT_INCEPTION,
    FloatingPeriod,
    IndexRateInForce,
    floating_roll_forward,
)
from lexp_calc.roll_forward import Payment
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.wording import amount_text


@spreadsheet_function
def carrying_amount(
    deal: DealName,
    tranche: kinds.Text,
    issue_costs: kinds.SignedAmount = Decimal(0),
    scenario: ScenarioName | None = None,
    index_rate: IndexRateInForce = "as it changes",
) -> kinds.TableResult:
    """The carrying amount of a term loan or notes from payment to payment, with its discount.

    At closing: what is drawn, less the tranche's fees at closing (counted as discount, since
    the lender gets them: ASC 835-30-35, 310-20), less `issue_costs`: costs of third parties,
    original issue discount, value of warrants; a premium is below 0. Later fees of the tranche
    count as interest paid. Payments are those of the scenario on the days paid, prepayments as
    if expected from the start; interest paid in kind adds to the principal owed. A floating
    rate is looked at by `index_rate`: "as it changes" or "at inception" (ASC 310-20-35-18(c)).
    Effective rates are decimals a year by the tranche's own day count, simple within a period:
    at par without costs they are the tranche's rates. Between fees the discount holds what has
    accrued of the next one. A revolver is refused: its costs are an
    asset, spread evenly (ASC 835-30-S45-1).
    """
    lent = deal_named(deal).tranche_named(tranche)
    schedule = projection_of(deal, scenario)[tranche]
    closing, *later = schedule.rows
    if isinstance(lent, Revolver) or any(row.drawn for row in later):
        expected = "a term loan or notes, drawn in full at closing, would be right"
        raise WrongKind("tranche", f'found "{schedule.tranche_id}", drawn at will', expected)
    money = schedule.currency
    proceeds = closing.drawn - closing.total_payment
    carried = proceeds - money.minor_units(issue_costs, "issue_costs")
    if carried <= 0:
        expected = f"less than {amount_text(money.amount(proceeds))}, the proceeds, would be right"
        raise OutOfRange("issue_costs", f"found {amount_text(issue_costs)}", expected)
    way = index_rate if lent.coupon.options else AT_INCEPTION  # a fixed rate never changes
    try:
        return floating_roll_forward(carried, _periods(schedule), way).table(money)
    except OutOfRange as problem:
        raise OutOfRange("issue_costs", problem.found, problem.expected) from None


def _periods(schedule: Schedule) -> list[FloatingPeriod]:
    """The days on which something is paid, each with what the period's interest hangs on.

    Rows of one day are one payment. A fee between payments has no rate of its own; that of
    the period in which it falls is taken.
    """
    closing, *later = schedule.rows
    by_day: dict = {}
    for row in later:
        if row.total_payment:
            by_day.setdefault(row.payment_date, []).append(row)
    times = _times(schedule, list(by_day))
    found, rate = [], Fraction(0)
    for day, rows in reversed(by_day.items()):
        accruing = [row for row in rows if row.pays_interest]
        rate = accruing[-1].all_in_rate if accruing else rate
        payment = Payment(
            day=day,
            time=times[day],
            interest=sum(row.interest + row.fees for row in rows),
            principal=sum(row.principal for row in rows),
            face_after=rows[-1].closing_balance,
        )
        at_one = sum((_interest_at_one(row, schedule) for row in accruing), Fraction(0))
        found.append(FloatingPeriod(payment, rate, at_one))
    return found[::-1]


def _times(schedule: Schedule, days: list[date]) -> dict[date, Fraction]:
    """Years from closing to each day paid, by the tranche's day count, as its interest runs.

    To the end of the interest that is paid that day; of other days, to the day itself.
    """
    ends = {row.payment_date: row.accrual_end for row in schedule.rows if row.pays_interest}
    times, before, time = {}, schedule.rows[0].payment_date, Fraction(0)
    for day in days:
        end = max(ends.get(day, day), before)
        time += Fraction(schedule.day_count.length(before, end)) / schedule.day_count.basis
        times[day], before = time, end
    return times


def _interest_at_one(row: CashFlow, schedule: Schedule) -> Fraction:
    """The row's interest, had its rate been 100 %."""
    if row.all_in_rate:
        return row.interest / row.all_in_rate
    return row.opening_balance * Fraction(row.period.length, schedule.day_count.basis)
