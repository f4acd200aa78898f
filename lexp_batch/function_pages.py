"""A page for each spreadsheet function, and the index of them all, made from their table."""

from collections.abc import Iterable, Sequence
from datetime import date
from inspect import cleandoc
from textwrap import dedent

from lexp_batch.excel_spelling import typed_example
from lexp_batch.function_errors import ERRORS, Refusal, refusals
from lexp_batch.function_list import WIDTH, cell_text, example_call, result_text
from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import COLUMN, SCALAR, TABLE
from lexp_calc.spreadsheet_function import Function
from workbook_templates.example_cells import argument_values, expected_values
from workbook_templates.values import date_serial

INDEX, FOLDER = "functions.md", "functions"
MOST_ROWS, LONGEST_CELL = 6, 70  # of a table on a page


def function_pages() -> dict[str, str]:
    """{path below docs: text} of the index and of every page."""
    functions = list(FUNCTIONS.values())
    pages = {page_path(each): function_page(each, functions) for each in functions}
    return {INDEX: index_page(functions), **pages}


def page_path(function: Function) -> str:
    """Where a function's page is, below docs."""
    return f"{FOLDER}/{function.name}.md"


def index_page(functions: Sequence[Function]) -> str:
    """Every function by category, with its help and a link to its page."""
    lines = [
        "# Spreadsheet functions",
        "",
        f"{len(functions)} functions, the same in Excel, LibreOffice Calc, the shell and Python. "
        "Brackets: may be left out. [How they work in a sheet](excel.md): errors, ranges, dates. "
        "Made from the table of functions by `python scripts/write_function_pages.py`.",
    ]
    for category in _categories(functions):
        lines += ["", f"## {category}", "", "| function | what it gives |", "|---|---|"]
        for function in _of_category(category, functions):
            arguments = _in_a_table(function.form.removeprefix(function.name))
            link = f"[{function.name}]({page_path(function)}){arguments.replace('[', '&#91;')}"
            lines.append(f"| {link} | {_in_a_table(function.help)} |")
    return "\n".join(lines) + "\n"


def function_page(function: Function, functions: Sequence[Function]) -> str:
    """All about one function, for a person in front of a cell."""
    sections = (
        [f"# {function.name}", "", "```", function.form, "```", "", function.help],
        _arguments(function),
        _result(function),
        _example(function),
        _errors(function),
        _computed(function),
        _related(function, functions),
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _arguments(function: Function) -> list[str]:
    lines = ["## Arguments", "", "| argument | what it is | unit |", "|---|---|---|"]
    for each in function.arguments:
        optional = " *Optional.*" if each.is_optional else ""
        words = f"{_in_a_table(each.help)}{optional}"
        lines.append(f"| `{each.name}` | {words} | {_in_a_table(each.kind.unit)} |")
    return lines


def _result(function: Function) -> list[str]:
    words = f"{_capital(result_text(function))}."
    if function.result.shape == TABLE:
        words += " In a sheet it spills, its headings as the first row."
    elif function.result.shape != SCALAR:
        words += " In a sheet it spills downwards."
    if function.by_row:
        words += " Columns in place of single values give an answer for each row."
    return ["## Result", "", words]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ------------------------------------------------------------- the example, three ways


def _example(function: Function) -> list[str]:
    typed = typed_example(function)
    lines = ["## Example", ""]
    if typed.blocks:
        lines += [f"In Excel, with these cells in {typed.area}:", "", *_grid(typed.grid), ""]
    else:
        lines += ["In Excel:", ""]
    lines += ["```", typed.formula, "```", "", *_answer(function), ""]
    lines += ["On the command line:", "", "```", example_call(function), "```", ""]
    lines += ["In Python:", "", "```python", *_python(function), "```", ""]
    return [*lines, f"Source of the value: {function.source}."]


def _grid(rows: Sequence[Sequence]) -> list[str]:
    letters = [chr(ord("A") + place) for place in range(len(rows[0]))]
    lines = [f"| | {' | '.join(letters)} |", f"|---|{'---|' * len(letters)}"]
    for number, row in enumerate(rows, 1):
        lines.append(f"| **{number}** | {' | '.join(_cell(each) for each in row)} |")
    return lines


def _answer(function: Function) -> list[str]:
    rows = expected_values(function)
    if function.result.shape == TABLE:
        heads, *others = [[_cell(each) for each in row] for row in rows]
        lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
        lines += [f"| {' | '.join(row)} |" for row in others[:MOST_ROWS]]
        more = len(others) - MOST_ROWS
        return [*lines, *(["", f"… and {more} more rows."] if more > 0 else [])]
    if function.result.shape != SCALAR:
        shown = ", ".join(f"`{_cell(row[0])}`" for row in rows)
        return [f"The answer, a row each: {shown}."]
    value = rows[0][0]
    serial = ""
    if isinstance(value, date):
        serial = f", in a cell without a date format the serial number {date_serial(value)}"
    return [f"The answer is `{cell_text(value)}`{serial}."]


def _cell(value: object) -> str:
    text = "" if value is None else cell_text(value)
    if len(text) > LONGEST_CELL:
        text = f"{text[: LONGEST_CELL - 1].rstrip()}…"
    return _in_a_table(text)


def _python(function: Function) -> list[str]:
    words, has_dates = [], False
    for declared, argument in zip(function.plain.parameters, function.arguments, strict=True):
        if argument.name not in function.example.args:
            continue
        rows = argument_values(argument, function.example.args[argument.name])
        has_dates = has_dates or any(isinstance(cell, date) for row in rows for cell in row)
        words.append((declared.python_name, argument.kind.shape, rows))
    imports = ["from datetime import date", ""] if has_dates else []
    name = f"lexp_calc.{function.plain.__name__}"
    call = f"{name}({', '.join(f'{word}={_in_python(*value)}' for word, *value in words)})"
    if len(call) > WIDTH:
        lines = [f"    {word}={_in_python(*value, 4 + len(word))}," for word, *value in words]
        call = "\n".join([f"{name}(", *lines, ")"])
    return [*imports, "import lexp_calc", "", call]


def _in_python(shape: str, rows: tuple, already: int = 0) -> str:
    """A value as Python has it; a list that is too long with an element a line."""
    if shape == SCALAR:
        return _literal(rows[0][0])
    each = [_literal(row[0]) if shape == COLUMN else _list(map(_literal, row)) for row in rows]
    if already + len(_list(each)) < WIDTH:
        return _list(each)
    return "\n".join(["[", *(f"        {element}," for element in each), "    ]"])


def _list(elements: Iterable[str]) -> str:
    return f"[{', '.join(elements)}]"


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


# ------------------------------------------------------------- errors, formula, relations


def _errors(function: Function) -> list[str]:
    """Which error answers what, in words, and one refused call of each with its reason."""
    found = refusals(function)
    lines = ["## Errors", ""]
    table = ["", "| for instance | answer | what `LEXP_WHY` says |", "|---|---|---|"]
    for error in ERRORS:
        of_error = [each for each in found if each.error.text == error]
        if of_error:
            lines.append(f"- `{error}`: {_causes(of_error)}.")
            first = of_error[0]
            call = f"`{first.formula}`" if first.formula else f"{first.what} in `{first.argument}`"
            table.append(f"| {_in_a_table(call)} | `{error}` | {_in_a_table(first.error.reason)} |")
    return [*lines, "- An error cell as an argument is passed on as it is.", *table]


def _causes(found: Sequence[Refusal]) -> str:
    """a blank for `principal` or `fee_rate`; text for …: each cause with its arguments."""
    by_cause: dict[tuple[str, ...], list[str]] = {}
    for what in dict.fromkeys(each.what for each in found):
        names = tuple(dict.fromkeys(each.argument for each in found if each.what == what))
        by_cause.setdefault(names, []).append(what)
    return "; ".join(
        f"{_or(causes)} for {_or([f'`{name}`' for name in names])}"
        for names, causes in by_cause.items()
    )


def _or(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _computed(function: Function) -> list[str]:
    """What the plain function says of itself: formula, rounding, signs, authority."""
    paragraphs = [_paragraph(each) for each in cleandoc(function.plain.__doc__).split("\n\n")]
    return ["## How it is computed", "", "\n\n".join(paragraphs)]


def _paragraph(text: str) -> str:
    """A paragraph as Markdown: one line, or a block as it is where it is indented."""
    if text.startswith("    "):
        return f"```\n{dedent(text)}\n```"
    return " ".join(text.split()).replace("*", "\\*").replace("<", "&lt;")


def _related(function: Function, functions: Sequence[Function]) -> list[str]:
    others = [each for each in _of_category(function.category, functions) if each != function]
    links = ", ".join(f"[{each.name}]({each.name}.md)" for each in others)
    return [
        f"## {function.category}",
        "",
        links,
        "",
        "[All functions](../functions.md) · [The functions in Excel](../excel.md)",
    ]


def _categories(functions: Sequence[Function]) -> list[str]:
    return list(dict.fromkeys(each.category for each in functions))


def _of_category(category: str, functions: Sequence[Function]) -> list[Function]:
    return [each for each in functions if each.category == category]


def _in_a_table(text: str) -> str:
    return text.replace("|", "\\|")
