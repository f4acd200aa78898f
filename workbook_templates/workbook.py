"""A workbook from a projection: which sheets, in which order, and the file that they make."""

from dataclasses import replace
from os import PathLike

from lexp_calc import __version__
from lexp_calc.deal import Projection
from lexp_calc.errors import OutOfRange
from lexp_calc.lender_view import read_by
from lexp_calc.lenders import lender_named, share_of
from workbook_templates import writer
from workbook_templates.cells import Book
from workbook_templates.contents import Contents
from workbook_templates.other_lenders import refuse_others
from workbook_templates.part import Part, part_suffix
from workbook_templates.sheets import FRONT_SHEETS, SHEETS


def build_book(
    projection: Projection,
    tranche: str | None = None,
    paper: str = "A4",
    lender: str | None = None,
) -> Book:
    """The workbook of one tranche, or of the whole deal, not yet saved; see `write_workbook`."""
    whole = projection.deal
    if lender is not None:
        lender = _holder(projection, tranche, lender)
        projection = replace(projection, deal=read_by(whole, lender))
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
    contents = Contents(book, projection, parts, tranche, lender)
    for write in SHEETS:
        write(contents)
    for write in FRONT_SHEETS:
        before = len(book.sheets)
        write(contents)
        book.sheets[:] = book.sheets[before:] + book.sheets[:before]
    # A preview in a mail opens the first sheet: what is owed comes before what the file is.
    about, summary_sheet = book.sheets[:2]
    book.sheets[:2] = summary_sheet, about
    if lender is not None:
        refuse_others(book, whole, lender)
    return book


def _holder(projection: Projection, tranche: str | None, lender: str) -> str:
    """The id of a lender that holds something of the tranche; any other is refused."""
    deal = projection.deal
    lender = lender_named(deal.lender, lender)
    if tranche is None:
        raise OutOfRange(
            f"lender.{lender}",
            "found the workbook of the whole deal",
            "that of a tranche of which the lender holds a share would be right",
        )
    projection[tranche]  # refuses an unknown tranche with the list
    share_of(deal.lender, lender, tranche)
    return lender


def write_workbook(
    projection: Projection,
    path: str | PathLike,
    tranche: str | None = None,
    paper: str = "A4",
    lender: str | None = None,
) -> None:
    """Writes the workbook of one tranche, or of the whole deal where none is named.

    It is laid out for `paper`, A4 or Letter. With `lender`, the id of one that holds a share
    of the tranche, it is that lender's own copy: its name stands on it, its share of each
    amount where it holds a part, and nothing of any other lender. The same projection gives
    the same bytes. An old file of this name stays whole if the new one cannot be written.
    """
    writer.save(build_book(projection, tranche, paper, lender), path)
