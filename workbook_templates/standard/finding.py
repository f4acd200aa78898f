"""What the standard's checker reports: a row of the standard that a workbook does not hold."""

from dataclasses import dataclass

NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """One place where a workbook does not hold a row, or one row that could not be checked.

    `rule` is the row in words, or the trap; `where` a cell, a sheet or a part of the file.
    """

    row: int
    rule: str
    where: str
    found: str

    def __str__(self):
        line = f"row {self.row} ({self.rule}): {self.where}: {self.found}"
        return " ".join(line.split())

    @property
    def is_unchecked(self) -> bool:
        """Whether it says that the row could not be checked, rather than that it is broken."""
        return self.found.startswith(NOT_CHECKED)
