"""A plain Python function that spreadsheets and the command line may call by its name.

The function says its arguments once, in its signature: their order, their kinds, which may
be left out. `spreadsheet_function` reads every argument by its kind before the body runs, so
the body is the formula alone; `Function` adds the words that people need.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, wraps
from inspect import Parameter, signature
from typing import Any, get_args, get_origin

from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, refuse_all
from lexp_calc.kinds import Kind, Result
from lexp_calc.money import LARGEST_AMOUNT
from lexp_calc.spelling import expected_one_of
from lexp_calc.wording import counted

PREFIX = "LEXP_"
LONGEST_HELP = 255  # characters that a spreadsheet shows


@dataclass(frozen=True)
class Declared:
    """One argument of a plain function, as its signature has it.

    `python_name` ends in an underscore where the name is a word of Python, such as yield.
    """

    name: str
    python_name: str
    kind: Kind
    is_optional: bool
    default: object  # as the function takes it; None where there is none


def parameters_of(function: Callable) -> tuple[Declared, ...]:
    """The arguments of a function whose annotations are kinds, in order."""
    return tuple(_parameter(each) for each in signature(function).parameters.values())


def _parameter(parameter: Parameter) -> Declared:
    kind = _annotated(parameter.annotation, Kind)
    is_optional = parameter.default is not Parameter.empty
    default = parameter.default if is_optional else None
    name = parameter.name.rstrip("_")
    if default is not None:
        default = kind.read(name, default)
    return Declared(name, parameter.name, kind, is_optional, default)


def _annotated(annotation: object, of: type) -> Any:
    """The Kind or Result in `Annotated[...]`, also in `Annotated[...] | None`."""
    for each in (annotation, *get_args(annotation)):
        for extra in getattr(each, "__metadata__", ()):
            if isinstance(extra, of):
                return extra
    raise TypeError(
        f"{annotation} names no {of.__name__.lower()} (origin {get_origin(annotation)})"
    )


def spreadsheet_function(function: Callable) -> Callable:
    """The function with each argument read by its kind; what is bad is refused by its name.

    None counts as left out. All bad arguments are reported together.
    """
    parameters = parameters_of(function)
    names = [each.name for each in parameters]
    result = _annotated(signature(function).return_annotation, Result)

    @wraps(function)
    def checked(*given, **by_name):
        if len(given) > len(parameters):
            raise _too_many(function, len(given), names)
        values, problems = [], []
        for position, parameter in enumerate(parameters):
            name = parameter.name
            if position < len(given):
                value = given[position]
                if name in by_name:
                    raise WrongKind(name, "found it twice", "to give it once would be right")
            else:
                value = by_name.pop(name, None)
                if value is None and parameter.python_name in by_name:
                    value = by_name.pop(parameter.python_name)
            if value is None:
                if not parameter.is_optional:
                    expected = f"a value would be right ({parameter.kind.unit})"
                    problems.append(WrongKind(name, "found nothing (a blank)", expected))
                values.append(parameter.default)
                continue
            try:
                values.append(parameter.kind.read(name, value))
            except LexpError as problem:
                problems.append(problem)
        problems += [_unknown(name, names) for name in by_name]
        if problems:
            refuse_all(problems)
        return _sound(function(*values))

    checked.parameters = parameters
    checked.result = result
    return checked


def _too_many(function: Callable, number: int, names: list[str]) -> WrongKind:
    expected = f"at most {len(names)} ({', '.join(names)}) would be right"
    return WrongKind(function.__name__, f"found {counted(number, 'argument')}", expected)


def _unknown(name: str, names: list[str]) -> NotThere:
    return NotThere(name, "found no argument of this name", expected_one_of(name, names))


def _sound(value: object) -> object:
    """The value, if it is no float beyond all numbers, and no amount beyond the largest."""
    if isinstance(value, float) and not math.isfinite(value):
        raise OutOfRange("result", f"found {value}", "arguments that give a number would be right")
    if isinstance(value, Decimal) and abs(value) >= LARGEST_AMOUNT:
        expected = f"arguments that give less than {LARGEST_AMOUNT:,.0f} would be right"
        raise OutOfRange("result", f"found {value:.4g}", expected)
    return value


@dataclass(frozen=True)
class Table:
    """A table that a function gives back: headings, and rows of dates, numbers and texts.

    None is an empty cell.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple, ...]

    def to_frame(self):
        """The table as a pandas DataFrame; exact decimals stay as they are."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.headings))

    def _repr_html_(self) -> str:
        from lexp_calc.html import table_html

        return table_html(self.headings, self.rows)


@dataclass(frozen=True)
class Example:
    """A call with its answer: `args` as `lexp calc --jsonl` takes them, by name.

    `value` is a number, a text, a list (a column) or a list of rows (a table with its
    headings); a date is its ISO form.
    """

    args: dict[str, object]
    value: object


@dataclass(frozen=True)
class Argument:
    """One argument of a spreadsheet function with its help."""

    name: str
    kind: Kind
    is_optional: bool
    help: str


@dataclass(frozen=True)
class Function:
    """A spreadsheet function: a plain function and what people need to know of it.

    `help` and the help of each argument are at most 255 characters; `source` says whose
    number the example's value is. Where it answers `by_row`, a spreadsheet may give a column
    for each of its values and has an answer for each row.
    """

    plain: Callable
    category: str
    help: str
    argument_help: dict[str, str]
    example: Example
    source: str
    by_row: bool = False

    @cached_property
    def name(self) -> str:
        """Its name in a cell."""
        return PREFIX + self.plain.__name__.upper()

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments in order."""
        return tuple(
            Argument(each.name, each.kind, each.is_optional, self.argument_help[each.name])
            for each in self.plain.parameters
        )

    @cached_property
    def form(self) -> str:
        """LEXP_FEE(principal, fee_rate), with brackets around what may be left out."""
        names = (f"[{each.name}]" if each.is_optional else each.name for each in self.arguments)
        return f"{self.name}({', '.join(names)})"

    @property
    def result(self) -> Result:
        """What comes back."""
        return self.plain.result
