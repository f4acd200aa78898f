"""A sheet on paper: size, direction, repeated head rows and the footer."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from lexp_calc.errors import NotThere, OutOfRange
from workbook_templates.addresses import Area

PAPER_SIZES = {"Letter": 1, "A4": 9}  # with the file format's numbers
LONG_AND_SHORT_SIDE = {"Letter": (792.0, 612.0), "A4": (841.9, 595.3)}  # points
SIDE_MARGIN, FOOT_MARGIN, FOOTER_MARGIN = 0.5, 0.75, 0.3  # inches
POINTS_AN_INCH = 72
POINTS_A_DIGIT = 5.1  # of a column's width, in the normal text
# A last page filled to less than this is pressed into the ones before it, unless the print
# would become smaller than can be read, or clearly smaller where it is that small anyhow.
SHORT_PAGE, SMALLEST_SCALE, UPRIGHT_SCALE = 0.4, 0.5, 0.6
SLIGHTLY_PRESSED = 0.85
EITHER = "either"  # landscape or, where that saves a page, portrait
ORIENTATIONS = ("landscape", "portrait", EITHER)
LONGEST_FOOTER = 255


@dataclass(frozen=True)
class Page:
    """One page wide; `title_rows` (first, last) are repeated on every page.

    `pages_tall` is how many pages the whole area must fit, None for whole pages: as many as
    it takes, and no last one with a few lines on it.
    """

    orientation: str = "landscape"
    paper: str = "A4"
    area: Area | None = None
    title_rows: tuple[int, int] | None = None
    pages_tall: int | None = None

    def __post_init__(self):
        for what, word, known in (
            ("orientation", self.orientation, ORIENTATIONS),
            ("paper", self.paper, tuple(PAPER_SIZES)),
        ):
            if word not in known:
                raise NotThere(what, f'found "{word}"', f"one of {', '.join(known)} would be right")

    def laid_out(
        self, width: Callable[[int], float], height: Callable[[int], float]
    ) -> tuple[str, int]:
        """The orientation, and how many pages tall the area is; 0 where there is no area.

        `width` of columns in digits, `height` of rows in points. What may stand either way
        stands upright where that saves a page and can still be read.
        """
        if self.area is None:
            return self.orientation.replace(EITHER, "landscape"), 0
        if self.orientation != EITHER:
            return self.orientation, self.pages_tall or self._pages(self.orientation, width, height)
        lying = self._pages("landscape", width, height)
        upright = self._pages("portrait", width, height)
        is_legible = self._scale("portrait", width) >= UPRIGHT_SCALE
        return ("portrait", upright) if upright < lying and is_legible else ("landscape", lying)

    def _sides(self, orientation: str) -> tuple[float, float]:
        """What is printed on: points across and down, between the margins."""
        sides = LONG_AND_SHORT_SIDE[self.paper]
        across, down = sides if orientation == "landscape" else sides[::-1]
        across -= 2 * SIDE_MARGIN * POINTS_AN_INCH
        return across, down - (SIDE_MARGIN + FOOT_MARGIN) * POINTS_AN_INCH

    def _scale(self, orientation: str, width: Callable[[int], float]) -> float:
        """How small the print becomes where the columns take one page."""
        columns = range(self.area.first_column, self.area.last_column + 1)
        digits = sum(width(each) for each in columns)
        return min(self._sides(orientation)[0] / (digits * POINTS_A_DIGIT), 1)

    def _pages(self, orientation, width, height) -> int:
        """Whole pages, the last one pressed into the others where it would be short."""
        area, scale = self.area, self._scale(orientation, width)
        first, last = self.title_rows or (1, 0)
        repeated = sum(height(each) for each in range(first, last + 1))
        tall = sum(height(each) for each in range(area.first_row, area.last_row + 1))
        down = self._sides(orientation)[1] / scale
        pages = max((tall - repeated) / (down - repeated), 0.01)
        whole = ceil(pages)
        fewer = whole - 1
        pressed = fewer / pages
        can_be_read = fewer and (scale * pressed >= SMALLEST_SCALE or pressed >= SLIGHTLY_PRESSED)
        return fewer if can_be_read and pages - fewer < SHORT_PAGE else whole


def checked_paper(paper: str) -> str:
    """A paper size that is known, given back; any other is refused."""
    return Page(paper=paper).paper


def footer_text(version: str) -> str:
    """Sheet, page x of y and version in the footer's own code; at most 255 characters."""
    # In this code '&' starts a command, so a literal one is doubled.
    text = f"&L&8&A&C&8Page &P of &N&R&8 {version.replace('&', '&&')}"
    if len(text) > LONGEST_FOOTER:
        raise OutOfRange(
            "version in the footer",
            f"found {len(version)} characters",
            f"a footer of at most {LONGEST_FOOTER} characters would be right",
        )
    return text
