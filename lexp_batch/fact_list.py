"""Facts on stdout: a JSON list for programs, groups with their derivations for people."""

from dataclasses import asdict
from decimal import Decimal
from itertools import groupby
from textwrap import wrap

from lexp_batch.tables import json_text
from lexp_calc.facts import Fact
from lexp_calc.facts.fact import RATE
from lexp_calc.wording import amount_text, decimal_text, per_cent_text

WIDTH = 100


def facts_json(facts: tuple[Fact, ...]) -> str:
    """One object a fact, with the names of its fields; rates as plain decimals."""
    records = []
    for fact in facts:
        record = asdict(fact)
        if fact.unit == RATE:
            for name in ("value", "printed", "difference"):
                if record[name] is not None:
                    record[name] = Decimal(decimal_text(record[name]))
        records.append(record)
    return json_text(records)


def facts_for_people(facts: tuple[Fact, ...]) -> str:
    """Each fact with its value, how it was derived, and the printed figure where it has one."""
    lines = []
    for group, members in groupby(facts, key=lambda fact: fact.group):
        lines += ["", group, "=" * len(group)] if lines else [group, "=" * len(group)]
        for fact in members:
            lines += _lines(fact)
    differing = [fact for fact in facts if fact.difference]
    end = ":" if differing else "."
    lines += ["", f"{len(facts)} facts; printed and rule differ in {len(differing)}{end}"]
    lines += [
        f"  {fact.id}: {_shown(fact, fact.printed)} printed, {_shown(fact, fact.value)} by the "
        f"rule, difference {_shown(fact, fact.difference)}"
        for fact in differing
    ]
    return "\n".join(lines)


def _lines(fact: Fact) -> list[str]:
    value = _shown(fact, fact.value)
    unit = f" {fact.unit}" if isinstance(fact.value, Decimal) and fact.unit != RATE else ""
    how = f"{fact.derivation} [{fact.source}]"
    lines = wrap(f"{fact.figure}: {value}{unit}", WIDTH, subsequent_indent="    ")
    lines += wrap(how, WIDTH, initial_indent="    ", subsequent_indent="    ")
    if fact.printed is not None:
        difference = _shown(fact, fact.difference) if fact.difference else "none"
        lines.append(f"    printed {_shown(fact, fact.printed)}, difference {difference}")
    return lines


def _shown(fact: Fact, value) -> str:
    if fact.unit == RATE:
        return per_cent_text(value)
    if isinstance(value, Decimal):
        return amount_text(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
