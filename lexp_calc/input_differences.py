"""Which terms and which inputs are not the same on several sides, by path and as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.deal import Deal
from lexp_calc.scenario import ByDate, Scenario
from lexp_calc.term_list import listed_terms
from lexp_calc.terms import EARLIEST_DATE, read_rate, read_volatility
from lexp_calc.wording import amount_text, per_cent_text

MOST_DATES = 12  # of one input, listed date by date
READ_AS_RATES = (read_rate, read_volatility)
NOT_INPUTS = ("source", "assumption", "inherits")

Dated = tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Difference:
    """A term or an input that is not the same on all sides; None where a side has none."""

    path: str
    values: tuple[str | None, ...]


def term_differences(deals: list[Deal]) -> tuple[Difference, ...]:
    """The terms that differ; scenarios aside."""
    return _differing([_terms(deal) for deal in deals])


def input_differences(scenarios: list[Scenario]) -> tuple[Difference, ...]:
    """The inputs that differ, everything inherited included.

    What changes by date is listed by date where every side has dates, and few of them.
    """
    given = [dict(_inputs(scenario)) for scenario in scenarios]
    return _differing(
        [
            {
                place: text
                for path, value in side.items()
                for place, text in _written(path, value, [other.get(path) for other in given])
            }
            for side in given
        ]
    )


def _differing(sides: list[dict[str, str]]) -> tuple[Difference, ...]:
    paths = dict.fromkeys(path for side in sides for path in side)
    found = (Difference(path, tuple(side.get(path) for side in sides)) for path in paths)
    return tuple(each for each in found if len(set(each.values)) > 1)


def _terms(deal: Deal) -> dict[str, str]:
    return {
        term.path: _text(term.value, is_rate=term.unit == "rate")
        for term in listed_terms(deal)
        if not term.path.startswith("scenario.")
    }


def _text(value: object, is_rate: bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return per_cent_text(value) if is_rate else amount_text(value)
    return str(value)


def _inputs(scenario: Scenario) -> Iterator[tuple[str, str | Dated]]:
    """Each input by its path: as text, or as text by date."""
    for name, field in type(scenario).model_fields.items():
        if name not in NOT_INPUTS:
            yield from _leaves(name, getattr(scenario, name), _is_rate(field))


def _is_rate(field) -> bool:
    """Whether what the field has, flat or by date, is a rate, by what its type is made of."""
    parts = [*field.metadata, field.annotation]
    for part in parts:
        read = part.read if isinstance(part, ByDate) else part
        if read in READ_AS_RATES:
            return True
        func = getattr(part, "func", None)  # of a validator
        parts += [func] if func else []
        parts += [*getattr(part, "__metadata__", ()), *getattr(part, "__args__", ())]
    return False


def _leaves(path: str, value: object, is_rate: bool) -> Iterator[tuple[str, str | Dated]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(f"{path}.{key}", each, is_rate)
    elif isinstance(value, tuple):
        if value:
            yield path, tuple((day, _text(each, is_rate)) for day, each in value)
    elif value is not None:
        yield path, _text(value, is_rate)


def _written(path: str, value: str | Dated, sides: list) -> Iterator[tuple[str, str]]:
    """(path, text) of an input, in a form that fits what all sides have there."""
    if isinstance(value, str):
        yield path, value
        return
    if any(each is None or _is_flat(each) or len(each) > MOST_DATES for each in sides):
        yield path, value[0][1] if _is_flat(value) else _in_short(value)
        return
    for day, text in value:
        yield path if day == EARLIEST_DATE else f"{path}.{day}", text


def _in_short(value: Dated) -> str:
    """'36 dates: 4.00% at first, 3.25% from 2008-12-16'."""
    texts = [
        f"{text} at first" if day == EARLIEST_DATE else f"{text} from {day}" for day, text in value
    ]
    return texts[0] if len(texts) == 1 else f"{len(texts):,} dates: {texts[0]}, {texts[-1]}"


def _is_flat(value: str | Dated) -> bool:
    return isinstance(value, str) or (len(value) == 1 and value[0][0] == EARLIEST_DATE)
