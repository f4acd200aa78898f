"""Inputs that make a rate: index paths, elections, leverage, default."""

from decimal import Decimal

from lexp_calc.terms import LARGEST_LEVERAGE
from workbook_templates import validations
from workbook_templates.contents import Contents, unique
from workbook_templates.part import Part
from workbook_templates.room import path_room
from workbook_templates.sheets.input_tables import (
    DATES,
    FIRST_TABLE_COLUMN,
    NO,
    RATES,
    SWITCH,
    YES,
    heading,
    of_tranche,
    pair,
)

LEVERAGE = validations.decimals(
    Decimal(0), LARGEST_LEVERAGE - Decimal("0.000001"), "A leverage such as 3.25 is due here."
)


def index_name(index: str) -> str:
    """The beginning of an index's defined names: 'LIBOR 1M' is libor_1m."""
    return index.casefold().replace(" ", "_")


def write_index_rates(sheet, row: int, contents: Contents) -> int:
    """A pair of columns an index: each rate holds from its date until the next."""
    floating = [part for part in contents.parts if part.is_floating]
    if not floating:
        return row
    indices = unique(i for part in floating for option in part.options for i in option.indices)
    room = path_room(contents.projection)
    head_row = heading(sheet, row, "Index rates", _rate_rules(contents, indices), room)
    for place, index in enumerate(indices):
        column = FIRST_TABLE_COLUMN + 2 * place
        path = _index_path(floating, index)
        values = list(zip(path.dates, path.rates, strict=True)) if path else []
        pair(
            sheet,
            head_row,
            column,
            (f"{index} from", f"{index} (% a year)"),
            values,
            room,
            (f"{index_name(index)}_dates", f"{index_name(index)}_rates"),
            ("date", "rate_exact"),
            (DATES, RATES),
        )
    return head_row + room + 2


def _index_path(floating: list[Part], index: str):
    """The longest path that a tranche of the workbook needs of an index."""
    paths = [part.conditions.index_paths.get(index) for part in floating]
    return max((path for path in paths if path), key=lambda path: len(path.dates), default=None)


def _rate_rules(contents: Contents, indices: list[str]) -> list[str]:
    """How the table is read, and what was observed of indices that are left blank."""
    rules = ["Each rate holds from its date until the next; dates in order, no gaps."]
    rules += [
        f"For comparison: {each.index} was {each.rate:.5%} on {each.date:%d-%b-%Y}."
        for each in contents.deal.observation.values()
        if each.index in indices
    ]
    return rules


def write_elections(sheet, row: int, contents: Contents) -> int:
    """Which index each tranche elects, from when on."""
    choosing = [p for p in contents.parts if p.is_floating and len(p.tranche.coupon.options) > 1]
    if not choosing:
        return row
    rules = [
        "In date order, no gaps. An election holds for the interest periods that begin on",
        "or after its date; before the first one the first option holds.",
    ]
    room = contents.election_room
    head_row = heading(sheet, row, "Elections", rules, room)
    for place, part in enumerate(choosing):
        options = tuple(option.index for option in part.tranche.coupon.options)
        word = validations.choice(options, f"One of {', '.join(options)} is due here.")
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, "elected from"), of_tranche(contents, part, "index")),
            part.shown_elections,
            room,
            (part.name("election_dates"), part.name("elections")),
            ("date", "choice"),
            (DATES, word),
        )
    return head_row + room + 2


def write_leverage(sheet, row: int, contents: Contents) -> int:
    """Leverage by date, of tranches whose margin turns on it."""
    parts = [part for part in contents.parts if part.has_grid]
    if not parts:
        return row - 1
    rules = [
        "In date order, no gaps: debt over earnings, each from its date until the next.",
        "Before the first one the margin holds that the terms name outside the grid.",
    ]
    room = parts[0].room.leverage
    head_row = heading(sheet, row, "Leverage", rules, room)
    for place, part in enumerate(parts):
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, "leverage from"), "Leverage (x)"),
            part.conditions.leverage,
            room,
            (part.name("leverage_dates"), part.name("leverage")),
            ("date", "price"),
            (DATES, LEVERAGE),
        )
    return head_row + room + 1


def write_defaults(sheet, row: int, contents: Contents) -> int:
    """From when on a tranche is in default, and no longer."""
    parts = [part for part in contents.parts if part.has_default]
    if not parts:
        return row - 1
    rules = ["In date order, no gaps: yes from the first day in default, no from the first after."]
    room = parts[0].room.defaults
    head_row = heading(sheet, row, "Default", rules, room)
    for place, part in enumerate(parts):
        states = [(day, YES if each else NO) for day, each in part.conditions.in_default]
        pair(
            sheet,
            head_row,
            FIRST_TABLE_COLUMN + 2 * place,
            (of_tranche(contents, part, "default from"), "In default"),
            states,
            room,
            (part.name("default_dates"), part.name("default_states")),
            ("date", "choice"),
            (DATES, SWITCH),
        )
    return head_row + room + 1
