"""The worker of LibreOffice: what it answers to a line, and its process as LibreOffice keeps it."""

import ast
import io
import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from addin.calc import worker as worker_program
from addin.calc.extension import worker_settings
from addin.calc.lexp_worker_process import NoAnswer, WorkerProcess
from tests.addin.example_cells import EVERY_FUNCTION, example_cells

FEE = {"fn": "LEXP_FEE", "cells": [11_500_000, 0.01875], "day_zero": "1899-12-30"}
FEE_ANSWER = {"value": 215_625.0}  # the press release of 18 December 2003


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    """A home without anybody's settings."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("LEXP_PYTHON", raising=False)


@pytest.fixture
def folder(tmp_path):
    """An extension's folder that names this very Python."""
    folder = tmp_path / "extension"
    folder.mkdir()
    (folder / "interpreter.json").write_text(json.dumps(worker_settings()), encoding="utf-8")
    return folder


@pytest.fixture
def worker(folder):
    worker = WorkerProcess(str(folder), time_limit=30, rest=0)
    yield worker
    worker.end()


def interpreter(path, text):
    """A program that stands for an interpreter."""
    path.write_text(f"#!{sys.executable}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def settings_of(file, **settings):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(settings), encoding="utf-8")


# ------------------------------------------------------------- the process


def test_a_call_is_answered_and_the_same_worker_answers_the_next(worker):
    assert worker.ask(FEE) == FEE_ANSWER
    first = worker._process.pid
    assert worker.ask(FEE) == FEE_ANSWER
    assert worker._process.pid == first


def test_a_worker_that_died_is_started_anew(worker):
    worker.ask(FEE)
    first = worker._process.pid
    worker._process.kill()
    worker._process.wait()
    assert worker.ask(FEE) == FEE_ANSWER
    assert worker._process.pid != first


posix_only = pytest.mark.skipif(os.name == "nt", reason="a script stands for the interpreter")


@posix_only
def test_a_worker_that_always_dies_is_an_error_that_says_so(worker, folder, tmp_path):
    count = tmp_path / "starts"
    program = f"open({str(count)!r}, 'a').write('x'); raise SystemExit('no module named lexp')"
    made = interpreter(tmp_path / "python", program)
    settings_of(folder / "interpreter.json", interpreter=made)
    with pytest.raises(NoAnswer) as refused:
        worker.ask(FEE)
    words = str(refused.value)
    assert made in words and "twice" in words and "no module named lexp" in words
    assert "lexp addin build" in words and "calc.json" in words and "Traceback" not in words
    assert count.read_text() == "xx"  # restarted once


@posix_only
def test_the_next_cells_do_not_try_a_failed_worker_again_at_once(folder, tmp_path):
    count = tmp_path / "starts"
    program = f"open({str(count)!r}, 'a').write('x'); raise SystemExit(1)"
    settings_of(folder / "interpreter.json", interpreter=interpreter(tmp_path / "python", program))
    worker = WorkerProcess(str(folder), rest=60)
    for _ in range(20):
        with pytest.raises(NoAnswer, match="twice"):
            worker.ask(FEE)
    assert count.read_text() == "xx"


def test_an_interpreter_that_is_not_there_is_named(worker, folder, tmp_path):
    settings_of(folder / "interpreter.json", interpreter=str(tmp_path / "moved" / "python"))
    with pytest.raises(NoAnswer, match="moved.*does not start.*lexp addin build"):
        worker.ask(FEE)


def test_a_python_without_lexp_says_so(worker, folder):
    # The one from which the environment of these tests was made.
    bare = sys._base_executable
    settings_of(folder / "interpreter.json", interpreter=bare, path=str(folder))
    with pytest.raises(NoAnswer, match="twice.*No module named|No module named.*twice"):
        worker.ask(FEE)


@posix_only
def test_half_an_answer_is_none(worker, folder, tmp_path):
    program = "import sys; sys.stdout.write('{'); sys.stdout.flush()"
    settings_of(folder / "interpreter.json", interpreter=interpreter(tmp_path / "python", program))
    with pytest.raises(NoAnswer, match="twice"):
        worker.ask(FEE)


@posix_only
def test_no_answer_in_time_ends_the_worker(folder, tmp_path):
    program = "import time; time.sleep(600)"
    settings_of(folder / "interpreter.json", interpreter=interpreter(tmp_path / "python", program))
    worker = WorkerProcess(str(folder), time_limit=0.5, rest=0)
    start = time.monotonic()
    with pytest.raises(NoAnswer, match="0.5 seconds"):
        worker.ask(FEE | {"cells": ["x" * 1_000_000]})  # more than a pipe holds
    assert time.monotonic() - start < 10 and worker._process is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"interpreter": 5}', "{", "\udcff"])
def test_settings_that_cannot_be_read_are_named(worker, folder, text):
    (folder / "interpreter.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(NoAnswer, match="interpreter.json names no interpreter"):
        worker.ask(FEE)


def test_a_persons_own_file_goes_before_the_extension(worker, folder, tmp_path):
    settings_of(folder / "interpreter.json", interpreter="/nowhere/python")
    settings_of(tmp_path / "home" / ".lexp" / "calc.json", **worker_settings())
    assert worker.ask(FEE) == FEE_ANSWER


def test_the_environment_goes_before_both(worker, tmp_path, monkeypatch):
    monkeypatch.setenv("LEXP_PYTHON", "/nowhere/of/the/environment")
    settings_of(tmp_path / "home" / ".lexp" / "calc.json", interpreter="/nowhere/of/the/file")
    with pytest.raises(NoAnswer, match="/nowhere/of/the/environment"):
        worker.ask(FEE)


def test_libreoffices_own_python_does_not_mislead_the_worker(worker, monkeypatch):
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert worker.ask(FEE) == FEE_ANSWER


def test_a_folder_beside_libreoffice_is_not_taken_for_ours(worker, tmp_path, monkeypatch):
    (tmp_path / "addin").mkdir()
    (tmp_path / "addin" / "__init__.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    assert worker.ask(FEE) == FEE_ANSWER


def test_many_threads_get_each_its_own_answer(worker):
    found = {}

    def ask(number):
        cells = [1000 * number, 0.01]
        found[number] = worker.ask(FEE | {"cells": cells})

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 21)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == {number: {"value": 10.0 * number} for number in range(1, 21)}


def test_the_worker_ends_at_the_end_of_its_input(worker):
    worker.ask(FEE)
    worker._calls.put(None)
    assert worker._process.wait(timeout=10) == 0


def test_what_runs_inside_libreoffice_is_python_3_8():
    folder = Path(sys.modules[WorkerProcess.__module__].__file__).parent
    for name in ("component.py", "stored_formulas.py", "lexp_worker_process.py"):
        ast.parse((folder / name).read_text(encoding="utf-8"), feature_version=(3, 8))


# ------------------------------------------------------------- its answers


def test_dates_count_from_the_day_asked(worker):
    call = {"fn": "LEXP_BUSINESS_DAY", "cells": [37801, "Following"], "day_zero": "1904-01-01"}
    # 30 June 2007 is 37,801 days after 1 January 1904: the Monday after is 2 July.
    assert worker.ask(call) == {"rows": [[37803]]}


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_a_blank_cell_is_the_argument_left_out_or_refused(function):
    """Calc hands over a blank cell as 0; no argument may take it for a value of its own."""

    def answer(cells):
        call = {"fn": function.name, "cells": cells, "day_zero": "1899-12-30"}
        return worker_program.answer(json.dumps(call))

    for place, argument in enumerate(function.arguments):
        if argument.is_optional:
            cells = example_cells(function)
            left_out = answer([*cells[:place], None, *cells[place + 1 :]])
            blank = answer([*cells[:place], 0.0, *cells[place + 1 :]])
            is_refused = '{"error": "#VALUE!"' in json.dumps(blank)
            assert blank == left_out or is_refused, (argument.name, blank)


def test_an_error_has_its_reason(worker):
    answer = worker.ask(FEE | {"cells": [1000, 9]})["value"]
    assert answer["error"] == "#NUM!" and "fee_rate" in answer["reason"]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#NULL!"])
def test_an_error_within_rows_is_passed_on(worker, text):
    cells = [[[100.0], [{"error": text}]], [[36892.0], [37257.0]]]
    call = {"fn": "LEXP_XIRR", "cells": cells, "day_zero": "1899-12-30"}
    assert worker.ask(call)["value"]["error"] == text


@pytest.mark.parametrize(
    "request_", [{}, {"fn": "LEXP_FEE"}, FEE | {"fn": 5}, FEE | {"day_zero": "x"}, [], 5]
)
def test_a_bad_line_is_an_error_and_not_the_last(worker, request_):
    assert worker.ask(request_)["value"]["error"] == "#VALUE!"
    assert worker.ask(FEE) == FEE_ANSWER


def test_a_line_that_is_no_json_is_an_error(worker):
    worker.ask(FEE)
    worker._calls.put(b"\xff\xfe no json\n")
    assert json.loads(worker._answers.get(timeout=10))["value"]["error"] == "#VALUE!"
    assert worker.ask(FEE) == FEE_ANSWER


def test_a_line_too_long_to_be_read_whole_is_refused_once(monkeypatch, capsys):
    monkeypatch.setattr(worker_program, "LONGEST_LINE", 100)
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(FEE | {"cells": [1] * 100}) + "\n"))
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    worker_program.main()
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["value"]["error"] == "#NUM!"
