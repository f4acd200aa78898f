"""Folders of workbooks with lenders, for the tests of sending."""

import json
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner

from lexp_batch.cli import main
from lexp_calc import builtin_deal, project
from lexp_calc.lender_files import read_lenders, with_lenders
from workbook_templates import write_workbook

FIRST = ("loans@firstbank.example", "desk@firstbank.example", "back.office@firstbank.example")
SECOND = ("notes@secondbank.example",)
LENDERS = f"""\
allow = ["@firstbank.example", "notes@secondbank.example"]

[lender.first-bank]
name = "First Bank"
contacts = {json.dumps(FIRST)}
share = {{ term-loan = "100%", revolver = "100%", secured-term-loan = "100%" }}

[lender.second-bank]
name = "Zweite Bank für Kredit"
contacts = {json.dumps(SECOND)}
share = {{ senior-notes = "100%", junior-notes = "100%" }}
"""
TRANCHES = ("junior-notes", "revolver", "secured-term-loan", "senior-notes", "term-loan")
SENDER = "Loan agency <agency@agent.example>"


def write_deal(out: Path, deal="lexp-2003", inputs=(), tranches=()) -> Path:
    """The workbooks of a deal under `out`; its folder."""
    words = ["workbooks", str(deal), "--out", str(out)]
    for path, value in dict(inputs).items():
        words += ["--set", f"{path}={value}"]
    for each in tranches:
        words += ["--tranche", each]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return out / "lexp-2003"


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    return sha256(path.read_bytes()).hexdigest()


def lenders_file(folder: Path, *changes) -> Path:
    """The file of lenders, with texts replaced."""
    text = LENDERS
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "lenders.toml"
    path.write_text(text, "utf-8")
    return path


def change_manifest(folder: Path, change) -> None:
    """The manifest as `change` leaves it."""
    path = folder / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def replace_workbook(folder: Path, name: str, content: bytes) -> None:
    """Other bytes under a workbook's name, with the manifest's hash made to fit."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

    def change(manifest):
        for each in manifest["files"]:
            if each["name"] == name:
                each["sha256"] = file_hash(path)

    change_manifest(folder, change)


PARTS = """\
allow = ["@firstbank.example", "@secondbank.example"]

[lender.first-bank]
name = "First Bank"
contacts = ["loans@firstbank.example"]
share = { term-loan = "60%" }

[lender.second-bank]
name = "Zweite Bank für Kredit"
contacts = ["notes@secondbank.example"]
share = { term-loan = "40%" }
"""


def write_parts(folder: Path) -> Path:
    """A deal's folder with a copy of the term loan for each of two lenders; and lenders.toml."""
    (folder / "lenders.toml").write_text(PARTS, "utf-8")
    made = write_deal(folder / "out", tranches=("term-loan",))
    deal = with_lenders(builtin_deal("lexp-2003"), read_lenders(folder / "lenders.toml"))
    entries = []
    for lender in deal.lender:
        name = f"lenders/{lender}/lexp-2003_term-loan.xlsx"
        path = made / name
        path.parent.mkdir(parents=True)
        write_workbook(project(deal), path, "term-loan", lender=lender)
        entries.append(
            {"name": name, "tranche": "term-loan", "lender": lender, "sha256": file_hash(path)}
        )
    change_manifest(made, lambda manifest: manifest["files"].extend(entries))
    return made
