"""Bad values through the command: exit status 1, one line a problem on stderr, nothing else.

The tables stand by subject in `tests/bad_inputs`; the numbers are the rows of the list of bad
inputs that the project keeps.
"""

import re
import shutil

import pytest
from click.testing import CliRunner

from lexp_batch.cli import main
from tests.bad_inputs import amounts, dates, every_term, rates, structure, texts
from tests.lexp_batch.term_sheets import PRIME
from tests.lexp_calc.term_sheet_text import changed

SUBJECTS = (amounts, rates, dates, texts, structure)
TERM_SHEETS = {row: case for subject in SUBJECTS for row, case in subject.TERM_SHEETS.items()}
# What is typed in a shell: text, and no value that Python alone knows.
TYPED = {
    row: case
    for subject in (amounts, rates, dates, texts)
    for row, case in subject.INPUTS.items()
    if all(isinstance(each, (str, bool)) for each in case[0].values())
    # Of one path typed twice the last counts, and spaces around a value are the shell's.
    and not row.startswith(("39-", "07-padding"))
}
# FILE: path.to.field: what was found; what would be right
PROBLEM = re.compile(r"(?P<file>.+?\.toml): (?P<path>[^:]+): (?P<found>.+?); (?P<right>.+)")


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    assert "fault of the program" not in result.output
    return result


def refused(*arguments):
    """The lines on stderr of a command that is refused and says nothing else."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr.splitlines()


@pytest.fixture
def written(tmp_path):
    """Writes a term sheet, with the rates of the built-in one where it looks for them."""
    (tmp_path / "data").mkdir()
    shutil.copy(PRIME, tmp_path / "data" / PRIME.name)
    for each in every_term.FILES:
        (tmp_path / "deals").mkdir(exist_ok=True)
        shutil.copy(every_term.FOLDER / each, tmp_path / "deals" / each)
    path = tmp_path / "deals" / "deal.toml"

    def write(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("row", TERM_SHEETS)
def test_a_term_sheet_is_refused_line_by_line_and_no_file_is_written(written, tmp_path, row):
    (field, *changes), found, right = TERM_SHEETS[row]
    path = written(changed(*changes))
    for command in (("check",), ("workbooks", "--out", tmp_path / "out")):
        lines = refused(*command, path)
        problems = [PROBLEM.fullmatch(line) for line in lines]
        assert all(problems), lines
        assert all(each["file"] == str(path) for each in problems)
        assert any(
            each["path"] == field and found in each[0] and right in each["right"]
            for each in problems
        ), lines
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("row", structure.FILES)
def test_a_file_that_is_no_term_sheet_is_one_line(written, tmp_path, row):
    content, message = structure.FILES[row]
    path = written(content)
    for command in (("check",), ("workbooks", "--out", tmp_path / "out")):
        (line,) = refused(*command, path)
        assert line.startswith(f"{path}: file: ") and message in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("row", TYPED)
def test_an_input_that_is_typed_is_refused(tmp_path, row):
    inputs, *parts = TYPED[row]
    settings = [f"--set={path}={str(value)}" for path, value in inputs.items()]
    for command in (("schedule", "revolver"), ("workbooks", "--out", tmp_path / "out")):
        lines = refused(*command, *settings)
        assert all("; " in line for line in lines)
        assert all(part in "\n".join(lines) for part in parts), lines
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", every_term.CHANGES)
def test_a_bad_value_of_any_term_is_refused_line_by_line(written, name):
    case = every_term.CHANGES[name]
    path = written(every_term.changed(case["change"]))
    lines = refused("check", path)
    assert all(PROBLEM.fullmatch(line) for line in lines), lines
    if "scenario" not in case:
        assert len(lines) == len(case["lines"])


def test_a_term_sheet_whose_name_no_file_can_have():
    (line,) = refused("check", "x" * 5_000)
    assert "found no such file" in line


def test_collateral_that_cannot_be_writes_no_workbook(written, tmp_path):
    change = ("slow-moving = 400_000", "slow-moving = 9_400_000")
    path = written(every_term.changed([change]))
    for command in (("check",), ("workbooks", "--out", tmp_path / "out")):
        (line, *_) = refused(*command, path)
        assert "ineligibles 400,000.00 above the gross amount" in line
    assert not (tmp_path / "out").exists()
