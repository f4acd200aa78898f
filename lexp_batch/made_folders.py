"""Folders of workbooks as their manifests say: what was made, with its hash, and nothing else."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from lexp_batch.manifest import MANIFEST
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, quoted
from lexp_calc.terms import IDENTIFIER

LARGEST_MANIFEST = 10_000_000  # bytes
SHA_256 = re.compile("[0-9a-f]{64}", re.ASCII)
HOW_TO_MAKE = "a folder that `lexp workbooks` has written would be right"


@dataclass(frozen=True)
class ListedFile:
    """A workbook of a manifest: of one tranche (None: the whole deal), for one lender or any."""

    name: str  # relative to the folder
    tranche: str | None
    lender: str | None
    sha256: str


@dataclass(frozen=True)
class MadeFolder:
    """One deal's folder: the deal, its term sheet by hash, the scenario, the workbooks."""

    path: Path
    deal_id: str
    term_sheet_sha256: str
    scenario: str
    version: str
    files: tuple[ListedFile, ...]

    @property
    def manifest(self) -> Path:
        """The file that says all this."""
        return self.path / MANIFEST

    def file_of(self, tranche_id: str, lender_id: str | None) -> ListedFile | None:
        """The tranche's workbook, or a lender's own copy of it; None where none was made."""
        wanted = (tranche_id, lender_id)
        return next((each for each in self.files if (each.tranche, each.lender) == wanted), None)


def folders_below(folder: str | Path) -> list[Path]:
    """The folder itself if it has a manifest, else those directly in it that have one."""
    top = Path(folder)
    if not top.is_dir():
        raise NotThere(str(folder), "found no such folder", HOW_TO_MAKE)
    if (top / MANIFEST).is_file():
        return [top]
    found = sorted(each.parent for each in top.glob(f"*/{MANIFEST}"))
    if not found:
        missing = f"found no {MANIFEST}, neither in it nor in a folder directly in it"
        raise NotThere(str(folder), missing, HOW_TO_MAKE)
    return found


def read_folder(path: Path) -> MadeFolder:
    """What the manifest says; a LexpError for one that lexp has not written so."""
    manifest = path / MANIFEST
    try:
        with open(manifest, "rb") as file:
            content = file.read(LARGEST_MANIFEST + 1)
        if len(content) > LARGEST_MANIFEST:
            raise OutOfRange(str(manifest), f"found over {LARGEST_MANIFEST:,} bytes", HOW_TO_MAKE)
        return _folder(path, json.loads(content.decode("utf-8")))
    except OSError as failure:
        found = f"no way to read it ({failure.strerror or failure})"
        raise NotThere(str(manifest), found, HOW_TO_MAKE) from None
    except (ValueError, RecursionError) as failure:
        if isinstance(failure, LexpError):
            raise (
                failure if failure.where == str(manifest) else failure.at(str(manifest))
            ) from None
        raise WrongKind(str(manifest), "found text that is no JSON", HOW_TO_MAKE) from None


def _folder(path: Path, content: object) -> MadeFolder:
    listed = _text_at(content, "files", list, "files")
    deal_id = _identifier(content, "deal", "deal")
    files = tuple(_file(each, deal_id, f"files[{number}]") for number, each in enumerate(listed))
    for each in files:
        if sum(other.name == each.name for other in files) > 1:
            raise OutOfRange("files", f"{quoted(each.name)} twice", "each file once would be right")
    return MadeFolder(
        path,
        deal_id,
        _hash(content, "term_sheet_sha256", "term_sheet_sha256"),
        _text_at(content, "scenario", str, "scenario"),
        _text_at(content, "version", str, "version"),
        files,
    )


def _file(entry: object, deal_id: str, where: str) -> ListedFile:
    """An entry whose name is the one that lexp gives to such a file: it leads nowhere else."""
    _text_at(entry, "name", str, f"{where}.name")
    tranche = entry.get("tranche")
    lender = entry.get("lender")
    for key, value in (("tranche", tranche), ("lender", lender)):
        if value is not None:
            _identifier(entry, key, f"{where}.{key}")
    expected = f"{deal_id}_{tranche or 'deal'}.xlsx"
    if lender is not None:
        expected = f"lenders/{lender}/{expected}"
    if entry["name"] != expected:
        found = quoted(entry["name"])
        raise OutOfRange(f"{where}.name", found, f'"{expected}" would be right')
    return ListedFile(expected, tranche, lender, _hash(entry, "sha256", f"{where}.sha256"))


def _text_at(table: object, key: str, kind: type, place: str):
    value = table.get(key) if isinstance(table, dict) else None
    if not isinstance(value, kind):
        raise WrongKind(place, quoted(value) if value is not None else "found nothing", HOW_TO_MAKE)
    return value


def _identifier(table: dict, key: str, where: str) -> str:
    value = _text_at(table, key, str, where)
    if not IDENTIFIER.fullmatch(value) or len(value) > 200:
        raise OutOfRange(where, quoted(value), "an id of a-z, 0-9 and hyphens would be right")
    return value


def _hash(table: dict, key: str, where: str) -> str:
    value = _text_at(table, key, str, where)
    if not SHA_256.fullmatch(value):
        raise OutOfRange(where, quoted(value), "a SHA-256 of 64 hexadecimal digits would be right")
    return value
