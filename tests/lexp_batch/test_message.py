"""The message of a lender: what it says, what it carries, and that nothing can be slipped in."""

import dataclasses
import zipfile
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexp_batch.encryption import decrypted
from lexp_batch.mail_figures import Figures, changes, read_figures
from lexp_batch.mail_order import MailOrder, prepared
from lexp_batch.mail_plan import plan_mail
from lexp_batch.message import Envelope, check_message, message_bytes, new_message_id
from lexp_batch.message_text import html_text, plain_text
from lexp_batch.passwords import Secret, workbook_password
from lexp_batch.recipients import checked_workbook
from lexp_calc import builtin_deal, project
from lexp_calc.errors import LexpError
from tests.lexp_batch.mail_folders import FIRST, SENDER, lenders_file, write_deal

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write_deal(folder / "out")
    plan = plan_mail(folder / "out", MailOrder(lenders=str(lenders_file(folder)), sender=SENDER))
    return {row.tranche_id: row.story for row in plan.rows}


@pytest.fixture
def story(stories):
    return stories["term-loan"]


def parsed(content):
    return BytesParser(policy=policy.SMTP).parsebytes(content)


def made(story, password=None, envelope=None):
    envelope = envelope or Envelope(SENDER, "<1@agent.example>")
    return message_bytes(story, envelope, checked_workbook(story.delivery), password)


def test_the_figures_are_those_of_the_core(stories):
    """As the workbook stores them, for every tranche."""
    projection = project(builtin_deal("lexp-2003"))
    for tranche_id, story in stories.items():
        schedule, now = projection[tranche_id], story.now
        ahead = [row for row in schedule.records() if row["payment_date"] > projection.as_of]
        ahead = next(row for row in ahead if row["total_payment"] or row["accrual_end"])
        assert now.as_of == projection.as_of.isoformat()
        assert now.balance == f"{schedule.records()[0]['closing_balance']:,}"
        assert now.next_payment_on == ahead["payment_date"].isoformat()
        assert now.next_payment == f"{ahead['total_payment']:,}"
        assert now.interest == f"{ahead['interest']:,}"
        assert now.rate == f"{ahead['all_in_rate'] * 100:.2f}%"


def test_the_figures_are_those_that_another_reader_finds_in_the_workbook(story):
    sheet = openpyxl.load_workbook(story.delivery.path, data_only=True)["Summary"]
    cells = {each.value: each for row in sheet.iter_rows() for each in row if each.value}
    for label, figure in (("Outstanding", "balance"), ("of it principal", "principal")):
        value = sheet.cell(cells[label].row + 1, cells[label].column).value
        assert f"{value:,.2f}" == getattr(story.now, figure)


def test_the_message(story):
    message = parsed(made(story))
    assert message["From"] == SENDER and message["To"] == ", ".join(FIRST)
    assert message["Message-ID"] == "<1@agent.example>" and message["Date"]
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for each in ("394,875.00", "94,875.00", "300,000.00", "13,500,000.00", "5.50%", "2006-06-30"):
        assert each in text and each in html
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "lexp-2003_term-loan.xlsx"
    assert attached.get_content() == story.delivery.path.read_bytes()


def test_no_line_is_too_long_or_ends_otherwise(story):
    content = made(story)
    assert content.isascii() and content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_the_same_bytes_again_but_for_id_and_date(story):
    draft = Envelope(SENDER)
    assert made(story, envelope=draft) == made(story, envelope=draft)
    assert new_message_id(SENDER) != new_message_id(SENDER)
    assert new_message_id(SENDER).endswith("@agent.example>")


class Tags(HTMLParser):
    """All tags, attributes and texts."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1
).filter(lambda text: "=?" not in text and text.strip() == text)


@settings(max_examples=80, deadline=None)
@given(borrower=NAMES, tranche=NAMES)
def test_any_names(stories, borrower, tranche):
    """The message is taken apart by its own check, and the names are text in it, never markup."""
    story = dataclasses.replace(stories["term-loan"], borrower=borrower, tranche_name=tranche)
    envelope = Envelope(SENDER, "<1@agent.example>")
    content = made(story)
    check_message(content, story, envelope)
    message = parsed(content)
    assert message["Subject"].split() == story.subject.split()
    tags = Tags()
    tags.feed(message.get_body(("html",)).get_content())
    assert {tag for tag, _ in tags.tags} <= set("html head meta title body p b table tr td".split())
    assert not any({"href", "src"} & attributes.keys() for _, attributes in tags.tags)
    assert f"{tranche}, {borrower}" in "".join(tags.texts).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text", ["x\r\nBcc: a@b.example", "x\ny", "x\u202ey", "=?utf-8?q?x?=", "\0"]
)
@pytest.mark.parametrize("field", ["borrower", "tranche_name"])
def test_a_name_that_would_write_a_second_header(story, field, text):
    """Row 76: refused before the library sees it."""
    with pytest.raises(LexpError):
        made(dataclasses.replace(story, **{field: text}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Auto-Submitted: auto", b"Bcc: spy@evil.example\r\nAuto-Submitted: auto"),
        (b"To: loans@firstbank.example", b"To: loans@secondbank.example"),
        (b"To: ", b"Cc: x@y.example\r\nTo: "),
        (b"lexp-2003_term-loan.xlsx", b"lexp-2003_revolver.xlsx"),
        (b"Message-ID: <1@", b"Message-ID: <2@"),
        (b"\r\nUEsD", b"\r\nAEsD"),
    ],
)
def test_a_message_that_is_not_as_meant(story, old, new):
    """The check before it leaves sees another header, recipient, name or byte."""
    content = made(story)
    assert old in content
    check_message(content, story, Envelope(SENDER, "<1@agent.example>"))
    with pytest.raises(LexpError):
        check_message(content.replace(old, new), story, Envelope(SENDER, "<1@agent.example>"))


def test_encrypted(story, monkeypatch):
    """The password opens it, no other does, and neither it nor a figure stands in the mail."""
    monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD", PASSWORD)
    order = MailOrder(sender=SENDER, encrypt=True)
    hidden = dataclasses.replace(story, password_note=order.password_note)
    content = prepared(hidden, order, Envelope(SENDER))
    (attached,) = parsed(content).iter_attachments()
    workbook = attached.get_content()
    assert decrypted(workbook, Secret(PASSWORD)) == story.delivery.path.read_bytes()
    with pytest.raises(Exception, match="[Kk]ey|[Pp]assword"):
        decrypted(workbook, Secret("another password"))
    assert b"PK\x03\x04" not in workbook[:4] and "AES" in workbook.decode("latin-1")
    for body in (plain_text(hidden), html_text(hidden), content.decode("ascii")):
        assert PASSWORD not in body and "394,875.00" not in body
    for body in (plain_text(hidden), html_text(hidden)):
        assert "its password comes from us by telephone or in person, never by mail" in body


def test_passwords(monkeypatch):
    kept = {}
    monkeypatch.setattr(
        "lexp_batch.passwords.from_keyring", lambda service, user: kept.get((service, user))
    )
    monkeypatch.delenv("LEXP_WORKBOOK_PASSWORD", raising=False)
    with pytest.raises(LexpError, match="LEXP_WORKBOOK_PASSWORD_FIRST_BANK or LEXP_WORKBOOK"):
        workbook_password("first-bank")
    kept["lexp-workbook", "ALL"] = "common of the keyring"
    assert workbook_password("first-bank").text == "common of the keyring"
    monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD", "common of the environment")
    assert workbook_password("first-bank").text == "common of the environment"
    kept["lexp-workbook", "first-bank"] = "own of the keyring"
    assert workbook_password("first-bank").text == "own of the keyring"
    monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD_FIRST_BANK", "own of the environment")
    assert workbook_password("first-bank").text == "own of the environment"
    assert workbook_password("second-bank").text == "common of the environment"
    secret = workbook_password("first-bank")
    assert "own of" not in f"{secret} {secret!r} {[secret]}"
    for bad in ("short", "x" * 256, "with a\nline end"):
        monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD_FIRST_BANK", bad)
        with pytest.raises(LexpError) as caught:
            workbook_password("first-bank")
        assert bad not in str(caught.value)


def test_the_password_is_no_word_of_the_mail(story, monkeypatch):
    monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD", PASSWORD)
    order = MailOrder(sender=SENDER, encrypt=True, password_note=f"it is {PASSWORD}")
    with pytest.raises(LexpError, match="found the password itself") as caught:
        prepared(story, order, Envelope(SENDER))
    assert PASSWORD not in str(caught.value)


def test_changes():
    now = Figures(
        "2004-01-01", "2004-02-02", "1.00", "1.00", "0.00", "", "5.00", "5%", "2006-06-30"
    )
    before = dataclasses.replace(now, as_of="2003-12-01", balance="6.00", fees="2.00")
    assert changes(before, now) == [("of it fees", "2.00", "none"), ("Balance", "6.00", "5.00")]
    assert changes(now, now) == []


def test_a_workbook_without_the_figures(story, tmp_path):
    path = tmp_path / "x.xlsx"
    for old, new, said in (
        (b">Outstanding<", b">Something else<", 'found no number under "Outstanding"'),
        (b'name="Summary"', b'name="Digest"', "found no sheet Summary"),
    ):
        with zipfile.ZipFile(story.delivery.path) as whole, zipfile.ZipFile(path, "w") as changed:
            for name in whole.namelist():
                changed.writestr(name, whole.read(name).replace(old, new))
        with pytest.raises(LexpError, match=said):
            read_figures(path, 2)
