"""The tasks of a batch on a Dask cluster whose workers see the same files.

A task may run twice, where a worker is lost: it gives the same bytes. Every chunk carries the
product that asks for it, so that a worker that joins later with another one is refused as well.
"""

import logging
import platform
from dataclasses import dataclass
from pathlib import Path
from pickle import loads
from queue import Empty, SimpleQueue
from time import monotonic

from lexp_batch.product import product
from lexp_batch.run_lock import Run
from lexp_batch.runners import Chunk, Result
from lexp_batch.tasks import Task
from lexp_batch.worker import answer
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems, WrongKind

LOCAL = "local"
HERE = "127.0.0.1"
PATIENCE = 0.2  # seconds to wait for a result before the caller may look at other things
START = 30.0  # seconds for the connection, and for the first worker
LOST = 60.0  # seconds without connection or workers until the rest is given up
NEEDED = 'pip install "lexp[cluster]"'


@dataclass(frozen=True)
class Cluster:
    """The address of a scheduler, or `local`; the files of TLS, else what Dask is set to."""

    address: str
    ca: str | None = None
    cert: str | None = None
    key: str | None = None


class OnCluster:
    """The runner for a cluster; connected, and its workers looked at, in a `with` block."""

    def __init__(self, cluster: Cluster, jobs: int, run: Run):
        self._cluster, self._jobs, self._run = cluster, jobs, run
        self._client = self._local = None
        self._ready: list[Result] = []
        self._done: SimpleQueue = SimpleQueue()
        self._in_hand: dict[object, Chunk] = {}  # by their futures
        self._most_in_hand = 1
        self._is_dropping = False
        self._alive = monotonic()

    def __enter__(self) -> "OnCluster":
        try:
            import distributed
        except ImportError:
            found = "found no distributed, which speaks with the cluster"
            raise NotThere("--cluster", found, f"{NEEDED} would be right") from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._connect(distributed)
            self._look_at_workers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception) -> None:
        for each in (self._client, self._local):
            if each is not None:
                try:
                    each.close(timeout=START)
                except Exception as failure:  # it ends anyway
                    logging.getLogger(__name__).debug("closing: %s", failure)
        self._client = self._local = None

    @property
    def has_room(self) -> bool:
        return len(self._in_hand) < self._most_in_hand and not self._is_dropping

    @property
    def is_busy(self) -> bool:
        return bool(self._in_hand or self._ready)

    def submit(self, chunk: Chunk) -> None:
        future = self._client.submit(made_on_worker, tuple(chunk), self._run, pure=False)
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
        failure = _failure_of(future)
        if failure is None:
            answers = future.result()
            self._ready += [
                (task, loads(each)[1]) for task, each in zip(chunk, answers, strict=True)
            ]
        elif type(failure).__name__ == "KilledWorker" and len(chunk) > 1:
            for task in chunk:  # one of them kills its worker: the others are no part of that
                self.submit([task])
        else:
            self._ready += [(task, _not_made(task, failure)) for task in chunk]

    def _give_up_if_lost(self) -> None:
        if not self._in_hand:
            return
        if self._client.status == "running" and _threads(self._client):
            self._alive = monotonic()
        elif monotonic() - self._alive > LOST:
            found = f"found no worker at {self._cluster.address} for {LOST:g} seconds"
            for future, chunk in list(self._in_hand.items()):
                del self._in_hand[future]
                expected = "a cluster that runs, and the same command again, would be right"
                self._ready += [
                    (task, LexpError(str(task.path), found, expected)) for task in chunk
                ]
            self._is_dropping = True

    def _connect(self, distributed) -> None:
        security = self._security(distributed)
        try:
            if self._cluster.address == LOCAL:
                self._local = distributed.LocalCluster(
                    n_workers=self._jobs,
                    threads_per_worker=1,
                    host=HERE,
                    dashboard_address=f"{HERE}:0",
                    silence_logs=logging.CRITICAL,
                    security=security,
                )
            self._client = distributed.Client(
                self._local or self._cluster.address,
                security=security,
                timeout=START,
                set_as_default=False,
            )
            self._client.wait_for_workers(1, timeout=START)
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as failure:
            reason = str(failure).strip().partition("\n")[0] or type(failure).__name__
            found = f"found no cluster that answers at {self._cluster.address} ({reason})"
            expected = "the address of a scheduler with workers, such as tcp://host:8786,"
            raise NotThere("--cluster", found, f"{expected} would be right") from None

    def _security(self, distributed):
        """TLS from the files that were given; for `local` of its own, where that can be made."""
        cluster = self._cluster
        if cluster.ca is not None:
            for file in (cluster.ca, cluster.cert, cluster.key):
                if not Path(file).is_file():
                    raise NotThere(file, "found no such file", "a PEM file would be right")
            security = distributed.Security(
                tls_ca_file=cluster.ca,
                tls_client_cert=cluster.cert,
                tls_client_key=cluster.key,
                require_encryption=True,
            )
            return self._readable(security)
        if cluster.address == LOCAL:
            try:
                return distributed.Security.temporary()
            except ImportError:  # without the package cryptography
                return None
        return self._readable(distributed.Security())

    def _readable(self, security):
        """The certificates, once they have been read; Dask itself would find out too late."""
        try:
            context = security.get_connection_args("client").get("ssl_context")
        except (OSError, ValueError, RuntimeError) as failure:
            found = f"found certificates that cannot be read ({failure})"
            raise WrongKind("--cluster", found, "PEM files would be right") from None
        if context is None and self._cluster.address.startswith("tls:"):
            found = f"found no certificates for {self._cluster.address}"
            expected = "--cluster-tls-ca, -cert and -key, or those in Dask's settings,"
            raise NotThere("--cluster", found, f"{expected} would be right")
        return security

    def _look_at_workers(self) -> None:
        """Refuses workers of another Python or lexp, and those that do not see the same files."""
        problems = []
        here = platform.python_version_tuple()[:2]
        workers = self._client.get_versions()["workers"]
        for worker, versions in workers.items():
            python = str(versions["host"]["python"]).split(".")
            if tuple(python[:2]) != here:
                found = f"found Python {'.'.join(python[:3])}"
                problems.append(OutOfRange(worker, found, f"{'.'.join(here)} would be right"))
        if not problems:
            sights = self._client.run(_sight(), self._run.lock, self._run.mark, on_error="return")
            problems = [each for worker, seen in sights.items() for each in _wrong(worker, seen)]
        if problems:
            raise Problems(each.at("--cluster") for each in problems)
        self._most_in_hand = 2 * max(_threads(self._client), 1)


def made_on_worker(tasks: tuple[Task, ...], run: Run) -> list[bytes]:
    """What a worker of the cluster does with a chunk: the answers, in order."""
    return [answer(task, run) for task in tasks]


def _threads(client) -> int:
    try:
        return sum(client.nthreads().values())
    except Exception:  # the connection is lost in between: none
        return 0


def _failure_of(future) -> BaseException | None:
    try:
        return future.exception()
    except BaseException as failure:  # cancelled, as when the scheduler is gone
        return failure


def _not_made(task: Task, failure: BaseException) -> LexpError:
    return LexpError(
        str(task.path),
        f"found that the cluster did not make it ({type(failure).__name__}: {failure})",
        "the same command again would be right",
    )


def _sight():
    """A function that goes to a worker by its content: it answers also where lexp is missing."""

    def seen(lock: str, mark: str) -> tuple[str, str, bool]:
        from lexp_batch.product import product
        from lexp_batch.run_lock import Run

        return product().key, str(product()), Run(lock, mark).is_current()

    return seen


def _wrong(worker: str, seen: object):
    """What is wrong with a worker that answered so."""
    if isinstance(seen, BaseException):
        found = f"found no lexp that answers there ({type(seen).__name__}: {seen})"
        yield NotThere(worker, found, f"{product()} would be right")
        return
    key, shown, sees_files = seen
    if key != product().key:
        yield OutOfRange(worker, f"found {shown}", f"{product()} would be right")
    if not sees_files:
        found = "found that it does not see the folder of --out"
        expected = "storage that all machines share, under the same path, would be right"
        yield NotThere(worker, found, expected)
