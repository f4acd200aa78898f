"""The spreadsheet functions as a list for people and as JSON."""

import json
import shlex
from collections.abc import Sequence
from decimal import Decimal
from textwrap import indent, wrap

from lexp_calc.kinds import SCALAR
from lexp_calc.spreadsheet_function import Function

WIDTH = 96


def all_functions(functions: Sequence[Function]) -> str:
    """Each function with its help, by category."""
    lines = []
    for category in dict.fromkeys(each.category for each in functions):
        lines += [category, "=" * len(category)]
        for function in functions:
            if function.category != category:
                continue
            lines.append(function.form)
            lines += wrap(function.help, WIDTH, initial_indent="    ", subsequent_indent="    ")
        lines.append("")
    lines.append(f"{len(functions)} functions; `lexp functions NAME` says all about one")
    return "\n".join(lines)


def one_function(function: Function) -> str:
    """All about one function: what a person in front of a cell would ask."""
    lines = [function.form, *wrap(function.help, WIDTH), ""]
    width = max(len(each.name) for each in function.arguments)
    for each in function.arguments:
        optional = " Optional." if each.is_optional else ""
        text = f"{each.name.ljust(width)}  {each.help}{optional} ({each.kind.unit})"
        lines += wrap(text, WIDTH, subsequent_indent=" " * (width + 2))
    lines += ["", f"Result: {result_text(function)}", "", "Example"]
    lines.append(indent(example_call(function), "    "))
    lines += [f"    = {cell_text(row)}" for row in _value_rows(function.example.value)]
    lines += wrap(f"Source: {function.source}", WIDTH)
    return "\n".join(lines)


def result_text(function: Function) -> str:
    """The result's unit, with its shape where it is more than one value."""
    result = function.result
    return result.unit if result.shape == SCALAR else f"{result.shape}: {result.unit}"


def example_call(function: Function) -> str:
    """The example as typed after `lexp calc`, arguments by name."""
    words = [f"--{name} {_word(value)}" for name, value in function.example.args.items()]
    return " ".join(["lexp calc", function.name, *words])


def _word(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=float)
    if '"' in text:
        return shlex.quote(text)
    return f'"{text}"' if set(" [(") & set(text) or not text else text


def _value_rows(value: object) -> list:
    return value if isinstance(value, list) else [value]


def cell_text(value: object) -> str:
    """A value of an example as text; the cells of a row beside one another."""
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)


def functions_json(functions: Sequence[Function]) -> str:
    """All functions as a list of objects."""
    return json.dumps([_record(each) for each in functions], indent=2, default=_plain)


def _record(function: Function) -> dict:
    return {
        "name": function.name,
        "category": function.category,
        "help": function.help,
        "arguments": [
            {
                "name": each.name,
                "unit": each.kind.unit,
                "optional": each.is_optional,
                "help": each.help,
            }
            for each in function.arguments
        ],
        "result": result_text(function),
        "example": {"args": function.example.args, "value": function.example.value},
    }


def _plain(value: Decimal) -> float:
    return float(value)
