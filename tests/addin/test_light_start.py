"""What is loaded in the process that Excel starts, in an interpreter of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def output_of(program):
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("module", ["addin.udfs", "addin.server"])
def test_nothing_heavy_is_loaded(module):
    program = f"import sys, {module}; print(*sys.modules)"
    heavy = {"matplotlib", "numpy", "pandas", "polars", "openpyxl", "click"}
    assert heavy.isdisjoint(output_of(program))


def test_what_was_held_back_can_be_loaded_afterwards():
    program = "import addin.udfs, pandas; print(pandas.DataFrame([1]).size)"
    assert output_of(program) == ["1"]


def test_the_server_loads_the_functions_and_then_serves():
    program = (
        "import sys, addin.server\n"
        "class Xlwings:\n"
        "    def serve(class_id): print(class_id, 'addin.udfs' in sys.modules)\n"
        "addin.server.import_xlwings = lambda: Xlwings\n"
        "addin.server.serve('{1234}')"
    )
    assert output_of(program) == ["{1234}", "True"]
