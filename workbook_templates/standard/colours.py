"""Rows 3 to 5 and 36: what the colours say, and whether all text can be read."""

from openpyxl.utils import range_boundaries

from workbook_templates.standard.cell_styles import DRAWING, WHITE, parsed
from workbook_templates.standard.colour_kinds import (
    LEAST_CONTRAST,
    contrast,
    is_blue,
    is_green,
    is_ink,
)
from workbook_templates.standard.workbook_file import Cell, Sheet, WorkbookFile


def inputs_blue_on_a_fill(book: WorkbookFile):
    """Row 3: every input, and on the sheets of inputs nothing else."""
    for sheet in book.sheets:
        for cell in sheet.inputs:
            style = cell.style
            if not is_blue(style.colour):
                yield sheet.where(cell), f"an input in the colour {style.colour}"
            elif style.fill in (None, WHITE):
                yield sheet.where(cell), "an input without a fill"
        for cell in sheet.cells.values() if sheet.inputs or sheet.formulas else ():
            is_constant = cell.formula is None and cell.value is not None
            if is_constant and cell.style.locked and is_blue(cell.style.colour):
                yield sheet.where(cell), "blue as an input, and locked"


def formulas_black(book: WorkbookFile):
    """Row 4: in black or a dark ink, unless the formula is a link to another sheet."""
    for sheet in book.sheets:
        for cell in sheet.formulas:
            if not is_link(book, sheet, cell) and not is_ink(cell.style.colour):
                yield sheet.where(cell), f"a formula in the colour {cell.style.colour}"


def links_green(book: WorkbookFile):
    """Row 5: a formula that is one reference to another sheet, or one name for it."""
    for sheet in book.sheets:
        for cell in sheet.formulas:
            if is_link(book, sheet, cell) and not is_green(cell.style.colour):
                yield sheet.where(cell), f"a link, ={cell.formula}, in {cell.style.colour}"


def is_link(book: WorkbookFile, sheet: Sheet, cell: Cell) -> bool:
    """Whether a formula only shows a cell of another sheet."""
    if not book.anatomy(cell).is_link:
        return False
    areas = book.referred(sheet, cell)
    return bool(areas) and areas[0].sheet != sheet.title


def contrasts(book: WorkbookFile):
    """Row 36: of each pair in use, what conditional formats make and chart texts included."""
    told = set()
    for sheet in book.sheets:
        pairs = [
            (sheet.where(cell), cell.style.colour, cell.style.fill or WHITE)
            for cell in sheet.cells.values()
            if cell.value is not None
        ]
        pairs += _conditional(book, sheet)
        for where, colour, fill in pairs:
            if contrast(colour, fill) < LEAST_CONTRAST and (sheet.title, colour, fill) not in told:
                told.add((sheet.title, colour, fill))
                yield where, f"{colour} on {fill}: {contrast(colour, fill):.2f} : 1"
    for part, text in book.parts.items():
        if part.startswith("xl/charts/chart"):
            yield from _chart(book, part, parsed(text))


def _conditional(book: WorkbookFile, sheet: Sheet) -> list[tuple[str, str, str]]:
    found = []
    for each in sheet.find_all("conditionalFormatting"):
        looks = set()
        for block in each.get("sqref", "").split():
            left, top, right, bottom = range_boundaries(block)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    cell = sheet.cells.get((row, column))
                    if cell is not None:
                        looks.add((cell.style.colour, cell.style.fill or WHITE))
        for rule in each:
            if rule.get("dxfId") is not None:
                change = book.styles.changes[int(rule.get("dxfId"))]
                found += [
                    (f"{sheet.title}!{each.get('sqref')}", change.colour or c, change.fill or f)
                    for c, f in looks
                ]
    return found


def _chart(book: WorkbookFile, part: str, root):
    """Each text colour of a chart on the chart's own ground."""
    chart_space = root.find("{*}spPr/{*}solidFill/{*}srgbClr")
    ground = WHITE if chart_space is None else chart_space.get("val")
    texts = {
        fill.get("val").upper()
        for kind in ("defRPr", "rPr", "endParaRPr")
        for letters in root.iter(DRAWING + kind)
        for fill in letters.iterfind(f"{DRAWING}solidFill/{DRAWING}srgbClr")
    }
    for colour in sorted(texts):
        if contrast(colour, ground) < LEAST_CONTRAST:
            yield part, f"text {colour} on {ground}: {contrast(colour, ground):.2f} : 1"
