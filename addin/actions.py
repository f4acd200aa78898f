"""What the ribbon's buttons do: insert a schedule, make the workbooks, help, log, about.

The add-in's VBA calls `run` with the action's name and its texts as hexadecimal digits of
UTF-16: a path with a quote or an ampersand passes through VBA, a command line and Python so.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import addin.log_file as log_file
from addin.own_command import run_lexp
from addin.places import MACOS, WINDOWS, documents_folder, places_here
from addin.versions import lexp_version, xlwings_version
from lexp_calc.errors import LexpError, NotThere, WrongKind, quoted
from lexp_calc.wording import counted

TITLE = "lexp"
BUILT_IN = "lexp-2003"
MOST_LINES = 25  # of an alert; a box of more does not fit on a screen
WIDEST_LINE = 200


def run(action: str, *hex_texts: str) -> None:
    """Runs one action for the calling workbook; whatever goes wrong is told in an alert.

    A fault of the user's in the words of the error, a fault of the program in one line. Where
    Excel shows no alert, the line goes to stderr, which xlwings shows.
    """
    try:
        _run(action, hex_texts)
    except Exception as failure:  # the outer shell of an action: no traceback reaches the user
        line = f"lexp: {action}: {log_file.log_fault(failure)}"
        try:
            _alert([line], mode="critical")
        except Exception as no_alert:
            log_file.log_fault(no_alert)
            print(line, file=sys.stderr)
            sys.exit(1)


def _run(action: str, hex_texts: Sequence[str]) -> None:
    try:
        ACTIONS[action](*map(_text, hex_texts))
    except LexpError as problem:
        _alert(str(problem).splitlines(), mode="critical")


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace").strip()


def insert_schedule(deal: str = "", tranche: str = "", scenario: str = "") -> None:
    """A tranche's schedule at the selected cell; the built-in deal where none is named."""
    from addin.schedule_in_sheet import insert_schedule

    if not tranche:
        raise WrongKind("tranche", "found nothing", 'its id, such as "term-loan", would be right')
    insert_schedule(_calling_book(), deal or BUILT_IN, tranche, scenario)


def make_workbooks(term_sheet: str = "") -> None:
    """The workbooks of a term sheet, in a folder beside it or else in the user's documents."""
    path, folder = _term_sheet(term_sheet)
    said = run_lexp("workbooks", path, "--out", str(folder))
    if said.did_all:
        number = sum(line.endswith(".xlsx") for line in said.lines)
        _alert([f"{counted(number, 'workbook')} made:", *said.lines])
    else:
        _alert([*said.problems, *said.lines], mode="critical")


def _term_sheet(term_sheet: str) -> tuple[str, Path]:
    """The term sheet as the command takes it, and the folder for its workbooks."""
    elsewhere = documents_folder() / "lexp"
    if term_sheet.casefold() in ("", BUILT_IN):
        return BUILT_IN, elsewhere
    path = Path(term_sheet)
    if not path.is_absolute():
        path = Path(_calling_book().fullname).parent / path
    if not path.is_file():
        expected = "the path of a term sheet (.toml) would be right"
        raise NotThere("term sheet", f"{quoted(term_sheet)}, which is no file", expected)
    return str(path), path.parent if _writable(path.parent) else elsewhere


def _writable(folder: Path) -> bool:
    """Whether files can be made in the folder; tried, as permissions alone do not tell."""
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def function_help(name: str = "") -> None:
    """All about one function: arguments, units, example; without a name, how to get a list."""
    if not name:
        _alert(
            [
                "Select a cell with a LEXP_ function, or type the name of one.",
                "In the function wizard (Shift+F3) they stand under the categories LEXP …",
                "`lexp functions` in a command prompt lists them all.",
            ]
        )
        return
    said = run_lexp("functions", "--", name)
    if said.did_all:
        _alert(said.lines, rest=f"all of it: lexp functions {name}")
    else:
        _alert(said.problems, mode="critical")


def show_log() -> None:
    """The add-in's log, in whatever the system shows texts with."""
    path = log_file.path()
    if not path.is_file():
        _alert(["Nothing has been written to the log yet.", f"It will be {path}"])
    elif sys.platform == WINDOWS:
        import os

        os.startfile(path)
    else:
        subprocess.run(["open" if sys.platform == MACOS else "xdg-open", str(path)], check=True)


def about() -> None:
    """Versions, and where things are."""
    lines = [
        f"lexp {lexp_version()}: corporate debt from terms to cash flows",
        f"xlwings {xlwings_version()}, Python {sys.version.split()[0]}",
        f"Python: {sys.executable}",
    ]
    try:
        places = places_here()
        lines += [f"Add-in: {places.addin}", f"Settings: {places.conf}"]
    except LexpError:  # no system with Excel; the rest is worth knowing all the same
        pass
    lines += [f"Log: {log_file.path()}", "`lexp doctor` looks whether all is well."]
    if sys.platform == MACOS:
        lines.append("On macOS cells have no LEXP_ functions; `lexp calc` gives their values.")
    _alert(lines)


ACTIONS: dict[str, Callable] = {
    "insert_schedule": insert_schedule,
    "make_workbooks": make_workbooks,
    "function_help": function_help,
    "show_log": show_log,
    "about": about,
}


def _calling_book():
    from addin.light_start import import_xlwings

    return import_xlwings().Book.caller()


def _alert(lines: Sequence[str], mode: str = "info", rest: str = "") -> None:
    """A box in front of Excel; what does not fit is cut, and `rest` says where all of it is."""
    shown = [line if len(line) <= WIDEST_LINE else f"{line[:WIDEST_LINE]}…" for line in lines]
    if len(shown) > MOST_LINES:
        left = f"… and {len(shown) - MOST_LINES + 1} lines more"
        shown = [*shown[: MOST_LINES - 1], f"{left}; {rest}" if rest else left]
    _calling_book().app.alert("\n".join(shown), title=TITLE, mode=mode)
