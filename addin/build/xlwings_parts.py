"""What the add-in takes from the installed xlwings: its VBA, and the parts of an empty add-in.

xlwings is under the BSD licence, whose notice stays at the head of its module. Nothing of it is
kept in this repository: it is read when the add-in is built, and changed where a workbook that
somebody has mailed could otherwise choose what runs.
"""

import re
from zipfile import ZipFile

from addin.build.vba_module import Module, class_module, standard_module
from addin.versions import XLWINGS_NEEDED, xlwings_folder
from lexp_calc.errors import NotThere, OutOfRange

EMPTY_ADD_IN = "quickstart_addin_ribbon.xlam"
PROJECT = "lexp"

ACTION = "import addin.actions; addin.actions.run("

# Text of xlwings' module and what stands there instead; each is found exactly once.
REPLACED = (
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"'),
    # Python does not import from the folder in which Excel happens to be, a mailed one perhaps.
    (' -B -c ""import sys, os;"', ' -B -P -c ""import sys, os;"'),
    # One worker for all workbooks, whose names are no part of its command, and no import of
    # xlwings before addin.server has held back what makes it slow.
    (
        r'import xlwings.utils;xlwings.utils.prepare_sys_path(\""" & PYTHONPATH & "\"");'
        "import xlwings; xlwings.serve('$(CLSID)')",
        "import addin.server; addin.server.serve('$(CLSID)')",
    ),
    ('AddExcelDir & ";" & ActiveWorkbook.FullName', 'AddExcelDir & ";" & ThisWorkbook.FullName'),
    (
        r' -B -c ""import xlwings.utils;xlwings.utils.prepare_sys_path(\""" & PYTHONPATH & "\""); "'
        " & PythonCommand",
        ' -B -P -c """ & PythonCommand',
    ),
    # The settings are found also while a chart sheet is the active one.
    ('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)'),
    # Where Python does not start, cmd ends with it, and Excel does not wait two minutes for it.
    (
        '" /K " & Chr(34) & Chr(34) & PYTHON_WIN',
        '" /C " & Chr(34) & Chr(34) & PYTHON_WIN',
    ),
    # Nothing but an action of ours is run, whoever calls: the text ends the command that it is in
    # only with what these characters can write.
    (
        "    SourcePythonCommand = PythonCommand\n",
        f"""    If Left$(PythonCommand, {len(ACTION)}) <> "{ACTION}" Or _
        Mid$(PythonCommand, {len(ACTION) + 1}) Like "*[!A-Za-z0-9_', )]*" Then
        Err.Raise 5, , "only the add-in's own actions are run"
    End If
    SourcePythonCommand = PythonCommand
""",
    ),
    # Sheets with code in the active workbook are not looked for.
    ("For i = 1 To 2\n", "For i = 2 To 2\n"),
)
# The settings in the active workbook and in its folder: cut from the first text to the second.
CUT = (
    ("            'Workbook Sheet Config\n", "            'Add-in Sheet Config"),
    ("    ' Directory Config\n", "    ' User Config\n"),
)
# A function that is not private can be called by a formula of any workbook.
FUNCTION_LINE = re.compile(r"^( *)(?:Public )?((?:Declare (?:PtrSafe )?)?Function (\w+))", re.M)
CALLED_FROM_OUTSIDE = {"XLPy"}
# The MIT licence wants its text with every copy; the class itself only names it.
MIT_NOTICE = """
' The MIT License. Copyright (c) Tim Hall
'
' Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
' associated documentation files (the "Software"), to deal in the Software without restriction,
' including without limitation the rights to use, copy, modify, merge, publish, distribute,
' sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
' furnished to do so, subject to the following conditions:
'
' The above copyright notice and this permission notice shall be included in all copies or
' substantial portions of the Software.
'
' THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
' NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
' NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
' DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
' OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
RUN_PYTHON = """
' lexp: a sub, which no formula can call.
Public Sub LexpRunPython(ByVal PythonCommand As String)
    RunPython PythonCommand
End Sub
"""


def xlwings_module() -> Module:
    """xlwings' VBA for an add-in of one's own, with lexp's changes."""
    source = _text("xlwings_custom_addin.bas")
    head, _, code = source.partition("\n")
    _once(head, 'Attribute VB_Name = "xlwings"')
    for found, replacement in REPLACED:
        _once(code, found)
        code = code.replace(found, replacement)
    for first, last in CUT:
        _once(code, first)
        _once(code, last)
        before, _, rest = code.partition(first)
        code = before + rest[rest.index(last) :]
    code = FUNCTION_LINE.sub(_private, code)
    return standard_module("xlwings", f"Option Private Module\n{code}{RUN_PYTHON}")


def _private(line: re.Match) -> str:
    indent, declaration, name = line.groups()
    return line.group() if name in CALLED_FROM_OUTSIDE else f"{indent}Private {declaration}"


def dictionary_class() -> Module:
    """The dictionary that xlwings' module uses on a Mac: VBA-Dictionary, with its licence."""
    return class_module(f"{_text('addin/Dictionary.cls').rstrip()}\n{MIT_NOTICE}")


def empty_add_in() -> dict[str, bytes]:
    """The parts of xlwings' own empty add-in, by their names."""
    path = xlwings_folder() / EMPTY_ADD_IN
    if not path.is_file():
        raise NotThere(str(path), "found no such file", "to install xlwings anew would be right")
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _text(name: str) -> str:
    path = xlwings_folder() / name
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as failure:
        expected = "to install xlwings anew would be right"
        raise NotThere(str(path), f"found no readable text ({failure})", expected) from None


def _once(text: str, part: str) -> None:
    count = text.count(part)
    if count != 1:
        where = f"xlwings {XLWINGS_NEEDED}"
        expected = "its VBA as published would be right: install it anew"
        raise OutOfRange(where, f"found {part.strip()!r} {count} times", expected)
