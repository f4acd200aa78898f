"""Sending what was approved: each message once, and whatever became of it in the outbox.

SMTP has no exactly-once: between the last byte of a message and the server's answer nobody knows.
What dies there is held as unknown and left to a person; everything else is certain.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from lexp_batch import outbox as states
from lexp_batch import smtp
from lexp_batch.mail_order import prepared
from lexp_batch.mail_plan import with_outbox
from lexp_batch.mail_table import Plan, PlannedMail, differences
from lexp_batch.message import Envelope, new_message_id
from lexp_batch.outbox import Entry, Outbox
from lexp_batch.sender_lock import SenderLock
from lexp_batch.smtp import PATIENT, Answer, Line, Pace, Server, ServerProblem
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems
from lexp_calc.wording import counted

LOST_IN_A_ROW = 3  # messages; then the line is not to be trusted with more
WAIT_GROWS = 3
LOOK = "look in the lender's mailbox, then --resend-unknown {0} or lexp outbox --mark-sent {0}"


@dataclass(frozen=True)
class Outcome:
    """What became of one row of the table, or of a message left over from before."""

    name: str
    state: str
    text: str
    is_problem: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


def send(plan: Plan, approve: str, server: Server, pace: Pace = PATIENT) -> Iterator[Outcome]:
    """Sends the table's messages, if `approve` is its hash; an outcome for each, as they come.

    Each is sent when its outcome is asked for: `for outcome in send(…)`, or `list(send(…))`.
    What was sent before is skipped and said. A problem of one message stops no other; one of the
    server, or of the outbox, stops them all, and what is left stays pending.
    """
    _check_approval(plan, approve)
    for problem in plan.problems:
        yield Outcome(problem.where, states.REFUSED, f"{problem.found}; {problem.expected}", True)
    with (
        SenderLock(plan.outbox),
        Outbox(plan.outbox) as outbox,
        Line(server, pace) as line,
    ):
        outbox.hold_interrupted()
        sender = _Sender(plan, outbox, line)
        for row in plan.rows:
            yield sender.outcome_of(row)
            sender.check_line()
        yield from _others_unknown(outbox, plan)


def _check_approval(plan: Plan, approve: str) -> None:
    """Refuse another table's hash, and say what differs where that table was shown from here."""
    if plan.order.sender is None:
        expected = "the address that the messages come from would be right"
        raise NotThere("--from", "found none", expected)
    if approve == plan.hash:
        return
    where, expected = "--approve", "the hash of the table as it is now, once read, would be right"
    with Outbox(plan.outbox) as outbox:
        kept = outbox.kept_table(approve)
    if kept is None:
        raise OutOfRange(where, "found a hash that no table shown from here has", expected)
    raise Problems(
        OutOfRange(where, f"found the hash of another table: {each}", expected)
        for each in differences(kept, plan)
    )


def _others_unknown(outbox: Outbox, plan: Plan) -> Iterator[Outcome]:
    """Messages of the same deals that are still unknown, of workbooks that have been replaced."""
    told = {row.key for row in plan.rows if row.problem is None}
    deals = {row.deal_id for row in plan.rows}
    for entry in outbox.entries():
        if entry.state == states.UNKNOWN and entry.key not in told and entry.key.deal in deals:
            key = entry.key
            name = f"{key.deal}_{key.tranche}_{key.lender}"
            yield Outcome(name, states.UNKNOWN, _held(entry), True)


def _held(entry: Entry) -> str:
    reason = f" ({entry.reason})" if entry.reason else ""
    return f"unknown whether message {entry.number} was sent{reason}; {LOOK.format(entry.number)}"


class _Text:
    """The moment from which on nobody knows: written down before a byte of the text is sent."""

    def __init__(self, outbox: Outbox, number: int, state: str):
        self.outbox, self.number, self.state = outbox, number, state
        self.has_begun = False

    def begin(self) -> None:
        self.outbox.begin(self.number, self.state)
        self.has_begun = True


class _Sender:
    """Sends one row after the other, at the pace that is asked for."""

    def __init__(self, plan: Plan, outbox: Outbox, line: Line):
        self.plan, self.outbox, self.line = plan, outbox, line
        self._next_at = time.monotonic()
        self._lost_in_a_row = 0

    def check_line(self) -> None:
        """Stop where one message after the other is lost on the line."""
        if self._lost_in_a_row and not self.line.was_open or self._lost_in_a_row >= LOST_IN_A_ROW:
            raise ServerProblem(
                f"mail server {self.line.server}",
                f"found the line lost with {counted(self._lost_in_a_row, 'message')} in a row",
                "the same command again, once the server answers, would be right",
            )

    def outcome_of(self, row: PlannedMail) -> Outcome:
        if row.problem is not None:
            return Outcome(row.name, states.REFUSED, str(row.problem), True)
        row = with_outbox(row, self.outbox)
        state = row.entry.state if row.entry else states.PENDING
        if state == states.SENT:
            when = f"sent already on {row.entry.at} (message {row.entry.number})"
            return Outcome(row.name, state, f"{when}; skipped")
        if state == states.SENDING:
            expected = f"{row.entry.number} is under way in another sender"
            return Outcome(row.name, state, f"message {expected}; held", True)
        if state == states.UNKNOWN and not row.again:
            return Outcome(row.name, state, _held(row.entry), True)
        order, delivery = self.plan.order, row.delivery
        entry = self.outbox.enter(
            row.key,
            new_message_id(order.sender),
            delivery.contacts,
            row.story.now.as_texts(),
        )
        try:
            content = prepared(row.story, order, Envelope(order.sender, entry.message_id))
        except LexpError as problem:
            self.outbox.note(entry.number, state, str(problem))
            return Outcome(row.name, state, str(problem), True)
        return self._told(row, entry, self._attempts(entry, content))

    def _attempts(self, entry: Entry, content: bytes) -> Answer:
        """The last of several answers; after each "later" a longer wait, and then again."""
        pace = self.line.pace
        sender = Envelope(self.plan.order.sender).address
        wait, state = pace.first_wait, entry.state
        for attempt in range(1, pace.attempts + 1):
            is_last = attempt == pace.attempts
            self._keep_pace()
            text = _Text(self.outbox, entry.number, state)
            try:
                answer = self.line.deliver(sender, entry.contacts, content, text.begin, is_last)
            except ServerProblem as problem:
                self.outbox.note(entry.number, state, str(problem))
                raise
            except BaseException:
                if text.has_begun:  # Ctrl-C on the way: what was going over the line may be there
                    self.outbox.end(entry.number, states.UNKNOWN, "stopped before the answer")
                raise
            state = self._written(entry, answer, state, text.has_begun)
            if answer.kind != smtp.LATER or is_last:
                return answer
            time.sleep(wait)
            wait *= WAIT_GROWS
        raise AssertionError("at least one attempt")

    def _written(self, entry: Entry, answer: Answer, before: str, has_begun: bool) -> str:
        """The state after an answer, written down; what was unknown stays so until it is sent."""
        after = {
            smtp.SENT: states.SENT,
            smtp.REFUSED: states.REFUSED,
            smtp.LATER: states.PENDING,
            smtp.UNKNOWN: states.UNKNOWN,
        }[answer.kind]
        if entry.state == states.UNKNOWN and after != states.SENT:
            after = states.UNKNOWN
        elif answer.kind == smtp.LATER and not has_begun:
            after = before
        if has_begun:
            self.outbox.end(entry.number, after, answer.reason, answer.refused)
        else:
            self.outbox.note(entry.number, after, answer.reason, answer.refused)
        return after

    def _keep_pace(self) -> None:
        """Waits until the next message may go; by a clock that never goes back."""
        now = time.monotonic()
        if now < self._next_at:
            time.sleep(self._next_at - now)
        self._next_at = max(now, self._next_at) + 60 / self.line.pace.a_minute

    def _told(self, row: PlannedMail, entry: Entry, answer: Answer) -> Outcome:
        name, number = row.name, entry.number
        self._lost_in_a_row = self._lost_in_a_row + 1 if answer.is_line_lost else 0
        refused = "; ".join(f"{each} refused: {why}" for each, why in answer.refused.items())
        if answer.kind == smtp.SENT:
            taken = [each for each in entry.contacts if each not in answer.refused]
            text = f"sent to {', '.join(taken)} (message {number})"
            if refused:
                text += f"; {refused}"
            return Outcome(name, states.SENT, text, bool(refused))
        if entry.state == states.UNKNOWN or answer.kind == smtp.UNKNOWN:
            state = states.UNKNOWN
            text = f"unknown whether message {number} was sent ({answer.reason}); "
            return Outcome(name, state, text + LOOK.format(number), True)
        if answer.kind == smtp.LATER:
            text = f"not sent (message {number}): the server said later, {answer.reason}"
            return Outcome(name, states.PENDING, f"{text}; the same command again tries it", True)
        text = f"refused by the server (message {number}): {refused or answer.reason}"
        return Outcome(name, states.REFUSED, text, True)
