"""A deal as one of its lenders may read it: without the others' names, contacts and shares."""

from collections.abc import Mapping
from typing import Any

from lexp_calc.deal import Deal
from lexp_calc.lenders import Lender, lender_named, places_of, words_of
from lexp_calc.terms import Terms

WITHHELD = "(a sentence that names another lender)"


def mentions_another(text: str, lenders: Mapping[str, Lender], lender_id: str) -> str | None:
    """The first other lender's name or contact in a text, None if there is none.

    'First Bank' within the lender's own 'First Bank of Boston' is none; the lender's own 'First
    Bank' within another's 'First Bank of Boston' excuses nothing.
    """
    words = words_of(text)
    own = [
        place
        for name in (lenders[lender_id].name, lender_id)
        for place in places_of(words, words_of(name))
    ]
    for other_id, other in lenders.items():
        if other_id == lender_id:
            continue
        for name in (other.name, *other.contacts):
            for place in places_of(words, words_of(name)):
                if not any(set(place) < set(each) for each in own):
                    return name
    return None


def read_by(deal: Deal, lender_id: str) -> Deal:
    """The deal with that one lender; sentences and reasons that name another are withheld.

    So is a tranche's own `lender`, such as an agent, where that names another.
    """
    lender_id = lender_named(deal.lender, lender_id)
    seen = _withheld(deal, deal, lender_id)
    passages = {
        key: each.model_copy(update={"text": WITHHELD, "wording": "verbatim"})
        if mentions_another(each.text, deal.lender, lender_id)
        else each
        for key, each in seen.passage.items()
    }
    tranches = {
        key: each.model_copy(update={"lender": None, "source": _without(each.source, "lender")})
        if each.lender and mentions_another(each.lender, deal.lender, lender_id)
        else each
        for key, each in seen.tranche.items()
    }
    own = {lender_id: deal.lender[lender_id]}
    update = {"lender": own, "allow": None, "lenders": None}
    return seen.model_copy(update={**update, "passage": passages, "tranche": tranches})


def _without(table: dict, key: str) -> dict:
    return {each: value for each, value in table.items() if each != key}


def _withheld(value: Any, deal: Deal, lender_id: str) -> Any:
    """The same terms, at every depth, with no reason of an assumption that names another."""
    if isinstance(value, Terms):
        changed = {}
        for name in type(value).model_fields:
            before = getattr(value, name)
            if name == "assumption":
                after = {
                    key: WITHHELD if mentions_another(text, deal.lender, lender_id) else text
                    for key, text in before.items()
                }
            else:
                after = _withheld(before, deal, lender_id)
            if after != before:
                changed[name] = after
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        return {key: _withheld(each, deal, lender_id) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_withheld(each, deal, lender_id) for each in value)
    return value
