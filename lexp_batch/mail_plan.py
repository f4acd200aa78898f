"""From folders of workbooks to the table of who would get what of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lexp_batch import outbox as states
from lexp_batch.made_folders import MadeFolder, folders_below, read_folder
from lexp_batch.mail_figures import figures_from, read_figures
from lexp_batch.mail_headers import header_text
from lexp_batch.mail_order import AS_USUAL, MailOrder
from lexp_batch.mail_table import Plan, PlannedMail
from lexp_batch.message_text import Story
from lexp_batch.outbox import Entry, Key, Outbox
from lexp_batch.outbox_place import outbox_path
from lexp_batch.recipients import Delivery, Undeliverable, recipients
from lexp_batch.term_sheet_search import TermSheets
from lexp_calc.deal import Deal
from lexp_calc.errors import LexpError, NotThere, OutOfRange
from lexp_calc.lender_files import read_lenders, with_lenders
from workbook_templates.origin import Origin


def plan_mail(folder: str | Path, order: MailOrder = AS_USUAL) -> Plan:
    """Who would get which workbook of a folder that `lexp workbooks` wrote, or of those in it."""
    order.check()
    term_sheets = TermSheets(order.term_sheet)
    rows: list[PlannedMail] = []
    problems: list[LexpError] = []
    path = outbox_path(folder, order.outbox)
    with _outbox_if_there(path) as outbox:
        seen: dict[str, Path] = {}
        for each in folders_below(folder):
            try:
                made = read_folder(each)
                other = seen.setdefault(made.deal_id, each)
                if other != each:
                    raise OutOfRange(
                        str(made.manifest),
                        f'found "{made.deal_id}", the deal of {other} too',
                        "one folder for each deal would be right",
                    )
                rows += _rows(made, order, term_sheets, outbox)
            except LexpError as problem:
                problems.append(problem)
        rows = _again(rows, outbox, order.again)
    return Plan(Path(folder), order, tuple(rows), tuple(problems))


class _NoOutbox:
    """Before anything was sent: it knows nothing, and no file is made to say so."""

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        pass

    def entry_of(self, key: Key) -> None:
        """None: no message was ever written down."""

    def last_figures(self, key: Key) -> None:
        """None: nothing was sent before."""

    def entries(self) -> list[Entry]:
        """No message."""
        return []


def _outbox_if_there(path: Path) -> Outbox | _NoOutbox:
    return Outbox(path) if path.exists() else _NoOutbox()


def _rows(
    made: MadeFolder, order: MailOrder, term_sheets: TermSheets, outbox: Outbox
) -> Iterator[PlannedMail]:
    origin = Origin(
        made.version, made.deal_id, None, made.scenario, made.term_sheet_sha256, inputs={}
    )
    deal = term_sheets.deal_of(made.manifest, origin)
    if order.lenders:
        deal = with_lenders(deal, read_lenders(order.lenders))
    for each in recipients(made, deal.lender, deal.allow):
        row = PlannedMail(each.deal_id, each.tranche_id, each.lender_id)
        if isinstance(each, Undeliverable):
            yield replace(row, problem=each.problem)
            continue
        try:
            row = replace(row, story=_story(each, deal, order))
            header_text(row.story.subject, f"{each.deal_id}: subject")
            order.password_for(each.lender_id)
            encoded = each.path.stat().st_size * 4 // 3  # as base64, without its line ends
            order.check_size(encoded, str(each.path))
            row = with_outbox(row, outbox)
        except LexpError as problem:
            row = replace(row, story=None, problem=problem)
        yield row


def _story(delivery: Delivery, deal: Deal, order: MailOrder) -> Story:
    return Story(
        delivery,
        deal.borrower,
        deal.tranche[delivery.tranche_id].name,
        deal.currency,
        read_figures(delivery.path, deal.money.digits),
        None,
        order.password_note if order.encrypt else None,
    )


def with_outbox(row: PlannedMail, outbox: Outbox) -> PlannedMail:
    """The row with what the outbox knows of it, and of what this lender was sent before."""
    kept = outbox.last_figures(row.key)
    story = replace(row.story, before=figures_from(kept) if kept else None)
    return replace(row, story=story, entry=outbox.entry_of(row.key))


def _again(
    rows: list[PlannedMail], outbox: Outbox, again: tuple[int, ...] | None
) -> list[PlannedMail]:
    """The rows with those marked that a person has sent again; each number must be of one."""
    if again is None:
        return rows
    unknown = {
        row.entry.number
        for row in rows
        if row.entry and row.entry.state in (states.UNKNOWN, states.SENDING)
    }
    listed = {each.number: each.state for each in outbox.entries()}
    for number in again:
        if number not in unknown:
            where = f"--resend-unknown {number}"
            if listed.get(number) == states.UNKNOWN:
                found = "found a message whose workbook is not among these, or is refused"
                raise NotThere(where, found, "the workbook as it was would be right")
            state = f"found one that is {listed[number]}" if number in listed else "found none"
            raise NotThere(where, state, "an unknown one of `lexp outbox` would be right")
    wanted = set(again) or unknown
    return [
        replace(row, again=True) if row.entry and row.entry.number in wanted else row
        for row in rows
    ]
