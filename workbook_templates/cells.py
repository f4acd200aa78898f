"""The words that every sheet is written with: text, number, date, formula, input.

    book = Book("Term loan A", "Loan workbook", "lexp", "en-US", "0.1.0")
    sheet = book.sheet("Schedule", "calculation")
    sheet.text(1, 1, "Schedule", "title")
    sheet.formula(7, 4, "ROUND(C7*interest_rate*E7,2)", Decimal("32379.88"), "money")

Rows and columns count from 1. A formula comes as a pair, its text without '=' and its
value, because previews, phones and data frames show the value. What comes as text stays
text. Nothing is computed here and nothing written: `writer.save` makes the file.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind
from workbook_templates.addresses import Area, cell_name, checked_name, quoted_title, sheet_title
from workbook_templates.charts import Chart
from workbook_templates.page import Page, checked_paper, footer_text
from workbook_templates.styles import SHEET_KINDS, STYLES
from workbook_templates.validations import Validation
from workbook_templates.values import date_serial, number_text, safe_text

LONGEST_FORMULA = 8_192
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

# Each style of money by the one that shows whole units.
WHOLE_MONEY = {
    name: name.replace("money", "money_whole")
    for name in STYLES
    if "money" in name and "whole" not in name
}

MONEY = frozenset(name for name in STYLES if "money" in name)

Number = int | Decimal | float
Value = Number | str | bool | date | None

IN_ARRAY = ""  # as a cell's formula: the first cell of its block has it


class Cell(NamedTuple):
    """One written cell; `value` is what a reader sees without recalculating.

    `spelled` is that value as the file holds it, None for an empty cell.
    """

    column: int
    style: str
    formula: str | None
    value: Value
    spelled: str | None


_cell = partial(tuple.__new__, Cell)  # Cell(…) without the way through a Python function


class Link(NamedTuple):
    """A hyperlink from a cell to a place in the same workbook."""

    cell: str
    location: str
    tooltip: str


WIDEST_COLUMN, TALLEST_ROW = 255, 409  # Excel repairs a file with larger ones

# Amounts from here on widen their column, or a spreadsheet shows ###: so much a digit with
# its share of separators, more where the figures of a summary are larger.
LARGE_AMOUNT = 10**8
SHORTEST_LARGE_AMOUNT = len(str(LARGE_AMOUNT))
DIGIT_AND_SEPARATOR, FIGURE = 1.15, 1.4
TITLE_DIGITS = {1: 1.5, 2: 0.9}  # that a character of a sheet's title takes, and below it
SHORTEST_BLOCK = 6  # rows with the empty one; fewer head the block below
USUAL_WIDTH = 9.0  # of a column, in digits; what Excel gives where nothing is said


class Rule(NamedTuple):
    """A conditional format: `emphasis` wherever `formula` is true for a cell of the area."""

    area: Area
    formula: str
    emphasis: str


def _spelled(value: Value) -> str:
    spell = _SPELLED.get(type(value))
    if spell is None:  # a subclass, such as numpy's floats, or what no cell can hold
        spell = _spelled_date if isinstance(value, date) else number_text
    return spell(value)


def _spelled_date(day: date) -> str:
    return str(date_serial(day))


_SPELLED = {
    int: number_text,
    Decimal: number_text,
    float: number_text,
    str: safe_text,
    bool: lambda truth: "1" if truth else "0",
    date: _spelled_date,
}


@dataclass(eq=False)
class Sheet:
    """One sheet: its cells by row and how it looks; made by `Book.sheet`.

    `zoom` is in per cent; the rest is filled by the methods.
    """

    book: "Book"
    title: str
    kind: str
    zoom: int = 100
    page: Page = Page()
    frozen_cell: str | None = None
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    column_widths: dict[int, float] = field(default_factory=dict)
    row_heights: dict[int, float] = field(default_factory=dict)
    widest_amounts: dict[int, float] = field(default_factory=dict)
    column_groups: dict[int, bool] = field(default_factory=dict)
    validations: dict[Validation, list[Area]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    arrays: dict[tuple[int, int], Area] = field(default_factory=dict)
    charts: list[tuple[Chart, Area]] = field(default_factory=list)

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Text, whatever it starts with: '=1+1' is shown and never computed."""
        self._put(row, column, style, None, text, safe_text)

    def number(self, row: int, column: int, value: Number, style: str) -> None:
        """A constant; exact numbers have at most 15 significant digits, floats are finite."""
        self._put(row, column, style, None, value, number_text)

    def date(self, row: int, column: int, day: date, style: str = "date") -> None:
        """A day from 1 March 1900 on."""
        self._put(row, column, style, None, day, _spelled_date)

    def blank(self, row: int, column: int, style: str) -> None:
        """A cell with a look and nothing in it, such as the rest of a totals row."""
        self._put(row, column, style, None, None, lambda nothing: None)

    def formula(self, row: int, column: int, formula: str, value: Value, style: str) -> None:
        """A formula without its '=' and the value that it has by the core's own account."""
        if not formula or formula[0] == "=" or len(formula) > LONGEST_FORMULA:
            raise OutOfRange(
                self._place(row, column),
                f'found the formula "{formula[:40]}"',
                f"1 to {LONGEST_FORMULA:,} characters without a leading '=' would be right",
            )
        if ";" in formula and ";" in _QUOTED.sub("", formula):
            raise OutOfRange(
                self._place(row, column),
                f'found ";" in the formula "{formula[:40]}"',
                "the file format separates arguments by commas in every language",
            )
        self._put(row, column, style, formula, value, _spelled)

    def in_array(self, row: int, column: int, value: Value, style: str) -> None:
        """A cell of a block that one formula answers; `array_formulas` writes the block."""
        if value is None:
            self.blank(row, column, style)
        else:
            self._put(row, column, style, IN_ARRAY, value, _spelled)

    def input(
        self,
        row: int,
        column: int,
        value: Value,
        style: str,
        name: str | None = None,
        validation: Validation | None = None,
    ) -> None:
        """A cell for people to type in, empty for None; `style` is one of the input_… styles."""
        self.input_range(row, column, ((value,),), style, name, validation)

    def input_range(
        self,
        row: int,
        column: int,
        values: tuple[tuple[Value, ...], ...],
        style: str,
        name: str | None = None,
        validation: Validation | None = None,
    ) -> None:
        """Input cells row by row, the first at (row, column); one name, one validation."""
        if style in STYLES and STYLES[style].locked:
            raise WrongKind(
                self._place(row, column), f'found the style "{style}"', "an input_… style is due"
            )
        for down, values_of_row in enumerate(values):
            for right, value in enumerate(values_of_row):
                if value is None:
                    self.blank(row + down, column + right, style)
                else:
                    self._put(row + down, column + right, style, None, value, _spelled)
        area = Area(row, column, row + len(values) - 1, column + len(values[0]) - 1)
        if name is not None:
            self.book.name(name, self, area[:2], area[2:])
        if validation is not None:
            self.validations.setdefault(validation, []).append(area)

    def hyperlink(
        self, row: int, column: int, text: str, target: "Sheet", cell: str = "A1"
    ) -> None:
        """Text that leads to a cell of another sheet of this book, or to its top."""
        self.text(row, column, text, "hyperlink")
        location = f"{quoted_title(target.title)}!{cell}"
        self.links.append(Link(cell_name(row, column), location, f"Go to {target.title}"))

    def chart(self, chart: Chart, area: Area) -> None:
        """A chart that covers an area of cells."""
        self.charts.append((chart, area))

    def check_words(self, area: Area) -> None:
        """Colours the words OK and ERROR; the words themselves stay the message."""
        first = cell_name(area.first_row, area.first_column)
        self.rules.append(Rule(area, f'{first}="OK"', "ok"))
        self.rules.append(Rule(area, f'{first}="ERROR"', "error"))

    def grey_where(self, area: Area, formula: str) -> None:
        """Greys rows beyond maturity; `formula` (no '=') is for the first cell of the area."""
        self.emphasise_where(area, formula, "beyond_maturity")

    def emphasise_where(self, area: Area, formula: str, emphasis: str) -> None:
        """An emphasis of EMPHASES where `formula` (no '='), of the area's first cell, is true."""
        if formula.startswith("="):
            raise OutOfRange("conditional format", f'found "{formula}"', "no '=' would be right")
        self.rules.append(Rule(area, formula, emphasis))

    def widths(self, widths: dict[int, float]) -> None:
        """Column widths by column number, in digits of the normal text."""
        for column, width in widths.items():
            self.column_widths[column] = self._size(width, WIDEST_COLUMN, "width of a column")

    def heights(self, heights: dict[int, float]) -> None:
        """Row heights by row number, in points; a taller row sets what follows apart."""
        for row, height in heights.items():
            self.row_heights[row] = self._size(height, TALLEST_ROW, "height of a row")

    def group_columns(self, first: int, last: int, hidden: bool = False) -> None:
        """Outlines helper columns, folded away where `hidden`."""
        self.column_groups.update(dict.fromkeys(range(first, last + 1), hidden))

    def freeze(self, row: int, column: int) -> None:
        """Keeps in view what is above and left of this cell."""
        self.frozen_cell = cell_name(row, column)

    def print_setup(
        self,
        area: Area,
        title_rows: tuple[int, int] | None = None,
        orientation: str = "landscape",
        paper: str | None = None,
        pages_tall: int | None = None,
        whole_blocks: bool = False,
    ) -> None:
        """What is printed, one page wide, `title_rows` on every page; see `Page`.

        On the workbook's paper, where no other is named. With `whole_blocks` pages end
        between what empty rows set apart. The area takes in empty columns beside it where
        the title or the line below it runs over.
        """
        paper = paper or self.book.paper
        area = self._wide_enough(area)
        blocks = self._blocks(area) if whole_blocks else ()
        self.page = Page(orientation, paper, area, title_rows, pages_tall, blocks)

    def _wide_enough(self, area: Area) -> Area:
        """The area with as many empty columns beside it as its title and the line below need."""
        needed = 0.0
        for row, digits in TITLE_DIGITS.items():
            for cell in self.rows.get(row, ())[:1]:
                needed = max(needed, len(str(cell.value)) * digits)
        last = area.last_column
        missing = needed - sum(map(self.shown_width, range(area.first_column, last + 1)))
        if missing <= 0:
            return area
        taken = max(cell.column for cells in self.rows.values() for cell in cells)
        while missing > 0 and last >= taken:
            last += 1
            missing -= self.shown_width(last)
        return area._replace(last_column=last)

    def _blocks(self, area: Area) -> tuple[int, ...]:
        """The rows of an area that come after an empty one; a few rows belong to what follows."""
        rows = range(area.first_row + 1, area.last_row + 1)
        starts = [row for row in rows if row in self.rows and row - 1 not in self.rows]
        before = (area.first_row, *starts)
        pairs = zip(before, starts, strict=False)
        return tuple(row for last, row in pairs if row - last > SHORTEST_BLOCK)

    def shown_width(self, column: int) -> float:
        """The width of a column, its widest amount considered."""
        width = self.column_widths.get(column, USUAL_WIDTH)
        return max(width, self.widest_amounts.get(column, 0))

    def reference(self, row: int, column: int) -> str:
        """The cell as formulas on other sheets name it: 'Term loan'!$B$3."""
        return f"{quoted_title(self.title)}!{cell_name(row, column, absolute=True)}"

    def _size(self, size: float, largest: float, what: str) -> float:
        if not size > 0:  # NaN is not above 0 either
            raise OutOfRange(f"{self.title}: {what}", f"found {size}", "more than 0 is due")
        return min(size, largest)

    def _place(self, row: int, column: int) -> str:
        return f"{self.title}!{cell_name(row, column)}"

    def _put(self, row, column, style, formula, value, spell) -> None:
        try:
            spelled = spell(value)
        except LexpError as error:
            raise error.at(self._place(row, column)) from None
        style = self.book.money_styles.get(style, style)
        if style not in STYLES:
            raise NotThere(
                self._place(row, column), f'found the style "{style}"', "one of STYLES is due"
            )
        cells = self.rows.get(row)
        if cells is None:
            cell_name(row, column)  # refuses a row that no sheet has
            cells = self.rows[row] = []
        cells.append(_cell((column, style, formula, value, spelled)))
        if style in MONEY and isinstance(value, (Decimal, int, float)):
            self._widen(column, style, value, spelled)

    def _widen(self, column, style, value, spelled) -> None:
        # Most amounts are short, which is quicker to see than to compute.
        if len(spelled) < SHORTEST_LARGE_AMOUNT and not isinstance(value, float):
            return
        if abs(value) >= LARGE_AMOUNT:
            digits = len(f"{value:.0f}" if "whole" in style else f"{value:.2f}")
            width = (digits * DIGIT_AND_SEPARATOR + 2) * (FIGURE if "figure" in style else 1)
            widest = max(width, self.widest_amounts.get(column, 0))
            self.widest_amounts[column] = min(widest, WIDEST_COLUMN)


class Book:
    """A workbook in the making: its sheets in order, its defined names, its properties.

    `language` is a tag such as en-US; `version` is printed in every footer. `whole_money`
    shows amounts without a minor unit, for currencies that have none. `paper`: A4 or Letter.
    """

    def __init__(
        self,
        title: str,
        subject: str,
        creator: str,
        language: str,
        version: str,
        whole_money: bool = False,
        paper: str = "A4",
    ):
        self.title = safe_text(title, "title of the workbook")
        self.subject = safe_text(subject, "subject of the workbook")
        self.creator = safe_text(creator, "creator of the workbook")
        self.language = safe_text(language, "language of the workbook")
        self.footer = footer_text(safe_text(version, "version of the workbook"))
        self.money_styles = WHOLE_MONEY if whole_money else {}
        self.paper = checked_paper(paper)
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}
        self.homes: dict[str, Sheet] = {}  # of the names that stand for one cell
        self._names_in_lower_case: set[str] = set()

    def sheet(self, title: str, kind: str) -> Sheet:
        """A new last sheet; its title is shortened and made unlike the others' as needed.

        `kind` is one of SHEET_KINDS: about, inputs, calculation, results, checks.
        """
        if kind not in SHEET_KINDS:
            raise NotThere("kind of sheet", f'found "{kind}"', f"one of {', '.join(SHEET_KINDS)}")
        taken = tuple(sheet.title for sheet in self.sheets)
        sheet = Sheet(self, sheet_title(safe_text(title, "sheet title"), taken), kind)
        self.sheets.append(sheet)
        return sheet

    def name(
        self,
        name: str,
        sheet: Sheet,
        first_cell: tuple[int, int],
        last_cell: tuple[int, int] | None = None,
    ) -> None:
        """A defined name for a cell or an area, cells as (row, column).

        Refused where Excel would not take it, or where it is there already in any case.
        """
        if checked_name(name).casefold() in self._names_in_lower_case:
            raise OutOfRange(
                f'defined name "{name}"', "it is there already", "a name of its own would be right"
            )
        self._names_in_lower_case.add(name.casefold())
        area = Area(*first_cell, *(last_cell or first_cell))
        self.names[name] = f"{quoted_title(sheet.title)}!{area.name(absolute=True)}"
        if area[:2] == area[2:]:
            self.homes[name] = sheet
