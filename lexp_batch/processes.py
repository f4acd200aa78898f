"""Worker processes on this machine that lose no task, whatever becomes of one of them.

Each is a program of its own, the same on every system: no state is forked, and a script needs no
guard around its main part. A thread for each hands it one task at a time. Where one dies,
another starts and gets the task again; what kills three in a row is reported by name.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from lexp_batch.run_lock import Run
from lexp_batch.runners import Chunk, Result
from lexp_batch.tasks import Made, Task
from lexp_calc.errors import LexpError

ATTEMPTS = 3  # at a task
GRACE = 10.0  # seconds that a process gets to end
PATIENCE = 0.2  # seconds to wait for a result before the caller may look at other things
PACKAGES = str(Path(__file__).parents[1])


class WorkerDied(Exception):
    """The process ended before it answered; `code` is its exit status, a signal's below zero."""

    def __init__(self, code: int | None):
        super().__init__(code)
        self.code = code


class WorkerProcess:
    """One process that makes workbooks."""

    def __init__(self):
        paths = [PACKAGES, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            # -P: no file of the user's folder is taken for a module.
            [sys.executable, "-P", "-m", "lexp_batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    @property
    def number(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    def make(self, task: Task, run: Run) -> Made | Exception:
        """The workbook, or the failure in its making; WorkerDied where no answer came."""
        try:
            asked = pickle.dumps((task, run))
        except Exception as failure:  # an input of a script's own that no process can be handed
            found = f"found an input that cannot be handed to a process ({failure})"
            return LexpError(str(task.path), found, "numbers, texts and dates would be right")
        try:
            self._process.stdin.write(asked)
            self._process.stdin.flush()
            _, answer = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise WorkerDied(self.end()) from None
        return answer

    def kill(self) -> None:
        """Ends the process at once."""
        with suppress(OSError):
            self._process.kill()

    def end(self) -> int:
        """Ends the process in good order, or else at once; its exit status."""
        with suppress(OSError):  # what stands in the pipe's buffer has no reader
            self._process.stdin.close()
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._process.stdout.close()
        return code


class Processes:
    """So many worker processes; each starts when there is work for it."""

    def __init__(self, jobs: int, run: Run):
        self._jobs, self._run = jobs, run
        self._chunks: SimpleQueue[deque[Task] | None] = SimpleQueue()
        self._results: SimpleQueue[Result | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._workers: dict[int, WorkerProcess] = {}
        self._changing = Lock()
        self._is_dropping = self._is_over = False
        self._chunks_in_hand = 0

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, kind, *exception) -> None:
        self._is_dropping = self._is_over = True
        if kind is not None:  # a second Ctrl-C, or a fault: nothing is waited for
            for worker in list(self._workers.values()):
                worker.kill()
        for _ in self._threads:
            self._chunks.put(None)
        for thread in self._threads:
            thread.join()

    @property
    def numbers(self) -> list[int]:
        """The system's numbers of the processes that run now."""
        return [each.number for each in list(self._workers.values())]

    @property
    def has_room(self) -> bool:
        # One chunk waits for each process, so that none waits for the next to be planned.
        return self._chunks_in_hand < 2 * self._jobs and not self._is_dropping

    @property
    def is_busy(self) -> bool:
        return self._chunks_in_hand > 0

    def submit(self, chunk: Chunk) -> None:
        self._chunks_in_hand += 1
        self._chunks.put(deque(chunk))
        if len(self._threads) < min(self._jobs, self._chunks_in_hand):
            place = len(self._threads)
            self._threads.append(Thread(target=self._serve, args=(place,), daemon=True))
            self._threads[-1].start()

    def next_result(self) -> Result | None:
        try:
            result = self._results.get(timeout=PATIENCE)
        except Empty:
            return None
        if result is None:
            self._chunks_in_hand -= 1
        return result

    def drop_waiting(self) -> None:
        self._is_dropping = True

    def _serve(self, place: int) -> None:
        """The life of one process and of those that take its place: chunk after chunk."""
        try:
            while (chunk := self._chunks.get()) is not None:
                while chunk and not self._is_dropping:
                    task = chunk.popleft()
                    answer = self._made(task, place)
                    if answer is not None:
                        self._results.put((task, answer))
                self._results.put(None)
        finally:
            with self._changing:
                worker = self._workers.pop(place, None)
            if worker is not None:
                worker.end()

    def _made(self, task: Task, place: int) -> Made | Exception | None:
        """A task's result; None where the process died as the batch was being stopped."""
        for _ in range(ATTEMPTS):
            try:
                with self._changing:
                    if self._is_over:
                        return None
                    if place not in self._workers:
                        self._workers[place] = WorkerProcess()
                return self._workers[place].make(task, self._run)
            except OSError as failure:
                found = f"found no way to start a process for it ({failure.strerror})"
                return LexpError(str(task.path), found, "fewer --jobs would be right")
            except WorkerDied as death:
                with self._changing:
                    del self._workers[place]
                if self._is_dropping:
                    return None
                died = death
        return LexpError(
            str(task.path),
            f"found that the process that makes it was ended {ATTEMPTS} times "
            f"(exit status {died.code})",
            "more free memory, or fewer --jobs, would be right",
        )
