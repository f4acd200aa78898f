"""Every term of a group as a list: what it is, its value, its unit, and who says so."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from lexp_calc.terms import Terms, Unit

NOT_TERMS = ("source", "assumption", "type")
NUMBERED_GROUP = re.compile(r"(\w+)s\.(\d+)")  # liens.1: the first lien
NOT_STATED = "not stated in the documents"


@dataclass(frozen=True)
class Term:
    """One term: `source` is a passage id; without one, `assumption` says why it was taken."""

    path: str  # as in the term sheet: coupon.floor
    value: Any
    unit: str  # amount | rate | date | count | yes/no | text
    source: str | None
    assumption: str | None

    @property
    def label(self) -> str:
        """The path in words: 'Coupon: floor', 'Coupon: option 1: margin'."""
        words = NUMBERED_GROUP.sub(r"\1 \2", self.path)
        words = words.replace("_", " ").replace("-", " ").replace(".", ": ")
        return words[:1].upper() + words[1:]


def listed_terms(
    group: Terms,
    path: str = "",
    source: str | None = None,
    assumption: str | None = None,
    only: Container[str] | None = None,
) -> Iterator[Term]:
    """All terms that are given, nested ones by their path, in the order of their types.

    A nested term takes its source or assumption from the nearest entry above it. `only`
    leaves out all of the group's fields but these.
    """
    for name, unit in _fields(type(group)):
        value = getattr(group, name)
        if value is None or value == () or value == {} or (only is not None and name not in only):
            continue
        named_source = group.source.get(name)
        named_assumption = group.assumption.get(name)
        own = named_source is not None or named_assumption is not None
        stated = named_source if own else source
        assumed = named_assumption if own else assumption
        nested = tuple(nested_terms(value))
        for key, each in nested:
            yield from listed_terms(each, f"{path}{name}{key}.", stated, assumed)
        if not nested:
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            assumed = None if stated else assumed or NOT_STATED
            if isinstance(value, dict):
                for key, each in value.items():
                    yield Term(f"{path}{name}.{key}", each, unit_of(each, unit), stated, assumed)
            else:
                yield Term(f"{path}{name}", shown, unit_of(value, unit), stated, assumed)


def passage_stating(group: Terms, path: str) -> str | None:
    """The passage that states a term (by its path, coupon.rate): its own, or an entry's above it.

    None where it is an assumption, or the group has no such term.
    """
    passage, value = None, group
    for name in path.split("."):
        if isinstance(value, Terms):
            if name not in type(value).model_fields:
                return None
            passage = value.source.get(name, None if name in value.assumption else passage)
            value = getattr(value, name)
        else:
            value = value[name] if isinstance(value, dict) else value[int(name) - 1]
    return passage


def nested_terms(value: Any) -> Iterator[tuple[str, Terms]]:
    """The groups of terms within a value, each with how its path goes on."""
    if isinstance(value, Terms):
        yield "", value
    elif isinstance(value, dict):
        yield from ((f".{key}", each) for key, each in value.items() if isinstance(each, Terms))
    elif isinstance(value, tuple):
        for number, each in enumerate(value, 1):
            if isinstance(each, Terms):
                yield f".{number}", each


@cache
def _fields(kind: type[Terms]) -> tuple[tuple[str, str], ...]:
    """The fields that hold terms, each with the unit that its type says of a number."""
    return tuple(
        (name, next(_units_in((*field.metadata, field.annotation)), "count"))
        for name, field in kind.model_fields.items()
        if name not in NOT_TERMS
    )


def unit_of(value: Any, unit: str) -> str:
    """What kind of figure a term is; `unit` is what its type says of a number."""
    if isinstance(value, bool):
        return "yes/no"
    if isinstance(value, date):
        return "date"
    if isinstance(value, int):
        return "count"
    if isinstance(value, Decimal):
        return unit
    return "text"


def _units_in(parts) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Unit):
            yield part.name
        else:
            yield from _units_in((*getattr(part, "__metadata__", ()), *get_args(part)))
