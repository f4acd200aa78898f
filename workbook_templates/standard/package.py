"""Row 42: nothing in the file that a day, a machine or a person would change.

That two runs give the same bytes a single file cannot show; what would make them differ it
can: times of the clock, an order of its own, names of users and folders.
"""

import re

from workbook_templates.standard.cell_styles import parsed
from workbook_templates.standard.workbook_file import WorkbookFile

FIRST_PART = "[Content_Types].xml"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
TERMS = "{http://purl.org/dc/terms/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LAST = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
A_FOLDER = re.compile(rb"absPath|file:///|[A-Z]:\\\\?Users|/home/|/Users/|/tmp/")
OF_A_MACHINE = ("docProps/custom.xml", "xl/printerSettings/", "docProps/thumbnail", "xl/persons/")
PERSONAL = ("Manager", "HyperlinkBase", "Company")


def same_bytes(book: WorkbookFile):
    """Row 42."""
    for entry in book.entries:
        if entry.date_time != ZIP_EPOCH:
            yield entry.filename, f"a time of writing in the archive: {entry.date_time}"
        if entry.create_system != 0 or entry.extra:
            yield entry.filename, "a mark of the system that wrote the archive"
    names = [entry.filename for entry in book.entries]
    if names[0] != FIRST_PART or len(set(names)) != len(names):
        yield names[0], f"parts out of order: {FIRST_PART} comes first, each part once"
    yield from _properties(book)
    for part, content in book.parts.items():
        if part.startswith(OF_A_MACHINE):
            yield part, "a part that tells of a machine or a person"
        if A_FOLDER.search(content):
            yield part, "a folder of the machine that wrote it"


def _properties(book: WorkbookFile):
    core = parsed(book.parts.get("docProps/core.xml"))
    if core is not None:
        created, modified = core.findtext(f"{TERMS}created"), core.findtext(f"{TERMS}modified")
        if created != modified or not (created or "").endswith("T00:00:00Z"):
            yield "docProps/core.xml", f"times of the clock: {created}, {modified}"
        last = core.findtext(LAST)
        if last and last != core.findtext(CREATOR):
            yield "docProps/core.xml", f"last modified by {last}"
    app = parsed(book.parts.get("docProps/app.xml"))
    for word in PERSONAL if app is not None else ():
        if (app.findtext(f"{{*}}{word}") or "").strip():
            yield "docProps/app.xml", f"{word}: {app.findtext(f'{{*}}{word}')}"
