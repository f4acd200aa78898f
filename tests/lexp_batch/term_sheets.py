"""Term sheets for the tests of the command line: copies of the built-in one, good and bad."""

from pathlib import Path

import lexp_calc

CORE = Path(lexp_calc.__file__).parent
BUILT_IN = CORE / "deals" / "lexp-2003.toml"
PRIME = CORE / "data" / "prime-h15.csv"

# What is changed in the built-in term sheet, and the start of the line that answers it.
THREE_MISTAKES = (
    ('rate = "12%"', "rate = 12", "tranche.senior-notes.coupon.rate: found 12; "),
    ("principal = 347_000", "principal = -1", "tranche.junior-notes.principal: found -1; "),
    ('currency = "USD"\n', "", "currency: found nothing; "),
)


def copy_of_built_in(folder: Path, name: str, changes=()) -> Path:
    """The built-in term sheet under another name, with texts replaced, and the rates beside it."""
    text = BUILT_IN.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in the term sheet"
        text = text.replace(old, new)
    deals, data = folder / "deals", folder / "data"
    for each in (deals, data):
        each.mkdir(exist_ok=True)
    (data / PRIME.name).write_bytes(PRIME.read_bytes())
    path = deals / name
    path.write_text(text, "utf-8")
    return path


def with_three_mistakes(folder: Path) -> Path:
    """A term sheet that is refused for three reasons."""
    return copy_of_built_in(folder, "bad.toml", [(old, new) for old, new, _ in THREE_MISTAKES])
