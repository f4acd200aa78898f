"""lexp verify, as somebody uses it: what it prints, where, and how it ends."""

import shutil
import sys
import types
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from lexp_batch.cli import main
from lexp_calc import builtin_deal, project, read_term_sheet
from tests.workbook_templates.bad_workbooks import BAD, rewritten, small_workbook
from tests.workbook_templates.test_flips import replace_in_sheets
from workbook_templates import engines, libreoffice, write_workbook
from workbook_templates.engines import ENGINES
from workbook_templates.stored_cells import stored_formula_cells

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTES = "junior-notes"


def run(*arguments):
    result = CliRunner().invoke(main, ["verify", *(str(each) for each in arguments)])
    assert "Traceback" not in result.output
    return result


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The smallest workbook of the built-in deal."""
    path = tmp_path_factory.mktemp("written") / "notes.xlsx"
    write_workbook(project(builtin_deal()), path, NOTES)
    return path


@pytest.fixture
def notes(written, tmp_path, monkeypatch):
    """A copy of it in the current folder, which holds nothing else."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(written, "notes.xlsx"))


@pytest.fixture
def running(libreoffice, monkeypatch):
    """The session's LibreOffice instead of a fresh one for each command."""
    monkeypatch.setattr(engines, "started_engine", lambda name, limit: nullcontext(libreoffice))
    return libreoffice


def cells_of(path):
    return len(stored_formula_cells(path))


def test_a_sound_workbook(notes, libreoffice):
    result = run(notes)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"notes.xlsx: {cells_of(notes):,} cells compared, 0 differ\n"


def test_the_engine_that_is_named_is_taken(notes, formulon, monkeypatch):
    asked = []
    monkeypatch.setattr(
        engines, "started_engine", lambda name, limit: asked.append(name) or nullcontext(formulon)
    )
    result = run(notes, "--engine", "Formulon")
    assert (result.exit_code, result.stderr, asked) == (0, "", ["formulon"])
    assert result.stdout == f"notes.xlsx: {cells_of(notes):,} cells compared, 0 differ\n"


def test_a_cell_that_differs_is_named_and_the_next_workbook_is_verified(notes, running):
    """The principal at maturity, stored as 1 where the formula says 347,000."""
    wrong = Path(shutil.copy(notes, "wrong.xlsx"))
    replace_in_sheets(wrong, b"</f><v>347000</v>", b"</f><v>1</v>")
    result = run(wrong, notes)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines and all(each.startswith("wrong.xlsx: ") for each in lines)
    assert any("stored 1.0, recalculated 347000.0; =" in each for each in lines)
    assert result.stdout.splitlines() == [
        f"wrong.xlsx: {cells_of(notes):,} cells compared, {len(lines)} differ",
        f"notes.xlsx: {cells_of(notes):,} cells compared, 0 differ",
    ]


def test_every_bad_file_is_one_line_and_the_next_is_verified(notes, running):
    files = []
    for number, (change, _) in enumerate(BAD.values()):
        path = Path(f"bad-{number:02}.xlsx")
        small_workbook(path)
        path.write_bytes(change(path.read_bytes()))
        files.append(path)
    Path("folder.xlsx").mkdir()
    result = run(*files, "folder.xlsx", "none.xlsx", notes)
    assert result.exit_code == 1
    expected = [message for _, message in BAD.values()] + ["found a folder", "no such file"]
    lines = result.stderr.splitlines()
    for path, message, line in zip(
        [*files, "folder.xlsx", "none.xlsx"], expected, lines, strict=True
    ):
        assert line.startswith(f"{path}: ") and message in line
    assert result.stdout == f"notes.xlsx: {cells_of(notes):,} cells compared, 0 differ\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Missing argument"),
        (("notes.xlsx", "--flips", "0"), "--flips"),
        (("notes.xlsx", "--flips", "-1"), "--flips"),
        (("notes.xlsx", "--flips", "many"), "--flips"),
        (("notes.xlsx", "--seed", "x"), "--seed"),
        (("notes.xlsx", "--engine", "excel"), "one of libreoffice, formulon would be right"),
    ],
)
def test_wrong_usage_ends_with_2(notes, arguments, expected):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr


class TestFlips:
    def test_of_the_built_in_deal(self, notes, running):
        result = run(notes, "--flips", "2")
        assert (result.exit_code, result.stderr) == (0, "")
        cells = cells_of(notes)
        assert result.stdout.splitlines() == [
            f"notes.xlsx: {cells:,} cells compared, 0 differ",
            f"notes.xlsx: 2 flips, {2 * cells:,} cells compared, 0 differ",
        ]

    def test_one_that_fails_says_how_to_repeat_it(self, notes, running):
        """The as-of date, the closing date as long as nobody changes it."""
        replace_in_sheets(notes, b"<f>as_of</f>", b"<f>closing_date</f>")
        result = run(notes, "--flips", "3", "--seed", "40")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[0].endswith(" 0 differ")
        failed = [each for each in result.stderr.splitlines() if "--set" in each]
        assert failed
        seed = failed[-1].split("--flips 1 --seed ")[1].split(",")[0]
        again = run(notes, "--flips", "1", "--seed", seed)
        assert failed[-1] in again.stderr.splitlines()
        assert "=closing_date" in again.stderr

    def test_a_fault_on_the_way_leaves_its_seed_in_the_log(self, notes, running, monkeypatch):
        def broken(*_, **__):
            raise KeyError("an inner detail")

        monkeypatch.setattr("workbook_templates.flips.write_workbook", broken)
        result = run(notes, "--flips", "3", "--seed", "9")
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("notes.xlsx: KeyError, a fault of the program")
        log = Path(line.rsplit(" ", 1)[1])
        assert "lexp verify notes.xlsx --flips 1 --seed 9" in log.read_text("utf-8")
        log.unlink()

    def test_a_workbook_of_somebody_else_is_verified_and_not_flipped(self, notes, running):
        theirs = small_workbook("theirs.xlsx")
        result = run(theirs, "--flips", "1")
        assert result.exit_code == 1
        assert result.stdout == "theirs.xlsx: 1 cells compared, 0 differ\n"
        (line,) = result.stderr.splitlines()
        assert line.startswith("theirs.xlsx: no record of what it was made from")

    @pytest.fixture
    def example(self, tmp_path, monkeypatch):
        """An example's workbook below a folder that holds nothing else of it."""
        monkeypatch.chdir(tmp_path)
        deal = read_term_sheet(EXAMPLES / "pik-toggle-note.toml")
        path = tmp_path / "out" / deal.id / "notes.xlsx"
        path.parent.mkdir(parents=True)
        write_workbook(project(deal), path, "toggle-notes")
        return path

    @pytest.mark.parametrize("folder", [".", "deals", "out", "out/pik-toggle-note"])
    def test_the_term_sheet_is_found_by_its_hash(self, example, running, folder):
        Path(folder).mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / "pik-toggle-note.toml", Path(folder) / "renamed.toml")
        result = run(example, "--flips", "1")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_it_is_named_where_it_is_elsewhere(self, example, running):
        result = run(example, "--flips", "1", "--deal", EXAMPLES / "pik-toggle-note.toml")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_without_it_nothing_is_guessed(self, example, running):
        """One of the same name, changed since, is another."""
        text = (EXAMPLES / "pik-toggle-note.toml").read_text("utf-8")
        Path("pik-toggle-note.toml").write_text(f"{text}\n# changed\n", "utf-8")
        result = run(example, "--flips", "1")
        assert result.exit_code == 1 and "--deal TERM_SHEET" in result.stderr
        (line,) = result.stderr.splitlines()
        assert 'found no term sheet of "pik-toggle-note" with SHA-256' in line
        for other in ("pik-toggle-note.toml", "lexp-2003"):
            result = run(example, "--flips", "1", "--deal", other)
            assert result.exit_code == 1
            (line,) = result.stderr.splitlines()
            assert f"made from another term sheet than {other}" in line

    def test_a_record_that_does_not_fit_its_term_sheet(self, notes, running):
        """The tranche's id overwritten on the Audit sheet."""
        replace_in_sheets(notes, b">junior-notes<", b">juniors<")
        result = run(notes, "--flips", "1")
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert '"juniors"' in line and line.startswith("notes.xlsx: ")


class TestStandard:
    @pytest.fixture
    def findings(self, monkeypatch):
        """A checker in the place of ours: what it is asked, and what it answers."""
        module = types.ModuleType("workbook_templates.standard")
        module.ROWS = {number: "a row" for number in range(1, 45)}
        module.asked, module.found = [], ()

        def findings(path, engine=None):
            module.asked.append((str(path), engine))
            return module.found

        module.findings = findings
        monkeypatch.setitem(sys.modules, "workbook_templates.standard", module)
        return module

    def test_all_rows_held(self, notes, running, findings):
        result = run(notes, "--standard")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines()[1:] == ["notes.xlsx: 44 of 44 rows held"]
        assert findings.asked == [("notes.xlsx", running)]

    def test_what_cannot_be_judged_is_neither_held_nor_a_fault(self, notes, running, findings):
        class Finding(str):
            row, is_unchecked, found = 44, True, "not checked: no validator"

        findings.found = (Finding("row 44"),)
        result = run(notes, "--standard")
        assert (result.exit_code, result.stderr) == (0, "")
        line = "notes.xlsx: 43 of 44 rows held; row 44 not checked: no validator"
        assert result.stdout.splitlines()[1:] == [line]

    def test_each_finding_is_a_line_and_counts_its_row_once(self, notes, running, findings):
        class Finding(str):
            row, is_unchecked = 7, False

        findings.found = (Finding("row 7, Fees!B2: two formulas"), Finding("row 7, Fees!B9: three"))
        result = run(notes, "--standard")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[1:] == ["notes.xlsx: 43 of 44 rows held"]
        assert result.stderr.splitlines() == [
            "notes.xlsx: row 7, Fees!B2: two formulas",
            "notes.xlsx: row 7, Fees!B9: three",
        ]


def test_a_workbook_that_hangs_the_engine_is_a_problem_of_its_own(notes, monkeypatch):
    """An engine that answers only for files that are not called so."""
    program = (
        "import json, sys, time\n"
        "print('{\"ready\": true}', flush=True)\n"
        "for line in sys.stdin:\n"
        "    request = json.loads(line)\n"
        "    if request['do'] == 'end': break\n"
        "    if '/hangs' in request['path']: time.sleep(300)\n"
        "    print(json.dumps({'cells': [['Loan', 'B2', 2.0]]}), flush=True)\n"
    )
    monkeypatch.setattr(
        ENGINES["libreoffice"], "command", lambda *_: [sys.executable, "-c", program]
    )
    monkeypatch.setattr("lexp_batch.verify_command.TIME_LIMIT", 2)
    small_workbook("hangs.xlsx")
    small_workbook("sound.xlsx")
    result = run("hangs.xlsx", "sound.xlsx", "--engine", "libreoffice")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("hangs.xlsx: LibreOffice gave no answer in 2 seconds and was ended")
    assert result.stdout == "sound.xlsx: 1 cells compared, 0 differ\n"


def test_a_machine_without_an_engine_is_told_what_to_install(notes, monkeypatch):
    monkeypatch.setattr(engines, "ENGINES", {"libreoffice": libreoffice.LibreOffice})
    monkeypatch.setattr(libreoffice, "SOFFICE_CANDIDATES", ())
    monkeypatch.setenv("PATH", "")
    libreoffice.find_soffice.cache_clear()
    result = run(notes)
    libreoffice.find_soffice.cache_clear()
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert "libreoffice-calc and python3-uno" in line and "pip install 'lexp[verify]'" in line


def test_a_line_end_in_a_text_makes_no_second_line(notes, running):
    path = small_workbook("theirs.xlsx", '="a"', "b\nc")
    result = run(path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_a_name_with_a_line_end_makes_no_second_line(notes, running):
    bad = Path("two\nlines.xlsx")
    bad.write_bytes(rewritten(notes.read_bytes(), "xl/vbaProject.bin", lambda _: b"any"))
    result = run(bad)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
