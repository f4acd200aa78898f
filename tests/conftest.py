"""What all tests share: no silent skips where nothing may be skipped, and one of each engine."""

import os
import tempfile

import pytest
from hypothesis import settings

from lexp_calc.errors import NotThere
from workbook_templates.formulon_engine import Formulon
from workbook_templates.libreoffice import LibreOffice

# The suite makes up the same deals on every run, so that a failure is news of the change at
# hand; `pytest --hypothesis-profile=new-deals` looks for more, evenly over all terms.
settings.register_profile("same-deals", derandomize=True)
settings.register_profile("new-deals", backend="hypothesis-urandom", print_blob=True)
settings.load_profile("same-deals")

# The log of the add-in, and of what tests make it refuse, is not the user's.
FOLDER_OF_LOGS = tempfile.TemporaryDirectory(prefix="lexp-tests-")
os.environ |= dict.fromkeys(("XDG_STATE_HOME", "LOCALAPPDATA"), FOLDER_OF_LOGS.name)

NOTHING_SKIPPED = os.environ.get("LEXP_NOTHING_SKIPPED") == "1"


def fail_if_skipped(report):
    """With LEXP_NOTHING_SKIPPED=1 a skip is a failure: a test that did not run proves nothing."""
    expected_to_fail = hasattr(report, "wasxfail")
    if NOTHING_SKIPPED and report.skipped and not expected_to_fail:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"LEXP_NOTHING_SKIPPED=1, and this was skipped: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return fail_if_skipped((yield))


def started(kind):
    """A second engine, one a test process; a test that asks for it is skipped without it."""
    engine = kind(time_limit=120)
    try:
        engine.start()
    except NotThere as problem:
        pytest.skip(str(problem))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def libreoffice():
    """The second engine."""
    yield from started(LibreOffice)


@pytest.fixture(scope="session")
def formulon():
    """The second engine that comes with pip."""
    yield from started(Formulon)
