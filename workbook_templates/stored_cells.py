"""What an .xlsx file stores: its formulas with their cached values, and its input cells.

Read from the file's XML itself, not through a library: the point is to see what Excel will
see. A file may come from anybody, so its size, its compression and its XML are checked first.
"""

import contextlib
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.escape import unescape

from lexp_calc.errors import LexpError, NotThere

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# Bounds on what a file may make us do; a workbook of ours has under 10 MB and a ratio near 10.
MOST_UNPACKED_BYTES = 200_000_000
MOST_COMPRESSION = 100
MOST_CELLS_OF_AN_ARRAY = 100_000
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# An encrypted workbook, like an old .xls, is a compound file instead of a zip.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names in its directory tell which; it may stand anywhere in the file.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
MOST_OF_A_DIRECTORY = 50_000_000


@dataclass(frozen=True)
class CellError:
    """The result of a formula that has none, as the cell shows it: "#N/A"."""

    text: str

    def __str__(self):
        return self.text


def stored_formula_cells(path):
    """{(sheet title, "B7"): (formula, cached value)} of every formula cell of an .xlsx file.

    The formula is as stored, without "="; a cell of a shared or array formula that repeats no
    text has the formula of its first cell, or "". The value is float, str, bool, CellError, or
    None where none is stored. LexpError for a file that is no sound workbook.
    """
    with open_workbook(path) as parts:
        texts = shared_texts(parts)
        return {
            (title, reference): (formula, value)
            for title, part in sheet_parts(parts)
            for reference, formula, value in sheet_formulas(parts, part, texts, f"{path}: {title}")
        }


def unlocked_input_cells(path):
    """{(sheet title, "B7"): value} of every cell that sheet protection leaves open, in order.

    Values are float (a date: its serial number), str, bool, or None for an empty cell. A
    formula in an unlocked cell is no input. LexpError for a file that is no sound workbook.
    """
    with open_workbook(path) as parts:
        texts = shared_texts(parts)
        unlocked = unlocked_styles(parts)
        return {
            (title, cell.get("r")): stored_value(cell, texts)
            for title, part in sheet_parts(parts)
            for cell in sheet_cells(parts, part)
            if int(cell.get("s", 0)) in unlocked and cell.find(f"{MAIN}f") is None
        }


@contextlib.contextmanager
def open_workbook(path):
    """The zip archive of an .xlsx file, checked; every fault inside is a LexpError."""
    where = str(path)
    try:
        check_beginning(where, path)
        with zipfile.ZipFile(path) as parts:
            check_sizes(where, parts.infolist())
            yield parts
    except (FileNotFoundError, IsADirectoryError):
        raise NotThere(where, "no such file", "the path of an .xlsx workbook") from None
    except OSError as failure:
        found = f"no way to read it ({failure.strerror or failure})"
        raise NotThere(where, found, "a file that may be read") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError) as error:
        found = f"not a sound zip archive ({error})"
        raise LexpError(where, found, "an .xlsx workbook") from None
    except ElementTree.ParseError as error:
        raise LexpError(where, f"XML that does not parse ({error})", "an .xlsx workbook") from None
    except LexpError as problem:
        raise (problem if problem.where.startswith(where) else problem.at(where)) from None
    except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
        found = f"not laid out as a workbook ({error})"
        raise LexpError(where, found, "an .xlsx workbook") from None


def check_beginning(where, path):
    """Refuse what is no zip archive, saying what it is instead."""
    with Path(path).open("rb") as file:
        beginning = file.read(len(COMPOUND_FILE))
        if beginning == COMPOUND_FILE:
            content = beginning + file.read(MOST_OF_A_DIRECTORY)
            if ENCRYPTED_STREAM in content:
                found = "the file is encrypted"
                raise LexpError(where, found, "one without a password")
            if any(stream in content for stream in OLD_STREAMS):
                found = "the file is of Excel 97-2003 (.xls), renamed"
                raise LexpError(where, found, "one saved as .xlsx")
            found = "the file is encrypted, or of Excel 97-2003"
            raise LexpError(where, found, "an .xlsx workbook without a password")
    if not beginning:
        raise LexpError(where, "the file is empty", "an .xlsx workbook")
    if not beginning.startswith(b"PK"):
        found = "not a sound zip archive, but something else under this name"
        raise LexpError(where, found, "an .xlsx workbook")


def check_sizes(where, entries):
    """Refuse an encrypted entry, a too large file and one that unpacks to far more than it is."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise LexpError(where, "an encrypted zip entry", "an .xlsx workbook without a password")
    if any(entry.compress_type not in COMPRESSIONS for entry in entries):
        raise LexpError(where, "a zip archive that is not deflated", "an .xlsx workbook")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED_BYTES:
        found = f"{unpacked:,} bytes unpacked"
        raise LexpError(where, found, f"at most {MOST_UNPACKED_BYTES:,}")
    if unpacked > MOST_COMPRESSION * max(packed, 1):
        found = f"unpacks to {unpacked / max(packed, 1):,.0f} times its size"
        raise LexpError(where, found, f"at most {MOST_COMPRESSION} times")


def read_xml(parts, name):
    """The root element of one XML part."""
    return ElementTree.fromstring(read_part(parts, name))


def read_part(parts, name):
    """The bytes of one XML part; LexpError if it declares a document type."""
    content = parts.read(name)
    # A document type can make a small text expand without bound, or read other files. Two-byte
    # encodings would hide it, and no program writes them here.
    if b"\0" in content[:4] or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise LexpError(name, "XML that is not in UTF-8", "an .xlsx workbook")
    if b"<!DOCTYPE" in content:
        raise LexpError(name, "XML with a document type (DTD)", "an .xlsx workbook, which has none")
    return content


def sheet_parts(parts):
    """[(sheet title, name of its part)] of the worksheets, in the workbook's order."""
    relationships = read_xml(parts, "xl/_rels/workbook.xml.rels")
    worksheets = {
        relationship.get("Id"): posixpath.normpath(
            posixpath.join("/xl", relationship.get("Target"))
        ).lstrip("/")
        for relationship in relationships
        if relationship.get("Type").endswith("/worksheet")
    }
    sheets = read_xml(parts, "xl/workbook.xml").find(f"{MAIN}sheets")
    if sheets is None:
        found = "no sheets as Excel writes them, unless in Strict Open XML"
        raise LexpError("xl/workbook.xml", found, "one saved as Excel Workbook (.xlsx)")
    return [
        (sheet.get("name"), worksheets[sheet.get(RELATIONSHIP_ID)])
        for sheet in sheets
        if sheet.get(RELATIONSHIP_ID) in worksheets
    ]


def shared_texts(parts):
    """The workbook's table of texts; cells refer to it by position."""
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    table = read_xml(parts, "xl/sharedStrings.xml")
    return [rich_text(item) for item in table.iter(f"{MAIN}si")]


def rich_text(item):
    """The text of one entry: of its runs, without their phonetic guides."""
    texts = item.findall(f"{MAIN}t") + item.findall(f"{MAIN}r/{MAIN}t")
    return unescape("".join(text.text or "" for text in texts))


def unlocked_styles(parts):
    """The positions of the cell styles with protection switched off."""
    styles = read_xml(parts, "xl/styles.xml")

    def is_unlocked(style):
        protection = style.find(f"{MAIN}protection")
        return protection is not None and protection.get("locked") in ("0", "false")

    return {
        position
        for position, style in enumerate(styles.find(f"{MAIN}cellXfs"))
        if is_unlocked(style)
    }


def sheet_cells(parts, part):
    """Each <c> element of a sheet, in order, let go of once its row is done."""
    for _, element in ElementTree.iterparse(BytesIO(read_part(parts, part))):
        if element.tag == f"{MAIN}row":
            yield from element.iterfind(f"{MAIN}c")
            element.clear()


def sheet_formulas(parts, part, texts, where):
    """(reference, formula, cached value) of each formula cell, members of arrays included."""
    members = {}
    shared = {}
    for cell in sheet_cells(parts, part):
        reference, formula = cell.get("r"), cell.find(f"{MAIN}f")
        if formula is None:
            # Of an array formula only the first cell repeats the text.
            if reference in members:
                yield reference, members.pop(reference), stored_value(cell, texts)
            continue
        text = formula.text or ""
        if formula.get("t") == "shared":
            text = shared.setdefault(formula.get("si"), text)
        elif formula.get("t") in ("array", "dataTable") and ":" in formula.get("ref", ""):
            members |= dict.fromkeys(references(formula.get("ref"), where), text)
        members.pop(reference, None)
        yield reference, text, stored_value(cell, texts)
    for reference, text in members.items():
        yield reference, text, None


def references(block, where):
    """Every reference of a block: "A1:B2" -> A1, B1, A2, B2."""
    left, top, right, bottom = range_boundaries(block)
    if (right - left + 1) * (bottom - top + 1) > MOST_CELLS_OF_AN_ARRAY:
        found = f"an array formula over {block}"
        raise LexpError(where, found, f"at most {MOST_CELLS_OF_AN_ARRAY:,} cells")
    columns = [get_column_letter(column) for column in range(left, right + 1)]
    return [f"{column}{row}" for row in range(top, bottom + 1) for column in columns]


def stored_value(cell, texts):
    """The value of one <c> element: float, str, bool, CellError, or None where it has none."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return "" if inline is None else rich_text(inline)
    stored = cell.findtext(f"{MAIN}v")
    if kind == "str":
        return None if stored is None else unescape(stored)
    if not stored:
        return None
    if kind == "s":
        return texts[int(stored)]
    if kind == "b":
        return stored in ("1", "true")
    if kind == "e":
        return CellError(stored)
    if kind == "d":
        return to_excel(datetime.fromisoformat(stored))
    return float(stored)
