"""Loads an add-in into LibreOffice and runs Basic there; run under the Python that has `uno`.

    python basic_in_libreoffice.py SOFFICE DIRECTORY < request.json > answers.json

The request: `path` of the add-in; `modules`, sources by name, for a new document; `bodies`,
statements that set the function TryIt; `formulas`, of the first column of its sheet. The answers:
`sources` of the add-in's modules as LibreOffice has read them, `compiled`, whether each of
`modules` and `alone` compiles by itself, `bodies` and `formulas`.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FILTER = "Calc MS Excel 2007 VBA XML"
HEAD = "Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\nOption Explicit\n"
ALWAYS_EXECUTE = 4
SCRIPT = "vnd.sun.star.script:Standard.{}.{}?language=Basic&location=document"


def settings(**given):
    """Named settings, as UNO takes them."""
    made = []
    for name, value in given.items():
        each = PropertyValue()
        each.Name, each.Value = name, value
        made.append(each)
    return tuple(made)


def desktop(soffice, directory):
    """The process, and its desktop once it answers."""
    profile, pipe = Path(directory, "profile").as_uri(), f"lexp-{os.getpid()}"
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    accept = f"--accept=pipe,name={pipe};urp;"
    quiet = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    process = subprocess.Popen([*command, "--nologo", accept], **quiet)
    local = uno.getComponentContext()
    name = "com.sun.star.bridge.UnoUrlResolver"
    resolver = local.ServiceManager.createInstanceWithContext(name, local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            name = "com.sun.star.frame.Desktop"
            return process, context.ServiceManager.createInstanceWithContext(name, context)
        except Exception:  # it has not started yet
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


class Trials:
    """What is asked of one LibreOffice."""

    def __init__(self, desk):
        self.desk = desk

    def sources(self, path):
        """The modules of the add-in's project as LibreOffice's own reader finds them."""
        given = settings(Hidden=True, MacroExecutionMode=ALWAYS_EXECUTE, FilterName=FILTER)
        document = self.desk.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, given)
        library = document.BasicLibraries.getByName("lexp")
        found = {name: library.getByName(name) for name in library.getElementNames()}
        sheets = [each.Name for each in document.Sheets]
        document.close(True)
        return found, sheets

    def document(self, modules):
        """A new document with these modules."""
        given = settings(Hidden=True, MacroExecutionMode=ALWAYS_EXECUTE)
        document = self.desk.loadComponentFromURL("private:factory/scalc", "_blank", 0, given)
        document.BasicLibraries.VBACompatibilityMode = True
        library = document.BasicLibraries.getByName("Standard")
        for name, source in modules.items():
            library.insertByName(name, source)
        return document

    def run(self, modules, module, function):
        """What a function answers; None where its module does not compile."""
        document = self.document(modules)
        script = document.getScriptProvider().getScript(SCRIPT.format(module, function))
        answer = script.invoke((), (), ())[0]
        document.close(True)
        return answer

    def compiles(self, name, source):
        """Whether a module does, alone; more cannot be asked of LibreOffice."""
        probe = "\nPublic Function ProbeOf() As Variant\n    ProbeOf = 7\nEnd Function\n"
        return self.run({name: source + probe}, name, "ProbeOf") == 7

    def body(self, modules, statements):
        """What TryIt is after the statements."""
        source = f"{HEAD}Public Function TryIt() As Variant\n{statements}\nEnd Function\n"
        return self.run({**modules, "Trying": source}, "Trying", "TryIt")

    def formulas(self, modules, formulas):
        """What the cells of a column show."""
        document = self.document(modules)
        sheet = document.Sheets.getByIndex(0)
        shown = []
        for row, formula in enumerate(formulas):
            cell = sheet.getCellByPosition(0, row)
            cell.Formula = formula
            shown.append(cell.String)  # calculated now, and not when all of them stand there
        document.close(True)
        return shown


def main(soffice, directory):
    """Answers one request."""
    request = json.load(sys.stdin)
    process, desk = desktop(soffice, directory)
    try:
        trials = Trials(desk)
        sources, sheets = trials.sources(request["path"])
        modules, alone = request["modules"], {**sources, **request["alone"]}
        answers = {
            "sources": sources,
            "sheets": sheets,
            "compiled": {name: trials.compiles(name, alone[name]) for name in alone},
            "bodies": [trials.body(modules, each) for each in request["bodies"]],
            "formulas": trials.formulas(modules, request["formulas"]),
        }
        json.dump(answers, sys.stdout)
    finally:
        process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
