"""Rows 6 to 11: what a formula may say."""

import re
from collections.abc import Iterator

from openpyxl.formula import Tokenizer
from openpyxl.utils.cell import column_index_from_string

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.reading import ReadCell, ReadSheet, ReadWorkbook
from workbook_templates.standard.tables import tables

ALLOWED_NUMBERS = frozenset("012")
LONGEST, DEEPEST = 120, 3
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
NUMBER_IN_CRITERION = re.compile(r'^"(?:[<>=]+)(-?[\d.]+)"$')
CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(A-Za-z_])")
NEVER = re.compile(r"\b(OFFSET|INDIRECT|TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)\(", re.IGNORECASE)
EXTERNAL = re.compile(r"\[\d+\]|\.xlsx?\]", re.IGNORECASE)


def every_formula(book: ReadWorkbook) -> Iterator[tuple[ReadSheet, ReadCell]]:
    """Each formula cell with its sheet."""
    return ((sheet, cell) for sheet in book.sheets for cell in sheet.formulas)


def numbers_are_named(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 6: no number but 0, 1 and 2, which are also the digits of ROUND."""
    for sheet, cell in every_formula(book):
        for token in Tokenizer(f"={cell.formula}").items:
            number = token.value if token.subtype == "NUMBER" else None
            if token.subtype == "TEXT" and (found := NUMBER_IN_CRITERION.match(token.value)):
                number = found[1]
            if number is not None and number not in ALLOWED_NUMBERS:
                yield sheet.at(cell), f"{number} in ={cell.formula}"


def one_formula_a_column(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 7: the rows of a table but the first and the last say the same in each column."""
    for sheet in book.sheets:
        for table in tables(sheet):
            for column in table.columns:
                cells = [sheet.cells.get((row, column)) for row in table.inner_rows]
                said = {_said(book, cell) for cell in _until_the_last(cells)}
                if len(said) > 1:
                    place = f"{sheet.title}!{table.name_of(column)}"
                    yield place, f"{len(said)} formulas in one column: {sorted(said)[:2]}"


def formulas_are_short(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 8: at most 120 characters, brackets at most three deep."""
    for sheet, cell in every_formula(book):
        if len(cell.formula) > LONGEST:
            yield sheet.at(cell), f"{len(cell.formula)} characters: ={cell.formula}"
        if (depth := _depth(cell.formula)) > DEEPEST:
            yield sheet.at(cell), f"brackets {depth} deep: ={cell.formula}"


def nothing_volatile(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 9: no OFFSET, INDIRECT, TODAY, NOW, RAND."""
    for sheet, cell in every_formula(book):
        if found := NEVER.search(QUOTED.sub("", cell.formula)):
            yield sheet.at(cell), f"{found[1].upper()} in ={cell.formula}"


def nothing_from_outside(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 10: no link to another file, no macro."""
    for entry in book.entries:
        if "externalLink" in entry.filename:
            yield entry.filename, "a link to another workbook"
        if entry.filename.endswith(".bin") or "vba" in entry.filename.lower():
            yield entry.filename, "a macro or another program"
    for sheet, cell in every_formula(book):
        if EXTERNAL.search(re.sub(r'"[^"]*"', "", cell.formula)):
            yield sheet.at(cell), f"a link to another workbook in ={cell.formula}"
    for part, content in book.parts.items():
        if part.endswith(".rels") and b'TargetMode="External"' in content:
            yield part, "a relation to something outside the file"


def _depth(formula: str) -> int:
    depth = deepest = 0
    for sign in QUOTED.sub("", formula):
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


def _until_the_last(cells: list[ReadCell | None]) -> list[ReadCell | None]:
    """Without the blanks at the foot of a column that is shorter than its table."""
    filled = [place for place, cell in enumerate(cells) if cell and cell.value is not None]
    return cells[: filled[-1] + 1] if filled else []


def _said(book: ReadWorkbook, cell: ReadCell | None) -> str:
    """What a cell says, alike for all of a column.

    Each link to a term is a link, and so is the 0 of a term that the contract does not have.
    """
    if cell is None or cell.formula is None:
        return "a link" if cell is not None and cell.value == 0 else "a constant"
    return "a link" if cell.formula in book.names else _relative(cell)


def _relative(cell: ReadCell) -> str:
    """The formula with references as steps from the cell."""

    def steps(found: re.Match) -> str:
        fixed_column, letters, fixed_row, digits = found.groups()
        column, row = column_index_from_string(letters), int(digits)
        across = f"C{column}" if fixed_column else f"C[{column - cell.column}]"
        down = f"R{row}" if fixed_row else f"R[{row - cell.row}]"
        return down + across

    pieces = re.split(r'("[^"]*")', cell.formula)
    return "".join(p if p.startswith('"') else CELL.sub(steps, p) for p in pieces)
