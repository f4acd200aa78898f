"""The workbook standard as a checker: 44 rows, held against any finished .xlsx file.

    for finding in findings("loan.xlsx"):
        print(finding)

Reads the file and nothing else; docs/workbook-standard.md says each row in words and how
it is checked. A row that cannot be checked here (no second engine, no validator) is
reported as not checked, never as held.
"""

from workbook_templates import open_xml_sdk
from workbook_templates.standard import (
    colours,
    formulas,
    guide,
    inputs,
    layout,
    one_lender,
    package,
    paper,
    pictures,
    soundness,
    validity,
    values,
)
from workbook_templates.standard.finding import NOT_CHECKED, Finding
from workbook_templates.standard.reading import read_workbook_file
from workbook_templates.standard.validity import TRAPS
from workbook_templates.standard.workbook_file import Aids

__all__ = ["NOT_CHECKED", "ROWS", "TRAPS", "Finding", "findings"]

ROWS = {
    1: ("About says purpose, borrower, tranche, version, as-of date, signs, colours, contact",
        guide.about_sheet),
    2: ("inputs, calculations and outputs on separate sheets", layout.sheets_apart),
    3: ("inputs blue on a fill", colours.inputs_blue_on_a_fill),
    4: ("formulas black", colours.formulas_black),
    5: ("pure links to other sheets green", colours.links_green),
    6: ("no number inside a formula but 0, 1, 2 and the digits of ROUND", formulas.no_numbers),
    7: ("one formula per column of a table", formulas.one_formula_a_column),
    8: ("formulas of at most 120 characters and 3 brackets deep", formulas.short_formulas),
    9: ("no OFFSET, INDIRECT, TODAY, NOW, RAND", formulas.steady_functions),
    10: ("no external links, no macros", formulas.at_home),
    11: ("no circular reference", formulas.no_circles),
    12: ("a unit beside every input", inputs.units),
    13: ("the sign convention stated", guide.sign_convention),
    14: ("at least 8 checks and a named tolerance", soundness.enough_checks),
    15: ("a master check on the Summary", soundness.master_check),
    16: ("balance roll-forward in each row", soundness.rolls_forward),
    17: ("balance zero at maturity", soundness.zero_at_maturity),
    18: ("principal repaid = drawn", soundness.repaid_is_drawn),
    19: ("every input has a defined name", inputs.inputs_named),
    20: ("all names resolve", inputs.names_resolve),
    21: ("every input validated, with an error text", inputs.inputs_validated),
    22: ("protected without a password, only inputs unlocked", inputs.protection),
    23: ("schedule: frozen panes", paper.frozen_panes),
    24: ("schedule: print titles and area", paper.print_titles_and_area),
    25: ("schedule: landscape, one page wide", paper.landscape_one_page_wide),
    26: ("footer with sheet, page and version", paper.footer),
    27: ("schedule: totals row over the full range", paper.totals_row),
    28: ("at least one chart, with title and axis titles", pictures.titled),
    29: ("charts over all rows", pictures.whole),
    30: ("charts with cached points", pictures.cached),
    31: ("charts with alternative text", pictures.told),
    32: ("checks say OK or ERROR in words", soundness.in_words),
    33: ("no merged cells", layout.no_merged_cells),
    34: ("descriptive sheet names, a title in A1", layout.names_and_titles),
    35: ("document title, creator, language", guide.properties),
    36: ("contrast of at least 4.5 : 1", colours.contrasts),
    37: ("every formula cell carries its value", values.formulas_carry_values),
    38: ("a second engine agrees on every cell", values.second_engine_agrees),
    39: ("Audit: version, hash, scenario, every source and assumption", guide.audit_sheet),
    40: ("thousands apart, zero '-', negatives in brackets, dates unambiguous", values.formats),
    41: ("one lender's tranche and nothing of another's", one_lender.one_tranche),
    42: ("the same bytes on any day and machine", package.same_bytes),
    43: ("rows beyond maturity hold zeros; heads and rates as they should be",
         layout.rows_beyond_maturity),
    44: ("the Open XML SDK's validator finds no error", validity.validator),
}  # fmt: skip


def findings(
    path,
    engine=None,
    validate=open_xml_sdk.validate,
    others: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Each place where the workbook at `path` does not hold the standard, row by row.

    `engine` recalculates the workbook as stored (row 38; changed inputs are the business of
    `compare` with changes). `validate` is a function of the path that gives the errors of
    the Open XML SDK's validator, None where there is none. `others` are words and amounts
    of other lenders, which a lender's workbook may hold nowhere (row 41) but within the
    texts of `sources`, public documents that may name anybody. LexpError for a file that is
    no sound workbook.
    """
    book = read_workbook_file(path)
    book.aids = Aids(engine, validate, others, sources)
    found = [
        Finding(number, words, where, what)
        for number, (words, check) in ROWS.items()
        for where, what in check(book)
    ]
    found += [
        Finding(44, words, where, what) for words, trap in TRAPS for where, what in trap(book)
    ]
    return tuple(found)
