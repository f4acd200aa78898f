"""What a workbook is made from: the book, the projection, and the tranches that it shows."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from lexp_calc.deal import Projection
from lexp_calc.lenders import Lender, share_of
from lexp_calc.term_list import listed_terms
from workbook_templates.cells import Book
from workbook_templates.part import Part
from workbook_templates.room import rounded_up
from workbook_templates.table import Table

OF_OTHERS = "(a sentence on other debt of the borrower)"


@dataclass(frozen=True)
class Contents:
    """A workbook in the making: the book, the projection, and the tranches that it shows."""

    book: Book
    projection: Projection
    parts: tuple[Part, ...]
    tranche_id: str | None  # None: the whole deal
    lender_id: str | None = None  # whose copy it is; None: nobody's
    tables: dict[str, Table] = field(default_factory=dict)  # written so far, for charts

    @property
    def deal(self):
        """The deal's terms."""
        return self.projection.deal

    @property
    def lender(self) -> Lender | None:
        """The lender whose copy it is; None where it is nobody's."""
        return self.deal.lender[self.lender_id] if self.lender_id else None

    @property
    def held(self) -> Decimal | None:
        """What that lender holds of the tranche, all of it being 1."""
        if self.lender_id is None:
            return None
        return share_of(self.deal.lender, self.lender_id, self.tranche_id)

    @property
    def share(self) -> Decimal | None:
        """The same where it is a part, which has a sheet of its own; None for all of it."""
        return self.held if self.held != 1 else None

    @property
    def election_room(self) -> int:
        """Rows for the elections of each tranche, one size for all."""
        return rounded_up(max(len(part.conditions.elections) for part in self.parts), 12)

    @property
    def move_room(self) -> int:
        """Rows for prepayments and draws on the inputs, one size for all."""
        return max(part.room.moves for part in self.parts)

    @property
    def subtitle(self) -> str:
        """borrower · tranche · closing · currency, as under each title.

        The as-of date is an input and stands, live, beside it where it matters.
        """
        what = self.deal.name if self.tranche_id is None else self.parts[0].tranche.name
        closing = f"closing {self.deal.closing_date:%d-%b-%Y}"
        return f"{self.deal.borrower} · {what} · {closing} · {self.deal.currency}"

    @cached_property
    def sources_of_others(self) -> frozenset[str]:
        """The passages on which only terms of tranches rest that the workbook does not show."""
        own, others = set(), set()
        shown = {part.tranche_id for part in self.parts}
        for tranche_id, tranche in self.deal.tranche.items():
            used = own if tranche_id in shown else others
            used.update(term.source for term in listed_terms(tranche) if term.source)
        return frozenset(others - own)

    def words_of(self, source: str) -> str:
        """What a passage says; a lender does not read the sentence on another one's loan."""
        return OF_OTHERS if source in self.sources_of_others else self.deal.passage[source].shown

    def as_of(self, sheet, column: int) -> None:
        """The as-of date as the inputs have it, in the line under the title."""
        sheet.text(2, column, "As of", "figure_label")
        sheet.formula(2, column + 1, "as_of", self.projection.as_of, "date")

    def sheet(self, title: str, kind: str, heading: str | None = None):
        """A new sheet with its title in A1 and the line below it."""
        sheet = self.book.sheet(title, kind)
        sheet.text(1, 1, heading or title, "title")
        sheet.text(2, 1, self.subtitle, "subtitle")
        return sheet

    def title(self, base: str, part: Part) -> str:
        """A sheet title of one tranche: with its id where several share the workbook."""
        return base if self.tranche_id is not None else f"{base} {part.tranche_id}"


def unique(values) -> list:
    """The values, each once, in order."""
    return list(dict.fromkeys(values))
