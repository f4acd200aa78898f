"""Rows 3 to 5 and 36: what the colour of a cell says, and whether it can be read."""

import re
from collections.abc import Iterator

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.formulas import every_formula
from workbook_templates.standard.look import BLACK, WHITE, contrast, is_blue, is_green
from workbook_templates.standard.reading import ReadCell, ReadSheet, ReadWorkbook, block_of
from workbook_templates.stored_cells import MAIN

LOWEST_CONTRAST, DARK_ENOUGH = 4.5, 9.0
KEY_SHEET = "About"  # shows each colour once, to explain it
PICKED = re.compile(r"^(?:IF\(\$A\d+>ROWS\(\w+\),0,)?INDEX\((\w+),[^()]+\)+$")
ART = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def inputs_are_blue(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 3: what people may type in is blue on a fill, and nothing else looks so."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            looks_so = is_blue(cell.look.colour)
            if cell.is_input and not (looks_so and cell.look.fill):
                yield sheet.at(cell), f"an input in #{cell.look.colour} on {cell.look.fill}"
            elif looks_so and not cell.is_input and sheet.title != KEY_SHEET:
                yield sheet.at(cell), "looks like an input, and is none"


def formulas_are_black(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 4: a formula is in dark ink, neither the inputs' blue nor the links' green."""
    for sheet, cell in every_formula(book):
        colour = cell.look.colour
        if _is_link(book, sheet, cell) or (is_green(colour) and _is_picked(book, sheet, cell)):
            continue
        if is_blue(colour) or is_green(colour) or contrast(colour, WHITE) < DARK_ENOUGH:
            yield sheet.at(cell), f"={cell.formula} in #{colour}"


def links_are_green(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 5: what only shows a cell of another sheet is green."""
    for sheet, cell in every_formula(book):
        # The large figures of a summary carry its accent, so that they are seen first.
        if _is_link(book, sheet, cell) and not (is_green(cell.look.colour) or _is_figure(cell)):
            yield sheet.at(cell), f"={cell.formula} in #{cell.look.colour}"


def texts_can_be_read(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 36: text and what is behind it, 4.5 : 1, conditional formats and charts included."""
    seen = set()
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            pair = cell.look.colour, cell.look.fill
            if cell.value is None or pair in seen:
                continue
            seen.add(pair)
            if cell.look.contrast < LOWEST_CONTRAST:
                yield sheet.at(cell), f"#{pair[0]} on {pair[1]}: {cell.look.contrast:.1f} : 1"
    for number, (colour, fill) in enumerate(book.emphases):
        for behind in {fill} if fill else {look.fill or WHITE for look in _plain(book)}:
            if contrast(colour or BLACK, behind) < LOWEST_CONTRAST:
                yield f"conditional format {number}", f"#{colour} on #{behind}"
    for part in book.parts:
        if part.startswith("xl/charts/chart"):
            for letters in ("defRPr", "rPr"):
                for each in book.tree(part).iter(f"{ART}{letters}"):
                    colour = each.find(f"{ART}solidFill/{ART}srgbClr")
                    if colour is not None and contrast(colour.get("val"), WHITE) < LOWEST_CONTRAST:
                        yield part, f"text in #{colour.get('val')} on white"


def _is_link(book: ReadWorkbook, sheet: ReadSheet, cell: ReadCell) -> bool:
    block = book.names.get(cell.formula) or block_of(cell.formula)
    return block is not None and block.is_cell and block.sheet != sheet.title


def _is_picked(book: ReadWorkbook, sheet: ReadSheet, cell: ReadCell) -> bool:
    """Whether it shows one cell out of a table on another sheet: a link by number."""
    found = PICKED.match(cell.formula)
    block = book.names.get(found[1]) if found else None
    return block is not None and block.sheet != sheet.title


def _is_figure(cell: ReadCell) -> bool:
    return cell.look.size >= 12 and cell.look.bold


def _plain(book: ReadWorkbook):
    """The looks of cells in which a conditional format without a fill may stand."""
    for sheet in book.sheets:
        if sheet.root.find(f"{MAIN}conditionalFormatting") is not None:
            yield from {cell.look for cell in sheet.cells.values() if not cell.look.is_head}
