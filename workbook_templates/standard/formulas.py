"""Rows 6 to 11: formulas without numbers, one a column, short, steady, at home, no circle."""

import re
from collections import Counter

from workbook_templates.standard.dependencies import dependencies
from workbook_templates.standard.formula_text import taken_apart, without_texts
from workbook_templates.standard.tables import Table, tables
from workbook_templates.standard.workbook_file import Area, Cell, Sheet, WorkbookFile

ALLOWED_NUMBERS = ("0", "1", "2")
LONGEST, DEEPEST = 120, 3
MOST_LINES = 0.8
UNSTEADY = ("OFFSET", "INDIRECT", "TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY")
NUMBER_IN_A_CRITERION = re.compile(r"[<>=]+\s*-?(\d+(?:\.\d+)?%?)")
ELSEWHERE = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]|\|'?|https?://|file:", re.IGNORECASE)
FOREIGN_PARTS = (
    "xl/externalLinks/", "xl/connections.xml", "xl/vbaProject", "xl/macrosheets/",
    "xl/dialogsheets/", "xl/activeX/", "xl/ctrlProps/", "xl/embeddings/", "xl/queryTables/",
    "customUI/", "xl/model/",
)  # fmt: skip


def no_numbers(book: WorkbookFile):
    """Row 6: none but 0, 1, 2 and the digits of ROUND, a text criterion like "<5" included."""
    for sheet in book.sheets:
        for cell in sheet.formulas:
            parts = book.anatomy(cell)
            numbers = [each for each in parts.numbers if each not in ALLOWED_NUMBERS]
            for text in parts.texts:
                criterion = NUMBER_IN_A_CRITERION.fullmatch(text)
                if criterion and criterion[1] not in ALLOWED_NUMBERS:
                    numbers.append(text)
            if numbers:
                yield sheet.where(cell), f"{', '.join(numbers)} in ={cell.formula}"


def one_formula_a_column(book: WorkbookFile):
    """Row 7: first and last row excepted; see `tables` for what is a table.

    Links, and the names of one figure of several tranches, count as one formula. Where the
    rows are lines of their own, only a column counts of which over four fifths agree.
    """
    endings = _endings(book)
    for sheet in book.sheets:
        for table in tables(sheet):
            for column, head in table.heads.items():
                yield from _column(book, table, column, head, endings)


def _column(book: WorkbookFile, table: Table, column: int, head: str, endings):
    # Beside a longer column a shorter one ends with its last formula, with zeros below it.
    filled = [row for row in table.rows if _is_used(table.sheet.cells.get((row, column)))]
    rows = [row for row in table.rows if filled and row <= filled[-1]]
    rows = rows[1:] if table.total_rows else rows[1:-1]
    cells = [table.sheet.cells.get((row, column)) for row in rows]
    forms = [_form(book, table.sheet, cell, endings) for cell in cells]
    if not any(forms) or len(forms) < 2:
        return
    form, times = Counter(each for each in forms if each).most_common(1)[0]
    if table.is_statement and (times <= MOST_LINES * len(forms) or form == "a link"):
        return
    for row, cell, other in zip(rows, cells, forms, strict=True):
        if other != form and not (table.is_statement and cell is None):
            shown = "no formula" if other is None else f"={cell.formula}"
            yield f"{table.sheet.title} row {row}", f"{head}: {shown}; most have {form}"
            return  # one place tells the column


def _is_used(cell: Cell | None) -> bool:
    return cell is not None and (cell.formula is not None or cell.value not in (None, "", 0.0))


def _form(book: WorkbookFile, sheet: Sheet, cell: Cell | None, endings) -> str | None:
    if cell is None or cell.formula is None:
        return None
    form, parts = book.taken_apart(cell)
    if parts.is_link and book.referred(sheet, cell):
        if parts.references[0].name or book.referred(sheet, cell)[0].sheet != sheet.title:
            return "a link"
    return endings.sub("", form) if endings else form


def _endings(book: WorkbookFile):
    """The ends by which names of several tranches differ: …_revolver, …_term_loan."""
    base = "schedule_closing_balance_"
    ends = [each.name[len(base) - 1 :] for each in book.names if each.name.startswith(base)]
    if not ends:
        return None
    ends.sort(key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(map(re.escape, ends)) + r")\b")


def short_formulas(book: WorkbookFile):
    """Row 8: at most 120 characters, and round brackets at most three deep.

    Brackets of arithmetic count as those of functions do: a reader has to match either.
    """
    for sheet in book.sheets:
        # The last of a column has the longest row numbers.
        longest = [cell for cell in sheet.formulas if len(cell.formula) > LONGEST]
        columns = {cell.column: cell for cell in longest}
        for cell in columns.values():
            yield sheet.where(cell), f"{len(cell.formula)} characters: ={cell.formula}"
        for cell in distinct_formulas(book, sheet):
            depth = book.anatomy(cell).depth
            if depth > DEEPEST:
                yield sheet.where(cell), f"{depth} brackets deep: ={cell.formula}"


def steady_functions(book: WorkbookFile):
    """Row 9: nothing that moves with the clock, with chance, or refers by a text."""
    for where, formula, parts in all_formulas(book):
        found = [each for each in parts.functions if each in UNSTEADY]
        if found:
            yield where, f"{', '.join(found)} in ={formula}"


def at_home(book: WorkbookFile):
    """Row 10: no part, relationship or formula that leads out of the file, and no program."""
    for part in book.parts:
        if part.startswith(FOREIGN_PARTS):
            yield part, "a part that links outside or holds a program"
    for part, relationships in book.relationships.items():
        for each in relationships:
            if each.get("TargetMode") == "External":
                yield part, f"a link to {each.get('Target')}"
    if b"macroEnabled" in book.parts.get("[Content_Types].xml", b""):
        yield "[Content_Types].xml", "a workbook with macros"
    for where, formula, _ in all_formulas(book):
        if ELSEWHERE.search(without_texts(formula)):
            yield where, f"a reference to another file: ={formula}"


def no_circles(book: WorkbookFile):
    """Row 11: no formula needs itself, names and blocks of cells resolved."""
    for circle in dependencies(book).circles():
        cells = [f"{cell[0]}!{Cell(*cell[1:], None, None, None, None, False).name}"
                 for cell in circle if not isinstance(cell, Area)]  # fmt: skip
        yield cells[0] if cells else "workbook", "a circle: " + ", ".join(cells[:8])


def all_formulas(book: WorkbookFile):
    """(where, formula, anatomy): of cells each form once a sheet; of names and rules all."""
    for where, formula in _formulas_of_rules(book):
        yield where, formula, taken_apart(formula, 1, 1)[1]
    for sheet in book.sheets:
        for cell in distinct_formulas(book, sheet):
            yield sheet.where(cell), cell.formula, book.anatomy(cell)


def distinct_formulas(book: WorkbookFile, sheet: Sheet) -> list[Cell]:
    """The first cell of each form of formula on a sheet: one stands for its whole column."""
    first = {}
    for cell in sheet.formulas:
        if cell.formula:
            first.setdefault(book.taken_apart(cell)[0], cell)
    return list(first.values())


def _formulas_of_rules(book: WorkbookFile):
    for sheet in book.sheets:
        for tag in ("formula1", "formula2"):
            for rule in sheet.find_all(f"dataValidations/dataValidation/{tag}"):
                if rule.text:
                    yield f"{sheet.title}: a validation", rule.text
        for rule in sheet.find_all("conditionalFormatting/cfRule/formula"):
            if rule.text:
                yield f"{sheet.title}: a conditional format", rule.text
    for each in book.names:
        if each.text:
            yield f"name {each.name}", each.text
