"""Row 44: what Excel repairs or misreads though validators let it through, a function a trap."""

import re
from collections.abc import Iterator
from math import isfinite
from xml.etree.ElementTree import Element

from openpyxl.formula import Tokenizer

from lexp_calc.errors import LexpError
from workbook_templates.addresses import checked_name
from workbook_templates.sheet_data import FORMULA_STARTS
from workbook_templates.standard.charts import DRAWING
from workbook_templates.standard.finding import Fault
from workbook_templates.standard.formulas import QUOTED, every_formula
from workbook_templates.standard.reading import ReadSheet, ReadWorkbook
from workbook_templates.standard.tables import headed
from workbook_templates.stored_cells import MAIN
from workbook_templates.validations import LONGEST_LIST, LONGEST_MESSAGE, LONGEST_MESSAGE_TITLE
from workbook_templates.values import LONGEST_TEXT

LONGEST_FOOTER = 255
PLAIN_TITLE = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]*$")
OWN_NAMES = ("_xlnm.",)  # print areas and the like
# Functions that came after the file format: without their prefix Excel shows #NAME?.
NEW = re.compile(
    r"(?<!_xlfn\.)(?<!_xlws\.)(?<![\w.])(XLOOKUP|XMATCH|FILTER|SORT|SORTBY|UNIQUE|SEQUENCE|LET|"
    r"LAMBDA|TEXTJOIN|CONCAT|IFS|SWITCH|MAXIFS|MINIFS|DAYS|IFNA|XOR|NORM\.S\.DIST|NORM\.S\.INV|"
    r"TEXTSPLIT|VSTACK|HSTACK|TAKE|DROP|CHOOSECOLS|CHOOSEROWS|TOCOL|TOROW|ISOWEEKNUM|ARRAYTOTEXT)\("
)
SPILLING = re.compile(
    r"\b(FILTER|SORT|SORTBY|UNIQUE|SEQUENCE|RANDARRAY|TEXTSPLIT|VSTACK|HSTACK|TAKE|DROP|"
    r"CHOOSECOLS|CHOOSEROWS|TOCOL|TOROW|TRANSPOSE)\("
)


def lists_are_short(book: ReadWorkbook) -> Iterator[Fault]:
    """A list of choices over 255 characters."""
    for sheet, rule in _validations(book):
        listed = rule.findtext(f"{MAIN}formula1") or ""
        if rule.get("type") == "list" and listed.startswith('"') and len(listed) - 2 > LONGEST_LIST:
            yield f"{sheet.title}!{rule.get('sqref')}", f"a list of {len(listed) - 2} characters"


def messages_are_short(book: ReadWorkbook) -> Iterator[Fault]:
    """Prompts and errors over 255 characters, their titles over 32."""
    limits = {
        "prompt": LONGEST_MESSAGE,
        "error": LONGEST_MESSAGE,
        "promptTitle": LONGEST_MESSAGE_TITLE,
        "errorTitle": LONGEST_MESSAGE_TITLE,
    }
    for sheet, rule in _validations(book):
        for what, longest in limits.items():
            if len(rule.get(what) or "") > longest:
                yield f"{sheet.title}!{rule.get('sqref')}", f"{what} of {len(rule.get(what))}"


def footers_are_short(book: ReadWorkbook) -> Iterator[Fault]:
    """A header or footer over 255 characters."""
    for sheet in book.sheets:
        for each in sheet.root.iterfind(f"{MAIN}headerFooter/*"):
            if len(each.text or "") > LONGEST_FOOTER:
                yield sheet.title, f"{each.tag.removeprefix(MAIN)} of {len(each.text)} characters"


def names_are_no_cells(book: ReadWorkbook) -> Iterator[Fault]:
    """A defined name that reads as a cell, or that Excel keeps for itself."""
    for each in book.root.iter(f"{MAIN}definedName"):
        name = each.get("name")
        if name.startswith(OWN_NAMES):
            continue
        try:
            checked_name(name)
        except LexpError as problem:
            yield f"name {name}", problem.found


def texts_stay_texts(book: ReadWorkbook) -> Iterator[Fault]:
    """A text that begins like a formula, and would become one when it is edited."""
    for sheet in book.sheets:
        for cell in sheet.texts():
            if cell.value.startswith(FORMULA_STARTS) and cell.value != "-" and not cell.look.quoted:
                yield sheet.at(cell), f"{cell.value[:30]!r} without the mark that keeps it text"


def sheet_names_are_quoted(book: ReadWorkbook) -> Iterator[Fault]:
    """A sheet's name with a space or sign in it, without quotes in a reference."""
    places = [(sheet.at(cell), f"={cell.formula}") for sheet, cell in every_formula(book)]
    listed = book.root.iter(f"{MAIN}definedName")
    places += [(f"name {each.get('name')}", f"={each.text}") for each in listed]
    for where, formula in places:
        if "!" not in formula:
            continue
        for token in Tokenizer(formula).items:
            title, mark, _ = token.value.rpartition("!")
            if token.subtype == "RANGE" and mark and not title.startswith("'"):
                if not PLAIN_TITLE.match(title):
                    yield where, f"{title} without quotes in {formula}"


def heads_are_words(book: ReadWorkbook) -> Iterator[Fault]:
    """A table's head that is a number or a formula, or stands twice in a real table."""
    for sheet in book.sheets:
        for table in headed(sheet):
            for cell in sheet.rows[table.head_row]:
                if cell.look.is_head and cell.value is not None and not cell.is_text:
                    yield sheet.at(cell), f"a head that is {cell.formula or cell.value!r}"
    for part in book.parts:
        if part.startswith("xl/tables/"):
            heads = [each.get("name") for each in book.tree(part).iter(f"{MAIN}tableColumn")]
            for head in sorted({each for each in heads if heads.count(each) > 1}):
                yield part, f"two columns called {head}"


def filters_are_not_on_tables(book: ReadWorkbook) -> Iterator[Fault]:
    """A filter of the sheet over a table, which has one of its own."""
    for sheet in book.sheets:
        if sheet.root.find(f"{MAIN}autoFilter") is not None and book.targets(sheet.part, "/table"):
            yield sheet.title, "a filter over a table"


def conditions_have_no_equals_sign(book: ReadWorkbook) -> Iterator[Fault]:
    """A conditional format whose formula begins with '='."""
    for sheet in book.sheets:
        for each in sheet.root.iter(f"{MAIN}cfRule"):
            for formula in each.iterfind(f"{MAIN}formula"):
                if (formula.text or "").startswith("="):
                    yield sheet.title, f"a conditional format by {formula.text}"


def new_functions_are_marked(book: ReadWorkbook) -> Iterator[Fault]:
    """A new function without its prefix; one that spills without array metadata."""
    for sheet, cell in every_formula(book):
        text = QUOTED.sub("", cell.formula)
        if found := NEW.search(text):
            yield sheet.at(cell), f"{found[1]} without its prefix _xlfn."
        if SPILLING.search(text) and cell.raw.find(f"{MAIN}f").get("t") != "array":
            yield sheet.at(cell), f"={cell.formula} would spill without array metadata"


def arguments_are_split_by_commas(book: ReadWorkbook) -> Iterator[Fault]:
    """A semicolon between arguments, as some languages show it and no file holds it."""
    for sheet, cell in every_formula(book):
        if ";" in re.sub(r"\{[^}]*\}", "", QUOTED.sub("", cell.formula)):
            yield sheet.at(cell), f"a semicolon in ={cell.formula}"


def one_sheet_is_selected(book: ReadWorkbook) -> Iterator[Fault]:
    """Two sheets selected: what is typed into one is typed into both."""
    selected = [
        sheet.title
        for sheet in book.sheets
        for view in sheet.root.iter(f"{MAIN}sheetView")
        if view.get("tabSelected") in ("1", "true")
    ]
    if len(selected) > 1:
        yield ", ".join(selected), f"{len(selected)} sheets selected"


def values_are_whole(book: ReadWorkbook) -> Iterator[Fault]:
    """An empty value, NaN or infinity; a text over 32,767 characters."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            stored = cell.raw.find(f"{MAIN}v")
            if stored is not None and not stored.text and cell.raw.get("t") != "str":
                yield sheet.at(cell), "an empty value"
            if isinstance(cell.value, float) and not isfinite(cell.value):
                yield sheet.at(cell), f"{cell.value}"
            if (
                isinstance(cell.value, str)
                and len(cell.value.encode("utf-16-le")) > 2 * LONGEST_TEXT
            ):
                yield sheet.at(cell), f"a text of {len(cell.value):,} characters"


def drawings_are_full(book: ReadWorkbook) -> Iterator[Fault]:
    """A drawing without its charts: the sheet says that there is one, and nothing shows."""
    for sheet in book.sheets:
        drawings = book.targets(sheet.part, "/drawing")
        if len(drawings) < len(sheet.root.findall(f"{MAIN}drawing")):
            yield sheet.title, "a drawing that is not in the file"
        for part in drawings:
            if part not in book.parts:
                yield part, "a drawing that is not in the file"
                continue
            frames = len(list(book.tree(part).iter(f"{DRAWING}graphicFrame")))
            charts = [each for each in book.targets(part, "/chart") if each in book.parts]
            if not frames or frames != len(charts):
                yield part, f"{frames} frames for {len(charts)} charts"


def _validations(book: ReadWorkbook) -> Iterator[tuple[ReadSheet, Element]]:
    return ((s, rule) for s in book.sheets for rule in s.root.iter(f"{MAIN}dataValidation"))


TRAPS = (
    lists_are_short,
    messages_are_short,
    footers_are_short,
    names_are_no_cells,
    texts_stay_texts,
    sheet_names_are_quoted,
    heads_are_words,
    filters_are_not_on_tables,
    conditions_have_no_equals_sign,
    new_functions_are_marked,
    arguments_are_split_by_commas,
    one_sheet_is_selected,
    values_are_whole,
    drawings_are_full,
)


def no_trap(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 44, beside the validator: none of the traps."""
    for trap in TRAPS:
        yield from trap(book)
