"""Another lender's name in a text, however it is written; one's own name is none."""

import pytest

from lexp_calc.lender_view import mentions_another
from lexp_calc.lenders import Lender


def lenders(**names):
    return {
        lender_id: Lender.model_construct(name=name, contacts=(f"desk@{lender_id}.example",))
        for lender_id, name in names.items()
    }


@pytest.mark.parametrize(
    ("own", "names", "text"),
    [
        # an id, or one's own name, that is part of another's
        ("bank", {"bank": "Own Ltd", "other": "Northgate Bank"}, "by Northgate Bank"),
        ("ing", {"ing": "Own Ltd", "other": "Sterling Bank"}, "lent by Sterling Bank"),
        ("first", {"first": "First Bank", "other": "First Bank of Boston"}, "First Bank of Boston"),
        # other ways to write it
        ("own", {"own": "Own Ltd", "other": "Société Générale"}, "SOCIETE GENERALE lends"),
        ("own", {"own": "Own Ltd", "other": "Caisse du Rivage"}, "Caisse-du-Rivage"),
        ("own", {"own": "Own Ltd", "other": "Caisse du Rivage"}, "Caisse, du  Rivage"),
        ("own", {"own": "Own Ltd", "other": "Northgate Bank"}, "North\u00adgate Bank"),
        ("own", {"own": "Own Ltd", "other": "Northgate Bank"}, "write to desk@other.example"),
    ],
)
def test_another_is_found(own, names, text):
    assert mentions_another(text, lenders(**names), own)


@pytest.mark.parametrize(
    ("own", "names", "text"),
    [
        ("own", {"own": "First Bank of Boston", "other": "First Bank"}, "First Bank of Boston"),
        ("caisse-rivage", {"caisse-rivage": "Own Ltd", "other": "Caisse"}, "caisse-rivage"),
        ("own", {"own": "Own Ltd", "other": "Northgate Bank"}, "Northgate Banking, a trade"),
        ("own", {"own": "Own Ltd", "other": "Northgate Bank"}, "Own Ltd"),
    ],
)
def test_ones_own_is_none(own, names, text):
    assert mentions_another(text, lenders(**names), own) is None
