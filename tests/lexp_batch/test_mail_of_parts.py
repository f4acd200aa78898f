"""Lenders of a part: each its own copy and its own figures, and nothing of the other."""

import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from lexp_batch import make_workbooks
from lexp_batch.mail_figures import read_figures
from lexp_batch.mail_order import MailOrder, prepared
from lexp_batch.mail_plan import plan_mail
from lexp_batch.message import Envelope
from lexp_batch.message_text import html_text, plain_text
from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.money import rounded
from tests.lexp_batch.mail_folders import (
    LENDERS,
    PARTS,
    SENDER,
    replace_workbook,
    write_parts,
)
from workbook_templates import write_workbook

CLUB = Path(__file__).parents[2] / "examples" / "club-deal.toml"
COPY = "lenders/{}/lexp-2003_term-loan.xlsx"
OF_EACH = {
    "first-bank": ("First Bank", "firstbank.example"),
    "second-bank": ("Zweite Bank", "secondbank.example"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    write_parts(folder)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made, tmp_path / "parts")
    return tmp_path / "parts"


def plan_of(folder):
    return plan_mail(folder / "out", MailOrder(lenders=str(folder / "lenders.toml"), sender=SENDER))


def test_each_gets_its_own_copy(folder):
    plan = plan_of(folder)
    assert not plan.all_problems()
    for row in plan.rows:
        assert row.delivery.file.name == COPY.format(row.lender_id)
        assert row.delivery.attachment_name == "lexp-2003_term-loan.xlsx"


def test_its_own_figures(folder):
    """60 % and 40 % of what the core has; the split of the next payment too."""
    projection = project(builtin_deal("lexp-2003"))
    ahead = next(
        row
        for row in projection["term-loan"].records()
        if row["payment_date"] > projection.as_of and row["total_payment"]
    )
    for row, share in zip(plan_of(folder).rows, (60, 40), strict=True):
        now = row.story.now
        assert now.share == f"{share}.00%"
        assert now.your_balance == f"{13_500_000 * share / 100:,.2f}"
        assert now.your_interest == f"{ahead['interest'] * share / 100:,.2f}"
        assert now.your_principal == f"{ahead['scheduled_principal'] * share / 100:,.2f}"
        assert now.your_next_payment == f"{ahead['total_payment'] * share / 100:,.2f}"
        assert now.your_fees == ""
        for body in (plain_text(row.story), html_text(row.story)):
            assert "Your share" in body and now.your_interest in body


def test_its_own_fees(tmp_path):
    """A share of a revolver's commitment fee, rounded for itself, beside that of the interest."""
    deal = read_term_sheet(CLUB)
    path, share = tmp_path / "copy.xlsx", deal.lender["caisse-rivage"].share["revolver"]
    projection = project(deal)
    write_workbook(projection, path, "revolver", lender="caisse-rivage")
    now = read_figures(path, 2)
    row = next(
        each
        for each in projection["revolver"].records()
        if each["payment_date"] > projection.as_of and each["total_payment"]
    )
    assert row["fees"] > 0 and row["interest"] > 0
    for figure, whole in ((now.your_fees, row["fees"]), (now.your_interest, row["interest"])):
        assert figure == f"{rounded(whole * share):,}"
    assert now.next_payment == f"{row['total_payment']:,}"
    assert ("  of it fees", now.your_fees) in now.lines()


def test_nothing_of_the_other_in_any_part_of_the_message(folder):
    rows = {row.lender_id: row for row in plan_of(folder).rows}
    for lender, others in (("first-bank", "second-bank"), ("second-bank", "first-bank")):
        story = rows[lender].story
        message = prepared(story, MailOrder(sender=SENDER), Envelope(SENDER))
        workbook = story.delivery.path.read_bytes()
        now = rows[others].story.now
        words = (*OF_EACH[others], others, now.your_balance, now.your_next_payment)
        with zipfile.ZipFile(BytesIO(workbook)) as parts:
            texts = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
        head = message[: message.index(b"UEsD")].decode()
        texts += [head, plain_text(story), html_text(story)]
        assert not [each for each in words for text in texts if each in text]


def test_the_other_lenders_copy_in_its_place(folder):
    """The right name and hash, and the wrong lender: its own record tells."""
    made = folder / "out" / "lexp-2003"
    other = (made / COPY.format("second-bank")).read_bytes()
    replace_workbook(made, COPY.format("first-bank"), other)
    problem = str(plan_of(folder).rows[0].problem)
    assert 'found "second-bank" in its own record of the lender; "first-bank" would be' in problem


def test_a_share_that_has_changed_since(folder):
    text = PARTS.replace('"60%"', '"55%"')
    (folder / "lenders.toml").write_text(text, "utf-8")
    problem = str(plan_of(folder).rows[0].problem)
    assert "found a share of 60%, where lender.first-bank holds 55%" in problem


def test_what_the_batch_made_of_a_club_deal(tmp_path):
    """Every holder gets the copy that was made for it, and nobody any other file."""
    assert make_workbooks(CLUB, tmp_path / "out").is_complete
    plan = plan_mail(tmp_path / "out", MailOrder(term_sheet=str(CLUB), sender=SENDER))
    assert not plan.all_problems()
    held = {(lender, tranche) for lender, each in read_term_sheet(CLUB).lender.items()
            for tranche in each.share}  # fmt: skip
    assert {(row.lender_id, row.tranche_id) for row in plan.rows} == held
    for row in plan.rows:
        copy = f"lenders/{row.lender_id}/club-deal_{row.tranche_id}.xlsx"
        assert row.delivery.file.name == copy


def test_one_that_holds_all_gets_its_own_copy_too(tmp_path):
    path = tmp_path / "lenders.toml"
    path.write_text(LENDERS, "utf-8")
    assert make_workbooks("lexp-2003", tmp_path / "out", lenders=path).is_complete
    plan = plan_mail(tmp_path / "out", MailOrder(lenders=str(path), sender=SENDER))
    assert not plan.all_problems() and len(plan.rows) == 5
    for row in plan.rows:
        assert row.delivery.file.lender == row.lender_id
        assert row.story.now.balance and not row.story.now.share


def refused(plan):
    return [str(row.problem) for row in plan.rows if row.problem]


def test_lenders_whose_names_were_swapped_after_the_copies_were_made(folder):
    path = folder / "lenders.toml"
    text = path.read_text(encoding="utf-8")
    first, second = '"First Bank"', '"Zweite Bank für Kredit"'
    assert first in text and second in text
    swapped = text.replace(first, "§").replace(second, first).replace("§", second)
    path.write_text(swapped, encoding="utf-8")
    found = refused(plan_of(folder))
    assert len(found) == 2 and all("in this workbook" in each for each in found)


def test_a_copy_that_names_nobody_it_is_sent_to(folder):
    path = folder / "lenders.toml"
    text = path.read_text(encoding="utf-8").replace('"First Bank"', '"Fjordbanken"')
    path.write_text(text, encoding="utf-8")
    (found,) = refused(plan_of(folder))
    assert 'found no "Fjordbanken" in this copy for one lender' in found
