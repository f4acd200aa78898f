"""Rows 14 to 18 and 32: the checks, the master check, and what the schedule must hold."""

from workbook_templates.standard.dependencies import dependencies
from workbook_templates.standard.tables import Table, schedules, tables
from workbook_templates.standard.workbook_file import Cell, Sheet, WorkbookFile

FEWEST_CHECKS = 8
HALF_A_CENT = 0.005 + 1e-9
ADDED = ("drawn", "interest in kind")
TAKEN = ("scheduled principal", "prepayment", "repayment", "swept", "due at maturity")
WORDS = ("OK", "ERROR")


def results(book: WorkbookFile) -> list[tuple[Sheet, Cell]]:
    """The cells of the Checks sheet's tables that give a result."""
    sheet = book.sheet("Checks")
    if sheet is None:
        return []
    found = []
    for table in tables(sheet):
        column = table.column("Result")
        if column is not None:
            cells = table.cells(column)
            found += [(sheet, cell) for cell in cells if cell is not None and cell.formula]
    return found


def enough_checks(book: WorkbookFile):
    """Row 14: eight or more, each measured by a tolerance that has a name."""
    found = results(book)
    if len(found) < FEWEST_CHECKS:
        yield "Checks", f"{len(found)} checks; at least {FEWEST_CHECKS} are due"
    tolerances = {
        area for name, areas in book.areas.items() if "tolerance" in name for area in areas
    }
    if not tolerances:
        yield "workbook", "no tolerance with a name"
        return
    needs = dependencies(book)
    for sheet, cell in found:
        direct = set(book.referred(sheet, cell))
        for area in list(direct):
            if area[:3] in needs.cells:
                direct |= set(book.referred(*needs.cells[area[:3]]))
        if not direct & tolerances:
            yield sheet.where(cell), "a check that does not use the tolerance"


def master_check(book: WorkbookFile):
    """Row 15: one cell of the Summary that stands on every check."""
    summary, needs = book.sheet("Summary"), dependencies(book)
    shown = [cell for cell in summary.formulas if cell.value in WORDS] if summary else []
    if not shown:
        yield "Summary", "no master check that says OK or ERROR"
        return
    checks = {(sheet.title, cell.row, cell.column) for sheet, cell in results(book)}
    missing = [checks - needs.reached((summary.title, cell.row, cell.column)) for cell in shown]
    fewest = min(missing, key=len)
    for title, row, column in sorted(fewest)[:1]:
        cell = book.by_title[title].cells[row, column]
        yield f"{title}!{cell.name}", f"not in the master check, like {len(fewest) - 1} others"


def rolls_forward(book: WorkbookFile):
    """Row 16: in each row opening + what is added - what is repaid = closing = next opening."""
    for table in schedules(book):
        opening, closing = table.column("Opening balance"), table.column("Closing balance")
        if opening is None:
            yield table.sheet.title, "no Opening balance to roll forward from"
            continue
        if not any("roll-forward" in head.casefold() for head in _all_heads(table)):
            yield table.sheet.title, "no column that checks the roll-forward in each row"
        before = 0.0
        for row in table.rows:
            moved = _sum(table, row, ADDED) - _sum(table, row, TAKEN)
            start, end = _number(table, row, opening), _number(table, row, closing)
            if abs(start + moved - end) > HALF_A_CENT * 2 or abs(start - before) > HALF_A_CENT:
                if not (start == 0 and end == 0):
                    yield f"{table.sheet.title} row {row}", "the balance does not roll forward"
                    break
            before = end
            cell = table.sheet.cells.get((row, closing))
            if cell is None or cell.formula is None:
                yield f"{table.sheet.title} row {row}", "a closing balance without a formula"
                break
    yield from _in_words(book, "in each row", "rolls forward", "no check in words")


def zero_at_maturity(book: WorkbookFile):
    """Row 17: nothing is owed after the schedule's last payment, and a check says so."""
    for table in schedules(book):
        closing = table.column("Closing balance")
        last = _number(table, table.rows[-1], closing)
        if abs(last) > HALF_A_CENT:
            yield f"{table.sheet.title} row {table.rows[-1]}", f"a balance of {last:,.2f} is left"
    yield from _in_words(book, "is zero", "balance", "no check that the balance is zero at the end")


def repaid_is_drawn(book: WorkbookFile):
    """Row 18: over the schedule, what was drawn and added equals what was repaid."""
    for table in schedules(book):
        added = sum(_sum(table, row, ADDED) for row in table.rows)
        taken = sum(_sum(table, row, TAKEN) for row in table.rows)
        if abs(added - taken) > HALF_A_CENT:
            yield table.sheet.title, f"drawn {added:,.2f}, repaid {taken:,.2f}"
    yield from _in_words(book, "repaid", "drawn", "no check that principal repaid is drawn")


def in_words(book: WorkbookFile):
    """Row 32: OK or ERROR in each result; no rule shows a result by colour or icon alone."""
    for sheet, cell in results(book):
        if cell.value not in WORDS:
            yield sheet.where(cell), f"a check that says {cell.value!r}"
        elif not set(WORDS) & set(book.anatomy(cell).texts):
            yield sheet.where(cell), "a check whose words are not in its formula"
    for sheet in book.sheets:
        for rule in sheet.find_all("conditionalFormatting/cfRule"):
            if rule.get("type") in ("iconSet", "dataBar", "colorScale"):
                yield sheet.title, f"a conditional format of the kind {rule.get('type')}"


def _in_words(book: WorkbookFile, first: str, second: str, missing: str):
    """A finding unless each schedule has a check whose words hold both."""
    sheet = book.sheet("Checks")
    labels = [cell.value.casefold() for cell in sheet.texts()] if sheet else []
    fitting = [label for label in labels if first in label and second in label]
    if len(fitting) < max(len(schedules(book)), 1):
        yield "Checks", missing


def _all_heads(table: Table) -> list[str]:
    same_row = (each for each in tables(table.sheet) if each.head_row == table.head_row)
    return [head for each in same_row for head in each.heads.values()]


def _sum(table: Table, row: int, heads: tuple[str, ...]) -> float:
    columns = (table.column(head) for head in heads)
    return sum(_number(table, row, column) for column in columns if column is not None)


def _number(table: Table, row: int, column: int) -> float:
    cell = table.sheet.cells.get((row, column))
    return cell.value if cell is not None and cell.is_number else 0.0
