"""Writes addin/calc/types.rdb, the functions' types for LibreOffice, from the table of functions.

Needs unoidl-write of LibreOffice's SDK (Debian: libreoffice-dev). With a path as its argument it
writes there instead.
"""

import glob
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from addin.calc.extension import TYPES
from addin.calc.interface import interface_definition

PROGRAM_CANDIDATES = (
    "/usr/lib/libreoffice/sdk/bin/unoidl-write",
    "/opt/libreoffice*/sdk/bin/unoidl-write",
    "/Applications/LibreOffice*_SDK/bin/unoidl-write",
)
# LibreOffice's own types, on which ours stand.
LIBRARY_CANDIDATES = (
    "/usr/lib/libreoffice/program/types*",
    "/opt/libreoffice*/program/types*",
    "/Applications/LibreOffice.app/Contents/Resources/types*",
)


def find_program() -> str | None:
    """The path of unoidl-write, if it is installed."""
    found = shutil.which("unoidl-write")
    return found or next((path for each in PROGRAM_CANDIDATES for path in glob.glob(each)), None)


def own_types() -> list[str]:
    """LibreOffice's type libraries: types.rdb, and those in the folder types."""
    paths = [Path(path) for each in LIBRARY_CANDIDATES for path in sorted(glob.glob(each))]
    files = [path for path in paths if path.name == "types.rdb"]
    folders = [path for path in paths if path.name == "types"]
    return [*map(str, files), *(str(folder / "offapi.rdb") for folder in folders)]


def write_types(path: Path) -> None:
    """Write the type library."""
    program = find_program()
    if program is None:
        sys.exit("unoidl-write is not there; install LibreOffice's SDK (Debian: libreoffice-dev)")
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory, "functions.idl")
        source.write_text(interface_definition(), encoding="utf-8", newline="\n")
        subprocess.run([program, *own_types(), str(source), str(path)], check=True)


if __name__ == "__main__":
    write_types(Path(sys.argv[1]) if len(sys.argv) > 1 else TYPES)
