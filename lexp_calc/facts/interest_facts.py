"""Facts of one tranche's interest: the first, the regular, the total; dates that are moved."""

from collections.abc import Iterator
from fractions import Fraction

from lexp_calc.cash_flows import CashFlow
from lexp_calc.coupons import FixedCoupon
from lexp_calc.deal import Deal
from lexp_calc.facts.fact import ASSUMPTION, COUNT, DAYS, Fact, source_of
from lexp_calc.facts.variants import Variants
from lexp_calc.periods import payment_dates
from lexp_calc.rates import UNITS_PER_ONE
from lexp_calc.tranches.tranche import Tranche
from lexp_calc.wording import amount_text, counted, per_cent_text


def interest_facts(variants: Variants, tranche_id: str) -> Iterator[Fact]:
    """Interest payments by contract, their total in the scenario, and the payment dates."""
    yield from _payments(variants, tranche_id)
    yield from _scenario_totals(variants, tranche_id)
    yield from _payment_dates(variants.given.deal, tranche_id)


def _payments(variants: Variants, tranche_id: str) -> Iterator[Fact]:
    """The first interest payment; for a fixed coupon also the regular one and a year's."""
    deal = variants.given.deal
    tranche = deal.tranche[tranche_id]
    amount = deal.money.amount
    schedule = variants.unextended[tranche_id]
    paying = [row for row in schedule.rows if row.pays_interest and row.interest]
    if not paying:
        return
    first = paying[0]
    basis = schedule.day_count.basis
    balance = amount_text(amount(first.opening_balance))
    rate = per_cent_text(_cash_rate(first))
    is_fixed = isinstance(tranche.coupon, FixedCoupon)
    source = source_of(tranche, "coupon.rate") if is_fixed else ASSUMPTION
    yield Fact(
        f"{tranche_id}.first-interest-days",
        tranche.name,
        f"Days of the first interest period, {tranche.coupon.day_count}",
        first.days,
        DAYS,
        f"from {first.accrual_start} to {first.accrual_end}",
        source=source_of(tranche, f"payments.{_anchor(tranche)}"),
    )
    yield Fact(
        f"{tranche_id}.first-interest",
        tranche.name,
        f"First interest payment, due {first.due_date}",
        amount(first.interest),
        deal.currency,
        f"{balance} x {rate} x {_years(first, basis)}"
        if first.accrual.product == first.opening_balance * first.accrual.unit_days
        else f"each balance of the period x {rate} x its days / {basis}",
        source=source,
    )
    regular = {row.interest for row in paying[1:]}
    if is_fixed and len(regular) == 1:
        yield Fact(
            f"{tranche_id}.regular-interest",
            tranche.name,
            "Regular interest payment",
            amount(regular.pop()),
            deal.currency,
            f"{balance} x {rate} x {_years(paying[1], basis)}",
            source=source,
        )
        yield Fact(
            f"{tranche_id}.regular-interest-payments",
            tranche.name,
            "Number of regular interest payments",
            len(paying) - 1,
            COUNT,
            f"{tranche.payments.frequency} from {paying[1].due_date} to {paying[-1].due_date}",
            source=source_of(tranche, "payments.frequency"),
        )
        payments_a_year = tranche.payments.payments_a_year
        yield Fact(
            f"{tranche_id}.annual-interest",
            tranche.name,
            "Interest a year",
            amount(paying[1].interest * payments_a_year),
            deal.currency,
            f"{payments_a_year} x {amount_text(amount(paying[1].interest))}",
            source=source,
        )


def _cash_rate(row: CashFlow) -> Fraction:
    """The rate of the interest that a row pays in cash, a decimal."""
    return Fraction(row.accrual.unit_days) / (row.period.length * UNITS_PER_ONE)


def _years(row: CashFlow, basis: int) -> str:
    """The year fraction of a row's period, as it is divided."""
    length = row.period.length
    return f"{length}/{basis}" if isinstance(length, int) else f"{length / basis}"


def _anchor(tranche: Tranche) -> str:
    """The term from which the payment dates follow."""
    return "first_payment" if tranche.payments.first_payment else "first_period"


def _scenario_totals(variants: Variants, tranche_id: str) -> Iterator[Fact]:
    projection = variants.given
    tranche = projection.deal.tranche[tranche_id]
    schedule = projection[tranche_id]
    paying = sum(1 for row in schedule.rows if row.interest)
    words = f"scenario {projection.scenario_name}, to {schedule.maturity_row.payment_date}"
    yield Fact(
        f"{tranche_id}.total-interest",
        tranche.name,
        f"Total interest, {words}",
        schedule.total("interest"),
        projection.deal.currency,
        f"the sum of {counted(paying, 'payment')}, each rounded once",
    )
    if tranche.fees:
        count = sum(1 for row in schedule.rows if row.fees)
        yield Fact(
            f"{tranche_id}.total-fees",
            tranche.name,
            f"Total fees, {words}",
            schedule.total("fees"),
            projection.deal.currency,
            f"the sum of {counted(count, 'fee')}, each rounded once",
        )


def _payment_dates(deal: Deal, tranche_id: str) -> Iterator[Fact]:
    tranche = deal.tranche[tranche_id]
    calendar, regular_dates = deal.calendar, tranche.regular_dates(deal.closing_date)
    dates = tuple(payment_dates(tranche.payments, regular_dates, calendar, tranche.last_maturity))
    regular = [each for each in dates if each.is_regular]
    moved = [each for each in regular if not calendar.is_business_day(each.due)]
    if not regular:
        return
    words = f"{regular[0].due} to {regular[-1].due}"
    yield Fact(
        f"{tranche_id}.payment-dates",
        tranche.name,
        f"Regular payment dates to {tranche.last_maturity}",
        len(regular),
        COUNT,
        f"{tranche.payments.frequency} from {words}",
        source=source_of(tranche, f"payments.{_anchor(tranche)}"),
    )
    yield Fact(
        f"{tranche_id}.payment-dates-moved",
        tranche.name,
        "Of these no business days",
        len(moved),
        COUNT,
        f"{len(moved)} of {len(regular)}, by the calendar {calendar}; "
        f"paid by the rule {tranche.payments.business_day}",
    )
