"""What a call from Excel costs above the bare function, and what Excel's process costs to start.

    python benchmarks/calls_from_excel.py

xlwings' own `call_udf` with stand-ins for Windows; COM, which carries the cells from Excel's
process, is not in it. Each figure is a difference paired in one run: the best of several rounds
of the call less that of the bare function on the same values.
"""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lexp_calc.functions import FUNCTIONS  # noqa: E402
from tests.addin.windows_stand_ins import MISSING, windows  # noqa: E402

ROUNDS = 9
MOST_OF_A_SCALAR = 60e-6  # seconds
MOST_OF_A_BLOCK = 8e-3
MOST_OF_THE_START = 0.35
SCALARS = {
    "LEXP_FEE": (11_500_000.0, 0.01875),
    "LEXP_BORROWING_BASE": (10_000_000.0, 5_000_000.0, 0.88, 0.65, 1_050_000.0),
    "LEXP_DAYS": (36_373.0, 37_973.0, "30/360 US"),
}
AS_CORE = {"LEXP_DAYS": ("1999-08-01", "2003-12-18", "30/360 US")}
AGEING = tuple((f"customer {row % 500}", float(row), float(row % 150)) for row in range(1, 10_001))
RATES = tuple((0.03 + row / 1e6,) for row in range(10_000))


def best(call, times: int) -> float:
    """Seconds of one call: the least over the rounds."""
    found = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for _ in range(times):
            call()
        found.append((perf_counter() - start) / times)
    return min(found)


def started(program: str) -> float:
    """Seconds of an interpreter that runs a program, the least over the rounds."""
    return best(lambda: subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True), 1)


def report(what: str, seconds: float, most: float) -> bool:
    """Prints a figure against its limit; whether it is within."""
    unit, scale = ("us", 1e6) if most < 1e-3 else ("ms", 1e3)
    within = seconds <= most
    sign = "" if within else "   ABOVE"
    print(f"{what:<58} {seconds * scale:8.1f} {unit}  (at most {most * scale:.0f}){sign}")
    return within


def main() -> int:
    """Prints each figure; 1 where one is above its limit."""
    kept = []
    with windows():
        from xlwings.udfs import call_udf

        for name, cells in SCALARS.items():
            plain, in_core = FUNCTIONS[name].plain, AS_CORE.get(name, cells)
            left_out = [MISSING] * (len(FUNCTIONS[name].arguments) - len(cells))
            given = (*cells, *left_out, False)
            bare = best(lambda plain=plain, values=in_core: plain(*values), 2_000)
            whole = best(lambda n=name, values=given: call_udf("addin.udfs", n, values), 2_000)
            kept.append(report(f"{name} above the bare function", whole - bare, MOST_OF_A_SCALAR))

        plain = FUNCTIONS["LEXP_ELIGIBLE_RECEIVABLES"].plain
        given = (AGEING, MISSING, MISSING, MISSING, False)
        bare = best(lambda: plain(AGEING), 1)
        whole = best(lambda: call_udf("addin.udfs", "LEXP_ELIGIBLE_RECEIVABLES", given), 1)
        kept.append(
            report("10,000 x 3 cells above the bare function", whole - bare, MOST_OF_A_BLOCK)
        )

        plain = FUNCTIONS["LEXP_ALL_IN_RATE"].plain
        given = (RATES, 0.01, MISSING, MISSING, False)
        bare = best(lambda: [plain(rate, 0.01) for (rate,) in RATES], 1)
        whole = best(lambda: call_udf("addin.udfs", "LEXP_ALL_IN_RATE", given), 1)
        print(f"10,000 answers of LEXP_ALL_IN_RATE: {whole / bare:.2f} of 10,000 bare calls")

    # Under the stand-ins too: the modules of xlwings that only Windows loads are in it.
    program = "from tests.addin.windows_stand_ins import windows\nwith windows():\n    {}"
    above = started(program.format("import addin.udfs")) - started("import unittest.mock, ctypes")
    kept.append(report("start of the module that Excel loads", above, MOST_OF_THE_START))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
