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
# Blocks are set on pages a little shorter than they are, since heights are only reckoned;
# one that is longer than a page starts where it falls, unless so little of the page is left.
RECKONED_PAGE, LITTLE_ROOM = 0.97, 0.25
EITHER = "either"  # landscape or, where that saves a page, portrait
ORIENTATIONS = ("landscape", "portrait", EITHER)
LONGEST_FOOTER = 255


@dataclass(frozen=True)
class Page:
    """One page wide; `title_rows` (first, last) are repeated on every page.

    `pages_tall` is how many pages the whole area must fit, None for whole pages: as many as
    it takes, and no last one with a few lines on it. `blocks` are the first rows of what is
    not to be cut over two pages, where it takes several.
    """

    orientation: str = "landscape"
    paper: str = "A4"
    area: Area | None = None
    title_rows: tuple[int, int] | None = None
    pages_tall: int | None = None
    blocks: tuple[int, ...] = ()

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

    def in_blocks(
        self, width: Callable[[int], float], height: Callable[[int], float]
    ) -> tuple[str, tuple[int, ...]]:
        """The orientation, and the rows before which a page ends; none where one page does.

        As `laid_out` has it, or the other way where that takes fewer pages.
        """
        orientation, pages = self.laid_out(width, height)
        if not self.blocks or pages == 1:
            return orientation, ()
        ways = [orientation]
        if self.orientation == EITHER and self._scale("portrait", width) >= UPRIGHT_SCALE:
            ways += [each for each in ORIENTATIONS[:2] if each != orientation]
        set_out = [(*self._set_out(each, width, height), each) for each in ways]
        _, breaks, orientation = min(set_out, key=lambda each: each[0])
        return orientation, breaks

    def _set_out(self, orientation, width, height) -> tuple[float, tuple[int, ...]]:
        """How many pages the blocks take one after the other, and the rows that start a page."""
        first, last = self.title_rows or (1, 0)
        repeated = sum(height(each) for each in range(first, last + 1))
        down = self._sides(orientation)[1] / self._scale(orientation, width) * RECKONED_PAGE
        starts = sorted({self.area.first_row, *self.blocks})
        ends = (*starts[1:], self.area.last_row + 1)
        used, pages, breaks = 0.0, 1, []
        for start, end in zip(starts, ends, strict=True):
            tall = sum(height(each) for each in range(start, end))
            fits_a_page = tall <= down - repeated
            if used + tall > down and (fits_a_page or down - used < LITTLE_ROOM * down):
                breaks.append(start)
                used, pages = repeated, pages + 1
            used += tall
            while used > down:
                used, pages = used - down + repeated, pages + 1
        return pages, tuple(breaks)

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
