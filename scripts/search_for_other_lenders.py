"""Makes up deals of several lenders and searches every lender's workbooks for the others.

    python scripts/search_for_other_lenders.py [--deals N] [--seed S] [--jobs N]

Two to five lenders a deal. Every part of every file is unpacked and searched for the names, ids,
contacts, shares and amounts of the other lenders, and for what is of other tranches. A line for
each find, and the count. Exit status 1 if there is any.
"""

import argparse
import sys
import time
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lexp_calc import project  # noqa: E402
from tests.workbook_templates.leaks import Forbidden  # noqa: E402
from tests.workbook_templates.lender_deals import LenderDeal  # noqa: E402
from workbook_templates import write_workbook  # noqa: E402


class Searched(NamedTuple):
    """One deal: its workbooks, the words and numbers looked for in them, what was found."""

    seed: int
    workbooks: int
    looked_for: int
    found: list[str]


def searched(seed: int) -> Searched:
    """Writes every lender's workbooks of one deal, and searches them."""
    deal = LenderDeal(seed).deal
    projection = project(deal)
    workbooks = looked_for = 0
    found = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        for lender_id, lender in deal.lender.items():
            for tranche_id in lender.share:
                write_workbook(projection, path, tranche_id, lender=lender_id)
                forbidden = Forbidden(projection, tranche_id, lender_id)
                workbooks += 1
                looked_for += len(forbidden.words) + len(forbidden.numbers)
                where = f"seed {seed}: {lender_id}, {tranche_id}"
                found += [f"{where}: {part}: {what}" for part, what in forbidden.found_in(path)]
    return Searched(seed, workbooks, looked_for, found)


def main() -> int:
    """The whole trial; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--deals", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    workbooks = looked_for = finds = 0
    seeds = range(asked.seed, asked.seed + asked.deals)
    with Pool(asked.jobs) as pool:
        for each in pool.imap(searched, seeds):
            workbooks += each.workbooks
            looked_for += each.looked_for
            finds += len(each.found)
            for line in each.found:
                print(line, flush=True)
    print(
        f"{asked.deals:,} deals, {workbooks:,} workbooks of lenders, {looked_for:,} words and "
        f"amounts looked for in every part: {finds:,} found; {time.monotonic() - began:,.0f} s"
    )
    return int(finds > 0)


if __name__ == "__main__":
    sys.exit(main())
