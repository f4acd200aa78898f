"""Who gets which workbook: the lenders of each tranche and their contacts, if those are allowed.

Each gets its own copy, in which no other lender appears. One that holds the whole of a tranche, and
of which no copy was made, gets the tranche's workbook where that names no other. The whole deal's
workbook goes to no lender.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from lexp_batch.made_folders import ListedFile, MadeFolder
from lexp_batch.mail_headers import header_text, mail_address
from lexp_calc.errors import LexpError, NotThere, OutOfRange, quoted
from lexp_calc.lenders import Lender
from lexp_calc.mail_addresses import in_ascii, is_allowed, read_address
from lexp_calc.spelling import nearest
from lexp_calc.wording import per_cent_text
from workbook_templates.intake import check_workbook
from workbook_templates.origin import read_origin
from workbook_templates.other_lenders import refuse_others_in, refuse_unnamed

WHOLE = Decimal(1)
MAKE_AGAIN = "the workbooks written again by `lexp workbooks` would be right"


@dataclass(frozen=True)
class Delivery:
    """One workbook for one lender: what one message carries."""

    deal_id: str
    tranche_id: str
    lender_id: str
    lender_name: str
    contacts: tuple[str, ...]
    share: Decimal  # of the tranche; 1 is the whole
    folder: Path
    file: ListedFile
    scenario: str

    @property
    def path(self) -> Path:
        """The workbook."""
        return self.folder / self.file.name

    @property
    def attachment_name(self) -> str:
        """The workbook's name without its folder."""
        return self.path.name


@dataclass(frozen=True)
class Undeliverable:
    """A tranche, or one lender's part of it, that cannot be sent, and why."""

    deal_id: str
    tranche_id: str
    lender_id: str | None
    problem: LexpError


def recipients(
    folder: MadeFolder, lenders: Mapping[str, Lender], allowed: Sequence[str] | None
) -> Iterator[Delivery | Undeliverable]:
    """What each lender gets of a deal's workbooks, by tranche and lender, or why it cannot.

    `allowed` holds addresses, and domains as "@bank.example"; a contact that is on neither is
    refused, and with it the lender's message; without a list every one is. A tranche with a
    workbook and no lender is refused.
    """
    made = {each.tranche: None for each in folder.files if each.tranche is not None}
    held = {tranche: None for each in lenders.values() for tranche in each.share}
    for tranche_id in sorted(made | held):
        holders = [each for each in lenders if tranche_id in lenders[each].share]
        if not holders:
            problem = NotThere(
                f"{folder.deal_id}: tranche.{tranche_id}",
                "found no lender that holds a share of it",
                f'a lender with share = {{ {tranche_id} = "100%" }} would be right',
            )
            yield Undeliverable(folder.deal_id, tranche_id, None, problem)
        for lender_id in sorted(holders):
            try:
                delivery = _delivery(folder, tranche_id, lender_id, lenders[lender_id], allowed)
                refuse_others_in(delivery.path, lenders, lender_id)
                if delivery.file.lender is not None:
                    refuse_unnamed(delivery.path, lenders[lender_id])
                yield delivery
            except LexpError as problem:
                yield Undeliverable(
                    folder.deal_id, tranche_id, lender_id, problem.at(folder.deal_id)
                )


def _delivery(
    folder: MadeFolder,
    tranche_id: str,
    lender_id: str,
    lender: Lender,
    allowed: Sequence[str] | None,
) -> Delivery:
    where = f"lender.{lender_id}"
    listed = folder.file_of(tranche_id, lender_id)
    if listed is None and lender.share[tranche_id] == WHOLE:
        listed = folder.file_of(tranche_id, None)
    if listed is None:
        own = "workbook" if lender.share[tranche_id] == WHOLE else "workbook with its own share"
        found = f"found no {own} of {tranche_id} in {folder.manifest}"
        raise NotThere(where, found, MAKE_AGAIN)
    delivery = Delivery(
        folder.deal_id,
        tranche_id,
        lender_id,
        header_text(lender.name, f"{where}.name"),
        _contacts(lender.contacts, allowed, f"{where}.contacts"),
        lender.share[tranche_id],
        folder.path,
        listed,
        folder.scenario,
    )
    checked_workbook(delivery)
    return delivery


def _contacts(
    contacts: Sequence[str], allowed: Sequence[str] | None, where: str
) -> tuple[str, ...]:
    """The addresses, each sound, once and allowed."""
    if not contacts:
        raise NotThere(where, "found none", "an address of the lender would be right")
    once: dict[str, str] = {}
    for number, each in enumerate(contacts, 1):
        place = f"{where}[{number}]"
        try:
            address = in_ascii(read_address(each))
        except LexpError as problem:
            raise problem.at(place, "") from None
        once.setdefault(address.casefold(), mail_address(address, place))
        if not is_allowed(address, allowed or ()):
            raise OutOfRange(
                place,
                f"{quoted(address)}, which is not on the list of those allowed",
                f'allow with it, or with "@{address.partition("@")[2]}", would be right'
                f"{nearest(address, allowed or ())}",
            )
    return tuple(once.values())


def checked_workbook(delivery: Delivery) -> bytes:
    """The workbook's bytes; a LexpError unless they are those of the manifest, and of this deal.

    The hash is that of the manifest, the file is a sound workbook, and its own record names the
    deal, the tranche and, where it is a lender's own copy, the lender and its share.
    """
    where = str(delivery.path)
    if not delivery.path.is_file():
        raise NotThere(where, "found no such file, which the manifest lists", MAKE_AGAIN)
    try:
        check_workbook(delivery.path)
        _check_hash(delivery)
        origin = read_origin(delivery.path)
        _check_hash(delivery)
        content = delivery.path.read_bytes()
    except OSError as failure:
        found = f"no way to read it ({failure.strerror or failure})"
        raise NotThere(where, found, MAKE_AGAIN) from None
    for name, found, wanted in (
        ("deal", origin.deal_id, delivery.deal_id),
        ("tranche", origin.tranche_id, delivery.tranche_id),
        ("lender", origin.lender_id or "", delivery.file.lender or ""),
        ("scenario", origin.scenario, delivery.scenario),
    ):
        if found != wanted:
            says = quoted(found) if found else f"found no {name}"
            raise OutOfRange(
                where,
                f"{says} in its own record of the {name}",
                f'"{wanted}" would be right' if wanted else f"no {name} would be right",
            )
    if delivery.file.lender is not None and origin.share != delivery.share:
        raise OutOfRange(
            where,
            f"found a share of {per_cent_text(origin.share or Decimal(0), 0)}, where "
            f"lender.{delivery.lender_id} holds {per_cent_text(delivery.share, 0)}",
            MAKE_AGAIN,
        )
    return content


def _check_hash(delivery: Delivery) -> None:
    found = sha256(delivery.path.read_bytes()).hexdigest()
    if found != delivery.file.sha256:
        raise OutOfRange(
            str(delivery.path),
            f"found other bytes than the manifest's: SHA-256 {found[:12]}…, "
            f"in the manifest {delivery.file.sha256[:12]}…",
            MAKE_AGAIN,
        )
