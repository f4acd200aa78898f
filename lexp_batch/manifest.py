"""The manifest of a folder of workbooks: what was made, from which terms, under which scenario."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lexp_calc import __version__
from workbook_templates.files import replace_file

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class MadeFile:
    """One workbook: `tranche` is the id of its tranche, None for the whole deal's."""

    name: str
    tranche: str | None
    sha256: str


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    return sha256(path.read_bytes()).hexdigest()


def write_manifest(
    folder: Path, deal_id: str, term_sheet_sha256: str, scenario: str, files: list[MadeFile]
) -> Path:
    """Writes manifest.json, whole or not at all: the same files give the same bytes."""
    content = {
        "deal": deal_id,
        "term_sheet_sha256": term_sheet_sha256,
        "scenario": scenario,
        "version": __version__,
        "files": [
            {"name": each.name, "tranche": each.tranche, "sha256": each.sha256}
            for each in sorted(files, key=lambda each: each.name)
        ],
    }
    path = folder / MANIFEST
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    replace_file(path, f"{text}\n".encode())
    return path
