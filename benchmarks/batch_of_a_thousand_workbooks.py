"""Whether two processes make a batch at least 1.8 times as fast as one, in memory that stays flat.

    python benchmarks/batch_of_a_thousand_workbooks.py

A thousand workbooks of a few hundred deals (the built-in one and the examples in turn, each under
an id of its own) are made with --jobs 1 and with --jobs 2, one right after the other, in PAIRS
pairs; the ratio of each pair is printed. Beside them the machine's own ratio: how much faster two
processes that only count are than one, at that hour; and the ratio that the processors' seconds
would allow, which is what counts where others use the machine too. The memory of the driver and of
each worker is looked at after every hundred workbooks. WORKBOOKS=5000 for a longer run.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from lexp_batch.plan import Asked
from lexp_batch.workbooks import Batch, Way
from lexp_calc import read_term_sheet

ROOT = Path(__file__).parents[1]
TERM_SHEETS = (ROOT / "lexp_calc/deals/lexp-2003.toml", *sorted((ROOT / "examples").glob("*.toml")))
WORKBOOKS = int(os.environ.get("WORKBOOKS", "1000"))
PAIRS = int(os.environ.get("PAIRS", "3"))
LEAST_RATIO = 1.8
TOLERANCE = 0.2  # of the memory after the first hundred
STEP = 100
COUNTING = "n = 0\nwhile n < 30_000_000: n += 1"


def write_deals(folder: Path, workbooks: int) -> Path:
    """Term sheets of so many workbooks or a few more, each deal with an id of its own."""
    deals = folder / "deals"
    deals.mkdir()
    shutil.copytree(ROOT / "lexp_calc/data", folder / "data")
    for each in (ROOT / "examples").glob("*.csv"):
        shutil.copy(each, deals)
    kinds = []
    for path in TERM_SHEETS:
        deal = read_term_sheet(path)
        kinds.append((path.read_text("utf-8"), deal.id, len(deal.tranche) + 1))
    number = 0
    while workbooks > 0:
        text, deal_id, own = kinds[number % len(kinds)]
        number += 1
        new = text.replace(f'id = "{deal_id}"', f'id = "deal-{number}"', 1)
        (deals / f"deal-{number:05}.toml").write_text(new, "utf-8")
        workbooks -= own
    return deals


def resident(process: int | str) -> int:
    """Kilobytes in memory; 0 where the process has ended."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0


def children() -> list[int]:
    """The worker processes of this one."""
    found = []
    for each in Path("/proc/self/task").glob("*/children"):
        found += map(int, each.read_text("ascii").split())
    return sorted(found)


@dataclass(frozen=True)
class Ran:
    """Workbooks made, seconds, the processors' seconds, memory of all after every hundred."""

    made: int
    seconds: float
    processor: float
    memory: list[list[int]]


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def run(deals: Path, out: Path, jobs: int) -> Ran:
    """One run over all deals."""
    made, memory = 0, []
    start, processor = perf_counter(), processor_seconds()
    for each in Batch([str(deals)], str(out), Asked(), Way(jobs)).outcomes():
        if each.problem is not None:
            raise each.problem
        made += each.is_workbook
        if each.is_workbook and made % STEP == 0 and Path("/proc/self/status").exists():
            memory.append([resident(process) for process in ("self", *children())])
    return Ran(made, perf_counter() - start, processor_seconds() - processor, memory)


def machine_ratio() -> float:
    """How much faster two processes are than one at counting, which shares nothing."""

    def counted(processes: int) -> float:
        start = perf_counter()
        running = [subprocess.Popen([sys.executable, "-c", COUNTING]) for _ in range(processes)]
        for each in running:
            each.wait()
        return perf_counter() - start

    return 2 * counted(1) / counted(2)


def furthest(memory: list[list[int]]) -> float:
    """How far the memory of any process moves from what it was after the first hundred."""
    first = memory[0]
    return max(
        abs(now / then - 1)
        for row in memory
        for now, then in zip(row, first, strict=False)
        if now and then
    )


def main() -> int:
    """Prints ratios and memory; 1 where either is not as it must be."""
    ratios, allowed, machines, moved = [], [], [], []
    with TemporaryDirectory() as folder:
        deals = write_deals(Path(folder), WORKBOOKS)
        for pair in range(1, PAIRS + 1):
            machines.append(machine_ratio())
            ran = {}
            for jobs in (1, 2):
                out = Path(folder) / f"out-{jobs}"
                ran[jobs] = run(deals, out, jobs)
                memory = ran[jobs].memory
                shutil.rmtree(out)
                if memory:
                    moved.append(furthest(memory))
                    shown = "; ".join(
                        " ".join(f"{each / 1024:.0f}" for each in row)
                        for row in (memory[0], memory[len(memory) // 2], memory[-1])
                    )
                    print(f"  --jobs {jobs}: MB of driver and workers: {shown}", flush=True)
            one, two = ran[1], ran[2]
            ratios.append(one.seconds / two.seconds)
            allowed.append(2 * one.processor / two.processor)
            print(
                f"pair {pair}: {one.made:,} workbooks, {one.seconds:.1f} s with one process, "
                f"{two.seconds:.1f} s with two: {ratios[-1]:.2f} times as fast (the machine itself "
                f"{machines[-1]:.2f}); processors' seconds {one.processor:.1f} and "
                f"{two.processor:.1f}, which would allow {allowed[-1]:.2f}",
                flush=True,
            )
    is_ours_alone = median(machines) >= LEAST_RATIO
    print(
        f"median ratio {median(ratios):.2f}{'' if is_ours_alone else ', beside others'}, by "
        f"processors' seconds {median(allowed):.2f}; memory within {max(moved, default=0):.1%}"
    )
    ratio = min(median(allowed), median(ratios)) if is_ours_alone else median(allowed)
    return int(ratio < LEAST_RATIO or max(moved, default=0) > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
