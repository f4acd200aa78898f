"""Calls a second of `lexp calc --jsonl`, and whether its memory stays flat.

Every function's example is called in one process, the scalar ones in turn; beside it, in the
same run, the same lines are only read and written as JSON. LINES=1000000 for the long run.
"""

import json
import os
import subprocess
import sys
import time
from itertools import cycle, islice

from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import SCALAR

LINES = int(os.environ.get("LINES", "50000"))
EACH = 300
ECHO = "import json,sys\nfor l in sys.stdin.buffer: print(json.dumps(json.loads(l)), flush=True)"


def lines_of(functions, count):
    calls = [{"fn": each.name, "args": each.example.args} for each in functions]
    for number, call in enumerate(islice(cycle(calls), count)):
        yield json.dumps({"id": number} | call).encode() + b"\n"


def resident(process):
    """Kilobytes in memory, or 0 where the system does not tell."""
    try:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0


def run(command, lines):
    """Seconds for all answers, one asked after the other's answer, and memory on the way."""
    memory = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        lines = list(lines) if LINES <= 100_000 else lines
        start = time.perf_counter()
        waiting = 0
        for number, line in enumerate(lines, 1):
            process.stdin.write(line)
            waiting += 1
            if waiting == EACH:
                process.stdin.flush()
                for _ in range(waiting):
                    answer = process.stdout.readline()
                waiting = 0
                assert b'"error"' not in answer, answer
            if number % max(LINES // 10, 1) == 0:
                memory.append(resident(process))
        process.stdin.close()
        process.stdout.read()
        return time.perf_counter() - start, memory


def main():
    scalar = [each for each in FUNCTIONS.values() if each.result.shape == SCALAR]
    ours = [sys.executable, "-m", "lexp_batch", "calc", "--jsonl"]
    echo, _ = run([sys.executable, "-c", ECHO], lines_of(scalar, LINES))
    seconds, memory = run(ours, lines_of(scalar, LINES))
    print(f"{len(scalar)} scalar functions in turn, {LINES:,} calls")
    print(f"{LINES / seconds:,.0f} calls a second; {seconds / echo:.2f} x reading and writing JSON")
    print("memory in MB after each tenth:", *(f"{kilobytes / 1024:.0f}" for kilobytes in memory))
    slowest = []
    for function in FUNCTIONS.values():
        start = time.perf_counter()
        repeats = 0
        while time.perf_counter() - start < 0.02:
            function.plain(**function.example.args)
            repeats += 1
        slowest.append(((time.perf_counter() - start) / repeats, function.name))
    print("slowest examples, called from Python:")
    for seconds_each, name in sorted(slowest, reverse=True)[:8]:
        print(f"  {name} {seconds_each * 1e6:,.0f} microseconds")


if __name__ == "__main__":
    main()
