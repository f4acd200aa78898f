"""What Calc shows while workers die: a LibreOffice of its own, as its worker is taken away."""

import json
import os
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from addin.calc.lexp_worker_process import REST
from tests.addin.calc_session import running_calc

FEE, ANSWER = "=LEXP_FEE(11500000;0.01875)", 215_625  # the press release of 18 December 2003


@pytest.fixture(scope="module")
def calc(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with running_calc(HOME=str(home)) as session:
        session.home = home
        yield session


def ended(number, seconds=10):
    """Whether a process is gone in time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            status = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2]
        except OSError:
            return True
        if status.startswith("Z"):
            return True
        time.sleep(0.05)
    return False


def test_a_worker_killed_between_two_calls_is_started_anew(calc):
    assert calc.value(FEE) == ANSWER
    (first,) = calc.workers()
    os.kill(first, signal.SIGKILL)
    assert ended(first)
    assert calc.value(FEE) == ANSWER
    (second,) = calc.workers()
    assert second != first


def test_a_worker_that_always_dies_is_an_error_with_its_reason(calc):
    dying = calc.home / "dying-python"
    dying.write_text("#!/bin/sh\necho 'lexp was moved' >&2\nexit 3\n")
    dying.chmod(0o755)
    own_file = calc.home / ".lexp" / "calc.json"
    own_file.parent.mkdir()
    own_file.write_text(json.dumps({"interpreter": str(dying)}))
    assert calc.value(FEE) == ANSWER  # the worker that runs is kept
    for number in calc.workers():
        os.kill(number, signal.SIGKILL)
        assert ended(number)
    assert calc.value(FEE) == "#VALUE!"
    assert calc.value(f'=IFERROR({FEE[1:]};"caught")') == "caught"
    calc.ask("array", formulas=[["A1:Q5", '=LEXP_SCHEDULE("lexp-2003";"term-loan")']])
    assert calc.values("B2")[0][0]["error"] == "#VALUE!"
    reason = calc.value('=LEXP_WHY("LEXP_FEE";1000;0.01)')
    assert "status 3: lexp was moved" in reason and "twice" in reason and "calc.json" in reason
    own_file.unlink()
    time.sleep(REST)
    assert calc.value(FEE) == ANSWER


def test_two_at_once_have_each_a_worker_which_ends_with_it(calc):
    with running_calc() as other:
        assert other.value(FEE) == calc.value(FEE) == ANSWER
        (worker,) = other.workers()
        assert worker not in calc.workers()
        # Killed, LibreOffice cannot say goodbye.
        for number in libreoffices(other):
            os.kill(number, signal.SIGKILL)
        assert ended(worker)
    assert calc.value(FEE) == ANSWER


def test_nothing_is_left_where_the_tests_themselves_are_killed_inside_a_call():
    with tempfile.TemporaryDirectory() as directory:
        hanging = Path(directory, "hanging-python")
        hanging.write_text("#!/bin/sh\nexec sleep 600\n")
        hanging.chmod(0o755)
        with running_calc(LEXP_PYTHON=str(hanging)) as other:
            other.put(A1={"formula": FEE})
            other._send({"do": "read", "document": 0, "range": "A1"})
            numbers = list(libreoffices(other))
            # The end of its input is all that the bridge sees of it.
            other._process.stdin.close()
            other._process.stdin = open(os.devnull, "w")  # that the session may end as ever
            assert numbers and all(map(ended, numbers))
            assert ended(other._process.pid)


def libreoffices(session):
    """The process numbers of a session's soffice.bin."""
    directory = session._directory.name
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdigit():
                command = (folder / "cmdline").read_bytes().decode(errors="replace")
                if "soffice.bin" in command and directory in command:
                    yield int(folder.name)
