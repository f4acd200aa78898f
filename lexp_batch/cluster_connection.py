"""The connection to a Dask cluster: its address, TLS, and a look at its workers."""

import logging
import platform
from dataclasses import dataclass
from pathlib import Path

from lexp_batch.product import product
from lexp_batch.run_lock import Run
from lexp_calc.errors import NotThere, OutOfRange, Problems, WrongKind

LOCAL = "local"
HERE = "127.0.0.1"
START = 30.0  # seconds for the connection, and for the first worker
NEEDED = 'pip install "lexp[cluster]"'


@dataclass(frozen=True)
class Cluster:
    """The address of a scheduler, or `local`; the files of TLS, else what Dask is set to."""

    address: str
    ca: str | None = None
    cert: str | None = None
    key: str | None = None


class Connection:
    """A client of the cluster, and the cluster itself where it is one of this machine.

    Opened in a `with` block; refused where nobody answers, or a worker would not do.
    """

    def __init__(self, cluster: Cluster, jobs: int, run: Run):
        self._cluster, self._jobs, self._run = cluster, jobs, run
        self.client = self._local = None

    def __enter__(self) -> "Connection":
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
        for each in (self.client, self._local):
            if each is not None:
                try:
                    each.close(timeout=START)
                except Exception as failure:  # it ends anyway
                    logging.getLogger(__name__).debug("closing: %s", failure)
        self.client = self._local = None

    @property
    def is_alive(self) -> bool:
        """Whether there are a scheduler and workers."""
        return self.client.status == "running" and self.threads > 0

    @property
    def threads(self) -> int:
        """The threads of all workers."""
        try:
            return sum(self.client.nthreads().values())
        except Exception:  # the connection is lost in between: none
            return 0

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
            self.client = distributed.Client(
                self._local or self._cluster.address,
                security=security,
                timeout=START,
                set_as_default=False,
            )
            self.client.wait_for_workers(1, timeout=START)
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
            except ImportError:
                found = "not found in this Python, and without it anybody here could send work"
                expected = 'pip install "lexp[cluster]" would be right'
                raise NotThere("the package cryptography", found, expected) from None
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
        workers = self.client.get_versions()["workers"]
        for worker, versions in workers.items():
            python = str(versions["host"]["python"]).split(".")
            if tuple(python[:2]) != here:
                found = f"found Python {'.'.join(python[:3])}"
                problems.append(OutOfRange(worker, found, f"{'.'.join(here)} would be right"))
        if not problems:
            sights = self.client.run(_sight(), self._run.lock, self._run.mark, on_error="return")
            problems = [each for worker, seen in sights.items() for each in _wrong(worker, seen)]
        if problems:
            raise Problems(each.at("--cluster") for each in problems)


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
