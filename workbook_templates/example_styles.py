"""How the cells of an example look: the style that shows each value whole, and the width it needs.

The registry says an argument's unit in words; the headings of a table are all that is known of
its columns. So the format follows from both and from the values themselves.
"""

from datetime import date
from decimal import Decimal

from workbook_templates.array_formulas import Rows, Styles
from workbook_templates.cells import Value

HEAD = "label_total"
NUMBER_HEAD = "count_total"  # stands right, above its figures
DATE_WIDTH = 13
DIGIT, BRACKETS = 1.15, 3  # a digit with its share of separators; what a format adds


def fitting_styles(values: Rows, unit: str, has_heads: bool = False) -> Styles:
    """A style for each cell; figures of one column alike, unless they are of several kinds."""
    heads, rows = (values[:1], values[1:]) if has_heads else ((), values)
    columns = []
    for place, cells in enumerate(zip(*rows, strict=True)):
        what = str(heads[0][place]) if heads else unit
        columns.append(_styles_of_column(cells, what))
    styles = tuple(zip(*columns, strict=True))
    if not has_heads:
        return styles
    is_figure = [{*column} <= {"text"} for column in columns]
    return (tuple(HEAD if text else NUMBER_HEAD for text in is_figure), *styles)


def _styles_of_column(cells: tuple[Value, ...], what: str) -> tuple[str, ...]:
    styles = [_style(cell, what) for cell in cells]
    figures = {style for cell, style in zip(cells, styles, strict=True) if _is_number(cell)}
    if figures == {"count", "money"}:  # cents for all, where some have them
        return tuple("money" if style == "count" else style for style in styles)
    return tuple(styles)


def _is_number(cell: Value) -> bool:
    return isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)


def _style(cell: Value, what: str) -> str:
    if isinstance(cell, date):
        return "date"
    if isinstance(cell, bool):
        return "choice"
    if not _is_number(cell):
        return _empty_style(what) if cell is None else "text"
    if what == "year":
        return "year"
    if _is_rate(what):
        return "rate" if _has_places(cell, 5) else "rate_exact"
    if "currency" in what and _has_places(cell, 2):
        return "money"
    for style, places in (("count", 0), ("money", 2), ("price", 4)):
        if _has_places(cell, places):
            return style
    return "factor"


def _is_rate(what: str) -> bool:
    return what.split("_")[-1] == "rate" or what.startswith(("decimal", "share from"))


def _empty_style(unit: str) -> str:
    if unit == "date":
        return "date"
    return "rate" if _is_rate(unit) else "text"


def _has_places(number: float, places: int) -> bool:
    return round(number, places) == number


def fitting_width(cell: Value) -> float:
    """The width, in digits, in which a cell shows whole."""
    if cell is None:
        return 0
    if isinstance(cell, date):
        return DATE_WIDTH
    if _is_number(cell):
        whole = len(f"{abs(cell):.0f}")
        return whole * DIGIT + (0 if isinstance(cell, int) else 9) + BRACKETS
    return len(str(cell)) * DIGIT
