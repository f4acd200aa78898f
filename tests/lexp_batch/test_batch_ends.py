"""Batches that are stopped, killed, or lose a worker: the next run puts everything right."""

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lexp_batch.plan import Asked, planned
from lexp_batch.processes import Processes
from lexp_batch.run_lock import RunLock
from lexp_batch.tasks import Task, make
from lexp_batch.term_sheet_files import TermSheetFile
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems
from scripts.kill_batches import trials
from tests.lexp_batch.batches import listed, run, start, write_deals

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


class Deadly(Task):
    """A task whose arrival ends the process that it comes to."""

    def __reduce__(self):
        return os._exit, (9,)


def tasks_of(deals, out):
    sheets = [TermSheetFile(str(each), True) for each in sorted(deals.iterdir())]
    return [task for each in sheets for task in planned(each, out, Asked()).tasks]


def results_of(runner):
    while runner.is_busy:
        result = runner.next_result()
        if result is not None:
            yield result


@POSIX
def test_batches_killed_at_random(tmp_path):
    """A few, of each kind; `make trials` runs a hundred."""
    counts = trials(3, 7, tmp_path, number_of_deals=4)
    assert counts.is_sound and counts.details == [], counts.details
    assert counts.kills == {"all": 1, "driver": 1, "worker": 1}


@POSIX
@pytest.mark.parametrize(
    ("send", "number", "jobs"),
    [("kill", signal.SIGTERM, 1), ("killpg", signal.SIGINT, 2)],
    ids=["the driver alone", "all its processes, as Ctrl-C does"],
)
def test_a_batch_that_is_stopped_leaves_whole_files_and_says_what_is_done(
    tmp_path, send, number, jobs
):
    deals, out = write_deals(tmp_path / "deals", 12), tmp_path / "out"
    process = start(deals, "--out", out, "--jobs", jobs)
    first = process.stdout.readline()
    getattr(os, send)(process.pid, number)
    with process:
        rest, said = process.stdout.read(), process.stderr.read()
    assert process.returncode == 130
    made = {Path(each) for each in (first + rest).splitlines() if each.strip().endswith(".xlsx")}
    assert 1 <= len(made) < 36
    counted = f"{len(made)} workbook{'s' * (len(made) > 1)}"
    told = f"stopped: {counted} made, 0 up to date; the same command again makes the rest\n"
    assert said == told
    assert set(out.rglob("*.xlsx")) == made
    folders = [path.parent for path in out.glob("*/manifest.json")]
    assert {folder / each for folder in folders for each in listed(folder)} == made
    assert not list(out.rglob(".lexp-*"))
    result = run(deals, "--out", out)
    assert result.exit_code == 0
    assert result.stderr == f"{counted} up to date\n"
    assert len(list(out.rglob("*.xlsx"))) == 36


class TestProcesses:
    def test_what_a_lost_worker_had_in_hand_is_made_by_another(self, tmp_path):
        deals = write_deals(tmp_path / "deals", 4)
        with RunLock(tmp_path / "out") as lock, Processes(2, lock) as runner:
            tasks = tasks_of(deals, tmp_path / "out")
            runner.submit(tasks[:6])
            runner.submit(tasks[6:])
            found, killed = [], 0
            for result in results_of(runner):
                found.append(result)
                if len(found) in (2, 7):
                    os.kill(runner.numbers[0], getattr(signal, "SIGKILL", signal.SIGTERM))
                    killed += 1
        assert killed == 2
        assert sorted(task.name for task, _ in found) == sorted(task.name for task in tasks)
        assert {type(made).__name__ for _, made in found} == {"Made"}

    def test_what_kills_each_worker_is_reported_and_the_rest_is_made(self, tmp_path):
        deals = write_deals(tmp_path / "deals", 1)
        with RunLock(tmp_path / "out") as lock, Processes(1, lock) as runner:
            tasks = tasks_of(deals, tmp_path / "out")
            runner.submit([tasks[0], Deadly(**vars(tasks[1])), tasks[2]])
            found = dict(results_of(runner))
        names = [type(each).__name__ for each in found.values()]
        assert names == ["Made", "LexpError", "Made"]
        text = str(list(found.values())[1])
        assert text.startswith(f"{tasks[1].path}: ") and "ended 3 times (exit status 9)" in text

    def test_all_of_them_end_with_the_runner(self, tmp_path):
        deals = write_deals(tmp_path / "deals", 1)
        with RunLock(tmp_path / "out") as lock, Processes(2, lock) as runner:
            runner.submit(tasks_of(deals, tmp_path / "out"))
            next(results_of(runner))
            (number,) = runner.numbers
            runner.drop_waiting()
            list(results_of(runner))
        if Path("/proc").exists():
            assert not Path(f"/proc/{number}").exists()


class TestOneRunAtATime:
    def test_what_is_left_of_a_dead_run_writes_nothing_into_the_next(self, tmp_path):
        deals, out = write_deals(tmp_path / "deals", 1), tmp_path / "out"
        with RunLock(out) as dead:
            task = tasks_of(deals, out)[0]
            make(task, dead)
        task.path.write_bytes(b"what the next run made")
        with RunLock(out) as current:
            with pytest.raises(OutOfRange, match="the run that this was made for is over"):
                make(task, dead)
            assert task.path.read_bytes() == b"what the next run made"
            assert [each.name for each in task.path.parent.iterdir()] == [task.path.name]
            make(task, current)
        with pytest.raises(OutOfRange):  # none at all
            make(task, dead)

    def test_a_lock_is_gone_with_its_process(self, tmp_path):
        program = (
            "import os, sys\nfrom lexp_batch.run_lock import RunLock\n"
            "RunLock(sys.argv[1]).__enter__()\nos._exit(9)\n"
        )
        folder = tmp_path / "out"
        subprocess.run([sys.executable, "-c", program, str(folder)], timeout=60, check=False)
        assert (folder / ".lexp-lock").exists()
        with RunLock(folder), pytest.raises(OutOfRange), RunLock(folder):
            pass

    def test_it_leaves_no_folder_that_it_made_in_vain(self, tmp_path):
        with RunLock(tmp_path / "a" / "b"):
            pass
        assert list(tmp_path.iterdir()) == []

    def test_a_term_sheet_that_changes_while_the_batch_runs_is_refused(self, tmp_path):
        deals, out = write_deals(tmp_path / "deals", 1, "pik-toggle-note"), tmp_path / "out"
        task = tasks_of(deals, out)[0]
        with (deals / "deal-1.toml").open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        with pytest.raises(Exception) as refused:
            make(task)
        assert "it changed while the batch ran" in str(refused.value.problem)
        assert not out.exists()


def test_problems_keep_their_words_on_the_way_from_a_worker():
    problems = Problems([LexpError("a", "found b", "c"), NotThere("d", "found e", "f")])
    found = pickle.loads(pickle.dumps(problems))
    assert str(found) == str(problems) == "a: found b; c\nd: found e; f"
    assert [type(each) for each in found.problems] == [LexpError, NotThere]
