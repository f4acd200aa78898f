"""Nothing of another lender in a lender's workbook: looked for once it is made, before it is saved.

`lexp_calc.lender_view` takes the others' sentences away; what a name of the deal, a tranche
or a fee says of another lender stays, and is refused here.
"""

from collections.abc import Iterator

from lexp_calc.deal import Deal
from lexp_calc.errors import OutOfRange
from lexp_calc.lender_view import mentions_another
from workbook_templates.addresses import cell_name
from workbook_templates.cells import Book


def refuse_others(book: Book, deal: Deal, lender_id: str) -> None:
    """A LexpError that names the first place where another lender's name or contact stands."""
    places = list(_texts(book))
    together = "\n".join(dict.fromkeys(text for _, text in places))
    if not mentions_another(together, deal, lender_id):
        return
    for where, text in places:
        if words := mentions_another(text, deal, lender_id):
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
