"""Row 41: a lender's workbook holds that lender's tranche and nothing of another's.

From the file alone: one schedule, one tranche in About and Audit, no name that ends in a
tranche. With the other lenders' words and amounts at hand, no part of the file may hold one.
"""

import re
from html import unescape

from workbook_templates.standard.guide import lines_of
from workbook_templates.standard.tables import schedules
from workbook_templates.standard.workbook_file import WorkbookFile

SHARE_SHEET = "Your share"
OF_A_TRANCHE = re.compile(r"schedule_(?:closing_balance|opening_balance|payment_date)_\w+")


def one_tranche(book: WorkbookFile):
    """Row 41; the workbook of a whole deal says so on About and is not a lender's."""
    about, audit = book.sheet("About"), book.sheet("Audit")
    lines = lines_of(about) if about else {}
    if "tranche" in lines:
        yield from _one_schedule(book, str(lines["tranche"]))
        made_from = str(lines_of(audit).get("tranche", "")) if audit else ""
        if made_from.startswith("all") or "," in made_from:
            yield "Audit", f"several tranches: {made_from}"
    if book.aids.others:
        yield from _others(book)


def _one_schedule(book: WorkbookFile, tranche: str):
    found = schedules(book)
    audit = book.sheet("Audit")
    if audit and "lender" in lines_of(audit):  # a lender's copy may hold its share of the one
        found = [each for each in found if each.sheet.title != SHARE_SHEET]
    for table in found[1:]:
        yield table.sheet.title, f"a second schedule in the workbook of {tranche}"
    for sheet in book.sheets:
        if sheet.title.casefold().startswith("schedule "):
            yield sheet.title, "a sheet named for one tranche among several"
    for each in book.names:
        if OF_A_TRANCHE.fullmatch(each.name):
            yield f"name {each.name}", "a name of one tranche among several"


def _others(book: WorkbookFile):
    patterns = [(word, _whole(word)) for word in book.aids.others]
    for part, content in book.parts.items():
        text = unescape(content.decode("utf-8", "replace"))
        for source in book.aids.sources:
            text = text.replace(source, "")
        for word, pattern in patterns:
            if pattern.search(text):
                yield part, f'holds "{word}" of another tranche'


def _whole(word: str) -> re.Pattern:
    """A word or amount standing alone: 347000 is not in 1347000.5."""
    return re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-]|\.\d)")
