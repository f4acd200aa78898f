"""The workbook of examples: every spreadsheet function with its arguments, live, and checked.

A sheet a category; tables that are wider than a page stand on a sheet of their own, or all else
would be printed as small as they.

Each live cell carries the expected value, so that a preview shows it; with the add-in in place
the spreadsheet computes it anew, and the check beside it says whether the two agree.
"""

from collections.abc import Sequence
from os import PathLike

from lexp_calc.functions import FUNCTIONS
from lexp_calc.spreadsheet_function import Function
from workbook_templates import writer
from workbook_templates.addresses import Area, cell_name
from workbook_templates.array_formulas import write_array_formula
from workbook_templates.cells import Book, Sheet
from workbook_templates.example_cells import (
    NAME_COLUMN,
    NOTE_COLUMN,
    VALUE_COLUMN,
    ExampleCells,
    example_cells,
    same_value,
)
from workbook_templates.example_styles import fitting_styles, fitting_width
from workbook_templates.table import write_constant

TITLE = "Examples of the lexp functions"
SUBJECT = "Spreadsheet functions"
# No version of the product: the file is the same until a function or an example changes.
FOOTER = "lexp, examples of functions"
TOLERANCE = 1e-9
AGREES, DIFFERS, NOT_THERE = "agrees", "DIFFERS", "add-in not there"
NAME_ERROR = 5  # what ERROR.TYPE says of #NAME?
FIRST_BLOCK = 4
NAME_WIDTH, NARROWEST_VALUE, NARROWEST, WIDEST = 25, 24, 14, 36
PAGE_COLUMNS = 8  # of an upright page; what has more goes on a sheet of wide tables
WIDE = ", wide tables"
NAMES, CATEGORIES, HELPS, CHECKS = 1, 2, 3, 4  # columns of the contents
COUNT_ROW, TOLERANCE_ROW, HEAD_ROW = 4, 7, 10
LINE_OF_HELP, LINE_HEIGHT = 108, 14.5


def write_function_examples(path: str | PathLike) -> None:
    """Writes the workbook of examples; an old file stays whole if it cannot be written."""
    writer.save(examples_book(), path)


def examples_book() -> Book:
    """The workbook of examples, not yet saved: its contents, then a sheet a category."""
    book = Book(TITLE, SUBJECT, "lexp", "en-US", FOOTER)
    contents = book.sheet("Contents", "about")
    functions = list(FUNCTIONS.values())
    placed = []
    for category in dict.fromkeys(each.category for each in functions):
        of_category = [each for each in functions if each.category == category]
        wide = [each for each in of_category if example_cells(each).last_column > PAGE_COLUMNS]
        others = [each for each in of_category if each not in wide]
        for title, on_sheet in ((category, others), (f"{category}{WIDE}", wide)):
            if on_sheet:
                placed += _category_sheet(book, title, on_sheet)
    _contents_sheet(contents, placed)
    return book


# ------------------------------------------------------------- a category


def _category_sheet(
    book: Book, title: str, functions: Sequence[Function]
) -> list[tuple[Sheet, ExampleCells]]:
    sheet = book.sheet(title, "inputs")
    sheet.text(1, 1, title, "title")
    words = "Change a blue cell and the live answer follows; Expected stays that of the example."
    sheet.text(2, 1, words, "subtitle")
    examples, row = [], FIRST_BLOCK
    for function in functions:
        example = example_cells(function, row)
        _block(sheet, example)
        examples.append(example)
        row = example.last_row + 2
    _set_widths(sheet, examples)
    last_column = max(PAGE_COLUMNS, *(each.last_column for each in examples))
    sheet.freeze(3, 1)
    sheet.print_setup(
        Area(1, 1, row - 2, last_column),
        title_rows=(1, FIRST_BLOCK - 1),
        orientation="either",
        whole_blocks=True,
    )
    return [(sheet, each) for each in examples]


def _block(sheet: Sheet, example: ExampleCells) -> None:
    row = example.first_row
    sheet.text(row, NAME_COLUMN, example.function.form, "heading")
    for number, line in enumerate(example.words, 1):
        is_source = number > len(example.words) - _lines_of_source(example)
        sheet.text(row + number, NAME_COLUMN, line, "note" if is_source else "text")
    for each in example.arguments:
        sheet.text(each.note_row, NAME_COLUMN, each.argument.name, "label_indented")
        for number, line in enumerate(each.note):
            sheet.text(each.note_row + number, NOTE_COLUMN, line, "unit")
        styles = fitting_styles(each.values, each.argument.kind.unit)
        for down, (values, names) in enumerate(zip(each.values, styles, strict=True)):
            for right, (value, style) in enumerate(zip(values, names, strict=True)):
                place = each.area.first_row + down, each.area.first_column + right
                sheet.input(*place, value, f"input_{style}")
    _answers(sheet, example)


def _lines_of_source(example: ExampleCells) -> int:
    first = next(n for n, line in enumerate(example.words) if line.startswith("Expected value:"))
    return len(example.words) - first


def _answers(sheet: Sheet, example: ExampleCells) -> None:
    """The expected value, the live one and the check."""
    unit = example.function.result.unit
    has_heads = example.function.result.shape == "table"
    styles = fitting_styles(example.values, unit, has_heads)
    expected, live = example.expected, example.live
    sheet.text(expected.first_row, NAME_COLUMN, "Expected", "label")
    sheet.text(live.first_row, NAME_COLUMN, "Live", "label")
    sheet.text(example.check[0], NAME_COLUMN, "Check", "label")
    for down, (values, names) in enumerate(zip(example.values, styles, strict=True)):
        for right, (value, style) in enumerate(zip(values, names, strict=True)):
            place = expected.first_row + down, expected.first_column + right
            write_constant(sheet, *place, value, style)
    first = cell_name(*live[:2])
    is_missing = f'IF(ERROR.TYPE({first})={NAME_ERROR},"{NOT_THERE}","{DIFFERS}")'
    same = same_value(example)
    check = f'IF(ISERROR({first}),{is_missing},IF({same},"{AGREES}","{DIFFERS}"))'
    if expected[:2] == expected[2:]:
        sheet.formula(*live[:2], example.formula, example.values[0][0], styles[0][0])
        sheet.formula(*example.check, check, AGREES, "check")
    else:
        write_array_formula(sheet, live[:2], example.formula, example.values, styles)
        write_array_formula(sheet, example.check, check, ((AGREES,),), (("check",),))
    sheet.text(example.check[0], NOTE_COLUMN, f"={example.formula}", "unit")
    _colour_checks(sheet, Area(*example.check, *example.check))


def _colour_checks(sheet: Sheet, area: Area) -> None:
    first = cell_name(area.first_row, area.first_column)
    sheet.emphasise_where(area, f'{first}="{AGREES}"', "ok")
    sheet.emphasise_where(area, f'{first}="{DIFFERS}"', "error")


def _set_widths(sheet: Sheet, examples: Sequence[ExampleCells]) -> None:
    """Each column as wide as the heads, dates and amounts in it; long texts run on."""
    widths = {NAME_COLUMN: NAME_WIDTH, VALUE_COLUMN: NARROWEST_VALUE}
    for column in range(NOTE_COLUMN, PAGE_COLUMNS + 1):
        widths[column] = NARROWEST
    for example in examples:
        blocks = [(each.area, each.values) for each in example.arguments]
        for area, values in (*blocks, (example.expected, example.values)):
            for column in range(area.first_column, area.last_column + 1):
                cells = [row[column - area.first_column] for row in values]
                needed = min(max(map(fitting_width, cells)), WIDEST)
                widths[column] = max(widths.get(column, NARROWEST), needed)
    sheet.widths(widths)


# ------------------------------------------------------------- contents


def _contents_sheet(sheet: Sheet, placed: Sequence[tuple[Sheet, ExampleCells]]) -> None:
    last = HEAD_ROW + len(placed)
    checks = Area(HEAD_ROW + 1, CHECKS, last, CHECKS)
    sheet.text(1, 1, TITLE, "title")
    sheet.text(2, 1, "Every function with arguments, expected value and a live cell", "subtitle")
    _counts(sheet, checks, len(placed))
    for number, line in enumerate(HOW_TO_READ, COUNT_ROW):
        sheet.text(number, HELPS, line, "unit")
    heads = {NAMES: "Function", CATEGORIES: "Category", HELPS: "What it gives"}
    for column, head in heads.items():
        sheet.text(HEAD_ROW, column, head, "column_head_text")
    sheet.text(HEAD_ROW, CHECKS, "Check", "column_head_check")
    for row, (target, example) in enumerate(placed, HEAD_ROW + 1):
        function = example.function
        place = cell_name(example.first_row, NAME_COLUMN)
        sheet.hyperlink(row, NAMES, function.name, target, place)
        sheet.text(row, CATEGORIES, function.category, "text")
        sheet.text(row, HELPS, function.help, "wrapped_text")
        name = f"check_{function.plain.__name__}"
        sheet.book.name(name, target, example.check)
        sheet.formula(row, CHECKS, name, AGREES, "check")
        sheet.heights({row: LINE_HEIGHT * (1 + len(function.help) // LINE_OF_HELP)})
    _colour_checks(sheet, checks)
    sheet.widths({NAMES: 39, CATEGORIES: 20, HELPS: 92, CHECKS: 19})
    sheet.freeze(HEAD_ROW + 1, 1)
    area = Area(1, 1, last, CHECKS)
    sheet.print_setup(area, title_rows=(HEAD_ROW, HEAD_ROW), orientation="either")


HOW_TO_READ = (
    "Blue cells are inputs and may be changed; every other cell is locked, without a password.",
    "A left-out argument is a blank cell. Rates are decimals, shown as per cent: 5.5% is 0.055.",
    "Until a spreadsheet computes them, the live cells show the expected values.",
    '#NAME? means that the add-in is not there: "lexp doctor" says what is missing.',
    "Numbers agree within the tolerance, in relation to those above 1.",
)


def _counts(sheet: Sheet, checks: Area, number: int) -> None:
    counted = (
        (f"Agree, of {number}", AGREES, number),
        ("Differ", DIFFERS, 0),
        ("Not computed", NOT_THERE, 0),
    )
    for row, (label, word, value) in enumerate(counted, COUNT_ROW):
        sheet.text(row, 1, label, "figure_label")
        sheet.formula(row, 2, f'COUNTIF({checks.name()},"{word}")', value, "count")
    sheet.text(TOLERANCE_ROW, 1, "Tolerance", "figure_label")
    sheet.number(TOLERANCE_ROW, 2, TOLERANCE, "choice")
    sheet.book.name("tolerance", sheet, (TOLERANCE_ROW, 2))
