"""The installed `lexp` as a process of its own: exit status, the two streams, a closed pipe."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lexp_batch.term_sheets import copy_of_built_in, with_three_mistakes

LEXP = Path(sys.executable).with_name("lexp.exe" if os.name == "nt" else "lexp")


def lexp(*arguments, folder, **environment):
    return subprocess.run(
        [LEXP, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )


def test_alone_in_an_empty_folder(tmp_path):
    done = lexp(folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 18
    assert not list(tmp_path.iterdir())


def test_results_on_stdout_and_nothing_else(tmp_path):
    done = lexp("schedule", "term-loan", "--format", "json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)[-1]["balloon"] == 4_800_000


def test_a_refused_file(tmp_path):
    bad = with_three_mistakes(tmp_path)
    done = lexp("workbooks", bad, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 3
    assert not (tmp_path / "out").exists()


def test_wrong_usage(tmp_path):
    done = lexp("schedule", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")


def test_text_is_utf_8_whatever_the_terminal(tmp_path):
    changes = [('borrower = "Lexington Precision Corporation"', 'borrower = "Žižkov 力 Précision"')]
    path = copy_of_built_in(tmp_path, "name.toml", changes)
    done = lexp("show", path, folder=tmp_path, LC_ALL="C", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert "Žižkov 力 Précision" in done.stdout.decode("utf-8")


def with_nobody_reading(*arguments, folder):
    """Exit status and stderr of a run whose stdout is closed before anything is written."""
    process = subprocess.Popen(
        [LEXP, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    with process.stderr:
        errors = process.stderr.read()
    return process.wait(timeout=120), errors


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
@pytest.mark.parametrize("arguments", [(), ("show",), ("schedule", "term-loan"), ("facts",)])
def test_a_reader_that_stops_early_is_no_failure(tmp_path, arguments):
    assert with_nobody_reading(*arguments, folder=tmp_path) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
def test_the_workbooks_are_written_though_nobody_reads_their_names(tmp_path):
    assert with_nobody_reading("workbooks", folder=tmp_path) == (0, b"")
    assert len(list((tmp_path / "out" / "lexp-2003").iterdir())) == 7


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk always full")
@pytest.mark.parametrize("argument", ["facts", "--help", "--version"])
def test_a_full_disk_beneath_stdout(tmp_path, argument):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [LEXP, argument], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, timeout=120
        )
    assert done.returncode == 1
    assert done.stderr == b"lexp: the disk is full; free some space or choose another place\n"


def test_help_imports_nothing_heavy(tmp_path):
    program = (
        "import sys\n"
        "from lexp_batch.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'pydantic', 'openpyxl', 'numpy', 'pandas', 'lexp_calc', 'workbook_templates'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "heavy: []", done.stderr
