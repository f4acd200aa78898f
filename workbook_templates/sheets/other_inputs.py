"""Inputs that few deals have: later draws, interest in kind, excess cash."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.room import rounded_up, sweep_room
from workbook_templates.sheets.input_tables import (
    AMOUNTS,
    DATES,
    FIRST_TABLE_COLUMN,
    MOVES,
    RATES,
    SHARES,
    heading,
    of_tranche,
    pair,
)
from workbook_templates.validations import Validation

YIELD_ROOM = 12


@dataclass(frozen=True)
class Table:
    """One pair of columns by date, with its names and rules."""

    heads: tuple[str, str]
    values: tuple[tuple, ...]
    names: tuple[str, str]
    style: str
    rule: Validation


def write(sheet, row: int, contents: Contents) -> int:
    """Each block that the workbook needs, one under the other; the next free row."""
    for title, rules, room, tables in _blocks(contents):
        if not tables:
            continue
        head_row = heading(sheet, row, title, rules, room)
        for place, table in enumerate(tables):
            pair(
                sheet,
                head_row,
                FIRST_TABLE_COLUMN + 2 * place,
                table.heads,
                table.values,
                room,
                table.names,
                ("date", table.style),
                (DATES, table.rule),
            )
        row = head_row + room + 2
    return row


def _blocks(contents: Contents) -> Iterable[tuple[str, list[str], int, list[Table]]]:
    """(heading, rules in words, rows, tables) of each block."""
    parts, currency = contents.parts, contents.deal.currency
    in_order = "In date order, no gaps"
    drawn = [part for part in parts if part.room.draws]
    yield (
        "Draws of loans",
        [f"{in_order}, on business days, until the last day for draws."],
        max((part.room.draws for part in drawn), default=0),
        [
            _amounts(contents, part, "drawn on", currency, part.later_draws, "draw")
            for part in drawn
        ],
    )
    toggled = [part for part in parts if part.in_kind and part.in_kind.terms.toggle]
    yield (
        "Interest paid in kind",
        [f"{in_order}. A share holds for the interest periods that begin on or after its date."],
        max((part.room.shares for part in toggled), default=0),
        [_shares(contents, part) for part in toggled],
    )
    yield from _sweeps(contents)
    yield from _treasury(contents)


def _amounts(contents: Contents, part: Part, head, currency, table, base: str) -> Table:
    return Table(
        (of_tranche(contents, part, head), f"Amount ({currency})"),
        tuple((day, part.money(amount)) for day, amount in table),
        (part.name(f"{base}_dates"), part.name(f"{base}_amounts")),
        "money",
        AMOUNTS,
    )


def _shares(contents: Contents, part: Part) -> Table:
    return Table(
        (of_tranche(contents, part, "in kind from"), "Share (% of the coupon)"),
        part.shown_shares,
        (part.name("share_dates"), part.name("share_shares")),
        "rate",
        SHARES,
    )


def _sweeps(contents: Contents):
    """Excess cash for the whole deal; for one tranche what is offered to it."""
    swept = [part for part in contents.parts if part.is_swept]
    if not swept:
        return
    currency, room = contents.deal.currency, sweep_room(contents.projection)
    if contents.tranche_id is None:
        cash = contents.projection.scenario.excess_cash
        heads = ("Paid on", f"Excess cash ({currency})")
        names = ("excess_cash_dates", "excess_cash_amounts")
        table = Table(heads, tuple(cash), names, "money", MOVES)
    else:
        part = swept[0]
        offered = part.conditions.swept
        table = _amounts(contents, part, "swept on", currency, offered, "swept")
    rule = "In date order, no gaps, on business days."
    yield "Excess-cash sweep", [rule], room, [table]


def _treasury(contents: Contents):
    """Treasury yields, for a make-whole premium; one table for all tranches."""
    protections = [part.plan.call_protection for part in contents.parts]
    if not any(each and each.make_whole for each in protections):
        return
    shown = contents.parts[0].shown_treasury_yields
    heads = ("Treasury from", "Yield (% a year)")
    names = ("treasury_dates", "treasury_yields")
    table = Table(heads, shown, names, "rate_exact", RATES)
    rule = "In date order, no gaps. Each yield holds from its date until the next."
    yield "Treasury yields", [rule], rounded_up(len(shown), YIELD_ROOM), [table]
