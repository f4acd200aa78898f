"""The calls that the wrappers make, answered by xlwings' own COM object; stand-ins for Windows."""

import re
from unittest import mock

import pytest

from addin.build import vba_sources
from tests.addin.example_cells import DAY_ZERO_1900, EVERY_FUNCTION, example_cells, rows_of, same
from tests.addin.windows_stand_ins import MISSING, windows

RUNTIME = vba_sources()["LexpRuntime"].source


@pytest.fixture(scope="module")
def server():
    """The object whose CallUDF the add-in calls."""
    with windows():
        from xlwings import com_server

        # What is no COM object is passed on as it is.
        com_server.serverutil.unwrap = lambda each: mock.Mock(obj=each)
        yield com_server.XLPython()
        com_server.loop.close()


def call(server, name, *cells):
    """As `LexpRuntime` calls: the module, the function and its values, no workbook, no caller."""
    assert "CallUDF(FUNCTIONS_MODULE, (FunctionName), (Arguments))" in RUNTIME
    module = re.search(r'FUNCTIONS_MODULE As String = "(.*)"', RUNTIME).group(1)
    return server.CallUDF(module, name, cells)


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_every_function_answers_in_the_shape_that_vba_takes(server, function):
    cells = example_cells(function, DAY_ZERO_1900)
    given = [MISSING if cell is None else cell for cell in cells]
    given += [MISSING] * (len(function.arguments) - len(given))
    found = call(server, function.name, *given, False)
    expected = rows_of(function.example.value)
    if len(expected) == len(expected[0]) == 1:
        found = [[found]]
    elif len(expected) == 1:
        found = [found]
    pairs = [pair for rows in zip(found, expected, strict=True) for pair in zip(*rows, strict=True)]
    assert [pair for pair in pairs if not same(*pair)] == []


def test_a_refused_call_comes_back_as_the_marked_text_that_vba_reads(server):
    found = call(server, "LEXP_FEE", "text", 0.015, False)
    mark, text, reason = found.split("\x01")
    assert (mark, text) == ("", "#VALUE!")
    assert reason.startswith("LEXP_FEE: ")  # by which VBA knows whose reason it is
    assert "Case Else\r\n        ErrorValue = CVErr(xlErrValue)\r\n" in RUNTIME


def test_why_takes_the_date_system_before_the_cells(server):
    assert call(server, "LEXP_WHY", "LEXP_FEE", False, 100.0, 0.015) == ""
    assert call(server, "LEXP_WHY", "LEXP_FEE", False, "text", 0.015).startswith("LEXP_FEE: ")
