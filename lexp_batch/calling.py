"""Calls of spreadsheet functions from text: arguments of a command line, lines of JSON."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from io import StringIO
from typing import BinaryIO

from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, quoted
from lexp_calc.functions import function_named
from lexp_calc.spelling import expected_one_of
from lexp_calc.spreadsheet_function import Function, Table
from lexp_calc.wording import counted, decimal_text

LONGEST_LINE = 16_000_000  # bytes of one call; a column of 100,000 cells has far fewer
A_CALL = 'an object such as {"id": 1, "fn": "LEXP_FEE", "args": {"principal": 100}}'


# ------------------------------------------------------------- a command line


def arguments_from_words(function: Function, words: Iterable[str]) -> dict[str, object]:
    """The arguments of a call by name, from words in order, `--name value` and `--name=value`.

    An empty word leaves an optional argument out; `-` stands for `_` in a name.
    """
    by_name = {each.name: each for each in function.arguments}
    places = iter(function.arguments)
    given: dict[str, object] = {}
    words = iter(words)
    for word in words:
        if word.startswith("--") and len(word) > 2:
            name, _, text = word[2:].partition("=")
            name = name.replace("-", "_")
            if name not in by_name:
                raise NotThere(
                    name, "found no argument of this name", expected_one_of(name, by_name)
                )
            if "=" not in word:
                text = next(words, "")
            argument = by_name[name]
        else:
            argument, text = next(places, None), word
            if argument is None:
                found = f"found {quoted(text).removeprefix('found ')} after all arguments"
                expected = f"at most {counted(len(by_name), 'argument')}, {', '.join(by_name)},"
                raise WrongKind(function.name, found, f"{expected} would be right")
        if argument.name in given:
            raise WrongKind(argument.name, "found it twice", "to give it once would be right")
        given[argument.name] = argument.kind.from_text(argument.name, text) if text else None
    return given


def value_lines(value: object) -> Iterator[str]:
    """A value as a shell shows it: one line, a line a cell of a column, CSV for a table."""
    if isinstance(value, Table):
        text = StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(value.headings)
        lines.writerows(map(_cell_text, row) for row in value.rows)
        yield text.getvalue().rstrip("\n")
    elif isinstance(value, tuple):
        yield from map(_cell_text, value)
    else:
        yield _cell_text(value)


def _cell_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        # Amounts have their cents; what is not rounded is shown as far as a float carries.
        is_short = len(value.as_tuple().digits) <= 15
        return f"{value:f}" if is_short else decimal_text(Decimal(repr(float(value))))
    return "" if value is None else str(value)


# ------------------------------------------------------------- lines of JSON


def answers(calls: BinaryIO, fault: Callable[[BaseException], str]) -> Iterator[tuple[str, bool]]:
    """For each call the line that answers it, and whether it has a value.

    `fault` says what is wrong where the program itself is at fault. Empty lines are no calls.
    """
    while line := calls.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(calls)
            problem = WrongKind(
                "line",
                f"found more than {LONGEST_LINE:,} bytes",
                "a shorter call would be right",
            )
            yield json.dumps({"id": None, "error": str(problem)}), False
        elif line.strip():
            yield _answer(line, fault)


def _skip_line(calls: BinaryIO) -> None:
    while (rest := calls.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _answer(line: bytes, fault: Callable[[BaseException], str]) -> tuple[str, bool]:
    call_id = None
    try:
        call = _object(line)
        call_id = _id(call)
        value = _called(call)
        return json.dumps({"id": call_id, "value": as_json(value)}, default=_as_json_cell), True
    except LexpError as problem:
        text = str(problem).replace("\n", "; and ")
    except Exception as failure:  # one call is the outer shell: the next line is still answered
        text = fault(failure)
    return json.dumps({"id": call_id, "error": text}, default=_as_json_cell), False


def _object(line: bytes) -> dict:
    try:
        call = json.loads(line.decode("utf-8"), parse_float=Decimal, object_pairs_hook=_once_each)
    except UnicodeDecodeError:
        found = "found a byte that is not UTF-8"
        raise WrongKind("line", found, "JSON in UTF-8 would be right") from None
    except json.JSONDecodeError as failure:
        found = f"found no JSON: {failure.msg} at character {failure.colno}"
        raise WrongKind("line", found, f"{A_CALL} would be right") from None
    except RecursionError:
        found = "found lists nested too deeply"
        raise WrongKind("line", found, f"{A_CALL} would be right") from None
    except LexpError:
        raise
    except ValueError:  # a whole number of more digits than Python reads
        found = "found a number of too many digits"
        raise WrongKind("line", found, "amounts below 10,000,000,000,000 would be right") from None
    if not isinstance(call, dict):
        raise WrongKind("line", quoted(call), f"{A_CALL} would be right")
    return call


def _id(call: dict) -> object:
    """Any JSON, as it was given; a number that JSON cannot say back is refused."""
    given = call.get("id")
    if given is None or isinstance(given, (int, str)):
        return given
    try:
        json.dumps(given, default=_as_json_cell, allow_nan=False)
    except ValueError:
        found = "found a number beyond those of JSON"
        raise OutOfRange("id", found, "a finite number, or a text, would be right") from None
    return given


def _once_each(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise WrongKind(twice, "found it twice", "to give it once would be right")
    return found


def _called(call: dict) -> object:
    for key in call:
        if key not in ("id", "fn", "args"):
            known = expected_one_of(key, ("id", "fn", "args"))
            raise NotThere(key, "found no part of a call of this name", known)
    if "fn" not in call:
        raise NotThere("fn", "found nothing", "the name of a function would be right")
    function = function_named(call["fn"], "fn")
    given = call.get("args", {})
    if not isinstance(given, dict):
        expected = "an object of arguments by name would be right"
        raise WrongKind("args", quoted(given), expected)
    return function.plain(**given)


def as_json(value: object) -> object:
    """A value as JSON has it: a table as a list of rows, its headings first."""
    if isinstance(value, Table):
        return [value.headings, *value.rows]
    return value


def _as_json_cell(cell: object) -> object:
    return float(cell) if isinstance(cell, Decimal) else cell.isoformat()
