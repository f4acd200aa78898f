"""How cells look, read from the stylesheet of a file: colours, number formats, locks."""

from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS

from workbook_templates.stored_cells import MAIN

BLACK, WHITE = "000000", "FFFFFF"
GENERAL = "General"
DARKEST_FILL = 0.2  # relative luminance: a head's fill, under white text


@dataclass(frozen=True)
class Look:
    """The format of a cell; colours as RRGGBB, `fill` None where there is none."""

    colour: str
    size: float
    bold: bool
    fill: str | None
    number_format: str
    locked: bool
    quoted: bool
    rule_above: bool

    @property
    def is_head(self) -> bool:
        """Whether it heads a column: white on a dark fill."""
        return self.fill is not None and luminance(self.fill) < DARKEST_FILL

    @property
    def is_total(self) -> bool:
        """Whether it belongs to a line of totals: bold, under a rule."""
        return self.bold and self.rule_above

    @property
    def contrast(self) -> float:
        """The contrast of the text with what is behind it, 1 to 21."""
        return contrast(self.colour, self.fill or WHITE)


def looks(styles: Element) -> list[Look]:
    """The looks of a stylesheet, by the number that cells give."""
    formats = dict(BUILTIN_FORMATS)
    for each in styles.iter(f"{MAIN}numFmt"):
        formats[int(each.get("numFmtId"))] = each.get("formatCode")
    fonts = list(styles.find(f"{MAIN}fonts"))
    fills = [_fill(each) for each in styles.find(f"{MAIN}fills")]
    borders = list(styles.find(f"{MAIN}borders"))
    return [_look(each, formats, fonts, fills, borders) for each in styles.find(f"{MAIN}cellXfs")]


def emphases(styles: Element) -> list[tuple[str | None, str | None]]:
    """(colour of the text, fill) of each conditional format; None where it leaves one alone."""
    found = []
    for each in styles.iter(f"{MAIN}dxf"):
        colour = each.find(f"{MAIN}font/{MAIN}color")
        fill = each.find(f"{MAIN}fill/{MAIN}patternFill/{MAIN}bgColor")
        found.append((_rgb(colour), _rgb(fill)))
    return found


def _look(style: Element, formats, fonts, fills, borders) -> Look:
    font = fonts[int(style.get("fontId", 0))]
    size, bold = font.find(f"{MAIN}sz"), font.find(f"{MAIN}b")
    protection = style.find(f"{MAIN}protection")
    top = borders[int(style.get("borderId", 0))].find(f"{MAIN}top")
    return Look(
        _rgb(font.find(f"{MAIN}color")) or BLACK,
        11.0 if size is None else float(size.get("val")),
        bold is not None and bold.get("val", "1") not in ("0", "false"),
        fills[int(style.get("fillId", 0))],
        formats.get(int(style.get("numFmtId", 0)), GENERAL),
        protection is None or protection.get("locked", "1") not in ("0", "false"),
        style.get("quotePrefix") in ("1", "true"),
        top is not None and top.get("style") not in (None, "none"),
    )


def _fill(fill: Element) -> str | None:
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    return _rgb(pattern.find(f"{MAIN}fgColor"))


def _rgb(colour: Element | None) -> str | None:
    if colour is None or not colour.get("rgb"):
        return None
    return colour.get("rgb")[-6:].upper()


@cache
def luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 black to 1 white (WCAG 2.1)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.1)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_blue(colour: str) -> bool:
    """The blue of inputs: far more blue than anything else."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return blue > 150 and blue > 2 * max(red, green)


def is_green(colour: str) -> bool:
    """The green of links: more green than anything else."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return green > 60 and green > 1.5 * max(red, blue)
