"""Microsoft's Open XML SDK validator, as `scripts/install_system_packages.sh` puts it here."""

import json
import subprocess
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parents[1] / "node_modules" / "@xarsh"


def validate_with_open_xml_sdk(path, office_version="Microsoft365"):
    """What the validator finds wrong with an .xlsx file: a list of lines, empty if nothing.

    A line is "part: XPath: description". The test that calls this is skipped where the
    validator is not installed.
    """
    programs = sorted(NODE_MODULES.glob("ooxml-validator-*/ooxml-validator*"))
    if not programs:
        pytest.skip("the Open XML SDK validator is missing: run scripts/install_system_packages.sh")
    run = subprocess.run(
        [programs[0], str(path), office_version],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    if run.returncode not in (0, 1):
        raise RuntimeError(f"the validator could not run: {run.stderr or run.stdout}")
    return [
        f"{error['path']}: {error['xPath']}: {error['description']}"
        for error in json.loads(run.stdout)["errors"]
    ]
