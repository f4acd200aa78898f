"""Rows 37, 38, 41 and 42: stored values, a second engine, one lender's matter, the same bytes."""

from collections.abc import Iterator
from zipfile import ZIP_DEFLATED

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.formulas import every_formula
from workbook_templates.standard.reading import ReadWorkbook
from workbook_templates.stored_cells import CellError
from workbook_templates.verify import compare

CORE = "docProps/core.xml"
TERMS_NAMESPACE = "{http://purl.org/dc/terms/}"
FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
FIXED_TIME = "2000-01-01T00:00:00Z"
FIRST_PART = "[Content_Types].xml"  # where mail scanners look for it


def formulas_carry_values(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 37: each formula cell stores a value, so that previews and data frames show it."""
    for sheet, cell in every_formula(book):
        if cell.value is None:
            yield sheet.at(cell), f"no value stored for ={cell.formula}"
        elif isinstance(cell.value, CellError):
            yield sheet.at(cell), f"{cell.value} stored for ={cell.formula}"


def a_second_engine_agrees(book: ReadWorkbook, engine) -> Iterator[Fault]:
    """Row 38: recalculated by another program, each formula cell has the value stored."""
    for each in compare(book.path, engine).differences:
        yield f"{each.sheet}!{each.cell}", str(each)


def one_lender_alone(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 41: a tranche's workbook has one schedule, and no name of another tranche.

    What only the deal knows, the other lenders' words and amounts, is searched for where the
    deal is at hand.
    """
    about = book.sheet("About")
    labels = {cell.value for cell in about.texts()} if about else set()
    if "Tranche" not in labels:
        return  # a whole deal's
    schedules = book.sheets_called("Schedule")
    if len(schedules) != 1:
        yield "workbook", f"{len(schedules)} schedules in the workbook of one tranche"
    named = {name for name, block in book.names.items() if name.startswith("schedule_")}
    others = {
        block.sheet
        for name in named
        if (block := book.names[name]) and block.sheet not in {each.title for each in schedules}
    }
    for sheet in sorted(others):
        yield sheet, "a schedule's names on another sheet"


def the_same_bytes(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 42: nothing in the file says when, where and by whom it was written."""
    for entry in book.entries:
        if entry.date_time != FIXED_ZIP_TIME:
            yield entry.filename, f"stamped {entry.date_time}"
        if entry.create_system != 0 or entry.compress_type != ZIP_DEFLATED:
            yield entry.filename, "packed in the way of one system"
    if book.entries[0].filename != FIRST_PART:
        yield book.entries[0].filename, f"comes before {FIRST_PART}"
    if CORE not in book.parts:
        yield CORE, "not there"
        return
    core = book.tree(CORE)
    for what in ("created", "modified"):
        if core.findtext(f"{TERMS_NAMESPACE}{what}") != FIXED_TIME:
            yield CORE, f"{what} at a time of its own"
