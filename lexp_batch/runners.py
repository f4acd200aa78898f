"""Where the tasks of a batch run: here, in processes of this machine, or on a cluster.

All runners have one shape, so that the driver that keeps the records is the same for each.
"""

from collections import deque
from collections.abc import Sequence
from typing import Protocol

from lexp_batch.tasks import Made, Task, make

Chunk = Sequence[Task]  # of one deal: it is read and projected once for them
Result = tuple[Task, Made | Exception]


class Runner(Protocol):
    """Takes chunks of tasks while it has room, and gives each task's result as it is there.

    Used in a `with` block, which ends all that it started.
    """

    @property
    def has_room(self) -> bool:
        """Whether another chunk keeps it busier than it is."""

    @property
    def is_busy(self) -> bool:
        """Whether results are still to come."""

    def submit(self, chunk: Chunk) -> None:
        """Takes the tasks of a chunk."""

    def next_result(self) -> Result | None:
        """The next result; None where there is none for the moment."""

    def drop_waiting(self) -> None:
        """Forgets what has not begun: those tasks get no result."""


class InThisProcess:
    """One task after another, in the process of the batch itself."""

    def __init__(self):
        self._waiting: deque[Task] = deque()

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *exception) -> None:
        self.drop_waiting()

    @property
    def has_room(self) -> bool:
        return not self._waiting

    @property
    def is_busy(self) -> bool:
        return bool(self._waiting)

    def submit(self, chunk: Chunk) -> None:
        self._waiting.extend(chunk)

    def next_result(self) -> Result:
        task = self._waiting.popleft()
        try:
            return task, make(task)
        except Exception as failure:  # one item of the batch: its result is the failure
            return task, failure

    def drop_waiting(self) -> None:
        self._waiting.clear()
