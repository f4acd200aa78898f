"""`lexp workbooks`: which files it writes, the manifest, and what it leaves alone."""

import errno
import json
import os
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from hashlib import sha256
from zipfile import is_zipfile

import openpyxl
import pytest
from click.testing import CliRunner

from lexp_batch import printing, tasks
from lexp_batch.cli import main
from lexp_calc import NotThere, __version__
from tests.lexp_batch.term_sheets import BUILT_IN, copy_of_built_in, with_three_mistakes

TRANCHES = ("revolver", "term-loan", "secured-term-loan", "senior-notes", "junior-notes")
ROOM_FOR_RECORDS = 60_000  # bytes, in which SQLite writes twice what it keeps
NAMES = {f"lexp-2003_{each}.xlsx" for each in (*TRANCHES, "deal")}


def run(*arguments):
    result = CliRunner().invoke(main, ["workbooks", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("written")
    return out / "lexp-2003", run("--out", out)


def test_a_file_for_each_tranche_one_for_the_deal_and_the_manifest(written):
    folder, result = written
    assert (result.exit_code, result.stderr) == (0, "")
    assert {path.name for path in folder.iterdir()} == {*NAMES, "manifest.json"}
    assert all(is_zipfile(folder / name) for name in NAMES)
    assert set(result.stdout.splitlines()) == {str(path) for path in folder.iterdir()}


def test_the_manifest_says_what_was_made_from_what(written):
    folder, _ = written
    text = (folder / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert text.endswith("}\n")
    assert manifest.pop("files") == [
        {
            "name": name,
            "sha256": sha256((folder / name).read_bytes()).hexdigest(),
            "tranche": None if name.endswith("_deal.xlsx") else name[len("lexp-2003_") : -5],
        }
        for name in sorted(NAMES)
    ]
    assert manifest == {
        "deal": "lexp-2003",
        "term_sheet_sha256": sha256(BUILT_IN.read_bytes()).hexdigest(),
        "scenario": "closing",
        "version": __version__,
    }


def test_run_again_it_writes_the_same_bytes(written, tmp_path):
    folder, _ = written
    before = content_of(folder)
    assert run("--out", folder.parent).exit_code == 0
    assert content_of(folder) == before
    assert run("--out", tmp_path).exit_code == 0
    assert content_of(tmp_path / "lexp-2003") == before


def test_only_the_tranches_asked_for(tmp_path):
    result = run("--out", tmp_path, "--tranche", "Term-Loan", "--tranche", "revolver")
    assert result.exit_code == 0
    found = {path.name for path in (tmp_path / "lexp-2003").iterdir()}
    assert found == {"lexp-2003_revolver.xlsx", "lexp-2003_term-loan.xlsx", "manifest.json"}


def test_the_scenario_stands_in_the_manifest(tmp_path):
    arguments = "--scenario", "historical", "--tranche", "junior-notes"
    assert run("--out", tmp_path, *arguments).exit_code == 0
    manifest = json.loads((tmp_path / "lexp-2003" / "manifest.json").read_text("utf-8"))
    assert manifest["scenario"] == "historical"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--tranche", "term-laon"), 'did you mean "term-loan"?'),
        (("--scenario", "histrical"), 'did you mean "historical"?'),
        (("--set", "prime=5"), 'did you mean "5%"?'),
        (("no-such-file.toml",), "found no such file"),
    ],
)
def test_a_refusal_writes_nothing(tmp_path, arguments, expected):
    out = tmp_path / "out"
    result = run("--out", out, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert expected in result.stderr and len(result.stderr.splitlines()) == 1
    assert not out.exists()


def test_a_refused_term_sheet_does_not_stop_the_others(tmp_path):
    out = tmp_path / "out"
    bad = with_three_mistakes(tmp_path)
    change = 'id = "lexp-2003"', 'id = "other"'
    good = copy_of_built_in(tmp_path, "good.toml", [change])
    result = run("--out", out, "--tranche", "junior-notes", bad, good)
    assert result.exit_code == 1
    assert all(line.startswith(f"{bad}: ") for line in result.stderr.splitlines())
    assert len(result.stderr.splitlines()) == 3
    assert {path.name for path in out.iterdir()} == {"other", "manifest.sqlite"}
    assert (out / "other" / "other_junior-notes.xlsx").is_file()


def test_one_file_that_cannot_be_written_does_not_stop_the_others(tmp_path):
    blocked = tmp_path / "lexp-2003" / "lexp-2003_term-loan.xlsx"
    blocked.mkdir(parents=True)
    result = run("--out", tmp_path)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{blocked}: ")
    manifest = json.loads((tmp_path / "lexp-2003" / "manifest.json").read_text("utf-8"))
    assert {each["name"] for each in manifest["files"]} == NAMES - {blocked.name}
    assert str(blocked) not in result.stdout.splitlines()


def left_over(folder):
    """What is there beside workbooks and the manifest."""
    return [path.name for path in folder.iterdir() if path.suffix not in (".xlsx", ".json")]


@contextmanager
def disk_of(size, folder, monkeypatch):
    """A disk of so many bytes at `folder`: a real one where this process may mount it."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    with suppress(FileNotFoundError):
        if subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0:
            try:
                yield
            finally:
                subprocess.run(["umount", str(folder)], check=True)
            return

    def full(number):
        if sum(path.stat().st_size for path in folder.rglob("*")) > size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    yield


def test_a_full_disk_leaves_the_old_file_and_takes_what_still_fits(written, tmp_path, monkeypatch):
    sizes = {path.name: path.stat().st_size for path in written[0].iterdir()}
    large = "lexp-2003_deal.xlsx"
    room = sum(sizes.values()) - sizes[large] // 2 + ROOM_FOR_RECORDS
    disk = tmp_path / "disk"
    with disk_of(room, disk, monkeypatch):
        folder = disk / "lexp-2003"
        folder.mkdir()
        for name in NAMES:
            (folder / name).write_bytes(b"old")
        result = run("--out", disk)
        assert result.exit_code == 1
        assert result.stderr == (
            f"{folder / large}: the disk is full; free some space or choose another folder\n"
        )
        assert (folder / large).read_bytes() == b"old"
        for name in NAMES - {large}:
            assert (folder / name).read_bytes() == (written[0] / name).read_bytes()
        assert left_over(folder) == []
        listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
        assert {each["name"] for each in listed} == NAMES - {large}


def test_a_file_open_elsewhere_is_named_and_left_and_the_others_are_written(tmp_path, monkeypatch):
    really_replace = os.replace

    def refused(source, destination):  # what Windows answers while Excel has the file open
        if "revolver" in str(destination):
            raise PermissionError(errno.EACCES, "Access is denied", destination)
        really_replace(source, destination)

    monkeypatch.setattr(os, "replace", refused)
    folder = tmp_path / "lexp-2003"
    folder.mkdir()
    open_elsewhere = folder / "lexp-2003_revolver.xlsx"
    open_elsewhere.write_bytes(b"old")
    result = run("--out", tmp_path, "--tranche", "revolver", "--tranche", "junior-notes")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{open_elsewhere}: ") and "open in another program" in line
    assert open_elsewhere.read_bytes() == b"old"
    assert is_zipfile(folder / "lexp-2003_junior-notes.xlsx")
    assert left_over(folder) == []


def test_a_fault_in_one_file_is_logged_and_the_others_are_written(tmp_path, monkeypatch):
    real = tasks.workbook_content

    def broken(projection, tranche, paper):
        if tranche == "revolver":
            raise ZeroDivisionError("an inner detail")
        return real(projection, tranche, paper)

    monkeypatch.setattr(tasks, "workbook_content", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = run("--out", tmp_path, "--tranche", "revolver", "--tranche", "junior-notes")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "lexp-2003_revolver.xlsx" in line and "an inner detail" not in line
    assert (tmp_path / "lexp-2003" / "lexp-2003_junior-notes.xlsx").is_file()
    (log,) = tmp_path.glob("lexp-*.log")
    assert "an inner detail" in log.read_text("utf-8")


@pytest.mark.parametrize(("asked", "number"), [((), 9), (("--paper", "letter"), 1)])
def test_all_sheets_are_laid_out_for_one_paper(tmp_path, asked, number):
    """9 is A4 and 1 Letter in the file format."""
    assert run("--out", tmp_path, "--tranche", "term-loan", *asked).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "lexp-2003" / "lexp-2003_term-loan.xlsx")
    assert {sheet.page_setup.paperSize for sheet in book} == {number}


def test_an_unknown_paper_is_wrong_usage(tmp_path):
    result = run("--out", tmp_path, "--paper", "A3")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_two_deals_of_one_id_are_not_written_over_each_other(tmp_path):
    path = copy_of_built_in(tmp_path, "same.toml")
    result = run("--out", tmp_path, "--tranche", "junior-notes", "lexp-2003", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f'{path}: id: found "lexp-2003", which lexp-2003 has too; ')


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "lexp-2003").write_text("a file where the folder is due")
    result = run("--out", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{tmp_path / 'lexp-2003'}: ")


def test_pdf_prints_each_workbook_beside_it(tmp_path, libreoffice):
    asked = "--pdf", "--tranche", "junior-notes", "--tranche", "senior-notes"
    result = run("--out", tmp_path, *asked)
    assert (result.exit_code, result.stderr) == (0, "")
    folder = tmp_path / "lexp-2003"
    for each in ("junior", "senior"):
        assert (folder / f"lexp-2003_{each}-notes.pdf").read_bytes().startswith(b"%PDF")
        assert str(folder / f"lexp-2003_{each}-notes.pdf") in result.stdout.splitlines()
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    assert all(each["name"].endswith(".xlsx") for each in listed) and len(listed) == 2
    before = content_of(folder)
    assert run("--out", tmp_path, *asked).exit_code == 0
    assert content_of(folder) == before


def test_pdf_without_libreoffice_is_one_problem_and_the_workbooks_are_written(
    tmp_path, monkeypatch
):
    def missing(self):
        raise NotThere("LibreOffice", "not found on this machine", "install it")

    monkeypatch.setattr(printing.LibreOffice, "start", missing)
    result = run("--out", tmp_path, "--pdf")
    assert result.exit_code == 1
    assert result.stderr == "--pdf: LibreOffice: not found on this machine; install it\n"
    assert {path.name for path in (tmp_path / "lexp-2003").iterdir()} == {*NAMES, "manifest.json"}


def test_a_print_that_fails_is_named_and_the_others_are_made(tmp_path, libreoffice):
    folder = tmp_path / "lexp-2003"
    blocked = folder / "lexp-2003_senior-notes.pdf"
    blocked.mkdir(parents=True)
    result = run(
        "--out", tmp_path, "--pdf", "--tranche", "junior-notes", "--tranche", "senior-notes"
    )
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{blocked}: ")
    assert (folder / "lexp-2003_junior-notes.pdf").is_file()
    assert (folder / "lexp-2003_senior-notes.xlsx").is_file()
