"""A worker process: makes the tasks that come through its stdin, and answers on its stdout.

It ends when its stdin does, so never outlives the driver by more than the workbook in its hands.
"""

import os
import pickle
import signal
import sys
import traceback


def main() -> None:
    """Answers (True, Made) or (False, the failure) to each (task, run), in order."""
    # Ctrl-C in a terminal reaches all its processes; the driver alone decides what it means.
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anybody prints is no answer
    try:
        while True:
            answers.write(answer(*pickle.load(sys.stdin.buffer)))
            answers.flush()
    except (EOFError, OSError, pickle.UnpicklingError):  # the driver is gone
        os._exit(0)


def answer(task, run) -> bytes:
    """(True, Made) or (False, the failure), pickled."""
    from lexp_batch.tasks import make

    try:
        return pickle.dumps((True, make(task, run)))
    except Exception as failure:  # one item of the batch: the driver says what it was
        return pickled_failure(failure)


def pickled_failure(failure: Exception) -> bytes:
    """A failure for another process, with its traceback as a note for the log."""
    text = "".join(traceback.format_exception(failure))
    inner = getattr(failure, "problem", failure)
    inner.add_note(f"In a worker process:\n{text}")
    try:
        content = pickle.dumps((False, failure))
        pickle.loads(content)
        return content
    except Exception:  # not every exception survives the way
        return pickle.dumps((False, RuntimeError(text)))


if __name__ == "__main__":
    main()
