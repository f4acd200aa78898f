"""The text of the built-in term sheet, and copies of it with something changed."""

from pathlib import Path

import lexp_calc

PACKAGE = Path(lexp_calc.__file__).parent
BUILT_IN = (PACKAGE / "deals" / "lexp-2003.toml").read_text(encoding="utf-8")


def changed(*changes):
    """The built-in term sheet with texts replaced, each where it first stands."""
    text = BUILT_IN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text
