"""Senders killed by SIGKILL at any point: nothing sent twice, nothing that is not accounted for."""

import json
import os
import random
import shutil
import sys
import time

import pytest

from lexp_batch.outbox import Outbox
from tests.lexp_batch.mail_folders import lenders_file, write_deal
from tests.lexp_batch.mail_senders import Sender, is_at_work, killed
from tests.lexp_batch.mail_servers import Authority, Inbox, real_server, wait_until

WITH_LITTLE_ROOM = """\
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
sys.argv[0] = "lexp"
runpy.run_module("lexp_batch", run_name="__main__")
"""
KILLS, KILLS_A_ROUND = 6, 3


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_deal(tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(tmp_path, made):
    shutil.copytree(made, tmp_path / "out" / "lexp-2003")
    lenders_file(tmp_path)
    return tmp_path


def test_killed_between_the_text_and_the_answer(folder, authority):
    """The server took it, the sender never knew: unknown, listed, and left to a person."""
    inbox = Inbox(seconds=4)
    with real_server(authority, inbox) as server:
        sender = Sender(folder, authority, server.port)
        process = sender.started()
        wait_until(lambda: len(inbox.envelopes) == 1)
        killed(process)
        inbox.seconds = 0
        status, listed = sender.outbox()
        assert (status, [each["state"] for each in listed]) == (1, ["unknown"])
        rest = sender.started()
        said = rest.communicate(timeout=60)
        assert rest.returncode == 1 and "unknown whether message 1 was sent" in said[1]
        assert "Traceback" not in said[1] and len(inbox.envelopes) == 5
        marked = sender.lexp("outbox", "out", "--mark-sent", "1", "--format", "json")
        assert (marked.returncode, marked.stderr) == (0, "")
        assert [each["state"] for each in json.loads(marked.stdout)] == ["sent"] * 5
    assert set(inbox.counts().values()) == {1} and len(inbox.counts()) == 5


@pytest.mark.skipif(os.name == "nt", reason="needs a limit to the size of files")
def test_no_room_for_the_outbox_in_mid_sending(folder, authority):
    """Files of 40 kB at most: the outbox cannot grow, sending stops, and the next run goes on."""
    inbox = Inbox()
    with real_server(authority, inbox) as server:
        sender = Sender(folder, authority, server.port)
        process = sender.started((sys.executable, "-c", WITH_LITTLE_ROOM))
        said = process.communicate(timeout=60)
        assert process.returncode == 1 and "no way to read or write the outbox" in said[1]
        assert "Traceback" not in said[1] and 0 < len(inbox.envelopes) < 5
        check(inbox, sender)
    assert len(inbox.envelopes) == 5


def test_killed_at_random(folder, authority):
    """What the server took against what the outbox says, after each kill and at the end."""
    inbox = Inbox(seconds=0.12)
    moments = random.Random(7)
    killed_at_work = 0
    with real_server(authority, inbox) as server:
        sender = Sender(folder, authority, server.port)
        outbox = folder / "out" / "outbox.sqlite"
        for number in range(KILLS):
            if number == KILLS_A_ROUND:
                check(inbox, sender)
                inbox.envelopes.clear()
                for each in folder.glob("out/outbox.sqlite*"):
                    each.unlink()
            process = sender.started()
            wait_until(lambda here=process: is_at_work(here, outbox), 30)
            time.sleep(moments.uniform(0, 0.35))
            killed_at_work += process.poll() is None
            killed(process)
        check(inbox, sender)
    assert killed_at_work >= KILLS * 2 // 3


def check(inbox, sender):
    """Run to the end; then every message is sent once, or unknown and listed."""
    process = sender.started()
    said = process.communicate(timeout=60)
    assert "Traceback" not in said[1]
    with Outbox(sender.folder / "out" / "outbox.sqlite") as outbox:
        listed = outbox.entries()
    states = {each.message_id: each.state for each in listed}
    counts = inbox.counts()
    assert max(counts.values()) == 1, "sent twice"
    assert len(listed) == 5 and set(states.values()) <= {"sent", "unknown"}
    assert {each for each, state in states.items() if state == "sent"} <= counts.keys()
    assert counts.keys() <= states.keys(), "unreported"
    unknown = [each.number for each in listed if each.state == "unknown"]
    assert process.returncode == (1 if unknown else 0)
    assert all(f"whether message {number} was sent" in said[1] for number in unknown)
