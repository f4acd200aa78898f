"""The examples of the registry as a sheet would hold them: dates as serial numbers, floats."""

from datetime import date, datetime

from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import DATE, SCALAR, TABLE

DAY_ZERO_1900 = date(1899, 12, 30)
DAY_ZERO_1904 = date(1904, 1, 1)
EVERY_FUNCTION = tuple(FUNCTIONS.values())


def serial(text, day_zero=DAY_ZERO_1900):
    """An ISO date as a serial number."""
    return float((date.fromisoformat(text) - day_zero).days)


def example_cells(function, day_zero=DAY_ZERO_1900):
    """The cells of each argument in order, None for one left out; a range as rows."""
    given = function.example.args
    return [_cells(each, given.get(each.name), day_zero) for each in function.arguments]


def _cells(argument, value, day_zero):
    kind = argument.kind
    if value is None:
        return None
    if kind.shape == SCALAR:
        return _cell(value, kind.written == DATE, day_zero)
    if kind.shape == TABLE:
        return tuple(
            tuple(
                _cell(cell, place in kind.date_columns, day_zero) for place, cell in enumerate(row)
            )
            for row in value
        )
    return tuple((_cell(each, kind.written == DATE, day_zero),) for each in value)


def _cell(value, is_date, day_zero):
    if is_date and isinstance(value, str):
        return serial(value, day_zero)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number else value


def same(found, expected):
    """Whether a cell answered is the registry's value: numbers to 1e-12, a date as its ISO form."""
    if isinstance(found, (date, datetime)):
        return found.strftime("%Y-%m-%d") == expected
    if isinstance(expected, bool) or not isinstance(expected, (int, float)):
        return found == ("" if expected is None else expected)
    return isinstance(found, float) and abs(found - expected) <= 1e-12 * max(1, abs(expected))


def rows_of(value):
    """An example's value as rows of cells: a column as rows of one."""
    if not isinstance(value, list):
        return [[value]]
    return [each if isinstance(each, list) else [each] for each in value]
