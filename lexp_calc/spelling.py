"""Names that users spell: found whatever their case, or refused with the list and the nearest."""

from collections.abc import Iterable
from difflib import get_close_matches

from lexp_calc.errors import NotThere, quoted


def folded(name: object) -> str:
    """A name as it is compared: case folded, runs of white space as one."""
    return " ".join(str(name).casefold().split())


def nearest(found: object, known: Iterable[str]) -> str:
    """'; did you mean "…"?' where one of the known names is close, else nothing."""
    by_folded_name = {folded(name): name for name in known}
    close = get_close_matches(folded(found), by_folded_name, n=1, cutoff=0.5)
    return f'; did you mean "{by_folded_name[close[0]]}"?' if close else ""


def expected_one_of(found: object, known: Iterable[str]) -> str:
    """'one of … would be right', with the nearest spelling where there is one."""
    names = list(known)
    if not names:
        return "none exists here, so to leave it out would be right"
    listed = ", ".join(f'"{name}"' for name in names)
    return f"one of {listed} would be right{nearest(found, names)}"


def named(known: Iterable[str], name: object, where: str) -> str:
    """The known name that `name` spells, or a refusal with the list."""
    names = list(known)
    for each in names:
        if folded(each) == folded(name):
            return each
    raise NotThere(where, quoted(name), expected_one_of(name, names))
