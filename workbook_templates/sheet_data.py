"""The rows of a sheet as the file holds them: each formula with its value, text inline."""

import re
from operator import itemgetter

from lexp_calc.errors import OutOfRange
from workbook_templates.addresses import Area, cell_name, column_letters
from workbook_templates.cells import IN_ARRAY, Sheet
from workbook_templates.styles import STYLES
from workbook_templates.stylesheet import QUOTED_STYLE_NUMBERS, STYLE_NUMBERS
from workbook_templates.xml_text import escaped

# What somebody's edit, or an export as comma-separated values, would turn into a formula.
FORMULA_STARTS = ("=", "+", "-", "@")

# A formula that shows one cell of another sheet is green, every other one is not: which is
# which is known only when all names are, so it is decided here and not by the sheets.
LINK_STYLES = {name.removeprefix("link_"): name for name in STYLES if name.startswith("link_")}
PLAIN_STYLES = {link: plain for plain, link in LINK_STYLES.items()}

_by_column = itemgetter(0)
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def sheet_data(sheet: Sheet) -> str:
    """The element with all rows; a cell that was written twice is refused."""
    pieces = ["<sheetData>"]
    write = pieces.append
    heights = sheet.row_heights
    style_numbers = dict(STYLE_NUMBERS)
    homes, arrays = sheet.book.homes, sheet.arrays
    for row in sorted(sheet.rows.keys() | heights.keys()):
        height = f' ht="{heights[row]:g}" customHeight="1"' if row in heights else ""
        write(f'<row r="{row}"{height}>')
        last_column = 0
        for column, style, formula, value, spelled in sorted(
            sheet.rows.get(row, ()), key=_by_column
        ):
            if column == last_column:
                raise OutOfRange(
                    f"{sheet.title}!{cell_name(row, column)}",
                    "found two values",
                    "a cell written once would be right",
                )
            last_column = column
            if formula is not None:
                home = homes.get(formula)
                looks = PLAIN_STYLES if home is None or home is sheet else LINK_STYLES
                style = looks.get(style, style)
            start = f'<c r="{column_letters(column)}{row}" s="{style_numbers[style]}"'
            kind = type(value)
            if formula is not None:
                if kind is str:
                    spelled = _text(spelled)
                shown = _TYPES.get(kind, "")
                written = f"<f>{escaped(formula)}</f>"
                if arrays:
                    written = _in_an_array(written, arrays.get((row, column)), formula)
                write(f"{start}{shown}>{written}<v>{spelled}</v></c>")
            elif spelled is None:
                write(f"{start}/>")
            elif kind is str:
                if value.startswith(FORMULA_STARTS):
                    start = f'<c r="{column_letters(column)}{row}" s="{_quoted(style)}"'
                text = f'<is><t xml:space="preserve">{_text(spelled)}</t></is>'
                write(f'{start} t="inlineStr">{text}</c>')
            else:
                write(f"{start}{_TYPES.get(kind, '')}><v>{spelled}</v></c>")
        write("</row>")
    write("</sheetData>")
    return "".join(pieces)


_TYPES = {str: ' t="str"', bool: ' t="b"'}


def _in_an_array(written: str, area: Area | None, formula: str) -> str:
    """The element of a formula where it may be one for a block of cells."""
    if area is not None:
        return written.replace("<f>", f'<f t="array" ref="{area.name()}">', 1)
    return "" if formula == IN_ARRAY else written


def _quoted(style: str) -> int:
    return QUOTED_STYLE_NUMBERS.get(style, STYLE_NUMBERS[style])


def _text(text: str) -> str:
    # Excel reads _x0041_ as the letter A, so that a literal one needs its own escape.
    if "_x" in text:
        text = _ESCAPE_LOOKALIKE.sub("_x005F_", text)
    return escaped(text)
