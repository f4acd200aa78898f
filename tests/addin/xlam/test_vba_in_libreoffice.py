"""The add-in's VBA, read, compiled and run by LibreOffice.

A second reader of the file that is not ours, a compiler of VBA, and a run of the module that every
function calls, with stand-ins for xlwings, Python and the calling cell. It is not Excel: what
LibreOffice has no word for is named in `libreoffice_stand_ins`.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from addin.build import build_xlam, vba_sources
from lexp_calc.errors import NotThere
from tests.addin.xlam.libreoffice_stand_ins import BROKEN, HEAD, OTHER_WORDS, stand_ins
from workbook_templates.libreoffice import (
    engine_environment,
    find_python_with_uno,
    find_soffice,
)

SCRIPT = Path(__file__).with_name("basic_in_libreoffice.py")
NOT_THERE = ("xlwings", "Dictionary")  # no code of ours, and Windows' own declarations
OWN = [name for name in vba_sources() if name not in NOT_THERE]

ANY = re.M | re.S
REAL = ("LexpRuntime", "LexpReasons", "LexpWhy", "LexpLoans")
CHANGED = ("RunPython", "ExecuteWindows", "XLPyCommand", "GetConfig", "LexpRunPython")
FOR_A_MAC = r"#If Mac Then\r\n.*?#Else\r\n(.*?)#End If\r\n"

CALL = 'Dim v As Variant\nv = LexpCall("LEXP_FEE", Array("{}", 0.1))\n'
COUNTED = ' & " started " & Started & " stopped " & Killed'
SCALAR = CALL + "TryIt = CStr(v)" + COUNTED
BODIES = {
    "passed on": SCALAR.format("10"),
    **{text: SCALAR.format(text) for text in ("#NUM!", "#N/A", "#VALUE!", "#REF!", "#DIV/0!")},
    **{text: SCALAR.format(text) for text in ("#NAME?", "#NULL!", "#OTHER!")},
    "table": CALL.format("table")
    + 'TryIt = v(0, 0) & " " & CStr(v(0, 1)) & " " & v(1, 0) & " " & CStr(v(1, 1))',
    "row": CALL.format("row") + 'TryIt = v(0) & " " & CStr(v(1))',
    "dead": SCALAR.format("dead"),
    "disconnected": SCALAR.format("disconnected"),
    "dead once": SCALAR.format("dead once"),
    "fault": SCALAR.format("fault"),
    "no interpreter": "CannotStart = True\n" + SCALAR.format("10") + "\n"
    'v = LexpCall("LEXP_FEE", Array("11", 0.1))\nTryIt = CStr(v) & " " & TryIt' + COUNTED,
    "one process": CALL.format("1")
    + CALL.format("2").replace("Dim v As Variant\n", "")
    + "TryIt = Started",
    "why by name": 'TryIt = LexpReason("LEXP_FEE", Array("text", 5, 6))',
    "hex": "TryIt = HexOf(\"lexp-2003 'é' \" & ChrW(8364) & ChrW(55357) & ChrW(56832))",
}
FORMULAS = {
    "A1": "=LEXP_FEE(1;2)",
    "a cell": "=LEXP_FEE(B1;0.015)",
    "a column": "=LEXP_FEE(C1:C900;1)",
    "a whole column": "=LEXP_FEE(C:C;1)",
    "a column from the middle": "=LEXP_FEE(C3:C1048576;1)",
    "below all that is used": "=LEXP_FEE(C500:C1048576;1)",
    "refused": '=TRIAL_CALL(A1;"#NUM!")',
    "why": "=LEXP_WHY(A1)",
    "another function answers": '=TRIAL_OTHER_CALL(A1;"5")',
    "why still": "=LEXP_WHY(A1)",
    "fault": '=TRIAL_CALL(A1;"fault")',
    "why a fault": "=LEXP_WHY(A1)",
    "traceback": '=TRIAL_CALL(A1;"traceback")',
    "why a traceback": "=LEXP_WHY(A1)",
    "dead": '=TRIAL_CALL(A1;"dead")',
    "why dead": "=LEXP_WHY(A1)",
    "answered": '=TRIAL_CALL(A1;"5")',
    "why no more": "=LEXP_WHY(A1)",
    "refused in another formula": '=TRIAL_CALL(B1;"#NUM!")',
    "why of a formula written anew": "=LEXP_WHY(B1)",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What LibreOffice answered, all at once."""
    try:
        soffice, python = find_soffice(), find_python_with_uno()
    except NotThere as missing:
        pytest.skip(str(missing))
    folder = tmp_path_factory.mktemp("libreoffice")
    build_xlam(folder / "lexp.xlam")
    sources = {name: as_basic(name) for name in REAL}
    hex_only = vba_sources()["LexpRibbon"].code
    first = hex_only.index("Private Function HexOf")
    hex_code = hex_only[first : hex_only.index("End Function", first)] + "End Function\n"
    sources["TrialHex"] = HEAD + hex_code.replace("Private", "Public").replace("\r", "")
    request = {
        "path": str(folder / "lexp.xlam"),
        "modules": {**sources, **stand_ins()},
        "alone": {"Broken": BROKEN, **changed_procedures()},
        "bodies": list(BODIES.values()),
        "formulas": list(FORMULAS.values()),
    }
    answers = json.loads(asked([python, str(SCRIPT), soffice, str(folder)], request))
    answers["bodies"] = dict(zip(BODIES, answers["bodies"], strict=True))
    answers["formulas"] = dict(zip(FORMULAS, answers["formulas"], strict=True))
    return SimpleNamespace(**answers)


def asked(command, request):
    """What the script answers; LibreOffice, which it has started, ends with it in any case."""
    folder = command[-1]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=engine_environment() | {"TMPDIR": folder},
        text=True,
        start_new_session=True,
    )
    try:
        answer, complaint = process.communicate(json.dumps(request), timeout=240)
        assert process.returncode == 0, complaint[-2000:]
        return answer
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def changed_procedures():
    """The procedures of xlwings' module that we change, each as a module of its own."""
    source = vba_sources()["xlwings"].source.replace("\r", "")
    found = re.findall(r"^(?:\w+ )?((?:Sub|Function) (\w+).*?^End (?:Sub|Function)$)", source, ANY)
    head = HEAD.replace("Option Explicit\n", "")
    return {f"Xlwings{name}": f"{head}{code}\n" for code, name in found if name in CHANGED}


def as_basic(name):
    """The source of a module as LibreOffice takes it, in the words that it knows.

    It passes over #If and would run what is meant for a Mac as well.
    """
    code = re.sub(FOR_A_MAC, r"\1", vba_sources()[name].code, flags=re.S)
    lines = code.splitlines()
    text = "\n".join(each for each in lines if not each.startswith(("Attribute ", "Option Expl")))
    for word, other in OTHER_WORDS.items():
        text = text.replace(word, other)
    return HEAD + text + "\n"


def test_libreoffice_reads_every_module_of_the_file(found):
    assert set(found.sources) == set(vba_sources())
    assert found.sheets == ["lexp.conf"]
    for name, module in vba_sources().items():
        lines = [each for each in module.source.splitlines() if not each.startswith("Attribute ")]
        read = found.sources[name].splitlines()
        at = max(n for n, line in enumerate(read) if line in ("Option VBASupport 1", *CLASS)) + 1
        assert read[at:] == lines or read[at : len(read) - 1] == lines, name


CLASS = ("Option ClassModule",)


@pytest.mark.parametrize("name", OWN)
def test_every_module_of_ours_compiles(found, name):
    assert found.compiled[name]


@pytest.mark.parametrize("name", CHANGED)
def test_every_procedure_of_xlwings_that_we_change_compiles(found, name):
    assert found.compiled[f"Xlwings{name}"]


def test_a_broken_module_would_not_compile(found):
    assert not found.compiled["Broken"]


def test_a_call_names_the_function_and_the_date_system_behind_its_arguments(found):
    assert found.bodies["passed on"] == "addin.udfs LEXP_FEE 2 10 Boolean started 1 stopped 0"


@pytest.mark.parametrize(
    "text, number",
    [  # Microsoft's XlCVError
        *(("#NUM!", 2036), ("#N/A", 2042), ("#VALUE!", 2015), ("#REF!", 2023)),
        *(("#DIV/0!", 2007), ("#NAME?", 2029), ("#NULL!", 2000), ("#OTHER!", 2015)),
    ],
)
def test_a_marked_text_becomes_the_error_value(found, text, number):
    assert found.bodies[text] == f"Error {number} started 1 stopped 0"


def test_errors_inside_tables_and_rows_become_error_values(found):
    assert found.bodies["table"] == "heading Error 2042 1.5 Error 2023"
    assert found.bodies["row"] == "2.5 Error 2036"


@pytest.mark.parametrize("name", ["dead", "disconnected"])
def test_a_process_that_ended_is_started_again_once(found, name):
    assert found.bodies[name] == "Error 2015 started 2 stopped 1"


def test_the_process_that_was_started_again_answers(found):
    assert found.bodies["dead once"] == "answered started 2 stopped 1"


def test_one_process_answers_call_after_call(found):
    assert found.bodies["one process"] == 1


def test_any_other_failure_is_an_error_and_no_new_start(found):
    assert found.bodies["fault"] == "Error 2015 started 1 stopped 0"


def test_a_failed_start_is_not_tried_again_by_the_next_cell(found):
    once = "started 1 stopped 0"
    assert found.bodies["no interpreter"] == f"Error 2015 Error 2015 {once} {once}"


def test_ranges_go_as_values_cut_to_the_used_rows(found):
    """The used rows of the sheet, when each is calculated, end with the formula itself."""
    last_used = {name: row for row, name in enumerate(FORMULAS, 1)}
    assert found.formulas["a cell"].startswith("addin.udfs LEXP_FEE 2 ")
    assert found.formulas["a column"] == "900"
    assert found.formulas["a whole column"] == str(last_used["a whole column"])
    from_the_middle = last_used["a column from the middle"] - 2
    assert found.formulas["a column from the middle"] == str(from_the_middle)
    assert found.formulas["below all that is used"].startswith("addin.udfs LEXP_FEE 2 ")


def test_the_reason_of_a_cell_is_kept_until_it_answers(found):
    shown = found.formulas
    assert shown["refused"] == "Error 2036"
    assert shown["why"] == "LEXP_FEE: principal: refused"
    assert shown["why still"] == shown["why"]
    assert (shown["answered"], shown["why no more"]) == ("addin.udfs LEXP_FEE 2 5 Boolean", "")


def test_a_reason_never_shows_a_traceback(found):
    assert found.formulas["why a fault"] == "LEXP_FEE: KeyError: 'x'"
    assert found.formulas["why a traceback"] == "LEXP_FEE: KeyError: 'y'"


def test_a_process_that_ends_twice_is_said(found):
    assert found.formulas["why dead"] == (
        "LEXP_FEE: the Python process ended, was started again, and ended again in this call"
    )


def test_a_reason_of_another_formula_is_not_told(found):
    assert found.formulas["why of a formula written anew"] == ""


def test_why_by_name_hands_the_date_system_before_the_cells(found):
    assert found.bodies["why by name"] == "4 LEXP_FEE Boolean text"


def test_texts_travel_as_hexadecimal_digits_of_utf_16(found):
    text = "lexp-2003 'é' €\N{GRINNING FACE}"
    assert bytes.fromhex(found.bodies["hex"]).decode("utf-16-be") == text
