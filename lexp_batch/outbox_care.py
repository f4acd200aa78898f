"""The outbox outside of sending: looked at, and what a person found out written into it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from lexp_batch.outbox import Entry, Outbox
from lexp_batch.sender_lock import SenderLock
from lexp_calc.errors import OutOfRange


def listed_entries(
    path: Path, mark_sent: Sequence[int] = (), mark_not_sent: Sequence[int] = ()
) -> list[Entry]:
    """All messages, once those that a person has found out about are marked as sent or not sent.

    What a dead sender left behind becomes unknown; while one is at work its messages are shown as
    they are. Without an outbox there is none.
    """
    if not path.exists() and not (mark_sent or mark_not_sent):
        return []
    with Outbox(path) as outbox:
        if mark_sent or mark_not_sent:
            with SenderLock(path):
                outbox.hold_interrupted()
                for number in mark_sent:
                    outbox.mark_sent(number)
                for number in mark_not_sent:
                    outbox.mark_not_sent(number)
        else:
            with suppress(OutOfRange), SenderLock(path):  # suppressed: a sender is at work
                outbox.hold_interrupted()
        return outbox.entries()
