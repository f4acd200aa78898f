"""The worker that computes on behalf of LibreOffice: one JSON object a line each way, by pipes.

Runs inside LibreOffice's own Python (3.8 or newer) and imports nothing of this project. Which
Python runs the worker is asked in this order: the environment variable LEXP_PYTHON, the file
~/.lexp/calc.json, and interpreter.json in the extension; both files are like
{"interpreter": "/path/to/python", "path": "folder of the packages, if they are not installed"}.

A worker that dies is started anew once for the same call; one that gives no answer in time is
ended. It ends by itself when LibreOffice does, at the end of its input.
"""

import json
import os
import queue
import subprocess
import tempfile
import threading
import time

TIME_LIMIT = 60.0  # seconds for an answer, the start of the worker included
REST = 3.0  # seconds in which a worker that failed is not tried again by the next cells
NO_WINDOW = 0x08000000  # of Windows: no console pops up
VARIABLE = "LEXP_PYTHON"
OWN_FILE = os.path.join("~", ".lexp", "calc.json")
WHAT_TO_DO = (
    "make and install lexp.oxt anew with `lexp addin build`, "
    f"or name the Python that has lexp in {OWN_FILE} or {VARIABLE}"
)


class NoAnswer(Exception):
    """Why the worker gave none, in words."""


class WorkerProcess:
    """A worker, started when it is first asked; for any thread, one call at a time."""

    def __init__(self, extension_folder, time_limit=TIME_LIMIT, rest=REST):
        self._folder = extension_folder
        self._time_limit = time_limit
        self._rest = rest
        self._lock = threading.Lock()
        self._process = None
        self._calls = None
        self._answers = None
        self._errors = None
        self._failure = ""
        self._resting_until = 0.0

    def ask(self, request):
        """The answer to one request, or NoAnswer."""
        line = json.dumps(request).encode("ascii") + b"\n"
        with self._lock:
            if time.monotonic() < self._resting_until:
                raise NoAnswer(self._failure)
            try:
                return json.loads(self._answered(line) or self._answered_at_last(line))
            except NoAnswer as problem:
                self._failure = str(problem)
                self._resting_until = time.monotonic() + self._rest
                raise

    def end(self):
        """End the worker, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        self._calls.put(None)
        self._errors.close()

    def _answered_at_last(self, line):
        answer = self._answered(line)
        if not answer:
            raise NoAnswer(f"lexp's Python {self._failure} twice; {WHAT_TO_DO}")
        return answer

    def _answered(self, line):
        """The answer's line, or nothing if the worker ended before it gave one."""
        if self._process is None:
            self._start()
        self._calls.put(line)
        try:
            answer = self._answers.get(timeout=self._time_limit)
        except queue.Empty:
            self.end()
            raise NoAnswer(f"no answer in {self._time_limit:g} seconds; try fewer cells") from None
        if answer.endswith(b"\n"):
            return answer
        self._failure = self._end_in_words()
        self.end()
        return b""

    def _start(self):
        settings = self._settings()
        interpreter = settings["interpreter"]
        self._errors = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                # -P: a folder named addin where LibreOffice was started is not ours.
                [interpreter, "-P", "-m", "addin.calc.worker"],
                env=_environment(settings.get("path")),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                creationflags=NO_WINDOW if os.name == "nt" else 0,
            )
        except (OSError, ValueError) as problem:
            self._errors.close()
            found = getattr(problem, "strerror", None) or problem
            raise NoAnswer(
                f"lexp's Python {interpreter} does not start ({found}); {WHAT_TO_DO}"
            ) from None
        self._calls, self._answers = queue.Queue(), queue.Queue()
        # Threads, as a worker that hangs neither reads nor writes.
        for each in (
            threading.Thread(target=_write, args=(self._calls, self._process.stdin)),
            threading.Thread(target=_read, args=(self._process.stdout, self._answers)),
        ):
            each.daemon = True
            each.start()

    def _settings(self):
        interpreter = os.environ.get(VARIABLE)
        if interpreter:
            return {"interpreter": interpreter}
        own = os.path.expanduser(OWN_FILE)
        path = own if os.path.exists(own) else os.path.join(self._folder, "interpreter.json")
        try:
            with open(path, encoding="utf-8") as file:
                settings = json.load(file)
            texts = (settings["interpreter"], settings.get("path", ""))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            texts = (None,)
        if not all(isinstance(each, str) for each in texts):
            raise NoAnswer(f"{path} names no interpreter; {WHAT_TO_DO}")
        return settings

    def _end_in_words(self):
        """How the worker ended, with the last line that it wrote."""
        try:
            status = self._process.wait(timeout=self._time_limit)
        except subprocess.TimeoutExpired:
            status = "unknown"
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        said = f": {lines[-1]}" if lines else ""
        return f"{self._process.args[0]} ended (status {status}{said})"


def _environment(path):
    """The environment without what LibreOffice's own Python needs, which would mislead another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if path:
        kept["PYTHONPATH"] = path
    return kept


def _write(calls, worker):
    """Write each call to the worker, until there is none or the worker has ended."""
    try:
        with worker:
            for line in iter(calls.get, None):
                worker.write(line)
                worker.flush()
    except OSError:
        pass  # that it has ended is met again where its answer is read


def _read(lines, answers):
    """Queue each line that the worker writes, and nothing when it has ended."""
    with lines:
        for line in lines:
            answers.put(line)
    answers.put(b"")
