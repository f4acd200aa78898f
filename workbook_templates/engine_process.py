"""A second engine in a process of its own: one JSON object a line each way, within a time limit.

What recalculates a workbook may hang on one, or die of it. So it runs apart, for as long as the
`with` block, and a workbook that ends it is a problem of that workbook alone.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from lexp_calc.errors import LexpError, NotThere
from workbook_templates.stored_cells import CellError

# Seconds that an engine gets to end in good order.
GRACE = 5.0


def end_process_group(process):
    """End a process and all that it started, at once, and wait for it."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, timeout=30
        )
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def read_answers(lines, answers):
    """Queue each line that the engine writes, and "" when it has ended."""
    for line in lines:
        answers.put(line)
    answers.put("")


class EngineProcess:
    """A second engine: `recalculate` gives the value of every formula cell.

    It starts at once, or raises NotThere where it is not installed. `time_limit` is in seconds,
    for the start and for each call; past it the engine is ended, the call raises a LexpError,
    and the next call starts a fresh one. Not for several threads at a time.
    """

    name = ""

    def __init__(self, time_limit=60.0):
        self.time_limit = time_limit
        self._process = None
        self._answers = None
        self._reader = None
        self._directory = None

    def command(self, directory):
        """The program to start, as a list; NotThere where something is not installed."""
        raise NotImplementedError

    def environment(self, directory):
        """Its environment; `directory` is a temporary one that goes with it."""
        raise NotImplementedError

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.close()

    def start(self):
        """Start the engine and wait until it answers; nothing to do if it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._directory = tempfile.TemporaryDirectory(
            prefix=f"lexp-{self.name.casefold()}-", ignore_cleanup_errors=True
        )
        try:
            command = self.command(self._directory.name)
            self._process = subprocess.Popen(
                command,
                env=self.environment(self._directory.name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                # A group of its own, so that ending it ends its children and nothing else.
                start_new_session=True,
            )
            self._answers = queue.Queue()
            self._reader = threading.Thread(
                target=read_answers, args=(self._process.stdout, self._answers), daemon=True
            )
            self._reader.start()
            self._next_answer(self.name)
        except LexpError:
            self.close()
            raise

    def close(self):
        """End the engine, in good order if it still answers, and remove its directory."""
        if self._process is not None:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._send({"do": "end"})
                self._process.wait(timeout=GRACE)
            end_process_group(self._process)
            # A line that the engine never read may still stand in the pipe's buffer.
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            self._reader.join(timeout=30)
            self._process.stdout.close()
            self._process = None
        if self._directory is not None:
            self._directory.cleanup()
            self._directory = None

    def recalculate(self, path, changes=None):
        """The value of every formula cell after `changes`: {(sheet title, "B7"): value}.

        `changes` has the same keys; its values are numbers (a date: Excel's serial number),
        texts, or None to clear the cell. The file is not changed, and none of its stored values
        is trusted. Values are float, str, bool or CellError. LexpError for a file that does not
        open or a cell that takes no change.
        """
        changes = [[sheet, cell, value] for (sheet, cell), value in (changes or {}).items()]
        answer = self._ask(path, {"do": "recalculate", "changes": changes})
        return {
            (sheet, cell): CellError(value["error"]) if isinstance(value, dict) else value
            for sheet, cell, value in answer["cells"]
        }

    def _ask(self, path, request):
        path = Path(path)
        if not path.is_file():
            raise NotThere(str(path), "no such file", "the path of an .xlsx workbook")
        self.start()
        # That the engine has ended is met again, and told, where the answer is read.
        with contextlib.suppress(OSError):
            self._send(request | {"url": path.resolve().as_uri(), "path": str(path.resolve())})
        return self._next_answer(str(path))

    def _send(self, request):
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _next_answer(self, where):
        try:
            line = self._answers.get(timeout=self.time_limit)
        except queue.Empty:
            end_process_group(self._process)
            self.close()
            found = f"{self.name} gave no answer in {self.time_limit:g} seconds and was ended"
            raise LexpError(where, found, "a smaller workbook or a longer time limit") from None
        if not line:
            self.close()
            raise LexpError(where, f"{self.name} ended unexpectedly", "try the file by hand")
        answer = json.loads(line)
        if "found" in answer:
            raise LexpError(f"{where}: {answer['where']}", answer["found"], answer["expected"])
        return answer
