"""The functions as LibreOffice declares them: UNO's interface and Calc's names and help texts.

A method for each function takes the calling document, which tells from which day its dates
count, and an `any` for each argument: a number, a text, rows of cells, or nothing where it is
left out.
"""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import SCALAR
from lexp_calc.spreadsheet_function import Function

SERVICE = "lexp.calc.Functions"
WHY = "LEXP_WHY"
WHY_HELP = "Why a function refuses these arguments, in words; empty where it has an answer."
WHY_ARGUMENTS = (
    ("function", 'Name of a function, such as "LEXP_FEE".'),
    ("arguments", "The arguments that it was given, in order."),
)
ROWS = "sequence<sequence<any> >"
DOCUMENT = "[in] com::sun::star::beans::XPropertySet document"
# Calc's own category for functions of extensions: all of lexp together, apart from Calc's.
CATEGORY = "Add-In"
CONFIGURATION = (
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' oor:name="CalcAddIns" oor:package="org.openoffice.Office">'
)


def answers_rows(function: Function) -> bool:
    """Whether it may answer with many cells: UNO has to know it beforehand."""
    return function.by_row or function.result.shape != SCALAR


def interface_definition() -> str:
    """The interface in UNO's own language, from which the type library is written."""
    methods = [_method(each) for each in FUNCTIONS.values()]
    why = f"        any {WHY}({DOCUMENT}, [in] any function, [in] sequence<any> arguments);"
    lines = [
        "module lexp { module calc {",
        "    interface XFunctions {",
        *methods,
        why,
        "    };",
        "}; };",
    ]
    return "\n".join(lines) + "\n"


def internal_name(name: str) -> str:
    """An argument's name as UNO takes it, without underscores: dayCount for day_count."""
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _method(function: Function) -> str:
    names = [internal_name(each.name) for each in function.arguments]
    arguments = [DOCUMENT, *(f"[in] any {each}" for each in names)]
    answer = ROWS if answers_rows(function) else "any"
    return f"        {answer} {function.name}({', '.join(arguments)});"


def add_in_configuration() -> str:
    """CalcAddIns.xcu: each function's name, help, category and arguments.

    The compatibility name is that by which a formula of an .xlsx file is found.
    """
    nodes = [_function_node(each) for each in FUNCTIONS.values()]
    nodes.append(_node(WHY, WHY_HELP, WHY_ARGUMENTS))
    functions = "\n".join(nodes)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{CONFIGURATION}\n'
        f'<node oor:name="AddInInfo">\n<node oor:name="{SERVICE}" oor:op="replace">\n'
        f'<node oor:name="AddInFunctions">\n{functions}\n'
        "</node>\n</node>\n</node>\n</oor:component-data>\n"
    )


def _function_node(function: Function) -> str:
    arguments = [(each.name, _help(each)) for each in function.arguments]
    return _node(function.name, function.help, arguments)


def _help(argument) -> str:
    return f"{argument.help} May be left out." if argument.is_optional else argument.help


def _node(name: str, words: str, arguments: Iterable[Sequence[str]]) -> str:
    parameters = "".join(
        f'<node oor:name="{internal_name(each)}" oor:op="replace">'
        f"{_shown('DisplayName', each)}{_shown('Description', text)}</node>"
        for each, text in arguments
    )
    return (
        f'<node oor:name="{name}" oor:op="replace">{_shown("DisplayName", name)}'
        f"{_shown('Description', words)}"
        f'<prop oor:name="Category"><value>{CATEGORY}</value></prop>'
        f"{_shown('CompatibilityName', name)}"
        f'<node oor:name="Parameters">{parameters}</node></node>'
    )


def _shown(name: str, text: str) -> str:
    """A property in English, which LibreOffice shows in every language that has no other."""
    return f'<prop oor:name="{name}"><value xml:lang="en">{escape(text)}</value></prop>'
