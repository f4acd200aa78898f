"""How far a batch is: a bar on a terminal, else a line a minute, both on stderr."""

import sys
from time import monotonic

import click

from lexp_calc.wording import counted

MINUTE = 60.0
QUIET = 1.0  # seconds before a bar appears


class Progress:
    """Follows a batch, in a `with` block. Its rate and time left are by the steady clock."""

    def __init__(self, batch):
        self._batch = batch
        self._done = 0
        self._start = self._last_line = monotonic()
        self._bar = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=batch.expected, unit=" workbooks", delay=QUIET, leave=False, file=sys.stderr
            )

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *exception) -> None:
        if self._bar is not None:
            self._bar.close()

    def say(self, text: str) -> None:
        """A line of the results, beside the bar and not across it."""
        if self._bar is not None and sys.stdout.isatty():
            self._bar.clear()
        click.echo(text)

    def step(self) -> None:
        """One workbook more is there, up to date or failed."""
        self._done += 1
        if self._bar is not None:
            self._bar.total = max(self._batch.expected, self._done)
            self._bar.update()
        elif monotonic() - self._last_line >= MINUTE:
            self._last_line = monotonic()
            click.echo(self._line(), err=True)

    def _line(self) -> str:
        expected = max(self._batch.expected, self._done)
        rate = self._done / (monotonic() - self._start)
        minutes = round((expected - self._done) / rate / MINUTE)
        left = f"about {counted(minutes, 'minute')} left" if minutes else "less than a minute left"
        return f"{self._done:,} of {expected:,} workbooks, {rate:.1f} a second, {left}"
