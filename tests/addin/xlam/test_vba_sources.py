"""The add-in's VBA: the golden files, each wrapper against the registry, and VBA's own limits.

Where a generated module is meant to change, write its golden file anew and read the difference:

    python -m tests.addin.xlam.test_vba_sources
"""

import re
from pathlib import Path

import pytest

from addin.build import vba_sources
from addin.build.xlwings_parts import REPLACED
from lexp_calc.functions import FUNCTIONS
from tests.addin.xlam.vba_reading import (
    RESERVED,
    continued_lines,
    functions,
    statements,
    unbalanced,
)

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_MODULES = ("LexpLoans", "LexpRevolver", "LexpWholeDeal", "LexpRegistration")
SOURCES = vba_sources()
OWN = [name for name in SOURCES if name not in ("xlwings", "Dictionary", "LexpSettings")]
WRAPPERS = {
    name: found for module in OWN for name, found in functions(SOURCES[module].source).items()
}
EVERY_MODULE = pytest.mark.parametrize("name", SOURCES)
EVERY_FUNCTION = pytest.mark.parametrize("name", FUNCTIONS)


@pytest.mark.parametrize("name", GOLDEN_MODULES)
def test_the_generated_module_is_as_it_was_read(name):
    expected = (GOLDEN / f"{name}.bas").read_text(encoding="cp1252")
    assert SOURCES[name].exported.replace("\r\n", "\n") == expected


# ------------------------------------------------------------- wrappers


@EVERY_FUNCTION
def test_a_wrapper_passes_the_registrys_arguments_in_order(name):
    declared, body = WRAPPERS[name]
    expected = [each.name for each in FUNCTIONS[name].arguments]
    names = [re.search(r"(\w+) As Variant$", each).group(1) for each in declared]
    assert [each.rstrip("_") for each in names] == expected
    call = f'{name} = LexpCall("", Array({", ".join(names)}))'
    assert [each for each in body if not each.startswith("Attribute")] == [call]


@EVERY_FUNCTION
def test_a_wrapper_calls_python_by_its_own_name(name):
    source = next(each.source for each in SOURCES.values() if f"Function {name}(" in each.source)
    assert source.count(f'{name} = LexpCall("{name}", Array(') == 1


@EVERY_FUNCTION
def test_optional_arguments_are_optional_in_vba(name):
    declared, _ = WRAPPERS[name]
    optional = [each.startswith("Optional ") for each in declared]
    asked = [each.is_optional for each in FUNCTIONS[name].arguments]
    assert all(mine or not theirs for mine, theirs in zip(optional, asked, strict=True))
    assert optional == sorted(optional)  # VBA's rule: none that is due after one that is not
    first = asked.index(True) if True in asked else len(asked)
    assert not any(optional[:first])


@EVERY_FUNCTION
def test_no_argument_is_a_word_of_vba(name):
    declared, _ = WRAPPERS[name]
    names = [re.search(r"(\w+) As Variant$", each).group(1).lower() for each in declared]
    assert not RESERVED & set(names)
    assert len(set(names)) == len(names)


@EVERY_FUNCTION
def test_a_wrapper_and_the_wizard_have_the_registrys_help(name):
    function = FUNCTIONS[name]
    words = function.help.replace('"', '""')
    assert sum(f'{name}.VB_Description = "{words}"\r\n' in s.source for s in SOURCES.values()) == 1
    registered = re.sub(r" _\r\n\s*", " ", SOURCES["LexpRegistration"].source)
    arguments = ", ".join('"' + each.help.replace('"', '""') + '"' for each in function.arguments)
    call = f'Describe "{name}", "LEXP {function.category}", "{words}", Array( {arguments})'
    assert registered.count(f"    {call}\r\n") == 1


def test_the_help_of_lexp_why_is_the_same_in_both_places():
    texts = re.findall(r'LEXP_WHY.VB_Description = (".*")\r', SOURCES["LexpWhy"].source)
    registered = re.sub(r" _\r\n\s*", " ", SOURCES["LexpRegistration"].source)
    assert len(texts) == 1 and len(texts[0]) <= 257 + texts[0].count('""')
    assert f'Describe "LEXP_WHY", "LEXP help", {texts[0]}, Array(' in registered


def test_every_category_is_described_when_the_add_in_opens():
    source = SOURCES["LexpRegistration"].source
    subs = set(re.findall(r"^Private Sub (DescribeLexp\w+)\(\)", source, re.M))
    calls = set(re.findall(r"^    (DescribeLexp\w+)\r$", source, re.M))
    assert subs == calls and len(subs) == len({each.category for each in FUNCTIONS.values()})
    assert "RegisterFunctions" in SOURCES["ThisWorkbook"].code


def test_no_other_function_shows_in_a_sheet():
    """Every other module is private, so that its functions are not listed in the wizard."""
    public = [
        name
        for name, each in SOURCES.items()
        if "\r\nOption Private Module\r\n" not in each.source and name in OWN
    ]
    shown = {
        found
        for name in public
        for found in re.findall(r"^(?:Public )?Function (\w+)", SOURCES[name].source, re.M)
    }
    assert shown == {*FUNCTIONS, "LEXP_WHY"}


# ------------------------------------------------------------- VBA's own rules


@EVERY_MODULE
def test_every_line_and_statement_is_within_vbas_limits(name):
    source = SOURCES[name].source
    assert max(map(len, source.splitlines())) <= 1023
    assert continued_lines(source) <= 24
    assert len(source) <= 60_000


@EVERY_MODULE
def test_every_block_is_closed(name):
    assert unbalanced(SOURCES[name].source) == []


@EVERY_MODULE
def test_every_line_ends_as_excel_writes_it(name):
    source = SOURCES[name].source
    assert source.endswith("\r\n")
    assert source.count("\n") == source.count("\r") == source.count("\r\n")
    assert source.encode("cp1252").decode("cp1252") == source
    assert f'Attribute VB_Name = "{name}"' == source.splitlines()[0]


@pytest.mark.parametrize("name", OWN)
def test_our_own_modules_declare_every_variable(name):
    source = SOURCES[name].source
    assert "\r\nOption Explicit\r\n" in source
    for procedure in re.split(r"^End (?:Sub|Function)\r$", source, flags=re.M):
        lines = list(statements(procedure))
        named = " ".join(each for each in lines if re.match(DECLARING, each)).lower()
        for each in lines:
            assigned = re.match(r"(?:Set |For Each |For )?(\w+) (?:= |In )", each)
            if assigned and not each.startswith("Attribute"):
                known = re.search(rf"\b{assigned.group(1).lower()}\b", named + MODULE_WIDE[name])
                assert known, each


DECLARING = r"(?:Public |Private )?(?:Dim|Sub|Function|Const) "
MODULE_WIDE = {
    name: " ".join(
        each
        for each in statements(SOURCES[name].source)
        if re.match(r"(?:Private|Public) (?!Sub|Function)", each)
    ).lower()
    for name in OWN
}


# ------------------------------------------------------------- xlwings' module


def test_xlwings_module_keeps_its_notice_and_version():
    source = SOURCES["xlwings"].source
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in source
    assert "Redistribution and use in source and binary forms" in source
    assert 'XLWINGS_VERSION As String = "0.37.8"' in source
    assert 'PROJECT_NAME As String = "lexp"' in source


def test_no_formula_can_reach_what_runs_python():
    """A function that is not private could be called by a cell of any workbook."""
    source = SOURCES["xlwings"].source
    lines = [each for each in statements(source) if re.search(r"\bFunction \w+ ?(?:\(|Lib)", each)]
    open_to_all = [each for each in lines if not each.startswith("Private ")]
    assert open_to_all == ["Function XLPy()"]


def test_python_runs_the_actions_of_the_ribbon_and_nothing_else():
    source = SOURCES["xlwings"].source
    start = "import addin.actions; addin.actions.run("
    body = source[source.index("Function RunPython(") : source.index("Sub ExecuteMac")]
    guard = body[: body.index("SourcePythonCommand = PythonCommand")]
    assert f'If Left$(PythonCommand, {len(start)}) <> "{start}" Or _' in guard
    allowed = re.search(
        rf'Mid\$\(PythonCommand, {len(start) + 1}\) Like "\*\[!(.*)\]\*"', guard
    ).group(1)
    assert not set('.;("\\%&|<>^+=[]{}') & set(allowed)
    ribbon = SOURCES["LexpRibbon"].source
    assert f'Command = "{start}\'" & Action & "\'"' in ribbon


def test_settings_come_from_the_add_in_and_the_user_alone():
    source = SOURCES["xlwings"].source
    body = source[source.index("Function GetConfig(") : source.index("Function SaveConfigToFile")]
    assert "ActiveWorkbook" not in body and "GetDirectoryConfigFilePath" not in body
    assert 'In sht.Range(sht.Range("A1"), lastCell)' in source  # not of the active sheet
    assert "GetConfigFromSheet(ThisWorkbook)" in body and "GetConfigFilePath()" in body


def test_the_worker_starts_without_the_name_of_any_workbook():
    source = SOURCES["xlwings"].source
    command = next(each for each in source.splitlines() if "$(CLSID)" in each)
    assert "import addin.server; addin.server.serve('$(CLSID)')" in command
    assert "PYTHONPATH" not in command and "xlwings" not in command
    run = next(each for each in source.splitlines() if '-c """ & PythonCommand' in each)
    assert "PYTHONPATH" not in run
    body = source[source.index("Function XLPyCommand") : source.index("Sub XLPyLoadDLL")]
    assert "ActiveWorkbook" not in body


def test_the_dictionary_keeps_its_notice():
    source = SOURCES["Dictionary"].source
    assert "VBA-Dictionary" in source and "MIT" in source


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in GOLDEN_MODULES:
        text = SOURCES[each].exported.replace("\r\n", "\n")
        (GOLDEN / f"{each}.bas").write_text(text, encoding="cp1252")


@pytest.mark.parametrize("original", [old for old, new in REPLACED if old not in new])
def test_nothing_is_left_of_what_is_replaced_in_xlwings(original):
    assert original.replace("\n", "\r\n") not in SOURCES["xlwings"].source


def test_python_is_started_so_that_no_folder_of_a_workbook_is_searched():
    lines = [each.strip() for each in SOURCES["xlwings"].source.splitlines()]
    started = [each for each in lines if " -c " in each and not each.startswith("'")]
    assert len(started) == 2
    assert all(" -B -P -c " in line for line in started)
    # A window that waits for ever is left for conda alone, which lexp's settings never name.
    assert SOURCES["xlwings"].source.count('" /K "') == 1


def test_the_notices_of_others_are_carried():
    assert "Copyright (c) Tim Hall" in SOURCES["Dictionary"].source
    assert "permission notice shall be included" in SOURCES["Dictionary"].source
    assert "BSD 3-clause license" in SOURCES["xlwings"].source
