"""What no document states: every assumed term of a deal, and those with one reason together."""

from collections.abc import Iterator
from dataclasses import dataclass

from lexp_calc.deal import Deal
from lexp_calc.term_list import NOT_STATED, Term, listed_terms

# What a term sheet says about documents, or names itself, is no term of the deal.
ABOUT_DOCUMENTS = ("document", "passage")
NAMES = ("id", "name")
# To whom a workbook goes is no term of the deal either.
ABOUT_LENDERS = ("lender", "lenders", "allow")
# Inputs beside the contract: assumed only where the term sheet says so.
BESIDE_THE_CONTRACT = ("scenario", "observation")
# Parts of a path that say nothing more: groups of terms, and lists whose entries go together.
GROUPS = ("coupon", "options", "payments", "borrowing_base")
NAMED_LISTS = ("ineligible",)


def assumptions(deal: Deal) -> tuple[Term, ...]:
    """Every term without a source, in the order of the term sheet."""
    return tuple(term for term in listed_terms(deal) if term.assumption and _is_assumed(term))


def _is_assumed(term: Term) -> bool:
    first = term.path.split(".")[0]
    if first in (*ABOUT_DOCUMENTS, *ABOUT_LENDERS) or term.path in NAMES:
        return False
    return first not in BESIDE_THE_CONTRACT or term.assumption != NOT_STATED


@dataclass(frozen=True)
class AssumedTogether:
    """Terms taken for one reason: what they are, by their last words, and where."""

    reason: str
    terms: tuple[Term, ...]

    @property
    def words(self) -> str:
        """'business day, frequency (revolver, term-loan)': the terms, and whose they are."""
        owners: dict[str, list[str]] = {}
        for term in self.terms:
            what, owner = _what_and_owner(term.path)
            whose = owners.setdefault(what, [])
            if owner and owner not in whose:
                whose.append(owner)
        terms: dict[tuple[str, ...], list[str]] = {}
        for what, whose in owners.items():
            terms.setdefault(tuple(whose), []).append(what)
        return "; ".join(
            ", ".join(whats) + (f" ({', '.join(whose)})" if whose else "")
            for whose, whats in terms.items()
        )


def _what_and_owner(path: str) -> tuple[str, str]:
    """A path as what the term is, in words, and the id of the entry that it belongs to."""
    table, *rest = path.split(".")
    if not rest:
        return table.replace("_", " "), ""
    owner, *inner = rest
    for name in NAMED_LISTS:
        if name in inner:
            inner = inner[: inner.index(name) + 1]
    named = [part.replace("_", " ") for part in inner if part not in GROUPS and not part.isdigit()]
    return " ".join(named) or table.replace("_", " "), owner


def assumed_together(deal: Deal) -> Iterator[AssumedTogether]:
    """The assumptions, one group a reason, in order of first appearance."""
    by_reason: dict[str, list[Term]] = {}
    for term in assumptions(deal):
        by_reason.setdefault(term.assumption, []).append(term)
    for reason, terms in by_reason.items():
        yield AssumedTogether(reason, tuple(terms))
