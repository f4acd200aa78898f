"""The functions as xlwings loads them into Excel: thin, one for each entry of the registry.

A cell error goes to Excel as a marked text, which the wrapper in VBA turns into a real error
value: xlwings itself answers a failure with its words, which IFERROR takes for a result.
"""

import keyword
from collections.abc import Callable
from datetime import date
from inspect import Parameter, Signature

from addin.calling import called, reason_why
from addin.excel_values import DAY_ZERO_1900, DAY_ZERO_1904, CellError, is_range
from addin.light_start import import_xlwings
from addin.xlwings_cells import CELLS
from lexp_calc.functions import FUNCTIONS
from lexp_calc.spreadsheet_function import Argument, Function

xlwings = import_xlwings()

# The last argument of each: whether the calling workbook counts its dates from 1904.
DATE_1904 = "date_1904"
DATE_1904_IN_VBA = "LexpDate1904()"
WHY = "LEXP_WHY"
ERROR_MARK = "\x01"
# Words of VBA that are names of arguments here ([MS-VBAL] 3.3.5.2).
RESERVED_IN_VBA = frozenset({"date", "end", "until"})


def argument_name(argument: Argument) -> str:
    """The argument's name in Excel: its own, with an underscore after a word of a language."""
    is_reserved = keyword.iskeyword(argument.name) or argument.name in RESERVED_IN_VBA
    return f"{argument.name}_" if is_reserved else argument.name


def excel_function(function: Function) -> Callable:
    """The function as xlwings registers it: its name, arguments, help and category."""

    def in_a_cell(*cells):
        *given, date_1904 = cells
        return _for_excel(called(function, given, _day_zero(date_1904)))

    in_a_cell.__name__ = in_a_cell.__qualname__ = function.name
    in_a_cell.__doc__ = function.help
    names = [(argument_name(each), each.is_optional, each.help) for each in function.arguments]
    # To xlwings an argument after an optional one is optional too.
    parameters = [_parameter(name, optional) for name, optional, _ in names]
    in_a_cell.__signature__ = Signature([*parameters, _parameter(DATE_1904, True)])
    for name, _, words in names:
        xlwings.arg(name, CELLS, doc=words)(in_a_cell)
    return _registered(in_a_cell, category(function))


def _registered(in_a_cell: Callable, listed_under: str) -> Callable:
    xlwings.arg(DATE_1904, "raw", vba=DATE_1904_IN_VBA)(in_a_cell)
    xlwings.ret("raw")(in_a_cell)
    # Last: every other decorator puts the category back to xlwings' own.
    return xlwings.func(category=listed_under)(in_a_cell)


def _parameter(name: str, is_optional: bool) -> Parameter:
    default = None if is_optional else Parameter.empty
    return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default)


def _day_zero(date_1904: object) -> date:
    return DAY_ZERO_1904 if date_1904 else DAY_ZERO_1900


def category(function: Function) -> str:
    """The category under which Excel's wizard lists a function."""
    return f"LEXP {function.category}"


def _for_excel(answer: object) -> list[list]:
    """Rows of cells as COM carries them: dates as COM has them, a blank as an empty text."""
    if is_range(answer):
        return [[_cell(each) for each in row] for row in answer]
    return [[_cell(answer)]]


def _cell(value: object) -> object:
    if isinstance(value, (float, str)):
        return value
    if isinstance(value, CellError):
        return marked(value)
    return xlwings.engines.active.impl.prepare_xl_data_element(value, {})


def marked(error: CellError) -> str:
    """An error cell as text: a control character, which no text has, the error and its reason."""
    return f"{ERROR_MARK}{error.text}{ERROR_MARK}{error.reason}"


def why(name: object, date_1904: object, *arguments: object) -> list[list]:
    """Why a function refuses these arguments, in words: =LEXP_WHY("LEXP_FEE", B4, B5)."""
    return [[reason_why(name, arguments, _day_zero(date_1904))]]


def _registered_why() -> Callable:
    why.__name__ = WHY
    xlwings.arg("name", CELLS, doc="Name of a function of lexp.")(why)
    xlwings.arg("arguments", CELLS, doc="The cells that it was given, in order.")(why)
    return _registered(why, "LEXP help")


globals().update({each.name: excel_function(each) for each in FUNCTIONS.values()})
LEXP_WHY = _registered_why()
