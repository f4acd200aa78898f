"""The add-in made by Excel itself, over COM, where it refuses the file that lexp makes (Windows).

Excel imports the very same VBA, writes the settings' sheet and saves; the ribbon, which Excel
cannot be told, is put into the saved file afterwards. Importing VBA needs the user's leave.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from addin.addin_file import SHEET, is_lexps, settings_of
from addin.ribbon_part import with_ribbon
from addin.steps import Say
from addin.whole_files import write_whole
from lexp_calc.errors import LexpError, NotThere

ONE_SHEET = -4167  # xlWBATWorksheet
ADDIN_FORMAT = 55  # xlOpenXMLAddIn
NO_MACROS = 3  # msoAutomationSecurityForceDisable
DOCUMENT_TYPE = 100  # vbext_ct_Document
WHERE = "Excel"
LEAVE = (
    "leave to change VBA would be right: in Excel choose File, Options, Trust Center, Trust Center "
    'Settings, Macro Settings, tick "Trust access to the VBA project object model", close Excel '
    "and run this again (and take the tick away afterwards)"
)


def make_with_excel(path: Path, say: Say) -> None:
    """Has Excel make the add-in under `path`; Excel is ended whatever happens."""
    from addin.build import build_xlam, vba_sources

    model = path.with_name("model.xlam")
    build_xlam(model)
    saved = path.with_name("saved.xlam")
    with _excel() as excel:
        say("Excel: started, hidden")
        with _refusals("to make a workbook"):
            book = excel.Workbooks.Add(ONE_SHEET)
        _write_settings(book, settings_of(model) or {})
        _import_code(book, vba_sources().values())
        with _refusals("to save the add-in"):
            book.SaveAs(str(saved), ADDIN_FORMAT)
            book.Close(False)
    content = _finished(saved, model)
    write_whole(path, content)
    if not is_lexps(path):
        found = "found that the file which it saved is no add-in of lexp"
        raise LexpError(WHERE, found, "to install without --with-excel would be right")
    say("Excel: the add-in is made, and Excel ended")


@contextmanager
def _excel() -> Iterator:
    try:
        from win32com.client import DispatchEx
    except ImportError:
        found = "pywin32 is not in this Python environment"
        raise NotThere("win32com", found, "python -m pip install pywin32") from None
    with _refusals("to start"):
        excel = DispatchEx("Excel.Application")
    try:
        with _refusals("to work hidden"):
            excel.Visible = False
            excel.DisplayAlerts = False
            excel.EnableEvents = False
            excel.AutomationSecurity = NO_MACROS
        yield excel
    finally:
        # One that cannot be ended has died; what went wrong before is worth more.
        with suppress(_com_error()):
            excel.Quit()


def _com_error() -> type[Exception]:
    import pywintypes

    return pywintypes.com_error


@contextmanager
def _refusals(what: str, expected: str = "") -> Iterator[None]:
    """Turns an error of COM into a refusal in words: what Excel did not do, and its own reason."""
    try:
        yield
    except (_com_error(), AttributeError) as failure:  # the latter of an Excel that is busy
        details = getattr(failure, "excepinfo", None)
        reason = (details[2] if details else None) or getattr(failure, "strerror", None) or failure
        found = f"found that it refused {what} ({reason})"
        advice = expected or "to close Excel and run this again would be right"
        raise LexpError(WHERE, found, advice) from failure


def _write_settings(book, settings: dict[str, str]) -> None:
    with _refusals("to write the sheet of settings"):
        sheet = book.Worksheets(1)
        sheet.Name = SHEET
        for row, (key, value) in enumerate(settings.items(), 1):
            for column, text in ((1, key), (2, value)):
                cell = sheet.Cells(row, column)
                cell.NumberFormat = "@"  # a version such as 1.10 stays a text
                cell.Value = text


def _import_code(book, modules) -> None:
    """The same VBA as in the file that lexp makes; Excel's own modules are given their code."""
    from addin.build.vba_module import CODE_PAGE, ModuleKind

    with _refusals("access to the VBA project", LEAVE):
        project = book.VBProject
        components = project.VBComponents
        documents = [each for each in components if each.Type == DOCUMENT_TYPE]
    with _refusals("to name the VBA project"):
        project.Name = "lexp"
    with tempfile.TemporaryDirectory(prefix="lexp-") as folder:
        for module in modules:
            with _refusals(f"the VBA module {module.name}"):
                if module.kind is ModuleKind.DOCUMENT:
                    _set_document_code(book, documents, module)
                    continue
                path = Path(folder).resolve() / module.file_name
                path.write_bytes(module.exported.encode(CODE_PAGE))
                components.Import(str(path))


def _set_document_code(book, documents, module) -> None:
    """The code of the workbook or of its sheet, whose modules Excel has made already."""
    is_books = module.name == "ThisWorkbook"
    component = _document(book, documents, is_books)
    code = component.CodeModule
    if code.CountOfLines:  # an editor set to demand declarations has written a line
        code.DeleteLines(1, code.CountOfLines)
    if module.code.strip():
        code.AddFromString(module.code)


def _document(book, documents, is_books: bool):
    """The workbook's module, or its sheet's: their names are in Excel's language.

    A new workbook may not know its own name yet; the sheet's then tells which is not it.
    """
    known = ((book.CodeName, is_books), (book.Worksheets(1).CodeName, not is_books))
    for name, is_wanted in known:
        if name:
            return next(each for each in documents if (each.Name == name) is is_wanted)
    found = "found that it does not say which VBA module is the workbook's"
    raise LexpError(WHERE, found, "to open Excel once, close it and run this again may help")


def _finished(saved: Path, model: Path) -> bytes:
    try:
        return with_ribbon(saved, model)
    except (OSError, zipfile.BadZipFile, KeyError) as failure:
        found = "found that it saved no add-in"
        raise LexpError(WHERE, found, "to close Excel and run this again may help") from failure
