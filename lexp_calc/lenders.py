"""Lenders: who holds how much of which tranche, and the addresses to which its workbooks go.

    [lender.first-bank]
    name = "First Bank"
    contacts = ["loans@firstbank.example"]
    share = { term-loan = "60%", revolver = "100%" }

What one lender holds, and where it is reached, is nothing that another may read.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from lexp_calc.errors import LexpError, NotThere, OutOfRange, quoted
from lexp_calc.mail_addresses import Address, Allowed, same_mailbox
from lexp_calc.spelling import expected_one_of, named
from lexp_calc.terms import Identifier, Name, Share, Terms
from lexp_calc.wording import per_cent_text


class Lender(Terms):
    """Who lends a tranche or a part of it: its name, its contacts, its shares by tranche."""

    name: Name
    contacts: Annotated[tuple[Address, ...], Field(min_length=1)]
    share: Annotated[dict[Identifier, Share], Field(min_length=1)]

    def contradictions(self):
        """Each contact stands once."""
        seen = set()
        for number, contact in enumerate(self.contacts, 1):
            if same_mailbox(contact) in seen:
                yield f"contacts[{number}]", f'"{contact}" again', "each contact once"
            seen.add(same_mailbox(contact))


class Lenders(Terms):
    """The lenders of a file of their own, and the addresses to which anything may be sent."""

    lender: Annotated[dict[Identifier, Lender], Field(min_length=1)]
    allow: tuple[Allowed, ...] | None = None


def lender_named(lenders: Mapping[str, Lender], lender_id: str, where: str = "lender") -> str:
    """The id of a lender, or a refusal with the list."""
    return named(lenders, lender_id, where)


def shares_of(lenders: Mapping[str, Lender], tranche_id: str) -> dict[str, Decimal]:
    """The share of each lender that holds a part of a tranche, by its id, in the file's order."""
    return {
        lender_id: lender.share[tranche_id]
        for lender_id, lender in lenders.items()
        if tranche_id in lender.share
    }


def share_of(lenders: Mapping[str, Lender], lender_id: str, tranche_id: str) -> Decimal:
    """What a lender holds of a tranche; refused where it holds nothing of it."""
    lender = lenders[lender_named(lenders, lender_id)]
    if tranche_id not in lender.share:
        held = expected_one_of(tranche_id, lender.share)
        found = f'found "{tranche_id}", of which {lender_id} holds nothing'
        raise NotThere(f"lender.{lender_id}.share", found, held)
    return lender.share[tranche_id]


def not_placed(lenders: Mapping[str, Lender], tranche_id: str) -> Decimal:
    """What no lender holds of a tranche: 1 less all shares."""
    return 1 - sum(shares_of(lenders, tranche_id).values(), Decimal(0))


def plain(name: str) -> str:
    """A name as it is compared: compatibility forms, case and runs of spaces alike."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def mentions(text: str, name: str) -> bool:
    """Whether a text has a name in it, as words of their own, however they are written."""
    return bool(places_of(words_of(text), words_of(name)))


def words_of(text: str) -> tuple[str, ...]:
    """The words by which names are found: without case, accents, punctuation, unseen marks."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    seen = (each for each in decomposed if unicodedata.category(each) not in ("Mn", "Cf"))
    return tuple(re.findall(r"[^\W_]+", "".join(seen)))


def places_of(text: tuple[str, ...], name: tuple[str, ...]) -> list[range]:
    """Where the words of a name stand one after another among those of a text."""
    length = len(name)
    starts = range(len(text) - length + 1) if length else ()
    return [range(at, at + length) for at in starts if text[at : at + length] == name]


def lender_problems(lenders: Mapping[str, Lender]) -> Iterator[LexpError]:
    """What lenders contradict among themselves: names, contacts, and shares over 100 %."""
    first_of_name: dict[str, str] = {}
    first_of_contact: dict[str, str] = {}
    held: dict[str, Decimal] = {}
    for lender_id, lender in lenders.items():
        where = f"lender.{lender_id}"
        other = first_of_name.setdefault(plain(lender.name), lender_id)
        if other != lender_id:
            found = f"{quoted(lender.name)}, the name of lender.{other} too"
            yield OutOfRange(f"{where}.name", found, "a name of its own would be right")
        for number, contact in enumerate(lender.contacts, 1):
            other = first_of_contact.setdefault(same_mailbox(contact), lender_id)
            if other != lender_id:
                yield OutOfRange(
                    f"{where}.contacts[{number}]",
                    f"{quoted(contact)}, a contact of lender.{other} too",
                    "an address of its own would be right (name+fund@, where one mailbox "
                    "serves both)",
                )
        for tranche_id, share in lender.share.items():
            held[tranche_id] = held.get(tranche_id, Decimal(0)) + share
            if share <= 1 < held[tranche_id]:
                yield OutOfRange(
                    f"{where}.share.{tranche_id}",
                    f"found {per_cent_text(share, 0)}, which makes "
                    f"{per_cent_text(held[tranche_id], 0)} of the tranche with those above",
                    "shares of at most 100% together would be right",
                )


def holding_problems(
    lenders: Mapping[str, Lender], tranches: Mapping, tranche_ids: set[str]
) -> Iterator[LexpError]:
    """Shares of tranches that do not exist, and a tranche's own lender who is another.

    `tranche_ids` may hold more than `tranches`: those that could not be read.
    """
    for lender_id, lender in lenders.items():
        for tranche_id in lender.share:
            if tranche_id not in tranche_ids:
                where = f"lender.{lender_id}.share.{tranche_id}"
                expected = expected_one_of(tranche_id, sorted(tranche_ids, key=str))
                yield NotThere(where, quoted(tranche_id), expected)
    for tranche_id, tranche in tranches.items():
        if tranche.lender is not None:
            yield from _other_lender(lenders, tranche_id, tranche.lender)


def _other_lender(lenders, tranche_id: str, stated: str) -> Iterator[LexpError]:
    """`tranche.X.lender` against the tables: an agent is no contradiction, another holder is."""
    held = shares_of(lenders, tranche_id)
    if any(plain(lenders[each].name) == plain(stated) for each in held):
        return
    where = f"tranche.{tranche_id}.lender"
    for lender_id, lender in lenders.items():
        if plain(lender.name) == plain(stated) and held and lender_id not in held:
            found = f"{quoted(stated)}, and lender.{lender_id} holds nothing of the tranche"
            yield OutOfRange(where, found, f"lender.{lender_id}.share.{tranche_id} is missing")
            return
    for lender_id, share in held.items():
        if share == 1 and not mentions(stated, lenders[lender_id].name):
            found = f"{quoted(stated)}, and lender.{lender_id} holds all of the tranche"
            expected = f'"{lenders[lender_id].name}", or no lender here, would be right'
            yield OutOfRange(where, found, expected)
