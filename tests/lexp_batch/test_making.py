"""Batches from a script: the report, what is refused, and what an import costs."""

import os
import re
import shutil
import subprocess
import sys

import pytest

import lexp_batch
from lexp_batch import make_workbooks
from lexp_calc.errors import LexpError
from tests.lexp_batch.batches import ROOT, content_of, listed, run, write_deals


def test_the_report_says_what_was_made_and_what_was_wrong(tmp_path):
    deals = write_deals(tmp_path / "deals", 1)
    missing = tmp_path / "missing.toml"
    report = make_workbooks([deals, missing], tmp_path / "out", tranches=["bank-loan"])
    folder = tmp_path / "out" / "deal-1"
    assert report.made == (str(folder / "deal-1_bank-loan.xlsx"), str(folder / "manifest.json"))
    assert not report.is_complete
    assert str(report).startswith(f"1 workbook made, 0 up to date\n{missing}: found no such file; ")
    report = make_workbooks(deals, tmp_path / "out", tranches="bank-loan")
    assert report.is_complete and str(report) == "0 workbooks made, 1 up to date"
    assert listed(folder) == {"deal-1_bank-loan.xlsx"}


def test_it_makes_what_the_command_makes(tmp_path):
    deals = write_deals(tmp_path / "deals", 1)
    given = {"as_of": "2030-01-01"}
    assert make_workbooks(deals, tmp_path / "a", inputs=given, paper="Letter").is_complete
    run(deals, "--out", tmp_path / "b", "--set", "as_of=2030-01-01", "--paper", "Letter")
    assert content_of(tmp_path / "a") == content_of(tmp_path / "b")


@pytest.mark.parametrize(
    "wrong", [{"jobs": 0}, {"jobs": -1}, {"jobs": True}, {"jobs": 1.5}, {"paper": "A3"}]
)
def test_what_cannot_be_is_refused_by_its_name(tmp_path, wrong):
    with pytest.raises(LexpError, match=f"^{next(iter(wrong))}: found "):
        make_workbooks("lexp-2003", tmp_path / "out", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_several_processes_need_no_guard_in_a_script(tmp_path):
    deals = write_deals(tmp_path / "deals", 2)
    script = tmp_path / "monthly.py"
    script.write_text(
        "from lexp_batch import make_workbooks\n"
        f"print(make_workbooks({str(deals)!r}, {str(tmp_path / 'out')!r}, jobs=2))\n"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert (done.stdout, done.stderr) == ("6 workbooks made, 0 up to date\n", "")


def test_the_import_loads_nothing_heavy():
    program = (
        "import sys, lexp_batch\n"
        "heavy = {'click', 'pydantic', 'openpyxl', 'lexp_calc', 'distributed', 'tqdm', 'sqlite3'}\n"
        "heavy |= {'smtplib', 'email', 'keyring'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.stdout == "[]\n", done.stderr


def test_its_names_are_there_and_no_others():
    assert set(lexp_batch.__all__) <= set(dir(lexp_batch))
    assert all(getattr(lexp_batch, each) for each in lexp_batch.__all__)
    with pytest.raises(AttributeError):
        lexp_batch.make_workbook  # noqa: B018


def test_the_lines_of_the_readme_run(tmp_path):
    """As they stand, on a folder with one deal of several lenders."""
    (tmp_path / "deals").mkdir()
    shutil.copy(ROOT / "examples" / "club-deal.toml", tmp_path / "deals")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    (program,) = (each for each in blocks if "plan_mail" in each)
    assert len(program.replace("\n\n", "\n").splitlines()) == 5
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert re.fullmatch("8 workbooks made, 0 up to date\n[0-9a-f]{64}\n", done.stdout), done.stderr
    assert len(list((tmp_path / "out" / "mail").glob("*.eml"))) == 5


def test_an_input_that_no_process_can_be_handed_is_one_problem_a_workbook(tmp_path):
    """And no batch that waits for ever."""
    report = make_workbooks(
        "lexp-2003", tmp_path / "out", jobs=2, inputs={"index.prime": lambda: 1}
    )
    assert not report.is_complete


def test_a_list_of_the_outbox_loads_nothing_heavy():
    program = (
        "import sys\n"
        "from lexp_batch.mail_listing import entry_lines\n"
        "from lexp_batch.outbox_care import listed_entries\n"
        "from lexp_batch.outbox_place import outbox_path\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"numpy", "pandas", "openpyxl", "distributed"}.isdisjoint(loaded)
