"""Reading a formula as it stands in the docs: a call with constants, as a spreadsheet would.

Written from Excel's own grammar and apart from what spells the formulas: numbers, per cent,
"texts", TRUE and FALSE, DATE(y,m,d), {1;2}, cells such as A1:B3, and nothing between commas.
"""

import re
from datetime import date

from addin.calling import called
from addin.excel_values import DAY_ZERO_1900, CellError
from lexp_calc.functions import FUNCTIONS

CALL = re.compile(r"=(LEXP_\w+)\((.*)\)")
DATE_CALL = re.compile(r"DATE\((\d+),(\d+),(\d+)\)")
CELLS = re.compile(r"([A-Z])(\d+)(?::([A-Z])(\d+))?")
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
ANY = re.compile(r'"(?:[^"]|"")*"|\{[^}]*\}|\([^)]*\)|,|[^,"{(]+')


def answer(formula, grid=None):
    """What the add-in answers to the formula; `grid` is {(column letter, row): cell}."""
    name, arguments = CALL.fullmatch(formula).groups()
    return called(FUNCTIONS[name], [value(each, grid) for each in split(arguments)])


def split(arguments):
    """The arguments, parted at commas that stand in no text, braces or brackets."""
    parts = [""]
    for word in ANY.findall(arguments):
        if word == ",":
            parts.append("")
        else:
            parts[-1] += word
    return [each.strip() for each in parts]


def value(word, grid):
    """One argument as the add-in gets it: dates as serial numbers, numbers as floats."""
    if not word:
        return None
    if word.startswith('"'):
        return word[1:-1].replace('""', '"')
    if word in ("TRUE", "FALSE"):
        return word == "TRUE"
    if word.startswith("{"):
        return tuple((value(each, grid),) for each in word[1:-1].split(";"))
    if NUMBER.fullmatch(word):
        return float(word.rstrip("%")) / (100 if word.endswith("%") else 1)
    if match := DATE_CALL.fullmatch(word):
        return float((date(*map(int, match.groups())) - DAY_ZERO_1900).days)
    left, top, right, bottom = CELLS.fullmatch(word).groups()
    columns = range(ord(left), ord(right or left) + 1)
    rows = range(int(top), int(bottom or top) + 1)
    return tuple(tuple(grid[chr(column), row] for column in columns) for row in rows)


def cells_of(table):
    """{(column letter, row): cell} of a Markdown table that shows a sheet's cells."""
    grid = {}
    for line in table:
        number, *cells = (each.strip() for each in line.strip("|").split("|"))
        if number.startswith("**"):
            for letter, cell in zip("ABCDEFGHIJKLMNOP", cells, strict=False):
                grid[letter, int(number.strip("*"))] = shown(cell)
    return grid


def shown(text):
    """A cell of a page as a sheet holds it."""
    if NUMBER.fullmatch(text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return float((date.fromisoformat(text) - DAY_ZERO_1900).days)
    return text or None


def same(found, expected):
    """Whether an answer of the add-in is the example's value; numbers to 12 digits."""
    if isinstance(expected, list) and not isinstance(expected[0], list):
        expected = [[each] for each in expected]
    if isinstance(expected, list):
        return len(found) == len(expected) and all(
            len(row) == len(known) and all(map(same, row, known))
            for row, known in zip(found, expected, strict=True)
        )
    if isinstance(found, date):
        return found.isoformat() == expected
    if isinstance(found, CellError):
        return found.text == expected
    if isinstance(expected, (int, float)) and not isinstance(expected, bool):
        return abs(found - expected) <= 1e-12 * max(1, abs(expected))
    return found == expected
