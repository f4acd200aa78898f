"""The styles as the file holds them: a number for each, and the stylesheet part.

The table of styles never changes while the program runs, so both are made once.
Every text style has a twin with the quote prefix: a cell that shows "=SUM(A1)" as text
must stay text after somebody edits it.
"""

from functools import cache
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.styles import Font as LibraryFont
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, BUILTIN_FORMATS_REVERSE
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.utils.indexed_list import IndexedList

from workbook_templates import styles
from workbook_templates.xml_text import part_text

STYLE_NUMBERS = MappingProxyType({name: number for number, name in enumerate(styles.STYLES)})
_QUOTED = tuple(
    name for name, style in styles.STYLES.items() if style.number_format == styles.GENERAL
)
QUOTED_STYLE_NUMBERS = MappingProxyType(
    {name: len(styles.STYLES) + position for position, name in enumerate(_QUOTED)}
)
EMPHASIS_NUMBERS = MappingProxyType({name: number for number, name in enumerate(styles.EMPHASES)})


class Font(LibraryFont):
    """A font whose elements come in the order that the file format's schema wants.

    openpyxl writes the name first; the Open XML SDK's validator calls that an error.
    """

    __nested__ = LibraryFont.__nested__
    __elements__ = tuple(
        "b i strike condense extend outline shadow u vertAlign "
        "sz color name family charset scheme".split()
    )


def _font(style: styles.Style) -> Font:
    return Font(
        name=styles.TYPEFACE,
        family=2,  # the swiss family: what to fall back on where the typeface is missing
        size=style.size,
        bold=style.bold,
        italic=style.italic,
        underline="single" if style.underlined else None,
        color=style.colour,
    )


def _fill(colour: str | None) -> PatternFill:
    return PatternFill() if colour is None else PatternFill("solid", fgColor=colour)


def _border(style: styles.Style) -> Border:
    return Border(top=Side("thin", color=styles.RULE)) if style.rule_above else Border()


def _alignment(style: styles.Style) -> Alignment:
    return Alignment(
        horizontal=style.horizontal,
        vertical=style.vertical,
        wrap_text=style.wrapped or None,
        shrink_to_fit=style.shrunk or None,
        indent=style.indent,
    )


def _format_number(workbook: Workbook, number_format: str) -> int:
    if number_format in BUILTIN_FORMATS_REVERSE:
        return BUILTIN_FORMATS_REVERSE[number_format]
    return BUILTIN_FORMATS_MAX_SIZE + workbook._number_formats.add(number_format)


def _resolved(workbook: Workbook, style: styles.Style) -> StyleArray:
    resolved = StyleArray()
    resolved.fontId = workbook._fonts.add(_font(style))
    resolved.fillId = workbook._fills.add(_fill(style.fill))
    resolved.borderId = workbook._borders.add(_border(style))
    resolved.numFmtId = _format_number(workbook, style.number_format)
    resolved.alignmentId = workbook._alignments.add(_alignment(style))
    resolved.protectionId = workbook._protections.add(Protection(locked=style.locked))
    return resolved


def _emphasis(emphasis: styles.Emphasis) -> DifferentialStyle:
    # In a conditional format it is the background colour that fills the cell.
    fill = None if emphasis.fill is None else PatternFill("solid", bgColor=emphasis.fill)
    changed = emphasis.bold is not None or emphasis.colour is not None
    font = Font(b=emphasis.bold, color=emphasis.colour) if changed else None
    border = Border(top=Side("thin", color=styles.RULE)) if emphasis.rule_above else None
    return DifferentialStyle(font=font, fill=fill, border=border)


@cache
def stylesheet_text() -> str:
    """The stylesheet part, the same for every workbook of this version."""
    workbook = Workbook()
    normal = _font(styles.STYLES["normal"])
    workbook._fonts = IndexedList([normal])
    workbook._named_styles["Normal"].font = normal
    plain = [_resolved(workbook, style) for style in styles.STYLES.values()]
    quoted = [StyleArray(plain[STYLE_NUMBERS[name]]) for name in _QUOTED]
    for style in quoted:
        style.quotePrefix = 1
    workbook._cell_styles = plain + quoted
    workbook._differential_styles.styles = [_emphasis(each) for each in styles.EMPHASES.values()]
    return part_text(write_stylesheet(workbook))
