"""`lexp send` and `lexp outbox` as they are typed: what they print, where, and how they end."""

import json
import logging
import os
import re
import shutil
import sys

import pytest
from click.testing import CliRunner

from lexp_batch.cli import main
from tests.lexp_batch.mail_folders import SENDER, lenders_file, write_deal
from tests.lexp_batch.mail_servers import (
    DROP,
    HOST,
    PASSWORD,
    USER,
    Authority,
    Inbox,
    ScriptedServer,
    real_server,
)

ADDRESSES = ("loans@firstbank.example", "notes@secondbank.example")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_deal(tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(tmp_path, made, monkeypatch):
    shutil.copytree(made, tmp_path / "out" / "lexp-2003")
    lenders_file(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith("LEXP_SMTP")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def login(monkeypatch, authority):
    def at(port, password=PASSWORD):
        values = {"HOST": HOST, "PORT": port, "USER": USER, "CA": authority.file}
        for name, value in {**values, "PASSWORD": password}.items():
            monkeypatch.setenv(f"LEXP_SMTP_{name}", str(value))

    return at


def lexp(*words):
    result = CliRunner().invoke(main, [str(each) for each in words])
    assert "Traceback" not in result.output
    assert PASSWORD not in result.output
    return result


WITH_LENDERS = ("--lenders", "lenders.toml", "--from", SENDER, "--a-minute", 6000)


def hash_of(*words):
    return re.search("^HASH ([0-9a-f]{64})$", lexp("send", *words).stdout, re.M)[1]


def test_without_send_nothing_is_sent(folder, login):
    """Drafts, a table, its hash; the same again gives the same bytes."""
    login(1)  # where nobody listens
    first = lexp("send", "out", *WITH_LENDERS)
    assert (first.exit_code, first.stderr) == (0, "")
    drafts = {each.name: each.read_bytes() for each in (folder / "out/mail").iterdir()}
    assert sorted(drafts) == [
        "lexp-2003_junior-notes_second-bank.eml",
        "lexp-2003_revolver_first-bank.eml",
        "lexp-2003_secured-term-loan_first-bank.eml",
        "lexp-2003_senior-notes_second-bank.eml",
        "lexp-2003_term-loan_first-bank.eml",
    ]
    again = lexp("send", "out", *WITH_LENDERS)
    assert again.stdout == first.stdout
    assert {each.name: each.read_bytes() for each in (folder / "out/mail").iterdir()} == drafts
    row = re.search(r"^lexp-2003 +term-loan +first-bank +(.*)$", first.stdout, re.M)[1]
    assert row.startswith(ADDRESSES[0]) and row.endswith("send")
    assert json.loads(lexp("outbox", "out", "--format", "json").stdout) == []
    assert "No message yet." in lexp("outbox", "out/lexp-2003").stdout


def test_the_built_in_deal_has_no_lenders(folder):
    done = lexp("send", "out")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 5 and "found no lender" in done.stderr
    assert not list((folder / "out/mail").iterdir())


def test_sent_when_approved_and_only_once(folder, authority, login):
    approved = hash_of("out", *WITH_LENDERS)
    with real_server(authority, inbox := Inbox()) as server:
        login(server.port)
        first = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
        again = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
    assert (first.exit_code, first.stderr) == (0, "")
    assert len(first.stdout.splitlines()) == 5 == len(inbox.envelopes)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.count("skipped") == 5
    listed = json.loads(lexp("outbox", "out", "--format", "json").stdout)
    assert [each["state"] for each in listed] == ["sent"] * 5
    assert {each["message_id"] for each in listed} == set(inbox.counts())
    table = lexp("send", "out", *WITH_LENDERS).stdout
    assert table.count("sent already") == 5 and approved in table


def test_another_table_than_the_one_approved(folder, login):
    """Refused, with what differs, and nothing is sent."""
    login(1)
    approved = hash_of("out", *WITH_LENDERS)
    lenders_file(folder, ('"desk@firstbank.example"', '"else@firstbank.example"'))
    write_deal(folder / "out", inputs={"prime": "6.00%"}, tranches=())
    done = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
    assert (done.exit_code, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    contacts = [each for each in lines if "term-loan first-bank: contacts was" in each]
    assert "desk@firstbank.example" in contacts[0] and "else@firstbank.example" in contacts[0]
    assert any("term-loan first-bank: sha256 was" in each for each in lines)
    assert json.loads(lexp("outbox", "out", "--format", "json").stdout) == []


@pytest.mark.parametrize("approved", ["0" * 64, "", "x", "HASH"])
def test_a_hash_of_no_table(folder, login, approved):
    login(1)
    lexp("send", "out", *WITH_LENDERS)
    done = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
    assert done.exit_code in (1, 2) and done.stdout == ""
    assert "hash" in done.stderr or "--approve" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--send"], "--send needs --approve"),
        (["--approve", "0" * 64], "--approve goes with --send"),
        (["--send", "--approve", "0" * 64], "--smtp-host"),
        (["--resend-unknown=x"], "the number of a message"),
        (["--smtp-tls", "none"], "none"),
        (["--smtp-port", "0"], "0"),
    ],
)
def test_wrong_usage(folder, words, said):
    done = lexp("send", "out", *words)
    assert done.exit_code == 2 and said in done.stderr and done.stdout == ""


def test_no_sender(folder, login):
    login(1)
    without = ("--lenders", "lenders.toml")
    approved = hash_of("out", *without)
    done = lexp("send", "out", *without, "--send", "--approve", approved)
    assert done.exit_code == 1 and done.stderr.startswith("--from: found none")


@pytest.mark.parametrize("sender", ["x", "a@b.example\r\nBcc: c@d.example", "=?x?= <a@b.example>"])
def test_a_sender_that_no_header_may_hold(folder, sender):
    done = lexp("send", "out", "--lenders", "lenders.toml", "--from", sender)
    assert done.exit_code == 1 and done.stderr.startswith("--from: found")
    assert not (folder / "out/mail").exists()


def test_what_is_unknown_is_listed_and_decided_by_a_person(folder, authority, login):
    approved = hash_of("out", *WITH_LENDERS)
    with ScriptedServer(authority.context(), text=[DROP, DROP]) as server:
        login(server.port)
        done = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
        assert done.exit_code == 1 and done.stderr.count("unknown whether message") == 2
        listed = lexp("outbox", "out")
        assert listed.exit_code == 1 and "Unknown whether sent: 2 messages." in listed.stdout
        ids = {each["message"]: each for each in json.loads(
            lexp("outbox", "out", "--format", "json").stdout)}  # fmt: skip
        assert ids[1]["message_id"] in listed.stdout
        marked = lexp("outbox", "out", "--mark-sent", 2)
        assert marked.exit_code == 1 and "1 message." in marked.stdout
        again = (*WITH_LENDERS, "--resend-unknown")
        assert "send again (message 1)" in lexp("send", "out", *again).stdout
        # What was approved before is not what would be done now.
        refused = lexp("send", "out", *again, "--send", "--approve", approved)
        assert refused.exit_code == 1 and "what was send, is now send again" in refused.stderr
        sent = lexp("send", "out", *again, "--send", "--approve", hash_of("out", *again))
        assert (sent.exit_code, sent.stderr) == (0, "")
        assert f"Message-ID: {ids[1]['message_id']}".encode() in server.taken[-1]
    assert lexp("outbox", "out").exit_code == 0


def test_an_unknown_message_whose_workbook_has_been_replaced(folder, authority, login):
    """Listed with each run, never sent again; a person can say that it did not arrive."""
    approved = hash_of("out", *WITH_LENDERS)
    with ScriptedServer(authority.context(), text=[DROP]) as server:
        login(server.port)
        lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
        write_deal(folder / "out", inputs={"prime": "6.00%"})
        done = lexp("send", "out", *WITH_LENDERS, "--resend-unknown=1")
        assert done.exit_code == 1 and "whose workbook is not among these" in done.stderr
        approved = hash_of("out", *WITH_LENDERS)
        done = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
        assert done.exit_code == 1 and done.stderr.count("unknown whether message 1") == 1
        assert len(done.stdout.splitlines()) == 5
        assert lexp("outbox", "out", "--mark-not-sent", 1).exit_code == 0
        done = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
        assert (done.exit_code, done.stderr) == (0, "") and done.stdout.count("skipped") == 5
    assert len(server.taken) == 10


@pytest.mark.parametrize("number", [1, 99])
def test_sent_again_only_what_is_unknown(folder, authority, login, number):
    approved = hash_of("out", *WITH_LENDERS)
    with real_server(authority, Inbox()) as server:
        login(server.port)
        lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
    done = lexp("send", "out", *WITH_LENDERS, f"--resend-unknown={number}")
    assert done.exit_code == 1 and f"--resend-unknown {number}: found" in done.stderr
    done = lexp("outbox", "out", "--mark-sent", number)
    assert done.exit_code == 1 and f"message {number}: found" in done.stderr


def test_encrypted_without_a_password(folder, monkeypatch):
    monkeypatch.setattr("lexp_batch.passwords.from_keyring", lambda service, user: None)
    monkeypatch.delenv("LEXP_WORKBOOK_PASSWORD", raising=False)
    done = lexp("send", "out", *WITH_LENDERS, "--encrypt")
    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 5
    assert "LEXP_WORKBOOK_PASSWORD_FIRST_BANK or LEXP_WORKBOOK_PASSWORD" in done.stderr
    assert not list((folder / "out/mail").iterdir())


def test_encrypted_and_sent(folder, authority, login, monkeypatch):
    monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD", "correct horse battery")
    words = (*WITH_LENDERS, "--encrypt")
    table = lexp("send", "out", *words).stdout
    approved = hash_of("out", *words)
    with real_server(authority, inbox := Inbox()) as server:
        login(server.port)
        sent = lexp("send", "out", *words, "--send", "--approve", approved)
    assert (sent.exit_code, len(inbox.envelopes)) == (0, 5)
    assert "workbooks encrypted" in table
    assert not any(b"correct horse" in content for _, content in inbox.envelopes)
    # One version whether it is encrypted or not: it is not sent to the same lender once more.
    assert lexp("send", "out", *WITH_LENDERS).stdout.count("sent already") == 5


def test_no_password_in_any_log(folder, authority, login, caplog, monkeypatch):
    """Not even where the program itself fails, and writes down how."""
    approved = hash_of("out", *WITH_LENDERS)
    caplog.set_level(logging.DEBUG)
    with real_server(authority, Inbox()) as server:
        login(server.port)

        def failing(*_):
            raise RuntimeError("a fault of the program")

        monkeypatch.setattr("lexp_batch.smtp.Line._envelope", failing)
        done = lexp("send", "out", *WITH_LENDERS, "--send", "--approve", approved)
    assert done.exit_code == 1 and "a fault of the program" in done.stderr
    log = re.search(r"the details are in (\S+)", done.stderr)[1]
    with open(log, encoding="utf-8") as file:
        assert PASSWORD not in file.read()
    assert PASSWORD not in caplog.text and PASSWORD not in " ".join(sys.argv)


def test_a_stray_folder_or_file(folder):
    done = lexp("send", "out/mail")
    assert done.exit_code == 1 and "found no such folder" in done.stderr
    done = lexp("outbox", "nowhere")
    assert done.exit_code == 1 and "found no such folder" in done.stderr
    (folder / "a-file").write_text("x")
    done = lexp("send", "out", *WITH_LENDERS, "--out", "a-file")
    assert done.exit_code == 1 and "found no way to make the folder" in done.stderr


def test_one_outbox_by_name(folder, authority, login):
    """Two folders of the same workbooks and one outbox: sent once."""
    shutil.copytree("out", "copy")
    words = (*WITH_LENDERS, "--outbox", "kept.sqlite")
    with real_server(authority, inbox := Inbox()) as server:
        login(server.port)
        for each in ("out", "copy"):
            done = lexp("send", each, *words, "--send", "--approve", hash_of(each, *words))
            assert done.exit_code == 0
    assert len(inbox.envelopes) == 5 and "skipped" in done.stdout
    kept = lexp("outbox", "out", "--outbox", "kept.sqlite", "--format", "json").stdout
    assert len(json.loads(kept)) == 5
