"""Puts cells into a real Calc and reads them, one JSON object a line each way.

Runs under the interpreter that has LibreOffice's `uno` module, and so imports of this project
only what runs there too:

    python calc_bridge.py FOLDER_OF_LIBREOFFICE_BRIDGE SOFFICE PROFILE_DIRECTORY

Requests: {"do": "open", "null_date": [1904, 1, 1] or null, "url": ... or null} -> {"document": 0};
"put", "cells": [[address, content], ...] (a list of rows fills a range, {"formula": ...} is one,
a text stays a text); "array", "formulas": [[range, formula], ...]; "read", "range" -> {"rows"},
an error as {"error": "#N/A", "number": 32767}; "again", every formula entered anew by replacing =
by =; "recalculate"; "store", "url", "filter"; "state"; "close"; "describe" -> what the function
wizard knows of each function; "end". All but the first and the last two take a "document"; without
one it is the first. At the end of its input, even inside a call that hangs, it ends LibreOffice
and itself.
"""

import json
import pathlib
import queue
import sys
import threading

import uno

sys.path.insert(0, sys.argv[1])
import libreoffice_bridge as bridge  # noqa: E402

documents = []


def open_document(desktop, request):
    url = request.get("url") or "private:factory/scalc"
    # A hidden document is no event to LibreOffice, which then runs no job for it.
    values = bridge.property_values(Hidden=not request["shown"])
    document = desktop.loadComponentFromURL(url, "_blank", 0, values)
    if request.get("null_date"):
        year, month, day = request["null_date"]
        document.NullDate = uno.createUnoStruct("com.sun.star.util.Date", day, month, year)
    documents.append(document)
    return {"document": len(documents) - 1}


def sheet_of(request):
    return documents[request.get("document", 0)].Sheets.getByIndex(request.get("sheet", 0))


def put(desktop, request):
    sheet = sheet_of(request)
    for address, content in request["cells"]:
        cell = sheet.getCellRangeByName(address).getCellByPosition(0, 0)
        if isinstance(content, list):
            place = cell.CellAddress
            area = sheet.getCellRangeByPosition(
                place.Column,
                place.Row,
                place.Column + len(content[0]) - 1,
                place.Row + len(content) - 1,
            )
            area.setDataArray(
                tuple(tuple("" if each is None else each for each in row) for row in content)
            )
        elif isinstance(content, dict):
            cell.setFormula(content["formula"])
        elif isinstance(content, str):
            cell.setString(content)
        elif content is None:
            cell.clearContents(bridge.VALUES_DATES_TEXTS + 16)
        else:
            cell.setValue(float(content))
    return {}


def array(desktop, request):
    for area, formula in request["formulas"]:
        sheet_of(request).getCellRangeByName(area).setArrayFormula(formula)
    return {}


def read(desktop, request):
    area = sheet_of(request).getCellRangeByName(request["range"])
    rows = [list(row) for row in area.getDataArray()]
    found = area.queryFormulaCells(bridge.ERROR_RESULTS).getRangeAddresses()
    top, left = area.RangeAddress.StartRow, area.RangeAddress.StartColumn
    for part in found:
        for row in range(part.StartRow, part.EndRow + 1):
            for column in range(part.StartColumn, part.EndColumn + 1):
                cell = area.getCellByPosition(column - left, row - top)
                error = {"error": cell.getString(), "number": cell.getError()}
                rows[row - top][column - left] = error
    return {"rows": rows}


def again(desktop, request):
    replace = sheet_of(request).createReplaceDescriptor()
    replace.SearchString = replace.ReplaceString = "="
    return {"cells": sheet_of(request).replaceAll(replace)}


def recalculate(desktop, request):
    documents[request.get("document", 0)].calculateAll()
    return {}


def store(desktop, request):
    values = bridge.property_values(FilterName=request["filter"])
    documents[request.get("document", 0)].storeToURL(request["url"], values)
    return {}


def state(desktop, request):
    document = documents[request["document"]]
    undo = list(document.getUndoManager().getAllUndoActionTitles())
    return {"modified": document.isModified(), "undo": undo}


def close(desktop, request):
    documents[request["document"]].close(True)
    return {}


def describe(desktop, request):
    described = {}
    for number in range(functions.getCount()):
        known = {each.Name: each.Value for each in functions.getByIndex(number)}
        if known["Name"].startswith("LEXP_"):
            arguments = [[each.Name, each.Description] for each in known["Arguments"]]
            described[known["Name"]] = [known["Description"], arguments]
    return {"functions": described}


DOES = {
    "open": open_document,
    "put": put,
    "array": array,
    "read": read,
    "again": again,
    "recalculate": recalculate,
    "store": store,
    "state": state,
    "close": close,
    "describe": describe,
}


def main():
    global functions
    process, pipe = bridge.start_soffice(sys.argv[2], pathlib.Path(sys.argv[3]))
    requests = queue.Queue()
    # Whoever runs the tests may be killed: nothing of ours is left running then.
    threading.Thread(target=bridge.read_requests, args=(requests, process), daemon=True).start()
    desktop = bridge.connect(process, pipe)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    functions = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.sheet.FunctionDescriptions", context
    )
    print(json.dumps({"ready": True, "pid": process.pid}), flush=True)
    while True:
        request = requests.get()
        if request["do"] == "end":
            break
        try:
            answer = DOES[request["do"]](desktop, request)
        except Exception as failure:
            answer = {"where": request["do"], "found": repr(failure), "expected": "a sound request"}
        print(json.dumps(answer), flush=True)
    for document in documents:
        try:
            document.close(True)
        except uno.getClass("com.sun.star.uno.RuntimeException"):
            pass
    desktop.terminate()
    process.wait()


if __name__ == "__main__":
    main()
