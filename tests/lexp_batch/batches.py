"""Small batches for tests: a folder of deals, the command, and what it leaves."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner

from lexp_batch.cli import main

ROOT = Path(__file__).parents[2]
SMALL = "exchange-offer"  # bank-loan, new-notes


def write_deals(folder: Path, number: int, kind: str = SMALL) -> Path:
    """So many term sheets, each with an id of its own: deal-1, deal-2 ..."""
    folder.mkdir(exist_ok=True)
    text = (ROOT / "examples" / f"{kind}.toml").read_text("utf-8")
    for each in range(1, number + 1):
        own = text.replace(f'id = "{kind}"', f'id = "deal-{each}"', 1)
        (folder / f"deal-{each}.toml").write_text(own, "utf-8")
    return folder


def run(*arguments):
    """`lexp workbooks` in this process."""
    result = CliRunner().invoke(main, ["workbooks", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result


def start(*arguments, **environment):
    """`lexp workbooks` as a process and group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "lexp_batch", "workbooks", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the records, which are no one's to compare."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".sqlite"
    }


def new_names(result) -> set[str]:
    """The names of the workbooks that a run made."""
    return {Path(each).name for each in result.stdout.splitlines() if each.endswith(".xlsx")}


def listed(folder: Path) -> set[str]:
    """The names in a deal's manifest, after a look whether each has the hash that stands there."""
    files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    for each in files:
        assert sha256((folder / each["name"]).read_bytes()).hexdigest() == each["sha256"]
    return {each["name"] for each in files}
