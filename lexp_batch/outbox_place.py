"""Where the outbox of a folder of workbooks is."""

from pathlib import Path

from lexp_batch.made_folders import folders_below
from lexp_batch.outbox import OUTBOX


def outbox_path(folder: str | Path, named: str | None) -> Path:
    """The outbox: one for all deals beside each other, whichever of them is named."""
    if named:
        return Path(named)
    folders = folders_below(folder)
    return folders[0].resolve().parent / OUTBOX
