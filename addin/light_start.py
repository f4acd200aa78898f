"""xlwings without what it loads only because it is there.

At its start xlwings imports matplotlib, pandas, numpy and polars wherever they are installed, in
case a function takes or gives their objects. None here does, and the first cell of a sheet
would wait a second for them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

HELD_BACK = ("matplotlib", "numpy", "pandas", "polars")


def import_xlwings() -> ModuleType:
    """The module xlwings; what is held back can be imported afterwards as ever."""
    with _held_back():
        return import_module("xlwings")


@contextmanager
def _held_back() -> Iterator[None]:
    held = [name for name in HELD_BACK if name not in sys.modules]
    sys.modules.update(dict.fromkeys(held))  # to Python, None is a module that is not there
    try:
        yield
    finally:
        for name in held:
            del sys.modules[name]
