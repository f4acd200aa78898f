"""Traps in formulas and texts that validators let through and Excel repairs or misreads."""

import re

from openpyxl.utils import FORMULAE

from workbook_templates.standard.formula_text import without_quotes, without_texts
from workbook_templates.standard.formulas import all_formulas
from workbook_templates.standard.pictures import CHART, charts
from workbook_templates.standard.workbook_file import WorkbookFile

LONGEST_TEXT = 32_767
FORMULA_STARTS = ("=", "+", "-", "@")
SPILLING = frozenset(
    "FILTER SORT SORTBY UNIQUE SEQUENCE RANDARRAY VSTACK HSTACK TOCOL TOROW WRAPROWS WRAPCOLS "
    "TAKE DROP EXPAND CHOOSECOLS CHOOSEROWS TEXTSPLIT TRANSPOSE FREQUENCY MMULT MINVERSE "
    "TREND GROWTH LINEST LOGEST MODE.MULT".split()
)
LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*(C[0-9]*)?|C[0-9]*", re.IGNORECASE)
A_NAME = re.compile(r"[A-Za-z_\\][\w.\\?]*")
PLAIN_TITLE = re.compile(r"[A-Za-z_][\w.]*")
ARRAY_CONSTANT = re.compile(r"\{[^}]*\}")


def names_like_cells(book: WorkbookFile):
    """A defined name that reads as an address, or cannot be a name."""
    for each in book.names:
        name = each.name.removeprefix("_xlnm.")
        if LIKE_A_CELL.fullmatch(name) or not A_NAME.fullmatch(name):
            yield f"name {each.name}", "reads as the address of a cell, or is no name"


def text_as_formula(book: WorkbookFile):
    """Text that the next edit makes a formula, and a formula stored with its '='."""
    for sheet in book.sheets:
        for cell in sheet.texts():
            is_start = cell.value.startswith(FORMULA_STARTS) and len(cell.value) > 1
            if is_start and not cell.style.quote_prefix:
                yield sheet.where(cell), f'the text "{cell.value[:40]}" without a quote prefix'
        for cell in sheet.formulas:
            if cell.formula.startswith("="):
                yield sheet.where(cell), f"a formula stored with its '=': {cell.formula[:40]}"


def unquoted_titles(book: WorkbookFile):
    """A sheet title with blanks or signs that stands in a reference without quotes."""
    marked = [s.title for s in book.sheets if not PLAIN_TITLE.fullmatch(s.title)]
    marked += [s.title for s in book.sheets if LIKE_A_CELL.fullmatch(s.title)]
    places = [(where, formula) for where, formula, _ in all_formulas(book)]
    for part, root in charts(book).items():
        places += [(part, each.text or "") for each in root.iter(f"{CHART}f")]
    for sheet in book.sheets:
        for link in sheet.find_all("hyperlinks/hyperlink"):
            places.append((f"{sheet.title}!{link.get('ref')}", link.get("location") or ""))
    for where, text in places:
        plain = without_texts(text)
        for title in marked:
            if re.search(rf"(?<![\w']){re.escape(title)}!", plain):
                yield where, f"the title {title} without quotes in {text[:60]}"


def new_functions(book: WorkbookFile):
    """A function that came after Excel 2007 without _xlfn., which shows as #NAME?."""
    for where, formula, parts in all_formulas(book):
        for each in parts.functions:
            each = each.lstrip(":")  # of INDEX(...):INDEX(...), which is a range
            if each not in FORMULAE and not each.startswith(("_XLFN.", "_XLWS.", "_XLL.")):
                yield where, f"{each} without _xlfn. in ={formula[:60]}"


def spilling_functions(book: WorkbookFile):
    """A function that gives many cells, in a formula that is not an array's."""
    for sheet in book.sheets:
        for cell in sheet.formulas:
            if cell.is_array or not cell.formula:
                continue
            for each in book.anatomy(cell).functions:
                if each.replace("_XLFN.", "").replace("_XLWS.", "") in SPILLING:
                    yield sheet.where(cell), f"{each} without array metadata"


def semicolons(book: WorkbookFile):
    """';' between arguments, as some languages show it; the file has ','."""
    for where, formula, _ in all_formulas(book):
        if ";" in formula and ";" in ARRAY_CONSTANT.sub("", without_quotes(formula)):
            yield where, f"a semicolon in ={formula[:60]}"


def numbers_that_are_none(book: WorkbookFile):
    """An empty <v>, NaN or infinity."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            raw = cell.raw
            is_empty = raw == "" and cell.value != ""
            if is_empty or (raw and raw.lstrip("+-").casefold() in ("nan", "inf", "infinity")):
                yield sheet.where(cell), f"<v>{raw}</v>"
    for part, root in charts(book).items():
        for value in root.iter(f"{CHART}v"):
            if (value.text or "").lstrip("+-").casefold() in ("nan", "inf", "infinity"):
                yield part, f"<v>{value.text}</v>"


def long_texts(book: WorkbookFile):
    """Text at or over 32,767 characters: too long, or cut at the limit without a word."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if isinstance(cell.value, str) and len(cell.value) >= LONGEST_TEXT / 2:
                length = len(cell.value.encode("utf-16-le")) // 2
                if length >= LONGEST_TEXT:
                    yield sheet.where(cell), f"a text of {length:,} characters"
