"""A stand-in for Excel over COM: records every call, and can fail at each of them.

It knows what the making of an add-in asks for, by Microsoft's documentation of Excel's and of the
Visual Basic editor's objects, in a German Excel, whose own modules have German names.
"""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

from tests.addin.installed_machine import xlam

PLAIN = (str, int, float, bool, type(None), bytes)


class ComError(Exception):
    """pywintypes.com_error: a number, a text, and what the other program says."""

    def __init__(self, words="a reason of Excel's own", scode=-2146827284):
        details = (0, "Microsoft Excel", words, None, 0, scode)
        super().__init__(-2147352567, "Exception occurred.", details, None)
        self.hresult, self.strerror, self.excepinfo, self.argerror = self.args


class Recorder:
    """The calls in order; the one of number `fails_at` fails."""

    def __init__(self, fails_at=None):
        self.calls = []
        self.fails_at = fails_at

    def step(self, name):
        """One call."""
        self.calls.append(name)
        if len(self.calls) - 1 == self.fails_at:
            raise ComError()


class Proxy:
    """An object as COM hands it over: every use of it is a call."""

    def __init__(self, model, recorder, name):
        object.__setattr__(self, "_parts", (model, recorder, name))

    def _wrapped(self, value, name):
        return value if isinstance(value, PLAIN) else Proxy(value, self._parts[1], name)

    def __getattr__(self, name):
        model, recorder, _ = self._parts
        if not callable(getattr(type(model), name, None)):
            recorder.step(f"get {name}")
        return self._wrapped(getattr(model, name), name)

    def __setattr__(self, name, value):
        model, recorder, _ = self._parts
        recorder.step(f"set {name}")
        setattr(model, name, value)

    def __call__(self, *given):
        model, recorder, name = self._parts
        recorder.step(f"call {name}")
        return self._wrapped(model(*given), name)

    def __iter__(self):
        model, recorder, name = self._parts
        recorder.step(f"list {name}")
        return iter([self._wrapped(each, name) for each in model])


class Code:
    """The code of a module."""

    def __init__(self):
        self.text = "Option Explicit\r\n"

    @property
    def CountOfLines(self):
        """Lines of code."""
        return len(self.text.splitlines())

    def DeleteLines(self, first, number):
        """All of it, here."""
        assert (first, number) == (1, self.CountOfLines)
        self.text = ""

    def AddFromString(self, text):
        """More code."""
        self.text += text


class Components(list):
    """The modules of the project."""

    def __init__(self):
        names = ("Tabelle1", "DieseArbeitsmappe")
        super().__init__(SimpleNamespace(Name=name, Type=100, CodeModule=Code()) for name in names)
        self.imported = {}

    def Import(self, path):
        """Takes a module in from a file."""
        self.imported[Path(path).name] = Path(path).read_bytes()


class Book:
    """A new workbook of one sheet."""

    CodeName = "DieseArbeitsmappe"

    def __init__(self, excel):
        self.excel = excel
        self.cells = {}
        self.sheet = SimpleNamespace(Name="Tabelle1", CodeName="Tabelle1", Cells=self.cell)
        self.project = SimpleNamespace(Name="VBAProject", VBComponents=Components())

    def cell(self, row, column):
        """A cell of the sheet."""
        return self.cells.setdefault((row, column), SimpleNamespace(NumberFormat="", Value=None))

    def Worksheets(self, number):
        """The one sheet."""
        assert number == 1
        return self.sheet

    @property
    def VBProject(self):
        """The code; refused unless the user has trusted such access."""
        if not self.excel.is_trusted:
            raise ComError("Der programmatische Zugriff auf das VB-Projekt ist nicht sicher.")
        return self.project

    def SaveAs(self, path, file_format):
        """Writes what Excel would write, but for the ribbon."""
        assert file_format == 55
        rows = max((row for row, _ in self.cells), default=0)
        content = {self.cells[row, 1].Value: self.cells[row, 2].Value for row in range(1, rows + 1)}
        saved = xlam(content, sheet=self.sheet.Name, ribbon=None)
        Path(path).write_bytes(self.excel.saves or saved)

    def Close(self, save):
        """Closes it."""
        assert save is False


class Excel:
    """The program."""

    def __init__(self):
        self.is_trusted = True
        self.saves = None
        self.ended = 0
        self.books = []
        self.Workbooks = SimpleNamespace(Add=self.add)

    def add(self, kind):
        """A new workbook."""
        assert kind == -4167
        self.books.append(Book(self))
        return self.books[-1]

    def Quit(self):
        """Ends it."""
        self.ended += 1


def installed(monkeypatch, excel, recorder):
    """Puts the stand-ins for pywin32's modules in place."""
    win32com, client, pywintypes = map(ModuleType, ("win32com", "win32com.client", "pywintypes"))

    def dispatch(name):
        assert name == "Excel.Application"
        recorder.step("start")
        return Proxy(excel, recorder, "Excel")

    client.DispatchEx = dispatch
    win32com.client = client
    pywintypes.com_error = ComError
    for module in (win32com, client, pywintypes):
        monkeypatch.setitem(sys.modules, module.__name__, module)
