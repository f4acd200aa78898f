"""The outbox: what was sent to whom, kept so that nothing goes out twice and nothing is forgotten.

One row for each workbook and lender: unique on deal, tranche, version (the workbook's SHA-256) and
lender. Its state:

    pending  -> sending  written down just before the message's text goes over the line
    sending  -> sent     the server took it: all recipients, or all but those listed
             -> refused  the server did not take it: it may be tried again
             -> pending  the server said "later"
             -> unknown  the line broke, or the process died, before the answer came
    unknown  -> sent     a person found it in the lender's mailbox
             -> pending  a person made sure that it never arrived
             -> sending  a person had it sent again, under the same Message-ID

Every change is a step with a number of its own. Order is by that number: clocks go back.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from lexp_calc.errors import LexpError, NotThere, OutOfRange

OUTBOX = "outbox.sqlite"
PENDING, SENDING, SENT, REFUSED, UNKNOWN = "pending", "sending", "sent", "refused", "unknown"
LAYOUT = 1
SECONDS_TO_WAIT = 30  # for another process that is writing
TABLES = """
CREATE TABLE message (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    deal TEXT NOT NULL,
    tranche TEXT NOT NULL,
    version TEXT NOT NULL,
    lender TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'refused', 'unknown')),
    contacts TEXT NOT NULL,
    refused TEXT NOT NULL DEFAULT '{}',
    figures TEXT NOT NULL DEFAULT '{}',
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (deal, tranche, version, lender)
);
CREATE TABLE step (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message (number),
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE printed_table (hash TEXT PRIMARY KEY, content TEXT NOT NULL);
"""
COLUMNS = (
    "message.number, deal, tranche, version, lender, message_id, message.state, contacts,"
    " refused, figures, message.reason,"
    " (SELECT at FROM step WHERE step.message = message.number ORDER BY number DESC LIMIT 1)"
)


@dataclass(frozen=True)
class Key:
    """What a row is unique on."""

    deal: str
    tranche: str
    version: str
    lender: str


@dataclass(frozen=True)
class Entry:
    """One row. `at` is what the clock said at the last step: to be shown, not to be compared."""

    number: int
    key: Key
    message_id: str
    state: str
    contacts: tuple[str, ...]
    refused: dict[str, str]
    figures: dict[str, str] = field(repr=False)
    reason: str
    at: str


class Outbox:
    """An outbox file, made where there is none; close it, or use it in a `with`."""

    def __init__(self, path: Path):
        self.path = path
        with self._problems():
            # No other user may read what is kept of the lenders' loans.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._database = sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)
        try:
            with self._problems():
                self._prepare()
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> "Outbox":
        return self

    def __exit__(self, *_) -> None:
        self._database.close()

    def entries(self) -> list[Entry]:
        """All rows, in the order in which they were written."""
        with self._problems():
            rows = self._database.execute(f"SELECT {COLUMNS} FROM message ORDER BY number")
            return [_entry(row) for row in rows]

    def entry_of(self, key: Key) -> Entry | None:
        """The row of a workbook and lender."""
        where = "deal = ? AND tranche = ? AND version = ? AND lender = ?"
        values = (key.deal, key.tranche, key.version, key.lender)
        with self._problems():
            rows = self._database.execute(f"SELECT {COLUMNS} FROM message WHERE {where}", values)
            return next(map(_entry, rows), None)

    def last_figures(self, key: Key) -> dict[str, str] | None:
        """The figures of the last message on this tranche that this lender was sent, if any."""
        query = (
            "SELECT figures FROM message JOIN step ON step.message = message.number"
            " WHERE deal = ? AND tranche = ? AND lender = ? AND message.state = ?"
            " AND step.state = ? AND version <> ? ORDER BY step.number DESC LIMIT 1"
        )
        values = (key.deal, key.tranche, key.lender, SENT, SENT, key.version)
        with self._problems():
            row = self._database.execute(query, values).fetchone()
        return None if row is None else json.loads(row[0])

    def enter(self, key: Key, message_id: str, contacts: tuple[str, ...], figures: dict) -> Entry:
        """The row of a workbook and lender, written as pending if there is none.

        A row that is there keeps its Message-ID; while it is not sent, whom it goes to and the
        figures that it tells are those of now.
        """
        texts = (json.dumps(contacts), json.dumps(figures))
        with self._transaction():
            entry = self.entry_of(key)
            if entry is None:
                cursor = self._database.execute(
                    "INSERT INTO message (deal, tranche, version, lender, message_id, state,"
                    " contacts, figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (key.deal, key.tranche, key.version, key.lender, message_id, PENDING, *texts),
                )
                self._step(cursor.lastrowid, PENDING, "")
            elif entry.state != SENT:
                self._database.execute(
                    "UPDATE message SET contacts = ?, figures = ? WHERE number = ?",
                    (*texts, entry.number),
                )
            return self.entry_of(key)

    def begin(self, number: int, *from_states: str) -> None:
        """The row is `sending`, on the disk, before this returns; refused if it was elsewhere."""
        self._move(number, from_states, SENDING, "")

    def end(self, number: int, state: str, reason: str = "", refused: Mapping = {}) -> None:
        """What became of a row that was `sending`, with the recipients that were refused."""
        self._move(number, (SENDING,), state, reason, refused)

    def note(self, number: int, state: str, reason: str, refused: Mapping = {}) -> None:
        """Why a row was not sent, though nothing of it went over the line."""
        self._move(number, (PENDING, REFUSED, UNKNOWN), state, reason, refused)

    def hold_interrupted(self) -> list[Entry]:
        """What a sender that is gone has left as `sending` is `unknown`; the caller has the lock.

        Nobody can tell whether the server took it: a person looks, and decides.
        """
        reason = "the sender ended before the server's answer"
        with self._transaction():
            left = [each for each in self.entries() if each.state == SENDING]
            for each in left:
                self._write(each.number, UNKNOWN, reason, each.refused)
        return left

    def mark_sent(self, number: int) -> None:
        """A person found an unknown message in the lender's mailbox."""
        self._move(number, (UNKNOWN,), SENT, "marked as sent by a person")

    def mark_not_sent(self, number: int) -> None:
        """A person made sure that an unknown message never arrived: it may be sent as any other."""
        self._move(number, (UNKNOWN,), PENDING, "marked as not sent by a person")

    def keep_table(self, hash_: str, content: str) -> None:
        """A table that was shown for approval."""
        with self._transaction():
            self._database.execute(
                "INSERT OR IGNORE INTO printed_table VALUES (?, ?)", (hash_, content)
            )

    def kept_table(self, hash_: str) -> str | None:
        """The table of a hash, if it was shown from here."""
        with self._problems():
            row = self._database.execute(
                "SELECT content FROM printed_table WHERE hash = ?", (hash_,)
            ).fetchone()
        return None if row is None else row[0]

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("PRAGMA foreign_keys = ON")
        with self._transaction():
            (layout,) = self._database.execute("PRAGMA user_version").fetchone()
            if layout == 0:
                for statement in TABLES.split(";"):
                    self._database.execute(statement)
                self._database.execute(f"PRAGMA user_version = {LAYOUT}")
            elif layout != LAYOUT:
                found = f"found an outbox of another version of lexp (layout {layout})"
                raise OutOfRange(str(self.path), found, f"layout {LAYOUT} would be right")

    def _move(self, number, from_states, state, reason, refused: Mapping = {}) -> None:
        with self._transaction():
            row = self._database.execute(
                "SELECT state FROM message WHERE number = ?", (number,)
            ).fetchone()
            if row is None:
                expected = "a number that `lexp outbox` lists would be right"
                raise NotThere(f"message {number}", f"found none in {self.path}", expected)
            if row[0] not in from_states:
                expected = f"one that is {' or '.join(from_states)} would be right"
                raise OutOfRange(f"message {number}", f"found one that is {row[0]}", expected)
            self._write(number, state, reason, refused)

    def _write(self, number: int, state: str, reason: str, refused: Mapping) -> None:
        self._database.execute(
            "UPDATE message SET state = ?, reason = ?, refused = ? WHERE number = ?",
            (state, reason, json.dumps(dict(refused)), number),
        )
        self._step(number, state, reason)

    def _step(self, number: int, state: str, reason: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._database.execute(
            "INSERT INTO step (message, state, at, reason) VALUES (?, ?, ?, ?)",
            (number, state, at, reason),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing, and against the other processes at once."""
        with self._problems():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as failure:
            raise LexpError(
                str(self.path),
                f"found no way to read or write the outbox ({failure})",
                "the file as lexp left it, on a local disk with room, would be right; without it "
                "what was sent would be sent again",
            ) from failure


def _entry(row: tuple) -> Entry:
    number, deal, tranche, version, lender, message_id, state, *rest = row
    contacts, refused, figures, reason, at = rest
    return Entry(
        number,
        Key(deal, tranche, version, lender),
        message_id,
        state,
        tuple(json.loads(contacts)),
        json.loads(refused),
        json.loads(figures),
        reason,
        at or "",
    )
