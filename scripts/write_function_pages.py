"""Writes docs/functions.md and a page a function under docs/functions/, and takes away old ones."""

import logging
from pathlib import Path

from lexp_batch.function_pages import FOLDER, function_pages

DOCS = Path(__file__).parents[1] / "docs"


def write_pages(docs: Path) -> None:
    """Every page as the table of functions has it; pages of functions that are gone go too."""
    pages = function_pages()
    (docs / FOLDER).mkdir(exist_ok=True)
    for old in (docs / FOLDER).glob("*.md"):
        if f"{FOLDER}/{old.name}" not in pages:
            old.unlink()
    for name, text in pages.items():
        (docs / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    # What the pages make the functions refuse is no user's: none of it goes to the log.
    logging.getLogger("lexp").addHandler(logging.NullHandler())
    write_pages(DOCS)
