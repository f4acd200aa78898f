"""A workbook on paper: LibreOffice's print of it, the same bytes whenever it is made.

LibreOffice stamps the hour and a random number into each PDF. Both are replaced by what
follows from the content, so that a file that is made again can be told from a new one.
Another version of LibreOffice, or other fonts, may still print other bytes.
"""

import re
from hashlib import sha256
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook_templates.files import replace_file
from workbook_templates.libreoffice import LibreOffice

_HOUR = re.compile(rb"/CreationDate\(D:(\d{14})")
_NUMBER = re.compile(rb"/ID \[ <([0-9A-F]{32})>\s*<\1> \]\s*/DocChecksum /([0-9A-F]{32})")
FIXED_HOUR = b"20000101000000"  # that of the workbooks: see workbook_properties.FIXED_TIME


def write_pdf(engine: LibreOffice, workbook: str | PathLike, path: str | PathLike) -> None:
    """Prints the workbook, as stored, to `path`; a file that is there stays whole on failure.

    A LexpError names the workbook that LibreOffice cannot print, or the file that cannot be
    written.
    """
    with TemporaryDirectory(prefix="lexp-pdf-") as folder:
        content = engine.to_pdf(workbook, folder).read_bytes()
    replace_file(path, without_hour_and_chance(content))


def without_hour_and_chance(pdf: bytes) -> bytes:
    """The PDF with a fixed hour, and numbered by its content; its length stays."""
    fixed = _HOUR.sub(b"/CreationDate(D:" + FIXED_HOUR, pdf)
    number = _NUMBER.search(fixed)
    if number is None:
        return fixed
    blank = fixed
    for stamp in number.groups():
        blank = blank.replace(stamp, b"0" * 32)
    digits = sha256(blank).hexdigest()[:32].upper().encode()
    for stamp in number.groups():
        fixed = fixed.replace(stamp, digits)
    return fixed


def pdf_path(workbook: Path) -> Path:
    """Where a workbook's print is put: beside it, under its name."""
    return workbook.with_suffix(".pdf")
