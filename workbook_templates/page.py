"""A sheet on paper: size, direction, repeated head rows and the footer."""

from dataclasses import dataclass

from lexp_calc.errors import NotThere, OutOfRange
from workbook_templates.addresses import Area

PAPER_SIZES = {"Letter": 1, "A4": 9}  # with the file format's numbers
ORIENTATIONS = ("landscape", "portrait")
LONGEST_FOOTER = 255


@dataclass(frozen=True)
class Page:
    """One page wide; `title_rows` (first, last) are repeated on every page.

    `pages_tall` is how many pages the whole area must fit, None for as many as it takes.
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
