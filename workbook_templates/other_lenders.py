"""Nothing of another lender in a lender's workbook: looked for once it is made, before it is saved.

`lexp_calc.lender_view` takes the others' sentences away; what a name of the deal, a tranche
or a fee says of another lender stays, and is refused here.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from lexp_calc.deal import Deal
from lexp_calc.errors import OutOfRange
from lexp_calc.lender_view import mentions_another
from lexp_calc.lenders import Lender, mentions
from workbook_templates.addresses import cell_name
from workbook_templates.cells import Book
from workbook_templates.stored_cells import open_workbook, read_part


def refuse_others(book: Book, deal: Deal, lender_id: str) -> None:
    """A LexpError that names the first place where another lender's name or contact stands."""
    places = list(_texts(book))
    together = "\n".join(dict.fromkeys(text for _, text in places))
    if not mentions_another(together, deal.lender, lender_id):
        return
    for where, text in places:
        if words := mentions_another(text, deal.lender, lender_id):
            raise OutOfRange(
                f"lender.{lender_id}: {where}",
                f'found "{words}", of another lender',
                "a name of the deal, tranche or fee without it would be right",
            )


def _texts(book: Book) -> Iterator[tuple[str, str]]:
    yield "title of the workbook", book.title
    yield "subject of the workbook", book.subject
    for sheet in book.sheets:
        yield "title of a sheet", sheet.title
        for row, cells in sheet.rows.items():
            for cell in cells:
                if isinstance(cell.value, str):
                    yield f"{sheet.title}!{cell_name(row, cell.column)}", cell.value
                if cell.formula and '"' in cell.formula:
                    yield f"{sheet.title}!{cell_name(row, cell.column)}", cell.formula


def refuse_others_in(path: Path, lenders: Mapping[str, Lender], lender_id: str) -> None:
    """A LexpError where a finished file has another lender's name or contact.

    The lenders may have changed since it was made.
    """
    for text in _texts_of_parts(path):
        if words := mentions_another(text, lenders, lender_id):
            raise OutOfRange(
                str(path),
                f'found "{words}", another lender than {lender_id}, in this workbook',
                "a copy of its own for each lender, as `lexp workbooks` writes them where it "
                "is given the lenders, would be right",
            )


def refuse_unnamed(path: Path, lender: Lender) -> None:
    """A LexpError where a lender's own copy does not name it: it was made for another."""
    if not any(mentions(text, lender.name) for text in _texts_of_parts(path)):
        raise OutOfRange(
            str(path),
            f'found no "{lender.name}" in this copy for one lender',
            "the workbooks made again would be right",
        )


def _texts_of_parts(path: Path) -> Iterator[str]:
    with open_workbook(path) as parts:
        for name in parts.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = ElementTree.fromstring(read_part(parts, name))
            values = (value for each in root.iter() for value in each.attrib.values())
            yield "\n".join((*_paragraphs(root), *values))


def _paragraphs(root: ElementTree.Element) -> Iterator[str]:
    """The texts of a part: those of the runs of one entry as one."""
    runs = [each for each in root.iter() if each.tag.endswith(("}si", "}is", "}p"))]
    yield from ("".join(each.itertext()) for each in runs)
    yield from (each.text for each in root.iter() if each.text)
