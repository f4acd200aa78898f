"""The key figures of a workbook for the mail that carries it: those that the file itself stores."""

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from lexp_calc.errors import NotThere
from lexp_calc.wording import amount_text, per_cent_text
from workbook_templates.stored_cells import (
    open_workbook,
    shared_texts,
    sheet_cells,
    sheet_parts,
    stored_value,
)

SHEET = "Summary"
DAY_ZERO = date(1899, 12, 30)
NONE = "none"
# The label over each figure on the sheet, and the words for it in a mail.
LABELS = {
    "as_of": ("As of", "As of"),
    "next_payment_on": ("Next payment on", "Next payment on"),
    "next_payment": ("Next payment", "Next payment"),
    "interest": ("of it interest", "  of it interest"),
    "principal": ("of it principal", "  of it principal"),
    "fees": ("Fees in next payment", "  of it fees"),
    "balance": ("Outstanding", "Balance"),
    "rate": ("All-in rate now", "All-in rate"),
    "maturity": ("Maturity", "Maturity"),
}
DAYS = ("as_of", "next_payment_on", "maturity")
OPTIONAL = ("fees",)


@dataclass(frozen=True)
class Figures:
    """What a lender wants to know first, as text for people; "" where the loan has none of it."""

    as_of: str
    next_payment_on: str
    next_payment: str
    interest: str
    principal: str
    fees: str
    balance: str
    rate: str
    maturity: str

    def lines(self) -> list[tuple[str, str]]:
        """(words, figure) of each that there is, in the order of the mail."""
        values = asdict(self)
        return [(words, values[name]) for name, (_, words) in LABELS.items() if values[name]]

    def as_texts(self) -> dict[str, str]:
        """By name, to be kept and read back by `figures_from`."""
        return asdict(self)


def figures_from(texts: dict[str, str]) -> Figures:
    """The figures that were kept; one that an earlier version did not keep is ""."""
    return Figures(**{each.name: str(texts.get(each.name, "")) for each in fields(Figures)})


def changes(before: Figures, now: Figures) -> list[tuple[str, str, str]]:
    """(words, before, now) of each figure that differs; of what day they are is no figure."""
    old, new = before.as_texts(), now.as_texts()
    return [
        (words.strip(), old[name] or NONE, new[name] or NONE)
        for name, (_, words) in LABELS.items()
        if old[name] != new[name] and name != "as_of"
    ]


def read_figures(path: Path, digits: int) -> Figures:
    """The figures stored on the sheet Summary, amounts with the currency's `digits`."""
    cells = _summary_cells(path)
    by_label = {}
    for (column, row), value in cells.items():
        if isinstance(value, str):
            by_label.setdefault(value, (column, row))
    found = {}
    for name, (label, _) in LABELS.items():
        value = None
        if label in by_label:
            column, row = by_label[label]
            beside = (column + 1, row) if name == "as_of" else (column, row + 1)
            value = cells.get(beside)
        if not isinstance(value, float):
            if name not in OPTIONAL:
                raise NotThere(
                    f"{path}: {SHEET}",
                    f'found no number under "{label}"',
                    "a workbook written by this version of lexp would be right",
                )
            found[name] = ""
        elif name in DAYS:
            # A loan that is repaid has no next payment: the sheet shows no day as 0.
            found[name] = (DAY_ZERO + timedelta(days=int(value))).isoformat() if value else NONE
        elif name == "rate":
            found[name] = per_cent_text(Decimal(repr(value)))
        else:
            found[name] = amount_text(round(Decimal(repr(value)), digits))
    return Figures(**found)


def _summary_cells(path: Path) -> dict[tuple[int, int], object]:
    with open_workbook(path) as parts:
        part = dict(sheet_parts(parts)).get(SHEET)
        if part is None:
            expected = "a workbook written by lexp would be right"
            raise NotThere(str(path), f"found no sheet {SHEET}", expected)
        shared = shared_texts(parts)
        cells = {}
        for cell in sheet_cells(parts, part):
            letters, row = coordinate_from_string(cell.get("r"))
            cells[column_index_from_string(letters), row] = stored_value(cell, shared)
        return cells
