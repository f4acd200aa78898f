"""The functions of warrants as spreadsheets call them: examples, and what each argument refuses."""

from datetime import date

import pytest

from lexp_calc.errors import LexpError
from lexp_calc.functions.warrants import WARRANT_FUNCTIONS
from lexp_calc.kinds import COLUMN, DATE, NUMBER, TEXT
from lexp_calc.spreadsheet_function import LONGEST_HELP, Table

NAMES = {
    "LEXP_WARRANT_EXERCISE_VALUE": ("share_price", "warrants", "strike", "as_of"),
    "LEXP_WARRANT_VALUE": (
        "share_price",
        "strike",
        "expiry",
        "as_of",
        "volatility",
        "rate",
        "warrants",
        "shares_outstanding",
    ),
    "LEXP_WARRANT_SHARES": ("share_price", "warrants", "strike"),
    "LEXP_WARRANTS_RETIRED": (
        "notes_redeemed",
        "notes_outstanding",
        "warrants",
        "redemption_date",
    ),
}
EVERYWHERE = ["", "   ", "#N/A", float("nan"), float("inf"), 1e308, True, {}, "four"]
BAD = {
    NUMBER: [*EVERYWHERE, [1], "4", date(2005, 1, 1), -1e14],
    DATE: [*EVERYWHERE, ["2005-01-01"], 38000, "2005-02-29", "01/02/2005", "1900-02-28"],
    TEXT: [*EVERYWHERE, ["up"], 4],
}
IN_A_COLUMN = [[], [[1, 2], [3, 4]], 4, "4", [None, 4], ["#N/A"], [float("nan")], [True]]


def by_name(function):
    return function.name


def flat(value):
    if isinstance(value, Table):
        value = [value.headings, *value.rows]
    if isinstance(value, (list, tuple)):
        return [each for item in value for each in flat(item)]
    return [str(value) if isinstance(value, date) else value]


@pytest.mark.parametrize("function", WARRANT_FUNCTIONS, ids=by_name)
def test_the_example(function):
    found, expected = flat(function.plain(**function.example.args)), flat(function.example.value)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == other or float(one) == pytest.approx(float(other), rel=1e-9)


@pytest.mark.parametrize("function", WARRANT_FUNCTIONS, ids=by_name)
def test_the_words_fit(function):
    texts = [function.help, *(each.help for each in function.arguments)]
    assert all(0 < len(text) <= LONGEST_HELP for text in texts)
    assert function.category == "Warrants" and function.source


def test_names_and_order_of_arguments_hold():
    functions = {function.name: function for function in WARRANT_FUNCTIONS}
    for name, expected in NAMES.items():
        names = tuple(each.name for each in functions[name].arguments)
        assert names[: len(expected)] == expected


def bad_calls():
    for function in WARRANT_FUNCTIONS:
        for argument in function.arguments:
            bad = IN_A_COLUMN if argument.kind.shape == COLUMN else BAD[argument.kind.written]
            for value in bad:
                yield pytest.param(
                    function, argument.name, value, id=f"{function.name}-{argument.name}-{value!r}"
                )


@pytest.mark.parametrize(("function", "name", "value"), bad_calls())
def test_what_is_bad_is_refused_by_the_arguments_name(function, name, value):
    with pytest.raises(LexpError) as caught:
        function.plain(**(function.example.args | {name: value}))
    problems = getattr(caught.value, "problems", [caught.value])
    assert any(problem.where.partition("[")[0] == name for problem in problems)


@pytest.mark.parametrize("function", WARRANT_FUNCTIONS, ids=by_name)
def test_what_must_be_given_is_missed_by_name(function):
    for argument in function.arguments:
        if argument.is_optional:
            continue
        rest = {k: v for k, v in function.example.args.items() if k != argument.name}
        with pytest.raises(LexpError, match=f"{argument.name}: found nothing"):
            function.plain(**rest)


LIMITS = [
    ("LEXP_WARRANT_VALUE", "volatility", 5.01),
    ("LEXP_WARRANT_VALUE", "volatility", -0.01),
    ("LEXP_WARRANT_VALUE", "rate", 1.01),
    ("LEXP_WARRANT_VALUE", "rate", -1.01),
    ("LEXP_WARRANT_VALUE", "strike", 0),
    ("LEXP_WARRANT_VALUE", "share_price", -0.01),
    ("LEXP_WARRANT_VALUE_IN_WINDOW", "dividend_yield", -0.01),
    ("LEXP_WARRANT_VALUE_IN_WINDOW", "dividend_yield", 1.01),
    ("LEXP_WARRANT_SENSITIVITY", "share_prices", [1, -1]),
    ("LEXP_WARRANT_SENSITIVITY", "volatilities", [0.3, 5.5]),
    ("LEXP_WARRANT_SHARES", "warrants", 10.5),
    ("LEXP_WARRANT_SHARES", "warrants", -10),
    ("LEXP_WARRANTS_RETIRED", "notes_redeemed", 0.001),
    ("LEXP_WARRANTS_RETIRED", "notes_outstanding", 0),
]


@pytest.mark.parametrize(("name", "argument", "value"), LIMITS)
def test_what_is_out_of_range_is_refused(name, argument, value):
    function = next(each for each in WARRANT_FUNCTIONS if each.name == name)
    with pytest.raises(LexpError, match=argument):
        function.plain(**(function.example.args | {argument: value}))
