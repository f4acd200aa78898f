"""Types random inputs into every workbook of the built-in deal and the examples, 50 times each.

Lenders' own copies are among them.

    python scripts/verify_flips.py [--flips N] [--seed S] [--engine NAME] [TERM_SHEET ...]

A line a workbook, and the total; each difference with the seed and the inputs that show it. The
inputs that the core refused, and that were drawn again, are counted. Exit status 1 if any differ.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from lexp_calc import project, read_term_sheet
from lexp_calc.lenders import shares_of
from workbook_templates import write_workbook
from workbook_templates.engines import ENGINES, started_engine
from workbook_templates.flips import flip
from workbook_templates.origin import read_origin

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))


def workbooks(term_sheets, folder):
    """(path, deal) of every tranche's workbook, each lender's copies, and of every deal's."""
    for term_sheet in term_sheets:
        deal = read_term_sheet(term_sheet)
        projection = project(deal)
        for tranche_id in (*deal.tranche, None):
            path = folder / f"{deal.id}_{tranche_id or 'deal'}.xlsx"
            write_workbook(projection, path, tranche_id)
            yield path, deal
            for lender_id in shares_of(deal.lender, tranche_id):
                path = folder / f"{deal.id}_{tranche_id}_{lender_id}.xlsx"
                write_workbook(projection, path, tranche_id, lender=lender_id)
                yield path, deal


def main():
    """The whole trial; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("term_sheets", nargs="*", default=["lexp-2003", *EXAMPLES])
    parser.add_argument("--flips", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES)
    asked = parser.parse_args()
    all_cells = all_differing = all_flips = 0
    with TemporaryDirectory() as folder, started_engine(asked.engine, 120) as engine:
        for path, deal in workbooks(asked.term_sheets, Path(folder)):
            cells = differing = refused = 0
            origin = read_origin(path)
            for seed in range(asked.seed, asked.seed + asked.flips):
                made = flip(path, engine, deal, origin, seed)
                cells += made.comparison.cells_compared
                differing += len(made.comparison.differences)
                refused += made.drawn.refused
                if made.comparison.differences:
                    print(f"{path.name}: seed {seed}: {made.drawn.arguments}")
                    print(*made.comparison.differences, sep="\n", flush=True)
            print(
                f"{path.name}: {asked.flips} flips, {cells:,} cells compared, {differing:,} "
                f"differ; {refused} drawn again",
                flush=True,
            )
            all_cells, all_differing = all_cells + cells, all_differing + differing
            all_flips += asked.flips
    print(f"{all_flips:,} flips, {all_cells:,} cells compared, {all_differing:,} differ")
    return int(all_differing > 0)


if __name__ == "__main__":
    sys.exit(main())
