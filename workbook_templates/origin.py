"""What a workbook was made from, as its Audit sheet says: enough to make it again."""

import re
from dataclasses import dataclass
from decimal import Decimal

from lexp_calc.errors import NotThere
from lexp_calc.scenario_inputs import parse_assignment
from lexp_calc.terms import read_share
from workbook_templates.stored_cells import (
    MAIN,
    open_workbook,
    read_xml,
    shared_texts,
    sheet_cells,
    sheet_parts,
    stored_value,
)

# The lines of "Made from" in their order; a reader finds them by these names.
ORIGIN_NAMES = (
    "audit_product",
    "audit_deal",
    "audit_tranche",
    "audit_scenario",
    "audit_term_sheet_sha256",
)
# The lines below them in the copy of a lender.
LENDER_NAMES = ("audit_lender", "audit_lender_share")
# Two columns, path and value, of the inputs that were changed; "none" in the first where none was.
INPUTS_NAME = "audit_inputs"
AREA = re.compile(r"(.+)!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")
SHA_256 = re.compile("[0-9a-f]{64}")
ALL_TRANCHES = "all: "


@dataclass(frozen=True)
class Origin:
    """The deal, tranche (None: all), scenario and term sheet of a workbook, and its own inputs.

    `inputs` has those of the tranches that the workbook shows, by path as `--set` has them.
    `lender_id` and `share` are those of the lender whose copy it is, None where nobody's.
    """

    product: str
    deal_id: str
    tranche_id: str | None
    scenario: str
    term_sheet_sha256: str
    inputs: dict[str, object]
    lender_id: str | None = None
    share: Decimal | None = None


def read_origin(path) -> Origin:
    """What the workbook says that it was made from; NotThere where it does not say."""
    texts = _named_texts(path)
    names = (*ORIGIN_NAMES, INPUTS_NAME)
    missing = [name for name in names if not any(map(any, texts.get(name, ())))]
    if missing:
        found = f"no record of what it was made from ({missing[0]} of a sheet Audit)"
        raise NotThere(
            str(path), found, "a workbook written by this version of lexp would be right"
        )
    product, deal, tranche, scenario, sha_256 = (texts[name][0][-1] for name in ORIGIN_NAMES)
    if not SHA_256.fullmatch(sha_256):
        found = f"no SHA-256 of a term sheet ({sha_256})"
        raise NotThere(str(path), found, "a workbook made from a term sheet's file would be right")
    lender, share = (texts[name][0][-1] if texts.get(name) else "" for name in LENDER_NAMES)
    given = (row for row in texts[INPUTS_NAME] if len(row) == 2 and row[1])
    return Origin(
        product,
        deal.partition(":")[0],
        None if tranche.startswith(ALL_TRANCHES) else tranche,
        scenario,
        sha_256,
        dict(parse_assignment(f"{name}={value}") for name, value in given),
        lender or None,
        read_share(share) if share else None,
    )


def _named_texts(path) -> dict[str, list[list[str]]]:
    """The texts of the cells behind each of the names, by rows."""
    with open_workbook(path) as parts:
        areas = {}
        workbook = read_xml(parts, "xl/workbook.xml")
        for each in workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
            name = each.get("name")
            match = AREA.fullmatch(each.text or "")
            if name in (*ORIGIN_NAMES, *LENDER_NAMES, INPUTS_NAME) and match:
                areas[name] = match
        shared = shared_texts(parts)
        by_title = dict(sheet_parts(parts))
        rows = {}
        for title in {match[1].strip("'") for match in areas.values()} & by_title.keys():
            for cell in sheet_cells(parts, by_title[title]):
                value = stored_value(cell, shared)
                if value is not None:
                    rows[title, cell.get("r")] = str(value)
    return {
        name: [
            [
                rows.get((match[1].strip("'"), f"{column}{row}"), "")
                for column in dict.fromkeys((match[2], match[4] or match[2]))
            ]
            for row in range(int(match[3]), min(int(match[5] or match[3]), 10_000) + 1)
        ]
        for name, match in areas.items()
    }
