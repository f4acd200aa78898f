"""Deals that differ from the built-in one in a few terms, for tests."""

from functools import lru_cache

from lexp_calc import builtin_deal

UNADJUSTED = {"payments.business_day": "Unadjusted", "payments.interest_for_delay": "none"}


@lru_cache(maxsize=1)
def lexington():
    """The built-in deal, read once."""
    return builtin_deal("lexp-2003")


def with_term(terms, path, value):
    """A copy of the terms with `value` at `path`, a list of names and positions."""
    if not path:
        return value
    first, *rest = path
    if isinstance(terms, dict):
        return {**terms, first: with_term(terms[first], rest, value)}
    if isinstance(terms, tuple):
        return (*terms[:first], with_term(terms[first], rest, value), *terms[first + 1 :])
    return terms.model_copy(update={first: with_term(getattr(terms, first), rest, value)})


def with_terms(deal, tranche_id, changes):
    """The deal with terms of one tranche changed, by dotted path."""
    for path, value in changes.items():
        steps = [int(step) if step.isdigit() else step for step in path.split(".")]
        deal = with_term(deal, ["tranche", tranche_id, *steps], value)
    return deal
