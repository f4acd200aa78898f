"""A deal on one screen: its tranches, dates and sums, and what in it is an assumption."""

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from lexp_batch.tables import NONE, aligned
from lexp_calc.assumptions import assumed_together, assumptions
from lexp_calc.coupons import FixedCoupon
from lexp_calc.deal import Deal, Projection
from lexp_calc.tranches.tranche import Tranche
from lexp_calc.wording import amount_text, per_cent_text

WIDTH = 118


def deal_on_one_screen(projection: Projection) -> str:
    """The deal and its sums under the projection's scenario."""
    deal = projection.deal
    others = [name for name in deal.scenario if name != projection.scenario_name]
    lines = [
        f"{deal.borrower}: {deal.name} ({deal.id})",
        f"closed {deal.closing_date}, amounts in {deal.currency}, calendar {deal.calendar}, "
        f"scenario {projection.scenario_name}"
        + (f" (others: {', '.join(others)})" if others else ""),
        "",
        *_tranche_table(projection),
        "",
        *_rates(deal),
        "",
        *_sums(deal),
        *_assumptions(deal),
    ]
    return "\n".join(lines)


def _tranche_table(projection: Projection) -> list[str]:
    deal = projection.deal
    heading = (
        "tranche",
        "size",
        "first\npayment",
        "maturity",
        "if\nextended",
        "instal-\nments",
        "due at\nmaturity",
        "total\ninterest",
        "total\nfees",
    )
    rows = []
    for tranche_id, tranche in deal.tranche.items():
        schedule, conditions = projection[tranche_id], projection.conditions[tranche_id]
        last = schedule.maturity_row
        count = sum(1 for row in schedule.rows if row.scheduled_principal)
        rows.append(
            (
                tranche_id,
                _amount(deal, deal.money.minor_units(tranche.size)),
                min(conditions.regular_dates.date(1), conditions.maturity).isoformat(),
                conditions.maturity.isoformat(),
                _if_extended(deal, tranche),
                f"{count or NONE}",
                _amount(deal, last.balloon),
                _amount(deal, sum(row.interest for row in schedule.rows)),
                _amount(deal, sum(row.fees for row in schedule.rows)),
            )
        )
    total = [
        _amount(deal, sum(getattr(row, column) for row in rows_of))
        for column, rows_of in (
            (column, [row for schedule in projection.schedules.values() for row in schedule.rows])
            for column in ("balloon", "interest", "fees")
        )
    ]
    size = sum(deal.money.minor_units(each.size) for each in deal.tranche.values())
    rows.append(("Total", _amount(deal, size), "", "", "", "", *total))
    lines = aligned(heading, rows, left=[0])
    lines.insert(-1, lines[2])
    return lines


def _amount(deal: Deal, minor_units: int) -> str:
    return amount_text(deal.money.amount(minor_units)) if minor_units else NONE


def _if_extended(deal: Deal, tranche: Tranche) -> str:
    """The later maturity that an extension gives, the tranche's own or another's."""
    springing = getattr(tranche, "springing", None)
    later = tranche.maturity if springing else tranche.extension and tranche.extension.maturity
    return later.isoformat() if later else NONE


def _rates(deal: Deal) -> Iterator[str]:
    width = max(map(len, deal.tranche))
    for tranche_id, tranche in deal.tranche.items():
        words = f"{rate_in_words(tranche)}, {tranche.coupon.day_count}, {tranche.seniority}"
        yield f"{tranche_id.ljust(width)}  {words}"


def rate_in_words(tranche: Tranche) -> str:
    """'prime + 1.50% or LIBOR 1M or LIBOR 3M + 3.75%, at least 8.25%'."""
    coupon = tranche.coupon
    if isinstance(coupon, FixedCoupon):
        return per_cent_text(coupon.rate)
    ways = [
        f"{' or '.join(option.index for option in options)} + {per_cent_text(margin)}"
        for margin, options in groupby(coupon.options, key=lambda option: option.margin)
    ]
    bounds = ((", at least", coupon.floor), (", at most", coupon.cap))
    limits = (f"{words} {per_cent_text(bound)}" for words, bound in bounds if bound is not None)
    return " or ".join(ways) + "".join(limits)


def _sums(deal: Deal) -> Iterator[str]:
    money = deal.money
    for facility in deal.facility.values():
        total = amount_text(money.amount(money.minor_units(facility.amount)))
        yield f"{facility.name}: {total} = {' + '.join(facility.tranches)}"
    for warrant in deal.warrant.values():
        yield (
            f"{warrant.name}: {int(warrant.issued):,} at {warrant.strike:,f}, "
            f"{warrant.exercisable_from} to {warrant.expires}"
        )
    if deal.facility or deal.warrant:
        yield ""


def _assumptions(deal: Deal) -> Iterator[str]:
    count = len(assumptions(deal))
    if not count:
        yield "No assumption: every term has its source."
        return
    yield f"{count} terms are assumptions, which no document states:"
    for group in assumed_together(deal):
        yield from wrap(
            f"{group.words}: {group.reason}",
            WIDTH,
            initial_indent="- ",
            subsequent_indent="  ",
            break_long_words=False,
        )
