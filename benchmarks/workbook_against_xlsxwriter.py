"""A tranche's whole workbook, its model included, against stock XlsxWriter on the same cells.

    python benchmarks/workbook_against_xlsxwriter.py

Ours projects the deal, lays out every sheet and writes the file; XlsxWriter is handed the
finished cells. Both in turn within one run, so that whatever else the machine does hits both.
"""

import sys
from functools import partial

from writer_against_xlsxwriter import compare

from lexp_calc import builtin_deal, project
from workbook_templates.workbook import build_book

LARGEST_RATIO = 1.0  # of XlsxWriter's time


def make_book(deal, tranche):
    """One tranche's workbook from the deal's terms on."""
    return build_book(project(deal), tranche)


def main() -> int:
    """Prints the comparison for each tranche; 1 where one takes longer than XlsxWriter."""
    deal = builtin_deal("lexp-2003")
    too_slow = 0
    for tranche in deal.tranche:
        ours, theirs, ratio = compare(partial(make_book, deal, tranche), 15)
        print(f"{tranche}: {1000 * ours:.0f} ms, XlsxWriter {1000 * theirs:.0f} ms, {ratio:.2f}")
        too_slow += ratio > LARGEST_RATIO
    return int(too_slow > 0)


if __name__ == "__main__":
    sys.exit(main())
