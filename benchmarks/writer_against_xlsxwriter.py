"""Our writer against stock XlsxWriter: the same cells, formulas, values and formats.

    python benchmarks/writer_against_xlsxwriter.py

Both sides start from one `Book` and end with the bytes of a file, in turn within one run,
so that whatever else the machine does hits both. Ours also writes what a book has beside
its cells (validations, protection, print set-up), XlsxWriter what `replayed` says.
`compare(book)` and `replayed(book)` take any book, so a real workbook can be measured too.
"""

import sys
from datetime import date
from decimal import Decimal
from io import BytesIO
from statistics import median
from time import perf_counter

import xlsxwriter

from workbook_templates import styles
from workbook_templates.addresses import Area
from workbook_templates.cells import Book
from workbook_templates.writer import workbook_bytes

PERIODS = 45
COLUMNS = 32  # formulas in each row of the sample schedule
LARGEST_RATIO = 0.5  # what our writer is allowed to take of XlsxWriter's time


def xlsxwriter_format(style: styles.Style) -> dict:
    """A style in XlsxWriter's words."""
    words = {
        "font_name": styles.TYPEFACE,
        "font_size": style.size,
        "font_color": f"#{style.colour}",
        "bold": style.bold,
        "italic": style.italic,
        "underline": int(style.underlined),
        "num_format": style.number_format,
        "align": style.horizontal,
        "valign": {"center": "vcenter"}.get(style.vertical, style.vertical),
        "indent": style.indent,
        "text_wrap": style.wrapped,
        "locked": style.locked,
        "top": int(style.rule_above),
    }
    if style.fill is not None:
        words["bg_color"] = f"#{style.fill}"
    return words


def replayed(book: Book) -> bytes:
    """The book's cells, names and widths written by XlsxWriter as people use it."""
    packed = BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"in_memory": True})
    formats = {
        name: workbook.add_format(xlsxwriter_format(style)) for name, style in styles.STYLES.items()
    }
    for sheet in book.sheets:
        worksheet = workbook.add_worksheet(sheet.title)
        for column, width in sheet.column_widths.items():
            worksheet.set_column(column - 1, column - 1, width)
        for row, height in sheet.row_heights.items():
            worksheet.set_row(row - 1, height)
        for row, cells in sheet.rows.items():
            for column, style, formula, value, spelled in cells:
                place = row - 1, column - 1
                if type(value) is Decimal:
                    value = float(value)
                elif isinstance(value, date):
                    value = int(spelled)
                if formula is not None:
                    worksheet.write_formula(*place, f"={formula}", formats[style], value)
                elif value is None:
                    worksheet.write_blank(*place, None, formats[style])
                elif type(value) is str:
                    worksheet.write_string(*place, value, formats[style])
                elif type(value) is bool:
                    worksheet.write_boolean(*place, value, formats[style])
                else:
                    worksheet.write_number(*place, value, formats[style])
        worksheet.protect()
    for name, reference in book.names.items():
        workbook.define_name(name, f"={reference}")
    workbook.close()
    return packed.getvalue()


def sample_book() -> Book:
    """A schedule of 45 periods: about 1,600 cells, nine tenths of them formulas."""
    book = Book("Sample loan", "Benchmark", "lexp", "en-US", "benchmark")
    terms = book.sheet("Terms", "inputs")
    for row in range(1, 21):
        terms.text(row, 1, f"Term number {row}", "label")
        terms.input(row, 2, Decimal("2354900.00") + row, "input_money", f"term_number_{row}")
        terms.text(row, 3, "USD", "unit")
    schedule = book.sheet("Schedule", "calculation")
    schedule.text(1, 1, "Schedule", "title")
    for column in range(1, COLUMNS + 1):
        schedule.text(4, column, f"Column {column}", "column_head")
    kinds = ("date", "count", "rate", "money", "money", "money", "factor", "money")
    values = {
        "date": date(2003, 12, 18),
        "count": 92,
        "rate": Decimal("0.055"),
        "money": Decimal("2354900.25"),
        "factor": 92 / 360,
    }
    for row in range(5, 5 + PERIODS):
        for column in range(1, COLUMNS + 1):
            kind = kinds[column % len(kinds)]
            formula = f"IF(AND(A{row}<=term_number_1,B{row}>0),ROUND(C{row}*term_number_2,2),0)"
            schedule.formula(row, column, formula, values[kind], kind)
    last = 4 + PERIODS
    for column in range(1, COLUMNS - 1):
        formula = f"SUM(D5:D{last})"
        schedule.formula(last + 1, column, formula, Decimal("105970511.25"), "money_total")
    schedule.widths(dict.fromkeys(range(1, COLUMNS + 1), 14))
    schedule.freeze(5, 2)
    schedule.print_setup(Area(1, 1, last + 1, COLUMNS), (4, 4))
    return book


def compare(make_book, rounds: int = 41) -> tuple[float, float, float]:
    """Median seconds of ours and of XlsxWriter's, and the median of the paired ratios.

    `make_book` is called anew on our side, so that filling the book counts as ours.
    """
    ours, theirs = [], []
    book = make_book()
    for writer in (workbook_bytes, replayed):
        writer(book)
    for _ in range(rounds):
        start = perf_counter()
        workbook_bytes(make_book())
        middle = perf_counter()
        replayed(book)
        ours.append(middle - start)
        theirs.append(perf_counter() - middle)
    ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
    return median(ours), median(theirs), median(ratios)


def main() -> int:
    """Prints the comparison; 1 where our writer takes more than it may."""
    book = sample_book()
    cells = [cell for sheet in book.sheets for row in sheet.rows.values() for cell in row]
    formulas = sum(cell.formula is not None for cell in cells)
    ours, theirs, ratio = compare(sample_book)
    print(f"{len(cells):,} cells, {formulas:,} formulas")
    print(f"ours {1000 * ours:.1f} ms, XlsxWriter {1000 * theirs:.1f} ms, ratio {ratio:.2f}")
    return int(ratio > LARGEST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
