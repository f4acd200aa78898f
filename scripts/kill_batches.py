"""Kills batches at random moments, and counts what the next run does not put right.

    python scripts/kill_batches.py [--trials N] [--seed S]

Each trial starts `lexp workbooks` with two processes and kills it: the whole group of processes at
once, as when a machine dies; the driver alone, so that its workers are left over; one worker,
which the run has to survive; or the driver by SIGTERM, in good order. Some killed runs have other
inputs than the next one, which then starts over files and left-over workers of the former. Then
the batch runs once more, and every file is compared with what an undisturbed run gives: lost (not
there, or not in its manifest), corrupt (other bytes, or another hash in the manifest), stray (a
file that belongs to no workbook). Exit status 1 if there is any.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

ROOT = Path(__file__).parents[1]
KINDS = ("exchange-offer", "mezzanine-with-warrants", "pik-toggle-note")
DEALS = 9
FIRST, SECOND = ("--set", "as_of=2030-01-01"), ("--set", "as_of=2030-02-01")
WAYS = ("SIGTERM", "all", "driver", "worker")
TIME_LIMIT = 120.0  # seconds for a run
LONGEST_START = 1.5  # seconds from the start of a run to its first file


@dataclass
class Counts:
    """What the next run did not put right, over all trials; how many kills met a running batch."""

    lost: int = 0
    corrupt: int = 0
    stray: int = 0
    kills: Counter = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, corrupt or stray."""
        return not (self.lost or self.corrupt or self.stray)

    def __str__(self) -> str:
        kills = ", ".join(f"{self.kills[each]} of {each}" for each in (*WAYS, "none"))
        return f"kills: {kills}; lost {self.lost}, corrupt {self.corrupt}, stray {self.stray}"


def write_deals(folder: Path, number: int) -> None:
    """A few small deals, each with an id of its own."""
    folder.mkdir()
    for each in range(1, number + 1):
        kind = KINDS[each % len(KINDS)]
        text = (ROOT / "examples" / f"{kind}.toml").read_text("utf-8")
        text = text.replace(f'id = "{kind}"', f'id = "deal-{each}"', 1)
        (folder / f"deal-{each}.toml").write_text(text, "utf-8")


def start(deals: Path, out: Path, inputs: tuple[str, ...]) -> subprocess.Popen:
    """The batch, as a group of processes of its own."""
    command = [sys.executable, "-m", "lexp_batch", "workbooks", str(deals), "--jobs", "2"]
    return subprocess.Popen(
        [*command, "--out", str(out), *inputs],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(process: subprocess.Popen) -> tuple[int, str]:
    """Exit status and what it said of problems."""
    said = process.communicate(timeout=TIME_LIMIT)[1].decode("utf-8", "replace")
    return process.returncode, said


def content_of(out: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    files = (each for each in out.rglob("*") if each.is_file())
    return {each.relative_to(out).as_posix(): each.read_bytes() for each in files}


def kill(process: subprocess.Popen, way: str, chance: random.Random) -> str:
    """Ends what `way` says, if it still runs; the way, or 'none' where it was too late."""
    if process.poll() is not None:
        return "none"
    if way == "all":
        os.killpg(process.pid, signal.SIGKILL)
    elif way == "driver":
        process.kill()
    elif way == "SIGTERM":
        process.terminate()
    else:
        workers = []  # each was started by a thread of its own
        for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
            workers += [int(each) for each in task.read_text("ascii").split()]
        if not workers:
            return "none"
        os.kill(chance.choice(workers), signal.SIGKILL)
    return way


def compare(out: Path, expected: dict[str, bytes], counts: Counts, trial: str) -> None:
    """Counts what is not as an undisturbed run would have it."""
    found = content_of(out)
    lost = set(expected) - set(found)
    stray = set(found) - set(expected)
    corrupt = {
        name
        for name in expected.keys() & found.keys()
        if not name.endswith(".sqlite") and found[name] != expected[name]
    }
    for name in {each for each in found if each.endswith("manifest.json")}:
        for each in json.loads(found[name])["files"]:
            path = f"{Path(name).parent.as_posix()}/{each['name']}"
            if path in found and sha256(found[path]).hexdigest() != each["sha256"]:
                corrupt.add(path)
    counts.lost += len(lost)
    counts.stray += len(stray)
    counts.corrupt += len(corrupt)
    for kind, names in (("lost", lost), ("corrupt", corrupt), ("stray", stray)):
        counts.details += [f"{trial}: {kind}: {name}" for name in sorted(names)]


def trials(
    number: int, seed: int, folder: Path, number_of_deals: int = DEALS, say=lambda text: None
) -> Counts:
    """So many kills, each with the run after it."""
    chance = random.Random(seed)
    counts = Counts()
    deals = folder / "deals"
    write_deals(deals, number_of_deals)
    expected = {}
    for inputs in (FIRST, SECOND):
        status, said = finish(start(deals, folder / "undisturbed", inputs))
        if status:
            raise RuntimeError(said)
        expected[inputs] = content_of(folder / "undisturbed")
    out, files = folder / "out", len(expected[FIRST])
    there = None  # the inputs of what lies in the folder
    for trial in range(1, number + 1):
        way = WAYS[trial % len(WAYS)]
        if chance.random() < 0.5:
            shutil.rmtree(out, ignore_errors=True)
            there = None
        # Something has to be there to do, else the kill comes too late.
        inputs = chance.choice([each for each in (FIRST, SECOND) if each != there])
        process = start(deals, out, inputs)
        made = wait_for(process, chance.randrange(files), chance)
        done = kill(process, way, chance)
        counts.kills[done] += 1
        status, said = finish(process)
        shown = f"trial {trial}: {done} after {made} files"
        if done == "worker" and status:
            counts.lost += 1
            counts.details.append(f"{shown}: the run did not survive: {said}")
        # A worker that is left over by its driver may not write into what this run makes.
        there = chance.choice((FIRST, SECOND))
        status, said = finish(start(deals, out, there))
        if status:
            counts.details.append(f"{shown}: exit status {status}: {said}")
        compare(out, expected[there], counts, shown)
        say(f"{shown}; so far {counts}")
    return counts


def wait_for(process: subprocess.Popen, files: int, chance: random.Random) -> int:
    """Waits until a run has made so many files, and a moment more; how many it said to have made.

    For none at all the moment is long enough to meet the start of the workers as well.
    """
    made = 0
    while made < files and process.stdout.readline():
        made += 1
    sleep(chance.uniform(0, 0.06 if made else LONGEST_START))
    return made


def main() -> int:
    """The whole trial; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="lexp-kills-") as folder:
        counts = trials(asked.trials, asked.seed, Path(folder), say=partial(print, flush=True))
    print(*counts.details, sep="\n")
    print(f"{asked.trials} batches killed; {counts}")
    return int(not counts.is_sound)


if __name__ == "__main__":
    sys.exit(main())
