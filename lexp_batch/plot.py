"""A deal as a picture: balances, debt service, maturity wall, capital before and after.

matplotlib draws it; it is an extra (`pip install "lexp[plot]"`) and loaded only here, when a
picture is asked for. The same deal gives the same SVG, byte for byte.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from textwrap import wrap

from lexp_batch.plot_panels import PANELS, Picture, picture_of
from lexp_calc.deal import Projection
from lexp_calc.errors import NotThere, WrongKind, quoted
from lexp_calc.spelling import expected_one_of
from workbook_templates.files import replace_file
from workbook_templates.styles import GREY, INK, WHITE

# Endings of files, with what keeps the time of day out of them.
FORMATS = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
INCHES = (13, 9)
MISSING = re.compile(r"Glyph (\d+) .*missing from font")  # matplotlib's warning
TITLE_WIDTH, TITLE_LINES = 100, 3  # characters a line
SETTINGS = {
    "svg.hashsalt": "lexp",
    "svg.fonttype": "none",  # text stays text: searchable, and sharp at any size
    "text.parse_math": False,  # a name with two dollar signs is no formula
    "font.family": [
        "Carlito",
        "Calibri",
        "DejaVu Sans",
        "Noto Sans CJK JP",  # the first that has a name's characters draws them
        "Yu Gothic",
        "Hiragino Sans",
        "sans-serif",
    ],
    "font.size": 10,
    "text.color": f"#{INK}",
    "axes.edgecolor": f"#{GREY}",
    "axes.labelcolor": f"#{GREY}",
    "xtick.color": f"#{GREY}",
    "ytick.color": f"#{GREY}",
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}


def write_picture(projection: Projection, path: str) -> None:
    """The picture of a projected deal as a .svg, .png or .pdf file, whole or not at all."""
    ending = Path(path).suffix.removeprefix(".").casefold()
    if ending not in FORMATS:
        found = f"{quoted(path)}, which is no picture by its ending"
        expected = expected_one_of(ending, [f".{each}" for each in FORMATS])
        raise WrongKind("--plot", found, expected)
    replace_file(path, picture_bytes(projection, ending))


def picture_bytes(projection: Projection, ending: str) -> bytes:
    """The picture's file: "svg", "png" or "pdf"."""
    with _quiet():
        try:
            import matplotlib
        except ImportError:
            expected = 'pip install "lexp[plot]" would be right: it brings matplotlib'
            raise NotThere("--plot", "found no plotting library", expected) from None
        with matplotlib.rc_context(), warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            matplotlib.rcdefaults()  # whatever the user's own settings are
            matplotlib.rcParams.update(SETTINGS)
            content = _drawn(picture_of(projection), ending)
    if ending != "svg":  # which leaves the typeface to whoever shows it
        _refuse_boxes([str(each.message) for each in said], ending)
    return content


def _drawn(picture: Picture, ending: str) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, facecolor=f"#{WHITE}", layout="constrained")
    figure.get_layout_engine().set(w_pad=0.15, h_pad=0.15)
    title = "\n".join(wrap(picture.title, TITLE_WIDTH, max_lines=TITLE_LINES, placeholder=" …"))
    figure.suptitle(title, x=0.01, ha="left", fontsize=15, fontweight="bold")
    for axes, panel in zip(figure.subplots(2, 2).flat, PANELS, strict=True):
        panel(axes, picture)
    file = BytesIO()
    figure.savefig(file, format=ending, metadata={"Title": picture.title, **FORMATS[ending]})
    return file.getvalue()


def _refuse_boxes(warned: list[str], ending: str) -> None:
    """Where no typeface has a character, a box would stand in its place, and mean nothing."""
    missing = next(filter(None, map(MISSING.match, warned)), None)
    if missing is not None:
        found = f'found no typeface on this computer for "{chr(int(missing[1]))}"'
        expected = f"a .svg file, or a typeface that has it, would be right for .{ending}"
        raise NotThere("--plot", found, expected)


@contextmanager
def _quiet() -> Iterator[None]:
    """What the library logs of typefaces and caches is no news to a user."""
    logger = logging.getLogger("matplotlib")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
