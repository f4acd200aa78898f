"""Collateral that a term sheet takes from a receivables ageing instead of stating its lines.

    collateral.revolver.receivables = { ageing = "ageing.csv", as_of = 2024-03-31 }

The class's own `ageing` terms say how old is too old and which ineligible takes which
line; further lines may stand beside the file.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from lexp_calc.ageing import AgeingRules, Limits, aged_receivables
from lexp_calc.ageing_rows import amounts_in_csv
from lexp_calc.collateral_terms import GROSS
from lexp_calc.csv_files import csv_text
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, quoted
from lexp_calc.money import Currency, currency
from lexp_calc.rates import units
from lexp_calc.terms import read_day
from lexp_calc.validation import validated

AGEING, AS_OF = "ageing", "as_of"


def with_ageings(tables: dict, folder: Path, problems: list[LexpError]) -> dict:
    """The tables with each ageing file of a scenario's collateral replaced by its lines."""
    scenarios = _table(tables, "scenario")
    read = {}
    for name, scenario in scenarios.items():
        collateral = {}
        for tranche_id, classes in _table(scenario, "collateral").items():
            collateral[tranche_id] = classes
            if not isinstance(classes, dict):
                continue
            collateral[tranche_id] = {
                class_id: _lines(
                    lines,
                    tables,
                    folder,
                    (name, tranche_id, class_id),
                    problems,
                )
                for class_id, lines in classes.items()
            }
        read[name] = {**scenario, "collateral": collateral} if collateral else scenario
    return {**tables, "scenario": read} if read else tables


def _table(tables: object, name: str) -> dict:
    table = tables.get(name) if isinstance(tables, dict) else None
    return table if isinstance(table, dict) else {}


def _lines(lines: object, tables: dict, folder: Path, place: tuple, problems: list) -> object:
    """The lines of one class; as they stand where no ageing is named or it cannot be read."""
    if not isinstance(lines, dict) or AGEING not in lines:
        return lines
    name, tranche_id, class_id = place
    where = f"scenario.{name}.collateral.{tranche_id}.{class_id}"
    stated = {key: value for key, value in lines.items() if key not in (AGEING, AS_OF)}
    tranche = _table(_table(tables, "tranche"), tranche_id)
    terms = _table(tranche, "borrowing_base").get(class_id)
    if not isinstance(terms, dict):
        return stated  # an unknown class is reported as that
    if not isinstance(terms.get(AGEING), dict):
        path = f"tranche.{tranche_id}.borrowing_base.{class_id}.{AGEING}"
        expected = f"{path}, with the lines that it fills, would be right"
        problems.append(NotThere(f"{where}.{AGEING}", "found no rules for an ageing", expected))
        return stated
    try:
        rules = validated(AgeingRules, terms[AGEING], "")
    except LexpError:
        return stated  # reported with the terms
    try:
        aged = _aged(lines, rules, tables, folder)
        for line in stated:
            if line in aged:
                found = f"found {line} beside an ageing that gives it"
                raise OutOfRange(line, found, "one of the two would be right")
    except LexpError as problem:
        problems.append(problem.at(where))
        return stated
    return {**aged, **stated}


def _aged(lines: dict, rules: AgeingRules, tables: dict, folder: Path) -> dict[str, Decimal]:
    """Gross amount and ineligibles that the file gives, by line."""
    file = lines[AGEING]
    if not isinstance(file, str):
        raise WrongKind(AGEING, quoted(file), "the path of a CSV file would be right")
    as_of: date | None = None
    if AS_OF in lines:
        try:
            as_of = read_day(lines[AS_OF])
        except LexpError as problem:
            raise problem.at(AS_OF, "") from None
    money = _money(tables)
    amounts = amounts_in_csv(csv_text(folder, file, AGEING), file, money, rules.over_days, as_of)
    limits = Limits(rules.over_days, units(rules.cross_age), units(rules.concentration_limit))
    by_criterion = rules.lines.by_criterion
    try:
        found = aged_receivables(amounts, limits, tuple(by_criterion))
    except LexpError as problem:
        raise type(problem)(file, problem.found, problem.expected) from None
    taken = {line: money.amount(found.lines[each]) for each, line in by_criterion.items()}
    return {GROSS: money.amount(found.gross), **taken}


def _money(tables: dict) -> Currency:
    """The deal's currency; with cents where the term sheet's own is not readable."""
    try:
        return currency(tables.get("currency"))
    except LexpError:
        return currency("USD")
