"""A deal as a picture: balances, debt service, maturity wall, capital before and after.

matplotlib draws it; it is an extra (`pip install "lexp[plot]"`) and loaded only here, when a
picture is asked for. The same deal gives the same SVG, byte for byte.
"""

from io import BytesIO
from pathlib import Path

from lexp_batch.plot_panels import PANELS, picture_of
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
SETTINGS = {
    "svg.hashsalt": "lexp",
    "svg.fonttype": "none",  # text stays text: searchable, and sharp at any size
    "font.family": ["Carlito", "Calibri", "DejaVu Sans", "sans-serif"],
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
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        expected = 'pip install "lexp[plot]" would be right: it brings matplotlib'
        raise NotThere("--plot", "found no plotting library", expected) from None
    with _no_warnings(), matplotlib.rc_context(SETTINGS):
        figure = Figure(figsize=INCHES, facecolor=f"#{WHITE}", layout="constrained")
        figure.get_layout_engine().set(w_pad=0.15, h_pad=0.15)
        picture = picture_of(projection)
        figure.suptitle(picture.title, x=0.01, ha="left", fontsize=15, fontweight="bold")
        for axes, panel in zip(figure.subplots(2, 2).flat, PANELS, strict=True):
            panel(axes, picture)
        file = BytesIO()
        figure.savefig(file, format=ending, metadata=FORMATS[ending])
    return file.getvalue()


def _no_warnings():
    """A typeface of the list that is not installed is no news to a user."""
    import logging
    from contextlib import contextmanager

    @contextmanager
    def quiet():
        logger = logging.getLogger("matplotlib.font_manager")
        before = logger.level
        logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            logger.setLevel(before)

    return quiet()
