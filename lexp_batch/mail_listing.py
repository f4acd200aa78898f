"""The table to approve, and the outbox, for people and as JSON for scripts."""

import json
from typing import TYPE_CHECKING

from lexp_batch.outbox import UNKNOWN, Entry
from lexp_batch.tables import aligned
from lexp_calc.errors import printable
from lexp_calc.wording import counted

if TYPE_CHECKING:  # it loads what makes a message, which a list of the outbox does without
    from lexp_batch.mail_table import Plan

HASH_DIGITS = 12  # of a workbook's, which the table's own hash covers whole
TABLE = ("deal", "tranche", "lender", "contacts", "file", "SHA-256", "what")
OUTBOX = ("message", "deal", "tranche", "lender", "version", "state", "at", "contacts", "reason")


def table_lines(plan: "Plan") -> list[str]:
    """Who would get what, and the hash with which exactly that is approved."""
    rows = []
    for row in plan.rows:
        if row.problem is not None:
            contacts, file, digest = "", "", ""
        else:
            contacts = ", ".join(row.delivery.contacts)
            file, digest = row.delivery.file.name, row.delivery.file.sha256[:HASH_DIGITS]
        shown = (row.deal_id, row.tranche_id, row.lender_id or "(none)", contacts, file, digest)
        rows.append([*map(printable, shown), row.what])
    encrypted = "; workbooks encrypted" if plan.order.encrypt else ""
    sender = plan.order.sender or "(not said yet: --from)"
    return [
        f"From {printable(sender)}{encrypted}",
        "",
        *(aligned(TABLE, rows, left=range(len(TABLE))) if rows else ["No workbook for a lender."]),
        "",
        f"HASH {plan.hash}",
        "Nothing was sent. To send exactly this: --send --approve HASH",
    ]


def table_json(plan: "Plan") -> str:
    """The same, with whole hashes."""
    rows = [{**row.approved(), "now": row.what} for row in plan.rows]
    table = {"from": plan.order.sender, "rows": rows, "hash": plan.hash}
    return json.dumps(table, indent=2, ensure_ascii=False)


def entry_lines(entries: list[Entry]) -> list[str]:
    """Every message in the order in which they were written down, and how many are unknown."""
    if not entries:
        return ["No message yet."]
    rows = [
        [
            str(each.number),
            *(each.key.deal, each.key.tranche, each.key.lender, each.key.version[:HASH_DIGITS]),
            each.state,
            each.at,
            ", ".join(each.contacts),
            printable("; ".join(filter(None, (each.reason, *_refused(each))))),
        ]
        for each in entries
    ]
    unknown = [each for each in entries if each.state == UNKNOWN]
    lines = aligned(OUTBOX, rows, left=range(1, len(OUTBOX)))
    if unknown:
        lines += [
            "",
            f"Unknown whether sent: {counted(len(unknown), 'message')}. Look for its Message-ID in "
            "the lender's mailbox,",
            "then: lexp outbox DIR --mark-sent N (or --mark-not-sent N), or "
            "lexp send DIR --resend-unknown=N",
            *(f"  {each.number}  {each.message_id}" for each in unknown),
        ]
    return lines


def entries_json(entries: list[Entry]) -> str:
    """The same as a list of objects, with whole hashes and the Message-IDs."""
    return json.dumps(
        [
            {
                "message": each.number,
                "deal": each.key.deal,
                "tranche": each.key.tranche,
                "lender": each.key.lender,
                "version": each.key.version,
                "state": each.state,
                "at": each.at,
                "message_id": each.message_id,
                "contacts": list(each.contacts),
                "refused": each.refused,
                "reason": each.reason,
            }
            for each in entries
        ],
        indent=2,
        ensure_ascii=False,
    )


def _refused(entry: Entry) -> list[str]:
    return [f"{address} refused: {why}" for address, why in entry.refused.items()]
