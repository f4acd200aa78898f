"""Which lexp this is, and which xlwings it needs and has, found without loading either."""

import re
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from lexp_calc import __version__
from lexp_calc.errors import NotThere

_PIN = re.compile(r"xlwings\s*==\s*([\w.]+)")


def lexp_version() -> str:
    """The version of this lexp, as what it makes has it."""
    return __version__


def lexp_installed() -> str:
    """The version under which lexp is installed; "" where it only runs from its sources."""
    return _version("lexp")


def xlwings_version() -> str:
    """The version of xlwings in this environment; "" if there is none."""
    return _version("xlwings")


def xlwings_needed() -> str:
    """The one version of xlwings with which this lexp works; "" if lexp is not installed."""
    try:
        needed = requires("lexp") or ()
    except PackageNotFoundError:
        return ""
    return next((match[1] for each in needed if (match := _PIN.match(each))), "")


def check_xlwings() -> None:
    """Refuses an environment without the xlwings that the add-in is made of."""
    needed, found = xlwings_needed(), xlwings_version()
    if not found or (needed and found != needed):
        exact = f"xlwings=={needed}" if needed else "xlwings"
        raise NotThere(
            "xlwings",
            f"found version {found}" if found else "not found in this Python environment",
            f"{exact} would be right: python -m pip install {exact}",
        )


def xlwings_folder() -> Path:
    """The folder of the xlwings package."""
    check_xlwings()
    return Path(find_spec("xlwings").origin).parent


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
