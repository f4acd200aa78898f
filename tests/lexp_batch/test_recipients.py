"""Who gets which workbook, and what is refused before anybody gets anything."""

import shutil
import zipfile
from io import BytesIO

import msoffcrypto.format.ooxml as ooxml
import pytest

from lexp_batch.mail_headers import header_text, mail_address, sender_address
from lexp_batch.mail_order import MailOrder
from lexp_batch.mail_plan import plan_mail
from lexp_calc.errors import LexpError
from tests.lexp_batch.mail_folders import (
    FIRST,
    SENDER,
    TRANCHES,
    change_manifest,
    lenders_file,
    replace_workbook,
    write_deal,
)

TERM_LOAN = "lexp-2003_term-loan.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_deal(tmp_path_factory.mktemp("made"))


@pytest.fixture
def out(tmp_path, made):
    shutil.copytree(made, tmp_path / "out" / "lexp-2003")
    lenders_file(tmp_path)
    return tmp_path / "out"


def plan_of(out, *changes, **order):
    if changes:
        lenders_file(out.parent, *changes)
    return plan_mail(
        out, MailOrder(lenders=str(out.parent / "lenders.toml"), sender=SENDER, **order)
    )


def refused(plan):
    """{tranche: problem} of the rows that cannot be sent."""
    return {row.tranche_id: str(row.problem) for row in plan.rows if row.problem}


def test_each_tranche_goes_to_its_lender(out):
    plan = plan_of(out)
    assert [row.tranche_id for row in plan.rows] == list(TRANCHES) and not plan.all_problems()
    for row in plan.rows:
        assert row.delivery.file.name == f"lexp-2003_{row.tranche_id}.xlsx"
        assert (row.lender_id == "first-bank") == (row.delivery.contacts == FIRST)


def test_one_table_from_the_deals_folder_and_the_one_above(out):
    above = plan_of(out)
    lenders = str(out.parent / "lenders.toml")
    own = plan_mail(out / "lexp-2003", MailOrder(lenders=lenders, sender=SENDER))
    assert own.hash == above.hash and own.outbox == above.outbox == out / "outbox.sqlite"


@pytest.mark.parametrize(
    "change",
    [
        ('"desk@firstbank.example", ', ""),
        ('"notes@secondbank.example"]\nshare', '"Notes@secondbank.example"]\nshare'),
        ('secured-term-loan = "100%"', 'secured-term-loan = "100%", junior-notes = "10%"'),
    ],
)
def test_another_table_has_another_hash(out, change):
    assert plan_of(out).hash != plan_of(out, change).hash


@pytest.mark.parametrize(
    "order", [{"encrypt": True}, {"encrypt": True, "password_note": "by post"}]
)
def test_how_it_is_sent_is_approved_too(out, order, monkeypatch):
    monkeypatch.setenv("LEXP_WORKBOOK_PASSWORD", "correct horse battery")
    assert plan_of(out).hash != plan_of(out, **order).hash


def test_a_tranche_without_a_lender(out):
    """Row 70: that tranche is refused, the others are not."""
    found = refused(plan_of(out, (', secured-term-loan = "100%"', "")))
    assert list(found) == ["secured-term-loan"]
    assert "found no lender that holds a share of it" in found["secured-term-loan"]


def test_a_workbook_of_all_that_names_another_lender(out):
    """It was made without the lenders, and says a name that is one's: the others do not get it."""
    change = ('name = "Zweite Bank für Kredit"', 'name = "LEXINGTON  Precision Corporation"')
    found = refused(plan_of(out, change))
    assert sorted(found) == ["revolver", "secured-term-loan", "term-loan"]
    for each in found.values():
        assert "another lender than first-bank, in this workbook; a copy of its own" in each


def test_a_contact_that_is_not_allowed(out):
    """Row 77: the whole message is refused, not that contact alone."""
    plan = plan_of(out, ('"@firstbank.example"', '"loans@firstbank.example"'))
    found = refused(plan)
    assert sorted(found) == ["revolver", "secured-term-loan", "term-loan"]
    for each in found.values():
        assert 'contacts[2]: found "desk@firstbank.example", which is not on the list' in each


def test_a_domain_below_an_allowed_one_is_another(out):
    plan = plan_of(out, ('"desk@firstbank.example"', '"desk@evil.firstbank.example"'))
    assert "term-loan" in refused(plan)


def test_without_a_list_nobody_is_allowed(out):
    plan = plan_of(out, ('allow = ["@firstbank.example", "notes@secondbank.example"]\n', ""))
    assert sorted(refused(plan)) == sorted(TRANCHES)


def test_other_bytes_than_the_manifests(out):
    """Row 78."""
    path = out / "lexp-2003" / TERM_LOAN
    path.write_bytes(path.read_bytes() + b"\0")
    found = refused(plan_of(out))
    assert list(found) == ["term-loan"] and "other bytes than the manifest's" in found["term-loan"]


def test_a_file_that_is_gone(out):
    (out / "lexp-2003" / TERM_LOAN).unlink()
    found = refused(plan_of(out))
    assert list(found) == ["term-loan"] and "no such file, which the manifest" in found["term-loan"]


def test_a_workbook_that_was_not_made(out):
    def without(manifest):
        manifest["files"] = [each for each in manifest["files"] if each["name"] != TERM_LOAN]

    change_manifest(out / "lexp-2003", without)
    found = refused(plan_of(out))
    assert list(found) == ["term-loan"] and "found no workbook of term-loan" in found["term-loan"]


def test_a_part_needs_a_workbook_of_its_own(out):
    """The tranche's workbook shows the whole: a holder of a part never gets it in its place."""
    plan = plan_of(out, ('{ term-loan = "100%"', '{ term-loan = "60%"'))
    assert "found no workbook with its own share of term-loan" in refused(plan)["term-loan"]


@pytest.mark.parametrize("name", ["lexp-2003_revolver.xlsx", "lexp-2003_deal.xlsx"])
def test_a_workbook_of_another_tranche_or_of_all(out, name):
    folder = out / "lexp-2003"
    replace_workbook(folder, TERM_LOAN, (folder / name).read_bytes())
    found = refused(plan_of(out))
    assert list(found) == ["term-loan"]
    assert "in its own record of the tranche" in found["term-loan"]


def test_a_workbook_of_another_lender(out):
    """A copy that does not name the lender whose copy it should be."""
    folder = out / "lexp-2003"
    own = f"lenders/first-bank/{TERM_LOAN}"

    def with_copy(manifest):
        manifest["files"].append(
            {"name": own, "tranche": "term-loan", "lender": "first-bank", "sha256": "0" * 64}
        )

    change_manifest(folder, with_copy)
    replace_workbook(folder, own, (folder / TERM_LOAN).read_bytes())
    found = refused(plan_of(out))
    assert list(found) == ["term-loan"] and "record of the lender" in found["term-loan"]


def changed_zip(content, **parts):
    """A workbook with parts added, or changed by a function of their bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            change = parts.pop(name, None)
            new.writestr(name, change(old.read(name)) if change else old.read(name))
        for name, added in parts.items():
            new.writestr(name, added)
    return out.getvalue()


def with_document_type(content):
    return changed_zip(
        content,
        **{"xl/workbook.xml": lambda xml: xml.replace(b"<workbook ", b"<!DOCTYPE a><workbook ", 1)},
    )


def encrypted_file(content):
    out = BytesIO()
    ooxml.OOXMLFile(BytesIO(content)).encrypt("a password", out)
    return out.getvalue()


def old_excel(content):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "Workbook".encode("utf-16-le")


def with_wide_range(content):
    def widen(xml):
        end = xml.index(b"</sheetData>")
        return xml[:end] + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + xml[end:]

    return changed_zip(content, **{"xl/worksheets/sheet1.xml": widen})


UNFIT = {
    "71-document-type": (with_document_type, "document type"),
    "72-bomb": (lambda content: changed_zip(content, bomb=b"\0" * 40_000_000), "times its size"),
    "73-used-range": (with_wide_range, "XFD1048576"),
    "74-encrypted": (encrypted_file, "encrypted"),
    "74-xls-renamed": (old_excel, "Excel 97-2003"),
    "75-macros": (lambda content: changed_zip(content, **{"xl/vbaProject.bin": b"x"}), "macros"),
    "75-links": (
        lambda content: changed_zip(content, **{"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "links to other workbooks",
    ),
    "no-zip": (lambda content: b"not a workbook", "not a sound zip archive"),
    "empty": (lambda content: b"", "the file is empty"),
    "cut": (lambda content: content[: len(content) // 2], "not a sound zip archive"),
}


@pytest.mark.parametrize(("change", "said"), UNFIT.values(), ids=UNFIT)
def test_a_workbook_that_nobody_should_open(out, change, said):
    """Rows 71 to 75, though the manifest has its hash."""
    folder = out / "lexp-2003"
    replace_workbook(folder, TERM_LOAN, change((folder / TERM_LOAN).read_bytes()))
    found = refused(plan_of(out))
    assert list(found) == ["term-loan"] and said in found["term-loan"]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_no_manifest(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(LexpError, match="found no"):
        plan_mail(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "files: found nothing"),
        ('{"files": 1}', "files: found 1"),
        ("\xff", "no JSON"),
    ],
)
def test_a_manifest_that_is_none(out, text, said):
    (out / "lexp-2003" / "manifest.json").write_bytes(text.encode("latin-1"))
    plan = plan_of(out)
    assert not plan.rows and said in str(plan.problems[0])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "../../etc/passwd"),
        ("name", "/etc/passwd"),
        ("name", "lexp-2003_revolver.xlsx"),
        ("tranche", "../x"),
        ("lender", "../x"),
        ("lender", "second-bank"),
        ("sha256", "0" * 63),
        ("sha256", None),
    ],
)
def test_an_entry_that_lexp_has_not_written(out, key, value):
    def change(manifest):
        next(each for each in manifest["files"] if each["name"] == TERM_LOAN)[key] = value

    change_manifest(out / "lexp-2003", change)
    plan = plan_of(out)
    assert not plan.rows and "files[" in str(plan.problems[0])


def test_two_folders_of_one_deal(out):
    shutil.copytree(out / "lexp-2003", out / "lexp-2003 (copy)")
    plan = plan_of(out)
    assert len(plan.rows) == 5 and "one folder for each deal" in str(plan.problems[0])


def test_a_deals_folder_that_is_refused_stops_no_other(out):
    (out / "another").mkdir()
    (out / "another" / "manifest.json").write_text("{")
    plan = plan_of(out)
    assert len(plan.rows) == 5 and len(plan.problems) == 1


def test_another_term_sheet_than_the_workbooks_were_made_from(out):
    def change(manifest):
        manifest["term_sheet_sha256"] = "1" * 64

    change_manifest(out / "lexp-2003", change)
    assert 'found no term sheet of "lexp-2003"' in str(plan_of(out).problems[0])


BAD_TEXT = ["a\rb", "a\nb", "a\r\nBcc: x@y.example", "a\0b", "a\x1bb", "a\u202eb", "a\u2066b",
            "a\u200fb", "a\u2028b", "a\u0085b", "a\ufeffb", "=?utf-8?q?x?=", "x =? y"]  # fmt: skip


@pytest.mark.parametrize("text", BAD_TEXT)
def test_what_no_header_may_hold(text):
    """Row 76."""
    with pytest.raises(LexpError) as caught:
        header_text(text, "name")
    assert "\n" not in str(caught.value) and "\u202e" not in str(caught.value)


@pytest.mark.parametrize("text", ["Žižkov 力", "מבנה בע״מ", "بنك", "می‌خواهم", "a = b? c", "=cmd|x"])
def test_names_of_any_script_are_fine(text):
    assert header_text(text, "name") == text


BAD_ADDRESSES = ["", "a", "@", "a@", "@b.example", "a@b", "a@b@c.example", "a b@c.example",
                 "a@c.example\r\nRCPT TO:<x@y.example>", "<a@c.example>", "a@c.example,b@c.example",
                 '"a b"@c.example', "a@[127.0.0.1]", "a@127.0.0.1", "ä@c.example", "a@ç.example",
                 ".a@c.example", "a..b@c.example", "a@-c.example", "a@c..example", "a@c.example ",
                 "=?x?=@c.example", "a@c.example>", "a" * 65 + "@c.example",
                 "a@" + "b" * 64 + ".example", "a@" + "b." * 130 + "example", None, 1]  # fmt: skip


@pytest.mark.parametrize("text", BAD_ADDRESSES)
def test_what_is_no_address(text):
    with pytest.raises(LexpError):
        mail_address(text, "contact")


@pytest.mark.parametrize(
    "text", ["a@c.example", "a.b+c@d-e.example", "O'Neil@x.co", "a@xn--4ca.example"]
)
def test_what_is_one(text):
    assert mail_address(text, "contact") == text


@pytest.mark.parametrize(
    "text", ["x <a@b.example> y", "a@b.example, c@d.example", "Name", "a\n <a@b.example>"]
)
def test_what_is_no_sender(text):
    with pytest.raises(LexpError):
        sender_address(text, "--from")


def test_senders():
    assert sender_address("a@b.example", "--from") == ("", "a@b.example")
    assert sender_address(SENDER, "--from") == ("Loan agency", "agency@agent.example")


def test_a_manifest_that_says_another_scenario(out):
    change_manifest(out / "lexp-2003", lambda manifest: manifest.update(scenario="historical"))
    found = refused(plan_of(out))
    assert sorted(found) == sorted(TRANCHES)
    assert all('"closing" in its own record of the scenario' in each for each in found.values())


def test_a_server_without_encryption_is_none():
    from lexp_batch.smtp import Server

    with pytest.raises(LexpError, match='found "none"; "starttls" or "tls"'):
        Server("mail.example", 25, "none")
