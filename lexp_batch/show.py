"""A deal on one screen: its tranches, dates and sums, and what in it is an assumption."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from textwrap import wrap

from lexp_batch.tables import NONE, aligned
from lexp_calc.assumptions import assumed_together, assumptions
from lexp_calc.coupons import FixedCoupon, FloatingCoupon, IndexOption
from lexp_calc.credit_ratios import credit_ratios_by_date
from lexp_calc.deal import Deal, Projection
from lexp_calc.lenders import not_placed, shares_of
from lexp_calc.money import rounded
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
        *_held_rates(projection),
        "",
        *_sums(deal),
        *_credit(projection),
        *_lenders(deal),
        *_assumptions(deal),
    ]
    return "\n".join(lines)


def _held_rates(projection: Projection) -> Iterator[str]:
    """The rates that the scenario ends with long before the deal does, and holds from there."""
    last_needed = projection.deal.last_floating_maturity
    paths = {
        index: path
        for conditions in projection.conditions.values()
        for index, path in conditions.index_paths.items()
        if path and len(path.dates) > 1
    }
    for index, path in paths.items():
        if path.dates[-1] < last_needed:
            held = f"{per_cent_text(path.rates[-1])} of {path.dates[-1]}"
            yield f"{index}: the last rate given, {held}, holds to {last_needed}"


def _credit(projection: Projection) -> Iterator[str]:
    """Leverage and coverage, a line for each date for which the scenario gives earnings."""
    for each in credit_ratios_by_date(projection, projection.scenario.earnings):
        earnings = amount_text(projection.deal.money.amount(each.earnings))
        ratios = (
            ("debt", each.total_leverage),
            ("senior secured debt", each.senior_secured_leverage),
            ("interest coverage", each.interest_coverage),
            ("debt service coverage", each.debt_service_coverage),
        )
        said = [f"{words} {rounded(ratio):,f}x" for words, ratio in ratios if ratio is not None]
        yield f"{each.day}: {', '.join([f'earnings {earnings}', *said])}"


def _tranche_table(projection: Projection) -> list[str]:
    deal = projection.deal
    has_kind = any(getattr(tranche, "in_kind", None) for tranche in deal.tranche.values())
    heading = (
        "tranche",
        "size",
        "first\npayment",
        "maturity",
        "other\nmaturity",
        "instal-\nments",
        "due at\nmaturity",
        "total\ninterest",
        *["added\nin kind"] * has_kind,
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
                _other_maturity(tranche, conditions.maturity),
                f"{count or NONE}",
                _amount(deal, last.balloon),
                _amount(deal, sum(row.interest for row in schedule.rows)),
                *[_amount(deal, sum(row.pik_interest for row in schedule.rows))] * has_kind,
                _amount(deal, sum(row.fees for row in schedule.rows)),
            )
        )
    total = [
        _amount(deal, sum(getattr(row, column) for row in rows_of))
        for column, rows_of in (
            (column, [row for schedule in projection.schedules.values() for row in schedule.rows])
            for column in ("balloon", "interest", *["pik_interest"] * has_kind, "fees")
        )
    ]
    size = sum(deal.money.minor_units(each.size) for each in deal.tranche.values())
    rows.append(("Total", _amount(deal, size), "", "", "", "", *total))
    lines = aligned(heading, rows, left=[0])
    lines.insert(-1, lines[2])
    return lines


def _amount(deal: Deal, minor_units: int) -> str:
    return amount_text(deal.money.amount(minor_units)) if minor_units else NONE


def _other_maturity(tranche: Tranche, in_force: date) -> str:
    """The maturity that is not in force: of an extension, or of a springing one."""
    springing = getattr(tranche, "springing", None)
    other = tranche.extension.maturity if tranche.extension else tranche.maturity
    if springing:
        other = springing.maturity if in_force == tranche.maturity else tranche.maturity
    elif in_force == other:
        other = tranche.maturity
    return other.isoformat() if other != in_force else NONE


def _rates(deal: Deal) -> Iterator[str]:
    width = max(map(len, deal.tranche))
    for tranche_id, tranche in deal.tranche.items():
        words = f"{rate_in_words(tranche)}, {tranche.coupon.day_count}, {tranche.seniority}"
        yield f"{tranche_id.ljust(width)}  {words}"


def rate_in_words(tranche: Tranche) -> str:
    """'prime + 1.50% or LIBOR 1M or LIBOR 3M + 3.75%, at least 8.25%', and what is in kind."""
    coupon = tranche.coupon
    if isinstance(coupon, FixedCoupon):
        return per_cent_text(coupon.rate) + _in_kind(tranche)
    ways = [
        f"{' or '.join(option.index for option in options)}{after}"
        for after, options in groupby(coupon.options, key=_after_index)
    ]
    return " or ".join(ways) + _limits(coupon) + _in_kind(tranche)


def _after_index(option: IndexOption) -> str:
    """What stands after an index: ' (at least 0.50%) + 3.75% (3.50% to 3.75% by leverage)'."""
    words = f" ({_limits(option).removeprefix(', ')})" if _limits(option) else ""
    if option.is_compounded:
        words += " compounded in arrears"
    words += f" + {per_cent_text(option.margin)}"
    if option.margin_grid:
        margins = [level.margin for level in option.margin_grid]
        words += f" ({per_cent_text(min(margins))} to {per_cent_text(max(margins))} by leverage)"
    steps = [f"{per_cent_text(step.margin)} from {step.from_date}" for step in option.margin_steps]
    if steps:
        words += f" ({', '.join(steps)})"
    if option.fallback:
        later = option.fallback
        adjustment = per_cent_text(later.spread_adjustment)
        words += f" (from {later.from_date} {later.index} + {adjustment} in its place)"
    return words


def _limits(terms: FloatingCoupon | IndexOption) -> str:
    """Floor and cap: ', at least 0.50%, at most 9.00%'."""
    bounds = ((", at least", terms.floor), (", at most", terms.cap))
    return "".join(f"{words} {per_cent_text(each)}" for words, each in bounds if each is not None)


def _in_kind(tranche: Tranche) -> str:
    """The interest that is added to principal, or may be."""
    in_kind = getattr(tranche, "in_kind", None)
    if in_kind is None:
        return ""
    words = f" + {per_cent_text(in_kind.rate)} in kind" if in_kind.rate else ""
    if in_kind.toggle:
        shares = " or ".join(f"{share:.0%}" for share in in_kind.toggle.shares)
        words += f" ({shares} in kind if chosen, at {per_cent_text(in_kind.toggle.premium)} more)"
    return words


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


def _lenders(deal: Deal) -> Iterator[str]:
    """Who holds how much of each tranche; what nobody holds is said."""
    for tranche_id in deal.tranche:
        shares = shares_of(deal.lender, tranche_id)
        held = [f"{deal.lender[each].name} {per_cent_text(shares[each], 0)}" for each in shares]
        rest = not_placed(deal.lender, tranche_id)
        if held:
            left = [f"not placed {per_cent_text(rest, 0)}"] if rest else []
            yield from wrap(
                f"Lenders of {tranche_id}: {', '.join([*held, *left])}",
                WIDTH,
                subsequent_indent="  ",
                break_long_words=False,
            )
    without = [each for each in deal.tranche if not shares_of(deal.lender, each)]
    if deal.lender:
        if without:
            yield f"No lender is named for: {', '.join(without)}"
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
