"""How debt ranks, read out of the words with which documents state it."""

import re

SENIOR_SECURED, SENIOR = "senior secured", "senior"
SENIOR_SUBORDINATED, JUNIOR_SUBORDINATED = "senior subordinated", "junior subordinated"

# From the first paid to the last.
SENIORITIES = (SENIOR_SECURED, SENIOR, SENIOR_SUBORDINATED, JUNIOR_SUBORDINATED)

# By whom it is subordinated: debt of a holding company is so by structure, not by contract.
BY_STRUCTURE = re.compile(r"\bstructurally\s+(subordinated|junior|senior)\b")


def seniority_class(words: str) -> str:
    """One of SENIORITIES for a ranking in a document's words, such as "senior, unsecured".

    Junior, with or without "subordinated", is junior subordinated; subordinated otherwise, or
    mezzanine, is senior subordinated. All else is senior, and senior secured where the words
    say secured. Structural subordination is none by contract and does not count.
    """
    own = BY_STRUCTURE.sub("", words.casefold())
    said = set(re.findall(r"\w+", own))
    if "junior" in said:
        return JUNIOR_SUBORDINATED
    if said & {"subordinated", "mezzanine"}:
        return SENIOR_SUBORDINATED
    return SENIOR_SECURED if "secured" in said else SENIOR


def turnover_level(words: str) -> int:
    """To whom debt turns over what it gets: to all debt of a lower level.

    0 for senior debt, secured or not, whose ranks differ by its liens alone; 1 for senior
    subordinated, 2 for junior subordinated debt.
    """
    return max(SENIORITIES.index(seniority_class(words)) - 1, 0)
