"""The manifest of a folder of workbooks: what was made, from which terms, under which scenario."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lexp_calc import __version__
from workbook_templates.files import replace_file

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class MadeFile:
    """One workbook: `tranche` is the id of its tranche, None for the whole deal's.

    `lender` is the id of the one whose own copy it is, None for the tranche's workbook.
    """

    name: str
    tranche: str | None
    sha256: str
    lender: str | None = None


def file_hash(path: str | Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    return sha256(Path(path).read_bytes()).hexdigest()


def write_manifest(
    folder: Path, deal_id: str, term_sheet_sha256: str, scenario: str, files: Iterable[MadeFile]
) -> bool:
    """Writes manifest.json, whole or not at all; False where it says so already."""
    content = {
        "deal": deal_id,
        "term_sheet_sha256": term_sheet_sha256,
        "scenario": scenario,
        "version": __version__,
        "files": [_entry(each) for each in sorted(files, key=lambda each: each.name)],
    }
    path = folder / MANIFEST
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    new = f"{text}\n".encode()
    with suppress(OSError):
        if path.read_bytes() == new:
            return False
    replace_file(path, new)
    return True


def _entry(file: MadeFile) -> dict:
    entry = {"name": file.name, "tranche": file.tranche, "sha256": file.sha256}
    return entry if file.lender is None else {**entry, "lender": file.lender}
