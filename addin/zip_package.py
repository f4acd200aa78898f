"""The packages that the add-in is made of: zip archives, of the same bytes wherever made."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from addin.whole_files import unwritable, write_whole

EARLIEST_DATE = (1980, 1, 1, 0, 0, 0)


def write_package(path: Path, parts: dict[str, bytes | str]) -> None:
    """Writes the parts by their names, whole or not at all; LexpError where it can't be written."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, EARLIEST_DATE)
            entry.create_system = 0  # else the file says on which kind of system it was made
            archive.writestr(entry, content, ZIP_DEFLATED)
    try:
        write_whole(path, packed.getvalue())
    except OSError as failure:
        raise unwritable(path, failure) from failure
