"""Each workbook, its model included, against stock XlsxWriter on the same cells.

    python benchmarks/tranche_workbooks_against_xlsxwriter.py

For every tranche of the built-in deal and of each term sheet in examples/, and for each
deal as a whole. Ours projects the deal, lays out every sheet and makes the file; XlsxWriter
is handed the finished cells. Both in turn within one run, so that whatever else the machine
does hits both.
"""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from writer_against_xlsxwriter import compare

from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.deal import Deal
from workbook_templates.workbook import build_book

EXAMPLES = Path(__file__).parents[1] / "examples"
LARGEST_RATIO = 0.5  # of XlsxWriter's time
ROUNDS = 11


def deals() -> Iterator[Deal]:
    """The built-in deal and those of the examples."""
    yield builtin_deal()
    for term_sheet in sorted(EXAMPLES.glob("*.toml")):
        yield read_term_sheet(term_sheet)


def make_book(deal: Deal, tranche: str | None):
    """A workbook from the deal's terms on."""
    return build_book(project(deal), tranche)


def main() -> int:
    """Prints the comparison for each workbook; 1 where one takes longer than it may."""
    ratios = {}
    for deal in deals():
        for tranche in (*deal.tranche, None):
            name = f"{deal.id} {tranche or '(whole deal)'}"
            ours, theirs, ratios[name] = compare(partial(make_book, deal, tranche), ROUNDS)
            print(
                f"{name}: {1000 * ours:.0f} ms, XlsxWriter {1000 * theirs:.0f} ms, "
                f"{ratios[name]:.2f}",
                flush=True,
            )
    slowest = max(ratios, key=ratios.get)
    print(f"{len(ratios)} workbooks, the largest ratio {ratios[slowest]:.2f}: {slowest}")
    return int(ratios[slowest] > LARGEST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
