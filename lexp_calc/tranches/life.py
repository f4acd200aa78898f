"""Dates in a tranche's terms that must fall within its life, from closing to the last maturity.

A margin that steps up before closing, an amendment after maturity or a premium that ends
before the loan begins would never count: each is a date typed wrongly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lexp_calc.fees import AmendmentFee, of_kind
from lexp_calc.tranches.tranche import Tranche


@dataclass(frozen=True)
class TermDate:
    """A date of the terms by its path, and whether the ends of the life are within it."""

    path: str
    day: date | None
    may_be_closing: bool = False
    may_be_maturity: bool = False


def outside_life(tranche: Tranche, closing: date) -> Iterator[tuple[str, str, str]]:
    """Dates before the closing or after the last maturity: (field, found, what would be right)."""
    last = tranche.last_maturity
    for each in _dates(tranche):
        if each.day is None:
            continue
        if each.day < closing or (each.day == closing and not each.may_be_closing):
            relation = "before" if each.may_be_closing else "not after"
            yield each.path, f"{each.day}, {relation} closing on {closing}", "a later date"
        elif each.day > last or (each.day == last and not each.may_be_maturity):
            relation = "after" if each.may_be_maturity else "not before"
            yield each.path, f"{each.day}, {relation} maturity on {last}", "an earlier date"


def _dates(tranche: Tranche) -> Iterator[TermDate]:
    yield from _of_coupon(tranche)
    for fee_id, each in of_kind(tranche.fees, AmendmentFee).items():
        yield TermDate(f"fees.{fee_id}.date", each.date, may_be_closing=True)
    for number, step in enumerate(getattr(tranche, "commitment_steps", ()), 1):
        yield TermDate(f"commitment_steps[{number}].from", step.start)
    for number, drawing in enumerate(getattr(tranche, "drawings", ()), 1):
        yield TermDate(f"drawings[{number}].date", drawing.date)
    until = getattr(tranche, "available_until", None)
    yield TermDate("available_until", until, may_be_maturity=True)
    yield from _of_repayment(getattr(tranche, "repayment", None))
    yield from _of_premiums(tranche)


def _of_coupon(tranche: Tranche) -> Iterator[TermDate]:
    """From when a margin or a fallback holds."""
    for number, option in enumerate(tranche.coupon.options, 1):
        where = f"coupon.options[{number}]"
        for place, step in enumerate(option.margin_steps, 1):
            yield TermDate(f"{where}.margin_steps[{place}].from", step.from_date)
        if option.fallback:
            yield TermDate(f"{where}.fallback.from", option.fallback.from_date)


def _of_repayment(repayment) -> Iterator[TermDate]:
    """When instalments begin, or change."""
    for number, step in enumerate(getattr(repayment, "steps", ()), 1):
        yield TermDate(f"repayment.steps[{number}].from", step.start, True, True)
    if "first" in getattr(type(repayment), "model_fields", ()):
        yield TermDate("repayment.first", repayment.first, True, True)


def _of_premiums(tranche: Tranche) -> Iterator[TermDate]:
    """Until when a premium or a choice holds, and when another tranche's balance is tested."""
    protection = getattr(tranche, "call_protection", None)
    for number, step in enumerate(protection.steps if protection else (), 1):
        yield TermDate(f"call_protection.steps[{number}].until", step.until, False, True)
    if protection and protection.make_whole:
        until = protection.make_whole.until
        yield TermDate("call_protection.make_whole.until", until, False, True)
    in_kind = getattr(tranche, "in_kind", None)
    if in_kind and in_kind.toggle:
        yield TermDate("in_kind.toggle.until", in_kind.toggle.until, False, True)
    springing = getattr(tranche, "springing", None)
    if springing and springing.if_outstanding:
        yield TermDate("springing.if_outstanding.on", springing.if_outstanding.on, True)
