"""About: what the workbook is for, how to read it, where everything is."""

from lexp_calc import __version__
from lexp_calc.wording import per_cent_text
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents

LABEL, TEXT = 1, 2
SHEET_PURPOSE = {
    "about": "guide",
    "results": "results",
    "inputs": "inputs",
    "calculation": "calculation",
    "checks": "checks",
}


def write(contents: Contents) -> None:
    """Written after all other sheets, so that it can lead to each of them."""
    others = list(contents.book.sheets)
    sheet = contents.sheet("About", "about", contents.book.title)
    sheet.widths({LABEL: 31, TEXT: 96})  # a sheet's title has up to 31 characters
    row = 4
    for label, text in _facts(contents):
        sheet.text(row, LABEL, label, "figure_label")
        sheet.text(row, TEXT, text, "wrapped_text")
        sheet.heights({row: 13.5 * (1 + len(text) // 130)})
        row += 1
    row += 1
    sheet.text(row, LABEL, "Colours", "heading")
    for style, sample, text in (
        ("input_sample", "Input", "type here: blue on a tint; every other cell is locked"),
        ("text", "Formula", "follows from the inputs and the terms"),
        ("link_text", "Link", "shows a cell of another sheet"),
    ):
        row += 1
        sheet.text(row, LABEL, sample, style)
        sheet.text(row, TEXT, text, "text")
    row += 2
    sheet.text(row, LABEL, "Sheets", "heading")
    for other in others:
        row += 1
        sheet.hyperlink(row, LABEL, other.title, other)
        sheet.text(row, TEXT, SHEET_PURPOSE[other.kind], "text")
    sheet.print_setup(Area(1, 1, row, TEXT), pages_tall=1)


def _facts(contents: Contents) -> list[tuple[str, str]]:
    deal = contents.deal
    whole = contents.tranche_id is None
    what = "all tranches of the deal" if whole else contents.parts[0].tranche.name
    lender = None if whole else contents.parts[0].tranche.lender
    held = contents.held
    if contents.lender:
        lender = contents.lender.name
    facts = [
        ("Purpose", f"What is owed and paid on {what}, when and why: schedule, rates and terms"),
        ("Borrower", deal.borrower),
        ("Deal" if whole else "Tranche", deal.name if whole else what),
        ("Lender", lender or ""),
        ("Your share", f"{per_cent_text(held, 0)} of the tranche" if held else ""),
        ("Closing", f"{deal.closing_date:%d-%b-%Y}"),
        ("As of", f"{contents.projection.as_of:%d-%b-%Y} as generated; an input"),
        ("Scenario", f"{contents.projection.scenario_name} as generated; see Inputs"),
        ("Currency", deal.currency),
        ("Version", f"lexp {__version__}"),
        ("Contact", deal.contact or "not stated in the term sheet; ask whoever sent this workbook"),
        ("Signs", "Positive is what the borrower owes or pays. Amounts in brackets are negative."),
        (
            "Rounding",
            "Interest and fees are exact products, rounded once a payment, half away from zero.",
        ),
        (
            "Protection",
            "Sheets are protected without a password, a guard against slips and no security; "
            "only inputs are unlocked.",
        ),
        (
            "Live",
            "Change an input and every figure follows. Formulas carry their values, so that "
            "previews and phones show them too.",
        ),
    ]
    return [(label, text) for label, text in facts if text]
