"""Whether memory stays flat over 1,000 workbooks of different deals, scenarios and dates.

    python benchmarks/memory_of_a_thousand_workbooks.py

One process reads a term sheet, projects a scenario of it as of a day of its own and writes
one workbook, a thousand times, the deals and their scenarios in turn. WORKBOOKS=5000 for a
longer run.
"""

import os
import sys
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from lexp_calc import project, read_term_sheet
from workbook_templates import write_workbook

ROOT = Path(__file__).parents[1]
TERM_SHEETS = (ROOT / "lexp_calc/deals/lexp-2003.toml", *sorted((ROOT / "examples").glob("*.toml")))
WORKBOOKS = int(os.environ.get("WORKBOOKS", "1000"))
TOLERANCE = 0.2  # of the memory after the first hundred
WARMED_UP = 100


def resident() -> int:
    """Kilobytes in memory."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def cases():
    """(term sheet, scenario, tranche) without end: every deal in turn, each with its own."""
    each = []
    for term_sheet in TERM_SHEETS:
        deal = read_term_sheet(term_sheet)
        each.append(
            cycle(
                [
                    (term_sheet, scenario, tranche)
                    for scenario in deal.scenario
                    for tranche in (*deal.tranche, None)
                ]
            )
        )
    for own in cycle(each):
        yield next(own)


def main() -> int:
    """Prints the memory after every tenth of the run; 1 where it moves more than it may."""
    if not Path("/proc/self/status").exists():
        print("this system does not tell the memory of a process: nothing measured")
        return 0
    memory = []
    start = perf_counter()
    with TemporaryDirectory() as folder:
        for number, (term_sheet, scenario, tranche) in enumerate(islice(cases(), WORKBOOKS), 1):
            deal = read_term_sheet(term_sheet)
            as_of = deal.closing_date + timedelta(days=number)
            projection = project(deal, scenario, {"as_of": str(as_of)})
            write_workbook(projection, Path(folder) / "workbook.xlsx", tranche)
            if number % WARMED_UP == 0:
                memory.append(resident())
                print(f"{number:,} workbooks: {memory[-1] / 1024:.1f} MB", flush=True)
    furthest = max(abs(each / memory[0] - 1) for each in memory)
    print(
        f"{1000 * (perf_counter() - start) / WORKBOOKS:.0f} ms a workbook, its term sheet "
        f"included; memory within {furthest:.1%} of the first hundred's"
    )
    return int(furthest > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
