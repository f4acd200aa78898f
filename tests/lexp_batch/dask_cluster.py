"""A Dask cluster for tests: a scheduler and workers as processes of their own on 127.0.0.1."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.lexp_batch.batches import ROOT

TIME_LIMIT = 60.0


class DaskCluster:
    """The scheduler's address, and the worker processes, which may be killed."""

    def __init__(self, folder: Path, arguments: tuple[str, ...] = ()):
        self.folder, self.arguments = folder, arguments
        self.file = folder / "scheduler.json"
        self.workers: list[subprocess.Popen] = []
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
        )
        self._wait(self.file.exists)
        self._wait(lambda: self.file.read_text().strip().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]

    def add_worker(self, packages: Path = ROOT) -> subprocess.Popen:
        """One more worker, of one thread, with the packages that lie in a folder."""
        self.workers.append(
            self._start(
                *("dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny"),
                *("--no-dashboard", "--local-directory", str(self.folder)),
                packages=packages,
            )
        )
        return self.workers[-1]

    def end(self) -> None:
        """Ends all of it."""
        for each in (*self.workers, self.scheduler):
            each.kill()
            each.wait()

    def _start(self, module, *arguments, packages: Path = ROOT) -> subprocess.Popen:
        return subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", f"distributed.cli.{module}", *arguments),
                *("--scheduler-file", str(self.file), *self.arguments),
            ],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(packages)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _wait(self, is_there) -> None:
        until = monotonic() + TIME_LIMIT
        while not is_there():
            assert self.scheduler.poll() is None and monotonic() < until, "no scheduler"
            sleep(0.05)


@contextmanager
def dask_cluster(folder: Path, workers: int, arguments: tuple[str, ...] = ()):
    """A cluster of so many workers."""
    folder.mkdir()
    cluster = DaskCluster(folder, arguments)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.end()
