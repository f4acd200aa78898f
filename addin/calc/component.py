"""The functions as LibreOffice Calc calls them: each call goes to the worker, and back.

Runs inside LibreOffice's own Python (3.8 or newer) and imports nothing of this project: what
the core needs would not load there, and a fault in it would end LibreOffice and the user's
documents with it.

Calc hands over a number, a text, rows of cells, or None for an argument left out. TRUE is 1, and
a blank cell given alone is 0; within rows a blank is an empty text. An error cell never arrives
alone: Calc passes it on itself.
"""

import math
import os
import struct

import uno
import unohelper
from com.sun.star.lang import XServiceInfo
from lexp_worker_process import NoAnswer, WorkerProcess

SERVICE = "lexp.calc.Functions"
ADD_IN = "com.sun.star.sheet.AddIn"
PREFIX = "LEXP_"
WHY = "LEXP_WHY"
WRONG_KIND = "#VALUE!"
# Calc's own numbers of its errors.
ERROR_NUMBERS = {
    "#NULL!": 521,
    "#DIV/0!": 532,
    WRONG_KIND: 519,
    "#REF!": 524,
    "#NAME?": 525,
    "#NUM!": 503,
    "#N/A": 32767,
}
ERROR_TEXTS = {number: text for text, number in ERROR_NUMBERS.items()}
QUIET_NAN = 0x7FF8 << 48

XFunctions = uno.getClass("lexp.calc.XFunctions")
worker = WorkerProcess(os.path.dirname(__file__))


def error_value(text):
    """An error as Calc carries it among numbers: its own number in the low bits of a NaN."""
    number = ERROR_NUMBERS.get(text, ERROR_NUMBERS[WRONG_KIND])
    return struct.unpack("<d", struct.pack("<Q", QUIET_NAN | number))[0]


def error_text(value):
    """The text of an error that Calc hands over among the numbers of an array."""
    number = struct.unpack("<Q", struct.pack("<d", value))[0] & 0xFFFF
    return ERROR_TEXTS.get(number, WRONG_KIND)


# ------------------------------------------------------------- cells in


def given(arguments):
    """The arguments as JSON has them; ranges end at their last used row.

    Ranges of one height, such as two whole columns, stay so: they end at the same row.
    """
    used = {}
    for each in arguments:
        if isinstance(each, tuple):
            # Two at least, so that more than one row is known to have been given.
            used[len(each)] = max(used.get(len(each), 2), used_rows(each))
    return [
        [[cell_in(cell) for cell in row] for row in each[: used[len(each)]]]
        if isinstance(each, tuple)
        else cell_in(each)
        for each in arguments
    ]


def used_rows(rows):
    """How many rows there are down to the last that holds anything."""
    number, blank = len(rows), ("",) * len(rows[0])
    while number and rows[number - 1] == blank:  # one comparison a row: there may be a million
        number -= 1
    return number


def cell_in(value):
    """A cell as JSON has it."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"error": error_text(value) if math.isnan(value) else "#NUM!"}
    return value


def day_zero(document):
    """The day from which the document counts its dates, in ISO 8601."""
    null_date = document.getPropertyValue("NullDate")
    return f"{null_date.Year:04}-{null_date.Month:02}-{null_date.Day:02}"


# ------------------------------------------------------------- cells out


def result(answer):
    """An answer as Calc takes it: one value, or an array of values."""
    if "rows" in answer:
        return tuple(tuple(cell_out(cell) for cell in row) for row in answer["rows"])
    return cell_out(answer["value"])


def cell_out(value):
    """A cell as Calc takes it; blank is an empty text."""
    if isinstance(value, dict):
        return error_value(value["error"])
    if value is None:
        return ""
    return value if isinstance(value, (str, bool)) else float(value)


# ------------------------------------------------------------- calls


def called(name, document, arguments):
    """What a function answers to the arguments, or an error value; never an exception."""
    try:
        request = {"fn": name, "cells": given(arguments), "day_zero": day_zero(document)}
        return result(worker.ask(request))
    except Exception:
        # The reason is told by LEXP_WHY; an exception would show as another error.
        return error_value(WRONG_KIND)


def why(document, function, arguments):
    """Why that call is refused, in words; also where the worker itself is the reason."""
    try:
        request = {"why": given([function])[0], "cells": given(arguments)}
        return result(worker.ask(dict(request, day_zero=day_zero(document))))
    except NoAnswer as problem:
        return str(problem)
    except Exception as failure:
        return f"a fault of the program and not of your input: {type(failure).__name__}"


class Functions(unohelper.Base, XFunctions, XServiceInfo):
    """The service that Calc finds in CalcAddIns.xcu; it has a method for each function."""

    def __init__(self, context):
        pass

    def __getattr__(self, name):
        if not name.startswith(PREFIX):
            raise AttributeError(name)
        if name == WHY:
            return why
        return lambda document, *arguments: called(name, document, arguments)

    def getImplementationName(self):
        """UNO's name for this class."""
        return SERVICE

    def supportsService(self, name):
        """Whether this is a service of that name."""
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):
        """The services that this is."""
        return (ADD_IN, SERVICE)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, SERVICE, (ADD_IN, SERVICE))
