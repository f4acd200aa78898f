"""Sending to mail servers on 127.0.0.1: one that is real, and one that misbehaves."""

import shutil
import smtplib
from email import policy
from email.parser import BytesParser
from hashlib import sha256

import pytest

from lexp_batch import outbox as states
from lexp_batch.mail_order import MailOrder
from lexp_batch.mail_plan import plan_mail
from lexp_batch.outbox import Outbox
from lexp_batch.sender_lock import SenderLock
from lexp_batch.sending import send
from lexp_batch.smtp import Pace, Server, ServerProblem
from lexp_calc.errors import LexpError
from tests.lexp_batch.mail_folders import (
    FIRST,
    SENDER,
    TRANCHES,
    lenders_file,
    write_deal,
)
from tests.lexp_batch.mail_servers import (
    DROP,
    DROP_IN_TEXT,
    HANG,
    HOST,
    PASSWORD,
    USER,
    Authority,
    Inbox,
    ScriptedServer,
    real_server,
    wait_until,
)

QUICK = Pace(seconds=3, seconds_after_text=1, attempts=3, first_wait=0.01, a_minute=6_000)
ADDRESS = "agency@agent.example"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_deal(tmp_path_factory.mktemp("made"))


@pytest.fixture
def out(tmp_path, made, monkeypatch):
    shutil.copytree(made, tmp_path / "out" / "lexp-2003")
    monkeypatch.setenv("LEXP_SMTP_PASSWORD", PASSWORD)
    lenders_file(tmp_path)
    return tmp_path / "out"


def plan_of(out, **order):
    order = {"lenders": str(out.parent / "lenders.toml"), "sender": SENDER, **order}
    return plan_mail(out, MailOrder(**order))


def server_at(port, authority, **changes):
    return Server(
        **{"host": HOST, "port": port, "user": USER, "ca_file": str(authority.file)} | changes
    )


def sent(out, server, pace=QUICK, **order):
    plan = plan_of(out, **order)
    return list(send(plan, plan.hash, server, pace))


def rows(out):
    """{tranche: entry} of the outbox."""
    with Outbox(out / "outbox.sqlite") as outbox:
        return {each.key.tranche: each for each in outbox.entries()}


def state_counts(out):
    found = [each.state for each in rows(out).values()]
    return {state: found.count(state) for state in set(found)}


def test_each_lender_gets_its_workbooks_once(out, authority):
    inbox = Inbox()
    with real_server(authority, inbox) as server:
        there = server_at(server.port, authority)
        first = sent(out, there)
        again = sent(out, there)
    assert [each.is_problem for each in first + again] == [False] * 10
    assert all("sent already" in each.text and "skipped" in each.text for each in again)
    assert len(inbox.envelopes) == 5 and set(inbox.counts().values()) == {1}
    by_tranche = rows(out)
    assert list(by_tranche) == list(TRANCHES) and state_counts(out) == {"sent": 5}
    for message, (recipients, _) in zip(inbox.messages, inbox.envelopes, strict=True):
        (attached,) = message.iter_attachments()
        tranche = attached.get_filename().removeprefix("lexp-2003_").removesuffix(".xlsx")
        entry = by_tranche[tranche]
        assert sha256(attached.get_content()).hexdigest() == entry.key.version
        assert recipients == entry.contacts and message["Message-ID"] == entry.message_id
        assert message["To"] == ", ".join(recipients)
        assert (recipients == FIRST) == (entry.key.lender == "first-bank")


def test_what_changed_since_the_last_one_sent_to_that_lender(out, authority):
    inbox = Inbox()
    with real_server(authority, inbox) as server:
        there = server_at(server.port, authority)
        sent(out, there)
        write_deal(out, inputs={"prime": "6.00%"})
        sent(out, there)
    texts = {}
    for message in inbox.messages:
        (attached,) = message.iter_attachments()
        text = message.get_body(("plain",)).get_content()
        texts.setdefault(attached.get_filename(), []).append(text)
    first, second = texts["lexp-2003_term-loan.xlsx"]
    assert "This is the first workbook of this loan that is sent to you." in first
    assert "All-in rate                5.50%" in first
    # A fixed coupon does not follow prime: the notes' figures stay.
    assert "All-in rate: 5.50% -> 7.50%" in second and "Since the workbook last sent" in second
    assert "Balance:" not in second
    assert "None of these figures has changed" in texts["lexp-2003_senior-notes.xlsx"][1]


def test_one_of_three_recipients_refused(out, authority):
    """The message went to the others, and who did not get it is a problem."""
    inbox = Inbox(refused={FIRST[1]})
    with real_server(authority, inbox) as server:
        outcomes = sent(out, server_at(server.port, authority))
    problems = [each for each in outcomes if each.is_problem]
    assert len(problems) == 3 and len(inbox.envelopes) == 5
    for each in problems:
        assert each.state == "sent"
        assert f"sent to {FIRST[0]}, {FIRST[2]} " in each.text
        assert f"{FIRST[1]} refused: 550 5.1.1 no such mailbox" in each.text
    entry = rows(out)["term-loan"]
    assert (entry.state, list(entry.refused)) == (states.SENT, [FIRST[1]])


def test_all_recipients_refused_and_tried_again_by_the_next_run(out, authority):
    with ScriptedServer(authority.context(), RCPT=["550 no"]) as server:
        there = server_at(server.port, authority)
        first = sent(out, there)
        refused = rows(out)["junior-notes"]
        second = sent(out, there)
    assert [each.state for each in first] == ["refused"] + ["sent"] * 4
    assert "notes@secondbank.example refused: 550 no" in first[0].text
    assert refused.state == states.REFUSED
    assert [each.is_problem for each in second] == [False] * 5
    assert rows(out)["junior-notes"].message_id == refused.message_id
    assert state_counts(out) == {"sent": 5} and len(server.taken) == 5


@pytest.mark.parametrize(
    "script",
    [
        {"greeting": ["421 busy", "421 busy"]},
        {"greeting": [DROP, DROP]},
        {"EHLO": ["421 busy"]},
        {"STARTTLS": ["454 not now"]},
        {"STARTTLS": ["421 busy", DROP]},
        {"AUTH": ["454 not now", "421 busy"]},
        {"AUTH": [DROP]},
        {"MAIL": ["451 later", "421 busy"]},
        {"MAIL": [DROP, "450 later"]},
        {"RCPT": ["450 greylisted"]},
        {"RCPT": ["421 busy", DROP]},
        {"DATA": ["451 later", "421 busy"]},
        {"DATA": [DROP]},
        {"text": ["451 later", "421 busy"]},
    ],
    ids=str,
)
def test_later_is_tried_again_and_sent_once(out, authority, script):
    """Where the server certainly has not taken the message, whatever the stage."""
    with ScriptedServer(authority.context(), **script) as server:
        outcomes = sent(out, server_at(server.port, authority))
    assert [each.text for each in outcomes if each.is_problem] == []
    assert state_counts(out) == {"sent": 5}
    refused_texts = sum(each != DROP for each in script.get("text", ()))
    assert len(server.taken) == 5 + refused_texts


def test_a_recipient_that_is_refused_for_now_gets_it_in_the_end(out, authority):
    with ScriptedServer(authority.context(), RCPT=["250 OK", "250 OK", "450 greylisted"]) as server:
        outcomes = sent(out, server_at(server.port, authority))
    assert not any(each.is_problem for each in outcomes)
    recipients = [each for each in server.said if each.startswith("RCPT")]
    assert len(recipients) == 2 + 3 * 3 + 3  # the revolver's three twice


def test_later_and_later_again_stays_pending(out, authority):
    with ScriptedServer(authority.context(), MAIL=["451 later"] * 3) as server:
        there = server_at(server.port, authority)
        first = sent(out, there)
        assert rows(out)["junior-notes"].state == states.PENDING
        second = sent(out, there)
    assert first[0].is_problem and "the server said later, 451 later" in first[0].text
    assert [each.state for each in first] == ["pending"] + ["sent"] * 4
    assert [each.is_problem for each in second] == [False] * 5 and len(server.taken) == 5


@pytest.mark.parametrize("how", [DROP, DROP_IN_TEXT, HANG, "25", "999 what"])
def test_a_line_dropped_before_the_answer_is_left_to_a_person(out, authority, how):
    """Nobody knows whether it was taken: held, listed, never sent again by itself."""
    with ScriptedServer(authority.context(), text=[how]) as server:
        there = server_at(server.port, authority)
        first = sent(out, there)
        taken = len(server.taken)
        second = sent(out, there)
        assert len(server.taken) == taken
        unknown = rows(out)["junior-notes"]
        third = sent(out, there, again=(unknown.number,))
    for outcomes in (first, second):
        assert [each.state for each in outcomes] == ["unknown"] + ["sent"] * 4
        assert outcomes[0].is_problem
        assert "--resend-unknown 1 or lexp outbox --mark-sent 1" in outcomes[0].text
    assert unknown.state == states.UNKNOWN
    assert [each.is_problem for each in third] == [False] * 5
    resent = BytesParser(policy=policy.SMTP).parsebytes(server.taken[-1])
    assert resent["Message-ID"] == unknown.message_id
    assert state_counts(out) == {"sent": 5}


def test_a_message_sent_again_in_vain_stays_unknown(out, authority):
    """A refusal of the second attempt says nothing of the first."""
    with ScriptedServer(authority.context(), text=[DROP, "550 no"]) as server:
        there = server_at(server.port, authority)
        sent(out, there, **only_junior(out))
        outcomes = sent(out, there, again=(), **only_junior(out))
    assert [each.state for each in outcomes if "junior-notes_only" in each.name] == ["unknown"]
    assert rows(out)["junior-notes"].state == states.UNKNOWN


def only_junior(out):
    """Lenders of one tranche alone."""
    text = """\
allow = ["a@b.example"]
[lender.only]
name = "Only"
contacts = ["a@b.example"]
share = { junior-notes = "100%" }
"""
    path = out.parent / "junior.toml"
    path.write_text(text)
    return {"lenders": str(path)}


def test_after_three_lost_lines_in_a_row_the_rest_waits(out, authority):
    with ScriptedServer(authority.context(), text=[DROP] * 5) as server:
        with pytest.raises(ServerProblem, match="3 messages in a row"):
            sent(out, server_at(server.port, authority))
        assert len(server.taken) == 3
    assert state_counts(out) == {"unknown": 3}


def test_a_server_that_is_not_there(out, authority):
    with ScriptedServer(authority.context()) as server:
        port = server.port
    with pytest.raises(ServerProblem, match="the line lost with 1 message in a row"):
        sent(out, server_at(port, authority))
    assert state_counts(out) == {"pending": 1}


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ({"host": "mail.elsewhere.example"}, "IP address mismatch"),
        ({"days": (-3, -2)}, "certificate has expired"),
        ({"days": (2, 3)}, "not yet valid"),
        ({"self_signed": True}, "self-signed certificate"),
    ],
    ids=str,
)
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_wrong_certificate_is_refused(out, authority, certificate, said, tls):
    context = authority.context(**certificate)
    with ScriptedServer(context, tls=tls == "tls") as server:
        with pytest.raises(ServerProblem, match=said):
            sent(out, server_at(server.port, authority, tls=tls))
        assert not server.taken and not any("AUTH" in each for each in server.said)
    assert server.lines == 1  # never tried again
    assert state_counts(out) == {"pending": 1}


def test_an_authority_that_the_system_does_not_know(out, authority):
    with ScriptedServer(authority.context()) as server:
        with pytest.raises(ServerProblem, match="unable to get local issuer certificate"):
            sent(out, server_at(server.port, authority, ca_file=None))
    assert server.said[-1].split()[0] == "STARTTLS"


def test_tls_from_the_first_byte(out, authority):
    features = ("AUTH PLAIN",)
    with ScriptedServer(authority.context(), features=features, tls=True) as server:
        outcomes = sent(out, server_at(server.port, authority, tls="tls"))
    assert [each.is_problem for each in outcomes] == [False] * 5


@pytest.mark.parametrize(
    ("features", "script", "said"),
    [
        (("AUTH PLAIN",), {}, "no STARTTLS offered"),
        (("STARTTLS",), {}, "no login offered"),
        (("STARTTLS", "AUTH PLAIN"), {"AUTH": ["535 5.7.8 no"]}, 'login "agent" refused'),
        (("STARTTLS", "AUTH PLAIN"), {"greeting": ["554 not you"]}, "554 not you"),
        (("STARTTLS", "AUTH PLAIN"), {"STARTTLS": ["501 what"]}, "501 what"),
    ],
    ids=lambda each: str(each),
)
def test_a_server_through_which_nothing_can_be_sent(out, authority, features, script, said):
    with ScriptedServer(authority.context(), features=features, **script) as server:
        with pytest.raises(ServerProblem, match=said) as caught:
            sent(out, server_at(server.port, authority))
    assert PASSWORD not in str(caught.value) and PASSWORD not in repr(caught.value)
    assert not any(each.startswith("MAIL") for each in server.said)
    assert state_counts(out) == {"pending": 1}


def test_no_login_without_an_encrypted_line(out, authority):
    with ScriptedServer(authority.context(), features=("AUTH PLAIN LOGIN",)) as server:
        with pytest.raises(ServerProblem):
            sent(out, server_at(server.port, authority))
    assert [each.split()[0].upper() for each in server.said if "QUIT" not in each] == ["EHLO"]


def test_plain_where_tls_is_spoken(out, authority):
    quick = Pace(seconds=1, attempts=1, a_minute=6_000)
    with ScriptedServer(authority.context(), tls=True) as server:
        with pytest.raises(ServerProblem):
            sent(out, server_at(server.port, authority), quick)
    with ScriptedServer(authority.context()) as server:
        with pytest.raises(ServerProblem, match="no TLS that can be used"):
            sent(out, server_at(server.port, authority, tls="tls"), quick)


def test_a_real_login_that_is_refused(out, authority, monkeypatch):
    monkeypatch.setenv("LEXP_SMTP_PASSWORD", "another password")
    with real_server(authority, inbox := Inbox()) as server:
        with pytest.raises(ServerProblem, match='login "agent" refused') as caught:
            sent(out, server_at(server.port, authority))
    assert "another password" not in repr(caught.value) and not inbox.envelopes


def test_no_password(out, authority, monkeypatch):
    monkeypatch.delenv("LEXP_SMTP_PASSWORD")
    monkeypatch.setattr("lexp_batch.passwords.from_keyring", lambda service, user: None)
    with pytest.raises(LexpError, match="LEXP_SMTP_PASSWORD in the environment, or in the keyring"):
        sent(out, server_at(1, authority))
    assert rows(out) == {}


@pytest.mark.parametrize("ca_file", ["nowhere.pem", "empty.pem"])
def test_no_authority_in_the_file(out, authority, tmp_path, ca_file):
    (tmp_path / "empty.pem").write_text("")
    with pytest.raises(LexpError, match="found no "):
        sent(out, server_at(1, authority, ca_file=str(tmp_path / ca_file)))


def test_larger_than_the_server_takes(out, authority):
    """The limit that it names is kept to; nothing is sent over the line to be refused."""
    features = ("STARTTLS", "AUTH PLAIN", "SIZE 100000")
    with ScriptedServer(authority.context(), features=features) as server:
        outcomes = sent(out, server_at(server.port, authority))
    small = [each for each in outcomes if not each.is_problem]
    large = [each for each in outcomes if each.is_problem]
    assert (len(small), len(large), len(server.taken)) == (2, 3, 2)
    assert all("the server takes at most 100,000" in each.text for each in large)
    assert all(each.state == "refused" for each in large)
    assert all("SIZE=" in each for each in server.said if each.startswith("MAIL"))


def test_larger_than_allowed_here(out, authority):
    with real_server(authority, inbox := Inbox()) as server:
        outcomes = sent(out, server_at(server.port, authority), largest=100_000)
    assert len(inbox.envelopes) == 2
    large = [each.text for each in outcomes if each.is_problem]
    assert len(large) == 3
    assert all(
        "found a mail of" in each and "at most 100,000 would be right" in each for each in large
    )
    assert all(len(content) <= 100_000 for _, content in inbox.envelopes)


def test_no_more_messages_a_minute_than_asked_for(out, authority, monkeypatch):
    waited = []
    monkeypatch.setattr("lexp_batch.sending.time.sleep", waited.append)
    with real_server(authority, Inbox()) as server:
        sent(out, server_at(server.port, authority), Pace(a_minute=30))
    assert len(waited) == 4 and sum(waited) == pytest.approx(2 * (1 + 2 + 3 + 4), abs=2.5)


def test_two_senders_at_once(out, authority):
    with ScriptedServer(authority.context()) as server:
        with SenderLock(out / "outbox.sqlite"):
            with pytest.raises(LexpError, match="found another sender at work"):
                sent(out, server_at(server.port, authority))
        assert not server.said
        assert [each.is_problem for each in sent(out, server_at(server.port, authority))] == [
            False
        ] * 5


def test_the_workbook_is_looked_at_once_more_before_it_leaves(out, authority):
    """Changed after the table was approved: that message is not sent, the others are."""
    plan = plan_of(out)
    path = out / "lexp-2003" / "lexp-2003_revolver.xlsx"
    path.write_bytes((out / "lexp-2003" / "lexp-2003_term-loan.xlsx").read_bytes())
    with real_server(authority, inbox := Inbox()) as server:
        outcomes = list(send(plan, plan.hash, server_at(server.port, authority), QUICK))
    assert [each.is_problem for each in outcomes] == [False, True, False, False, False]
    assert "found other bytes than the manifest's" in outcomes[1].text
    assert len(inbox.envelopes) == 4


def test_stopped_by_hand_while_the_text_is_on_the_line(out, authority, monkeypatch):
    """Ctrl-C: held at once, and no QUIT is written into the text."""
    with ScriptedServer(authority.context()) as server:
        there = server_at(server.port, authority)
        with monkeypatch.context() as hand:
            hand.setattr("smtplib.SMTP.send", interrupting(smtplib.SMTP.send, b"UEsD"))
            with pytest.raises(KeyboardInterrupt):
                sent(out, there)
        assert state_counts(out) == {"unknown": 1} and not server.taken
        wait_until(lambda: server.broken_off)
        assert server.broken_off == [b""]
        outcomes = sent(out, there)
    assert [each.state for each in outcomes] == ["unknown"] + ["sent"] * 4


def interrupting(send, words):
    """smtplib's own way to send, which a person stops at these words."""

    def stopped(self, content):
        if words in (content if isinstance(content, bytes) else content.encode()):
            raise KeyboardInterrupt
        return send(self, content)

    return stopped


@pytest.mark.parametrize("when", ["begin", "end"])
def test_the_outbox_cannot_be_written(out, authority, monkeypatch, when):
    """Nothing more is sent; a message that the server took meanwhile is held, not sent again."""

    def full(*_):
        raise LexpError("outbox", "found the disk full", "room would be right")

    with ScriptedServer(authority.context()) as server:
        there = server_at(server.port, authority)
        with monkeypatch.context() as broken:
            broken.setattr(Outbox, when, full)
            with pytest.raises(LexpError, match="the disk full"):
                sent(out, there)
        assert len(server.taken) == (0 if when == "begin" else 1)
        if when == "begin":  # not even QUIT, which would be a text to the server
            wait_until(lambda: server.broken_off)
            assert server.broken_off == [b""]
        outcomes = sent(out, there)
    problems = [each.state for each in outcomes if each.is_problem]
    assert problems == ([] if when == "begin" else ["unknown"])
    assert len(server.taken) == 5
