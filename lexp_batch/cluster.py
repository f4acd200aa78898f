"""The tasks of a batch on a Dask cluster whose workers see the same files.

A task may run twice, where a worker is lost: it gives the same bytes. Every chunk carries the
product that asks for it, so that a worker that joins later with another one is refused as well.
"""

from pickle import loads
from queue import Empty, SimpleQueue
from time import monotonic

from lexp_batch.cluster_connection import Cluster, Connection
from lexp_batch.run_lock import Run
from lexp_batch.runners import Chunk, Result
from lexp_batch.tasks import Task
from lexp_batch.worker import answer
from lexp_calc.errors import LexpError

PATIENCE = 0.2  # seconds to wait for a result before the caller may look at other things
LOST = 60.0  # seconds without connection or workers until the rest is given up


class OnCluster:
    """The runner for a cluster; connected, and its workers looked at, in a `with` block."""

    def __init__(self, cluster: Cluster, jobs: int, run: Run):
        self._cluster, self._run = cluster, run
        self._connection = Connection(cluster, jobs, run)
        self._ready: list[Result] = []
        self._done: SimpleQueue = SimpleQueue()
        self._in_hand: dict[object, Chunk] = {}  # by their futures
        self._most_in_hand = 1
        self._is_dropping = False
        self._alive = monotonic()

    def __enter__(self) -> "OnCluster":
        self._connection.__enter__()
        # One chunk waits for each thread, so that none waits for the next to be planned.
        self._most_in_hand = 2 * max(self._connection.threads, 1)
        return self

    def __exit__(self, *exception) -> None:
        self._connection.__exit__()

    @property
    def has_room(self) -> bool:
        return len(self._in_hand) < self._most_in_hand and not self._is_dropping

    @property
    def is_busy(self) -> bool:
        return bool(self._in_hand or self._ready)

    def submit(self, chunk: Chunk) -> None:
        client = self._connection.client
        try:
            future = client.submit(made_on_worker, tuple(chunk), self._run, pure=False)
        except Exception as failure:  # the scheduler is gone since it was asked
            self._take_failure(chunk, failure)
            return
        self._in_hand[future] = chunk
        future.add_done_callback(self._done.put)

    def drop_waiting(self) -> None:
        """What a worker has been given is few chunks, and is waited for."""
        self._is_dropping = True

    def next_result(self) -> Result | None:
        if not self._ready:
            try:
                self._take(self._done.get(timeout=PATIENCE))
            except Empty:
                self._give_up_if_lost()
        return self._ready.pop(0) if self._ready else None

    def _take(self, future) -> None:
        """The results of a chunk that is finished, whatever way."""
        chunk = self._in_hand.pop(future, None)
        if chunk is None:
            return
        self._alive = monotonic()
        try:
            answers = future.result()
        except BaseException as failure:
            self._take_failure(chunk, failure)
        else:
            self._ready += [
                (task, loads(each)[1]) for task, each in zip(chunk, answers, strict=True)
            ]

    def _take_failure(self, chunk: Chunk, failure: BaseException) -> None:
        """A chunk that came to nothing."""
        if isinstance(failure, KeyboardInterrupt):
            raise failure
        if type(failure).__name__ == "KilledWorker" and len(chunk) > 1:
            for task in chunk:  # one of them kills its worker: the others are no part of that
                self.submit([task])
            return
        self._ready += [(task, _not_made(task, failure)) for task in chunk]
        if not self._connection.is_alive:
            self._is_dropping = True  # the scheduler is gone, and its clients do not come back

    def _give_up_if_lost(self) -> None:
        if not self._in_hand:
            return
        if self._connection.is_alive:
            self._alive = monotonic()
        elif monotonic() - self._alive > LOST:
            found = f"found no worker at {self._cluster.address} for {LOST:g} seconds"
            for future, chunk in list(self._in_hand.items()):
                del self._in_hand[future]
                expected = "the same command again, on a cluster that runs, would be right"
                self._ready += [
                    (task, LexpError(str(task.path), found, expected)) for task in chunk
                ]
            self._is_dropping = True


def made_on_worker(tasks: tuple[Task, ...], run: Run) -> list[bytes]:
    """What a worker of the cluster does with a chunk: the answers, in order."""
    return [answer(task, run) for task in tasks]


def _not_made(task: Task, failure: BaseException) -> LexpError:
    reason = str(failure).partition("\n")[0]
    return LexpError(
        str(task.path),
        f"found that the cluster did not make it ({type(failure).__name__}: {reason})",
        "the same command again would be right",
    )
