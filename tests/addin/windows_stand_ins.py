"""Stand-ins for Windows, under which xlwings' own Windows modules run anywhere.

Only what Windows itself brings is replaced: the modules of pywin32 and the loaders of DLLs in
ctypes. xlwings' decorators, conversions, `call_udf`, `import_udfs` and its engine for Excel are
the real ones.
"""

import ctypes
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType, SimpleNamespace
from unittest import mock

PYWIN32 = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
    "win32com.client.gencache",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
)
RELOADED = ("xlwings", "addin")
RANGE_CLASS = "{00020846-0000-0000-C000-000000000046}"
MISSING = -2147352572  # DISP_E_PARAMNOTFOUND: an optional argument left out


class ComError(Exception):
    """pywintypes.com_error."""


def error_code(number):
    """An error cell as pywin32 hands it over: VT_ERROR as a signed whole number."""
    return number + 0x800A0000 - 2**32


def _stand_in(name):
    module = ModuleType(name)
    module.__getattr__ = lambda attribute: mock.MagicMock(name=f"{name}.{attribute}")
    module.__path__ = []
    return module


def pywin32():
    """The modules by name; those that xlwings asks something of answer it."""
    modules = {name: _stand_in(name) for name in PYWIN32}
    modules["pywintypes"].TimeType = datetime
    modules["pywintypes"].com_error = ComError
    modules["pywintypes"].IID = str
    modules["pythoncom"].com_error = ComError
    modules["pythoncom"].ole_error = ComError
    modules["pythoncom"].__file__ = "pythoncom311.dll"
    modules["pythoncom"].IID_IDispatch = "IDispatch"
    modules["pythoncom"].TypeIIDs = {"IDispatch": type("PyIDispatch", (), {})}
    modules["win32timezone"].TimeZoneInfo = SimpleNamespace(utc=lambda: UTC)
    modules["win32com.client"].Dispatch = lambda each, **_: each
    modules["win32com.client"].CDispatch = type("CDispatch", (), {})
    modules["win32com.client"].CoClassBaseClass = type("CoClassBaseClass", (), {})
    modules["win32com.client"].DispatchBaseClass = type("DispatchBaseClass", (), {})
    for name, module in modules.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(modules[parent], child, module)
    return modules


@contextmanager
def windows():
    """Windows, as far as xlwings asks: what it and the add-in import anew stays within."""
    own = {n: m for n, m in sys.modules.items() if n.split(".")[0] in RELOADED}
    for name in own:
        del sys.modules[name]
    loaders = {name: mock.MagicMock(name=name) for name in ("windll", "oledll", "WinDLL", "PyDLL")}
    loaders["WINFUNCTYPE"] = ctypes.CFUNCTYPE
    try:
        with (
            mock.patch.dict(sys.modules, pywin32()),
            mock.patch.multiple(ctypes, create=True, **loaders),
        ):
            with mock.patch.object(sys, "platform", "win32"):
                import_module("addin.light_start").import_xlwings()
            yield
    finally:
        for name in [n for n in sys.modules if n.split(".")[0] in RELOADED]:
            del sys.modules[name]
        sys.modules.update(own)


class ExcelRange:
    """A Range of Excel as COM gives it: one column or block from row 1 of its sheet.

    `height` is the number of its rows, of which only those of `rows` are used; `read` collects
    how many rows were read at a time.
    """

    Row = Column = 1

    def __init__(self, rows, height, read=None):
        self.rows = rows
        self.Rows = SimpleNamespace(Count=height)
        self.Columns = SimpleNamespace(Count=len(rows[0]))
        used = SimpleNamespace(Row=1, Rows=SimpleNamespace(Count=len(rows)))
        self.Worksheet = mock.MagicMock(UsedRange=used, Range=self._part)
        self.read = [] if read is None else read
        type_attributes = SimpleNamespace(iid=RANGE_CLASS)
        type_info = SimpleNamespace(GetTypeAttr=lambda: type_attributes)
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: type_info)

    def Cells(self, row, column):
        """The place of a cell, for Worksheet.Range."""
        return row, column

    def _part(self, first, last):
        assert first == (1, 1) and last[1] == self.Columns.Count
        return ExcelRange(self.rows[: last[0]], last[0], self.read)

    @property
    def Value2(self):
        """The values of its cells."""
        self.read.append(self.Rows.Count)
        blank = (None,) * self.Columns.Count
        return (*self.rows, *[blank] * (self.Rows.Count - len(self.rows)))
