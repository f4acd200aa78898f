"""What a row of the standard finds in a workbook."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A row that a workbook does not hold: which, in words, where, and what was found there."""

    row: int
    rule: str
    where: str
    found: str

    def __str__(self):
        return f"row {self.row}, {self.rule}: {self.where}: {self.found}"


# What a row's function gives: (where, what was found), nothing where the row is held.
Fault = tuple[str, str]
