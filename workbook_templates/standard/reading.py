"""Reading a finished .xlsx file whole, as the checker's model of it."""

import posixpath

from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple

from workbook_templates.standard.cell_styles import Styles, parsed
from workbook_templates.standard.workbook_file import Cell, DefinedName, Sheet, WorkbookFile
from workbook_templates.stored_cells import (
    MAIN,
    RELATIONSHIP_ID,
    open_workbook,
    read_part,
    shared_texts,
    stored_value,
)


def read_workbook_file(path) -> WorkbookFile:
    """The file, read whole; a LexpError where it is no sound workbook."""
    with open_workbook(path) as archive:
        entries = archive.infolist()
        xml = (".xml", ".rels", ".vml")
        parts = {
            name: read_part(archive, name) if name.endswith(xml) else archive.read(name)
            for name in dict.fromkeys(entry.filename for entry in entries)
        }
        texts = shared_texts(archive)
        relationships = {
            _owner(name): list(parsed(text)) for name, text in parts.items() if ".rels" in name
        }
        styles = Styles(parsed(parts["xl/styles.xml"]), parsed(parts.get("xl/theme/theme1.xml")))
        workbook = parsed(parts["xl/workbook.xml"])
        book = WorkbookFile(str(path), entries, parts, [], styles, [], workbook, relationships)
        book.sheets = [_sheet(book, title, part, texts) for title, part in _worksheets(book)]
        book.names = list(_names(book))
    return book


def _owner(relationships_part: str) -> str:
    folder, name = posixpath.split(relationships_part)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _worksheets(book: WorkbookFile):
    """(title, part) of each worksheet, in the workbook's order."""
    parts = {
        each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target")))[1:]
        for each in book.relationships["xl/workbook.xml"]
        if each.get("Type").endswith("/worksheet")
    }
    for sheet in book.workbook.find(f"{MAIN}sheets"):
        if sheet.get(RELATIONSHIP_ID) in parts:
            yield sheet.get("name"), parts[sheet.get(RELATIONSHIP_ID)]


def _names(book: WorkbookFile):
    titles = [each.get("name") for each in book.workbook.find(f"{MAIN}sheets")]
    for each in book.workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        local = each.get("localSheetId")
        title = None if local is None else titles[int(local)]
        yield DefinedName(each.get("name"), title, each.text or "")


def _sheet(book: WorkbookFile, title: str, part: str, texts: list[str]) -> Sheet:
    root = parsed(book.parts[part])
    cells, shared = {}, {}
    for element in root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"):
        row, column = coordinate_to_tuple(element.get("r"))
        style = book.styles[int(element.get("s", 0))]
        formula = element.find(f"{MAIN}f")
        value = stored_value(element, texts)
        raw = element.find(f"{MAIN}v")
        raw = None if raw is None else raw.text or ""
        text = None if formula is None else _formula(formula, element.get("r"), shared)
        is_array = formula is not None and formula.get("t") == "array"
        cells[row, column] = Cell(row, column, text, value, style, raw, is_array)
    return Sheet(title, part, root, cells)


def _formula(element, reference: str, shared: dict[str, tuple[str, str]]) -> str:
    """A formula's text; of a shared one that of its own cell."""
    text = element.text or ""
    if element.get("t") != "shared":
        return text
    if text:
        shared[element.get("si")] = (text, reference)
        return text
    first, origin = shared.get(element.get("si"), ("", reference))
    return Translator("=" + first, origin).translate_formula(reference)[1:] if first else ""
