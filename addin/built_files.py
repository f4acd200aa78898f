"""The add-in's files for both programs, in a folder of the user's choice."""

import os
from pathlib import Path

from addin.calc_extension import NAME as EXTENSION_NAME
from addin.places import ADDIN_NAME
from addin.versions import check_xlwings
from addin.whole_files import unwritable


def build_both(folder: str | os.PathLike) -> tuple[Path, Path]:
    """Writes lexp.xlam and lexp.oxt into the folder, which is made; gives their paths."""
    from addin.build import build_xlam
    from addin.calc import build_oxt

    check_xlwings()
    out = Path(folder)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise unwritable(out, failure) from failure
    paths = out / ADDIN_NAME, out / EXTENSION_NAME
    build_xlam(paths[0])
    build_oxt(paths[1])
    return paths
