"""The pages of the functions are those of the table, and what they say to type is right."""

import ast
import shlex
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from addin.excel_values import as_cells
from lexp_batch.cli import main
from lexp_batch.function_pages import FOLDER, function_pages
from lexp_calc.functions import FUNCTIONS
from tests.lexp_batch.typed_formulas import answer, cells_of, same

DOCS = Path(__file__).parents[2] / "docs"
MAKE = "run: python scripts/write_function_pages.py"
every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@pytest.fixture(scope="module")
def fresh():
    return function_pages()


def page(function):
    return (DOCS / FOLDER / f"{function.name}.md").read_text("utf-8")


def blocks(text, language=""):
    """The texts between fences of a language, in order."""
    parts = text.split("\n```")
    return [part.removeprefix(f"{language}\n") for part in parts[1::2]
            if part.startswith(f"{language}\n")]  # fmt: skip


def test_there_is_a_page_for_each_function_and_no_other():
    kept = {path.relative_to(DOCS).as_posix() for path in (DOCS / FOLDER).iterdir()}
    assert kept == {f"{FOLDER}/{name}.md" for name in FUNCTIONS}, MAKE


def test_the_index_is_made_from_the_table(fresh):
    assert (DOCS / "functions.md").read_text("utf-8") == fresh["functions.md"], MAKE


@every_function
def test_the_page_is_made_from_the_table(function, fresh):
    assert page(function) == fresh[f"{FOLDER}/{function.name}.md"], MAKE


@every_function
def test_the_page_says_all_that_the_table_says(function):
    text = page(function)
    assert function.form in text
    for words in (function.help, function.source, function.result.unit[1:]):
        assert words in text
    for each in function.arguments:
        assert f"| `{each.name}` | {each.help}" in text
    for other in FUNCTIONS.values():
        is_related = other.category == function.category and other != function
        assert (f"({other.name}.md)" in text) == is_related


@every_function
def test_what_is_typed_in_excel_has_the_answer_of_the_example(function):
    text = page(function)
    example = text[text.index("In Excel") : text.index("On the command line")]
    (formula,) = blocks(example)
    found = answer(formula, cells_of(example.splitlines()))
    assert same(found, function.example.value)


@every_function
def test_the_line_for_the_shell_runs(function):
    text = page(function)
    _, line = blocks(text[text.index("In Excel") : text.index("In Python")])
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert (result.exit_code, result.stderr) == (0, "")


@every_function
def test_the_lines_in_python_have_the_answer_of_the_example(function):
    (code,) = blocks(page(function), "python")
    tree = ast.parse(code)
    names = {}
    exec(compile(ast.Module(tree.body[:-1], []), "page", "exec"), names)
    value = eval(compile(ast.Expression(tree.body[-1].value), "page", "eval"), names)
    assert same(as_cells(value), function.example.value)


@every_function
def test_each_refused_formula_is_refused_so(function):
    text = page(function)
    errors = text[text.index("## Errors") : text.index("## How it is computed")]
    rows = [line for line in errors.splitlines() if line.startswith("| ") and "#" in line]
    assert rows
    for row in rows:
        call, error, reason = (each.strip() for each in row.strip("|").split(" | "))
        if call.startswith("`"):
            found = answer(call.strip("`"))
            assert (found.text, found.reason) == (error.strip("`"), reason)
        assert error.strip("`") in ("#VALUE!", "#NUM!", "#N/A")


def test_the_page_of_a_fee():
    """In the words of the press release: 1.875% of the outstanding principal amount."""
    text = page(FUNCTIONS["LEXP_FEE"])
    assert "=LEXP_FEE(11500000, 0.01875)\n" in text
    assert "The answer is `215625`." in text
    assert "- `#NUM!`: a number out of range for `principal` or `fee_rate`." in text
    assert "`#N/A`" not in text  # nothing is looked up


def test_dates_are_dates_and_what_is_left_out_stays_empty():
    assert "=LEXP_BUSINESS_DAY(DATE(2007,6,30), \"Following\")\n" in page(
        FUNCTIONS["LEXP_BUSINESS_DAY"]
    )  # fmt: skip
    assert "400000,,, 12.5)\n" in page(FUNCTIONS["LEXP_EXCHANGE_CONSIDERATION"])


def test_an_answer_is_told_apart_from_another():
    assert not same(1.0000001, 1)
    assert not same([[1.0], [2.0]], [1, 3])
    assert not same(date(2007, 7, 3), "2007-07-02")
