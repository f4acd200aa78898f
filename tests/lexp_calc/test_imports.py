"""Who may import whom, read from the sources.

lexp_batch -> workbook_templates -> lexp_calc <- addin; the command line may also call addin.
Within lexp_calc imports at the top of a module form no circle, so there is an order in which
each file stands on those above it.
"""

import ast
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {
    "lexp_calc": {"lexp_calc"},
    "workbook_templates": {"workbook_templates", "lexp_calc"},
    "addin": {"addin", "lexp_calc"},
    "lexp_batch": {"lexp_batch", "workbook_templates", "lexp_calc", "addin"},
}
# What each package may use of others, and what within functions alone, loaded when asked for.
THIRD_PARTY = {
    "lexp_calc": {"pydantic"},
    "workbook_templates": {"openpyxl"},
    "addin": {"xlwings"},
    "lexp_batch": {"click", "tqdm"},
}
INSIDE_FUNCTIONS = {
    "lexp_calc": {"pandas", "numpy"},
    "addin": {"pywintypes", "win32com"},
    "lexp_batch": {"matplotlib", "distributed", "keyring", "msoffcrypto"},
}
# The second engines run apart: LibreOffice under its own interpreter, with its modules.
ENGINE_BRIDGES = {
    "workbook_templates/libreoffice_bridge.py": {"uno", "unohelper", "com"},
    "workbook_templates/formulon_bridge.py": {"formulon"},
    "addin/calc/stored_formulas.py": {"uno", "unohelper", "com"},
    "addin/calc/component.py": {"uno", "unohelper", "com", "lexp_worker_process"},
}


def sources(package):
    return sorted((ROOT / package).rglob("*.py"))


def imports(path, top_level_only):
    """The modules that a file imports, by full name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = _outside_functions(tree) if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _outside_functions(tree):
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield node
            yield from _outside_functions(node)


def packages_imported(path, top_level_only):
    names = {name.split(".")[0] for name in imports(path, top_level_only)}
    return names - set(sys.stdlib_module_names)


@pytest.mark.parametrize("package", OURS)
def test_a_package_imports_only_what_lies_below_it(package):
    files = sources(package)
    assert files
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        allowed = OURS[package] | THIRD_PARTY[package] | ENGINE_BRIDGES.get(name, set())
        found = packages_imported(path, top_level_only=True)
        assert found <= allowed, f"{name} imports {sorted(found - allowed)}"
        allowed = allowed | INSIDE_FUNCTIONS.get(package, set())
        found = packages_imported(path, top_level_only=False)
        assert found <= allowed, f"{name} imports {sorted(found - allowed)} within a function"


def test_only_the_command_line_calls_the_addin():
    callers = {
        path.name
        for path in sources("lexp_batch")
        if "addin" in packages_imported(path, top_level_only=False)
    }
    # function_errors.py asks the add-in what the pages of the docs then say.
    assert callers <= {"addin_commands.py", "function_errors.py"}


def modules_of_the_core():
    """Each module of lexp_calc with the modules of lexp_calc that it imports at its top."""
    files = {_module_name(path): path for path in sources("lexp_calc")}
    return {
        name: {each for each in imports(path, top_level_only=True) if each in files} - {name}
        for name, path in files.items()
    }


def _module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def circle(graph):
    """A list of modules each importing the next and the last the first; empty if there is none."""
    left = {name: set(imported) for name, imported in graph.items()}
    while True:
        free = {name for name, imported in left.items() if not imported}
        if not free:
            break
        left = {name: imported - free for name, imported in left.items() if name not in free}
    return sorted(left)


def test_the_modules_of_the_core_form_no_circle():
    graph = modules_of_the_core()
    assert len(graph) > 20 and graph["lexp_calc.deal"] > {
        "lexp_calc.rates",
        "lexp_calc.tranches.roll",
    }
    assert circle(graph) == []


def test_a_circle_would_be_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_the_core_loads_without_tables_spreadsheets_or_a_network():
    """In an interpreter of its own: what else is loaded once lexp_calc is."""
    program = (
        "import sys, lexp_calc; lexp_calc.project(lexp_calc.builtin_deal('lexp-2003'));"
        "print(*sorted(name for name in sys.modules if '.' not in name))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    unwanted = {"pandas", "numpy", "openpyxl", "xlwings", "click", "QuantLib", "requests", "http"}
    assert unwanted.isdisjoint(loaded)


def test_the_package_definition_names_every_package():
    """One left out would be missing where lexp is installed, though it is here."""
    definition = ConfigParser()
    definition.read(ROOT / "setup.cfg", encoding="utf-8")
    named = definition["options"]["packages"].split()
    folders = {path.parent for package in OURS for path in (ROOT / package).rglob("__init__.py")}
    assert sorted(named) == sorted(
        folder.relative_to(ROOT).as_posix().replace("/", ".") for folder in folders
    )
