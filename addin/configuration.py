"""The settings that the add-in reads at its start: lines of "KEY","VALUE".

Excel's VBA reads them with `Input #`: two texts in quotes a line, in the system's code page,
keys in any case. A quote inside a value cannot be written; %NAME% in one is replaced.
"""

import re
from collections.abc import Mapping

from addin.places import MACOS, Places
from lexp_calc.errors import LexpError, WrongKind, quoted

_LINE = re.compile(r'\s*"?([^",]*?)"?\s*,\s*"?(.*?)"?\s*')
# xlwings' script hands the interpreter's path to a shell on macOS without quoting it.
_SAFE_ON_MACOS = re.compile(r"[\w/.@+:,-]+")
UDF_MODULES = "addin.udfs"


def own_settings(places: Places, interpreter: str) -> dict[str, str]:
    """The settings that an installation writes, for the Python of this path."""
    return {
        places.interpreter_key: interpreter,
        "UDF MODULES": UDF_MODULES,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW CONSOLE": "False",
    }


def settings_in(text: str) -> dict[str, str]:
    """The settings by key, in capitals; of a key given twice the first counts, as in VBA."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            found.setdefault(match[1].upper(), match[2])
    return found


def with_settings(text: str, settings: Mapping[str, str]) -> str:
    """The text with these settings, and every other line as it stood."""
    kept = without_settings(text, settings)
    lines = "".join(f'"{key}","{value}"\n' for key, value in settings.items())
    if kept and not kept.endswith("\n"):
        kept += "\n"
    return kept + lines


def without_settings(text: str, keys) -> str:
    """The text without the lines of these keys, which are in capitals."""
    unwanted = set(keys)
    return "".join(
        line
        for line in text.splitlines(keepends=True)
        if not ((match := _LINE.fullmatch(line.rstrip("\r\n"))) and match[1].upper() in unwanted)
    )


def encoded(text: str, places: Places) -> bytes:
    """The text as VBA reads it; a path with letters outside the code page is refused."""
    if places.system != MACOS:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    try:
        return text.encode(places.conf_encoding, "surrogateescape")
    except UnicodeEncodeError as failure:
        raise WrongKind(
            "the settings of the add-in",
            quoted(failure.object[failure.start : failure.end]),
            "letters of the system's code page alone would be right, as Excel's VBA reads no "
            "others: make the Python environment in a folder such as C:\\lexp",
        ) from None


def decoded(content: bytes, places: Places) -> str:
    """The text of a file of settings; bytes that are no text come through unchanged."""
    text = content.decode(places.conf_encoding, "surrogateescape").replace("\r\n", "\n")
    return text.removeprefix("\ufeff")


def usable_interpreter(path: str, places: Places) -> str:
    """The path of the Python, if Excel can be told it; else refused with the reason."""
    where = "the Python of this environment"
    problem = None
    if '"' in path or any(ord(letter) < 32 for letter in path):
        problem = "a path without quotes and control characters"
    elif re.search("%[^%]+%", path):
        problem = "a path without %…%, which Excel would replace,"
    elif places.system == MACOS and not _SAFE_ON_MACOS.fullmatch(path):
        problem = "on macOS a path without spaces, & and ', which xlwings does not quote,"
    if problem:
        raise LexpError(
            where, quoted(path), f"{problem} would be right: make the environment there"
        )
    return path
