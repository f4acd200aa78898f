"""Every font, fill, border, alignment and number format of a workbook, by meaning.

A sheet names a style ("money_total"); what that looks like is decided here and nowhere
else. Inputs are blue on a tint and unlocked, links to other sheets green, all else is
ink on white and locked; only checks change colour, by conditional formatting.
Each pair of text and fill has a contrast of at least 4.5 : 1.
"""

from dataclasses import dataclass, replace

TYPEFACE = "Calibri"
TEXT_SIZE = 10  # points

WHITE = "FFFFFF"
INK = "1F2933"
ACCENT = "1F3864"
GREY = "595959"
PALE_GREY = "696969"  # the palest grey that still has 4.5 : 1 on white and on the total tint
RULE = "8A94A6"
TOTAL_TINT = "E9EEF5"
INPUT_BLUE = "0000C8"
INPUT_TINT = "FFF7DC"
LINK_GREEN = "00662B"
OK_INK, OK_TINT = "00561F", "E3F3E6"
ERROR_INK, ERROR_TINT = WHITE, "B00020"

# Number formats: positive; negative; zero; text. `_)` leaves the width of a bracket, so
# that the digits of positive and negative amounts stand under each other.
MONEY = '#,##0.00_);(#,##0.00);"-"_);@_)'
MONEY_WHOLE = '#,##0_);(#,##0);"-"_);@_)'
PRICE = '#,##0.0000_);(#,##0.0000);"-"_);@_)'
RATE = '0.000%_);(0.000%);"-"_);@_)'
RATE_EXACT = '0.00000%_);(0.00000%);"-"_);@_)'
SHARE = '0.0%_);(0.0%);"-"_);@_)'
FACTOR = '#,##0.00000000_);(#,##0.00000000);"-"_);@_)'
YEARS = '0.00_);(0.00);"-"_);@_)'
DATE = 'dd-mmm-yyyy_);;"-"_);@_)'
COUNT = '#,##0_);(#,##0);"-"_);@_)'
EXACT = '0_);(0);"-"_);@_)'
WORD = '0;(0);"-";@'
GENERAL = "General"


@dataclass(frozen=True)
class Style:
    """How a cell looks and whether a protected sheet lets one type in it; sizes in points."""

    number_format: str = GENERAL
    colour: str = INK
    size: int = TEXT_SIZE
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    fill: str | None = None
    rule_above: bool = False
    horizontal: str = "left"
    vertical: str = "center"
    indent: int = 0
    wrapped: bool = False
    shrunk: bool = False  # text wider than its column is shown smaller, never cut
    locked: bool = True


def _number(number_format: str) -> Style:
    return Style(number_format, horizontal="right")


def _total(style: Style) -> Style:
    return replace(style, bold=True, fill=TOTAL_TINT, rule_above=True)


def _figure(style: Style) -> Style:
    return replace(style, bold=True, size=14, colour=ACCENT)


def _input(style: Style) -> Style:
    return replace(style, colour=INPUT_BLUE, fill=INPUT_TINT, locked=False)


def _link(style: Style) -> Style:
    return replace(style, colour=LINK_GREEN)


_TEXT = Style()
_VALUES = {
    "text": _TEXT,
    "wrapped_text": Style(wrapped=True),
    "choice": Style(horizontal="right"),
    "year": Style("0", horizontal="left"),
    "word": Style(WORD),  # a word made by a formula, '-' for the 0 of a row not in use
    "remark": Style(WORD, indent=1, shrunk=True),  # several words, of a length nobody knows
    "money": _number(MONEY),
    "money_whole": _number(MONEY_WHOLE),
    "price": _number(PRICE),
    "rate": _number(RATE),
    "rate_exact": _number(RATE_EXACT),
    "share": _number(SHARE),
    "factor": _number(FACTOR),
    "years": _number(YEARS),
    "date": _number(DATE),
    "count": _number(COUNT),
    "exact": _number(EXACT),
}

_STYLES = {
    "normal": _TEXT,  # first: what an empty cell of the workbook looks like
    "title": Style(size=16, bold=True, colour=ACCENT),
    "subtitle": Style(colour=GREY),
    "heading": Style(size=12, bold=True, colour=ACCENT),
    "column_head": Style(
        bold=True, colour=WHITE, fill=ACCENT, horizontal="right", vertical="bottom", wrapped=True
    ),
    "column_head_text": Style(
        bold=True, colour=WHITE, fill=ACCENT, vertical="bottom", wrapped=True
    ),
    "column_head_unit": Style(bold=True, colour=WHITE, fill=ACCENT, vertical="bottom", indent=1),
    "column_head_check": Style(
        bold=True, colour=WHITE, fill=ACCENT, vertical="bottom", horizontal="center"
    ),
    "label": _TEXT,
    "label_indented": Style(indent=1),
    "label_total": _total(_TEXT),
    "unit": Style(colour=GREY, indent=1),
    "note_total": Style(colour=GREY, indent=1, fill=TOTAL_TINT, rule_above=True),
    "note": Style(colour=GREY, italic=True),
    "wrapped_note": Style(colour=GREY, italic=True, wrapped=True),
    "hyperlink": Style(colour=ACCENT, underlined=True),
    "check": Style(bold=True, horizontal="center"),
    "truth": Style(horizontal="center"),
    "figure_label": Style(colour=GREY),
    "signature": Style(colour=GREY, rule_above=True),  # what is to be written on the rule
    **_VALUES,
    **{
        f"{name}_total": _total(_VALUES[name])
        for name in ("money", "money_whole", "price", "rate", "share", "factor", "years")
        + ("date", "count", "exact")
    },
    **{
        f"figure_{name}": _figure(replace(_VALUES[name], horizontal="left"))
        for name in ("text", "money", "money_whole", "rate", "date", "years", "count")
    },
    "figure_check": _figure(_TEXT),
    **{f"input_{name}": _input(style) for name, style in _VALUES.items()},
    # How an input looks, for the key to the colours: not one to type in.
    "input_sample": replace(_input(_TEXT), locked=True),
}

# What a formula can look like has a twin in the colour of links to other sheets.
_LINKED = tuple(
    name
    for name in _STYLES
    if name in _VALUES or name == "check" or name.startswith("figure_") or name.endswith("_total")
)
STYLES = _STYLES | {f"link_{name}": _link(_STYLES[name]) for name in _LINKED}


@dataclass(frozen=True)
class SheetKind:
    """What a sheet is for, shown by its tab; gridlines only where people type."""

    tab_colour: str
    gridlines: bool


SHEET_KINDS = {
    "about": SheetKind(ACCENT, gridlines=False),
    "results": SheetKind(ACCENT, gridlines=False),
    "inputs": SheetKind("C9A227", gridlines=True),
    "calculation": SheetKind("8A94A6", gridlines=False),
    "checks": SheetKind(LINK_GREEN, gridlines=False),
}


@dataclass(frozen=True)
class Emphasis:
    """What conditional formatting changes: colour, weight, fill, a rule above; None: as it is."""

    colour: str | None = None
    bold: bool | None = None
    fill: str | None = None
    rule_above: bool = False


# A rule in a sheet refers to its emphasis by the position in this table.
EMPHASES = {
    "ok": Emphasis(OK_INK, bold=True, fill=OK_TINT),
    "error": Emphasis(ERROR_INK, bold=True, fill=ERROR_TINT),
    "beyond_maturity": Emphasis(PALE_GREY),
    "current_period": Emphasis(bold=True, fill=TOTAL_TINT),
    "new_year": Emphasis(rule_above=True),
}

# Series colours of charts, in order: muted, and told apart in grey print too.
PALETTE = (ACCENT, "6F93BD", "C2A25A", "7A8699", "A9C1DD", "8C5A3C")
CHART_GRID = "E1E5EA"
CHART_TITLE_SIZE, CHART_TEXT_SIZE = 11, 9  # points
# Spaces keep neighbours apart; nothing is shown for the zero date of a row beyond maturity.
CHART_DATE = '" "mmm yyyy" ";;""'
CHART_FORMATS = {
    "billions": "#,##0.0,,,",
    "millions": "#,##0.0,,",
    "thousands": "#,##0,",
    "money": "#,##0",
    "rate": "0.0%",
    "count": "#,##0",
    "price": "#,##0.00",
}
