"""Ids as the parts of defined names: short, so that a formula can hold several of them.

An id has up to 40 characters, and a formula of 120 that names three figures has no room for
that. An id of at most `longest` characters stays as it is, with underscores for hyphens. A
longer one keeps its first words, and a number where another id has them already.
"""

from collections.abc import Iterable
from functools import cache

LONGEST = 17  # characters; secured-term-loan has as many
NUMBER = 3  # characters kept for an underscore and a number of two digits


@cache
def short_ids(ids: tuple[str, ...], longest: int = LONGEST) -> dict[str, str]:
    """The word for each id, each once, the same for the same ids in the same order."""
    words = {each: each.replace("-", "_") for each in ids if len(each) <= longest}
    taken = set(words.values())
    for each in ids:
        if each not in words:
            words[each] = _unlike(_first_words(each, longest - NUMBER), taken)
            taken.add(words[each])
    return words


def _first_words(long_id: str, longest: int) -> str:
    """As many whole words as fit; of a first word that is too long its beginning."""
    cut = long_id[: longest + 1].rpartition("-")[0] or long_id[:longest]
    return cut.replace("-", "_")


def _unlike(word: str, taken: Iterable[str]) -> str:
    """The word itself, or with the first number that makes it unlike those taken."""
    number, numbered = 1, word
    while numbered in taken:
        number += 1
        numbered = f"{word}_{number}"
    return numbered
