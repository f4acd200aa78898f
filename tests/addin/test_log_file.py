"""The add-in's log: where it is, that it never fails, and that it does not grow without end."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import addin.log_file as log_file

ROOT = Path(log_file.__file__).parents[1]


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("win32", {"LOCALAPPDATA": "/u/AppData/Local"}, "/u/AppData/Local/lexp/lexp.log"),
        ("darwin", {}, "~/Library/Logs/lexp/lexp.log"),
        ("linux", {"XDG_STATE_HOME": "/state"}, "/state/lexp/lexp.log"),
        ("linux", {"XDG_STATE_HOME": ""}, "~/.local/state/lexp/lexp.log"),
    ],
)
def test_where_it_is(monkeypatch, system, environment, expected):
    monkeypatch.setattr(sys, "platform", system)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert log_file.path() == Path(expected).expanduser()


def test_reasons_and_faults():
    log_file.log_reason("LEXP_FEE: fee_rate: found 9\x85; 0 to 1 \u529b would be right")
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as failure:
        said = log_file.log_fault(failure)
    text = log_file.path().read_text(encoding="utf-8")
    assert "fee_rate: found 9" in text and "力" in text and "Traceback" in text
    assert str(log_file.path()) in said and "\n" not in said and "fault of the program" in said


def test_nothing_is_made_before_the_first_line():
    log_file.logger()
    assert not log_file.path().parent.exists()


def test_a_reason_is_written_once():
    for _ in range(3):
        log_file.log_reason("said three times")
    assert log_file.path().read_text(encoding="utf-8").count("said three times") == 1


def test_the_file_is_turned_over(monkeypatch):
    line = "x" * 10_000
    for number in range(450):
        log_file.log_reason(f"{line} number {number}")
    files = sorted(log_file.path().parent.iterdir())
    assert [each.name for each in files] == ["lexp.log", "lexp.log.1", "lexp.log.2"]
    assert all(each.stat().st_size <= 1_000_000 for each in files)


def test_one_that_cannot_be_turned_over_stays_small(monkeypatch):
    """As on Windows while a second Excel has the file open."""

    def refused(*names):
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(os, "rename", refused)
    line = "x" * 100_000
    for number in range(100):
        log_file.log_reason(f"{line} number {number}")
    assert log_file.path().stat().st_size < 5_000_000
    assert "number 99" in log_file.path().read_text()


@pytest.mark.parametrize("obstacle", ["file", "folder"])
def test_one_that_cannot_be_written_is_no_failure(obstacle, capfd):
    path = log_file.path()
    if obstacle == "file":  # in the place of the folder
        path.parent.parent.mkdir(parents=True)
        path.parent.write_text("")
    else:
        path.mkdir(parents=True)
    log_file.log_reason("lost")
    assert "fault" in log_file.log_fault(ValueError("lost"))
    assert capfd.readouterr() == ("", "")


def test_two_processes_write_to_one(tmp_path):
    program = (
        "import addin.log_file as log\n"
        "for number in range(400):\n    log.log_reason(f'line {number} of NAME')\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program.replace("NAME", name)], cwd=ROOT, stderr=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    assert [each.communicate(timeout=60)[1] for each in running] == [b"", b""]
    lines = log_file.path().read_text().splitlines()
    assert len(lines) == 800 and sum(line.endswith("of one") for line in lines) == 400


def test_quick_to_import():
    program = "import sys, addin.log_file; print('logging' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_a_line_costs_little():
    started = time.perf_counter()
    for _ in range(1000):
        log_file.log_reason("LEXP_FEE: fee_rate: found 9; a number from 0 to 1 would be right")
    assert time.perf_counter() - started < 1  # 1 ms each, where some 20 µs are usual
