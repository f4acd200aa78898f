"""The functions of a spreadsheet in VBA: one wrapper for each entry of the registry.

A wrapper hands its arguments on; what is common to all of them is `vba/LexpRuntime.bas`.
"""

from collections.abc import Iterable

from addin.build.vba_module import Module, quoted, standard_module
from addin.udfs import WHY, argument_name, category
from lexp_calc.functions import FUNCTIONS
from lexp_calc.spreadsheet_function import LONGEST_HELP, Function

LONGEST_LINE = 100  # VBA's own limit is 1,023 characters, and 24 continued lines
CONTINUED = " _\n        "
ABOVE_WRAPPERS = """Option Explicit

' The functions of the category "{category}".
"""
WHY_CATEGORY = "LEXP help"
WHY_HELP = (
    "Why a function of lexp has no answer, in words: of the cell with the error, "
    '=LEXP_WHY(D5), or of a call, =LEXP_WHY("LEXP_FEE", B4, B5). Empty where there is one.'
)
WHY_ARGUMENTS = (
    "The cell with the error, or the name of a function in quotes.",
    "Where a function is named: the cells that it was given, in order.",
)


def wrapper_modules() -> list[Module]:
    """A module for each category, in the order of the registry."""
    return [_wrappers(name, functions) for name, functions in by_category().items()]


def by_category() -> dict[str, list[Function]]:
    """The registry's functions under their categories."""
    categories: dict[str, list[Function]] = {}
    for function in FUNCTIONS.values():
        categories.setdefault(function.category, []).append(function)
    return categories


def module_name(category_name: str) -> str:
    """The module of a category: "Notes and exchange" is in LexpNotesAndExchange."""
    return "Lexp" + "".join(word[0].upper() + word[1:] for word in category_name.split())


def _wrappers(category_name: str, functions: Iterable[Function]) -> Module:
    head = ABOVE_WRAPPERS.format(category=category_name)
    return standard_module(module_name(category_name), "\n".join((head, *map(wrapper, functions))))


def wrapper(function: Function) -> str:
    """One function in VBA.

    VBA has no required argument after an optional one, so all behind the first are optional.
    """
    names = [argument_name(each) for each in function.arguments]
    required = next(
        (n for n, each in enumerate(function.arguments) if each.is_optional), len(names)
    )
    declared = [
        f"{'' if n < required else 'Optional '}{name} As Variant" for n, name in enumerate(names)
    ]
    return "\n".join(
        (
            _listed(f"Public Function {function.name}(", declared, ") As Variant"),
            f"Attribute {function.name}.VB_Description = {_help(function.help)}",
            _listed(f'    {function.name} = LexpCall("{function.name}", Array(', names, "))"),
            "End Function\n",
        )
    )


def _listed(before: str, items: Iterable[str], after: str) -> str:
    """The items between commas, on as few lines as fit."""
    lines, line = [], before
    *firsts, last = items
    for item in (*(f"{each}," for each in firsts), last + after):
        if len(line) + len(item) > LONGEST_LINE:
            lines.append(line.rstrip())
            line = ""
        line += item + " "
    return CONTINUED.join((*lines, line.rstrip()))


def _help(text: str) -> str:
    return quoted(text[:LONGEST_HELP])


def description_code() -> str:
    """The subs that give Excel each function's category and help, and that of its arguments."""
    subs = [_described(name, functions) for name, functions in by_category().items()]
    calls = [f"    Describe{module_name(name)}" for name in by_category()]
    why = _description(WHY, WHY_CATEGORY, WHY_HELP, WHY_ARGUMENTS)
    return "\n".join(("Private Sub DescribeAll()", why, *calls, "End Sub\n", *subs))


def _described(category_name: str, functions: Iterable[Function]) -> str:
    described = [
        _description(
            each.name, category(each), each.help, [argument.help for argument in each.arguments]
        )
        for each in functions
    ]
    return "\n".join(
        (f"Private Sub Describe{module_name(category_name)}()", *described, "End Sub\n")
    )


def _description(name: str, group: str, words: str, argument_words: Iterable[str]) -> str:
    arguments = f",{CONTINUED}".join(map(_help, argument_words))
    head = CONTINUED.join((f'    Describe "{name}", "{group}",', f"{_help(words)}, Array("))
    return f"{head}{CONTINUED}{arguments})"
