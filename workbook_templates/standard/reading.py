"""A finished .xlsx file, opened once for all rows of the standard.

Read from its XML, like `stored_cells`: what is judged is what Excel will see, not what the
generator meant.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from workbook_templates.addresses import cell_name
from workbook_templates.standard.look import Look, emphases, looks
from workbook_templates.stored_cells import (
    MAIN,
    open_workbook,
    read_part,
    shared_texts,
    sheet_parts,
    stored_value,
)

PLACE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")


class Block(NamedTuple):
    """Cells of one sheet that a name or a reference stands for."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell."""
        return (self.first_row, self.first_column) == (self.last_row, self.last_column)


class ReadCell(NamedTuple):
    """A cell: its formula without '=' or None, its stored value, and its look."""

    row: int
    column: int
    formula: str | None
    value: object
    look: Look
    raw: Element

    @property
    def reference(self) -> str:
        """As "B7"."""
        return cell_name(self.row, self.column)

    @property
    def is_text(self) -> bool:
        """Whether it is a text that no formula gives."""
        return self.formula is None and isinstance(self.value, str) and self.value != ""

    @property
    def is_input(self) -> bool:
        """Whether people may type in it."""
        return not self.look.locked and self.formula is None


@dataclass
class ReadSheet:
    """A sheet: its title, the root element of its part, and its cells by (row, column)."""

    title: str
    part: str
    root: Element
    cells: dict[tuple[int, int], ReadCell]

    def at(self, cell: ReadCell) -> str:
        """Where a cell is, as "Schedule!B7"."""
        return f"{self.title}!{cell.reference}"

    @cached_property
    def rows(self) -> dict[int, list[ReadCell]]:
        """The cells of each row, from left to right."""
        rows: dict[int, list[ReadCell]] = {}
        for key in sorted(self.cells):
            rows.setdefault(key[0], []).append(self.cells[key])
        return rows

    def value(self, row: int, column: int) -> object:
        """What a cell holds; None where there is none."""
        cell = self.cells.get((row, column))
        return None if cell is None else cell.value

    def texts(self) -> Iterator[ReadCell]:
        """The cells with a text that no formula gives."""
        return (cell for cell in self.cells.values() if cell.is_text)

    @property
    def formulas(self) -> Iterator[ReadCell]:
        """The cells with a formula."""
        return (cell for cell in self.cells.values() if cell.formula is not None)

    @property
    def inputs(self) -> Iterator[ReadCell]:
        """The cells that people may type in."""
        return (cell for cell in self.cells.values() if cell.is_input)


class ReadWorkbook:
    """All that the rows ask of a file; made by `read_workbook`."""

    def __init__(self, path, parts):
        self.path = str(path)
        self.entries = parts.infolist()
        self.parts = {
            entry.filename: read_part(parts, entry.filename)
            for entry in self.entries
            if entry.filename.endswith((".xml", ".rels"))
        }
        styles = self.tree("xl/styles.xml")
        self.looks = looks(styles)
        self.emphases = emphases(styles)
        texts = shared_texts(parts)
        self.sheets = [self._sheet(title, part, texts) for title, part in sheet_parts(parts)]
        self.root = self.tree("xl/workbook.xml")

    def tree(self, part: str) -> Element:
        """The root element of a part."""
        return ElementTree.fromstring(self.parts[part])

    def sheet(self, title: str) -> ReadSheet | None:
        """The sheet of this title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def sheets_called(self, start: str) -> list[ReadSheet]:
        """The sheets of one kind: "Schedule", "Schedule term-loan"."""
        return [s for s in self.sheets if s.title == start or s.title.startswith(f"{start} ")]

    @cached_property
    def names(self) -> dict[str, Block | None]:
        """What each name of the whole workbook stands for; None where that is no cells."""
        return {name: block_of(text) for name, sheet, text in self._listed_names if sheet is None}

    def names_of(self, sheet: ReadSheet) -> dict[str, str]:
        """The names that hold on one sheet alone, such as its print area."""
        position = self.sheets.index(sheet)
        return {name: text for name, place, text in self._listed_names if place == position}

    @cached_property
    def _listed_names(self) -> list[tuple[str, int | None, str]]:
        listed = []
        for each in self.root.iter(f"{MAIN}definedName"):
            place = each.get("localSheetId")
            listed.append(
                (each.get("name"), None if place is None else int(place), each.text or "")
            )
        return listed

    def targets(self, part: str, kind: str) -> list[str]:
        """The parts of a kind ("/drawing") to which a part refers."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self.parts:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/")
            for each in self.tree(relations)
            if each.get("Type", "").endswith(kind)
        ]

    def _sheet(self, title: str, part: str, texts: list[str]) -> ReadSheet:
        root = self.tree(part)
        cells = {}
        for raw in root.iter(f"{MAIN}c"):
            letters, row = coordinate_from_string(raw.get("r"))
            column = column_index_from_string(letters)
            formula = raw.findtext(f"{MAIN}f")
            look = self.looks[int(raw.get("s", 0))]
            value = stored_value(raw, texts)
            cells[row, column] = ReadCell(row, column, formula, value, look, raw)
        return ReadSheet(title, part, root, cells)


def read_workbook(path) -> ReadWorkbook:
    """The file, read whole; a LexpError for one that is no sound workbook."""
    with open_workbook(path) as parts:
        return ReadWorkbook(path, parts)


def block_of(reference: str) -> Block | None:
    """What 'Terms'!$B$7 or 'Schedule'!$A$5:$A$60 stands for; None for anything else."""
    found = PLACE.match(reference)
    if found is None:
        return None
    quoted, plain, first, top, last, bottom = found.groups()
    title = quoted.replace("''", "'") if quoted else plain
    left, right = column_index_from_string(first), column_index_from_string(last or first)
    return Block(title, int(top), left, int(bottom or top), right)


def areas(references: str) -> Iterator[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of each of "A1:B2 D4"."""
    for each in references.split():
        left, top, right, bottom = range_boundaries(each)
        yield top, left, bottom, right
