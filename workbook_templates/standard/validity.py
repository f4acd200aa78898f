"""Row 44: what the Open XML SDK's validator finds, and the traps that it lets through."""

from workbook_templates.open_xml_sdk import HOW_TO_INSTALL
from workbook_templates.standard import traps_in_formulas, traps_in_parts
from workbook_templates.standard.finding import NOT_CHECKED
from workbook_templates.standard.workbook_file import WorkbookFile

TRAPS = (
    ("a list validation over 255 characters", traps_in_parts.long_lists),
    ("a prompt over 255 characters, its title over 32", traps_in_parts.long_prompts),
    ("a header or footer over 255 characters", traps_in_parts.long_footers),
    ("a defined name that looks like a cell", traps_in_formulas.names_like_cells),
    ("text that an edit makes a formula", traps_in_formulas.text_as_formula),
    ("an unquoted sheet name", traps_in_formulas.unquoted_titles),
    ("table headers: numbers, formulas or twice the same", traps_in_parts.table_heads),
    ("a filter over a table", traps_in_parts.filters),
    ("a conditional-format formula that starts with '='", traps_in_parts.rules_with_equals),
    ("a new function without _xlfn.", traps_in_formulas.new_functions),
    ("a spilling function without array metadata", traps_in_formulas.spilling_functions),
    ("semicolons as separators", traps_in_formulas.semicolons),
    ("two sheets selected", traps_in_parts.selected_sheets),
    ("an empty value, NaN or infinity", traps_in_formulas.numbers_that_are_none),
    ("text over 32,767 characters", traps_in_formulas.long_texts),
    ("an empty drawing, a lost chart", traps_in_parts.lost_drawings),
)


def validator(book: WorkbookFile):
    """Row 44 without the traps: each error that the validator names."""
    found = book.aids.validate(book.path)
    if found is None:
        missing = f"the Open XML SDK's validator is not installed; {HOW_TO_INSTALL}"
        yield book.path, f"{NOT_CHECKED}: {missing}"
        return
    for line in found:
        part, _, rest = line.partition(": ")
        yield part, rest or line
