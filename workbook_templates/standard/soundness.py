"""Rows 14 to 18 and 32: the checks, and what must hold in every schedule."""

from collections.abc import Iterator

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.reading import ReadSheet, ReadWorkbook
from workbook_templates.standard.tables import ReadTable, tables

FEWEST_CHECKS = 8
OPENING, CLOSING = "Opening balance", "Closing balance"
ADDED = ("Drawn", "Interest in kind")
TAKEN = ("Scheduled principal", "Prepayment", "Repayment", "Due at maturity")
HALF_A_CENT = 0.005
VERDICTS = ("OK", "ERROR")


def checks_are_there(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 14: a sheet of at least eight checks, each held to a named tolerance."""
    sheet = book.sheet("Checks")
    if sheet is None:
        yield "workbook", "no sheet Checks"
        return
    lines = [cell for cell in sheet.formulas if cell.value in VERDICTS]
    if len(lines) - 1 < FEWEST_CHECKS:  # one is the master check
        yield "Checks", f"{max(len(lines) - 1, 0)} checks"
    if book.names.get("tolerance") is None:
        yield "workbook", "no name tolerance"
    elif not any(cell.formula == "tolerance" for cell in sheet.formulas):
        yield "Checks", "no check is held to the tolerance"


def summary_has_the_master_check(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 15: one answer for all checks stands on the Summary, and is OK."""
    sheet = book.sheet("Summary")
    shown = [c for c in sheet.formulas if c.formula == "master_check"] if sheet else []
    if not shown or book.names.get("master_check") is None:
        yield "Summary", "no master check"
    for cell in shown:
        if cell.value != "OK":
            yield f"Summary!{cell.reference}", f"the master check says {cell.value}"


def balances_roll_forward(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 16: before + drawn - repaid = after in each row, checked by a column of formulas."""
    for sheet, table in schedules(book):
        checking = [n for n, b in book.names.items() if b and b.sheet == sheet.title]
        if not any("roll_forward_check" in name for name in checking):
            yield sheet.title, "no column checks the roll-forward"
        before = None
        for row in table.rows:
            opening, closing = _amount(table, row, OPENING), _amount(table, row, CLOSING)
            added, taken = _sum(table, row, ADDED), _sum(table, row, TAKEN)
            if abs(opening + added - taken - closing) > HALF_A_CENT:
                after = f"{opening + added - taken:,.2f} by the roll-forward"
                yield f"{sheet.title}, row {row}", f"{closing:,.2f}, but {after}"
            if before is not None and opening and abs(before - opening) > HALF_A_CENT:
                yield f"{sheet.title}, row {row}", f"{opening:,.2f} after {before:,.2f}"
            before = closing


def balance_ends_at_zero(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 17: nothing is owed after the last row."""
    for sheet, table in schedules(book):
        owed = _amount(table, table.last_row, CLOSING)
        if abs(owed) > HALF_A_CENT:
            yield sheet.title, f"{owed:,.2f} is owed at the end"


def principal_is_repaid(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 18: principal repaid is principal drawn, what was added in kind included."""
    for sheet, table in schedules(book):
        drawn = sum(_sum(table, row, ADDED) for row in table.rows)
        repaid = sum(_sum(table, row, TAKEN) for row in table.rows)
        if abs(drawn - repaid) > HALF_A_CENT:
            yield sheet.title, f"{drawn:,.2f} drawn, {repaid:,.2f} repaid"


def verdicts_are_words(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 32: each check ends in OK or ERROR, whatever colour it has."""
    sheet = book.sheet("Checks")
    if sheet is None:
        return
    block = book.names.get("check_results")
    if block is None:
        yield "Checks", "no name check_results"
        return
    for (row, column), cell in sheet.cells.items():
        inside = block.first_row <= row <= block.last_row and column == block.first_column
        if inside and cell.formula is not None and cell.value not in VERDICTS:
            yield sheet.at(cell), f"a check that says {cell.value!r}"


def schedules(book: ReadWorkbook) -> Iterator[tuple[ReadSheet, ReadTable]]:
    """Each schedule: the table with an opening and a closing balance on its sheet."""
    for sheet in book.sheets_called("Schedule"):
        for table in tables(sheet):
            if {OPENING, CLOSING} <= set(table.heads.values()):
                yield sheet, table
                break


def _amount(table: ReadTable, row: int, head: str) -> float:
    """The amount under a head; 0 where the table has no such head."""
    column = table.column(head)
    value = None if column is None else table.sheet.value(row, column)
    return value if isinstance(value, float) else 0.0


def _sum(table: ReadTable, row: int, heads: tuple[str, ...]) -> float:
    return sum(_amount(table, row, head) for head in heads)
