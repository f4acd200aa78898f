"""Speaks to LibreOffice on behalf of `libreoffice.py`, one JSON object a line each way.

Runs as a program of its own, under the interpreter that has LibreOffice's `uno` module (Python
3.8 or newer), and so imports nothing of this project:

    python libreoffice_bridge.py SOFFICE PROFILE_DIRECTORY

It starts soffice, answers {"ready": true}, then each request in turn:

    {"do": "recalculate", "url": ..., "changes": [[sheet, cell, value], ...]}
        -> {"cells": [[sheet, cell, value or {"error": "#N/A"}], ...]}, every formula cell
    {"do": "to_pdf", "url": ..., "pdf_url": ...}  -> {"written": pdf_url}
    {"do": "end"}  -> nothing; LibreOffice and this program end

What cannot be done is {"where", "found", "expected"}. At the end of its input it ends soffice.
"""

import json
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time
import uuid

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

# com.sun.star.sheet.FormulaResult and CellFlags
VALUE_RESULTS, TEXT_RESULTS, ERROR_RESULTS = 1, 2, 4
VALUES_DATES_TEXTS = 1 + 2 + 4

# A sheet with formulas in two far corners is read range by range instead of as one block.
LARGEST_BLOCK = 2_000_000


class Problem(Exception):
    """What the other side reports as a LexpError: where, found, expected."""


def property_values(**values):
    """Named arguments as the UNO structs that loading and storing take."""
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def start_soffice(soffice, profile):
    """Start LibreOffice; the process and the name of the pipe at which it will answer."""
    pipe = f"lexp-{uuid.uuid4().hex}"
    with (profile / "soffice.log").open("ab") as log:
        process = subprocess.Popen(
            [
                soffice,
                "--headless",
                "--invisible",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                f"-env:UserInstallation={profile.as_uri()}",
                f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    return process, pipe


def connect(process, pipe):
    """LibreOffice's desktop, as soon as it answers; the caller sets the time limit."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
        except NoConnectException:
            if process.poll() is not None:
                found = f"soffice ended with status {process.returncode} before it answered"
                raise Problem("LibreOffice", found, "check that it starts by hand") from None
            time.sleep(0.05)


def open_workbook(desktop, url):
    """A copy of the workbook, hidden, with macros off and no link updated."""
    document = desktop.loadComponentFromURL(
        url,
        "_blank",
        0,
        property_values(
            Hidden=True,
            # An untitled copy: unlike a read-only document it takes every change, and no lock
            # file appears beside the user's.
            AsTemplate=True,
            FilterName="Calc MS Excel 2007 XML",
            MacroExecutionMode=0,
            UpdateDocMode=0,
        ),
    )
    if document is None or not hasattr(document, "Sheets"):
        raise Problem("workbook", "LibreOffice cannot open it", "an .xlsx workbook")
    return document


def apply_change(sheets, title, reference, value):
    """Type `value` into one input cell; None clears it. Text is never taken as a formula."""
    where = f"{title}!{reference}"
    if not sheets.hasByName(title):
        raise Problem(where, "no such sheet", f"one of {', '.join(sheets.ElementNames)}")
    sheet = sheets.getByName(title)
    try:
        cell = sheet.getCellRangeByName(reference).getCellByPosition(0, 0)
    except uno.getClass("com.sun.star.uno.RuntimeException"):
        raise Problem(where, "no such cell", "a reference like B7") from None
    if cell.getType().value == "FORMULA":
        raise Problem(where, f"holds the formula {cell.getFormula()}", "an input cell")
    # LibreOffice's protection binds people, not programs.
    if sheet.isProtected() and cell.CellProtection.IsLocked:
        raise Problem(where, "the cell is locked", "an unlocked input cell")
    if value is None:
        cell.clearContents(VALUES_DATES_TEXTS)
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(float(value))


def column_letters(column):
    """0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def formula_values(sheet):
    """(reference, value) of every formula cell of a sheet whose result is a number or a text."""
    ranges = sheet.queryFormulaCells(VALUE_RESULTS | TEXT_RESULTS).getRangeAddresses()
    if not ranges:
        return
    left = min(r.StartColumn for r in ranges)
    top = min(r.StartRow for r in ranges)
    right = max(r.EndColumn for r in ranges)
    bottom = max(r.EndRow for r in ranges)
    # One call for the whole block: each call costs as much as reading a thousand cells.
    block = None
    if (right - left + 1) * (bottom - top + 1) <= LARGEST_BLOCK:
        block = sheet.getCellRangeByPosition(left, top, right, bottom).getDataArray()
    for r in ranges:
        if block is None:
            rows = sheet.getCellRangeByPosition(
                r.StartColumn, r.StartRow, r.EndColumn, r.EndRow
            ).getDataArray()
        else:
            rows = [
                row[r.StartColumn - left : r.EndColumn - left + 1]
                for row in block[r.StartRow - top : r.EndRow - top + 1]
            ]
        for row_number, row in enumerate(rows, r.StartRow + 1):
            for column, value in enumerate(row, r.StartColumn):
                yield f"{column_letters(column)}{row_number}", value


def formula_errors(sheet):
    """(reference, {"error": text}) of every formula cell of a sheet whose result is an error.

    The text is as LibreOffice shows it: Excel's, or Err:502 and its like for what Excel would
    call #VALUE! or #NUM!.
    """
    for r in sheet.queryFormulaCells(ERROR_RESULTS).getRangeAddresses():
        for row in range(r.StartRow, r.EndRow + 1):
            for column in range(r.StartColumn, r.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                yield f"{column_letters(column)}{row + 1}", {"error": cell.getString()}


def recalculate(desktop, request):
    """Every formula cell's value after the changes, none of them from the file's cache."""
    document = open_workbook(desktop, request["url"])
    try:
        sheets = document.Sheets
        for title, reference, value in request["changes"]:
            apply_change(sheets, title, reference, value)
        # LibreOffice trusts the values stored in an .xlsx; only this computes every cell.
        document.calculateAll()
        cells = []
        for title in sheets.ElementNames:
            sheet = sheets.getByName(title)
            # An error cell is a number or a text to the first query as well: errors come last.
            values = dict(formula_values(sheet))
            values.update(formula_errors(sheet))
            cells += [(title, reference, value) for reference, value in values.items()]
        return {"cells": cells}
    finally:
        document.close(True)


def to_pdf(desktop, request):
    """The workbook printed, as stored."""
    document = open_workbook(desktop, request["url"])
    try:
        document.storeToURL(request["pdf_url"], property_values(FilterName="calc_pdf_Export"))
        return {"written": request["pdf_url"]}
    finally:
        document.close(True)


def answer(desktop, request):
    """One request's answer; a dead LibreOffice is not answered but ends the program."""
    try:
        return {"recalculate": recalculate, "to_pdf": to_pdf}[request["do"]](desktop, request)
    except Problem as problem:
        where, found, expected = problem.args
    except DisposedException:
        raise
    except uno.getClass("com.sun.star.uno.Exception") as error:
        where, found, expected = "workbook", f"LibreOffice says: {error.Message}", "a sound file"
    return {"where": where, "found": found, "expected": expected}


def read_requests(requests, process):
    """Queue each line of the input; at its end stop at once, even inside a call that hangs."""
    for line in sys.stdin:
        requests.put(json.loads(line))
    process.kill()
    if os.name == "posix":
        # soffice is a script that starts the program proper: end the whole group, and with it us.
        os.killpg(os.getpgid(0), 9)
    os._exit(0)


def main():
    soffice, profile = sys.argv[1], pathlib.Path(sys.argv[2])
    process, pipe = start_soffice(soffice, profile)
    requests = queue.Queue()
    threading.Thread(target=read_requests, args=(requests, process), daemon=True).start()

    def say(message):
        print(json.dumps(message), flush=True)

    try:
        desktop = connect(process, pipe)
    except Problem as problem:
        where, found, expected = problem.args
        say({"where": where, "found": found, "expected": expected})
        return
    say({"ready": True})
    while True:
        request = requests.get()
        if request["do"] == "end":
            # Ended in good order LibreOffice removes its pipes; killed it would leave them.
            desktop.terminate()
            process.wait()
            return
        say(answer(desktop, request))


if __name__ == "__main__":
    main()
