"""formulon as second engine: comes with pip, so that a machine needs nothing else installed.

https://github.com/libraz/formulon, Apache 2.0: an engine of its own in WebAssembly, held by its
author against Excel 365. It is no stand-in for the core: it knows formulas and no loans.
"""

import importlib.util
import os
import sys
from pathlib import Path

from lexp_calc.errors import NotThere
from workbook_templates.engine_process import EngineProcess

BRIDGE = "workbook_templates.formulon_bridge"
HOW_TO_INSTALL = "pip install 'lexp[verify]'"


class Formulon(EngineProcess):
    """formulon in a process of its own; use it in a `with` block."""

    name = "formulon"

    def command(self, directory):
        """This interpreter with the bridge."""
        if importlib.util.find_spec("formulon") is None:
            raise NotThere("formulon", "not installed", HOW_TO_INSTALL)
        return [sys.executable, "-m", BRIDGE]

    def environment(self, directory):
        """The caller's own, with the paths from which it imports."""
        here = str(Path(__file__).parents[1])
        paths = os.pathsep.join([here, *(path for path in sys.path if path)])
        return os.environ | {"PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", "TMPDIR": directory}
