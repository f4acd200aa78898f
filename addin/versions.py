"""Which lexp this is, and which xlwings it needs and has, found without loading either."""

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from lexp_calc import __version__
from lexp_calc.errors import NotThere

# Pinned in setup.cfg too: its VBA names the DLL by version, and is changed here word by word.
XLWINGS_NEEDED = "0.37.8"


def lexp_version() -> str:
    """The version of this lexp, as what it makes has it."""
    return __version__


def lexp_installed() -> str:
    """The version under which lexp is installed; "" where it only runs from its sources."""
    return _version("lexp")


def xlwings_version() -> str:
    """The version of xlwings in this environment; "" if there is none."""
    return _version("xlwings")


def check_xlwings() -> None:
    """Refuses an environment without the xlwings that the add-in is made of."""
    found = xlwings_version()
    if found != XLWINGS_NEEDED:
        exact = f"xlwings=={XLWINGS_NEEDED}"
        raise NotThere(
            "xlwings",
            f"found version {found}" if found else "not found in this Python environment",
            f"{exact} would be right: python -m pip install {exact}",
        )


def xlwings_folder() -> Path:
    """The folder of the xlwings package, of the version that is needed."""
    check_xlwings()
    return Path(find_spec("xlwings").origin).parent


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
