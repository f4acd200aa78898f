"""The outbox: each workbook once for each lender, in states that no crash can confuse."""

import os
import sqlite3
import stat
import threading
from datetime import UTC, datetime

import pytest

from lexp_batch import outbox as outbox_module
from lexp_batch.outbox import (
    PENDING,
    REFUSED,
    SENDING,
    SENT,
    UNKNOWN,
    Key,
    Outbox,
)
from lexp_batch.sender_lock import SenderLock
from lexp_calc.errors import LexpError, OutOfRange

KEY = Key("deal", "loan", "a" * 64, "first-bank")
NEWER = Key("deal", "loan", "b" * 64, "first-bank")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox.sqlite"


def entered(outbox, key=KEY, message_id=None, figures=()):
    return outbox.enter(key, message_id or f"<{key.version[0]}>", ("a@b.example",), dict(figures))


def test_one_row_for_a_workbook_and_a_lender(path):
    with Outbox(path) as outbox:
        first = entered(outbox, message_id="<1>")
        again = entered(outbox, message_id="<2>")
        others = [
            entered(outbox, key, f"<{number}>")
            for number, key in enumerate(
                (
                    NEWER,
                    Key("other", "loan", "a" * 64, "first-bank"),
                    Key("deal", "other", "a" * 64, "first-bank"),
                    Key("deal", "loan", "a" * 64, "second-bank"),
                ),
                3,
            )
        ]
    assert (first.number, first.message_id) == (again.number, again.message_id) == (1, "<1>")
    assert [each.number for each in others] == [2, 3, 4, 5]


def test_it_is_kept_on_the_disk_for_its_owner_alone(path):
    with Outbox(path) as outbox:
        entered(outbox)
        outbox.begin(1, PENDING)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 or os.name == "nt"
    with Outbox(path) as outbox:
        assert [each.state for each in outbox.entries()] == [SENDING]
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([("begin", PENDING), ("end", SENT)], SENT),
        ([("begin", PENDING), ("end", REFUSED), ("begin", REFUSED), ("end", SENT)], SENT),
        ([("begin", PENDING), ("end", PENDING), ("begin", PENDING)], SENDING),
        ([("begin", PENDING), ("end", UNKNOWN), ("mark_sent",)], SENT),
        ([("begin", PENDING), ("end", UNKNOWN), ("begin", UNKNOWN), ("end", SENT)], SENT),
        ([("begin", PENDING), ("end", UNKNOWN), ("mark_not_sent",)], PENDING),
    ],
)
def test_the_ways_through(path, steps, state):
    with Outbox(path) as outbox:
        entered(outbox)
        for name, *arguments in steps:
            getattr(outbox, name)(1, *arguments)
        assert outbox.entries()[0].state == state


@pytest.mark.parametrize(
    ("steps", "last"),
    [
        ([], ("end", SENT)),
        ([], ("mark_sent",)),
        ([("begin", PENDING)], ("begin", PENDING)),
        ([("begin", PENDING)], ("mark_sent",)),
        ([("begin", PENDING), ("end", SENT)], ("begin", PENDING)),
        ([("begin", PENDING), ("end", SENT)], ("mark_sent",)),
        ([("begin", PENDING), ("end", SENT)], ("mark_not_sent",)),
        ([("begin", PENDING), ("end", UNKNOWN)], ("begin", PENDING)),
    ],
)
def test_no_other_way(path, steps, last):
    with Outbox(path) as outbox:
        entered(outbox)
        for name, *arguments in steps:
            getattr(outbox, name)(1, *arguments)
        before = outbox.entries()
        name, *arguments = last
        with pytest.raises(LexpError, match="message 1: found one that is"):
            getattr(outbox, name)(1, *arguments)
        assert outbox.entries() == before
        with pytest.raises(LexpError, match="message 7: found none"):
            outbox.mark_sent(7)


def test_what_a_dead_sender_left_is_unknown(path):
    with Outbox(path) as outbox:
        for key in (KEY, NEWER):
            entered(outbox, key)
        outbox.begin(1, PENDING)
    with Outbox(path) as outbox:
        assert [each.number for each in outbox.hold_interrupted()] == [1]
        assert [each.state for each in outbox.entries()] == [UNKNOWN, PENDING]
        assert outbox.entries()[0].reason == "the sender ended before the server's answer"
        assert outbox.hold_interrupted() == []


class Backwards(datetime):
    """A clock that goes back by a day with each look at it."""

    days = 28

    @classmethod
    def now(cls, zone=None):
        cls.days -= 1
        return datetime(2026, 11, cls.days, tzinfo=UTC)


def test_the_clock_going_back(path, monkeypatch):
    """What was sent last is what was sent last, whatever the clock said."""
    monkeypatch.setattr(outbox_module, "datetime", Backwards)
    with Outbox(path) as outbox:
        for key, balance in ((KEY, "old"), (NEWER, "new")):
            number = entered(outbox, key, figures={"balance": balance}).number
            outbox.begin(number, PENDING)
            outbox.end(number, SENT)
        first, second = outbox.entries()
        assert first.at > second.at
        third = Key("deal", "loan", "c" * 64, "first-bank")
        assert outbox.last_figures(third) == {"balance": "new"}
        assert outbox.last_figures(NEWER) == {"balance": "old"}


def test_figures_that_were_not_sent_count_for_nothing(path):
    with Outbox(path) as outbox:
        entered(outbox, KEY, figures={"balance": "1"})
        outbox.begin(1, PENDING)
        outbox.end(1, UNKNOWN)
        assert outbox.last_figures(NEWER) is None
        outbox.mark_sent(1)
        assert outbox.last_figures(NEWER) == {"balance": "1"}
        assert outbox.last_figures(Key("deal", "loan", "b" * 64, "second-bank")) is None


def test_a_row_that_was_sent_keeps_what_was_sent(path):
    with Outbox(path) as outbox:
        entered(outbox, figures={"balance": "1"})
        assert entered(outbox, figures={"balance": "2"}).figures == {"balance": "2"}
        outbox.begin(1, PENDING)
        outbox.end(1, SENT, "250", {"c@d.example": "550 no"})
        again = entered(outbox, figures={"balance": "3"})
        assert again.figures == {"balance": "2"} and again.refused == {"c@d.example": "550 no"}


def test_two_at_once_on_one_row(path):
    """One wins, whatever the lock of the sender says."""
    with Outbox(path) as outbox:
        entered(outbox)
    barrier, won = threading.Barrier(8), []

    def begin():
        with Outbox(path) as own:
            barrier.wait(10)
            try:
                own.begin(1, PENDING)
                won.append(1)
            except LexpError:
                pass

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert won == [1]


def test_the_lock(path):
    with SenderLock(path):
        with pytest.raises(LexpError, match=rf"another sender at work \(process {os.getpid()}\)"):
            with SenderLock(path):
                pass
    with SenderLock(path):
        pass


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_file_that_is_no_outbox(path, content):
    path.write_bytes(content)
    with pytest.raises(LexpError, match="no way to read or write the outbox"):
        Outbox(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(LexpError, match="no way to read or write the outbox"):
        Outbox(tmp_path / "nowhere" / "outbox.sqlite")


def test_an_outbox_of_a_later_version(path):
    with Outbox(path):
        pass
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(LexpError, match="layout 99"):
        Outbox(path)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_one_lock_by_whatever_name_the_outbox_is_called(tmp_path):
    path = tmp_path / "outbox.sqlite"
    path.touch()
    (tmp_path / "link").mkdir()
    link = tmp_path / "link" / "other.sqlite"
    link.symlink_to(path)
    with SenderLock(path), pytest.raises(OutOfRange, match="another sender"):
        with SenderLock(link):
            pass
