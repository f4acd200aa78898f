"""Batches of term sheets: only what is missing or changed is made, and nothing stops the rest."""

import os
import shutil
import sqlite3
from dataclasses import replace
from decimal import Decimal

import pytest

from lexp_batch import make_workbooks, product, tasks
from lexp_batch.records import RECORDS
from lexp_batch.run_lock import RunLock
from lexp_calc.errors import LexpError
from tests.lexp_batch.batches import ROOT, content_of, listed, new_names, run, write_deals
from tests.lexp_batch.term_sheets import with_three_mistakes
from workbook_templates.origin import read_origin

NAMES = ("bank-loan", "new-notes", "deal")
OF_DEAL_2 = {f"deal-2_{each}.xlsx" for each in NAMES}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Two deals and their workbooks, made by one process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    write_deals(folder / "deals", 2)
    result = run(folder / "deals", "--out", folder / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    return folder


@pytest.fixture
def batch(undisturbed, tmp_path):
    """A copy of the two deals, up to date."""
    shutil.copytree(undisturbed, tmp_path / "batch")
    return tmp_path / "batch"


def again(batch, *arguments):
    return run(batch / "deals", "--out", batch / "out", *arguments)


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class TestOnlyWhatIsMissingOrChanged:
    def test_nothing_to_do(self, batch):
        before = content_of(batch / "out")
        times = {path: path.stat().st_mtime_ns for path in (batch / "out").rglob("*.xlsx")}
        result = again(batch)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "nothing to do: 6 workbooks up to date\n"
        assert content_of(batch / "out") == before
        assert {path: path.stat().st_mtime_ns for path in times} == times

    def test_all_of_it_anew(self, batch):
        before = content_of(batch / "out")
        assert len(new_names(again(batch, "--again"))) == 6
        assert content_of(batch / "out") == before

    def test_a_term_sheet_that_changed_though_its_size_and_time_did_not(self, batch):
        """Nothing goes by the clock: it may go back."""
        path = batch / "deals" / "deal-2.toml"
        before = path.stat()
        text = path.read_text("utf-8")
        old = next(line for line in text.splitlines() if line.startswith("borrower"))
        edit(path, old, old[:-2] + ("x" if old[-2] != "x" else "y") + '"')
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
        result = again(batch)
        assert new_names(result) == OF_DEAL_2
        assert "3 workbooks up to date" in result.stderr

    def test_a_clock_that_went_back(self, batch):
        for path in batch.rglob("*"):
            os.utime(path, (4e9, 4e9))  # all was made in 2096
        assert "nothing to do" in again(batch).stderr

    @pytest.mark.parametrize("damage", ["changed", "removed", "replaced by a folder"])
    def test_a_workbook_that_somebody_touched(self, batch, damage):
        path = batch / "out" / "deal-1" / "deal-1_new-notes.xlsx"
        before = content_of(batch / "out")
        if damage == "changed":
            path.write_bytes(path.read_bytes() + b"\0")
        else:
            path.unlink()
        if damage == "replaced by a folder":
            path.mkdir()
            result = again(batch)
            assert result.exit_code == 1 and result.stderr.startswith(f"{path}: ")
            path.rmdir()
        assert new_names(again(batch)) == {path.name}
        assert content_of(batch / "out") == before

    def test_a_manifest_that_somebody_touched(self, batch):
        path = batch / "out" / "deal-1" / "manifest.json"
        before = path.read_bytes()
        path.write_text("{}")
        assert again(batch).stdout == f"{path}\n"
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        "other", [("--set", "as_of=2030-01-01"), ("--paper", "Letter"), ("--scenario", "second")]
    )
    def test_another_scenario_input_or_paper(self, batch, other):
        for path in (batch / "deals").iterdir():
            with path.open("a", encoding="utf-8") as file:
                file.write('\n[scenario.second]\ninherits = "base"\n')
            default = next(
                line for line in path.read_text("utf-8").splitlines() if "default_scen" in line
            )
            edit(path, 'inherits = "base"', f"inherits = {default.partition('=')[2].strip()}")
        assert len(new_names(again(batch))) == 6
        assert len(new_names(again(batch, *other))) == 6
        assert "nothing to do" in again(batch, *other).stderr
        assert len(new_names(again(batch))) == 6

    def test_another_version_or_template(self, batch, monkeypatch):
        other = replace(product.product(), sources="other")
        monkeypatch.setattr(tasks, "product", lambda: other)
        assert len(new_names(again(batch))) == 6
        assert "nothing to do" in again(batch).stderr

    def test_a_file_that_the_term_sheet_names(self, tmp_path):
        for name in ("yen-loan.toml", "tokyo-holidays.csv"):
            shutil.copy(ROOT / "examples" / name, tmp_path)
        out = tmp_path / "out"
        asked = tmp_path / "yen-loan.toml", "--out", out, "--tranche", "term-loan"
        assert len(new_names(run(*asked))) == 1
        with (tmp_path / "tokyo-holidays.csv").open("a", encoding="utf-8") as file:
            file.write("2199-01-02,One more\n")
        assert new_names(run(*asked)) == {"yen-loan_term-loan.xlsx"}


class TestTheManifest:
    def test_one_tranche_alone_leaves_the_others_that_are_still_true(self, batch):
        folder = batch / "out" / "deal-2"
        assert again(batch, "--tranche", "bank-loan", "--again").exit_code == 0
        assert listed(folder) == OF_DEAL_2

    def test_and_not_those_of_other_terms(self, batch):
        edit(batch / "deals" / "deal-2.toml", "# ", "#  ")
        assert again(batch, "--tranche", "bank-loan").exit_code == 0
        assert listed(batch / "out" / "deal-2") == {"deal-2_bank-loan.xlsx"}
        assert again(batch).exit_code == 0
        assert listed(batch / "out" / "deal-2") == OF_DEAL_2

    def test_nor_those_that_were_changed_by_hand(self, batch):
        folder = batch / "out" / "deal-2"
        (folder / "deal-2_deal.xlsx").write_bytes(b"edited")
        assert again(batch, "--tranche", "bank-loan").exit_code == 0
        assert listed(folder) == OF_DEAL_2 - {"deal-2_deal.xlsx"}


class TestProblems:
    def test_a_bad_term_sheet_stops_no_other_and_is_reported_at_the_end(self, batch, tmp_path):
        bad = with_three_mistakes(tmp_path)
        shutil.rmtree(batch / "out")
        missing, last = tmp_path / "missing.toml", tmp_path / "last.toml"
        result = run(bad, missing, batch / "deals", last, "--out", batch / "out", "--jobs", "2")
        assert result.exit_code == 1
        assert len(new_names(result)) == 6
        *of_bad, of_missing, of_last = result.stderr.splitlines()
        assert len(of_bad) == 3 and all(each.startswith(f"{bad}: ") for each in of_bad)
        assert of_missing.startswith(f"{missing}: found no such file; ")
        assert of_last.startswith(f"{last}: found no such file; ")

    def test_two_term_sheets_of_one_deal_by_name(self, batch):
        shutil.copy(batch / "deals" / "deal-1.toml", batch / "deals" / "deal-3.toml")
        result = again(batch, "--jobs", "2")
        first, same = (batch / "deals" / f"deal-{each}.toml" for each in (1, 3))
        assert result.exit_code == 1
        assert result.stderr.startswith(f'{same}: id: found "deal-1", which {first} has too; ')

    def test_lenders_beside_the_term_sheets_are_none(self, batch):
        (batch / "deals" / "lenders.toml").write_text('[lender.bank]\nname = "Bank"\n')
        assert again(batch).exit_code == 0
        named = run(batch / "deals" / "lenders.toml", "--out", batch / "out")
        assert named.exit_code == 1 and "lenders.toml: " in named.stderr

    def test_an_id_that_leads_elsewhere(self, batch):
        edit(batch / "deals" / "deal-2.toml", 'id = "deal-2"', 'id = "../deal-2"')
        result = again(batch)
        assert result.exit_code == 1 and "deal-2.toml: id: found" in result.stderr
        assert not (batch / "deal-2").exists()

    @pytest.mark.parametrize("jobs", ["0", "-1", "x", "1.5", "1001"])
    def test_a_number_of_processes_that_cannot_be(self, tmp_path, jobs):
        result = run("--out", tmp_path / "out", "--jobs", jobs)
        assert (result.exit_code, result.stdout) == (2, "")
        assert not (tmp_path / "out").exists()

    def test_paths_are_told_as_they_were_typed(self, batch, monkeypatch):
        monkeypatch.chdir(batch)
        edit(batch / "deals" / "deal-2.toml", "closing_date", "closing_day")
        (batch / "out" / "deal-1" / "deal-1_deal.xlsx").unlink()
        (batch / "out" / "deal-1" / "deal-1_deal.xlsx").mkdir()
        lines = run("deals", "--out", "out", "--jobs", "2").stderr.splitlines()
        file = os.path.join("deals", "deal-2.toml")
        workbook = os.path.join("out", "deal-1", "deal-1_deal.xlsx")
        assert any(each.startswith(f"{file}: ") for each in lines)
        assert any(each.startswith(f"{workbook}: ") for each in lines)

    def test_an_input_of_another_kind_is_refused_for_each_deal(self, batch):
        given = {"as_of": b"2030-01-01"}
        report = make_workbooks(batch / "deals", batch / "out", jobs=2, inputs=given)
        assert not report.made
        assert ["deal-1.toml: as_of: " in report.problems[0], len(report.problems)] == [True, 2]


class TestSeveralProcesses:
    def test_the_same_bytes_as_one(self, undisturbed, tmp_path):
        result = run(undisturbed / "deals", "--out", tmp_path / "out", "--jobs", "3")
        assert (result.exit_code, result.stderr) == (0, "")
        assert len(new_names(result)) == 6
        assert content_of(tmp_path / "out") == content_of(undisturbed / "out")


class TestLeftOvers:
    LEFT = ".lexp-0123456789abcdef.part"

    def test_are_swept_at_the_start(self, batch):
        folder = batch / "out" / "deal-1"
        (folder / "lenders" / "bank").mkdir(parents=True)
        for place in (folder, folder / "lenders" / "bank"):
            (place / self.LEFT).write_bytes(b"half")
        kept = folder / "mine.part"
        kept.write_bytes(b"a user's own")
        assert again(batch).exit_code == 0
        assert not list((batch / "out").rglob(".lexp-*")) and kept.exists()

    def test_also_those_of_a_deal_that_is_no_part_of_this_batch(self, batch):
        (batch / "out" / "deal-2" / self.LEFT).write_bytes(b"half")
        assert run(batch / "deals" / "deal-1.toml", "--out", batch / "out").exit_code == 0
        assert not list((batch / "out").rglob(".lexp-*"))

    def test_are_left_where_another_run_is_at_work(self, batch):
        left = batch / "out" / "deal-1" / self.LEFT
        left.write_bytes(b"half, for the moment")
        with RunLock(batch / "out"):
            result = again(batch)
            assert (result.exit_code, result.stdout) == (1, "")
            assert result.stderr.startswith(
                f"{batch / 'out'}: found another run at work in it (process {os.getpid()} on "
            )
            assert left.exists()
        assert again(batch).exit_code == 0
        assert not left.exists()


class TestRecords:
    def refused(self, batch, content=None):
        before = (batch / "out" / RECORDS).read_bytes()
        result = again(batch)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"{batch / 'out' / RECORDS}: found ")
        assert "move it away" in line
        assert (batch / "out" / RECORDS).read_bytes() == before
        return line

    @pytest.mark.parametrize("content", [b"no database at all, though it is long enough" * 99])
    def test_a_file_of_another_kind(self, batch, content):
        (batch / "out" / RECORDS).write_bytes(content)
        assert "a broken file" in self.refused(batch)

    def test_a_broken_one(self, batch):
        path = batch / "out" / RECORDS
        content = bytearray(path.read_bytes())
        content[4096:] = b"\xff" * (len(content) - 4096)
        path.write_bytes(content)
        assert "broken" in self.refused(batch)

    @pytest.mark.parametrize("ours", [True, False])
    def test_one_of_another_program_or_version(self, batch, ours):
        path = batch / "out" / RECORDS
        if not ours:
            path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
            connection.execute("CREATE TABLE others (id)")
        connection.close()
        assert "a database of " + ("another lexp" if ours else "others") in self.refused(batch)

    def test_without_them_all_is_made_anew_with_the_same_bytes(self, batch):
        before = content_of(batch / "out")
        (batch / "out" / RECORDS).unlink()
        assert len(new_names(again(batch))) == 6
        assert content_of(batch / "out") == before
        assert "nothing to do" in again(batch).stderr

    def test_an_empty_one_is_a_new_one(self, batch):
        (batch / "out" / RECORDS).write_bytes(b"")
        assert len(new_names(again(batch))) == 6
        assert "nothing to do" in again(batch).stderr


LENDERS = """\
[lender.first-bank]
name = "First Bank"
contacts = ["loans@firstbank.example"]
share = { bank-loan = "60%", new-notes = "100%" }

[lender.second-bank]
name = "Second Bank"
contacts = ["loans@secondbank.example"]
share = { bank-loan = "40%" }
"""
COPIES = {
    "lenders/first-bank/deal-1_bank-loan.xlsx": ("first-bank", Decimal("0.6")),
    "lenders/first-bank/deal-1_new-notes.xlsx": ("first-bank", Decimal(1)),
    "lenders/second-bank/deal-1_bank-loan.xlsx": ("second-bank", Decimal("0.4")),
}


class TestLenders:
    @pytest.fixture
    def lenders(self, batch):
        (batch / "deals" / "deal-2.toml").unlink()
        path = batch / "lenders.toml"
        path.write_text(LENDERS, "utf-8")
        return path

    def test_each_gets_its_own_copy_also_of_what_it_holds_alone(self, batch, lenders):
        made = again(batch, "--lenders", lenders)
        folder = batch / "out" / "deal-1"
        assert (made.exit_code, made.stderr) == (0, "")
        assert COPIES.keys() < listed(folder)
        for name, held in COPIES.items():
            origin = read_origin(folder / name)
            assert (origin.lender_id, origin.share) == held
        assert "nothing to do" in again(batch, "--lenders", lenders).stderr

    def test_those_of_the_term_sheet_do_as_well(self, batch, lenders):
        again(batch, "--lenders", lenders)
        beside = content_of(batch / "out")
        shutil.copy(lenders, batch / "deals" / "lenders.toml")
        edit(
            batch / "deals" / "deal-1.toml",
            'id = "deal-1"',
            'id = "deal-1"\nlenders = "lenders.toml"',
        )
        again(batch)
        assert COPIES.keys() < listed(batch / "out" / "deal-1")
        assert beside.keys() == content_of(batch / "out").keys()

    def test_other_contacts_of_one_are_a_change(self, batch, lenders):
        again(batch, "--lenders", lenders)
        edit(lenders, "loans@secondbank.example", "desk@secondbank.example")
        assert "up to date" not in again(batch, "--lenders", lenders).stderr

    def test_a_script_gets_the_same(self, batch, lenders):
        report = make_workbooks(batch / "deals", batch / "out", lenders=lenders)
        assert report.is_complete and COPIES.keys() < listed(batch / "out" / "deal-1")

    @pytest.mark.parametrize("text", [None, "", '[lender.a]\nname = "A"\n'])
    def test_a_file_that_cannot_be_is_refused_once_and_before_all(self, batch, lenders, text):
        before = content_of(batch / "out")
        write_deals(batch / "deals", 3)
        if text is None:
            lenders.unlink()
        else:
            lenders.write_text(text, "utf-8")
        refused = again(batch, "--lenders", lenders)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert all(line.startswith(f"{lenders}: ") for line in refused.stderr.splitlines())
        assert len(set(refused.stderr.splitlines())) == len(refused.stderr.splitlines()) <= 2
        assert content_of(batch / "out") == before
        with pytest.raises(LexpError, match="lenders.toml: "):
            make_workbooks(batch / "deals", batch / "out", lenders=lenders)

    def test_shares_of_what_a_deal_has_not_are_refused_for_that_deal(self, batch, lenders):
        edit(lenders, 'bank-loan = "40%"', 'other = "40%"')
        refused = again(batch, "--lenders", lenders)
        assert refused.exit_code == 1 and "lender.second-bank.share.other" in refused.stderr


@pytest.mark.parametrize("name", ["nothing-*.toml", "empty"])
def test_where_no_term_sheet_is_found_one_line_says_so(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    result = run(name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{name}: found no ") and result.stderr.count("\n") == 1
