"""How far a batch is: a bar on a terminal, a line a minute elsewhere."""

import io
import sys
from types import SimpleNamespace

import pytest

from lexp_batch import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A steady clock that the test sets."""
    now = SimpleNamespace(seconds=0.0)
    monkeypatch.setattr(progress, "monotonic", lambda: now.seconds)
    return now


def test_a_line_a_minute(clock, capsys):
    with progress.Progress(SimpleNamespace(expected=1_000)) as shown:
        for number in range(1, 400):
            clock.seconds = number / 3
            shown.step()
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "180 of 1,000 workbooks, 3.0 a second, about 5 minutes left",
        "360 of 1,000 workbooks, 3.0 a second, about 4 minutes left",
    ]


def test_the_end_is_near(clock, capsys):
    with progress.Progress(SimpleNamespace(expected=65)) as shown:
        for number in range(1, 61):
            clock.seconds = number
            shown.step()
    line = "60 of 65 workbooks, 1.0 a second, less than a minute left\n"
    assert capsys.readouterr().err == line


def test_a_bar_with_rate_and_time_left(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "QUIET", 0)
    batch = SimpleNamespace(expected=4)
    with progress.Progress(batch) as shown:
        shown._bar.mininterval = 0
        shown.step()
        batch.expected = 8
        shown.step()
        text = terminal.getvalue()
    assert "2/8" in text and "workbooks/s" in text and "<" in text
