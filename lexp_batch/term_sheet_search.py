"""The term sheet that a workbook was made from: found by its hash, never guessed."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from lexp_calc import read_term_sheet
from lexp_calc.deal import Deal
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.lender_files import read_lenders, with_lenders
from lexp_calc.term_sheet import BUILT_IN_DEALS, term_sheet_hash
from lexp_calc.toml_files import LARGEST_FILE
from workbook_templates.origin import Origin

MOST_SUBFOLDERS = 200
MOST_TERM_SHEETS = 2_000  # that are looked at
PARENTS = 3


class TermSheets:
    """Finds and reads term sheets, each once; `named` is the one that the user named, if any.

    `lenders` is a file of lenders that take the place of the term sheets' own.
    """

    def __init__(self, named: str | None = None, lenders: str | None = None):
        self.named = named
        self.lenders = read_lenders(lenders) if lenders else None
        self._deals: dict[str, Deal] = {}

    def deal_of(self, workbook: str | Path, origin: Origin) -> Deal:
        """The deal as it stood when the workbook was written; a refusal that says what would help.

        Without a named term sheet: the built-in deal, else a *.toml file of the current folder
        or one directly in it, or of the workbook's folder and the three above it.
        """
        wanted = origin.term_sheet_sha256
        if wanted not in self._deals:
            deal = self._named(workbook, wanted) if self.named else self._found(workbook, origin)
            if self.lenders:
                deal = with_lenders(deal, self.lenders)
            self._deals[wanted] = deal
        deal = self._deals[wanted]
        if deal.id != origin.deal_id:
            raise OutOfRange(
                str(workbook),
                f'found the deal "{origin.deal_id}" with the term sheet of "{deal.id}"',
                "a workbook as lexp wrote it would be right",
            )
        return deal

    def _named(self, workbook: str | Path, wanted: str) -> Deal:
        deal = read_term_sheet(self.named)
        if deal.term_sheet_sha256 != wanted:
            raise OutOfRange(
                str(workbook),
                f"found a workbook made from another term sheet than {self.named}: its SHA-256 is "
                f"{wanted[:12]}…, that of the file {deal.term_sheet_sha256[:12]}…",
                "the term sheet that it was made from, or a workbook written anew, would be right",
            )
        return deal

    def _found(self, workbook: str | Path, origin: Origin) -> Deal:
        wanted = origin.term_sheet_sha256
        for path in islice(_places(Path(workbook)), MOST_TERM_SHEETS):
            with suppress(OSError):
                if path.stat().st_size <= LARGEST_FILE and term_sheet_hash(path) == wanted:
                    return read_term_sheet(path)
        raise NotThere(
            str(workbook),
            f'found no term sheet of "{origin.deal_id}" with SHA-256 {wanted[:12]}… here or near '
            "the workbook",
            "--deal TERM_SHEET, the file that it was made from, would be right",
        )


def _places(workbook: Path) -> Iterator[Path]:
    """The term sheets of the bounded places, each once."""
    here, beside = Path.cwd(), workbook.resolve().parent
    folders = [BUILT_IN_DEALS, here]
    with suppress(OSError):
        below = (each for each in sorted(here.iterdir()) if each.is_dir())
        folders += islice(below, MOST_SUBFOLDERS)
    folders += [beside, *list(beside.parents)[:PARENTS]]
    for folder in dict.fromkeys(folders):
        with suppress(OSError):
            yield from sorted(each for each in folder.glob("*.toml") if each.is_file())
