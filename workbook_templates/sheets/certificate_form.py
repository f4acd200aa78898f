"""The form of a borrowing base certificate: to whom, from whom, and who signs for it."""

from textwrap import wrap

from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.statement import LABEL, VALUE, Line, Statement

NOTE = 3
A_LENDER = "the lender"
CHARACTERS_A_LINE = 122
SIGNATURE_HEIGHT = 26
# Many lines on one page: rows close together, a gap as half a row.
LINE, GAP_HEIGHT, HEADING = 12.75, 6.0, 15.75


def write_address(lines: Statement, contents: Contents, part: Part) -> None:
    """To, from, under which facility, as of which day."""
    sheet, deal = lines.sheet, contents.deal
    for label, text in (
        ("To", part.tranche.lender or A_LENDER.capitalize()),
        ("From", deal.borrower),
        ("Under", f"{part.tranche.name}, closed on {deal.closing_date:%d-%b-%Y}"),
    ):
        sheet.text(lines.row, LABEL, label, "label")
        sheet.text(lines.row, VALUE, text)
        lines.row += 1
    as_of = contents.projection.as_of
    lines.write(Line("as_of", "As-of date", "date", "as_of", as_of, "an input"))
    lines.row += 1


def write_certification(lines: Statement, contents: Contents, part: Part) -> None:
    """Who stands for the figures: name, title, signature and date, to be filled in by hand."""
    sheet, borrower = lines.sheet, contents.deal.borrower
    lines.heading("Certification")
    opening = (
        f"{borrower} certifies to {part.tranche.lender or A_LENDER} by its officer named below "
        "that on the as-of date"
    )
    for text in (
        opening,
        "(1) the figures above are true and complete, agree with its books, and are reported as "
        "the credit agreement asks;",
        "(2) all that counts as eligible meets the credit agreement's criteria, and every "
        "ineligible known to it is taken off;",
        "(3) what is used exceeds the limit by no more than the over-advance shown, and no "
        "default under the credit agreement continues, except as stated in writing with this "
        "certificate.",
    ):
        for line in wrap(text, CHARACTERS_A_LINE):
            sheet.text(lines.row, LABEL, line)
            lines.row += 1
    for left, right in (("Name", "Title"), ("Signature", "Date")):
        sheet.heights({lines.row: SIGNATURE_HEIGHT})
        lines.row += 1
        sheet.text(lines.row, LABEL, left, "signature")
        sheet.text(lines.row, NOTE, right, "signature")
        lines.row += 1


def press(sheet, end: int) -> None:
    """Rows as close as a printed form has them, so that one page holds them all legibly."""
    for row in range(4, end):
        cells = sheet.rows.get(row, ())
        height = LINE if cells else GAP_HEIGHT
        if any(cell.style == "heading" for cell in cells):
            height = HEADING
        sheet.row_heights.setdefault(row, height)
