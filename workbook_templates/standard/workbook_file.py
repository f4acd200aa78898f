"""A finished .xlsx file as the checker reads it: parts, sheets, cells, styles and names.

Read from the file's own XML, so that any program's workbook can be judged, and once, so
that each row of the standard finds all of it at hand.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from zipfile import ZipInfo

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from workbook_templates.standard.cell_styles import CellStyle, Styles
from workbook_templates.standard.formula_text import Anatomy, taken_apart
from workbook_templates.stored_cells import MAIN

_NAMED_CELLS = re.compile(
    r"(?:'((?:[^']|'')+)'|([\w.]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?"
)


class Cell(NamedTuple):
    """One cell; `formula` without '=', "" for a member of an array formula, None for none.

    `raw` is the text of its <v>, None where it has none.
    """

    row: int
    column: int
    formula: str | None
    value: object
    style: CellStyle
    raw: str | None
    is_array: bool

    @property
    def name(self) -> str:
        """Its address on its sheet."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_text(self) -> bool:
        """Whether it is a text that no formula gives."""
        return self.formula is None and isinstance(self.value, str) and self.value != ""

    @property
    def is_number(self) -> bool:
        """Whether it shows a number; a truth value is none."""
        return isinstance(self.value, float)


class Area(NamedTuple):
    """A block of cells on a sheet."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return (
            sheet == self.sheet
            and self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )

    @property
    def is_one_cell(self) -> bool:
        """Whether it is a single cell."""
        return self[1:3] == self[3:5]


class DefinedName(NamedTuple):
    """A defined name: of the whole workbook, or of one sheet where that is a title."""

    name: str
    sheet: str | None
    text: str


@dataclass(eq=False)
class Sheet:
    """One worksheet: its cells by (row, column), and its part's element for the rest."""

    title: str
    part: str
    root: object
    cells: dict[tuple[int, int], Cell]
    tables: tuple | None = None  # once `tables` has looked for them

    @cached_property
    def formulas(self) -> list[Cell]:
        """The formula cells, in order."""
        return [cell for cell in self.cells.values() if cell.formula is not None]

    @cached_property
    def inputs(self) -> list[Cell]:
        """The cells that sheet protection leaves open and that hold no formula."""
        cells = self.cells.values()
        return [cell for cell in cells if not cell.style.locked and cell.formula is None]

    def where(self, cell: Cell) -> str:
        """A cell as a finding names it."""
        return f"{self.title}!{cell.name}"

    def find(self, path: str):
        """One element of the sheet's part by its names, '/' between them; None if there is none."""
        return self.root.find("/".join(MAIN + each for each in path.split("/")))

    def find_all(self, path: str) -> list:
        """All elements by their names, '/' between them."""
        return self.root.findall("/".join(MAIN + each for each in path.split("/")))

    def texts(self) -> list[Cell]:
        """The cells with text that no formula gives."""
        return [cell for cell in self.cells.values() if cell.is_text]


@dataclass(frozen=True)
class Aids:
    """What a file alone does not hold: a second engine, a validator, others' words."""

    engine: object = None
    validate: Callable[[str], list[str] | None] = lambda path: None
    others: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(eq=False)
class WorkbookFile:
    """All that the checker knows of a file, read once."""

    path: str
    entries: list[ZipInfo]
    parts: dict[str, bytes]
    sheets: list[Sheet]
    styles: Styles
    names: list[DefinedName]
    workbook: object
    relationships: dict[str, list]
    aids: Aids = Aids()
    dependencies: object = None  # once `dependencies` has made them

    def sheet(self, word: str) -> Sheet | None:
        """The first sheet whose title begins with a word, in any case."""
        return next(
            (s for s in self.sheets if s.title.casefold().startswith(word.casefold())), None
        )

    @cached_property
    def by_title(self) -> dict[str, Sheet]:
        """The sheets by their titles."""
        return {sheet.title: sheet for sheet in self.sheets}

    @cached_property
    def areas(self) -> dict[str, list[Area]]:
        """The cells that each name of the whole workbook stands for; none for a constant."""
        return {each.name: named_areas(each.text) for each in self.names if each.sheet is None}

    def targets(self, part: str, kind: str) -> list[str]:
        """The parts that a part leads to by relationships whose type ends so."""
        return [
            posixpath.normpath(posixpath.join("/", posixpath.dirname(part), each.get("Target")))[1:]
            for each in self.relationships.get(part, [])
            if each.get("Type", "").endswith("/" + kind) and each.get("TargetMode") != "External"
        ]

    @cached_property
    def _apart(self) -> dict[int, tuple[str, Anatomy]]:
        return {}

    def taken_apart(self, cell: Cell) -> tuple[str, Anatomy]:
        """(normal form, anatomy) of the formula of a cell, which lives as long as the book."""
        known = self._apart.get(id(cell))
        if known is None:
            known = self._apart[id(cell)] = taken_apart(cell.formula, cell.row, cell.column)
        return known

    def anatomy(self, cell: Cell) -> Anatomy:
        """The formula of a cell taken apart."""
        return self.taken_apart(cell)[1]

    def referred(self, sheet: Sheet, cell: Cell) -> list[Area]:
        """All blocks of cells to which a formula refers, names resolved."""
        areas = []
        for reference in self.anatomy(cell).references:
            if reference.corners is not None:
                title = reference.sheet or sheet.title
                areas.append(Area(title, *reference.area(cell.row, cell.column)))
            else:
                areas += self.areas.get(reference.name, [])
        return areas


def named_areas(text: str) -> list[Area]:
    """The blocks of cells in a defined name's text; none where it is something else."""
    found = []
    for match in _NAMED_CELLS.finditer(text):
        title = match[1].replace("''", "'") if match[1] else match[2]
        row, column = coordinate_to_tuple(match[3] + match[4])
        last = coordinate_to_tuple(match[5] + match[6]) if match[5] else (row, column)
        found.append(Area(title, row, column, *last))
    return found
