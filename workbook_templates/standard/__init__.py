"""What every workbook is held to: 44 rows, each a function that reads the finished file.

    for each in findings("term-loan.xlsx", engine):
        print(each)

Nothing is asked of the generator: any .xlsx file can be judged. What a file alone cannot
show is named in `not_checked`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike

from lexp_calc.errors import NotThere
from workbook_templates.standard import (
    charts,
    circles,
    colours,
    formulas,
    inputs,
    schedule,
    soundness,
    stored,
    traps,
    words,
)
from workbook_templates.standard.finding import Finding
from workbook_templates.standard.reading import ReadWorkbook, read_workbook
from workbook_templates.standard.validator import find_validator, validator_findings

__all__ = ["ROWS", "Finding", "Row", "findings", "not_checked"]


@dataclass(frozen=True)
class Row:
    """A row of the standard: its words, and the function that finds where it is not held."""

    words: str
    faults: Callable


def _valid(book: ReadWorkbook):
    yield from traps.no_trap(book)
    try:
        for line in validator_findings(book.path):
            yield "file", line
    except NotThere:
        return  # `not_checked` says so


ENGINE_ROW, VALIDATOR_ROW = 38, 44
MOST_FINDINGS = 20  # of one row: a fault of a column is in each of its cells

ROWS: dict[int, Row] = {
    1: Row("the About sheet says what the workbook is", words.about_says_what_it_is),
    2: Row("inputs, calculations and outputs on separate sheets", inputs.kinds_are_apart),
    3: Row("inputs blue on a fill", colours.inputs_are_blue),
    4: Row("formulas black", colours.formulas_are_black),
    5: Row("links to other sheets green", colours.links_are_green),
    6: Row("no number inside a formula but 0, 1, 2", formulas.numbers_are_named),
    7: Row("one formula a column", formulas.one_formula_a_column),
    8: Row("formulas of at most 120 characters, 3 deep", formulas.formulas_are_short),
    9: Row("nothing volatile", formulas.nothing_volatile),
    10: Row("no links to other files, no macros", formulas.nothing_from_outside),
    11: Row("no circular reference", circles.no_circles),
    12: Row("a unit beside every input", inputs.inputs_have_units),
    13: Row("the sign convention is stated", words.signs_are_stated),
    14: Row("at least 8 checks with a named tolerance", soundness.checks_are_there),
    15: Row("the master check on the Summary", soundness.summary_has_the_master_check),
    16: Row("balances roll forward in each row", soundness.balances_roll_forward),
    17: Row("balance zero at maturity", soundness.balance_ends_at_zero),
    18: Row("principal repaid is principal drawn", soundness.principal_is_repaid),
    19: Row("every input has a defined name", inputs.inputs_are_named),
    20: Row("all names resolve", inputs.names_resolve),
    21: Row("every input is validated, with an error text", inputs.inputs_are_checked),
    22: Row("protected without a password, inputs unlocked", inputs.all_else_is_protected),
    23: Row("schedules have frozen panes", schedule.panes_are_frozen),
    24: Row("schedules have print titles and area", schedule.print_is_set_up),
    25: Row("landscape schedules, one page wide", schedule.pages_are_one_wide),
    26: Row("sheet, page and version in the footer", schedule.footers_say_where_one_is),
    27: Row("a totals row over the full range", schedule.totals_are_whole),
    28: Row("charts with titles, axes too", charts.charts_are_titled),
    29: Row("charts show all rows", charts.charts_show_all_rows),
    30: Row("charts carry their points", charts.points_are_cached),
    31: Row("charts have alternative text", charts.charts_are_described),
    32: Row("checks say OK or ERROR in words", soundness.verdicts_are_words),
    33: Row("no merged cells", words.nothing_is_merged),
    34: Row("descriptive sheet names, a title in A1", words.sheets_have_titles),
    35: Row("document title, creator, language", words.document_is_described),
    36: Row("contrast of at least 4.5 : 1", colours.texts_can_be_read),
    37: Row("every formula cell carries its value", stored.formulas_carry_values),
    38: Row("a second engine agrees on every cell", stored.a_second_engine_agrees),
    39: Row("the Audit sheet says where all comes from", words.audit_says_where_from),
    40: Row("thousands separators, '-' for zero, clear dates", words.numbers_are_formatted),
    41: Row("a lender's workbook holds that lender's tranche alone", stored.one_lender_alone),
    42: Row("the same input gives the same bytes", stored.the_same_bytes),
    43: Row("unused rows hold zeros; balances headed, rates in per cent",
            schedule.unused_rows_are_zeros),
    44: Row("valid for the Open XML SDK, and none of Excel's traps", _valid),
}  # fmt: skip


def findings(path: str | PathLike, engine=None) -> tuple[Finding, ...]:
    """Every place where a workbook does not hold a row, in the order of the rows.

    `engine` recalculates for row 38, which is left out without one. At most 20 of a row.
    A LexpError for a file that is no sound workbook.
    """
    book = read_workbook(path)
    found = []
    for number, row in ROWS.items():
        if number == ENGINE_ROW:
            faults = row.faults(book, engine) if engine is not None else ()
        else:
            faults = row.faults(book)
        for count, (where, what) in enumerate(faults, 1):
            if count > MOST_FINDINGS:
                found.append(Finding(number, row.words, where, "... and more"))
                break
            found.append(Finding(number, row.words, where, what))
    return tuple(found)


def not_checked(engine=None) -> dict[int, str]:
    """The rows that this machine cannot judge in full, and why."""
    reasons = {}
    if engine is None:
        reasons[ENGINE_ROW] = "no second engine is at hand"
    try:
        find_validator()
    except NotThere as problem:
        reasons[VALIDATOR_ROW] = str(problem)
    return reasons
