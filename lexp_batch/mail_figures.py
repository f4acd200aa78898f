"""The key figures of a workbook for the mail that carries it: those that the file itself stores."""

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from lexp_calc.errors import NotThere
from lexp_calc.wording import amount_text, per_cent_text
from workbook_templates.sheet_values import named_column, sheet_values
from workbook_templates.stored_cells import open_workbook

SHEET = "Summary"
DAY_ZERO = date(1899, 12, 30)
NONE = "none"
# The label on the sheet over each figure; beside it that of the as-of date.
LABELS = {
    "as_of": "As of",
    "next_payment_on": "Next payment on",
    "next_payment": "Next payment",
    "interest": "of it interest",
    "principal": "of it principal",
    "fees": "Fees in next payment",
    "balance": "Outstanding",
    "rate": "All-in rate now",
    "maturity": "Maturity",
    "share": "Your share",
    "your_balance": "Your balance",
    "your_next_payment": "Your next payment",
}
DAYS, RATES = ("as_of", "next_payment_on", "maturity"), ("rate", "share")
OPTIONAL = ("fees", "share", "your_balance", "your_next_payment")
# Columns of the sheet with a lender's own amounts, summed over the rows of the next payment.
OWN_DATES = "share_payment_date"
OWN_COLUMNS = {"your_interest": "share_interest", "your_principal": "share_principal"}
# What a mail says, in its order, to a lender of the whole tranche and to one of a part.
OF_THE_WHOLE = {
    "as_of": "As of",
    "next_payment_on": "Next payment on",
    "next_payment": "Next payment",
    "interest": "  of it interest",
    "principal": "  of it principal",
    "fees": "  of it fees",
    "balance": "Balance",
    "rate": "All-in rate",
    "maturity": "Maturity",
}
OF_A_PART = {
    "as_of": "As of",
    "share": "Your share",
    "next_payment_on": "Next payment on",
    "your_next_payment": "Your next payment",
    "your_interest": "  of it interest",
    "your_principal": "  of it principal",
    "your_fees": "  of it fees",
    "your_balance": "Your balance",
    "next_payment": "Next payment on the whole",
    "balance": "Balance of the whole",
    "rate": "All-in rate",
    "maturity": "Maturity",
}


@dataclass(frozen=True)
class Figures:
    """What a lender wants to know first, as text for people; "" where the loan has none of it."""

    as_of: str = ""
    next_payment_on: str = ""
    next_payment: str = ""
    interest: str = ""
    principal: str = ""
    fees: str = ""
    balance: str = ""
    rate: str = ""
    maturity: str = ""
    share: str = ""
    your_balance: str = ""
    your_next_payment: str = ""
    your_interest: str = ""
    your_principal: str = ""
    your_fees: str = ""

    @property
    def words(self) -> dict[str, str]:
        """The words for each figure that a mail tells, in its order."""
        return OF_A_PART if self.share else OF_THE_WHOLE

    def lines(self) -> list[tuple[str, str]]:
        """(words, figure) of each that there is, in the order of the mail."""
        values = asdict(self)
        return [(words, values[name]) for name, words in self.words.items() if values[name]]

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
        for name, words in now.words.items()
        if old[name] != new[name] and name != "as_of"
    ]


def read_figures(path: Path, digits: int) -> Figures:
    """The figures stored on the sheet Summary, amounts with the currency's `digits`.

    In the copy of a lender of a part also its own, and of its next payment what is interest.
    """
    with open_workbook(path) as parts:
        numbers = _labelled(sheet_values(parts, SHEET))
        for name, label in LABELS.items():
            if name not in numbers and name not in OPTIONAL:
                found = f'found no number under "{label}"'
                expected = "a workbook written by this version of lexp would be right"
                raise NotThere(f"{path}: {SHEET}", found, expected)
        if "share" in numbers:
            numbers |= _own_parts(parts, numbers)
    return Figures(**{name: _text(name, number, digits) for name, number in numbers.items()})


def _text(name: str, number: float, digits: int) -> str:
    if name in DAYS:
        # A loan that is repaid has no next payment: the sheet shows no day as 0.
        return (DAY_ZERO + timedelta(days=int(number))).isoformat() if number else NONE
    if name in RATES:
        return per_cent_text(Decimal(repr(number)))
    return amount_text(round(Decimal(repr(number)), digits))


def _labelled(cells: dict[tuple[int, int], object]) -> dict[str, float]:
    """The number under each label, or beside it, that there is; by the first of a label."""
    places: dict[object, tuple[int, int]] = {}
    for place, value in cells.items():
        places.setdefault(value, place)
    found = {}
    for name, label in LABELS.items():
        if label in places:
            column, row = places[label]
            value = cells.get((column + 1, row) if name == "as_of" else (column, row + 1))
            if isinstance(value, float):
                found[name] = value
    return found


def _own_parts(parts, numbers: dict[str, float]) -> dict[str, float]:
    """What of a lender's next payment is interest, principal, and as the rest fees: its columns."""
    day = numbers["next_payment_on"]
    days = named_column(parts, OWN_DATES)
    rows = [row for row, each in days.items() if day and each == day]
    found, rest = {}, Decimal(repr(numbers.get("your_next_payment", 0.0)))
    for name, column in OWN_COLUMNS.items():
        amounts = named_column(parts, column)
        amount = sum((Decimal(repr(amounts[row])) for row in rows), Decimal(0))
        found[name] = float(amount)
        rest -= amount
    return found | ({"your_fees": float(rest)} if rest else {})
