"""Traps in validations, tables, views and drawings that validators let through."""

from openpyxl.utils import range_boundaries

from workbook_templates.standard.cell_styles import parsed
from workbook_templates.standard.pictures import CHART, SHEET_DRAWING
from workbook_templates.standard.tables import schedules
from workbook_templates.standard.workbook_file import MAIN, WorkbookFile

LONGEST, LONGEST_TITLE = 255, 32
PAGES = ("odd", "even", "first")


def _validations(book: WorkbookFile):
    for sheet in book.sheets:
        for rule in sheet.find_all("dataValidations/dataValidation"):
            yield f"{sheet.title}!{rule.get('sqref')}", rule


def long_lists(book: WorkbookFile):
    """A list of choices over 255 characters, for which Excel refuses the file."""
    for where, rule in _validations(book):
        text = rule.findtext(f"{MAIN}formula1") or ""
        if rule.get("type") == "list" and len(text.strip('"')) > LONGEST:
            yield where, f"a list of {len(text)} characters"


def long_prompts(book: WorkbookFile):
    """A prompt or error text over 255 characters, a title of one over 32."""
    for where, rule in _validations(book):
        for kind, longest in (
            ("prompt", LONGEST),
            ("error", LONGEST),
            ("promptTitle", LONGEST_TITLE),
            ("errorTitle", LONGEST_TITLE),
        ):
            if len(rule.get(kind) or "") > longest:
                yield where, f"{kind} of {len(rule.get(kind))} characters"


def long_footers(book: WorkbookFile):
    """A header or footer over 255 characters."""
    for sheet in book.sheets:
        kinds = [f"{page}{place}" for page in PAGES for place in ("Header", "Footer")]
        for each in (text for kind in kinds for text in sheet.find_all(f"headerFooter/{kind}")):
            if len(each.text or "") > LONGEST:
                yield sheet.title, f"a header or footer of {len(each.text)} characters"


def _tables(book: WorkbookFile):
    for sheet in book.sheets:
        for part in book.targets(sheet.part, "table"):
            if part in book.parts:
                yield sheet, part, parsed(book.parts[part])


def table_heads(book: WorkbookFile):
    """Heads of a table that are numbers, formulas, twice the same or not what the cells say."""
    for sheet, part, table in _tables(book):
        left, top, right, _ = range_boundaries(table.get("ref"))
        named = [each.get("name", "") for each in table.iter(f"{MAIN}tableColumn")]
        cells = [sheet.cells.get((top, column)) for column in range(left, right + 1)]
        heads = [cell.value if cell is not None and cell.is_text else None for cell in cells]
        if None in heads:
            yield part, "a head that is a number, a formula or nothing"
        elif [str(head) for head in heads] != named:
            yield part, "heads that differ from the cells"
        if len({name.casefold() for name in named}) < len(named):
            yield part, "two heads that are the same"
    for table in schedules(book):
        heads = [head.casefold() for head in table.heads.values()]
        for head in sorted({head for head in heads if heads.count(head) > 1}):
            yield table.sheet.title, f'the head "{head}" twice'


def filters(book: WorkbookFile):
    """A filter of the sheet over a table, which has its own."""
    for sheet, part, table in _tables(book):
        own = sheet.find("autoFilter")
        if own is not None:
            left, top, right, bottom = range_boundaries(own.get("ref"))
            other = range_boundaries(table.get("ref"))
            apart = left > other[2] or right < other[0] or top > other[3] or bottom < other[1]
            if not apart:
                yield f"{sheet.title}!{own.get('ref')}", f"a filter over the table of {part}"


def rules_with_equals(book: WorkbookFile):
    """A formula of a conditional format or a validation that starts with '='."""
    for sheet in book.sheets:
        rules = sheet.find_all("conditionalFormatting/cfRule/formula")
        for tag in ("formula1", "formula2"):
            rules += sheet.find_all(f"dataValidations/dataValidation/{tag}")
        for rule in rules:
            if (rule.text or "").startswith("="):
                yield sheet.title, f"a rule stored with its '=': {rule.text[:40]}"


def selected_sheets(book: WorkbookFile):
    """Two sheets selected: what one types into the first is typed into both."""
    chosen = [
        sheet.title
        for sheet in book.sheets
        for view in sheet.find_all("sheetViews/sheetView")
        if view.get("tabSelected") in ("1", "true")
    ]
    if len(chosen) > 1:
        yield ", ".join(chosen), f"{len(chosen)} sheets selected"


def lost_drawings(book: WorkbookFile):
    """A drawing without anything in it, a chart that no drawing shows, or one without points."""
    led_to = set()
    for part, text in book.parts.items():
        if part.startswith("xl/drawings/drawing"):
            frames = list(parsed(text).iter(f"{SHEET_DRAWING}graphicFrame"))
            frames += list(parsed(text).iter(f"{SHEET_DRAWING}pic"))
            targets = book.targets(part, "chart") + book.targets(part, "image")
            led_to |= set(targets)
            if not frames or len(frames) < len(targets):
                yield part, "a drawing that comes out empty"
    for sheet in book.sheets:
        for part in book.targets(sheet.part, "drawing"):
            if part not in book.parts:
                yield sheet.title, f"its drawing {part} is missing"
        if sheet.find("drawing") is None and book.targets(sheet.part, "drawing"):
            yield sheet.title, "a drawing that the sheet does not show"
    for part, text in book.parts.items():
        if part.startswith("xl/charts/chart"):
            if part not in led_to:
                yield part, "a chart that no drawing shows"
            if not any(True for _ in parsed(text).iter(f"{CHART}ser")):
                yield part, "a chart without a series"
