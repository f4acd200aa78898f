"""A workbook from a projection: which sheets, in which order, and the file that they make."""

from os import PathLike

from lexp_calc import __version__
from lexp_calc.deal import Projection
from workbook_templates import writer
from workbook_templates.cells import Book
from workbook_templates.contents import Contents
from workbook_templates.part import Part, part_suffix
from workbook_templates.sheets import FRONT_SHEETS, SHEETS


def build_book(projection: Projection, tranche: str | None = None, paper: str = "A4") -> Book:
    """The workbook of one tranche, or of the whole deal, not yet saved; `paper` A4 or Letter."""
    deal = projection.deal
    if tranche is None:
        parts = tuple(Part(projection, each, part_suffix(deal, each)) for each in deal.tranche)
        what = deal.name
    else:
        projection[tranche]  # refuses an unknown tranche with the list
        parts = (Part(projection, tranche, ""),)
        what = parts[0].tranche.name
    book = Book(
        f"{deal.borrower}: {what}",
        deal.name,
        "lexp",
        "en-US",
        f"lexp {__version__}",
        whole_money=deal.money.digits == 0,
        paper=paper,
    )
    contents = Contents(book, projection, parts, tranche)
    for write in SHEETS:
        write(contents)
    for write in FRONT_SHEETS:
        before = len(book.sheets)
        write(contents)
        book.sheets[:] = book.sheets[before:] + book.sheets[:before]
    # A preview in a mail opens the first sheet: what is owed comes before what the file is.
    about, summary_sheet = book.sheets[:2]
    book.sheets[:2] = summary_sheet, about
    return book


def write_workbook(
    projection: Projection, path: str | PathLike, tranche: str | None = None, paper: str = "A4"
) -> None:
    """Writes the workbook of one tranche, or of the whole deal where none is named.

    It is laid out for `paper`, A4 or Letter. The same projection gives the same bytes. An
    old file of this name stays whole if the new one cannot be written.
    """
    writer.save(build_book(projection, tranche, paper), path)


def workbook_content(
    projection: Projection, tranche: str | None = None, paper: str = "A4"
) -> bytes:
    """The bytes of the file that `write_workbook` writes."""
    return writer.workbook_bytes(build_book(projection, tranche, paper))
