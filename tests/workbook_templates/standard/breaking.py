"""A generated workbook as its parts, to be broken on purpose in one of them."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lexp_calc import builtin_deal, project
from workbook_templates.standard import findings
from workbook_templates.workbook import build_book
from workbook_templates.writer import workbook_bytes

TRANCHE = "term-loan"
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"


def generated_parts():
    """{name of a part: its text} of a workbook of the built-in deal."""
    book = build_book(project(builtin_deal()), TRANCHE)
    with ZipFile(BytesIO(workbook_bytes(book))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def part_of(parts, title):
    """The part of the sheet with a title."""
    titles = re.findall(r'<sheet name="([^"]+)"', parts[WORKBOOK])
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def edited(parts, name, pattern, replacement, count=0):
    """The parts with one of them changed; a pattern that is not there is a mistake of the test."""
    text, times = re.subn(pattern, replacement, parts[name], count=count)
    assert times, f"nothing like {pattern} in {name}"
    return parts | {name: text}


def on_sheet(title, pattern, replacement, count=0):
    """A way to break a workbook: a change of one sheet's part."""
    return lambda parts: edited(parts, part_of(parts, title), pattern, replacement, count)


def in_part(name, pattern, replacement, count=0):
    """A way to break a workbook: a change of one part."""
    return lambda parts: edited(parts, name, pattern, replacement, count)


def with_part(name, text):
    """A way to break a workbook: a part more."""
    return lambda parts: parts | {name: text}


def all_of(*ways):
    """Several changes that together make one fault."""

    def broken(parts):
        for way in ways:
            parts = way(parts)
        return parts

    return broken


def written(parts, path, time=(1980, 1, 1, 0, 0, 0)):
    """The parts as a file, packed as the writer of workbooks packs them."""
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            entry = ZipInfo(name, time)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text.encode())
    return path


def found_in(path, **aids):
    """The findings but for what could not be checked; no validator unless one is given."""
    aids.setdefault("validate", lambda path: [])
    return [each for each in findings(path, **aids) if not each.is_unchecked]


def rows_found(path, **aids):
    """The numbers of the rows that are not held."""
    return {each.row for each in found_in(path, **aids)}
