"""How a cell looks, from the stylesheet part: colours resolved, formats spelled out."""

from dataclasses import dataclass
from xml.etree import ElementTree

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from workbook_templates.stored_cells import MAIN

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
BLACK, WHITE = "000000", "FFFFFF"
# The theme's colours by number; the format swaps the first two pairs of the theme part.
THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)


@dataclass(frozen=True)
class CellStyle:
    """One cell format; colours as RRGGBB, `fill` None where the page shows through."""

    colour: str = BLACK
    bold: bool = False
    fill: str | None = None
    number_format: str = "General"
    locked: bool = True
    quote_prefix: bool = False


@dataclass(frozen=True)
class Change:
    """What a conditional format changes; None leaves it as the cell has it."""

    colour: str | None
    fill: str | None


class Styles:
    """The cell formats and the conditional formats of a workbook, by their numbers."""

    def __init__(self, styles, theme):
        """`styles` and `theme` are the roots of those parts; `theme` may be None."""
        self.theme = _theme_colours(theme)
        fonts = [self._font(each) for each in _all(styles, "fonts", "font")]
        fills = [self._fill(each) for each in _all(styles, "fills", "fill")]
        formats = {
            int(each.get("numFmtId")): each.get("formatCode", "")
            for each in _all(styles, "numFmts", "numFmt")
        }
        self.cells = [
            self._cell(each, fonts, fills, formats) for each in _all(styles, "cellXfs", "xf")
        ]
        self.changes = [self._change(each) for each in _all(styles, "dxfs", "dxf")]

    def __getitem__(self, number: int) -> CellStyle:
        return self.cells[number] if number < len(self.cells) else CellStyle()

    def _cell(self, xf, fonts, fills, formats) -> CellStyle:
        colour, bold = fonts[int(xf.get("fontId", 0))]
        number = int(xf.get("numFmtId", 0))
        protection = xf.find(f"{MAIN}protection")
        return CellStyle(
            colour,
            bold,
            fills[int(xf.get("fillId", 0))],
            formats.get(number) or BUILTIN_FORMATS.get(number, "General"),
            protection is None or protection.get("locked", "1") not in ("0", "false"),
            xf.get("quotePrefix", "0") in ("1", "true"),
        )

    def _font(self, font) -> tuple[str, bool]:
        bold = font.find(f"{MAIN}b")
        is_bold = bold is not None and bold.get("val", "1") not in ("0", "false")
        return self.colour(font.find(f"{MAIN}color")) or BLACK, is_bold

    def _fill(self, fill) -> str | None:
        pattern = fill.find(f"{MAIN}patternFill")
        if pattern is None or pattern.get("patternType", "none") == "none":
            return None
        return self.colour(pattern.find(f"{MAIN}fgColor"))

    def _change(self, dxf) -> Change:
        # In a conditional format it is the background colour that fills the cell.
        return Change(
            self.colour(dxf.find(f"{MAIN}font/{MAIN}color")),
            self.colour(dxf.find(f"{MAIN}fill/{MAIN}patternFill/{MAIN}bgColor")),
        )

    def colour(self, element) -> str | None:
        """A colour element as RRGGBB; None where there is none or it is automatic."""
        if element is None:
            return None
        if element.get("rgb"):
            return element.get("rgb")[-6:].upper()
        if element.get("theme") is not None:
            number = THEME_ORDER[int(element.get("theme"))]
            return tinted(self.theme[number], float(element.get("tint", 0)))
        if element.get("indexed") is not None and int(element.get("indexed")) < len(COLOR_INDEX):
            return COLOR_INDEX[int(element.get("indexed"))][-6:].upper()
        return None


def _all(root, group: str, kind: str) -> list:
    return root.findall(f"{MAIN}{group}/{MAIN}{kind}")


def _theme_colours(theme) -> list[str]:
    scheme = None if theme is None else theme.find(f".//{DRAWING}clrScheme")
    if scheme is None:
        return [BLACK, WHITE] * 6
    return [(each[0].get("lastClr") or each[0].get("val")).upper() for each in scheme]


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, channel by channel."""
    channels = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    if tint < 0:
        mixed = (channel * (1 + tint) for channel in channels)
    else:
        mixed = (channel + (255 - channel) * tint for channel in channels)
    return "".join(f"{round(channel):02X}" for channel in mixed)


def parsed(text: bytes | None):
    """A part's root element; None where there is no such part."""
    return None if text is None else ElementTree.fromstring(text)
