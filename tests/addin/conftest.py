"""What all tests of the add-in share: a log of their own, so that nobody's is written to."""

import pytest

import addin.log_file as log_file


@pytest.fixture(autouse=True)
def own_log(monkeypatch, tmp_path):
    """The log below the test's own folder, on Linux and Windows; gives its path."""
    log_file.logger.cache_clear()
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    yield tmp_path / "state" / "lexp" / "lexp.log"
    for handler in log_file.logger().handlers:
        handler.close()
    log_file.logger.cache_clear()
