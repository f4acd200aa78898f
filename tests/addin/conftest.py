"""What all tests of the add-in share: a log of their own, so that nobody's is written to."""

import logging

import pytest


@pytest.fixture(autouse=True)
def own_log(monkeypatch, tmp_path):
    """The log below the test's own folder, on Linux and Windows; gives its path."""
    end_logging()
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    yield tmp_path / "state" / "lexp" / "lexp.log"
    end_logging()


def end_logging():
    """Closes the log, whichever copy of the package has opened it."""
    handlers = logging.getLogger("lexp").handlers
    while handlers:
        handlers.pop().close()
