"""The table of who would get what: approved by its hash, and written out as drafts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lexp_batch import outbox as states
from lexp_batch.mail_order import MailOrder, prepared
from lexp_batch.message import Envelope
from lexp_batch.message_text import Story
from lexp_batch.outbox import Entry, Key, Outbox
from lexp_batch.outbox_place import outbox_path
from lexp_batch.recipients import Delivery
from lexp_calc.errors import LexpError, refuse_all
from workbook_templates.files import replace_file

MAIL_FOLDER = "mail"


@dataclass(frozen=True)
class PlannedMail:
    """One row of the table: a message as it would be sent, or the problem that prevents it.

    `entry` is what the outbox knows of it so far.
    """

    deal_id: str
    tranche_id: str
    lender_id: str | None
    story: Story | None = None
    entry: Entry | None = None
    again: bool = False
    problem: LexpError | None = None

    @property
    def key(self) -> Key:
        """What the outbox knows it by."""
        return Key(self.deal_id, self.tranche_id, self.delivery.file.sha256, self.lender_id)

    @property
    def delivery(self) -> Delivery:
        """What it carries, and to whom."""
        return self.story.delivery

    @property
    def name(self) -> str:
        """Its name without an ending; ids hold no underscore, so no two share one."""
        return "_".join(filter(None, (self.deal_id, self.tranche_id, self.lender_id)))

    def approved(self) -> dict[str, object]:
        """What a person approves of this row."""
        row: dict[str, object] = {
            "deal": self.deal_id,
            "tranche": self.tranche_id,
            "lender": self.lender_id,
        }
        if self.problem is not None:
            return {**row, "what": "refused"}
        return {
            **row,
            "contacts": list(self.delivery.contacts),
            "file": f"{self.deal_id}/{self.delivery.file.name}",
            "sha256": self.delivery.file.sha256,
            "what": "send again" if self.again else "send",
        }

    @property
    def what(self) -> str:
        """What would happen to it now, in words."""
        if self.problem is not None:
            return "refused"
        state = self.entry.state if self.entry else states.PENDING
        if self.again:
            return f"send again (message {self.entry.number})"
        if state == states.SENT:
            return f"sent already (message {self.entry.number})"
        if state in (states.UNKNOWN, states.SENDING):
            return f"held: {state} (message {self.entry.number})"
        return "send (refused before)" if state == states.REFUSED else "send"


@dataclass(frozen=True)
class Plan:
    """The table, in order of deal, tranche and lender, and the folders that are no part of it."""

    folder: Path
    order: MailOrder
    rows: tuple[PlannedMail, ...]
    problems: tuple[LexpError, ...]

    @property
    def outbox(self) -> Path:
        """The file of what was sent."""
        return outbox_path(self.folder, self.order.outbox)

    @property
    def content(self) -> str:
        """The table as it is approved: the same for the same table, on any machine."""
        order = self.order
        table = {
            "from": order.sender,
            "password": order.password_note if order.encrypt else None,
            "rows": [row.approved() for row in self.rows],
        }
        return json.dumps(table, sort_keys=True)

    @property
    def hash(self) -> str:
        """The SHA-256 of the table."""
        return sha256(self.content.encode()).hexdigest()

    def all_problems(self) -> list[LexpError]:
        """Of the folders, and of the rows that cannot be sent."""
        return [*self.problems, *(row.problem for row in self.rows if row.problem is not None)]

    def write(self, folder: str | Path | None = None) -> list[Path]:
        """Writes each message as an .eml file, whole or not at all, and sends nothing.

        A draft has no Message-ID and no date, so that the same table gives the same bytes. The
        table itself is kept in the outbox, to say later what has changed since it was approved.
        """
        out = Path(folder) if folder else self.folder / MAIL_FOLDER
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            found = f"found no way to make the folder ({failure.strerror})"
            raise LexpError(str(out), found, "another with --out would be right") from None
        written, problems = [], []
        for row in self.rows:
            if row.problem is not None:
                continue
            path = out / f"{row.name}.eml"
            try:
                replace_file(path, prepared(row.story, self.order, Envelope(self.order.sender)))
                written.append(path)
            except LexpError as problem:  # one draft of several: the others are still written
                problems.append(problem)
        with Outbox(self.outbox) as outbox:
            outbox.keep_table(self.hash, self.content)
        refuse_all(problems)
        return written


def differences(approved: str, plan: Plan) -> Iterator[str]:
    """What differs between the table that was approved and that of now, a line each."""
    then, now = json.loads(approved), json.loads(plan.content)
    for name in ("from", "password"):
        if then[name] != now[name]:
            yield f"{name}: was {then[name]}, is now {now[name]}"
    old, new = ({_row_name(row): row for row in each["rows"]} for each in (then, now))
    for name in sorted(old | new):
        if name not in new:
            yield f"{name}: is no longer in it"
        elif name not in old:
            yield f"{name}: was not in it"
        else:
            before, after = old[name], new[name]
            for field in sorted(before | after):
                if before.get(field) != after.get(field):
                    yield f"{name}: {field} was {before.get(field)}, is now {after.get(field)}"


def _row_name(row: dict) -> str:
    return " ".join(filter(None, (row["deal"], row["tranche"], row["lender"])))
