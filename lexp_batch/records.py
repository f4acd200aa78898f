"""What a batch has made, in SQLite: of each workbook the key of its task and its own hash.

One file for the folder of all deals, `manifest.sqlite`, written by the driver alone and under
the run's lock; each deal's readable `manifest.json` follows from it. WAL with full synchronous
writing: a transaction that was told is on the disk, whatever ends the process. Held exclusively,
so WAL needs no memory shared with others and works on a network's disk too.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from lexp_calc.errors import LexpError, WrongKind

RECORDS = "manifest.sqlite"
OURS = 0x6C657870  # "lexp"
FORM = 1
SECONDS = 5.0  # to wait for another program that has the file open
TABLES = """
CREATE TABLE deal (id TEXT PRIMARY KEY);
CREATE TABLE made (
    deal TEXT NOT NULL, name TEXT NOT NULL, tranche TEXT, lender TEXT,
    basis TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (deal, name)
) WITHOUT ROWID;
"""
COLUMNS = "name, tranche, lender, basis, key, sha256"


@dataclass(frozen=True)
class Record:
    """A file that was made: its name within the deal's folder, from what, and its SHA-256."""

    name: str
    tranche: str | None
    lender: str | None
    basis: str
    key: str
    sha256: str


class Records:
    """The records of a folder; the file is made when the first one is kept."""

    def __init__(self, folder: str | Path):
        self.path = Path(folder) / RECORDS
        self._connection: sqlite3.Connection | None = None
        self._is_new = not self.path.exists()
        if not self._is_new:
            self._open()

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *exception) -> None:
        if self._connection is None:
            return
        with suppress(sqlite3.Error):  # what could not be tidied up is so at the next start
            is_used = self._connection.execute("SELECT 1 FROM made LIMIT 1").fetchone()
            self._connection.close()
            if self._is_new and not is_used:  # all was refused, which leaves nothing behind
                self.path.unlink(missing_ok=True)
        self._connection = None

    def deals(self) -> list[str]:
        """The ids of all deals that any run began."""
        return [each for (each,) in self._rows("SELECT id FROM deal ORDER BY id")]

    def of_deal(self, deal_id: str) -> dict[str, Record]:
        """What was made of a deal, by the files' names."""
        rows = self._rows(f"SELECT {COLUMNS} FROM made WHERE deal = ?", deal_id)
        return {row[0]: Record(*row) for row in rows}

    def begin(self, deal_id: str) -> None:
        """Remembers that something of a deal is about to be made, and may be left half done."""
        if not self._rows("SELECT 1 FROM deal WHERE id = ?", deal_id):
            self._write([("INSERT OR IGNORE INTO deal VALUES (?)", (deal_id,))])

    def keep(self, deal_id: str, made: Iterable[Record]) -> None:
        """Keeps what was made of a deal, all of it or nothing."""
        statement = f"INSERT OR REPLACE INTO made (deal, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
        rows = [(statement, (deal_id, *astuple(each))) for each in made]
        if rows:
            self._write(rows)

    def _rows(self, statement: str, *values: str) -> list[tuple]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as failure:
            raise self._refused(failure) from None

    def _write(self, statements: list[tuple[str, tuple]]) -> None:
        if self._connection is None:
            self._open()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement, values in statements:
                self._connection.execute(statement, values)
            self._connection.execute("COMMIT")
        except sqlite3.Error as failure:
            self._roll_back()
            raise self._refused(failure) from None

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _open(self) -> None:
        try:
            connection = sqlite3.connect(self.path, timeout=SECONDS, isolation_level=None)
        except sqlite3.Error as failure:
            raise self._refused(failure) from None
        self._connection = connection
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            (mine,) = connection.execute("PRAGMA application_id").fetchone()
            (form,) = connection.execute("PRAGMA user_version").fetchone()
            is_empty = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            if not is_empty and (mine, form) != (OURS, FORM):
                raise self._foreign(f"a database of {'another lexp' if mine == OURS else 'others'}")
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if sound != "ok":
                raise self._foreign("a broken database")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if is_empty:
                connection.executescript(
                    f"BEGIN IMMEDIATE; PRAGMA application_id = {OURS}; "
                    f"PRAGMA user_version = {FORM}; {TABLES} COMMIT;"
                )
        except sqlite3.Error as failure:
            self._roll_back()
            self.__exit__()
            raise self._refused(failure) from None
        except LexpError:
            self.__exit__()
            raise

    def _foreign(self, what: str) -> LexpError:
        return WrongKind(
            str(self.path),
            f"found {what}, not the records of a batch",
            "to move it away would be right: the next run makes all anew",
        )

    def _refused(self, failure: sqlite3.Error) -> LexpError:
        code = getattr(failure, "sqlite_errorcode", None) or 0
        if code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return self._foreign("a broken file")
        if code & 0xFF == sqlite3.SQLITE_FULL:
            return LexpError(
                str(self.path), "the disk is full", "free some space or choose another folder"
            )
        return LexpError(
            str(self.path),
            f"it cannot be read or written ({failure})",
            "close it in other programs, or choose another folder",
        )
